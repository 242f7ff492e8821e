// SPDX-License-Identifier: GPL-2.0-only
/*
 * The position of urgent data in a TCP stream
 */

#include <linux/export.h>
#include <linux/net.h>
#include <linux/tcp.h>
#include <net/ksocket.h>
#include <net/sock.h>

#include "internal.h"

/* True if @sk is a struct tcp_sock. */
bool ksocket_is_tcp(const struct sock *sk)
{
	return (sk->sk_family == AF_INET || sk->sk_family == AF_INET6) &&
	       sk->sk_type == SOCK_STREAM && sk->sk_protocol == IPPROTO_TCP;
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
