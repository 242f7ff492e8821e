// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting for events on several sockets
 */

#include <linux/delay.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/net.h>
#include <linux/poll.h>

#include "loopback.h"

static void polling_finds_what_can_be_read_and_written(struct kunit *test)
{
	struct kpollfd fds[2] = { };
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	fds[0].sock = pair[0];
	fds[0].events = POLLIN | POLLOUT;
	fds[1].sock = pair[1];
	fds[1].events = POLLIN;
	ksocket_expect(test, kpoll(fds, 2, 0), 1);
	ksocket_expect(test, fds[0].revents, POLLOUT);
	ksocket_expect(test, fds[1].revents, 0);

	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	ksocket_expect(test, kpoll(fds, 2, 5000), 2);
	fds[0].events = POLLIN;
	ksocket_expect(test, kpoll(fds, 2, 5000), 1);
	ksocket_expect(test, fds[0].revents, 0);
	ksocket_expect(test, fds[1].revents, POLLIN);
}

static void polling_finds_a_connection_to_accept(struct kunit *test)
{
	struct ksocket_name name;
	struct kpollfd fd = { };
	ksocket_t client = ksocket_make(test, AF_INET, SOCK_STREAM);
	ksocket_t conn;

	fd.sock = ksocket_listener(test, AF_INET, &name);
	fd.events = POLLIN;
	ksocket_expect(test, kpoll(&fd, 1, 0), 0);
	ksocket_assert(test, kconnect(client, &name.any, name.len), 0);
	ksocket_expect(test, kpoll(&fd, 1, 5000), 1);
	ksocket_expect(test, fd.revents, POLLIN);
	ksocket_expect(test, kaccept4(fd.sock, NULL, NULL, 0, &conn), 0);
	ksocket_keep(test, conn);
	ksocket_expect(test, kpoll(&fd, 1, 0), 0);
}

static void ksocket_check_datagram(struct kunit *test, int domain)
{
	struct ksocket_name name;
	struct kpollfd fd = { .events = POLLIN };
	ksocket_t pair[2];
	char got;

	ksocket_datagrams(test, domain, pair, &name);
	fd.sock = pair[1];
	ksocket_expect(test, kpoll(&fd, 1, 0), 0);
	ksocket_expect(test, ksendto(pair[0], "a", 1, 0, &name.any, name.len),
		       1);
	ksocket_expect(test, kpoll(&fd, 1, 5000), 1);
	ksocket_expect(test, fd.revents, POLLIN);
	ksocket_expect(test, krecv(pair[1], &got, 1, MSG_DONTWAIT), 1);
	ksocket_expect(test, kpoll(&fd, 1, 0), 0);
}

static void polling_finds_a_datagram_of_ipv4(struct kunit *test)
{
	ksocket_check_datagram(test, AF_INET);
}

static void polling_finds_a_datagram_of_ipv6(struct kunit *test)
{
	ksocket_need(test, AF_INET6);
	ksocket_check_datagram(test, AF_INET6);
}

static void polling_finds_a_datagram_of_af_unix(struct kunit *test)
{
	ksocket_need(test, AF_UNIX);
	ksocket_check_datagram(test, AF_UNIX);
}

static void polling_tells_of_a_hangup_unasked(struct kunit *test)
{
	struct kpollfd fd = { };
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	fd.sock = pair[0];
	ksocket_expect(test, kpoll(&fd, 1, 0), 0);
	ksocket_assert(test, kshutdown(pair[0], SHUT_RDWR), 0);
	ksocket_expect(test, kpoll(&fd, 1, 0), 1);
	ksocket_expect(test, fd.revents, POLLHUP);
}

static void polling_passes_over_entries_without_a_socket(struct kunit *test)
{
	struct kpollfd fds[2] = { { NULL, POLLIN, POLLIN } };

	fds[1].sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
	fds[1].events = POLLOUT;
	ksocket_expect(test, kpoll(fds, 2, 0), 1);
	ksocket_expect(test, fds[0].revents, 0);
	ksocket_expect(test, fds[1].revents, POLLOUT);
}

static void polling_one_socket_twice_is_fine(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
	struct kpollfd fds[2] = { { sock, POLLIN }, { sock, POLLOUT } };

	ksocket_expect(test, kpoll(fds, 2, -1), 1);
	ksocket_expect(test, fds[1].revents, POLLOUT);
}

static void polling_ends_with_its_timeout(struct kunit *test)
{
	struct kpollfd fd = { .events = POLLIN, .revents = POLLIN };
	unsigned long begin = jiffies;

	fd.sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
	ksocket_expect(test, kpoll(&fd, 1, 100), 0);
	ksocket_expect(test, fd.revents, 0);
	ksocket_expect(test, kpoll(NULL, 0, 100), 0);
	KUNIT_EXPECT_TRUE(test, jiffies - begin >= msecs_to_jiffies(190));
	KUNIT_EXPECT_TRUE(test, jiffies - begin < msecs_to_jiffies(4000));
}

static void polling_tells_what_is_wrong(struct kunit *test)
{
	struct kpollfd fd = { };

	ksocket_expect(test, kpoll(NULL, 1, 0), -EFAULT);
	ksocket_expect(test, kpoll(&fd, 1025, 0), -EINVAL);
	ksocket_expect(test, kpoll(&fd, UINT_MAX, 0), -EINVAL);
}

static long ksocket_poll_for_ever(ksocket_t sock)
{
	struct kpollfd fds[3] = { };
	int ret;

	fds[1].sock = sock;
	fds[1].events = POLLIN;
	ret = kpoll(fds, 3, -1);
	return ret == 1 ? fds[1].revents : ret;
}

static void polling_wakes_up_when_something_arrives(struct kunit *test)
{
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_start(test, pair[1], ksocket_poll_for_ever);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	ksocket_expect(test, ksocket_result(test), POLLIN);
}

static void polling_wakes_up_from_af_unix_too(struct kunit *test)
{
	ksocket_t pair[2];

	ksocket_need(test, AF_UNIX);

	ksocket_connected(test, AF_UNIX, pair);
	ksocket_start(test, pair[1], ksocket_poll_for_ever);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	ksocket_expect(test, ksocket_result(test), POLLIN);
}

static void polling_wakes_up_when_shut_down(struct kunit *test)
{
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_start(test, pair[1], ksocket_poll_for_ever);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_expect(test, kshutdown(pair[1], SHUT_RDWR), 0);
	ksocket_expect(test, ksocket_result(test) & POLLIN, POLLIN);
}

static int ksocket_poll_thread(void *sock)
{
	int ret = ksocket_poll_for_ever(sock);

	/* Do not exit before kthread_stop(). */
	while (!kthread_should_stop())
		msleep(20);
	return ret;
}

static void polling_ends_when_its_kthread_should_stop(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
	struct task_struct *task;

	task = kthread_run(ksocket_poll_thread, sock, "ksocket_poll");
	KUNIT_ASSERT_TRUE(test, !IS_ERR(task));
	msleep(50);
	ksocket_expect(test, kthread_stop(task), -EINTR);
}

static struct kunit_case ksocket_poll_cases[] = {
	KUNIT_CASE(polling_finds_what_can_be_read_and_written),
	KUNIT_CASE(polling_finds_a_connection_to_accept),
	KUNIT_CASE(polling_finds_a_datagram_of_ipv4),
	KUNIT_CASE(polling_finds_a_datagram_of_ipv6),
	KUNIT_CASE(polling_finds_a_datagram_of_af_unix),
	KUNIT_CASE(polling_tells_of_a_hangup_unasked),
	KUNIT_CASE(polling_passes_over_entries_without_a_socket),
	KUNIT_CASE(polling_one_socket_twice_is_fine),
	KUNIT_CASE(polling_ends_with_its_timeout),
	KUNIT_CASE(polling_tells_what_is_wrong),
	KUNIT_CASE(polling_wakes_up_when_something_arrives),
	KUNIT_CASE(polling_wakes_up_from_af_unix_too),
	KUNIT_CASE(polling_wakes_up_when_shut_down),
	KUNIT_CASE(polling_ends_when_its_kthread_should_stop),
	{ }
};

struct kunit_suite ksocket_poll_suite = {
	.name = "ksocket_poll",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_poll_cases,
};
