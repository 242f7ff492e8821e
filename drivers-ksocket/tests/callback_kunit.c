// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions that are called on events of a socket
 */

#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/net.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <net/sock.h>

#include "loopback.h"

/* What the callbacks saw. */
struct ksocket_seen {
	ksocket_t sock;
	atomic_t saw_data, saw_space, saw_state, saw_error;
	atomic_t wrong;
	bool closed;
};

static void ksocket_note(struct ksocket_seen *seen, ksocket_t sock,
			 atomic_t *count)
{
	if (sock != seen->sock || !rcu_read_lock_held() ||
	    READ_ONCE(seen->closed))
		atomic_inc(&seen->wrong);
	atomic_inc(count);
}

#define KSOCKET_SEE(event)						\
static void ksocket_see_##event(ksocket_t sock, void *data)		\
{									\
	struct ksocket_seen *seen = data;				\
									\
	ksocket_note(seen, sock, &seen->saw_##event);			\
}

KSOCKET_SEE(data)
KSOCKET_SEE(space)
KSOCKET_SEE(state)
KSOCKET_SEE(error)

static const struct kcallbacks ksocket_see = {
	.data_ready = ksocket_see_data,
	.write_space = ksocket_see_space,
	.state_change = ksocket_see_state,
	.error_report = ksocket_see_error,
};

static struct ksocket_seen *ksocket_watch(struct kunit *test, ksocket_t sock)
{
	struct kcallbacks callbacks = ksocket_see;
	struct ksocket_seen *seen;

	seen = kunit_kzalloc(test, sizeof(*seen), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, seen);
	seen->sock = sock;
	ksocket_assert(test, ksocket_set_callbacks(sock, &callbacks, seen), 0);
	memset(&callbacks, 0, sizeof(callbacks)); /* they were copied */
	return seen;
}

/* True if it was called before 5 seconds have passed. */
static bool ksocket_called(atomic_t *count)
{
	unsigned long end = jiffies + 5 * HZ;

	while (!atomic_read(count) && time_before(jiffies, end))
		msleep(20);
	return atomic_read(count);
}

static void ksocket_unwatch(struct kunit *test, struct ksocket_seen *seen)
{
	ksocket_expect(test, ksocket_set_callbacks(seen->sock, NULL, NULL), 0);
	ksocket_expect(test, atomic_read(&seen->wrong), 0);
}

static void ksocket_check_data(struct kunit *test, int domain)
{
	struct ksocket_seen *seen;
	ksocket_t pair[2];
	char got;

	ksocket_connected(test, domain, pair);
	seen = ksocket_watch(test, pair[1]);
	ksocket_expect(test, atomic_read(&seen->saw_data), 0);
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	KUNIT_EXPECT_TRUE(test, ksocket_called(&seen->saw_data));
	ksocket_expect(test, krecv(pair[1], &got, 1, 0), 1);
	ksocket_unwatch(test, seen);
}

static void data_that_arrives_calls_data_ready(struct kunit *test)
{
	ksocket_check_data(test, AF_INET);
}

static void data_of_af_unix_calls_data_ready(struct kunit *test)
{
	ksocket_need(test, AF_UNIX);
	ksocket_check_data(test, AF_UNIX);
}

static void a_datagram_calls_data_ready(struct kunit *test)
{
	struct ksocket_seen *seen;
	struct ksocket_name name;
	ksocket_t pair[2];

	ksocket_datagrams(test, AF_INET, pair, &name);
	seen = ksocket_watch(test, pair[1]);
	ksocket_expect(test, ksendto(pair[0], "a", 1, 0, &name.any, name.len),
		       1);
	KUNIT_EXPECT_TRUE(test, ksocket_called(&seen->saw_data));
	ksocket_unwatch(test, seen);
}

static void what_is_there_already_calls_nothing(struct kunit *test)
{
	struct ksocket_seen *seen;
	ksocket_t pair[2];
	char got;

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	ksocket_expect(test, krecv(pair[1], &got, 1, MSG_PEEK), 1);
	msleep(50);
	seen = ksocket_watch(test, pair[1]);
	msleep(50);
	ksocket_expect(test, atomic_read(&seen->saw_data), 0);
	ksocket_unwatch(test, seen);
}

static long ksocket_receive_one(ksocket_t sock)
{
	char got;

	return krecv(sock, &got, 1, 0);
}

static void a_task_that_sleeps_is_woken_too(struct kunit *test)
{
	struct ksocket_seen *seen;
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_assert(test, ksocket_set_timeouts(pair[1], 0, 0), 0);
	seen = ksocket_watch(test, pair[1]);
	ksocket_start(test, pair[1], ksocket_receive_one);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	ksocket_expect(test, ksocket_result(test), 1);
	ksocket_unwatch(test, seen);
}

static void space_after_the_peer_has_read_calls_write_space(struct kunit *test)
{
	char *buffer = kunit_kzalloc(test, 65536, GFP_KERNEL);
	struct ksocket_seen *seen;
	ksocket_t pair[2];
	int i;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, buffer);
	ksocket_connected(test, AF_INET, pair);
	for (i = 0; i < 1024 && ksend(pair[0], buffer, 65536, MSG_DONTWAIT) > 0;
	     i++)
		;
	seen = ksocket_watch(test, pair[0]);
	for (i = 0; i < 250 && !atomic_read(&seen->saw_space); i++) {
		while (krecv(pair[1], buffer, 65536, MSG_DONTWAIT) > 0)
			;
		msleep(20);
	}
	KUNIT_EXPECT_TRUE(test, atomic_read(&seen->saw_space) > 0);
	ksocket_unwatch(test, seen);
}

static void connecting_and_hanging_up_call_state_change(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct ksocket_seen *seen = ksocket_watch(test, sock);
	struct ksocket_name name;
	ksocket_t listener, conn;

	listener = ksocket_listener(test, AF_INET, &name);
	ksocket_expect(test, kconnect4(sock, &name.any, name.len,
				       SOCK_NONBLOCK), -EINPROGRESS);
	KUNIT_EXPECT_TRUE(test, ksocket_called(&seen->saw_state));
	ksocket_expect(test, sock->sk->sk_state, TCP_ESTABLISHED);
	ksocket_assert(test, kaccept4(listener, NULL, NULL, 0, &conn), 0);
	atomic_set(&seen->saw_state, 0);
	kclose(conn);
	KUNIT_EXPECT_TRUE(test, ksocket_called(&seen->saw_state));
	ksocket_unwatch(test, seen);
}

static void an_error_calls_error_report(struct kunit *test)
{
	struct ksocket_seen *seen;
	struct ksocket_name name;
	ksocket_t pair[2];

	ksocket_datagrams(test, AF_INET, pair, &name);
	ksocket_assert(test, kconnect(pair[0], &name.any, name.len), 0);
	ksocket_drop(test, pair[1]);
	seen = ksocket_watch(test, pair[0]);
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	KUNIT_EXPECT_TRUE(test, ksocket_called(&seen->saw_error));
	ksocket_unwatch(test, seen);
}

static void callbacks_may_be_missing(struct kunit *test)
{
	static const struct kcallbacks none;
	ksocket_t pair[2];
	char got;

	ksocket_connected(test, AF_INET, pair);
	ksocket_assert(test, ksocket_set_callbacks(pair[0], &none, NULL), 0);
	ksocket_assert(test, ksocket_set_callbacks(pair[1], &none, NULL), 0);
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	ksocket_expect(test, krecv(pair[1], &got, 1, 0), 1);
	ksocket_drop(test, pair[0]);
	ksocket_expect(test, krecv(pair[1], &got, 1, 0), 0);
}

static void removing_callbacks_restores_the_socket(struct kunit *test)
{
	struct ksocket_seen *seen;
	struct sock *sk, *other;
	ksocket_t pair[2];

	/* The two ends have the same functions. */
	ksocket_connected(test, AF_INET, pair);
	other = pair[0]->sk;
	sk = pair[1]->sk;
	seen = ksocket_watch(test, pair[1]);
	KUNIT_EXPECT_TRUE(test, sk->sk_data_ready != other->sk_data_ready);
	ksocket_unwatch(test, seen);
	KUNIT_EXPECT_TRUE(test, sk->sk_data_ready == other->sk_data_ready);
	KUNIT_EXPECT_TRUE(test, sk->sk_write_space == other->sk_write_space);
	KUNIT_EXPECT_TRUE(test, sk->sk_state_change == other->sk_state_change);
	KUNIT_EXPECT_TRUE(test, sk->sk_error_report == other->sk_error_report);
	KUNIT_EXPECT_TRUE(test, !sk->sk_user_data);
	ksocket_expect(test, ksend(pair[0], "a", 1, 0), 1);
	msleep(50);
	ksocket_expect(test, atomic_read(&seen->saw_data), 0);
	/* Removing none is fine. */
	ksocket_unwatch(test, seen);
}

static void a_connection_calls_data_ready_of_its_listener(struct kunit *test)
{
	ksocket_t client = ksocket_make(test, AF_INET, SOCK_STREAM);
	ksocket_t other = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct ksocket_seen *seen;
	struct ksocket_name name;
	ksocket_t sock, conn;
	char got;
	int i;

	sock = ksocket_listener(test, AF_INET, &name);
	seen = ksocket_watch(test, sock);
	ksocket_assert(test, kconnect(client, &name.any, name.len), 0);
	ksocket_assert(test, kconnect(other, &name.any, name.len), 0);
	KUNIT_EXPECT_TRUE(test, ksocket_called(&seen->saw_data));
	/* The second one is accepted after the callbacks were removed. */
	for (i = 0; i < 2; i++) {
		ksocket_assert(test, kaccept4(sock, NULL, NULL, 0, &conn), 0);
		ksocket_keep(test, conn);
		if (!i)
			ksocket_unwatch(test, seen);
		KUNIT_EXPECT_TRUE(test, conn->sk->sk_data_ready ==
					client->sk->sk_data_ready);
		KUNIT_EXPECT_TRUE(test, conn->sk->sk_write_space ==
					client->sk->sk_write_space);
		KUNIT_EXPECT_TRUE(test, !conn->sk->sk_user_data);
		ksocket_expect(test, ksend(i ? other : client, "a", 1, 0), 1);
		ksocket_expect(test, krecv(conn, &got, 1, 0), 1);
		ksocket_assert(test, ksocket_set_callbacks(conn, &ksocket_see,
							   seen), 0);
		ksocket_assert(test, ksocket_set_callbacks(conn, NULL, NULL),
			       0);
	}
}

/* Datagrams to whichever socket has the address. */
static struct ksocket_name ksocket_flooded;
static bool ksocket_flooding;

static long ksocket_flood(ksocket_t sock)
{
	while (READ_ONCE(ksocket_flooding)) {
		ksendto(sock, "a", 1, 0, &ksocket_flooded.any,
			ksocket_flooded.len);
		cond_resched();
	}
	return 0;
}

static void nothing_is_called_after_close(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
	struct ksocket_seen *seen;
	int i, calls = 0;

	seen = kunit_kzalloc(test, 50 * sizeof(*seen), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, seen);
	/* The first socket chooses the port. */
	ksocket_drop(test, ksocket_bound(test, AF_INET, SOCK_DGRAM,
					 &ksocket_flooded));
	ksocket_flooding = true;
	ksocket_start(test, sock, ksocket_flood);
	for (i = 0; i < 50; i++) {
		seen[i].sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
		ksocket_assert(test, kbind(seen[i].sock, &ksocket_flooded.any,
					   ksocket_flooded.len), 0);
		ksocket_assert(test, ksocket_set_callbacks(seen[i].sock,
							   &ksocket_see,
							   &seen[i]), 0);
		ksocket_called(&seen[i].saw_data);
		ksocket_drop(test, seen[i].sock);
		WRITE_ONCE(seen[i].closed, true);
	}
	WRITE_ONCE(ksocket_flooding, false);
	ksocket_expect(test, ksocket_result(test), 0);
	for (i = 0; i < 50; i++) {
		calls += atomic_read(&seen[i].saw_data);
		ksocket_expect(test, atomic_read(&seen[i].wrong), 0);
	}
	KUNIT_EXPECT_TRUE(test, calls >= 50);
}

static struct kunit_case ksocket_callback_cases[] = {
	KUNIT_CASE(data_that_arrives_calls_data_ready),
	KUNIT_CASE(data_of_af_unix_calls_data_ready),
	KUNIT_CASE(a_datagram_calls_data_ready),
	KUNIT_CASE(what_is_there_already_calls_nothing),
	KUNIT_CASE(a_task_that_sleeps_is_woken_too),
	KUNIT_CASE(space_after_the_peer_has_read_calls_write_space),
	KUNIT_CASE(connecting_and_hanging_up_call_state_change),
	KUNIT_CASE(an_error_calls_error_report),
	KUNIT_CASE(callbacks_may_be_missing),
	KUNIT_CASE(removing_callbacks_restores_the_socket),
	KUNIT_CASE(a_connection_calls_data_ready_of_its_listener),
	KUNIT_CASE(nothing_is_called_after_close),
	{ }
};

struct kunit_suite ksocket_callback_suite = {
	.name = "ksocket_callback",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_callback_cases,
};
