// SPDX-License-Identifier: GPL-2.0-only
/*
 * What callbacks put into a socket, and that nothing of it stays
 */

#include <linux/kernel.h>
#include <linux/net.h>
#include <linux/slab.h>
#include <net/sock.h>

#include "loopback.h"

static const struct kcallbacks ksocket_none;

static void ksocket_hook(struct kunit *test, ksocket_t sock)
{
	ksocket_assert(test, ksocket_set_callbacks(sock, &ksocket_none,
						   NULL), 0);
}

static void ksocket_unhook(struct kunit *test, ksocket_t sock)
{
	ksocket_expect(test, ksocket_set_callbacks(sock, NULL, NULL), 0);
}

static void a_socket_has_one_set_of_callbacks(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
	void *user;

	ksocket_hook(test, sock);
	user = sock->sk->sk_user_data;
	ksocket_expect(test, ksocket_set_callbacks(sock, &ksocket_none, NULL),
		       -EBUSY);
	KUNIT_EXPECT_PTR_EQ(test, sock->sk->sk_user_data, user);
	ksocket_unhook(test, sock);
	/* Another user of the socket in the kernel. */
	sock->sk->sk_user_data = test;
	ksocket_expect(test, ksocket_set_callbacks(sock, &ksocket_none, NULL),
		       -EBUSY);
	KUNIT_EXPECT_PTR_EQ(test, sock->sk->sk_user_data, (void *)test);
	sock->sk->sk_user_data = NULL;
	ksocket_expect(test, ksocket_set_callbacks(NULL, &ksocket_none, NULL),
		       -ENOTSOCK);
	ksocket_expect(test, ksocket_set_callbacks(NULL, NULL, NULL),
		       -ENOTSOCK);
}

/* The child of a listener has our functions until it is accepted. */
static struct sock *ksocket_not_accepted(struct kunit *test, ksocket_t client,
					 ksocket_t *conn)
{
	struct ksocket_name name;
	ksocket_t listener;

	listener = ksocket_listener(test, AF_INET, &name);
	ksocket_hook(test, listener);
	ksocket_assert(test, kconnect(client, &name.any, name.len), 0);
	ksocket_assert(test, kaccept4(listener, NULL, NULL, 0, conn), 0);
	ksocket_keep(test, *conn);
	/* As the listener has them. */
	(*conn)->sk->sk_data_ready = listener->sk->sk_data_ready;
	(*conn)->sk->sk_write_space = listener->sk->sk_write_space;
	(*conn)->sk->sk_state_change = listener->sk->sk_state_change;
	(*conn)->sk->sk_error_report = listener->sk->sk_error_report;
	ksocket_unhook(test, listener);
	return (*conn)->sk;
}

static void user_data_of_others_is_not_touched(struct kunit *test)
{
	ksocket_t client = ksocket_make(test, AF_INET, SOCK_STREAM);
	unsigned long *user = kunit_kzalloc(test, 256, GFP_KERNEL);
	static const unsigned long flags[] = { 1, 1 | 2, 1 | 4 };
	struct sock *sk;
	ksocket_t conn;
	int i;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, user);
	sk = ksocket_not_accepted(test, client, &conn);
	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		sk->sk_user_data = (void *)((unsigned long)user | flags[i]);
		sk->sk_data_ready(sk);
		sk->sk_write_space(sk);
		sk->sk_state_change(sk);
		sk->sk_error_report(sk);
		ksocket_expect(test, ksocket_set_callbacks(conn, NULL, NULL),
			       0);
		KUNIT_EXPECT_TRUE(test, (unsigned long)sk->sk_user_data ==
					((unsigned long)user | flags[i]));
	}
	sk->sk_user_data = NULL;
}

/* Each of the four alone: as a copy of a listener at a bad moment. */
static void a_mixture_of_functions_is_refused(struct kunit *test)
{
	ksocket_t client = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct sock *sk, *peer = client->sk;
	void (*ready)(struct sock *sk), (*space)(struct sock *sk);
	void (*change)(struct sock *sk), (*report)(struct sock *sk);
	ksocket_t conn;
	int i;

	sk = ksocket_not_accepted(test, client, &conn);
	ready = sk->sk_data_ready;
	space = sk->sk_write_space;
	change = sk->sk_state_change;
	report = sk->sk_error_report;
	for (i = 0; i <= 4; i++) {
		sk->sk_data_ready = i == 0 ? ready : peer->sk_data_ready;
		sk->sk_write_space = i == 1 ? space : peer->sk_write_space;
		sk->sk_state_change = i == 2 ? change : peer->sk_state_change;
		sk->sk_error_report = i == 3 ? report : peer->sk_error_report;
		ksocket_expect(test, ksocket_set_callbacks(conn, &ksocket_none,
							   NULL),
			       i < 4 ? -EBUSY : 0);
	}
	ksocket_expect(test, ksocket_set_callbacks(conn, NULL, NULL), 0);
}

static void closing_a_socket_removes_its_callbacks(struct kunit *test)
{
	ksocket_t other = ksocket_make(test, AF_INET, SOCK_DGRAM);
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
	struct sock *sk = sock->sk;

	ksocket_hook(test, sock);
	sock_hold(sk);
	ksocket_drop(test, sock);
	KUNIT_EXPECT_TRUE(test, sk->sk_data_ready == other->sk->sk_data_ready);
	KUNIT_EXPECT_TRUE(test, sk->sk_error_report ==
				other->sk->sk_error_report);
	KUNIT_EXPECT_TRUE(test, !sk->sk_user_data);
	sock_put(sk);
}

static struct kunit_case ksocket_hook_cases[] = {
	KUNIT_CASE(a_socket_has_one_set_of_callbacks),
	KUNIT_CASE(user_data_of_others_is_not_touched),
	KUNIT_CASE(a_mixture_of_functions_is_refused),
	KUNIT_CASE(closing_a_socket_removes_its_callbacks),
	{ }
};

struct kunit_suite ksocket_hook_suite = {
	.name = "ksocket_hook",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_hook_cases,
};
