// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sending and receiving pages and other memory that an iterator describes
 */

#include <linux/bvec.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/net.h>
#include <linux/sched.h>
#include <linux/socket.h>
#include <linux/uio.h>
#include <net/ksocket.h>
#include <net/sock.h>

#include "internal.h"

static int ksocket_check_iter(ksocket_t sock, const struct iov_iter *iter,
			      int flags, int allowed)
{
	if (!sock)
		return -ENOTSOCK;
	if (!iter)
		return -EFAULT;
	return flags & ~allowed ? -EOPNOTSUPP : 0;
}

/**
 * ksend_iter - send what an iterator describes
 * @sock: connected socket
 * @from: iterator made with direction WRITE (ITER_SOURCE), for instance by
 *	iov_iter_bvec(); advanced by the bytes sent
 * @flags: as for ksend()
 *
 * Copies the data, so the caller may reuse the memory on return. Sleeps like
 * ksend().
 *
 * Return: bytes sent; -EFAULT for a NULL @from; -EINVAL for one of the other
 * direction; otherwise as for ksend().
 */
ssize_t ksend_iter(ksocket_t sock, struct iov_iter *from, int flags)
{
	struct msghdr msg = { };
	int ret;

	ret = ksocket_check_iter(sock, from, flags, KSOCKET_SEND_FLAGS);
	if (ret)
		return ret;
	if (iov_iter_rw(from) != WRITE)
		return -EINVAL;

	msg.msg_iter = *from;
	iov_iter_truncate(&msg.msg_iter, MAX_RW_COUNT);
	msg.msg_flags = ksocket_quiet(sock->sk, flags);
	ret = ksocket_send_message(sock, &msg);
	if (ret > 0)
		iov_iter_advance(from, ret);
	return ret;
}
EXPORT_SYMBOL_GPL(ksend_iter);

/**
 * krecv_iter - receive into what an iterator describes
 * @sock: socket
 * @to: iterator made with direction READ (ITER_DEST), for instance by
 *	iov_iter_bvec(); advanced by the bytes received
 * @flags: as for krecv()
 *
 * Sleeps like krecv().
 *
 * Return: bytes received, 0 at the end of a stream; -EFAULT for a NULL @to;
 * -EINVAL for one of the other direction; -EOPNOTSUPP for one that discards on
 * a socket with TLS; otherwise as for krecv().
 */
ssize_t krecv_iter(ksocket_t sock, struct iov_iter *to, int flags)
{
	struct msghdr msg = { };
	int ret;

	ret = ksocket_check_iter(sock, to, flags, KSOCKET_RECV_FLAGS);
	if (ret)
		return ret;
	if (iov_iter_rw(to) != READ)
		return -EINVAL;
	if (iov_iter_is_discard(to) && ksocket_ulp(sock->sk))
		return -EOPNOTSUPP;

	msg.msg_iter = *to;
	iov_iter_truncate(&msg.msg_iter, MAX_RW_COUNT);
	ret = sock_recvmsg(sock, &msg, ksocket_receive_flags(sock->sk, flags));
	if (ret > 0)
		iov_iter_advance(to, min_t(size_t, ret, iov_iter_count(to)));
	return ret;
}
EXPORT_SYMBOL_GPL(krecv_iter);

/* The bytes of all entries. */
static ssize_t ksocket_pages_size(const struct bio_vec *vec, size_t count)
{
	size_t size = 0, i;

	if (count > UIO_MAXIOV)
		return -EMSGSIZE;
	if (!vec && count)
		return -EFAULT;

	for (i = 0; i < count; i++) {
		if (!vec[i].bv_page && vec[i].bv_len)
			return -EFAULT;
		size += vec[i].bv_len;
		if (size > MAX_RW_COUNT)
			return -EINVAL;
	}
	return size;
}

/* True if TCP may hold references to all pages. */
static bool ksocket_may_share(const struct bio_vec *vec, size_t count)
{
	size_t i, at;

	for (i = 0; i < count; i++) {
		size_t end = (size_t)vec[i].bv_offset + vec[i].bv_len;

		at = vec[i].bv_offset >> PAGE_SHIFT;
		for (; at << PAGE_SHIFT < end; at++)
			if (!sendpage_ok(vec[i].bv_page + at))
				return false;
	}
	return true;
}

/**
 * ksend_pages - send pages, without copying them if possible
 * @sock: connected socket
 * @vec: pages to send; an entry may cover several pages that follow one another
 * @count: number of entries, at most 1024
 * @flags: as for ksend()
 *
 * TCP does not copy the data. It holds a reference to each page until the peer
 * has acknowledged the data: until then the contents must not change, and the
 * caller must not free the pages except by put_page(). Other protocols copy,
 * and TCP copies pages that have no references of their own, such as those of
 * kmalloc(). Sleeps like ksend().
 *
 * Return: bytes sent, which may be fewer than requested; -EFAULT for a NULL
 * @vec or page; -EMSGSIZE for too many entries; -EINVAL for more than 2 GiB
 * minus one page; otherwise as for ksend().
 */
ssize_t ksend_pages(ksocket_t sock, const struct bio_vec *vec, size_t count,
		    int flags)
{
	struct iov_iter iter;
	ssize_t size;

	if (!sock)
		return -ENOTSOCK;
	if (flags & ~KSOCKET_SEND_FLAGS)
		return -EOPNOTSUPP;
	size = ksocket_pages_size(vec, count);
	if (size < 0)
		return size;

	if (size && ksocket_is_tcp(sock->sk) && ksocket_may_share(vec, count))
		return ksocket_send_pages(sock, vec, count, size,
					  ksocket_quiet(sock->sk, flags));
	iov_iter_bvec(&iter, WRITE, vec, count, size);
	return ksend_iter(sock, &iter, flags);
}
EXPORT_SYMBOL_GPL(ksend_pages);
