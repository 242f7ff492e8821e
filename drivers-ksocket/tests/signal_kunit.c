// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls that sleep, interrupted by a signal
 */

#include <linux/errno.h>
#include <linux/ktime.h>
#include <linux/net.h>
#include <linux/poll.h>

#include "loopback.h"

static struct ksocket_name ksocket_nobody;

static long ksocket_call_accept(ksocket_t sock)
{
	ksocket_t conn;

	return kaccept4(sock, NULL, NULL, 0, &conn);
}

static long ksocket_call_connect(ksocket_t sock)
{
	return kconnect(sock, &ksocket_nobody.any, ksocket_nobody.len);
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

	/* The call that the signal interrupts may return bytes sent. */
	do
		ret = ksend(sock, buffer, sizeof(buffer), 0);
	while (ret > 0);
	return ret;
}

static long ksocket_call_poll(ksocket_t sock)
{
	struct kpollfd fd = { .sock = sock, .events = POLLIN };

	return kpoll(&fd, 1, -1);
}

/* Checks what @call returns on a signal. */
static void ksocket_check_signal(struct kunit *test, ksocket_t sock,
				 long (*call)(ksocket_t sock), int optname,
				 unsigned int timeout, int expected)
{
	ksocket_assert(test, ksocket_set_timeout(sock, optname, timeout), 0);
	ksocket_start(test, sock, call);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_signal(test);
	ksocket_expect(test, ksocket_result(test), expected);
}

static void a_signal_ends_accepting_with_erestartsys(struct kunit *test)
{
	struct ksocket_name name;

	ksocket_check_signal(test, ksocket_listener(test, AF_INET, &name),
			     ksocket_call_accept, SO_RCVTIMEO_NEW, 0,
			     -ERESTARTSYS);
}

static void a_signal_ends_accepting_in_time_with_eintr(struct kunit *test)
{
	struct ksocket_name name;

	ksocket_check_signal(test, ksocket_listener(test, AF_INET, &name),
			     ksocket_call_accept, SO_RCVTIMEO_NEW, 4000,
			     -EINTR);
}

static void a_signal_ends_connecting_with_erestartsys(struct kunit *test)
{
	ksocket_silent(test, &ksocket_nobody);
	ksocket_check_signal(test, ksocket_make(test, AF_INET, SOCK_STREAM),
			     ksocket_call_connect, SO_SNDTIMEO_NEW, 0,
			     -ERESTARTSYS);
}

static void a_signal_ends_connecting_in_time_with_eintr(struct kunit *test)
{
	ksocket_silent(test, &ksocket_nobody);
	ksocket_check_signal(test, ksocket_make(test, AF_INET, SOCK_STREAM),
			     ksocket_call_connect, SO_SNDTIMEO_NEW, 4000,
			     -EINTR);
}

static void ksocket_check_recv(struct kunit *test, int domain,
			       unsigned int timeout, int expected)
{
	ksocket_t pair[2];

	ksocket_connected(test, domain, pair);
	ksocket_check_signal(test, pair[1], ksocket_call_recv,
			     SO_RCVTIMEO_NEW, timeout, expected);
}

static void a_signal_ends_receiving_with_erestartsys(struct kunit *test)
{
	ksocket_check_recv(test, AF_INET, 0, -ERESTARTSYS);
}

static void a_signal_ends_receiving_in_time_with_eintr(struct kunit *test)
{
	ksocket_check_recv(test, AF_INET, 4000, -EINTR);
}

static void a_signal_ends_receiving_over_af_unix_too(struct kunit *test)
{
	ksocket_need(test, AF_UNIX);
	ksocket_check_recv(test, AF_UNIX, 0, -ERESTARTSYS);
}

static void a_signal_ends_receiving_datagrams_too(struct kunit *test)
{
	struct ksocket_name name;

	ksocket_check_signal(test,
			     ksocket_bound(test, AF_INET, SOCK_DGRAM, &name),
			     ksocket_call_recv, SO_RCVTIMEO_NEW, 0,
			     -ERESTARTSYS);
}

static void a_signal_ends_sending_with_erestartsys(struct kunit *test)
{
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_check_signal(test, pair[0], ksocket_call_send,
			     SO_SNDTIMEO_NEW, 0, -ERESTARTSYS);
}

static void a_signal_ends_sending_in_time_with_eintr(struct kunit *test)
{
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_check_signal(test, pair[0], ksocket_call_send,
			     SO_SNDTIMEO_NEW, 4000, -EINTR);
}

static void a_signal_ends_polling_with_eintr(struct kunit *test)
{
	ksocket_check_signal(test, ksocket_make(test, AF_INET, SOCK_DGRAM),
			     ksocket_call_poll, SO_RCVTIMEO_NEW, 0, -EINTR);
}

static long ksocket_accept_for_ever(ksocket_t sock)
{
	ksocket_t conn;

	return kaccept_until(sock, NULL, NULL, KTIME_MAX, &conn);
}

static long ksocket_connect_for_ever(ksocket_t sock)
{
	return kconnect_until(sock, &ksocket_nobody.any, ksocket_nobody.len,
			      KTIME_MAX);
}

static long ksocket_send_for_ever(ksocket_t sock)
{
	long ret;

	do
		ret = ksend_until(sock, "a", 1, 0, KTIME_MAX);
	while (ret == 1);
	return ret;
}

static void a_signal_ends_accepting_until_a_deadline(struct kunit *test)
{
	struct ksocket_name name;

	ksocket_check_signal(test, ksocket_listener(test, AF_INET, &name),
			     ksocket_accept_for_ever, SO_RCVTIMEO_NEW, 0,
			     -EINTR);
}

static void a_signal_ends_connecting_until_a_deadline(struct kunit *test)
{
	ksocket_silent(test, &ksocket_nobody);
	ksocket_check_signal(test, ksocket_make(test, AF_INET, SOCK_STREAM),
			     ksocket_connect_for_ever, SO_SNDTIMEO_NEW, 0,
			     -EINTR);
}

static void a_signal_ends_sending_until_a_deadline(struct kunit *test)
{
	ksocket_t pair[2];

	ksocket_need(test, AF_UNIX);
	ksocket_connected(test, AF_UNIX, pair);
	ksocket_check_signal(test, pair[0], ksocket_send_for_ever,
			     SO_SNDTIMEO_NEW, 0, -EINTR);
}

static struct kunit_case ksocket_signal_cases[] = {
	KUNIT_CASE(a_signal_ends_accepting_with_erestartsys),
	KUNIT_CASE(a_signal_ends_accepting_in_time_with_eintr),
	KUNIT_CASE(a_signal_ends_connecting_with_erestartsys),
	KUNIT_CASE(a_signal_ends_connecting_in_time_with_eintr),
	KUNIT_CASE(a_signal_ends_receiving_with_erestartsys),
	KUNIT_CASE(a_signal_ends_receiving_in_time_with_eintr),
	KUNIT_CASE(a_signal_ends_receiving_over_af_unix_too),
	KUNIT_CASE(a_signal_ends_receiving_datagrams_too),
	KUNIT_CASE(a_signal_ends_sending_with_erestartsys),
	KUNIT_CASE(a_signal_ends_sending_in_time_with_eintr),
	KUNIT_CASE(a_signal_ends_polling_with_eintr),
	KUNIT_CASE(a_signal_ends_accepting_until_a_deadline),
	KUNIT_CASE(a_signal_ends_connecting_until_a_deadline),
	KUNIT_CASE(a_signal_ends_sending_until_a_deadline),
	{ }
};

struct kunit_suite ksocket_signal_suite = {
	.name = "ksocket_signal",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_signal_cases,
};
