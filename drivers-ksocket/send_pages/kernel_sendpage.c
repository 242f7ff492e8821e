// SPDX-License-Identifier: GPL-2.0-only
/*
 * Send pages over TCP without copying them
 *
 * In this kernel, a call sends one page.
 */

#include <linux/bvec.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/net.h>
#include <linux/sched.h>
#include <linux/socket.h>

#include "internal.h"

/* Sends one entry; @rest is the size of this one and all that follow. */
static ssize_t ksocket_send_entry(struct socket *sock,
				  const struct bio_vec *entry, size_t rest,
				  int flags)
{
	size_t done = 0;
	int ret = 0;

	while (done < entry->bv_len) {
		size_t offset = entry->bv_offset + done;
		size_t part = min_t(size_t, PAGE_SIZE - offset_in_page(offset),
				    entry->bv_len - done);
		int more = 0;

		if (done + part < rest)
			more = MSG_MORE | MSG_SENDPAGE_NOTLAST;
		ret = kernel_sendpage(sock,
				      entry->bv_page + (offset >> PAGE_SHIFT),
				      offset_in_page(offset), part,
				      flags | more);
		if (ret <= 0)
			break;
		done += ret;
		if (ret < part)
			break;
	}
	return done ?: ret;
}

ssize_t ksocket_send_pages(struct socket *sock, const struct bio_vec *vec,
			   size_t count, size_t size, int flags)
{
	struct page_frag outer;
	size_t done = 0, i;
	ssize_t ret = 0;
	bool hidden;

	/* TCP copies if the device needs it. */
	hidden = ksocket_hide_frag(&outer);
	for (i = 0; i < count; i++) {
		ret = ksocket_send_entry(sock, &vec[i], size - done, flags);
		if (ret < 0)
			break;
		done += ret;
		if (ret < vec[i].bv_len)
			break;
	}
	if (hidden)
		ksocket_show_frag(&outer);
	return done ?: ret;
}
