// SPDX-License-Identifier: GPL-2.0-only
/*
 * Common options of TCP, IP and IPv6, read from the fields that hold them
 *
 * Used where the kernel has no function to call, or one whose answer differs
 * between kernels. Only fields with the same meaning in every supported
 * kernel are read.
 */

#include <linux/ipv6.h>
#include <linux/kernel.h>
#include <linux/tcp.h>
#include <net/inet_sock.h>
#include <net/sock.h>
#include <net/tcp.h>

#include "internal.h"

static int ksocket_tcp_maxseg(const struct sock *sk)
{
	const struct tcp_sock *tp = tcp_sk(sk);
	bool unconnected = sk->sk_state == TCP_CLOSE ||
			   sk->sk_state == TCP_LISTEN;
	int wish = READ_ONCE(tp->rx_opt.user_mss);

	if (tp->repair)
		return tp->rx_opt.mss_clamp;
	return unconnected && wish ? wish : tp->mss_cache;
}

static int ksocket_tcp_field(const struct sock *sk, int optname, int *value)
{
	const struct inet_connection_sock *icsk = inet_csk(sk);
	const struct netns_ipv4 *ipv4 = &sock_net(sk)->ipv4;
	const struct tcp_sock *tp = tcp_sk(sk);

	switch (optname) {
	case TCP_CORK:
		*value = !!(tp->nonagle & TCP_NAGLE_CORK);
		return 0;
	case TCP_KEEPCNT:
		*value = keepalive_probes(tp);
		return 0;
	case TCP_KEEPIDLE:
		*value = keepalive_time_when(tp) / HZ;
		return 0;
	case TCP_KEEPINTVL:
		*value = keepalive_intvl_when(tp) / HZ;
		return 0;
	case TCP_MAXSEG:
		*value = ksocket_tcp_maxseg(sk);
		return 0;
	case TCP_NODELAY:
		*value = !!(tp->nonagle & TCP_NAGLE_OFF);
		return 0;
	case TCP_SYNCNT:
		*value = READ_ONCE(icsk->icsk_syn_retries);
		if (!*value)
			*value = READ_ONCE(ipv4->sysctl_tcp_syn_retries);
		return 0;
	case TCP_USER_TIMEOUT:
		*value = READ_ONCE(icsk->icsk_user_timeout);
		return 0;
	default:
		return -EOPNOTSUPP;
	}
}

static int ksocket_ip_field(const struct sock *sk, int optname, int *value)
{
	const struct netns_ipv4 *ipv4 = &sock_net(sk)->ipv4;
	const struct inet_sock *inet = inet_sk(sk);

	switch (optname) {
	case IP_MTU_DISCOVER:
		*value = READ_ONCE(inet->pmtudisc);
		return 0;
	case IP_MULTICAST_TTL:
		*value = READ_ONCE(inet->mc_ttl);
		return 0;
	case IP_TOS:
		*value = READ_ONCE(inet->tos);
		return 0;
	case IP_TTL:
		*value = READ_ONCE(inet->uc_ttl);
		if (*value < 0)
			*value = READ_ONCE(ipv4->sysctl_ip_default_ttl);
		return 0;
	default:
		return -EOPNOTSUPP;
	}
}

static int ksocket_ipv6_field(const struct sock *sk, int optname, int *value)
{
	switch (optname) {
	case IPV6_TCLASS:
		*value = inet6_sk(sk)->tclass;
		return 0;
	case IPV6_V6ONLY:
		*value = sk->sk_ipv6only;
		return 0;
	default:
		return -EOPNOTSUPP;
	}
}

static int ksocket_put_tcp_info(struct sock *sk, void *optval, int *optlen)
{
	struct tcp_info info;

	tcp_get_info(sk, &info);
	return ksocket_put_option(optval, optlen, &info, sizeof(info));
}

int ksocket_get_protocol_field(struct sock *sk, int level, int optname,
			       void *optval, int *optlen)
{
	int value, ret;
	u8 byte;

	switch (level) {
	case SOL_TCP:
		if (optname == TCP_INFO)
			return ksocket_put_tcp_info(sk, optval, optlen);
		ret = ksocket_tcp_field(sk, optname, &value);
		break;
	case SOL_IP:
		ret = ksocket_ip_field(sk, optname, &value);
		break;
	case SOL_IPV6:
		ret = ksocket_ipv6_field(sk, optname, &value);
		break;
	default:
		ret = -EOPNOTSUPP;
	}
	if (ret)
		return ret;

	/* ip(7): a buffer smaller than an int gets one byte. */
	if (level == SOL_IP && *optlen < (int)sizeof(value)) {
		byte = value;
		return ksocket_put_option(optval, optlen, &byte, sizeof(byte));
	}
	return ksocket_put_option(optval, optlen, &value, sizeof(value));
}
