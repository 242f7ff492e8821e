// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bytes in and out of a socket
 */

#include <linux/bits.h>
#include <linux/jiffies.h>
#include <linux/net.h>
#include <linux/sched/signal.h>
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
	if (!ksocket_lacks(test, AF_INET6))
		ksocket_check_stream(test, AF_INET6);
}

static void a_stream_over_af_unix_brings_the_bytes_in_order(struct kunit *test)
{
	if (!ksocket_lacks(test, AF_UNIX))
		ksocket_check_stream(test, AF_UNIX);
}

/* Two datagram sockets, the second one named @name, patient for 5 seconds. */
static void ksocket_datagrams(struct kunit *test, int domain,
			      ksocket_t pair[2], struct ksocket_name *name)
{
	struct ksocket_name other;

	pair[0] = ksocket_bound(test, domain, SOCK_DGRAM, &other);
	pair[1] = ksocket_bound(test, domain, SOCK_DGRAM, name);
	ksocket_assert(test, ksocket_set_timeout(pair[1], SO_RCVTIMEO_NEW,
						 5000), 0);
}

static void ksocket_check_datagram(struct kunit *test, int domain, int there)
{
	struct ksocket_room data, from;
	struct ksocket_name name;
	ksocket_t pair[2];
	int used, len = there;

	ksocket_datagrams(test, domain, pair, &name);
	ksocket_expect(test, ksendto(pair[0], "five!", 5, 0, &name.any,
				     name.len), 5);

	name.len = sizeof(name.storage);
	ksocket_assert(test, kgetsockname(pair[0], &name.any, &name.len), 0);
	used = min(there, name.len);

	ksocket_paint(&data);
	ksocket_paint(&from);
	ksocket_expect(test, krecvfrom(pair[1], data.room, sizeof(data.room), 0,
				       (struct sockaddr *)from.room, &len), 5);
	ksocket_expect(test, memcmp(data.room, "five!", 5), 0);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&data, 5));
	ksocket_expect(test, len, name.len);
	ksocket_expect(test, memcmp(from.room, &name.any, used), 0);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&from, used));
}

static void a_datagram_over_ipv4_names_its_sender(struct kunit *test)
{
	ksocket_check_datagram(test, AF_INET, 128);
}

static void a_datagram_over_ipv6_names_its_sender(struct kunit *test)
{
	if (!ksocket_lacks(test, AF_INET6))
		ksocket_check_datagram(test, AF_INET6, 128);
}

static void a_sender_is_cut_off_where_the_room_ends(struct kunit *test)
{
	ksocket_check_datagram(test, AF_INET, 3);
	ksocket_check_datagram(test, AF_INET, 0);
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

static void sending_takes_no_length_that_fits_no_address(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t pair[2];

	ksocket_datagrams(test, AF_INET, pair, &name);
	ksocket_expect(test, ksendto(pair[0], "a", 1, 0, &name.any, -1),
		       -EINVAL);
	ksocket_expect(test, ksendto(pair[0], "a", 1, 0, &name.any,
				     sizeof(name.storage) + 1), -EINVAL);
	ksocket_expect(test, ksendto(pair[0], "a", 1, 0, &name.any, 2),
		       -EINVAL);
}

static void receiving_takes_no_unusable_length(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t pair[2];
	char got;

	ksocket_datagrams(test, AF_INET, pair, &name);
	ksocket_expect(test, krecvfrom(pair[1], &got, 1, 0, &name.any, NULL),
		       -EINVAL);
	name.len = -1;
	ksocket_expect(test, krecvfrom(pair[1], &got, 1, 0, &name.any,
				       &name.len), -EINVAL);
}

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
	/* It did arrive: there is nothing to wait for. */
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

static void a_datagram_tells_how_long_it_was_with_msg_trunc(struct kunit *test)
{
	struct ksocket_name name;
	struct ksocket_room room;
	ksocket_t pair[2];

	ksocket_datagrams(test, AF_INET, pair, &name);
	ksocket_expect(test, ksendto(pair[0], "twelve bytes", 12, 0, &name.any,
				     name.len), 12);
	ksocket_paint(&room);
	ksocket_expect(test, krecv(pair[1], room.room, 4, MSG_TRUNC), 12);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&room, 4));
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

static void a_full_stream_takes_some_and_then_is_eagain(struct kunit *test)
{
	char *buffer = kunit_kzalloc(test, 65536, GFP_KERNEL);
	ssize_t sent = 0;
	ksocket_t pair[2];
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

	/* Receiving stops at the mark by itself. */
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

static struct kunit_case ksocket_transfer_cases[] = {
	KUNIT_CASE(a_stream_over_ipv4_brings_the_bytes_in_order),
	KUNIT_CASE(a_stream_over_ipv6_brings_the_bytes_in_order),
	KUNIT_CASE(a_stream_over_af_unix_brings_the_bytes_in_order),
	KUNIT_CASE(a_datagram_over_ipv4_names_its_sender),
	KUNIT_CASE(a_datagram_over_ipv6_names_its_sender),
	KUNIT_CASE(a_sender_is_cut_off_where_the_room_ends),
	KUNIT_CASE(a_connected_stream_names_no_sender),
	KUNIT_CASE(sending_to_no_address_goes_to_the_peer),
	KUNIT_CASE(sending_takes_no_length_that_fits_no_address),
	KUNIT_CASE(receiving_takes_no_unusable_length),
	KUNIT_CASE(transfers_without_a_socket_are_enotsock),
	KUNIT_CASE(transfers_without_a_buffer_are_efault),
	KUNIT_CASE(transfers_with_other_flags_are_eopnotsupp),
	KUNIT_CASE(nothing_can_be_sent_and_received),
	KUNIT_CASE(lengths_may_be_as_big_as_they_get),
	KUNIT_CASE(peeking_leaves_the_bytes),
	KUNIT_CASE(a_datagram_tells_how_long_it_was_with_msg_trunc),
	KUNIT_CASE(receiving_would_have_to_wait_is_eagain),
	KUNIT_CASE(receiving_ends_with_the_receive_timeout),
	KUNIT_CASE(a_full_stream_takes_some_and_then_is_eagain),
	KUNIT_CASE(a_broken_stream_is_epipe_without_a_signal),
	KUNIT_CASE(the_end_of_a_stream_is_zero_bytes),
	KUNIT_CASE(the_mark_is_where_the_urgent_byte_was_sent),
	KUNIT_CASE(only_tcp_has_a_mark),
	{ }
};

struct kunit_suite ksocket_transfer_suite = {
	.name = "ksocket_transfer",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_transfer_cases,
};
