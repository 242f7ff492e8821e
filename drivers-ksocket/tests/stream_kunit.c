// SPDX-License-Identifier: GPL-2.0-only
/*
 * Streams: the order of bytes, the end and a broken connection
 */

#include <linux/net.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "loopback.h"

static void ksocket_check_stream(struct kunit *test, int domain)
{
	struct ksocket_room room;
	ksocket_t pair[2];

	ksocket_connected(test, domain, pair);
	ksocket_paint(&room);
	ksocket_expect(test, ksend(pair[0], "twelve bytes", 12, 0), 12);
	ksocket_expect(test, krecv(pair[1], room.room, 5, 0), 5);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&room, 5));
	ksocket_expect(test, krecv(pair[1], room.room + 5, 7, MSG_WAITALL), 7);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&room, 12));
	ksocket_expect(test, memcmp(room.room, "twelve bytes", 12), 0);
}

static void a_stream_over_ipv4_brings_the_bytes_in_order(struct kunit *test)
{
	ksocket_check_stream(test, AF_INET);
}

static void a_stream_over_ipv6_brings_the_bytes_in_order(struct kunit *test)
{
	ksocket_need(test, AF_INET6);
	ksocket_check_stream(test, AF_INET6);
}

static void a_stream_over_af_unix_brings_the_bytes_in_order(struct kunit *test)
{
	ksocket_need(test, AF_UNIX);
	ksocket_check_stream(test, AF_UNIX);
}

static void a_connected_stream_names_no_sender(struct kunit *test)
{
	struct ksocket_name from = { .len = sizeof(from.storage) };
	ksocket_t pair[2];
	char got;

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	ksocket_expect(test, krecvfrom(pair[1], &got, 1, 0, &from.any,
				       &from.len), 1);
	ksocket_expect(test, from.len, 0);
}

static void sending_to_no_address_goes_to_the_peer(struct kunit *test)
{
	ksocket_t pair[2];
	char got;

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, ksendto(pair[0], "a", 1, 0, NULL, 0), 1);
	ksocket_expect(test, krecvfrom(pair[1], &got, 1, 0, NULL, NULL), 1);
	ksocket_expect(test, got, 'a');
}

static void peeking_leaves_the_bytes(struct kunit *test)
{
	ksocket_t pair[2];
	char got[2] = "";

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	ksocket_expect(test, krecv(pair[1], &got[0], 1, MSG_PEEK), 1);
	ksocket_expect(test, krecv(pair[1], &got[1], 1, 0), 1);
	ksocket_expect(test, memcmp(got, "aa", 2), 0);
}

static void ksocket_check_trunc(struct kunit *test, int domain)
{
	struct ksocket_room room;
	ksocket_t pair[2];

	ksocket_connected(test, domain, pair);
	ksocket_expect(test, ksend(pair[0], "twelve bytes", 12, 0), 12);
	ksocket_paint(&room);
	ksocket_expect(test, krecv(pair[1], room.room, 4, MSG_TRUNC), 4);
	ksocket_expect(test, memcmp(room.room, "twel", 4), 0);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&room, 4));

	ksocket_expect(test, krecv(pair[1], NULL, 3, MSG_TRUNC), 3);
	ksocket_expect(test, krecvfrom(pair[1], NULL, 2, MSG_TRUNC, NULL,
				       NULL), 2);
	ksocket_expect(test, krecv(pair[1], room.room, 4, 0), 3);
	ksocket_expect(test, memcmp(room.room, "tes", 3), 0);
}

static void tcp_with_msg_trunc_copies_or_discards(struct kunit *test)
{
	ksocket_check_trunc(test, AF_INET);
}

static void af_unix_with_msg_trunc_copies_or_discards(struct kunit *test)
{
	ksocket_need(test, AF_UNIX);
	ksocket_check_trunc(test, AF_UNIX);
}

static void a_full_stream_takes_some_and_then_is_eagain(struct kunit *test)
{
	char *buffer = kunit_kzalloc(test, 65536, GFP_KERNEL);
	ksocket_t pair[2];
	ssize_t sent = 0;
	int i;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, buffer);
	ksocket_connected(test, AF_INET, pair);
	for (i = 0; i < 1024 && sent >= 0; i++)
		sent = ksend(pair[0], buffer, 65536, MSG_DONTWAIT);
	KUNIT_EXPECT_TRUE(test, i > 1);
	ksocket_expect(test, sent, -EAGAIN);
}

static void a_broken_stream_is_epipe_without_a_signal(struct kunit *test)
{
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_assert(test, kshutdown(pair[0], SHUT_WR), 0);
	allow_signal(SIGPIPE);
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), -EPIPE);
	KUNIT_EXPECT_TRUE(test, !signal_pending(current));
	disallow_signal(SIGPIPE);
}

static void the_end_of_a_stream_is_zero_bytes(struct kunit *test)
{
	ksocket_t pair[2];
	char got;

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	ksocket_drop(test, pair[0]);
	ksocket_expect(test, krecv(pair[1], &got, 1, 0), 1);
	ksocket_expect(test, krecv(pair[1], &got, 1, 0), 0);
}

static void the_mark_is_where_the_urgent_byte_was_sent(struct kunit *test)
{
	ksocket_t pair[2];
	char got[4];

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, ksockatmark(pair[1]), 0);
	ksocket_expect(test, ksend(pair[0], "ab", 2, 0), 2);
	ksocket_expect(test, ksend(pair[0], "!", 1, MSG_OOB), 1);
	ksocket_expect(test, ksend(pair[0], "cd", 2, 0), 2);

	/* krecv() stops at the mark. */
	ksocket_expect(test, krecv(pair[1], got, 1, 0), 1);
	ksocket_expect(test, ksockatmark(pair[1]), 0);
	ksocket_expect(test, krecv(pair[1], got, 4, 0), 1);
	ksocket_expect(test, ksockatmark(pair[1]), 1);
	ksocket_expect(test, krecv(pair[1], got, 1, MSG_OOB), 1);
	ksocket_expect(test, got[0], '!');
	ksocket_expect(test, krecv(pair[1], got, 4, 0), 2);
	ksocket_expect(test, memcmp(got, "cd", 2), 0);
	ksocket_expect(test, ksockatmark(pair[1]), 0);
}

static void only_tcp_has_a_mark(struct kunit *test)
{
	ksocket_expect(test, ksockatmark(NULL), -ENOTSOCK);
	ksocket_expect(test, ksockatmark(ksocket_make(test, AF_INET,
						      SOCK_DGRAM)), -ENOTTY);
}

static struct kunit_case ksocket_stream_cases[] = {
	KUNIT_CASE(a_stream_over_ipv4_brings_the_bytes_in_order),
	KUNIT_CASE(a_stream_over_ipv6_brings_the_bytes_in_order),
	KUNIT_CASE(a_stream_over_af_unix_brings_the_bytes_in_order),
	KUNIT_CASE(a_connected_stream_names_no_sender),
	KUNIT_CASE(sending_to_no_address_goes_to_the_peer),
	KUNIT_CASE(peeking_leaves_the_bytes),
	KUNIT_CASE(tcp_with_msg_trunc_copies_or_discards),
	KUNIT_CASE(af_unix_with_msg_trunc_copies_or_discards),
	KUNIT_CASE(a_full_stream_takes_some_and_then_is_eagain),
	KUNIT_CASE(a_broken_stream_is_epipe_without_a_signal),
	KUNIT_CASE(the_end_of_a_stream_is_zero_bytes),
	KUNIT_CASE(the_mark_is_where_the_urgent_byte_was_sent),
	KUNIT_CASE(only_tcp_has_a_mark),
	{ }
};

struct kunit_suite ksocket_stream_suite = {
	.name = "ksocket_stream",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_stream_cases,
};
