// SPDX-License-Identifier: GPL-2.0-only
/*
 * Send pages over TCP
 *
 * This kernel has no way to do it without copying them.
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
	msg.msg_flags = flags;
	return ksocket_send_message(sock, &msg);
}
