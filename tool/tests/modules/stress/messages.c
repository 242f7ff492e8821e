// SPDX-License-Identifier: GPL-2.0-only
/*
 * Messages in several buffers, with mostly invalid control messages
 */

#include <linux/bvec.h>
#include <linux/gfp.h>
#include <linux/in.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uio.h>

#include "stress.h"

#define PIECES	4

static size_t draw_pieces(struct draw *draw, struct kvec *vec, size_t *total)
{
	size_t count = draw_below(draw, PIECES + 1);
	size_t i;

	*total = 0;
	for (i = 0; i < count; i++) {
		vec[i].iov_len = draw_below(draw, 3000);
		vec[i].iov_base = kzalloc(vec[i].iov_len, GFP_KERNEL);
		*total += vec[i].iov_len;
	}
	return count;
}

/* More than the maximum: the call must fail before it reads the array. */
static size_t spoil(struct draw *draw, struct kvec *vec, size_t count)
{
	if (count < 2 || !draw_one_in(draw, 12))
		return draw_one_in(draw, 24) ? SIZE_MAX : count;

	vec[0].iov_len = LONG_MAX;
	vec[1].iov_len = LONG_MAX - draw_below(draw, 2);
	return count;
}

static void free_pieces(struct kvec *vec, size_t count)
{
	while (count--)
		kfree(vec[count].iov_base);
}

/* A valid control message header, or random bytes. */
static void draw_control(struct draw *draw, struct msghdr *message)
{
	size_t size = draw_below(draw, 160);
	struct cmsghdr *head;

	if (!draw_one_in(draw, 3))
		return;
	message->msg_control = kmalloc(size, GFP_KERNEL);
	message->msg_controllen = size;
	if (!message->msg_control)
		return;
	draw_bytes(draw, message->msg_control, size);
	if (size < sizeof(*head) || draw_one_in(draw, 4))
		return;
	head = message->msg_control;
	head->cmsg_len = draw_one_in(draw, 4) ? draw_number(draw) : size;
	head->cmsg_level = draw_one_in(draw, 2) ? SOL_IP : SOL_IPV6;
	head->cmsg_type = draw_below(draw, 80);
}

static long call_ksendmsg(struct draw *draw)
{
	int flags = draw_one_in(draw, 12) ? draw_number(draw) : MSG_DONTWAIT;
	struct held *held = pool_get(draw);
	struct kvec vec[PIECES] = { };
	struct sockaddr_storage name;
	struct msghdr message = { };
	size_t count, total;
	ssize_t ret;

	draw_name(draw, &name, &message.msg_namelen);
	message.msg_name = draw_one_in(draw, 2) ? NULL : &name;
	draw_control(draw, &message);
	count = draw_pieces(draw, vec, &total);
	ret = ksendmsg(pool_sock(held), draw_one_in(draw, 24) ? NULL : &message,
		       draw_one_in(draw, 24) ? NULL : vec,
		       spoil(draw, vec, count), flags);
	if (ret > (ssize_t)total)
		broken("ksendmsg", ret);
	free_pieces(vec, count);
	kfree(message.msg_control);
	pool_put(held);
	return ret;
}

static long call_krecvmsg(struct draw *draw)
{
	int flags = draw_one_in(draw, 12) ? draw_number(draw) : MSG_DONTWAIT;
	int room = draw_below(draw, sizeof(struct sockaddr_storage) + 1);
	struct held *held = pool_get(draw);
	void *name = kmalloc(room, GFP_KERNEL);
	struct kvec vec[PIECES] = { };
	struct msghdr message = { };
	size_t count, total, before;
	ssize_t ret;

	message.msg_name = draw_one_in(draw, 2) ? NULL : name;
	message.msg_namelen = draw_one_in(draw, 12) ? -1 : room;
	draw_control(draw, &message);
	before = message.msg_controllen;
	count = draw_pieces(draw, vec, &total);
	ret = krecvmsg(pool_sock(held), draw_one_in(draw, 24) ? NULL : &message,
		       draw_one_in(draw, 24) ? NULL : vec,
		       spoil(draw, vec, count), flags);
	if (ret > (ssize_t)total && !(flags & (MSG_TRUNC | MSG_OOB)))
		broken("krecvmsg", ret);
	if (message.msg_controllen > before)
		broken("krecvmsg: msg_controllen", message.msg_controllen);
	free_pieces(vec, count);
	kfree(message.msg_control);
	kfree(name);
	pool_put(held);
	return ret;
}

/* Over an iterator or pages, also with a direction that is wrong. */
static long use_iter(struct draw *draw, bool send)
{
	size_t size = draw_below(draw, draw_one_in(draw, 8) ? 65536 : 600);
	int flags = draw_one_in(draw, 12) ? draw_number(draw) : 0;
	bool wrong = draw_one_in(draw, 24);
	struct held *held = pool_get(draw);
	void *data = kzalloc(size, GFP_KERNEL);
	struct kvec vec = { data, size };
	struct iov_iter iter;
	ssize_t ret;

	iov_iter_kvec(&iter, send != wrong ? WRITE : READ, &vec, 1, size);
	if (send)
		ret = ksend_iter(pool_sock(held), &iter, flags);
	else
		ret = krecv_iter(pool_sock(held), &iter, flags);
	if (ret > 0 && wrong)
		broken(send ? "ksend_iter" : "krecv_iter", ret);
	kfree(data);
	pool_put(held);
	return ret;
}

static long call_ksend_iter(struct draw *draw)
{
	return use_iter(draw, true);
}

static long call_krecv_iter(struct draw *draw)
{
	return use_iter(draw, false);
}

/* The pages are freed at once: TCP has references of its own. */
static long call_ksend_pages(struct draw *draw)
{
	int flags = draw_one_in(draw, 12) ? draw_number(draw) : 0;
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_COMP, 1);
	struct held *held = pool_get(draw);
	struct bio_vec vec[3];
	long ret = -ENOMEM;
	int i;

	for (i = 0; i < ARRAY_SIZE(vec); i++) {
		vec[i].bv_page = draw_one_in(draw, 48) ? NULL : page;
		vec[i].bv_offset = draw_below(draw, PAGE_SIZE);
		vec[i].bv_len = draw_below(draw, PAGE_SIZE);
	}
	if (page)
		ret = ksend_pages(pool_sock(held), vec,
				  draw_below(draw, ARRAY_SIZE(vec) + 1), flags);
	if (ret > (long)ARRAY_SIZE(vec) * (long)PAGE_SIZE)
		broken("ksend_pages", ret);
	if (page)
		__free_pages(page, 1);
	pool_put(held);
	return ret;
}

const struct kind message_kinds[] = {
	{ "ksend_iter", call_ksend_iter },
	{ "krecv_iter", call_krecv_iter },
	{ "ksend_pages", call_ksend_pages },
	{ "ksendmsg", call_ksendmsg },
	{ "krecvmsg", call_krecvmsg },
	{ }
};
