// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting for events on many sockets, with a set that lasts
 */

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/net.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/wait.h>

#include "loopback.h"

/* For functions that only get a socket. */
static struct kpollset *ksocket_set;

static int ksocket_set_init(struct kunit *test)
{
	int ret = ksocket_world_init(test);

	/* Not the set of the case before: the exit function destroys it. */
	ksocket_set = ret ? NULL : kpollset_create();
	if (ret)
		return ret;
	return ksocket_set ? 0 : -ENOMEM;
}

/* A second task must have left the set. */
static void ksocket_set_exit(struct kunit *test)
{
	struct ksocket_world *world = test->priv;

	if (world && ksocket_sleeper_gone(&world->sleeper)) {
		world->sleeper.task = NULL;
		kpollset_destroy(ksocket_set);
	}
	ksocket_world_exit(test);
}

static void ksocket_add(struct kunit *test, ksocket_t sock, short events,
			void *data)
{
	ksocket_assert(test, kpollset_add(ksocket_set, sock, events, data), 0);
}

static void ksocket_check_one(struct kunit *test, ksocket_t sock,
			      short revents, int timeout)
{
	struct kpollevent events[4] = { };

	ksocket_expect(test, kpollset_wait(ksocket_set, events, 4, timeout),
		       revents ? 1 : 0);
	KUNIT_EXPECT_PTR_EQ(test, events[0].sock, revents ? sock : NULL);
	ksocket_expect(test, events[0].revents, revents);
}

static void a_set_returns_the_socket_that_is_ready(struct kunit *test)
{
	struct kpollevent event = { };
	ksocket_t pair[2];
	int marks[2];
	char got;

	ksocket_connected(test, AF_INET, pair);
	ksocket_add(test, pair[0], POLLIN, &marks[0]);
	ksocket_add(test, pair[1], POLLIN, &marks[1]);
	ksocket_check_one(test, NULL, 0, 0);
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	ksocket_expect(test, kpollset_wait(ksocket_set, &event, 1, 5000), 1);
	KUNIT_EXPECT_PTR_EQ(test, event.sock, pair[1]);
	KUNIT_EXPECT_PTR_EQ(test, event.data, (void *)&marks[1]);
	ksocket_expect(test, event.revents, POLLIN);
	/* Again, until it is read. */
	ksocket_check_one(test, pair[1], POLLIN, 0);
	ksocket_expect(test, krecv(pair[1], &got, 1, 0), 1);
	ksocket_check_one(test, NULL, 0, 0);
	ksocket_expect(test, ksend(pair[0], "b", 1, 0), 1);
	ksocket_check_one(test, pair[1], POLLIN, 5000);
}

static void a_socket_that_is_ready_is_seen_when_added(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);

	ksocket_add(test, sock, POLLOUT, NULL);
	ksocket_check_one(test, sock, POLLOUT, 5000);
}

static void a_set_returns_a_hangup_unasked(struct kunit *test)
{
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_add(test, pair[0], 0, NULL);
	ksocket_check_one(test, NULL, 0, 0);
	ksocket_assert(test, kshutdown(pair[0], SHUT_RDWR), 0);
	ksocket_check_one(test, pair[0], POLLHUP, 5000);
}

static void changing_events_changes_what_is_returned(struct kunit *test)
{
	struct kpollevent event = { };
	ksocket_t pair[2];
	int mark;

	ksocket_connected(test, AF_INET, pair);
	ksocket_add(test, pair[0], POLLIN, NULL);
	ksocket_check_one(test, NULL, 0, 0);
	ksocket_expect(test, kpollset_change(ksocket_set, pair[0], POLLOUT,
					     &mark), 0);
	ksocket_expect(test, kpollset_wait(ksocket_set, &event, 1, 0), 1);
	ksocket_expect(test, event.revents, POLLOUT);
	KUNIT_EXPECT_PTR_EQ(test, event.data, (void *)&mark);
	ksocket_expect(test, kpollset_change(ksocket_set, pair[0], POLLIN,
					     NULL), 0);
	ksocket_check_one(test, NULL, 0, 0);
}

static void a_removed_socket_is_not_returned(struct kunit *test)
{
	ksocket_t pair[2];
	char got;

	ksocket_connected(test, AF_INET, pair);
	ksocket_add(test, pair[1], POLLIN, NULL);
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	ksocket_check_one(test, pair[1], POLLIN, 5000);
	ksocket_expect(test, kpollset_remove(ksocket_set, pair[1]), 0);
	/* Nothing wakes or changes the queue here. */
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&pair[1]->wq.wait));
	ksocket_check_one(test, NULL, 0, 0);
	ksocket_expect(test, krecv(pair[1], &got, 1, 0), 1);
	ksocket_drop(test, pair[1]);
	ksocket_check_one(test, NULL, 0, 0);
	ksocket_add(test, pair[0], POLLIN, NULL);
	ksocket_check_one(test, pair[0], POLLIN, 5000);
}

static void destroying_a_set_leaves_its_sockets_open(struct kunit *test)
{
	struct kpollset *set = kpollset_create();
	struct ksocket_name name;
	ksocket_t pair[2];
	char got;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, set);
	ksocket_datagrams(test, AF_INET, pair, &name);
	ksocket_expect(test, kpollset_add(set, pair[0], POLLIN, NULL), 0);
	ksocket_expect(test, kpollset_add(set, pair[1], POLLIN, NULL), 0);
	ksocket_expect(test, ksendto(pair[0], "a", 1, 0, &name.any, name.len),
		       1);
	kpollset_destroy(set);
	kpollset_destroy(NULL);
	/* Nothing wakes or changes the queue here. */
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&pair[1]->wq.wait));
	ksocket_expect(test, krecv(pair[1], &got, 1, 0), 1);
}

static void a_set_tells_what_is_wrong(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
	struct kpollevent event;

	ksocket_expect(test, kpollset_add(NULL, sock, 0, NULL), -EINVAL);
	ksocket_expect(test, kpollset_change(NULL, sock, 0, NULL), -EINVAL);
	ksocket_expect(test, kpollset_remove(NULL, sock), -EINVAL);
	ksocket_expect(test, kpollset_wait(NULL, &event, 1, 0), -EINVAL);
	ksocket_expect(test, kpollset_wait(ksocket_set, &event, 0, 0),
		       -EINVAL);
	ksocket_expect(test, kpollset_wait(ksocket_set, NULL, 1, 0), -EFAULT);
	ksocket_expect(test, kpollset_add(ksocket_set, NULL, 0, NULL),
		       -ENOTSOCK);
	ksocket_expect(test, kpollset_change(ksocket_set, sock, 0, NULL),
		       -ENOENT);
	ksocket_expect(test, kpollset_remove(ksocket_set, sock), -ENOENT);
	ksocket_add(test, sock, 0, NULL);
	ksocket_expect(test, kpollset_add(ksocket_set, sock, 0, NULL),
		       -EEXIST);
	ksocket_expect(test, kpollset_remove(ksocket_set, sock), 0);
	ksocket_expect(test, kpollset_remove(ksocket_set, sock), -ENOENT);
}

static void waiting_in_a_set_ends_with_its_timeout(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
	ktime_t begin = ktime_get();
	s64 took;

	ksocket_check_one(test, NULL, 0, 100);
	ksocket_add(test, sock, POLLIN, NULL);
	ksocket_check_one(test, NULL, 0, 100);
	took = ktime_ms_delta(ktime_get(), begin);
	KUNIT_EXPECT_GE(test, took, (s64)200);
	KUNIT_EXPECT_LT(test, took, (s64)4000);
}

static void a_set_returns_all_sockets_in_turn(struct kunit *test)
{
	struct kpollevent event;
	unsigned int seen = 0;
	ksocket_t socks[3];
	int i, j;

	for (i = 0; i < 3; i++) {
		socks[i] = ksocket_make(test, AF_INET, SOCK_DGRAM);
		ksocket_add(test, socks[i], POLLOUT, NULL);
	}
	for (i = 0; i < 3; i++) {
		ksocket_expect(test, kpollset_wait(ksocket_set, &event, 1, 0),
			       1);
		for (j = 0; j < 3; j++)
			if (event.sock == socks[j])
				seen |= 1 << j;
	}
	ksocket_expect(test, seen, 7);
}

/* The operations of the sockets of a case, replaced in part. */
static struct {
	const struct proto_ops *real;
	atomic_t looks;
} ksocket_counted;

static __poll_t ksocket_count_poll(struct file *file, struct socket *sock,
				   struct poll_table_struct *wait)
{
	atomic_inc(&ksocket_counted.looks);
	return ksocket_counted.real->poll(file, sock, wait);
}

static ksocket_t ksocket_count(struct kunit *test, short events,
			       struct ksocket_name *name)
{
	ksocket_t sock = ksocket_bound(test, AF_INET, SOCK_DGRAM, name);

	ksocket_counted.real = sock->ops;
	ksocket_replace(test, sock, offsetof(typeof(*sock->ops), poll),
			ksocket_count_poll);
	ksocket_add(test, sock, events, NULL);
	return sock;
}

static void only_sockets_that_may_be_ready_are_polled(struct kunit *test)
{
	ksocket_t sender = ksocket_make(test, AF_INET, SOCK_DGRAM);
	struct ksocket_name name;
	ksocket_t socks[8];
	int i;

	for (i = 0; i < 8; i++)
		socks[i] = ksocket_count(test, POLLIN, &name);
	atomic_set(&ksocket_counted.looks, 0);
	ksocket_check_one(test, NULL, 0, 0);
	ksocket_expect(test, atomic_read(&ksocket_counted.looks), 0);
	ksocket_expect(test, ksendto(sender, "a", 1, 0, &name.any, name.len),
		       1);
	ksocket_check_one(test, socks[7], POLLIN, 5000);
	ksocket_expect(test, atomic_read(&ksocket_counted.looks), 1);
	for (i = 0; i < 8; i++) {
		kpollset_remove(ksocket_set, socks[i]);
		socks[i]->ops = ksocket_counted.real;
	}
}

static long ksocket_wait_in_set(ksocket_t sock)
{
	struct kpollevent event;
	int ret = kpollset_wait(ksocket_set, &event, 1, -1);

	return ret == 1 ? event.revents : ret;
}

static void unwanted_events_wake_nobody(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t sock = ksocket_count(test, POLLPRI, &name);
	int i;

	atomic_set(&ksocket_counted.looks, 0);
	ksocket_start(test, sock, ksocket_wait_in_set);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	for (i = 0; i < 100; i++)
		wake_up_interruptible_poll(&sock->wq.wait, EPOLLOUT);
	KUNIT_EXPECT_TRUE(test, ksocket_still_sleeps(test));
	ksocket_expect(test, atomic_read(&ksocket_counted.looks), 0);
	ksocket_signal(test);
	ksocket_expect(test, ksocket_result(test), -EINTR);
	sock->ops = ksocket_counted.real;
}

static void what_arrives_wakes_a_task_in_a_set(struct kunit *test)
{
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_add(test, pair[1], POLLIN, NULL);
	ksocket_start(test, pair[1], ksocket_wait_in_set);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	ksocket_expect(test, ksocket_result(test), POLLIN);
}

static void adding_and_changing_wake_a_task_in_a_set(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);

	ksocket_start(test, sock, ksocket_wait_in_set);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_add(test, sock, POLLIN, NULL);
	KUNIT_EXPECT_TRUE(test, ksocket_still_sleeps(test));
	ksocket_expect(test, kpollset_change(ksocket_set, sock, POLLOUT, NULL),
		       0);
	ksocket_expect(test, ksocket_result(test), POLLOUT);
}

struct ksocket_other_waiter {
	struct completion done;
	long result;
};

static int ksocket_other_thread(void *data)
{
	struct ksocket_other_waiter *other = data;
	struct kpollevent event;

	other->result = kpollset_wait(ksocket_set, &event, 1, 5000);
	complete(&other->done);
	return 0;
}

/* A wakeup wakes one task, but both see the socket. */
static void every_task_in_a_set_sees_a_socket(struct kunit *test)
{
	struct ksocket_other_waiter other = { };
	struct task_struct *task;
	ksocket_t pair[2];
	ktime_t begin;

	ksocket_connected(test, AF_INET, pair);
	ksocket_add(test, pair[1], POLLIN, NULL);
	init_completion(&other.done);
	ksocket_start(test, pair[1], ksocket_wait_in_set);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	task = kthread_run(ksocket_other_thread, &other, "ksocket_other");
	KUNIT_ASSERT_TRUE(test, !IS_ERR(task));
	KUNIT_EXPECT_TRUE(test, ksocket_still_sleeps(test));
	begin = ktime_get();
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	ksocket_expect(test, ksocket_result(test), POLLIN);
	wait_for_completion(&other.done);
	KUNIT_EXPECT_LT(test, ktime_ms_delta(ktime_get(), begin), (s64)4000);
	ksocket_expect(test, other.result, 1);
}

static void a_kthread_in_a_set_can_be_stopped(struct kunit *test)
{
	ksocket_start(test, NULL, ksocket_wait_in_set);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_expect(test, ksocket_stopped(test), -EINTR);
}

static struct kunit_case ksocket_pollset_cases[] = {
	KUNIT_CASE(a_set_returns_the_socket_that_is_ready),
	KUNIT_CASE(a_socket_that_is_ready_is_seen_when_added),
	KUNIT_CASE(a_set_returns_a_hangup_unasked),
	KUNIT_CASE(changing_events_changes_what_is_returned),
	KUNIT_CASE(a_removed_socket_is_not_returned),
	KUNIT_CASE(destroying_a_set_leaves_its_sockets_open),
	KUNIT_CASE(a_set_tells_what_is_wrong),
	KUNIT_CASE(waiting_in_a_set_ends_with_its_timeout),
	KUNIT_CASE(a_set_returns_all_sockets_in_turn),
	KUNIT_CASE(only_sockets_that_may_be_ready_are_polled),
	KUNIT_CASE(unwanted_events_wake_nobody),
	KUNIT_CASE(what_arrives_wakes_a_task_in_a_set),
	KUNIT_CASE(adding_and_changing_wake_a_task_in_a_set),
	KUNIT_CASE(every_task_in_a_set_sees_a_socket),
	KUNIT_CASE(a_kthread_in_a_set_can_be_stopped),
	{ }
};

struct kunit_suite ksocket_pollset_suite = {
	.name = "ksocket_pollset",
	.init = ksocket_set_init,
	.exit = ksocket_set_exit,
	.test_cases = ksocket_pollset_cases,
};
