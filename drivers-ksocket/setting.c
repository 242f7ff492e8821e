// SPDX-License-Identifier: GPL-2.0-only
/*
 * Settings that most users of sockets need, without their encoding as options
 */

#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/kernel.h>
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

static int ksocket_set_int(ksocket_t sock, int level, int optname, int value)
{
	return ksetsockopt(sock, level, optname, &value, sizeof(value));
}

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
	if (!sock)
		return -ENOTSOCK;
	if (!ksocket_is_tcp(sock->sk))
		return -EOPNOTSUPP;
	return ksocket_set_int(sock, IPPROTO_TCP, TCP_NODELAY, on);
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
	return ksocket_set_int(sock, SOL_SOCKET, SO_REUSEADDR, on);
}
EXPORT_SYMBOL_GPL(ksocket_set_reuseaddr);

/**
 * ksocket_set_reuseport - let several sockets share a local address
 * @sock: socket that is not bound
 * @on: true to set SO_REUSEPORT, false to clear it
 *
 * The kernel distributes connections and datagrams among the sockets. May
 * sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; or another negative errno as from
 * setsockopt(2).
 */
int ksocket_set_reuseport(ksocket_t sock, bool on)
{
	return ksocket_set_int(sock, SOL_SOCKET, SO_REUSEPORT, on);
}
EXPORT_SYMBOL_GPL(ksocket_set_reuseport);

/**
 * ksocket_set_keepalive - find out whether the peer of an idle connection lives
 * @sock: TCP socket
 * @idle: seconds without data before the first probe, 0 to send no probes
 * @interval: seconds between two probes; ignored if @idle is 0
 * @count: unanswered probes that end the connection; ignored if @idle is 0
 *
 * Sets SO_KEEPALIVE, and with @idle TCP_KEEPIDLE, TCP_KEEPINTVL and
 * TCP_KEEPCNT. May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EOPNOTSUPP for anything but TCP;
 * -EINVAL for a number that is out of range.
 */
int ksocket_set_keepalive(ksocket_t sock, int idle, int interval, int count)
{
	int ret = 0;

	if (!sock)
		return -ENOTSOCK;
	if (!ksocket_is_tcp(sock->sk))
		return -EOPNOTSUPP;

	if (idle)
		ret = ksocket_set_int(sock, IPPROTO_TCP, TCP_KEEPIDLE, idle);
	if (idle && !ret)
		ret = ksocket_set_int(sock, IPPROTO_TCP, TCP_KEEPINTVL,
				      interval);
	if (idle && !ret)
		ret = ksocket_set_int(sock, IPPROTO_TCP, TCP_KEEPCNT, count);
	if (ret)
		return ret;
	return ksocket_set_int(sock, SOL_SOCKET, SO_KEEPALIVE, !!idle);
}
EXPORT_SYMBOL_GPL(ksocket_set_keepalive);

/**
 * ksocket_set_priority - choose the queue of the packets of a socket
 * @sock: socket
 * @priority: priority of SO_PRIORITY; more than 6 needs CAP_NET_ADMIN
 *
 * May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EPERM without the capability.
 */
int ksocket_set_priority(ksocket_t sock, int priority)
{
	return ksocket_set_int(sock, SOL_SOCKET, SO_PRIORITY, priority);
}
EXPORT_SYMBOL_GPL(ksocket_set_priority);

/**
 * ksocket_set_tos - mark the packets of a socket for routers
 * @sock: IPv4 or IPv6 socket
 * @tos: the type of service, or traffic class, 0 to 255
 *
 * Sets IP_TOS, and IPV6_TCLASS on an IPv6 socket. May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EINVAL for another @tos;
 * -EOPNOTSUPP for other families.
 */
int ksocket_set_tos(ksocket_t sock, int tos)
{
	int ret;

	if (!sock)
		return -ENOTSOCK;
	if (tos < 0 || tos > 255)
		return -EINVAL;

	switch (sock->sk->sk_family) {
	case AF_INET6:
		ret = ksocket_set_int(sock, IPPROTO_IPV6, IPV6_TCLASS, tos);
		if (ret)
			return ret;
		fallthrough;
	case AF_INET:
		return ksocket_set_int(sock, IPPROTO_IP, IP_TOS, tos);
	default:
		return -EOPNOTSUPP;
	}
}
EXPORT_SYMBOL_GPL(ksocket_set_tos);

/**
 * ksocket_set_linger - choose what kclose() does with unsent data
 * @sock: socket
 * @seconds: time that kclose() waits for the peer to acknowledge all data; 0 to
 *	discard the data and reset a TCP connection; negative to send the data
 *	after kclose(), the default
 *
 * Sets SO_LINGER. May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock.
 */
int ksocket_set_linger(ksocket_t sock, int seconds)
{
	struct linger linger = {
		.l_onoff = seconds >= 0,
		.l_linger = max(seconds, 0),
	};

	return ksetsockopt(sock, SOL_SOCKET, SO_LINGER, &linger,
			   sizeof(linger));
}
EXPORT_SYMBOL_GPL(ksocket_set_linger);

/**
 * ksocket_set_buffers - choose the size of the buffers of a socket
 * @sock: socket
 * @receive: bytes for received data, 0 to leave it as it is
 * @send: bytes for data to send, 0 to leave it as it is
 *
 * As for SO_RCVBUF and SO_SNDBUF, the kernel doubles the numbers, limits them
 * by net.core.rmem_max and net.core.wmem_max, and does not change the buffers
 * any more by itself. May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EINVAL for a negative size.
 */
int ksocket_set_buffers(ksocket_t sock, int receive, int send)
{
	int ret = 0;

	if (!sock)
		return -ENOTSOCK;
	if (receive < 0 || send < 0)
		return -EINVAL;

	if (receive)
		ret = ksocket_set_int(sock, SOL_SOCKET, SO_RCVBUF, receive);
	if (!ret && send)
		ret = ksocket_set_int(sock, SOL_SOCKET, SO_SNDBUF, send);
	return ret;
}
EXPORT_SYMBOL_GPL(ksocket_set_buffers);

static void ksocket_use_reserves(struct sock *sk, bool on)
{
	lock_sock(sk);
	if (on && !sock_flag(sk, SOCK_MEMALLOC)) {
		sk->sk_allocation = GFP_NOIO;
		sk_set_memalloc(sk);
	} else if (!on && sock_flag(sk, SOCK_MEMALLOC)) {
		sk_clear_memalloc(sk);
		sk->sk_allocation = GFP_KERNEL;
	}
	release_sock(sk);
}

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
	if (!sock)
		return -ENOTSOCK;

	ksocket_use_reserves(sock->sk, on);
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
void ksocket_leave_reclaim(struct sock *sk)
{
	if (sk && sock_flag(sk, SOCK_MEMALLOC))
		ksocket_use_reserves(sk, false);
}
