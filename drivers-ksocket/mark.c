// SPDX-License-Identifier: GPL-2.0-only
/*
 * What only TCP has: protocols above it, and the position of urgent data
 */

#include <linux/export.h>
#include <linux/net.h>
#include <linux/tcp.h>
#include <net/inet_connection_sock.h>
#include <net/ksocket.h>
#include <net/sock.h>

#include "internal.h"

/* True if @sk is a struct tcp_sock. */
bool ksocket_is_tcp(const struct sock *sk)
{
	return (sk->sk_family == AF_INET || sk->sk_family == AF_INET6) &&
	       sk->sk_type == SOCK_STREAM && sk->sk_protocol == IPPROTO_TCP;
}

/* What was set with TCP_ULP, such as TLS; NULL for plain TCP and others. */
const struct tcp_ulp_ops *ksocket_ulp(const struct sock *sk)
{
	if (!ksocket_is_tcp(sk))
		return NULL;
	return READ_ONCE(inet_csk(sk)->icsk_ulp_ops);
}

/*
 * Older kernels do not mark in sk_user_data whose it is: there TLS takes any
 * value for its own.
 */
bool ksocket_ulp_reads_user_data(const struct sock *sk)
{
#ifdef SK_USER_DATA_PSOCK
	return false;
#else
	return ksocket_ulp(sk);
#endif
}

/**
 * ksockatmark - report whether a stream has been read up to its urgent byte
 * @sock: TCP socket
 *
 * If it has, the next krecv() without MSG_OOB starts after the urgent byte.
 * Does not sleep.
 *
 * Return: 1 if it has, 0 if not; -ENOTSOCK for a NULL @sock; -ENOTTY for
 * anything but TCP.
 */
int ksockatmark(ksocket_t sock)
{
	const struct tcp_sock *tp;

	if (!sock)
		return -ENOTSOCK;
	if (!ksocket_is_tcp(sock->sk))
		return -ENOTTY;

	/* Same as SIOCATMARK, which writes to user memory only. */
	tp = tcp_sk(sock->sk);
	return READ_ONCE(tp->urg_data) &&
	       READ_ONCE(tp->urg_seq) == READ_ONCE(tp->copied_seq);
}
EXPORT_SYMBOL_GPL(ksockatmark);
