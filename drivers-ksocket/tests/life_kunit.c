// SPDX-License-Identifier: GPL-2.0-only
/*
 * Creating, listening on, shutting down and closing sockets
 */

#include <linux/delay.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/net.h>
#include <linux/tcp.h>
#include <net/net_namespace.h>
#include <net/sock.h>

#include "loopback.h"

static void ksocket_makes_a_socket_of_the_kernel(struct kunit *test)
{
	ksocket_t sock = ksocket_keep(test, ksocket(AF_INET, SOCK_STREAM, 0));

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sock);
	ksocket_expect(test, sock->type, SOCK_STREAM);
	ksocket_expect(test, sock->sk->sk_family, AF_INET);
	ksocket_expect(test, sock->sk->sk_net_refcnt, 0);
	KUNIT_EXPECT_TRUE(test, net_eq(sock_net(sock->sk), &init_net));
}

static void ksocket_gives_null_for_any_failure(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, !ksocket(AF_MAX, SOCK_STREAM, 0));
	KUNIT_EXPECT_TRUE(test, !ksocket(AF_INET, -1, 0));
	KUNIT_EXPECT_TRUE(test, !ksocket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK,
					 0));
}

#ifdef CONFIG_PROC_FS
static void a_held_namespace_is_counted_until_the_close(struct kunit *test)
{
	int before = sock_inuse_get(&init_net);
	ksocket_t sock;

	ksocket_assert(test, ksocket_create_held(&init_net, AF_INET,
						 SOCK_DGRAM, 0, &sock), 0);
	ksocket_keep(test, sock);
	ksocket_expect(test, sock->sk->sk_net_refcnt, 1);
	ksocket_expect(test, sock_inuse_get(&init_net), before + 1);
	ksocket_drop(test, sock);
	ksocket_expect(test, sock_inuse_get(&init_net), before);
}
#endif

static void a_held_namespace_is_refused_as_another(struct kunit *test)
{
	ksocket_t sock = ERR_PTR(-EIO);

	ksocket_expect(test, ksocket_create_held(NULL, AF_INET, SOCK_STREAM, 0,
						 &sock), -EFAULT);
	KUNIT_EXPECT_TRUE(test, !sock);
	ksocket_expect(test, ksocket_create_held(&init_net, AF_INET, -1, 0,
						 &sock), -EINVAL);
	KUNIT_EXPECT_TRUE(test, !sock);
}

/* A family that only records its arguments; no kernel has this one. */
#define KSOCKET_FAMILY	AF_ECONET

static struct {
	struct net *net;
	int protocol;
	int kern;
} ksocket_handed;

static int ksocket_note_create(struct net *net, struct socket *sock,
			       int protocol, int kern)
{
	ksocket_handed.net = net;
	ksocket_handed.protocol = protocol;
	ksocket_handed.kern = kern;
	return -EPROTO;
}

static const struct net_proto_family ksocket_noting_family = {
	.family = KSOCKET_FAMILY,
	.create = ksocket_note_create,
	.owner = THIS_MODULE,
};

static void create_makes_a_socket_in_its_namespace(struct kunit *test)
{
	struct net *net = kunit_kzalloc(test, sizeof(*net), GFP_KERNEL);
	ksocket_t sock = ERR_PTR(-EIO);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, net);
	ksocket_assert(test, sock_register(&ksocket_noting_family), 0);
	ksocket_expect(test, ksocket_create(net, KSOCKET_FAMILY, SOCK_DGRAM, 7,
					    &sock), -EPROTO);
	sock_unregister(KSOCKET_FAMILY);
	KUNIT_EXPECT_TRUE(test, !sock);
	KUNIT_EXPECT_TRUE(test, ksocket_handed.net == net);
	ksocket_expect(test, ksocket_handed.protocol, 7);
	ksocket_expect(test, ksocket_handed.kern, 1);
}

static void create_refuses_families_that_need_a_process(struct kunit *test)
{
	static const struct {
		int family, type, protocol;
	} refused[] = {
		{ AF_ALG, SOCK_SEQPACKET, 0 },
		{ AF_NETLINK, SOCK_RAW, 0 },
		{ AF_SMC, SOCK_STREAM, 0 },
		{ AF_XDP, SOCK_RAW, 0 },
		{ AF_INET, SOCK_STREAM, 256 },	/* IPPROTO_SMC */
		{ AF_INET6, SOCK_STREAM, 256 },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(refused); i++) {
		ksocket_t sock = ERR_PTR(-EIO);

		ksocket_expect(test, ksocket_create(&init_net,
						    refused[i].family,
						    refused[i].type,
						    refused[i].protocol, &sock),
			       -EOPNOTSUPP);
		KUNIT_EXPECT_TRUE(test, !sock);
	}
}

static void create_refuses_null_places_with_efault(struct kunit *test)
{
	ksocket_t sock = ERR_PTR(-EIO);

	ksocket_expect(test, ksocket_create(&init_net, AF_INET, SOCK_STREAM, 0,
					    NULL), -EFAULT);
	ksocket_expect(test, ksocket_create(NULL, AF_INET, SOCK_STREAM, 0,
					    &sock), -EFAULT);
	KUNIT_EXPECT_TRUE(test, !sock);
}

static void create_refuses_flags_of_files_with_eopnotsupp(struct kunit *test)
{
	ksocket_t sock = ERR_PTR(-EIO);

	ksocket_expect(test, ksocket_create(&init_net, AF_INET,
					    SOCK_STREAM | SOCK_NONBLOCK, 0,
					    &sock), -EOPNOTSUPP);
	KUNIT_EXPECT_TRUE(test, !sock);
	ksocket_expect(test, ksocket_create(&init_net, AF_INET,
					    SOCK_STREAM | SOCK_CLOEXEC, 0,
					    &sock), -EOPNOTSUPP);
}

static void create_tells_what_is_impossible(struct kunit *test)
{
	ksocket_t sock;

	ksocket_expect(test, ksocket_create(&init_net, AF_INET, -1, 0, &sock),
		       -EINVAL);
	KUNIT_EXPECT_TRUE(test, !sock);
	ksocket_expect(test, ksocket_create(&init_net, AF_INET, SOCK_MAX, 0,
					    &sock), -EINVAL);
	ksocket_expect(test, ksocket_create(&init_net, AF_MAX, SOCK_STREAM, 0,
					    &sock), -EAFNOSUPPORT);
	ksocket_expect(test, ksocket_create(&init_net, AF_INET, SOCK_STREAM,
					    IPPROTO_UDP, &sock),
		       -EPROTONOSUPPORT);
}

static void a_pair_is_connected_both_ways(struct kunit *test)
{
	ksocket_t pair[2];
	char got;
	int i;

	ksocket_need(test, AF_UNIX);

	ksocket_connected(test, AF_UNIX, pair);
	for (i = 0; i < 2; i++) {
		KUNIT_EXPECT_TRUE(test, net_eq(sock_net(pair[i]->sk),
					       &init_net));
		ksocket_expect(test, ksend(pair[i], "a", 1, 0), 1);
		ksocket_expect(test, krecv(pair[!i], &got, 1, 0), 1);
		ksocket_expect(test, got, 'a');
	}
}

static void a_pair_that_cannot_be_leaves_no_socket(struct kunit *test)
{
	ksocket_t pair[2] = { ERR_PTR(-EIO), ERR_PTR(-EIO) };

	ksocket_expect(test, ksocketpair(AF_INET, SOCK_STREAM, 0, pair),
		       -EOPNOTSUPP);
	KUNIT_EXPECT_TRUE(test, !pair[0] && !pair[1]);
	ksocket_expect(test, ksocketpair(AF_MAX, SOCK_STREAM, 0, pair),
		       -EAFNOSUPPORT);
	KUNIT_EXPECT_TRUE(test, !pair[0] && !pair[1]);
	ksocket_expect(test, ksocketpair(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0,
					 pair), -EOPNOTSUPP);
	ksocket_expect(test, ksocketpair(AF_INET, SOCK_STREAM, 0, NULL),
		       -EFAULT);
}

static void listening_without_a_socket_is_enotsock(struct kunit *test)
{
	ksocket_expect(test, klisten(NULL, 1), -ENOTSOCK);
}

static void a_datagram_socket_cannot_listen(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);

	ksocket_expect(test, klisten(sock, 1), -EOPNOTSUPP);
}

static void the_backlog_ends_at_somaxconn(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t sock = ksocket_bound(test, AF_INET, SOCK_STREAM, &name);
	int limit = READ_ONCE(init_net.core.sysctl_somaxconn);

	ksocket_expect(test, klisten(sock, INT_MAX), 0);
	ksocket_expect(test, sock->sk->sk_max_ack_backlog, limit);
	ksocket_expect(test, klisten(sock, 1), 0);
	ksocket_expect(test, sock->sk->sk_max_ack_backlog, 1);
	ksocket_expect(test, klisten(sock, -1), 0);
	ksocket_expect(test, sock->sk->sk_max_ack_backlog, limit);
}

static void shutdown_tells_what_it_cannot_do(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);

	ksocket_expect(test, kshutdown(NULL, SHUT_RDWR), -ENOTSOCK);
	ksocket_expect(test, kshutdown(sock, -1), -EINVAL);
	ksocket_expect(test, kshutdown(sock, SHUT_RDWR + 1), -EINVAL);
	ksocket_expect(test, kshutdown(sock, SHUT_RDWR), -ENOTCONN);
}

static void shutting_down_one_direction_leaves_the_other(struct kunit *test)
{
	ksocket_t pair[2];
	char got;

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, kshutdown(pair[0], SHUT_WR), 0);
	ksocket_expect(test, krecv(pair[1], &got, 1, 0), 0);
	ksocket_expect(test, ksend(pair[1], "b", 1, 0), 1);
	ksocket_expect(test, krecv(pair[0], &got, 1, 0), 1);
	ksocket_expect(test, got, 'b');
}

static void closing_is_always_zero_also_without_a_socket(struct kunit *test)
{
	ksocket_expect(test, kclose(NULL), 0);
	ksocket_expect(test, kclose(ksocket(AF_INET, SOCK_DGRAM, 0)), 0);
}

static void closing_lingers_as_long_as_it_was_told(struct kunit *test)
{
	struct linger linger = { .l_onoff = 1, .l_linger = 1 };
	char *buffer = kunit_kzalloc(test, 65536, GFP_KERNEL);
	unsigned long begin;
	ksocket_t pair[2];

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, buffer);
	ksocket_connected(test, AF_INET, pair);
	ksocket_assert(test, ksetsockopt(pair[0], SOL_SOCKET, SO_LINGER,
					 &linger, sizeof(linger)), 0);
	while (ksend(pair[0], buffer, 65536, MSG_DONTWAIT) > 0)
		;
	begin = jiffies;
	ksocket_drop(test, pair[0]);
	KUNIT_EXPECT_TRUE(test, jiffies - begin >= msecs_to_jiffies(900));
	KUNIT_EXPECT_TRUE(test, jiffies - begin < msecs_to_jiffies(4000));
}

/* The FIN is lost because the socket is bound to no existing device. */
static void closing_ends_a_connection_that_nobody_hears(struct kunit *test)
{
	int patience = 100, nowhere = INT_MAX;
	unsigned long end = jiffies + 10 * HZ;
	ksocket_t pair[2];
	struct sock *sk;

	ksocket_connected(test, AF_INET, pair);
	ksocket_assert(test, ksetsockopt(pair[0], SOL_TCP, TCP_USER_TIMEOUT,
					 &patience, sizeof(patience)), 0);
	ksocket_assert(test, ksetsockopt(pair[0], SOL_SOCKET,
					 SO_BINDTOIFINDEX, &nowhere,
					 sizeof(nowhere)), 0);
	sk = pair[0]->sk;
	sock_hold(sk);
	ksocket_drop(test, pair[0]);
	while (READ_ONCE(sk->sk_state) != TCP_CLOSE &&
	       time_before(jiffies, end))
		msleep(20);
	ksocket_expect(test, READ_ONCE(sk->sk_state), TCP_CLOSE);
	sock_put(sk);
}

#ifdef CONFIG_PROC_FS
/* Only sockets that hold their namespace are counted there. */
static void closing_leaves_the_count_of_the_namespace(struct kunit *test)
{
	int before = sock_inuse_get(&init_net);
	unsigned long end = jiffies + 5 * HZ;
	ksocket_t pair[2];
	int i;

	for (i = 0; i < 10; i++) {
		ksocket_connected(test, AF_INET, pair);
		ksocket_drop(test, pair[0]);
		ksocket_drop(test, pair[1]);
		kclose(ksocket(AF_INET, SOCK_DGRAM, 0));
	}
	/* Closed connections stay for a while. */
	while (sock_inuse_get(&init_net) != before && time_before(jiffies, end))
		msleep(20);
	ksocket_expect(test, sock_inuse_get(&init_net), before);
}
#endif

static void closing_gives_the_port_back(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t sock = ksocket_bound(test, AF_INET, SOCK_DGRAM, &name);
	ksocket_t next = ksocket_make(test, AF_INET, SOCK_DGRAM);

	ksocket_expect(test, kbind(next, &name.any, name.len), -EADDRINUSE);
	ksocket_drop(test, sock);
	ksocket_expect(test, kbind(next, &name.any, name.len), 0);
}

static struct kunit_case ksocket_life_cases[] = {
	/* First: later cases leave connections that are still closing. */
#ifdef CONFIG_PROC_FS
	KUNIT_CASE(closing_leaves_the_count_of_the_namespace),
#endif
	KUNIT_CASE(ksocket_makes_a_socket_of_the_kernel),
	KUNIT_CASE(ksocket_gives_null_for_any_failure),
	KUNIT_CASE(create_makes_a_socket_in_its_namespace),
#ifdef CONFIG_PROC_FS
	KUNIT_CASE(a_held_namespace_is_counted_until_the_close),
#endif
	KUNIT_CASE(a_held_namespace_is_refused_as_another),
	KUNIT_CASE(create_refuses_families_that_need_a_process),
	KUNIT_CASE(create_refuses_null_places_with_efault),
	KUNIT_CASE(create_refuses_flags_of_files_with_eopnotsupp),
	KUNIT_CASE(create_tells_what_is_impossible),
	KUNIT_CASE(a_pair_is_connected_both_ways),
	KUNIT_CASE(a_pair_that_cannot_be_leaves_no_socket),
	KUNIT_CASE(listening_without_a_socket_is_enotsock),
	KUNIT_CASE(a_datagram_socket_cannot_listen),
	KUNIT_CASE(the_backlog_ends_at_somaxconn),
	KUNIT_CASE(shutdown_tells_what_it_cannot_do),
	KUNIT_CASE(shutting_down_one_direction_leaves_the_other),
	KUNIT_CASE(closing_is_always_zero_also_without_a_socket),
	KUNIT_CASE(closing_lingers_as_long_as_it_was_told),
	KUNIT_CASE(closing_ends_a_connection_that_nobody_hears),
	KUNIT_CASE(closing_gives_the_port_back),
	{ }
};

struct kunit_suite ksocket_life_suite = {
	.name = "ksocket_life",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_life_cases,
};
