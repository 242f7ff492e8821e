// SPDX-License-Identifier: GPL-2.0-only
/*
 * Settings that are made without an option and its encoding
 */

#include <linux/gfp.h>
#include <linux/jiffies.h>
#include <linux/net.h>
#include <linux/tcp.h>
#include <net/sock.h>

#include "loopback.h"

static void timeouts_limit_both_directions(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);

	ksocket_expect(test, ksocket_set_timeouts(sock, 1500, 2000), 0);
	ksocket_expect(test, sock->sk->sk_rcvtimeo, msecs_to_jiffies(1500));
	ksocket_expect(test, sock->sk->sk_sndtimeo, msecs_to_jiffies(2000));
	ksocket_expect(test, ksocket_set_timeouts(sock, 0, 0), 0);
	ksocket_expect(test, sock->sk->sk_rcvtimeo, MAX_SCHEDULE_TIMEOUT);
	ksocket_expect(test, sock->sk->sk_sndtimeo, MAX_SCHEDULE_TIMEOUT);
}

static void timeouts_that_cannot_be_are_refused(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);

	ksocket_expect(test, ksocket_set_timeouts(NULL, 1, 1), -ENOTSOCK);
	ksocket_expect(test, ksocket_set_timeouts(sock, -1, 1), -EINVAL);
	ksocket_expect(test, ksocket_set_timeouts(sock, 1, -1), -EINVAL);
	ksocket_expect(test, sock->sk->sk_rcvtimeo, MAX_SCHEDULE_TIMEOUT);
	ksocket_expect(test, sock->sk->sk_sndtimeo, MAX_SCHEDULE_TIMEOUT);
}

static int ksocket_ask(ksocket_t sock, int level, int optname)
{
	int value = -1, len = sizeof(value);
	int ret;

	ret = kgetsockopt(sock, level, optname, &value, &len);
	return ret ? ret : value;
}

static void nodelay_is_set_and_cleared_on_tcp(struct kunit *test)
{
	ksocket_t datagram = ksocket_make(test, AF_INET, SOCK_DGRAM);
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);

	ksocket_expect(test, ksocket_set_nodelay(sock, true), 0);
	ksocket_expect(test, ksocket_ask(sock, IPPROTO_TCP, TCP_NODELAY), 1);
	ksocket_expect(test, ksocket_set_nodelay(sock, false), 0);
	ksocket_expect(test, ksocket_ask(sock, IPPROTO_TCP, TCP_NODELAY), 0);
	ksocket_expect(test, ksocket_set_nodelay(datagram, true), -EOPNOTSUPP);
	ksocket_expect(test, ksocket_set_nodelay(NULL, true), -ENOTSOCK);
}

static void reuseaddr_is_set_and_cleared(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);

	ksocket_expect(test, ksocket_set_reuseaddr(sock, true), 0);
	ksocket_expect(test, ksocket_ask(sock, SOL_SOCKET, SO_REUSEADDR), 1);
	ksocket_expect(test, ksocket_set_reuseaddr(sock, false), 0);
	ksocket_expect(test, ksocket_ask(sock, SOL_SOCKET, SO_REUSEADDR), 0);
	ksocket_expect(test, ksocket_set_reuseaddr(NULL, true), -ENOTSOCK);
}

static void reuseport_lets_two_sockets_share_a_port(struct kunit *test)
{
	ksocket_t second = ksocket_make(test, AF_INET, SOCK_DGRAM);
	ksocket_t first = ksocket_make(test, AF_INET, SOCK_DGRAM);
	struct ksocket_name name = ksocket_loopback(AF_INET, 0);

	ksocket_expect(test, ksocket_set_reuseport(NULL, true), -ENOTSOCK);
	ksocket_expect(test, ksocket_set_reuseport(first, true), 0);
	ksocket_assert(test, kbind(first, &name.any, name.len), 0);
	name.len = sizeof(name.storage);
	ksocket_assert(test, kgetsockname(first, &name.any, &name.len), 0);
	ksocket_expect(test, kbind(second, &name.any, name.len), -EADDRINUSE);
	ksocket_expect(test, ksocket_set_reuseport(second, true), 0);
	ksocket_expect(test, kbind(second, &name.any, name.len), 0);
	ksocket_expect(test, ksocket_set_reuseport(second, false), 0);
	ksocket_expect(test, ksocket_ask(second, SOL_SOCKET, SO_REUSEPORT), 0);
}

static void keepalive_is_set_and_cleared_on_tcp(struct kunit *test)
{
	ksocket_t datagram = ksocket_make(test, AF_INET, SOCK_DGRAM);
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);

	ksocket_expect(test, ksocket_set_keepalive(sock, 11, 12, 13), 0);
	ksocket_expect(test, ksocket_ask(sock, SOL_SOCKET, SO_KEEPALIVE), 1);
	ksocket_expect(test, ksocket_ask(sock, IPPROTO_TCP, TCP_KEEPIDLE), 11);
	ksocket_expect(test, ksocket_ask(sock, IPPROTO_TCP, TCP_KEEPINTVL),
		       12);
	ksocket_expect(test, ksocket_ask(sock, IPPROTO_TCP, TCP_KEEPCNT), 13);
	ksocket_expect(test, ksocket_set_keepalive(sock, 0, 0, 0), 0);
	ksocket_expect(test, ksocket_ask(sock, SOL_SOCKET, SO_KEEPALIVE), 0);
	ksocket_expect(test, ksocket_set_keepalive(sock, -1, 1, 1), -EINVAL);
	ksocket_expect(test, ksocket_set_keepalive(sock, 1, 0, 1), -EINVAL);
	ksocket_expect(test, ksocket_set_keepalive(sock, 1, 1, 0), -EINVAL);
	ksocket_expect(test, ksocket_ask(sock, SOL_SOCKET, SO_KEEPALIVE), 0);
	ksocket_expect(test, ksocket_set_keepalive(datagram, 1, 1, 1),
		       -EOPNOTSUPP);
	ksocket_expect(test, ksocket_set_keepalive(NULL, 1, 1, 1), -ENOTSOCK);
}

static void priority_is_set(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);

	ksocket_expect(test, ksocket_set_priority(sock, 6), 0);
	ksocket_expect(test, ksocket_ask(sock, SOL_SOCKET, SO_PRIORITY), 6);
	ksocket_expect(test, ksocket_set_priority(NULL, 6), -ENOTSOCK);
}

static void tos_is_set_on_ipv4(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);

	ksocket_expect(test, ksocket_set_tos(sock, 0xb8), 0);
	ksocket_expect(test, ksocket_ask(sock, IPPROTO_IP, IP_TOS), 0xb8);
	ksocket_expect(test, ksocket_set_tos(sock, -1), -EINVAL);
	ksocket_expect(test, ksocket_set_tos(sock, 256), -EINVAL);
	ksocket_expect(test, ksocket_set_tos(NULL, 0), -ENOTSOCK);
	ksocket_expect(test, ksocket_ask(sock, IPPROTO_IP, IP_TOS), 0xb8);
}

static void tos_is_set_on_ipv6(struct kunit *test)
{
	ksocket_t sock;

	ksocket_need(test, AF_INET6);
	sock = ksocket_make(test, AF_INET6, SOCK_STREAM);
	ksocket_expect(test, ksocket_set_tos(sock, 0xb8), 0);
	ksocket_expect(test, ksocket_ask(sock, IPPROTO_IPV6, IPV6_TCLASS),
		       0xb8);
	ksocket_expect(test, ksocket_ask(sock, IPPROTO_IP, IP_TOS), 0xb8);
}

static void tos_is_refused_on_af_unix(struct kunit *test)
{
	ksocket_t sock;

	ksocket_need(test, AF_UNIX);
	sock = ksocket_make(test, AF_UNIX, SOCK_STREAM);
	ksocket_expect(test, ksocket_set_tos(sock, 0xb8), -EOPNOTSUPP);
}

static void linger_chooses_what_close_does(struct kunit *test)
{
	ksocket_t pair[2];
	char got;

	ksocket_connected(test, AF_INET, pair);
	ksocket_expect(test, ksocket_set_linger(NULL, 0), -ENOTSOCK);
	ksocket_expect(test, ksocket_set_linger(pair[0], 7), 0);
	KUNIT_EXPECT_TRUE(test, sock_flag(pair[0]->sk, SOCK_LINGER));
	ksocket_expect(test, pair[0]->sk->sk_lingertime, 7 * HZ);
	ksocket_expect(test, ksocket_set_linger(pair[0], -1), 0);
	KUNIT_EXPECT_FALSE(test, sock_flag(pair[0]->sk, SOCK_LINGER));
	ksocket_expect(test, ksocket_set_linger(pair[0], 0), 0);
	ksocket_drop(test, pair[0]);
	ksocket_expect(test, krecv(pair[1], &got, 1, 0), -ECONNRESET);
}

static void buffers_get_their_sizes(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
	int before = ksocket_ask(sock, SOL_SOCKET, SO_SNDBUF);

	ksocket_expect(test, ksocket_set_buffers(sock, 30000, 0), 0);
	ksocket_expect(test, ksocket_ask(sock, SOL_SOCKET, SO_RCVBUF), 60000);
	ksocket_expect(test, ksocket_ask(sock, SOL_SOCKET, SO_SNDBUF), before);
	ksocket_expect(test, ksocket_set_buffers(sock, 0, 20000), 0);
	ksocket_expect(test, ksocket_ask(sock, SOL_SOCKET, SO_RCVBUF), 60000);
	ksocket_expect(test, ksocket_ask(sock, SOL_SOCKET, SO_SNDBUF), 40000);
	ksocket_expect(test, ksocket_set_buffers(sock, -1, 0), -EINVAL);
	ksocket_expect(test, ksocket_set_buffers(sock, 0, -1), -EINVAL);
	ksocket_expect(test, ksocket_set_buffers(NULL, 0, 0), -ENOTSOCK);
}

static void ksocket_check_reclaim(struct kunit *test, ksocket_t sock, bool on)
{
	gfp_t expected = on ? GFP_NOIO | __GFP_MEMALLOC : GFP_KERNEL;

	KUNIT_EXPECT_TRUE(test, sock->sk->sk_allocation == expected);
	ksocket_expect(test, sock_flag(sock->sk, SOCK_MEMALLOC), on);
}

static void a_socket_for_reclaim_uses_the_reserves(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	int i;

	ksocket_check_reclaim(test, sock, false);
	for (i = 0; i < 2; i++) {
		ksocket_expect(test, ksocket_set_reclaim(sock, true), 0);
		ksocket_check_reclaim(test, sock, true);
	}
	for (i = 0; i < 2; i++) {
		ksocket_expect(test, ksocket_set_reclaim(sock, false), 0);
		ksocket_check_reclaim(test, sock, false);
	}
	ksocket_expect(test, ksocket_set_reclaim(NULL, true), -ENOTSOCK);
}

/* The kernel counts the sockets that use the reserves. */
static void an_accepted_socket_is_for_reclaim_too(struct kunit *test)
{
	int before = static_key_count(&memalloc_socks_key.key);
	struct ksocket_name name;
	ksocket_t listener = ksocket_listener(test, AF_INET, &name);
	ksocket_t client = ksocket_make(test, AF_INET, SOCK_STREAM);
	ksocket_t conn;

	ksocket_expect(test, ksocket_set_reclaim(listener, true), 0);
	ksocket_assert(test, kconnect(client, &name.any, name.len), 0);
	ksocket_assert(test, kaccept4(listener, NULL, NULL, 0, &conn), 0);
	ksocket_keep(test, conn);
	ksocket_check_reclaim(test, conn, true);
	ksocket_expect(test, static_key_count(&memalloc_socks_key.key),
		       before + 2);

	ksocket_drop(test, conn);
	ksocket_drop(test, listener);
	ksocket_expect(test, static_key_count(&memalloc_socks_key.key), before);
}

static struct kunit_case ksocket_setting_cases[] = {
	KUNIT_CASE(timeouts_limit_both_directions),
	KUNIT_CASE(timeouts_that_cannot_be_are_refused),
	KUNIT_CASE(nodelay_is_set_and_cleared_on_tcp),
	KUNIT_CASE(reuseaddr_is_set_and_cleared),
	KUNIT_CASE(reuseport_lets_two_sockets_share_a_port),
	KUNIT_CASE(keepalive_is_set_and_cleared_on_tcp),
	KUNIT_CASE(priority_is_set),
	KUNIT_CASE(tos_is_set_on_ipv4),
	KUNIT_CASE(tos_is_set_on_ipv6),
	KUNIT_CASE(tos_is_refused_on_af_unix),
	KUNIT_CASE(linger_chooses_what_close_does),
	KUNIT_CASE(buffers_get_their_sizes),
	KUNIT_CASE(a_socket_for_reclaim_uses_the_reserves),
	KUNIT_CASE(an_accepted_socket_is_for_reclaim_too),
	{ }
};

struct kunit_suite ksocket_setting_suite = {
	.name = "ksocket_setting",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_setting_cases,
};
