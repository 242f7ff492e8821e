// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls that end at a point of time
 */

#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/net.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/sock.h>

#include "loopback.h"

#define KSOCKET_MUCH	(16 << 20)	/* more than buffers of sockets have */

static void receiving_ends_at_the_deadline(struct kunit *test)
{
	ksocket_t pair[2];
	ktime_t begin;
	char got;

	ksocket_connected(test, AF_INET, pair);
	begin = ktime_get();
	ksocket_expect(test, krecv_until(pair[1], &got, 1, 0, ksocket_in(100)),
		       -EAGAIN);
	ksocket_check_took(test, begin, 100);
	/* A deadline that has passed. */
	begin = ktime_get();
	ksocket_expect(test, krecv_until(pair[1], &got, 1, 0, 0), -EAGAIN);
	ksocket_expect(test, krecv_until(pair[1], &got, 1, MSG_DONTWAIT,
					 KTIME_MAX), -EAGAIN);
	ksocket_check_took(test, begin, 0);
}

static void the_timeouts_of_the_socket_do_not_matter(struct kunit *test)
{
	char *much = kvzalloc(KSOCKET_MUCH, GFP_KERNEL);
	ksocket_t pair[2];
	ktime_t begin;
	char got;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, much);
	ksocket_connected(test, AF_INET, pair);
	ksocket_assert(test, ksocket_set_timeouts(pair[1], 10, 10), 0);
	begin = ktime_get();
	ksocket_expect(test, krecv_until(pair[1], &got, 1, 0, ksocket_in(200)),
		       -EAGAIN);
	ksocket_check_took(test, begin, 200);
	begin = ktime_get();
	KUNIT_EXPECT_GT(test, ksend_until(pair[1], much, KSOCKET_MUCH, 0,
					  ksocket_in(200)), (ssize_t)0);
	ksocket_check_took(test, begin, 200);
	kvfree(much);
}

static void receiving_returns_what_has_arrived(struct kunit *test)
{
	ksocket_t pair[2];
	char got[4];

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, ksend(pair[0], "ab", 2, 0), 2);
	ksocket_expect(test, krecv_until(pair[1], got, 4, 0, KTIME_MAX), 2);
	ksocket_expect(test, memcmp(got, "ab", 2), 0);
	ksocket_expect(test, ksend(pair[0], "abc", 3, 0), 3);
	ksocket_expect(test, krecv_until(pair[1], NULL, 3, MSG_TRUNC |
					 MSG_WAITALL, ksocket_in(5000)), 3);
	ksocket_drop(test, pair[0]);
	ksocket_expect(test, krecv_until(pair[1], got, 4, MSG_WAITALL,
					 KTIME_MAX), 0);
}

static void receiving_all_ends_with_a_part(struct kunit *test)
{
	ksocket_t pair[2];
	ktime_t begin;
	char got[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	begin = ktime_get();
	ksocket_expect(test, krecv_until(pair[1], got, 2, MSG_WAITALL,
					 ksocket_in(100)), 1);
	ksocket_expect(test, got[0], 'a');
	ksocket_check_took(test, begin, 100);
}

static long ksocket_receive_all(ksocket_t sock)
{
	char got[3];

	return krecv_until(sock, got, sizeof(got), MSG_WAITALL, KTIME_MAX);
}

static void receiving_all_waits_for_the_rest(struct kunit *test)
{
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_start(test, pair[1], ksocket_receive_all);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_expect(test, ksend(pair[0], "ab", 2, 0), 2);
	KUNIT_EXPECT_TRUE(test, ksocket_still_sleeps(test));
	ksocket_expect(test, ksend(pair[0], "c", 1, 0), 1);
	ksocket_expect(test, ksocket_result(test), 3);
}

static void an_error_after_a_part_is_for_the_next_call(struct kunit *test)
{
	struct linger reset = { .l_onoff = 1 };
	ksocket_t pair[2];
	char got[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	ksocket_expect(test, ksetsockopt(pair[0], SOL_SOCKET, SO_LINGER,
					 &reset, sizeof(reset)), 0);
	ksocket_drop(test, pair[0]);
	msleep(50);
	ksocket_expect(test, krecv_until(pair[1], got, 2, MSG_WAITALL,
					 ksocket_in(5000)), 1);
	ksocket_expect(test, krecv_until(pair[1], got, 2, 0, ksocket_in(5000)),
		       -ECONNRESET);
}

static void a_datagram_is_not_waited_for_twice(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t pair[2];
	char got[2];

	ksocket_datagrams(test, AF_INET, pair, &name);
	ksocket_expect(test, ksendto(pair[0], "a", 1, 0, &name.any, name.len),
		       1);
	ksocket_expect(test, krecv_until(pair[1], got, 2, MSG_WAITALL,
					 KTIME_MAX), 1);
	ksocket_expect(test, kconnect(pair[0], &name.any, name.len), 0);
	ksocket_expect(test, ksend_until(pair[0], "ab", 2, 0, KTIME_MAX), 2);
	ksocket_expect(test, krecv_until(pair[1], got, 2, 0, KTIME_MAX), 2);
}

static void sending_ends_at_the_deadline_with_a_part(struct kunit *test)
{
	char *much = kvzalloc(KSOCKET_MUCH, GFP_KERNEL);
	ksocket_t pair[2];
	ktime_t begin;
	ssize_t sent;
	int i;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, much);
	ksocket_connected(test, AF_INET, pair);
	begin = ktime_get();
	sent = ksend_until(pair[0], much, KSOCKET_MUCH, 0, ksocket_in(200));
	ksocket_check_took(test, begin, 200);
	KUNIT_EXPECT_GT(test, sent, (ssize_t)0);
	KUNIT_EXPECT_LT(test, sent, (ssize_t)KSOCKET_MUCH);
	/* The buffer of the receiver may grow once more. */
	for (i = 0; i < 64 && sent > 0; i++)
		sent = ksend_until(pair[0], much, KSOCKET_MUCH, 0,
				   ksocket_in(50));
	ksocket_expect(test, sent, -EAGAIN);
	/* This does not wait. The peer may have made room meanwhile. */
	sent = 1;
	for (i = 0; i < 64 && sent > 0; i++)
		sent = ksend_until(pair[0], much, KSOCKET_MUCH, MSG_DONTWAIT,
				   KTIME_MAX);
	ksocket_expect(test, sent, -EAGAIN);
	kvfree(much);
}

static long ksocket_drain(ksocket_t sock)
{
	char *buffer = kmalloc(65536, GFP_KERNEL);
	long total = 0;
	ssize_t got;

	if (!buffer)
		return -ENOMEM;
	do {
		got = krecv_until(sock, buffer, 65536, 0, ksocket_in(5000));
		if (got > 0)
			total += got;
	} while (got > 0);
	kfree(buffer);
	return got ? got : total;
}

static void sending_goes_on_until_all_is_sent(struct kunit *test)
{
	char *much = kvzalloc(KSOCKET_MUCH, GFP_KERNEL);
	ksocket_t pair[2];

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, much);
	ksocket_connected(test, AF_INET, pair);
	ksocket_start(test, pair[1], ksocket_drain);
	ksocket_expect(test, ksend_until(pair[0], much, KSOCKET_MUCH, 0,
					 KTIME_MAX), KSOCKET_MUCH);
	kvfree(much);
	ksocket_expect(test, kshutdown(pair[0], SHUT_WR), 0);
	ksocket_expect(test, ksocket_result(test), KSOCKET_MUCH);
}

static void sending_waits_for_space_at_an_af_unix_peer(struct kunit *test)
{
	ksocket_t pair[2];
	ktime_t begin;
	ssize_t sent;
	int i;

	ksocket_need(test, AF_UNIX);
	ksocket_assert(test, ksocketpair(AF_UNIX, SOCK_DGRAM, 0, pair), 0);
	ksocket_keep(test, pair[0]);
	ksocket_keep(test, pair[1]);
	for (i = 0, sent = 1; i < 1024 && sent == 1; i++)
		sent = ksend(pair[0], "a", 1, MSG_DONTWAIT);
	ksocket_expect(test, sent, -EAGAIN);
	begin = ktime_get();
	ksocket_expect(test, ksend_until(pair[0], "a", 1, 0, ksocket_in(100)),
		       -EAGAIN);
	ksocket_check_took(test, begin, 100);
}

static void accepting_ends_at_the_deadline(struct kunit *test)
{
	ksocket_t client = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct ksocket_name name, peer;
	ksocket_t sock = ksocket_listener(test, AF_INET, &name);
	ktime_t begin = ktime_get();
	ksocket_t conn;

	ksocket_expect(test, kaccept_until(sock, NULL, NULL, ksocket_in(100),
					   &conn), -EAGAIN);
	ksocket_check_took(test, begin, 100);
	KUNIT_EXPECT_TRUE(test, !conn);
	ksocket_assert(test, kconnect(client, &name.any, name.len), 0);
	peer.len = sizeof(peer.storage);
	ksocket_expect(test, kaccept_until(sock, &peer.any, &peer.len,
					   KTIME_MAX, &conn), 0);
	ksocket_keep(test, conn);
	ksocket_expect(test, peer.len, sizeof(peer.ipv4));
}

static void connecting_ends_at_the_deadline(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct ksocket_name name;
	ktime_t begin;
	int i;

	ksocket_silent(test, &name);
	/* The second call continues to wait. */
	for (i = 0; i < 2; i++) {
		begin = ktime_get();
		ksocket_expect(test, kconnect_until(sock, &name.any, name.len,
						    ksocket_in(100)),
			       -EINPROGRESS);
		ksocket_check_took(test, begin, 100);
	}
}

static void connecting_tells_how_it_ended(struct kunit *test)
{
	ksocket_t other = ksocket_make(test, AF_INET, SOCK_STREAM);
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct ksocket_name name;
	ksocket_t listener = ksocket_listener(test, AF_INET, &name);

	ksocket_expect(test, kconnect_until(sock, &name.any, name.len,
					    KTIME_MAX), 0);
	ksocket_expect(test, ksend(sock, "a", 1, 0), 1);
	ksocket_expect(test, kconnect_until(sock, &name.any, name.len,
					    KTIME_MAX), -EISCONN);
	ksocket_drop(test, listener);
	ksocket_expect(test, kconnect_until(other, &name.any, name.len,
					    KTIME_MAX), -ECONNREFUSED);
}

static void calls_until_a_deadline_tell_what_is_wrong(struct kunit *test)
{
	struct ksocket_name name = ksocket_loopback(AF_INET, 1);
	ksocket_t pair[2], conn;
	char byte = 0;

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, ksend_until(NULL, &byte, 1, 0, 0), -ENOTSOCK);
	ksocket_expect(test, krecv_until(NULL, &byte, 1, 0, 0), -ENOTSOCK);
	ksocket_expect(test, kaccept_until(NULL, NULL, NULL, 0, &conn),
		       -ENOTSOCK);
	ksocket_expect(test, kconnect_until(NULL, &name.any, name.len, 0),
		       -ENOTSOCK);
	ksocket_expect(test, ksend_until(pair[0], NULL, 1, 0, 0), -EFAULT);
	ksocket_expect(test, krecv_until(pair[0], NULL, 1, 0, 0), -EFAULT);
	ksocket_expect(test, kaccept_until(pair[0], NULL, NULL, 0, NULL),
		       -EFAULT);
	ksocket_expect(test, krecv_until(pair[0], &byte, 1,
					 MSG_PEEK | MSG_WAITALL, 0),
		       -EOPNOTSUPP);
}

static void a_signal_ends_a_call_without_a_deadline(struct kunit *test)
{
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_start(test, pair[1], ksocket_receive_all);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_signal(test);
	ksocket_expect(test, ksocket_result(test), -EINTR);
}

static void stopping_its_kthread_ends_a_call(struct kunit *test)
{
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_start(test, pair[1], ksocket_receive_all);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_expect(test, ksocket_stopped(test), -EINTR);
}

static void shutdown_ends_a_call_with_a_deadline(struct kunit *test)
{
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_start(test, pair[1], ksocket_receive_all);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_expect(test, kshutdown(pair[1], SHUT_RDWR), 0);
	ksocket_expect(test, ksocket_result(test), 0);
}

static struct kunit_case ksocket_deadline_cases[] = {
	KUNIT_CASE(receiving_ends_at_the_deadline),
	KUNIT_CASE(the_timeouts_of_the_socket_do_not_matter),
	KUNIT_CASE(receiving_returns_what_has_arrived),
	KUNIT_CASE(receiving_all_ends_with_a_part),
	KUNIT_CASE(receiving_all_waits_for_the_rest),
	KUNIT_CASE(an_error_after_a_part_is_for_the_next_call),
	KUNIT_CASE(a_datagram_is_not_waited_for_twice),
	KUNIT_CASE(sending_ends_at_the_deadline_with_a_part),
	KUNIT_CASE(sending_goes_on_until_all_is_sent),
	KUNIT_CASE(sending_waits_for_space_at_an_af_unix_peer),
	KUNIT_CASE(accepting_ends_at_the_deadline),
	KUNIT_CASE(connecting_ends_at_the_deadline),
	KUNIT_CASE(connecting_tells_how_it_ended),
	KUNIT_CASE(calls_until_a_deadline_tell_what_is_wrong),
	KUNIT_CASE(a_signal_ends_a_call_without_a_deadline),
	KUNIT_CASE(stopping_its_kthread_ends_a_call),
	KUNIT_CASE(shutdown_ends_a_call_with_a_deadline),
	{ }
};

struct kunit_suite ksocket_deadline_suite = {
	.name = "ksocket_deadline",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_deadline_cases,
};
