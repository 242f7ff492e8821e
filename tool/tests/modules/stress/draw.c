// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pseudo-random numbers from a seed, and unusual values made from them
 */

#include <linux/in.h>
#include <linux/in6.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/un.h>

#include "stress.h"

void draw_from(struct draw *draw, u64 seed)
{
	draw->state = seed;
}

/* A mixed Weyl sequence: every seed gives another series. */
static u32 draw_u32(struct draw *draw)
{
	u64 mix;

	draw->state += 0x9e3779b97f4a7c15ULL;
	mix = draw->state;
	mix = (mix ^ (mix >> 30)) * 0xbf58476d1ce4e5b9ULL;
	mix = (mix ^ (mix >> 27)) * 0x94d049bb133111ebULL;
	return mix >> 32;
}

u32 draw_below(struct draw *draw, u32 limit)
{
	return (u64)draw_u32(draw) * limit >> 32;
}

bool draw_one_in(struct draw *draw, u32 chances)
{
	return !draw_below(draw, chances);
}

/* Values that are typical boundaries of lengths and numbers. */
int draw_number(struct draw *draw)
{
	static const int odd[] = {
		0, 1, -1, 2, 3, 4, 15, 16, 17, 28, 110, 127, 128, 129, 4096,
		0xffff, 0x10000, INT_MAX, INT_MAX - 1, INT_MIN, INT_MIN + 1,
	};

	if (draw_one_in(draw, 4))
		return draw_u32(draw);
	return odd[draw_below(draw, ARRAY_SIZE(odd))];
}

/* Mostly families that the pool can use. */
int draw_family(struct draw *draw)
{
	static const int usual[] = { AF_INET, AF_INET, AF_INET6, AF_UNIX };

	if (draw_one_in(draw, 16))
		return draw_number(draw);
	return usual[draw_below(draw, ARRAY_SIZE(usual))];
}

void draw_bytes(struct draw *draw, void *bytes, size_t size)
{
	u8 *byte = bytes;

	while (size--)
		*byte++ = draw_u32(draw);
}

/* Few ports, so that sockets often find each other. */
static __be16 draw_port(struct draw *draw)
{
	return draw_one_in(draw, 8) ? 0 : htons(2000 + draw_below(draw, 12));
}

static int draw_ipv4(struct draw *draw, struct sockaddr_in *name)
{
	static const u32 odd[] = {
		INADDR_ANY, INADDR_BROADCAST, 0x7f000002, 0xe0000001,
		0x0a010203,
	};
	u32 address = INADDR_LOOPBACK;

	if (draw_one_in(draw, 6))
		address = odd[draw_below(draw, ARRAY_SIZE(odd))];
	name->sin_addr.s_addr = htonl(address);
	name->sin_port = draw_port(draw);
	return sizeof(*name);
}

static int draw_ipv6(struct draw *draw, struct sockaddr_in6 *name)
{
	name->sin6_addr = in6addr_loopback;
	if (draw_one_in(draw, 6))
		draw_bytes(draw, &name->sin6_addr, sizeof(name->sin6_addr));
	name->sin6_port = draw_port(draw);
	name->sin6_scope_id = draw_one_in(draw, 8);
	return sizeof(*name);
}

/* The family alone selects a name; a leading NUL needs no file. */
static int draw_unix(struct draw *draw, struct sockaddr_un *name)
{
	int head = offsetof(struct sockaddr_un, sun_path);

	if (draw_one_in(draw, 4))
		return head;
	name->sun_path[0] = draw_one_in(draw, 8) ? '/' : '\0';
	name->sun_path[1] = 'a' + draw_below(draw, 8);
	return head + 3;
}

/* @len may be wrong, but sizeof(*name) bytes are always valid. */
void draw_name(struct draw *draw, struct sockaddr_storage *name, int *len)
{
	memset(name, 0, sizeof(*name));
	name->ss_family = draw_family(draw);
	switch (name->ss_family) {
	case AF_INET:
		*len = draw_ipv4(draw, (struct sockaddr_in *)name);
		break;
	case AF_INET6:
		*len = draw_ipv6(draw, (struct sockaddr_in6 *)name);
		break;
	case AF_UNIX:
		*len = draw_unix(draw, (struct sockaddr_un *)name);
		break;
	default:
		*len = sizeof(*name);
	}
	if (draw_one_in(draw, 12))
		*len = draw_number(draw);
}
