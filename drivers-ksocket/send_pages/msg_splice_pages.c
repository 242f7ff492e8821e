// SPDX-License-Identifier: GPL-2.0-only
/*
 * Send pages over TCP without copying them
 *
 * In this kernel, a flag of sendmsg does it.
 */

#include <linux/net.h>
#include <linux/socket.h>
#include <linux/uio.h>

#include "internal.h"

ssize_t ksocket_send_pages(struct socket *sock, const struct bio_vec *vec,
			   size_t count, size_t size, int flags)
{
	struct msghdr msg = { };

	iov_iter_bvec(&msg.msg_iter, WRITE, vec, count, size);
	msg.msg_flags = flags | MSG_SPLICE_PAGES;
	return ksocket_send_message(sock, &msg);
}
