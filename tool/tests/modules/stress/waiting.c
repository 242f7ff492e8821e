// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waits up to a point of time, also one that has passed; poll sets; callbacks
 */

#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/slab.h>

#include "stress.h"

/* Soon, so that no thread waits for long. */
static ktime_t draw_deadline(struct draw *draw)
{
	if (draw_one_in(draw, 8))
		return draw_one_in(draw, 2) ? 0 : -1;
	return ktime_add_us(ktime_get(), draw_below(draw, 20000));
}

static long transfer_until(struct draw *draw, bool send)
{
	int flags = draw_one_in(draw, 12) ? draw_number(draw) :
		    draw_one_in(draw, 3) ? MSG_WAITALL : 0;
	size_t size = draw_below(draw, draw_one_in(draw, 8) ? 65536 : 600);
	bool room = !draw_one_in(draw, 24);
	struct held *held = pool_get(draw);
	char *data = kzalloc(size, GFP_KERNEL);
	ssize_t ret;

	if (send)
		ret = ksend_until(pool_sock(held), room ? data : NULL, size,
				  flags & ~MSG_WAITALL, draw_deadline(draw));
	else
		ret = krecv_until(pool_sock(held), room ? data : NULL, size,
				  flags, draw_deadline(draw));
	if (ret > (ssize_t)size && !(flags & (MSG_TRUNC | MSG_OOB)))
		broken(send ? "ksend_until" : "krecv_until", ret);
	kfree(data);
	pool_put(held);
	return ret;
}

static long call_ksend_until(struct draw *draw)
{
	return transfer_until(draw, true);
}

static long call_krecv_until(struct draw *draw)
{
	return transfer_until(draw, false);
}

static long call_kaccept_until(struct draw *draw)
{
	struct sockaddr_storage name;
	bool named = draw_one_in(draw, 2);
	struct held *held = pool_get(draw);
	int len = sizeof(name);
	ksocket_t conn;
	int ret;

	ret = kaccept_until(pool_sock(held),
			    named ? (struct sockaddr *)&name : NULL,
			    named ? &len : NULL, draw_deadline(draw), &conn);
	if (!ret != !!conn)
		broken("kaccept_until", ret);
	pool_put(held);
	pool_add(draw, conn);
	return ret;
}

static long call_kconnect_until(struct draw *draw)
{
	struct held *held = pool_get(draw);
	struct sockaddr_storage name;
	int len, ret;

	draw_name(draw, &name, &len);
	ret = kconnect_until(pool_sock(held), (struct sockaddr *)&name, len,
			     draw_deadline(draw));
	pool_put(held);
	return ret;
}

static void see(ksocket_t sock, void *data)
{
	if (sock != data)
		broken("ksocket_set_callbacks", 0);
}

static const struct kcallbacks seeing = {
	.data_ready = see,
	.write_space = see,
	.state_change = see,
	.error_report = see,
};

static long call_ksocket_set_callbacks(struct draw *draw)
{
	bool set = !draw_one_in(draw, 3);
	struct held *held = pool_get(draw);
	ksocket_t sock = pool_sock(held);
	int ret;

	ret = ksocket_set_callbacks(sock, set ? &seeing : NULL, sock);
	pool_put(held);
	return ret;
}

/* A set of a few sockets, which are held until the set is destroyed. */
static long use_set(struct draw *draw, u32 last)
{
	struct kpollset *set = kpollset_create();
	struct kpollevent events[4];
	struct held *held[8];
	long ret = 0;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(held); i++) {
		held[i] = pool_get(draw);
		ret = kpollset_add(draw_one_in(draw, 24) ? NULL : set,
				   pool_sock(held[i]), draw_number(draw), set);
	}
	if (last > 0)
		ret = kpollset_change(set, pool_sock(held[0]),
				      draw_number(draw), NULL);
	if (last > 1)
		ret = kpollset_remove(set, pool_sock(held[1]));
	if (last > 2)
		ret = kpollset_wait(set, draw_one_in(draw, 24) ? NULL : events,
				    draw_below(draw, ARRAY_SIZE(events) + 1),
				    draw_below(draw, 20));
	if (ret > (long)ARRAY_SIZE(events))
		broken("kpollset_wait", ret);
	kpollset_destroy(set);
	for (i = 0; i < ARRAY_SIZE(held); i++)
		pool_put(held[i]);
	return ret;
}

static long call_kpollset_add(struct draw *draw)
{
	return use_set(draw, 0);
}

static long call_kpollset_change(struct draw *draw)
{
	return use_set(draw, 1);
}

static long call_kpollset_remove(struct draw *draw)
{
	return use_set(draw, 2);
}

static long call_kpollset_wait(struct draw *draw)
{
	return use_set(draw, 3);
}

static long call_kpollset_create(struct draw *draw)
{
	kpollset_destroy(kpollset_create());
	return 0;
}

static long call_kpollset_destroy(struct draw *draw)
{
	kpollset_destroy(NULL);
	return 0;
}

const struct kind waiting_kinds[] = {
	{ "ksend_until", call_ksend_until },
	{ "krecv_until", call_krecv_until },
	{ "kaccept_until", call_kaccept_until },
	{ "kconnect_until", call_kconnect_until },
	{ "kpollset_create", call_kpollset_create },
	{ "kpollset_add", call_kpollset_add },
	{ "kpollset_change", call_kpollset_change },
	{ "kpollset_remove", call_kpollset_remove },
	{ "kpollset_wait", call_kpollset_wait },
	{ "kpollset_destroy", call_kpollset_destroy },
	{ "ksocket_set_callbacks", call_ksocket_set_callbacks },
	{ }
};
