// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sets and gets addresses, and polls sockets
 */

#include <linux/kernel.h>
#include <linux/poll.h>
#include <linux/slab.h>

#include "stress.h"

static long name_to(struct draw *draw,
		    int (*call)(ksocket_t, struct sockaddr *, int))
{
	struct held *held = pool_get(draw);
	struct sockaddr_storage name;
	int len, ret;

	draw_name(draw, &name, &len);
	ret = call(pool_sock(held), draw_one_in(draw, 24) ? NULL :
		   (struct sockaddr *)&name, len);
	pool_put(held);
	return ret;
}

static long call_kbind(struct draw *draw)
{
	return name_to(draw, kbind);
}

static long call_kconnect(struct draw *draw)
{
	return name_to(draw, kconnect);
}

static int connect_at_once(ksocket_t sock, struct sockaddr *name, int len)
{
	return kconnect4(sock, name, len, SOCK_NONBLOCK);
}

static int connect_with_flags(ksocket_t sock, struct sockaddr *name, int len)
{
	return kconnect4(sock, name, len, len);
}

static long call_kconnect4(struct draw *draw)
{
	return name_to(draw, draw_one_in(draw, 8) ? connect_with_flags :
						    connect_at_once);
}

/* A buffer of the exact size, so that KASAN reports any overflow. */
static long name_from(struct draw *draw, const char *what,
		      int (*call)(ksocket_t, struct sockaddr *, int *))
{
	int room = draw_below(draw, sizeof(struct sockaddr_storage) + 1);
	int len = draw_one_in(draw, 12) ? -1 - (int)draw_below(draw, 99) : room;
	struct held *held = pool_get(draw);
	void *name = kmalloc(room, GFP_KERNEL);
	int ret;

	ret = call(pool_sock(held), draw_one_in(draw, 24) ? NULL : name,
		   draw_one_in(draw, 24) ? NULL : &len);
	if (!ret && (len < 0 || len > (int)sizeof(struct sockaddr_storage)))
		broken(what, len);
	kfree(name);
	pool_put(held);
	return ret;
}

static long call_kgetsockname(struct draw *draw)
{
	return name_from(draw, "kgetsockname", kgetsockname);
}

static long call_kgetpeername(struct draw *draw)
{
	return name_from(draw, "kgetpeername", kgetpeername);
}

static long call_ksockatmark(struct draw *draw)
{
	struct held *held = pool_get(draw);
	int ret;

	ret = ksockatmark(pool_sock(held));
	if (ret > 1)
		broken("ksockatmark", ret);
	pool_put(held);
	return ret;
}

static long call_kpoll(struct draw *draw)
{
	unsigned int count = draw_below(draw, 9);
	struct kpollfd fds[8];
	struct held *held[8];
	unsigned int i;
	int ret;

	if (draw_one_in(draw, 16))
		return kpoll(NULL, draw_number(draw) | 1, 0);
	if (draw_one_in(draw, 16))
		return kpoll(fds, 1025 + draw_below(draw, INT_MAX), -1);

	for (i = 0; i < count && i < ARRAY_SIZE(fds); i++) {
		held[i] = pool_get(draw);
		fds[i].sock = pool_sock(held[i]);
		fds[i].events = draw_one_in(draw, 4) ? draw_number(draw) :
						       POLLIN | POLLOUT;
	}
	count = i;
	ret = kpoll(fds, count, draw_below(draw, 20));
	if (ret > (int)count)
		broken("kpoll", ret);
	for (i = 0; i < count; i++)
		pool_put(held[i]);
	return ret;
}

const struct kind name_kinds[] = {
	{ "kbind", call_kbind },
	{ "kconnect", call_kconnect },
	{ "kconnect4", call_kconnect4 },
	{ "kgetsockname", call_kgetsockname },
	{ "kgetpeername", call_kgetpeername },
	{ "ksockatmark", call_ksockatmark },
	{ "kpoll", call_kpoll },
	{ }
};
