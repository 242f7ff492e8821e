// SPDX-License-Identifier: GPL-2.0-only
/*
 * Invalid arguments and timeouts of transfers
 */

#include <linux/bits.h>
#include <linux/gfp.h>
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/net.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/string.h>
#include <linux/uio.h>

#include "loopback.h"

static void transfers_without_a_socket_are_enotsock(struct kunit *test)
{
	char byte = 0;

	ksocket_expect(test, ksend(NULL, &byte, 1, 0), -ENOTSOCK);
	ksocket_expect(test, krecv(NULL, &byte, 1, 0), -ENOTSOCK);
	ksocket_expect(test, ksendto(NULL, &byte, 1, 0, NULL, 0), -ENOTSOCK);
	ksocket_expect(test, krecvfrom(NULL, &byte, 1, 0, NULL, NULL),
		       -ENOTSOCK);
}

static void transfers_without_a_buffer_are_efault(struct kunit *test)
{
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, ksend(pair[0], NULL, 1, 0), -EFAULT);
	ksocket_expect(test, krecv(pair[0], NULL, 1, 0), -EFAULT);
	ksocket_expect(test, ksendto(pair[0], NULL, 1, 0, NULL, 0), -EFAULT);
	ksocket_expect(test, krecvfrom(pair[0], NULL, 1, 0, NULL, NULL),
		       -EFAULT);
}

static void transfers_with_other_flags_are_eopnotsupp(struct kunit *test)
{
	ksocket_t pair[2];
	char byte = 0;
	int i;

	ksocket_connected(test, AF_INET, pair);
	for (i = 0; i < 32; i++) {
		int flag = BIT(i);
		int send = MSG_CONFIRM | MSG_DONTROUTE | MSG_DONTWAIT |
			   MSG_EOR | MSG_MORE | MSG_NOSIGNAL | MSG_OOB;
		int recv = MSG_DONTWAIT | MSG_NOSIGNAL | MSG_OOB | MSG_PEEK |
			   MSG_TRUNC | MSG_WAITALL;

		if (!(flag & send))
			ksocket_expect(test, ksend(pair[0], &byte, 1, flag),
				       -EOPNOTSUPP);
		if (!(flag & recv))
			ksocket_expect(test, krecv(pair[1], &byte, 1, flag),
				       -EOPNOTSUPP);
	}
}

static void nothing_can_be_sent_and_received(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t pair[2];
	char byte;

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, ksend(pair[0], NULL, 0, 0), 0);
	ksocket_expect(test, krecv(pair[1], &byte, 1, MSG_DONTWAIT), -EAGAIN);
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	ksocket_expect(test, krecv(pair[1], NULL, 0, 0), 0);
	ksocket_expect(test, krecv(pair[1], &byte, 1, 0), 1);

	ksocket_datagrams(test, AF_INET, pair, &name);
	ksocket_expect(test, ksendto(pair[0], NULL, 0, 0, &name.any, name.len),
		       0);
	/* The empty datagram arrived: krecv() returns at once. */
	ksocket_expect(test, krecv(pair[1], &byte, 1, 0), 0);
	ksocket_expect(test, krecv(pair[1], &byte, 1, MSG_DONTWAIT), -EAGAIN);
}

static void lengths_may_be_as_big_as_they_get(struct kunit *test)
{
	struct ksocket_name name;
	struct ksocket_room room;
	ksocket_t pair[2];

	ksocket_datagrams(test, AF_INET, pair, &name);
	ksocket_expect(test, ksendto(pair[0], room.room, SIZE_MAX, 0, &name.any,
				     name.len), -EMSGSIZE);
	ksocket_expect(test, ksendto(pair[0], "a", 1, 0, &name.any, name.len),
		       1);
	ksocket_paint(&room);
	ksocket_expect(test, krecv(pair[1], room.room, SIZE_MAX, 0), 1);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&room, 1));
}

static void what_was_sent_is_the_callers_again(struct kunit *test)
{
	char buffer[] = "a", got;
	struct kvec vec = { buffer, 1 };
	struct msghdr message = { };
	ksocket_t pair[2];
	int i;

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, ksend(pair[0], buffer, 1, 0), 1);
	ksocket_expect(test, ksendto(pair[0], buffer, 1, 0, NULL, 0), 1);
	ksocket_expect(test, ksendmsg(pair[0], &message, &vec, 1, 0), 1);
	buffer[0] = 'b';
	for (i = 0; i < 3; i++) {
		ksocket_expect(test, krecv(pair[1], &got, 1, 0), 1);
		ksocket_expect(test, got, 'a');
	}
}

/* As in a task that was sending when the kernel ran out of memory. */
static void sending_in_reclaim_keeps_the_task_fragment(struct kunit *test)
{
	char *page = (char *)__get_free_page(GFP_KERNEL);
	struct page_frag before = current->task_frag;
	struct kvec vec = { "a", 1 };
	struct msghdr message = { };
	unsigned int flags;
	ksocket_t pair[2];

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, page);
	memset(page, 0x5a, PAGE_SIZE);
	ksocket_connected(test, AF_INET, pair);
	current->task_frag = (struct page_frag){
		.page = virt_to_page(page),
		.offset = 7,
		.size = PAGE_SIZE,
	};
	flags = memalloc_noreclaim_save();
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	ksocket_expect(test, ksendto(pair[0], "a", 1, 0, NULL, 0), 1);
	ksocket_expect(test, ksendmsg(pair[0], &message, &vec, 1, 0), 1);
	memalloc_noreclaim_restore(flags);
	KUNIT_EXPECT_PTR_EQ(test, current->task_frag.page, virt_to_page(page));
	ksocket_expect(test, current->task_frag.offset, 7);
	KUNIT_EXPECT_TRUE(test, !memchr_inv(page, 0x5a, PAGE_SIZE));
	current->task_frag = before;
	free_page((unsigned long)page);
}

static void receiving_would_have_to_wait_is_eagain(struct kunit *test)
{
	ksocket_t pair[2];
	char got;

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, krecv(pair[1], &got, 1, MSG_DONTWAIT), -EAGAIN);
}

static void receiving_ends_with_the_receive_timeout(struct kunit *test)
{
	unsigned long begin = jiffies;
	ksocket_t pair[2];
	char got;

	ksocket_connected(test, AF_INET, pair);
	ksocket_assert(test, ksocket_set_timeout(pair[1], SO_RCVTIMEO_NEW, 100),
		       0);
	ksocket_expect(test, krecv(pair[1], &got, 1, 0), -EAGAIN);
	KUNIT_EXPECT_TRUE(test, jiffies - begin >= msecs_to_jiffies(90));
	KUNIT_EXPECT_TRUE(test, jiffies - begin < msecs_to_jiffies(4000));
}

static void sending_ends_with_the_send_timeout(struct kunit *test)
{
	char *buffer = kunit_kzalloc(test, 65536, GFP_KERNEL);
	ksocket_t pair[2];
	ssize_t sent = 0;
	int i;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, buffer);
	ksocket_connected(test, AF_INET, pair);
	ksocket_assert(test, ksocket_set_timeout(pair[0], SO_SNDTIMEO_NEW, 100),
		       0);
	for (i = 0; i < 1024 && sent >= 0; i++)
		sent = ksend(pair[0], buffer, 65536, 0);
	ksocket_expect(test, sent, -EAGAIN);
}

static struct kunit_case ksocket_transfer_cases[] = {
	KUNIT_CASE(transfers_without_a_socket_are_enotsock),
	KUNIT_CASE(transfers_without_a_buffer_are_efault),
	KUNIT_CASE(transfers_with_other_flags_are_eopnotsupp),
	KUNIT_CASE(nothing_can_be_sent_and_received),
	KUNIT_CASE(lengths_may_be_as_big_as_they_get),
	KUNIT_CASE(what_was_sent_is_the_callers_again),
	KUNIT_CASE(sending_in_reclaim_keeps_the_task_fragment),
	KUNIT_CASE(receiving_would_have_to_wait_is_eagain),
	KUNIT_CASE(receiving_ends_with_the_receive_timeout),
	KUNIT_CASE(sending_ends_with_the_send_timeout),
	{ }
};

struct kunit_suite ksocket_transfer_suite = {
	.name = "ksocket_transfer",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_transfer_cases,
};
