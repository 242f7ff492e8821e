// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting for events on several sockets
 */

#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/net.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/wait.h>

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
	ksocket_t client = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct ksocket_name name;
	struct kpollfd fd = { };
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
	struct kpollfd fd = { .events = POLLIN };
	struct ksocket_name name;
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
	ktime_t begin = ktime_get();
	s64 took;

	fd.sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
	ksocket_expect(test, kpoll(&fd, 1, 100), 0);
	ksocket_expect(test, fd.revents, 0);
	ksocket_expect(test, kpoll(NULL, 0, 100), 0);
	took = ktime_ms_delta(ktime_get(), begin);
	KUNIT_EXPECT_TRUE(test, took >= 200);
	KUNIT_EXPECT_TRUE(test, took < 4000);
}

static long ksocket_poll_for_room(ksocket_t sock)
{
	struct kpollfd fd = { .sock = sock, .events = POLLOUT };
	int ret = kpoll(&fd, 1, -1);

	return ret == 1 ? fd.revents : ret;
}

static void polling_finds_room_after_the_peer_has_read(struct kunit *test)
{
	char *buffer = kunit_kzalloc(test, 65536, GFP_KERNEL);
	struct kpollfd fd = { .events = POLLOUT };
	ksocket_t pair[2];
	int i;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, buffer);
	ksocket_connected(test, AF_INET, pair);
	fd.sock = pair[0];
	for (i = 0; i < 1024 && ksend(pair[0], buffer, 65536, MSG_DONTWAIT) > 0;
	     i++)
		;
	ksocket_expect(test, kpoll(&fd, 1, 0), 0);
	ksocket_start(test, pair[0], ksocket_poll_for_room);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	while (krecv(pair[1], buffer, 65536, MSG_DONTWAIT) > 0)
		msleep(20);
	ksocket_expect(test, ksocket_result(test), POLLOUT);
}

static long ksocket_poll_for_urgent_data(ksocket_t sock)
{
	struct kpollfd fd = { .sock = sock, .events = POLLPRI };
	ktime_t begin = ktime_get();
	int ret = kpoll(&fd, 1, 200);

	return ret ? ret : ktime_ms_delta(ktime_get(), begin);
}

/* The operations of a socket, replaced in part. */
static struct {
	const struct proto_ops *real;
	unsigned long end;
	atomic_t looks;
} ksocket_counted;

static __poll_t ksocket_count_poll(struct file *file, struct socket *sock,
				   struct poll_table_struct *wait)
{
	atomic_inc(&ksocket_counted.looks);
	return ksocket_counted.real->poll(file, sock, wait);
}

/* Something always happens meanwhile, but never what the caller waits for. */
static __poll_t ksocket_busy_poll(struct file *file, struct socket *sock,
				  struct poll_table_struct *wait)
{
	if (time_before(jiffies, ksocket_counted.end))
		wake_up_interruptible(&sock->wq.wait);
	return 0;
}

static ksocket_t ksocket_polled(struct kunit *test,
				__poll_t (*poll)(struct file *, struct socket *,
						 struct poll_table_struct *))
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);

	ksocket_counted.real = sock->ops;
	ksocket_counted.end = jiffies + 5 * HZ;
	atomic_set(&ksocket_counted.looks, 0);
	ksocket_replace(test, sock, offsetof(typeof(*sock->ops), poll), poll);
	return sock;
}

static void polling_ends_with_its_timeout_while_it_is_woken(struct kunit *test)
{
	ksocket_t sock = ksocket_polled(test, ksocket_busy_poll);

	KUNIT_EXPECT_GE(test, ksocket_poll_for_urgent_data(sock), 200L);
	KUNIT_EXPECT_TRUE(test, time_before(jiffies, ksocket_counted.end));
	sock->ops = ksocket_counted.real;
}

/* Wakes the queue of @sock until the second task has ended; false if not. */
static bool ksocket_flood(struct kunit *test, ksocket_t sock)
{
	struct ksocket_world *world = test->priv;
	unsigned long end = jiffies + 5 * HZ;

	while (!completion_done(&world->sleeper.done) &&
	       time_before(jiffies, end)) {
		wake_up_interruptible_poll(&sock->wq.wait, EPOLLOUT);
		cond_resched();
	}
	return completion_done(&world->sleeper.done);
}

static void polling_sleeps_through_unwanted_events(struct kunit *test)
{
	ksocket_t sock = ksocket_polled(test, ksocket_count_poll);

	ksocket_start(test, sock, ksocket_poll_for_urgent_data);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	KUNIT_EXPECT_TRUE(test, ksocket_flood(test, sock));
	KUNIT_EXPECT_GE(test, ksocket_result(test), 200L);
	/* Before and after it slept. */
	ksocket_expect(test, atomic_read(&ksocket_counted.looks), 2);
	sock->ops = ksocket_counted.real;
}

static struct kpollfd ksocket_shared_fd;

static long ksocket_poll_shared(ksocket_t sock)
{
	return kpoll(&ksocket_shared_fd, 1, -1);
}

static void polling_reads_the_sockets_once(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t pair[2];

	ksocket_datagrams(test, AF_INET, pair, &name);
	ksocket_shared_fd = (struct kpollfd){ pair[1], POLLIN };
	ksocket_start(test, pair[1], ksocket_poll_shared);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	/* The other task sleeps, so the queue does not change. */
	KUNIT_EXPECT_TRUE(test, waitqueue_active(&pair[1]->wq.wait));
	WRITE_ONCE(ksocket_shared_fd.sock, NULL);
	ksocket_expect(test, ksendto(pair[0], "a", 1, 0, &name.any, name.len),
		       1);
	ksocket_expect(test, ksocket_result(test), 1);
	/* The other task has left the queue. */
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&pair[1]->wq.wait));
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

static void polling_ends_when_its_kthread_should_stop(struct kunit *test)
{
	ksocket_start(test, ksocket_make(test, AF_INET, SOCK_DGRAM),
		      ksocket_poll_for_ever);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_expect(test, ksocket_stopped(test), -EINTR);
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
	KUNIT_CASE(polling_finds_room_after_the_peer_has_read),
	KUNIT_CASE(polling_ends_with_its_timeout_while_it_is_woken),
	KUNIT_CASE(polling_sleeps_through_unwanted_events),
	KUNIT_CASE(polling_reads_the_sockets_once),
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
