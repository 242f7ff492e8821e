// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sending and receiving pages and other memory that an iterator describes
 */

#include <linux/bvec.h>
#include <linux/delay.h>
#include <linux/gfp.h>
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/net.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uio.h>
#include <net/sock.h>

#include "loopback.h"

#define KSOCKET_ORDER	1
#define KSOCKET_BYTES	(PAGE_SIZE << KSOCKET_ORDER)

/* Pages of a case, filled with a pattern. */
static struct page *ksocket_pages(struct kunit *test, u8 pattern)
{
	struct page *pages = alloc_pages(GFP_KERNEL | __GFP_COMP,
					 KSOCKET_ORDER);
	size_t i;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, pages);
	for (i = 0; i < KSOCKET_BYTES; i++)
		((u8 *)page_address(pages))[i] = i * 7 + pattern;
	return pages;
}

/* Receives all bytes and compares them. */
static void ksocket_check_bytes(struct kunit *test, ksocket_t sock,
				const void *bytes, size_t size)
{
	u8 *got = kmalloc(size, GFP_KERNEL);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, got);
	ksocket_expect(test, krecv(sock, got, size, MSG_WAITALL), size);
	ksocket_expect(test, memcmp(got, bytes, size), 0);
	kfree(got);
}

static void an_iterator_is_sent_and_received(struct kunit *test)
{
	struct page *out = ksocket_pages(test, 1);
	struct page *in = ksocket_pages(test, 2);
	size_t size = PAGE_SIZE + 100;
	struct bio_vec vec[2] = {
		{ out, PAGE_SIZE, 50 }, { out, 100, 17 },
	};
	struct bio_vec into = { in, KSOCKET_BYTES, 0 };
	struct iov_iter from, to;
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	iov_iter_bvec(&from, WRITE, vec, 2, size);
	iov_iter_bvec(&to, READ, &into, 1, KSOCKET_BYTES);
	ksocket_expect(test, ksend_iter(pair[0], &from, 0), size);
	ksocket_expect(test, iov_iter_count(&from), 0);
	iov_iter_truncate(&to, size);
	ksocket_expect(test, krecv_iter(pair[1], &to, MSG_WAITALL), size);
	ksocket_expect(test, iov_iter_count(&to), 0);
	ksocket_expect(test, memcmp(page_address(in), page_address(out) + 50,
				    PAGE_SIZE), 0);
	ksocket_expect(test, memcmp(page_address(in) + PAGE_SIZE,
				    page_address(out) + 17, 100), 0);
	__free_pages(out, KSOCKET_ORDER);
	__free_pages(in, KSOCKET_ORDER);
}

/* What was not sent or received is still in the iterator. */
static void an_iterator_advances_by_what_was_done(struct kunit *test)
{
	char text[] = "abcdef", got[6];
	struct kvec out = { text, 3 }, in = { got, 6 };
	struct iov_iter from, to;
	struct ksocket_name name;
	ksocket_t pair[2];

	ksocket_datagrams(test, AF_INET, pair, &name);
	ksocket_assert(test, kconnect(pair[0], &name.any, name.len), 0);
	iov_iter_kvec(&from, WRITE, &out, 1, 3);
	iov_iter_kvec(&to, READ, &in, 1, 6);
	ksocket_expect(test, ksend_iter(pair[0], &from, 0), 3);
	ksocket_expect(test, krecv_iter(pair[1], &to, 0), 3);
	ksocket_expect(test, iov_iter_count(&to), 3);
	iov_iter_kvec(&from, WRITE, &out, 1, 3);
	ksocket_expect(test, ksend_iter(pair[0], &from, 0), 3);
	ksocket_expect(test, krecv_iter(pair[1], &to, 0), 3);
	ksocket_expect(test, memcmp(got, "abcabc", 6), 0);
	/* A datagram that is longer than the space. */
	out.iov_len = 6;
	iov_iter_kvec(&from, WRITE, &out, 1, 6);
	iov_iter_kvec(&to, READ, &in, 1, 2);
	ksocket_expect(test, ksend_iter(pair[0], &from, 0), 6);
	ksocket_expect(test, krecv_iter(pair[1], &to, MSG_TRUNC), 6);
	ksocket_expect(test, iov_iter_count(&to), 0);
	iov_iter_kvec(&to, READ, &in, 1, 2);
	ksocket_expect(test, krecv_iter(pair[1], &to, MSG_DONTWAIT), -EAGAIN);
	ksocket_expect(test, iov_iter_count(&to), 2);
}

static void iterators_tell_what_is_wrong(struct kunit *test)
{
	struct kvec vec = { "a", 1 };
	struct iov_iter from, to;
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	iov_iter_kvec(&from, WRITE, &vec, 1, 1);
	iov_iter_kvec(&to, READ, &vec, 1, 1);
	ksocket_expect(test, ksend_iter(NULL, &from, 0), -ENOTSOCK);
	ksocket_expect(test, krecv_iter(NULL, &to, 0), -ENOTSOCK);
	ksocket_expect(test, ksend_iter(pair[0], NULL, 0), -EFAULT);
	ksocket_expect(test, krecv_iter(pair[0], NULL, 0), -EFAULT);
	ksocket_expect(test, ksend_iter(pair[0], &to, 0), -EINVAL);
	ksocket_expect(test, krecv_iter(pair[0], &from, 0), -EINVAL);
	/* A flag of the kernel, in those that have it. */
	ksocket_expect(test, ksend_iter(pair[0], &from, 0x8000000),
		       -EOPNOTSUPP);
	ksocket_expect(test, krecv_iter(pair[0], &to, MSG_ERRQUEUE),
		       -EOPNOTSUPP);
}

/* Waits until only the case has the pages. */
static bool ksocket_is_alone(struct page *pages)
{
	unsigned long end = jiffies + 5 * HZ;

	while (page_count(pages) > 1 && time_before(jiffies, end))
		msleep(20);
	return page_count(pages) == 1;
}

static void tcp_sends_pages_without_a_copy(struct kunit *test)
{
	struct page *pages = ksocket_pages(test, 3);
	struct bio_vec vec = { pages, KSOCKET_BYTES - 30, 20 };
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, page_count(pages), 1);
	ksocket_expect(test, ksend_pages(pair[0], &vec, 1, 0), vec.bv_len);
	/* Over loopback, the receiver has the pages themselves. */
	KUNIT_EXPECT_GT(test, page_count(pages), 1);
	ksocket_check_bytes(test, pair[1], page_address(pages) + 20,
			    vec.bv_len);
	KUNIT_EXPECT_TRUE(test, ksocket_is_alone(pages));
	__free_pages(pages, KSOCKET_ORDER);
}

static void several_entries_are_one_stream(struct kunit *test)
{
	struct page *pages = ksocket_pages(test, 4);
	struct bio_vec vec[3] = {
		{ pages, 10, 0 }, { pages, PAGE_SIZE, 10 },
		{ pages, PAGE_SIZE - 10, PAGE_SIZE + 10 },
	};
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, ksend_pages(pair[0], vec, 3, 0), KSOCKET_BYTES);
	ksocket_check_bytes(test, pair[1], page_address(pages), KSOCKET_BYTES);
	KUNIT_EXPECT_TRUE(test, ksocket_is_alone(pages));
	__free_pages(pages, KSOCKET_ORDER);
}

static void pages_of_the_slab_are_copied(struct kunit *test)
{
	static const char sent[] = "a text in memory of kmalloc()";
	char *text = kmalloc(sizeof(sent), GFP_KERNEL);
	struct bio_vec vec;
	ksocket_t pair[2];

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, text);
	ksocket_connected(test, AF_INET, pair);
	memcpy(text, sent, sizeof(sent));
	vec.bv_page = virt_to_page(text);
	vec.bv_offset = offset_in_page(text);
	vec.bv_len = sizeof(sent);
	ksocket_expect(test, ksend_pages(pair[0], &vec, 1, 0), sizeof(sent));
	memset(text, 'x', sizeof(sent));
	ksocket_check_bytes(test, pair[1], sent, sizeof(sent));
	kfree(text);
}

static void a_datagram_of_pages_is_whole(struct kunit *test)
{
	struct page *pages = ksocket_pages(test, 5);
	struct bio_vec vec[2] = { { pages, 100, 0 }, { pages, 100, 100 } };
	struct ksocket_name name;
	ksocket_t pair[2];

	ksocket_datagrams(test, AF_INET, pair, &name);
	ksocket_assert(test, kconnect(pair[0], &name.any, name.len), 0);
	ksocket_expect(test, ksend_pages(pair[0], vec, 2, 0), 200);
	ksocket_expect(test, page_count(pages), 1);
	ksocket_check_bytes(test, pair[1], page_address(pages), 200);
	__free_pages(pages, KSOCKET_ORDER);
}

static void a_full_stream_takes_some_pages(struct kunit *test)
{
	struct page *pages = ksocket_pages(test, 6);
	struct bio_vec vec = { pages, KSOCKET_BYTES, 0 };
	ksocket_t pair[2];
	ssize_t ret = 1;
	int i;

	ksocket_connected(test, AF_INET, pair);
	for (i = 0; i < 8192 && ret > 0; i++)
		ret = ksend_pages(pair[0], &vec, 1, MSG_DONTWAIT);
	ksocket_expect(test, ret, -EAGAIN);
	ksocket_drop(test, pair[1]);
	ret = 1;
	for (i = 0; i < 250 && ret != -EPIPE && ret != -ECONNRESET; i++) {
		msleep(20);
		ret = ksend_pages(pair[0], &vec, 1, MSG_DONTWAIT);
	}
	/* The reset is told once, then the stream is closed. */
	ksocket_expect(test, ksend_pages(pair[0], &vec, 1, 0), -EPIPE);
	ksocket_drop(test, pair[0]);
	KUNIT_EXPECT_TRUE(test, ksocket_is_alone(pages));
	__free_pages(pages, KSOCKET_ORDER);
}

static void pages_tell_what_is_wrong(struct kunit *test)
{
	struct page *pages = ksocket_pages(test, 7);
	struct bio_vec large = { pages, UINT_MAX, 0 };
	struct bio_vec none = { NULL, 1, 0 };
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, ksend_pages(NULL, &none, 1, 0), -ENOTSOCK);
	ksocket_expect(test, ksend_pages(pair[0], NULL, 1, 0), -EFAULT);
	ksocket_expect(test, ksend_pages(pair[0], &none, 1, 0), -EFAULT);
	ksocket_expect(test, ksend_pages(pair[0], &none, 1025, 0), -EMSGSIZE);
	ksocket_expect(test, ksend_pages(pair[0], &none, 1, MSG_PEEK),
		       -EOPNOTSUPP);
	ksocket_expect(test, ksend_pages(pair[0], &large, 1, 0), -EINVAL);
	ksocket_expect(test, ksend_pages(pair[0], NULL, 0, 0), 0);
	__free_pages(pages, KSOCKET_ORDER);
}

static struct kunit_case ksocket_iterator_cases[] = {
	KUNIT_CASE(an_iterator_is_sent_and_received),
	KUNIT_CASE(an_iterator_advances_by_what_was_done),
	KUNIT_CASE(iterators_tell_what_is_wrong),
	KUNIT_CASE(tcp_sends_pages_without_a_copy),
	KUNIT_CASE(several_entries_are_one_stream),
	KUNIT_CASE(pages_of_the_slab_are_copied),
	KUNIT_CASE(a_datagram_of_pages_is_whole),
	KUNIT_CASE(a_full_stream_takes_some_pages),
	KUNIT_CASE(pages_tell_what_is_wrong),
	{ }
};

struct kunit_suite ksocket_iterator_suite = {
	.name = "ksocket_iterator",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_iterator_cases,
};
