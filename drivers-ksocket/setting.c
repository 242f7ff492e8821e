// SPDX-License-Identifier: GPL-2.0-only
/*
 * Settings that most users of sockets need, without their encoding as options
 */

#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/net.h>
#include <linux/socket.h>
#include <linux/tcp.h>
#include <linux/time_types.h>
#include <linux/time64.h>
#include <net/ksocket.h>
#include <net/sock.h>

#include "internal.h"

static int ksocket_limit(ksocket_t sock, int optname, int ms)
{
	struct __kernel_sock_timeval time = {
		.tv_sec = ms / MSEC_PER_SEC,
		.tv_usec = ms % MSEC_PER_SEC * USEC_PER_MSEC,
	};

	return ksetsockopt(sock, SOL_SOCKET, optname, &time, sizeof(time));
}

/**
 * ksocket_set_timeouts - limit how long calls on a socket sleep
 * @sock: socket
 * @receive_ms: for krecv() and kaccept(), in milliseconds, 0 for no limit
 * @send_ms: for ksend() and kconnect(), in milliseconds, 0 for no limit
 *
 * Sets SO_RCVTIMEO_NEW and SO_SNDTIMEO_NEW. May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EINVAL for a negative time.
 */
int ksocket_set_timeouts(ksocket_t sock, int receive_ms, int send_ms)
{
	int ret;

	if (!sock)
		return -ENOTSOCK;
	if (receive_ms < 0 || send_ms < 0)
		return -EINVAL;

	ret = ksocket_limit(sock, SO_RCVTIMEO_NEW, receive_ms);
	if (ret)
		return ret;
	return ksocket_limit(sock, SO_SNDTIMEO_NEW, send_ms);
}
EXPORT_SYMBOL_GPL(ksocket_set_timeouts);

/**
 * ksocket_set_nodelay - send small amounts of data at once
 * @sock: TCP socket
 * @on: true to set TCP_NODELAY, false to clear it
 *
 * May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EOPNOTSUPP for anything but TCP.
 */
int ksocket_set_nodelay(ksocket_t sock, bool on)
{
	int value = on;

	if (!sock)
		return -ENOTSOCK;
	if (!ksocket_is_tcp(sock->sk))
		return -EOPNOTSUPP;
	return ksetsockopt(sock, IPPROTO_TCP, TCP_NODELAY, &value,
			   sizeof(value));
}
EXPORT_SYMBOL_GPL(ksocket_set_nodelay);

/**
 * ksocket_set_reuseaddr - allow a local address that old connections still use
 * @sock: socket
 * @on: true to set SO_REUSEADDR, false to clear it
 *
 * May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock.
 */
int ksocket_set_reuseaddr(ksocket_t sock, bool on)
{
	int value = on;

	return ksetsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &value,
			   sizeof(value));
}
EXPORT_SYMBOL_GPL(ksocket_set_reuseaddr);

/**
 * ksocket_set_reclaim - use a socket while the kernel reclaims memory
 * @sock: socket
 * @on: true for a socket that block devices or swap depend on
 *
 * Calls on such a socket allocate memory without starting input or output that
 * might need the same socket, and packets for it may use the memory reserves.
 * A socket from kaccept() is set as its listener. May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock.
 */
int ksocket_set_reclaim(ksocket_t sock, bool on)
{
	struct sock *sk;

	if (!sock)
		return -ENOTSOCK;

	sk = sock->sk;
	lock_sock(sk);
	if (on && !sock_flag(sk, SOCK_MEMALLOC)) {
		sk->sk_allocation = GFP_NOIO;
		sk_set_memalloc(sk);
	} else if (!on && sock_flag(sk, SOCK_MEMALLOC)) {
		sk_clear_memalloc(sk);
		sk->sk_allocation = GFP_KERNEL;
	}
	release_sock(sk);
	return 0;
}
EXPORT_SYMBOL_GPL(ksocket_set_reclaim);

/*
 * An accepted socket is a copy of its listener. The kernel counts the sockets
 * that use the reserves, but not the copies.
 */
void ksocket_join_reclaim(struct socket *sock)
{
	if (sock_flag(sock->sk, SOCK_MEMALLOC))
		sk_set_memalloc(sock->sk);
}

/* So that the count is right also if the caller does not undo it. */
void ksocket_leave_reclaim(struct socket *sock)
{
	if (sock->sk && sock_flag(sock->sk, SOCK_MEMALLOC))
		ksocket_set_reclaim(sock, false);
}
