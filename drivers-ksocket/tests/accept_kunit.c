// SPDX-License-Identifier: GPL-2.0-only
/*
 * Accepting connections, and the address of the peer
 */

#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/net.h>
#include <linux/percpu_counter.h>
#include <linux/poll.h>
#include <linux/string.h>
#include <net/sock.h>

#include "loopback.h"

/* A pending connection from a client with the address @name. */
static ksocket_t ksocket_caller(struct kunit *test, int domain,
				struct ksocket_name *name)
{
	ksocket_t listener = ksocket_listener(test, domain, name);
	struct ksocket_name own;
	ksocket_t client;

	/* An AF_UNIX client that is not bound has no name to compare. */
	client = ksocket_bound(test, domain, SOCK_STREAM, &own);
	ksocket_assert(test, kconnect(client, &name->any, name->len), 0);
	*name = own;
	return listener;
}

static void ksocket_check_peer(struct kunit *test, int domain)
{
	struct ksocket_name name;
	ksocket_t listener = ksocket_caller(test, domain, &name);
	struct ksocket_room room;
	int len = sizeof(room.room);
	ksocket_t conn;

	ksocket_paint(&room);
	ksocket_assert(test, kaccept4(listener, (struct sockaddr *)room.room,
				      &len, 0, &conn), 0);
	ksocket_keep(test, conn);
	KUNIT_EXPECT_GT(test, name.len, (int)sizeof(name.any.sa_family));
	ksocket_expect(test, len, name.len);
	ksocket_expect(test, memcmp(room.room, &name.any, name.len), 0);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&room, name.len));
}

static void accepting_names_the_peer_of_ipv4(struct kunit *test)
{
	ksocket_check_peer(test, AF_INET);
}

static void accepting_names_the_peer_of_ipv6(struct kunit *test)
{
	ksocket_need(test, AF_INET6);
	ksocket_check_peer(test, AF_INET6);
}

static void accepting_names_the_peer_of_af_unix(struct kunit *test)
{
	ksocket_need(test, AF_UNIX);
	ksocket_check_peer(test, AF_UNIX);
}

static void accepting_cuts_off_a_name_that_does_not_fit(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t listener = ksocket_caller(test, AF_INET, &name);
	struct ksocket_room room;
	ksocket_t conn;
	int len = 5;

	ksocket_paint(&room);
	conn = ksocket_keep(test, kaccept(listener,
					  (struct sockaddr *)room.room, &len));
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, conn);
	ksocket_expect(test, len, name.len);
	ksocket_expect(test, memcmp(room.room, &name.any, 5), 0);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&room, 5));
}

static void accepting_without_a_place_for_the_name_is_fine(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t listener = ksocket_caller(test, AF_INET, &name);

	KUNIT_EXPECT_TRUE(test, ksocket_keep(test, kaccept(listener, NULL,
							   NULL)) != NULL);
}

static void a_connection_already_gone_still_has_a_peer(struct kunit *test)
{
	struct linger linger = { .l_onoff = 1 };
	struct ksocket_name name, peer = { .len = sizeof(peer.storage) };
	ksocket_t listener = ksocket_listener(test, AF_INET, &name);
	ksocket_t client = ksocket_make(test, AF_INET, SOCK_STREAM);
	ksocket_t conn;

	ksocket_assert(test, kconnect(client, &name.any, name.len), 0);
	ksocket_assert(test, ksetsockopt(client, SOL_SOCKET, SO_LINGER, &linger,
					 sizeof(linger)), 0);
	ksocket_drop(test, client);

	ksocket_assert(test, kaccept4(listener, &peer.any, &peer.len, 0, &conn),
		       0);
	ksocket_keep(test, conn);
	ksocket_expect(test, peer.ipv4.sin_family, AF_INET);
	ksocket_expect(test, ntohl(peer.ipv4.sin_addr.s_addr),
		       INADDR_LOOPBACK);
}

/* A multipath listener also accepts plain TCP peers. */
static void ksocket_check_plain_peer(struct kunit *test, int domain)
{
	struct ksocket_name name = ksocket_loopback(domain, 0);
	ksocket_t listener, client, conn;
	struct kpollfd wait;
	char got;

	ksocket_need_protocol(test, domain, SOCK_STREAM, IPPROTO_MPTCP);
	client = ksocket_make(test, domain, SOCK_STREAM);
	listener = ksocket_keep(test, ksocket(domain, SOCK_STREAM,
					      IPPROTO_MPTCP));
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, listener);
	ksocket_assert(test, kbind(listener, &name.any, name.len), 0);
	ksocket_assert(test, kgetsockname(listener, &name.any, &name.len), 0);
	ksocket_assert(test, klisten(listener, 1), 0);
	ksocket_assert(test, kconnect(client, &name.any, name.len), 0);
	ksocket_assert(test, kaccept4(listener, NULL, NULL, 0, &conn), 0);
	ksocket_keep(test, conn);
	KUNIT_ASSERT_PTR_EQ(test, conn->ops, client->ops);

	ksocket_expect(test, ksend(client, "a", 1, 0), 1);
	wait = (struct kpollfd){ .sock = conn, .events = POLLIN };
	ksocket_expect(test, kpoll(&wait, 1, 1000), 1);
	ksocket_expect(test, krecv(conn, &got, 1, 0), 1);
	ksocket_expect(test, kshutdown(conn, SHUT_WR), 0);
	ksocket_expect(test, krecv(client, &got, 1, 0), 0);
}

static void a_plain_peer_of_mptcp_over_ipv4_is_plain(struct kunit *test)
{
	ksocket_check_plain_peer(test, AF_INET);
}

static void a_plain_peer_of_mptcp_over_ipv6_is_plain(struct kunit *test)
{
	ksocket_check_plain_peer(test, AF_INET6);
}

/* Like a connection whose peer has no address any more. */
static int ksocket_no_name(struct socket *sock, struct sockaddr *address,
			   int peer)
{
	return -ENOTCONN;
}

static void a_connection_without_a_peer_is_econnaborted(struct kunit *test)
{
	struct ksocket_name name, peer = { .len = sizeof(peer.storage) };
	ksocket_t listener = ksocket_caller(test, AF_INET, &name);
	ksocket_t conn = listener;

	/* An accepted socket gets the operations of its listener. */
	ksocket_replace(test, listener,
			offsetof(typeof(*listener->ops), getname),
			ksocket_no_name);
	ksocket_expect(test, kaccept4(listener, &peer.any, &peer.len, 0, &conn),
		       -ECONNABORTED);
	KUNIT_EXPECT_TRUE(test, !conn);
	ksocket_drop(test, listener);
}

static void ksocket_check_namespace(struct kunit *test, int domain, bool held)
{
	struct ksocket_name name;
	ksocket_t listener = ksocket_caller(test, domain, &name);
	ksocket_t conn;

	ksocket_assert(test, kaccept4(listener, NULL, NULL, 0, &conn), 0);
	ksocket_keep(test, conn);
	ksocket_expect(test, conn->sk->sk_net_refcnt, held);
}

static void only_af_unix_holds_the_namespace_when_accepted(struct kunit *test)
{
	ksocket_check_namespace(test, AF_INET, false);
	ksocket_need(test, AF_INET6);
	ksocket_check_namespace(test, AF_INET6, false);
	ksocket_need(test, AF_UNIX);
	ksocket_check_namespace(test, AF_UNIX, true);
}

static void accepting_nowhere_is_efault_or_enotsock(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	ksocket_t conn = sock;

	ksocket_expect(test, kaccept4(sock, NULL, NULL, 0, NULL), -EFAULT);
	ksocket_expect(test, kaccept4(NULL, NULL, NULL, 0, &conn), -ENOTSOCK);
	KUNIT_EXPECT_TRUE(test, !conn);
	KUNIT_EXPECT_TRUE(test, !kaccept(NULL, NULL, NULL));
}

static long ksocket_call_recv(ksocket_t sock)
{
	char got;

	return krecv(sock, &got, 1, 0);
}

static void accepting_with_flags_is_refused(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t listener = ksocket_listener(test, AF_INET, &name);
	ksocket_t conn;

	ksocket_expect(test, kaccept4(listener, NULL, NULL, SOCK_CLOEXEC,
				      &conn), -EOPNOTSUPP);
	ksocket_expect(test, kaccept4(listener, NULL, NULL,
				      SOCK_CLOEXEC | SOCK_NONBLOCK, &conn),
		       -EOPNOTSUPP);
	ksocket_expect(test, kaccept4(listener, NULL, NULL, 1, &conn),
		       -EINVAL);
	KUNIT_EXPECT_TRUE(test, !conn);
}

static void accepting_with_sock_nonblock_does_not_wait(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t listener = ksocket_listener(test, AF_INET, &name);
	ksocket_t client = ksocket_make(test, AF_INET, SOCK_STREAM);
	ksocket_t conn = listener;
	char got;

	ksocket_expect(test, kaccept4(listener, NULL, NULL, SOCK_NONBLOCK,
				      &conn), -EAGAIN);
	KUNIT_EXPECT_TRUE(test, !conn);
	ksocket_assert(test, kconnect(client, &name.any, name.len), 0);
	ksocket_assert(test, kaccept4(listener, NULL, NULL, SOCK_NONBLOCK,
				      &conn), 0);
	ksocket_keep(test, conn);

	/* The new socket waits: its timeout expires. */
	ksocket_assert(test, ksocket_set_timeout(conn, SO_RCVTIMEO_NEW, 100),
		       0);
	ksocket_start(test, conn, ksocket_call_recv);
	KUNIT_EXPECT_TRUE(test, ksocket_sleeps(test));
	ksocket_expect(test, ksocket_result(test), -EAGAIN);
	ksocket_expect(test, krecv(conn, &got, 1, MSG_DONTWAIT), -EAGAIN);
}

static void accepting_with_an_unusable_length_is_einval(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t listener = ksocket_caller(test, AF_INET, &name);
	ksocket_t conn;

	name.len = -1;
	ksocket_expect(test, kaccept4(listener, &name.any, NULL, 0, &conn),
		       -EINVAL);
	ksocket_expect(test, kaccept4(listener, &name.any, &name.len, 0, &conn),
		       -EINVAL);
	KUNIT_EXPECT_TRUE(test, !kaccept(listener, &name.any, &name.len));
	/* The connection is still pending. */
	KUNIT_EXPECT_TRUE(test, ksocket_keep(test, kaccept(listener, NULL,
							   NULL)) != NULL);
}

static void only_a_listening_socket_accepts(struct kunit *test)
{
	ksocket_t datagram = ksocket_make(test, AF_INET, SOCK_DGRAM);
	ksocket_t stream = ksocket_make(test, AF_INET, SOCK_STREAM);
	ksocket_t conn;

	ksocket_expect(test, kaccept4(stream, NULL, NULL, 0, &conn), -EINVAL);
	KUNIT_EXPECT_TRUE(test, !conn);
	ksocket_expect(test, kaccept4(datagram, NULL, NULL, 0, &conn),
		       -EOPNOTSUPP);
}

#define KSOCKET_CYCLES	100

static s64 ksocket_counted(ksocket_t sock)
{
	return percpu_counter_sum(sock->sk->sk_prot->sockets_allocated);
}

/* @counted is a socket of the protocol of the accepted connections. */
static void ksocket_cycle(struct kunit *test, ksocket_t listener,
			  const struct ksocket_name *name, ksocket_t counted)
{
	struct sockaddr *there = (struct sockaddr *)&name->any;
	struct linger linger = { .l_onoff = 1 };
	s64 before = ksocket_counted(counted);
	unsigned long end = jiffies + 5 * HZ;
	int i;

	for (i = 0; i < KSOCKET_CYCLES; i++) {
		ksocket_t client = ksocket_make(test, AF_INET, SOCK_STREAM);
		ksocket_t conn;

		ksocket_assert(test, ksetsockopt(client, SOL_SOCKET, SO_LINGER,
						 &linger, sizeof(linger)), 0);
		ksocket_assert(test, kconnect(client, there, name->len), 0);
		conn = kaccept(listener, NULL, NULL);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, conn);
		ksocket_drop(test, client);
		kclose(conn);
	}
	/* Sockets of other cases may still be closing. */
	while (ksocket_counted(counted) > before && time_before(jiffies, end))
		msleep(20);
	KUNIT_EXPECT_LE(test, ksocket_counted(counted), before);
}

static void accepting_and_closing_leaves_no_socket_behind(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t listener = ksocket_listener(test, AF_INET, &name);

	ksocket_cycle(test, listener, &name, listener);
}

static void accepting_plain_peers_leaves_no_socket_behind(struct kunit *test)
{
	struct ksocket_name name = ksocket_loopback(AF_INET, 0);
	ksocket_t listener;

	ksocket_need_protocol(test, AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
	listener = ksocket_keep(test, ksocket(AF_INET, SOCK_STREAM,
					      IPPROTO_MPTCP));
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, listener);
	ksocket_assert(test, kbind(listener, &name.any, name.len), 0);
	ksocket_assert(test, kgetsockname(listener, &name.any, &name.len), 0);
	ksocket_assert(test, klisten(listener, 1), 0);
	ksocket_cycle(test, listener, &name,
		      ksocket_make(test, AF_INET, SOCK_STREAM));
}

static void accepting_ends_with_the_receive_timeout(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t listener = ksocket_listener(test, AF_INET, &name);
	ksocket_t conn;

	ksocket_assert(test, ksocket_set_timeout(listener, SO_RCVTIMEO_NEW, 50),
		       0);
	ksocket_expect(test, kaccept4(listener, NULL, NULL, 0, &conn),
		       -EAGAIN);
	KUNIT_EXPECT_TRUE(test, !conn);
	KUNIT_EXPECT_TRUE(test, !kaccept(listener, NULL, NULL));
}

static struct kunit_case ksocket_accept_cases[] = {
	KUNIT_CASE(accepting_names_the_peer_of_ipv4),
	KUNIT_CASE(accepting_names_the_peer_of_ipv6),
	KUNIT_CASE(accepting_names_the_peer_of_af_unix),
	KUNIT_CASE(accepting_cuts_off_a_name_that_does_not_fit),
	KUNIT_CASE(accepting_without_a_place_for_the_name_is_fine),
	KUNIT_CASE(a_connection_already_gone_still_has_a_peer),
	KUNIT_CASE(a_plain_peer_of_mptcp_over_ipv4_is_plain),
	KUNIT_CASE(a_plain_peer_of_mptcp_over_ipv6_is_plain),
	KUNIT_CASE(a_connection_without_a_peer_is_econnaborted),
	KUNIT_CASE(only_af_unix_holds_the_namespace_when_accepted),
	KUNIT_CASE(accepting_nowhere_is_efault_or_enotsock),
	KUNIT_CASE(accepting_with_flags_is_refused),
	KUNIT_CASE(accepting_with_sock_nonblock_does_not_wait),
	KUNIT_CASE(accepting_with_an_unusable_length_is_einval),
	KUNIT_CASE(only_a_listening_socket_accepts),
	KUNIT_CASE(accepting_and_closing_leaves_no_socket_behind),
	KUNIT_CASE(accepting_plain_peers_leaves_no_socket_behind),
	KUNIT_CASE(accepting_ends_with_the_receive_timeout),
	{ }
};

struct kunit_suite ksocket_accept_suite = {
	.name = "ksocket_accept",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_accept_cases,
};
