// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls with a deadline on a protocol whose results the case decides
 */

#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/net.h>
#include <net/sock.h>

#include "loopback.h"

/* The results of a protocol, one after another; the last one stays. */
static struct {
	const int *results;
	unsigned int ms;
} ksocket_play;

static int ksocket_play_next(void)
{
	int result = *ksocket_play.results;

	msleep(ksocket_play.ms);
	if (ksocket_play.results[1])
		ksocket_play.results++;
	return result;
}

static int ksocket_play_recvmsg(struct socket *sock, struct msghdr *message,
				size_t size, int flags)
{
	return ksocket_play_next();
}

static int ksocket_play_sendmsg(struct socket *sock, struct msghdr *message,
				size_t size)
{
	return ksocket_play_next();
}

static int ksocket_play_connect(struct socket *sock, void *address, int len,
				int flags)
{
	return ksocket_play_next();
}

/* The error arrives between two calls of the protocol. */
static void an_error_of_a_later_part_is_kept(struct kunit *test)
{
	static const int results[] = { 1, -ECONNRESET, 0 };
	const struct proto_ops *real;
	ksocket_t pair[2];
	char got[2];

	ksocket_connected(test, AF_INET, pair);
	real = pair[1]->ops;
	ksocket_play.ms = 0;
	ksocket_play.results = results;
	ksocket_replace(test, pair[1], offsetof(typeof(*real), recvmsg),
			ksocket_play_recvmsg);
	ksocket_expect(test, krecv_until(pair[1], got, 2, MSG_WAITALL,
					 ksocket_in(5000)), 1);
	pair[1]->ops = real;
	ksocket_expect(test, krecv_until(pair[1], got, 2, 0, ksocket_in(100)),
		       -ECONNRESET);
	ksocket_play.results = results;
	ksocket_replace(test, pair[1], offsetof(typeof(*real), sendmsg),
			ksocket_play_sendmsg);
	ksocket_expect(test, ksend_until(pair[1], "ab", 2, 0,
					 ksocket_in(5000)), 1);
	pair[1]->ops = real;
	ksocket_expect(test, krecv_until(pair[1], got, 2, 0, ksocket_in(100)),
		       -ECONNRESET);
}

/* The peer is so fast that no call has to wait. */
static void a_deadline_ends_a_call_that_never_waits(struct kunit *test)
{
	static const int one[] = { 1, 0 };
	const struct proto_ops *real;
	static char much[1000];
	ksocket_t pair[2];
	ktime_t begin;
	ssize_t ret;

	ksocket_connected(test, AF_INET, pair);
	real = pair[1]->ops;
	ksocket_play.ms = 10;
	ksocket_play.results = one;
	ksocket_replace(test, pair[1], offsetof(typeof(*real), recvmsg),
			ksocket_play_recvmsg);
	begin = ktime_get();
	ret = krecv_until(pair[1], much, sizeof(much), MSG_WAITALL,
			  ksocket_in(100));
	ksocket_check_took(test, begin, 100);
	KUNIT_EXPECT_GT(test, ret, (ssize_t)0);
	pair[1]->ops = real;
	ksocket_replace(test, pair[1], offsetof(typeof(*real), sendmsg),
			ksocket_play_sendmsg);
	begin = ktime_get();
	ret = ksend_until(pair[1], much, sizeof(much), 0, ksocket_in(100));
	ksocket_check_took(test, begin, 100);
	KUNIT_EXPECT_GT(test, ret, (ssize_t)0);
	pair[1]->ops = real;
}

/* As AF_VSOCK: connecting again does not return the error. */
static void connecting_looks_for_an_error(struct kunit *test)
{
	static const int again[] = { -EINPROGRESS, -EALREADY, 0 };
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
	struct ksocket_name name = ksocket_loopback(AF_INET, 1);
	static const int no_port[] = { -EAGAIN, 0 };
	const struct proto_ops *real = sock->ops;
	ktime_t begin;

	ksocket_play.ms = 0;
	ksocket_replace(test, sock, offsetof(typeof(*real), connect),
			ksocket_play_connect);
	ksocket_play.results = again;
	sock->sk->sk_err = ECONNRESET;
	ksocket_expect(test, kconnect_until(sock, &name.any, name.len,
					    ksocket_in(200)), -ECONNRESET);
	ksocket_expect(test, sock->sk->sk_err, 0);
	/* This is for the backlog of AF_UNIX only. */
	ksocket_play.results = no_port;
	begin = ktime_get();
	ksocket_expect(test, kconnect_until(sock, &name.any, name.len,
					    ksocket_in(1000)), -EAGAIN);
	KUNIT_EXPECT_LT(test, ktime_ms_delta(ktime_get(), begin), (s64)500);
	sock->ops = real;
}

static struct kunit_case ksocket_scripted_cases[] = {
	KUNIT_CASE(an_error_of_a_later_part_is_kept),
	KUNIT_CASE(a_deadline_ends_a_call_that_never_waits),
	KUNIT_CASE(connecting_looks_for_an_error),
	{ }
};

struct kunit_suite ksocket_scripted_suite = {
	.name = "ksocket_scripted",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_scripted_cases,
};
