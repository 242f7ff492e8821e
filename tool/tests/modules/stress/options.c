// SPDX-License-Identifier: GPL-2.0-only
/*
 * Valid and unknown options, with mostly invalid values
 */

#include <linux/in.h>
#include <linux/in6.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/tcp.h>

#include "stress.h"

static int draw_level(struct draw *draw)
{
	static const int usual[] = { SOL_SOCKET, SOL_SOCKET, SOL_IP, SOL_IPV6,
				     SOL_TCP, SOL_UDP };

	if (draw_one_in(draw, 16))
		return draw_number(draw);
	return usual[draw_below(draw, ARRAY_SIZE(usual))];
}

static int draw_option(struct draw *draw)
{
	return draw_one_in(draw, 16) ? draw_number(draw) :
				       (int)draw_below(draw, 84);
}

/*
 * Options that make threads sleep forever, exhaust memory, or block the packets
 * of a connection, which then takes minutes to close.
 */
static bool spoils_the_run(int level, int option)
{
	switch (level) {
	case SOL_SOCKET:
		return option == SO_RCVTIMEO_OLD || option == SO_RCVTIMEO_NEW ||
		       option == SO_SNDTIMEO_OLD || option == SO_SNDTIMEO_NEW ||
		       option == SO_LINGER || option == SO_SNDBUFFORCE ||
		       option == SO_RCVBUFFORCE || option == SO_MAX_PACING_RATE ||
		       option == SO_BINDTOIFINDEX;
	case SOL_IP:
		return option == IP_MINTTL;
	case SOL_IPV6:
		return option == IPV6_MINHOPCOUNT;
	case SOL_TCP:
		return option == TCP_REPAIR;
	default:
		return false;
	}
}

static long set_linger(struct draw *draw)
{
	struct linger linger = {
		.l_onoff = draw_below(draw, 2),
		.l_linger = draw_below(draw, 2),
	};
	struct held *held = pool_get(draw);
	int ret;

	ret = ksetsockopt(pool_sock(held), SOL_SOCKET, SO_LINGER, &linger,
			  draw_below(draw, sizeof(linger) + 1));
	pool_put(held);
	return ret;
}

static long call_ksetsockopt(struct draw *draw)
{
	int size = draw_one_in(draw, 3) ? draw_below(draw, 300) : sizeof(int);
	int level = draw_level(draw);
	int option = draw_option(draw);
	int len = draw_one_in(draw, 12) ? -1 - (int)draw_below(draw, 99) : size;
	struct held *held;
	void *value;
	int ret;

	if (draw_one_in(draw, 16) || spoils_the_run(level, option))
		return set_linger(draw);

	held = pool_get(draw);
	value = kmalloc(size, GFP_KERNEL);
	if (value)
		draw_bytes(draw, value, size);
	if (value && size == sizeof(int) && !draw_one_in(draw, 4))
		*(int *)value = draw_below(draw, 4);
	ret = ksetsockopt(pool_sock(held), level, option,
			  draw_one_in(draw, 16) ? NULL : value, len);
	kfree(value);
	pool_put(held);
	return ret;
}

/* A buffer of the exact size, so that KASAN reports any overflow. */
static long call_kgetsockopt(struct draw *draw)
{
	int size = draw_below(draw, draw_one_in(draw, 4) ? 400 : 20);
	int len = draw_one_in(draw, 12) ? -1 - (int)draw_below(draw, 99) : size;
	struct held *held = pool_get(draw);
	void *value = kzalloc(size, GFP_KERNEL);
	int ret;

	ret = kgetsockopt(pool_sock(held), draw_level(draw), draw_option(draw),
			  draw_one_in(draw, 16) ? NULL : value,
			  draw_one_in(draw, 16) ? NULL : &len);
	if (!ret && len < 0)
		broken("kgetsockopt", len);
	kfree(value);
	pool_put(held);
	return ret;
}

/* Not 0: a call that sleeps forever would stop the run. */
static long call_ksocket_set_timeouts(struct draw *draw)
{
	struct held *held = pool_get(draw);
	int ret;

	ret = ksocket_set_timeouts(pool_sock(held), 1 + draw_below(draw, 20),
				   draw_one_in(draw, 8) ? -1 :
				   1 + (int)draw_below(draw, 20));
	pool_put(held);
	return ret;
}

static long set(struct draw *draw, int (*call)(ksocket_t sock, bool on))
{
	struct held *held = pool_get(draw);
	int ret;

	ret = call(pool_sock(held), draw_below(draw, 2));
	pool_put(held);
	return ret;
}

static long call_ksocket_set_nodelay(struct draw *draw)
{
	return set(draw, ksocket_set_nodelay);
}

static long call_ksocket_set_reuseaddr(struct draw *draw)
{
	return set(draw, ksocket_set_reuseaddr);
}

static long call_ksocket_set_reclaim(struct draw *draw)
{
	return set(draw, ksocket_set_reclaim);
}

static long call_ksocket_set_reuseport(struct draw *draw)
{
	return set(draw, ksocket_set_reuseport);
}

static long set_number(struct draw *draw,
		       int (*call)(ksocket_t sock, int value))
{
	struct held *held = pool_get(draw);
	int ret;

	ret = call(pool_sock(held), draw_number(draw));
	pool_put(held);
	return ret;
}

static long call_ksocket_set_priority(struct draw *draw)
{
	return set_number(draw, ksocket_set_priority);
}

static long call_ksocket_set_tos(struct draw *draw)
{
	return set_number(draw, ksocket_set_tos);
}

/* At once or never: kclose() must not wait. */
static int linger(ksocket_t sock, int value)
{
	return ksocket_set_linger(sock, value < 0 ? -1 : 0);
}

static long call_ksocket_set_linger(struct draw *draw)
{
	return set_number(draw, linger);
}

static long call_ksocket_set_keepalive(struct draw *draw)
{
	struct held *held = pool_get(draw);
	int ret;

	ret = ksocket_set_keepalive(pool_sock(held), draw_number(draw),
				    draw_number(draw), draw_number(draw));
	pool_put(held);
	return ret;
}

static long call_ksocket_set_buffers(struct draw *draw)
{
	struct held *held = pool_get(draw);
	int ret;

	ret = ksocket_set_buffers(pool_sock(held), draw_number(draw),
				  draw_number(draw));
	pool_put(held);
	return ret;
}

const struct kind option_kinds[] = {
	{ "ksocket_set_reuseport", call_ksocket_set_reuseport },
	{ "ksocket_set_keepalive", call_ksocket_set_keepalive },
	{ "ksocket_set_priority", call_ksocket_set_priority },
	{ "ksocket_set_tos", call_ksocket_set_tos },
	{ "ksocket_set_linger", call_ksocket_set_linger },
	{ "ksocket_set_buffers", call_ksocket_set_buffers },
	{ "ksocket_set_timeouts", call_ksocket_set_timeouts },
	{ "ksocket_set_nodelay", call_ksocket_set_nodelay },
	{ "ksocket_set_reuseaddr", call_ksocket_set_reuseaddr },
	{ "ksocket_set_reclaim", call_ksocket_set_reclaim },
	{ "ksetsockopt", call_ksetsockopt },
	{ "kgetsockopt", call_kgetsockopt },
	{ }
};
