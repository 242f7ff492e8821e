// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls that sleep, woken by another task
 */

#include <linux/net.h>
#include <linux/string.h>

#include "loopback.h"

static long ksocket_call_accept(ksocket_t sock)
{
	ksocket_t conn;
	int ret = kaccept4(sock, NULL, NULL, 0, &conn);

	kclose(conn);
	return ret;
}

static long ksocket_call_recv(ksocket_t sock)
{
	char got;

	return krecv(sock, &got, 1, 0);
}

static long ksocket_call_send(ksocket_t sock)
{
	static char buffer[65536];
	long ret;

	do
		ret = ksend(sock, buffer, sizeof(buffer), 0);
	while (ret > 0);
	return ret;
}

/* The address for ksocket_call_connect(), which only gets a socket. */
static struct ksocket_name ksocket_nobody;

static long ksocket_call_connect(ksocket_t sock)
{
	return kconnect(sock, &ksocket_nobody.any, ksocket_nobody.len);
}

static void ksocket_check_accept(struct kunit *test, int domain)
{
	struct ksocket_name name;
	ksocket_t sock = ksocket_listener(test, domain, &name);

	ksocket_start(test, sock, ksocket_call_accept);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_expect(test, kshutdown(sock, SHUT_RDWR), 0);
	ksocket_expect(test, ksocket_result(test), -EINVAL);
}

static void shutdown_wakes_a_task_that_accepts_over_ipv4(struct kunit *test)
{
	ksocket_check_accept(test, AF_INET);
}

static void shutdown_wakes_a_task_that_accepts_over_ipv6(struct kunit *test)
{
	ksocket_need(test, AF_INET6);
	ksocket_check_accept(test, AF_INET6);
}

static void shutdown_wakes_a_task_that_accepts_over_af_unix(struct kunit *test)
{
	ksocket_need(test, AF_UNIX);
	ksocket_check_accept(test, AF_UNIX);
}

static void shutdown_wakes_a_task_in_connect_or_is_ebusy(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	int ret;

	ksocket_silent(test, &ksocket_nobody);
	ksocket_assert(test, ksocket_set_timeout(sock, SO_SNDTIMEO_NEW, 1000),
		       0);
	ksocket_start(test, sock, ksocket_call_connect);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ret = kshutdown(sock, SHUT_RDWR);
	if (ret == -EBUSY) {
		ksocket_expect(test, ksocket_result(test), -EINPROGRESS);
	} else {
		ksocket_expect(test, ret, 0);
		ksocket_expect(test, ksocket_result(test), -ECONNRESET);
	}
}

static void a_connection_wakes_a_task_in_accept(struct kunit *test)
{
	ksocket_t client = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct ksocket_name name;
	ksocket_t sock = ksocket_listener(test, AF_INET, &name);

	ksocket_start(test, sock, ksocket_call_accept);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_expect(test, kconnect(client, &name.any, name.len), 0);
	ksocket_expect(test, ksocket_result(test), 0);
}

static void ksocket_check_recv(struct kunit *test, int domain)
{
	ksocket_t pair[2];

	ksocket_connected(test, domain, pair);
	ksocket_assert(test, ksocket_set_timeout(pair[1], SO_RCVTIMEO_NEW, 0),
		       0);
	ksocket_start(test, pair[1], ksocket_call_recv);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_expect(test, kshutdown(pair[1], SHUT_RDWR), 0);
	ksocket_expect(test, ksocket_result(test), 0);
}

static void shutdown_wakes_a_task_that_receives_over_ipv4(struct kunit *test)
{
	ksocket_check_recv(test, AF_INET);
}

static void shutdown_wakes_a_task_that_receives_over_ipv6(struct kunit *test)
{
	ksocket_need(test, AF_INET6);
	ksocket_check_recv(test, AF_INET6);
}

static void shutdown_wakes_a_task_that_receives_over_af_unix(struct kunit *test)
{
	ksocket_need(test, AF_UNIX);
	ksocket_check_recv(test, AF_UNIX);
}

static void shutdown_wakes_a_task_that_receives_datagrams(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t sock = ksocket_bound(test, AF_INET, SOCK_DGRAM, &name);

	ksocket_start(test, sock, ksocket_call_recv);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_expect(test, kshutdown(sock, SHUT_RDWR), -ENOTCONN);
	ksocket_expect(test, ksocket_result(test), 0);
}

static void shutdown_wakes_a_task_that_sends(struct kunit *test)
{
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_start(test, pair[0], ksocket_call_send);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_expect(test, kshutdown(pair[0], SHUT_RDWR), 0);
	ksocket_expect(test, ksocket_result(test), -EPIPE);
}

static long ksocket_call_send_bytes(ksocket_t sock)
{
	long ret;

	do
		ret = ksend(sock, "a", 1, 0);
	while (ret == 1);
	return ret;
}

static void shutdown_leaves_a_task_that_waits_for_af_unix(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t pair[2];

	ksocket_need(test, AF_UNIX);
	ksocket_datagrams(test, AF_UNIX, pair, &name);
	ksocket_assert(test, kconnect(pair[0], &name.any, name.len), 0);
	ksocket_assert(test, ksocket_set_timeout(pair[0], SO_SNDTIMEO_NEW,
						 1000), 0);
	ksocket_start(test, pair[0], ksocket_call_send_bytes);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_expect(test, kshutdown(pair[0], SHUT_RDWR), 0);
	KUNIT_EXPECT_TRUE(test, ksocket_still_sleeps(test));
	/* No data was read: the send timeout expires. */
	ksocket_expect(test, ksocket_result(test), -EAGAIN);
}

static void closing_the_peer_wakes_a_task_that_receives(struct kunit *test)
{
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_start(test, pair[1], ksocket_call_recv);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_drop(test, pair[0]);
	ksocket_expect(test, ksocket_result(test), 0);
}

static struct kunit_case ksocket_wakeup_cases[] = {
	KUNIT_CASE(shutdown_wakes_a_task_that_accepts_over_ipv4),
	KUNIT_CASE(shutdown_wakes_a_task_that_accepts_over_ipv6),
	KUNIT_CASE(shutdown_wakes_a_task_that_accepts_over_af_unix),
	KUNIT_CASE(shutdown_wakes_a_task_in_connect_or_is_ebusy),
	KUNIT_CASE(a_connection_wakes_a_task_in_accept),
	KUNIT_CASE(shutdown_wakes_a_task_that_receives_over_ipv4),
	KUNIT_CASE(shutdown_wakes_a_task_that_receives_over_ipv6),
	KUNIT_CASE(shutdown_wakes_a_task_that_receives_over_af_unix),
	KUNIT_CASE(shutdown_wakes_a_task_that_receives_datagrams),
	KUNIT_CASE(shutdown_wakes_a_task_that_sends),
	KUNIT_CASE(shutdown_leaves_a_task_that_waits_for_af_unix),
	KUNIT_CASE(closing_the_peer_wakes_a_task_that_receives),
	{ }
};

struct kunit_suite ksocket_wakeup_suite = {
	.name = "ksocket_wakeup",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_wakeup_cases,
};
