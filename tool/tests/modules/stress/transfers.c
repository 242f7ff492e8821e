// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sends and receives data of any length, with any flags
 */

#include <linux/kernel.h>
#include <linux/slab.h>

#include "stress.h"

#define SEND_FLAGS	(MSG_DONTROUTE | MSG_DONTWAIT | MSG_EOR | MSG_MORE | \
			 MSG_OOB | MSG_CONFIRM)
#define RECV_FLAGS	(MSG_DONTWAIT | MSG_OOB | MSG_PEEK | MSG_TRUNC | \
			 MSG_WAITALL)

static size_t draw_size(struct draw *draw)
{
	return draw_below(draw, draw_one_in(draw, 16) ? 65536 : 600);
}

static int draw_flags(struct draw *draw, int allowed)
{
	if (draw_one_in(draw, 12))
		return draw_number(draw);
	if (draw_one_in(draw, 2))
		return MSG_DONTWAIT;
	return draw_below(draw, INT_MAX) & allowed;
}

/*
 * With MSG_TRUNC the result is the real length of a message; AF_UNIX returns 1
 * for an urgent byte even without a buffer.
 */
static void check(const char *call, ssize_t ret, size_t size, int flags)
{
	if (ret > (ssize_t)size && !(flags & (MSG_TRUNC | MSG_OOB)))
		broken(call, ret);
	if (ret < -MAX_ERRNO)
		broken(call, ret);
}

static long send_some(struct draw *draw, bool named)
{
	int flags = draw_flags(draw, SEND_FLAGS);
	struct held *held = pool_get(draw);
	size_t size = draw_size(draw);
	void *data = kzalloc(size, GFP_KERNEL);
	struct sockaddr_storage name;
	ssize_t ret;
	int len;

	draw_name(draw, &name, &len);
	if (draw_one_in(draw, 24)) {
		kfree(data);
		data = NULL;
		size = draw_one_in(draw, 2) ? SIZE_MAX : size;
	}
	if (named)
		ret = ksendto(pool_sock(held), data, size, flags,
			      draw_one_in(draw, 4) ? NULL :
			      (struct sockaddr *)&name, len);
	else
		ret = ksend(pool_sock(held), data, size, flags);
	check(named ? "ksendto" : "ksend", ret, size, 0);
	kfree(data);
	pool_put(held);
	return ret;
}

static long call_ksend(struct draw *draw)
{
	return send_some(draw, false);
}

static long call_ksendto(struct draw *draw)
{
	return send_some(draw, true);
}

static long receive_some(struct draw *draw, bool named)
{
	int room = draw_below(draw, sizeof(struct sockaddr_storage) + 1);
	int len = draw_one_in(draw, 12) ? -1 : room;
	int flags = draw_flags(draw, RECV_FLAGS);
	struct held *held = pool_get(draw);
	size_t size = draw_size(draw);
	void *data = kmalloc(size, GFP_KERNEL);
	void *name = kmalloc(room, GFP_KERNEL);
	ssize_t ret;

	if (draw_one_in(draw, 24)) {
		kfree(data);
		data = NULL;
		size = draw_one_in(draw, 2) ? SIZE_MAX : size;
	}
	if (named)
		ret = krecvfrom(pool_sock(held), data, size, flags,
				draw_one_in(draw, 4) ? NULL : name,
				draw_one_in(draw, 16) ? NULL : &len);
	else
		ret = krecv(pool_sock(held), data, size, flags);
	check(named ? "krecvfrom" : "krecv", ret, size, flags);
	kfree(data);
	kfree(name);
	pool_put(held);
	return ret;
}

static long call_krecv(struct draw *draw)
{
	return receive_some(draw, false);
}

static long call_krecvfrom(struct draw *draw)
{
	return receive_some(draw, true);
}

const struct kind transfer_kinds[] = {
	{ "ksend", call_ksend },
	{ "ksendto", call_ksendto },
	{ "krecv", call_krecv },
	{ "krecvfrom", call_krecvfrom },
	{ }
};
