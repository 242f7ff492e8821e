// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of ksocket with a deadline and for pages, beside what a driver without
 * ksocket would use
 */

#include <linux/bvec.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/net.h>
#include <linux/socket.h>
#include <linux/uio.h>
#include <net/ksocket.h>

#include "bench.h"

static ssize_t until_send(struct socket *sock, const void *data, size_t size,
			  int flags)
{
	return ksend_until(sock, data, size, flags,
			   ktime_add_ms(ktime_get(), 10000));
}

static ssize_t until_receive(struct socket *sock, void *room, size_t size,
			     int flags)
{
	return krecv_until(sock, room, size, flags,
			   ktime_add_ms(ktime_get(), 10000));
}

static struct bio_vec pages_of(const void *data, size_t size)
{
	return (struct bio_vec){
		.bv_page = virt_to_page((void *)data),
		.bv_len = size,
	};
}

static ssize_t ours_pages(struct socket *sock, const void *data, size_t size,
			  int flags)
{
	struct bio_vec vec = pages_of(data, size);

	return ksend_pages(sock, &vec, 1, flags);
}

#ifdef MSG_SPLICE_PAGES
static ssize_t raw_pages(struct socket *sock, const void *data, size_t size,
			 int flags)
{
	struct msghdr msg = {
		.msg_flags = flags | MSG_SPLICE_PAGES | MSG_NOSIGNAL,
	};
	struct bio_vec vec = pages_of(data, size);

	iov_iter_bvec(&msg.msg_iter, WRITE, &vec, 1, size);
	return sock_sendmsg(sock, &msg);
}
#else
static ssize_t raw_pages(struct socket *sock, const void *data, size_t size,
			 int flags)
{
	struct page *page = virt_to_page((void *)data);
	size_t sent = 0;
	int more, ret;

	while (sent < size) {
		more = size - sent > PAGE_SIZE ? MSG_SENDPAGE_NOTLAST : 0;
		ret = kernel_sendpage(sock, page + sent / PAGE_SIZE,
				      sent % PAGE_SIZE,
				      PAGE_SIZE - sent % PAGE_SIZE,
				      flags | more | MSG_NOSIGNAL);
		if (ret < 0)
			return ret;
		sent += ret;
	}
	return sent;
}
#endif

/* All other calls are those of the plain pair. */
static struct calls until_ours, until_raw, pages_ours, pages_raw;

const struct pair deadline_calls = { &until_ours, &until_raw };
const struct pair page_calls = { &pages_ours, &pages_raw };

void set_more_calls(void)
{
	until_ours = *plain_calls.ours;
	until_ours.send = until_send;
	until_ours.receive = until_receive;
	until_raw = *plain_calls.raw;
	pages_ours = *plain_calls.ours;
	pages_ours.send = ours_pages;
	pages_raw = *plain_calls.raw;
	pages_raw.send = raw_pages;
}
