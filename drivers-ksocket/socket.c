// SPDX-License-Identifier: GPL-2.0-only
/*
 * Creating, listening on, shutting down and closing sockets
 */

#include <linux/export.h>
#include <linux/module.h>
#include <linux/net.h>
#include <linux/security.h>
#include <linux/socket.h>
#include <net/ksocket.h>
#include <net/net_namespace.h>
#include <net/sock.h>

#include "internal.h"

/**
 * ksocket - create a socket
 * @domain: address family, such as AF_INET
 * @type: SOCK_STREAM, SOCK_DGRAM and so on, without SOCK_NONBLOCK or
 *	SOCK_CLOEXEC: they apply to a file descriptor
 * @protocol: protocol of the family, 0 for the default one of @type
 *
 * The socket is a kernel socket in the initial network namespace. May sleep;
 * may load the family's module.
 *
 * Return: a socket that the caller must kclose(), or NULL on any failure.
 */
ksocket_t ksocket(int domain, int type, int protocol)
{
	ksocket_t sock;

	if (ksocket_create(&init_net, domain, type, protocol, &sock))
		return NULL;
	return sock;
}
EXPORT_SYMBOL_GPL(ksocket);

/**
 * ksocket_create - create a socket, with an error code
 * @net: network namespace, such as &init_net
 * @domain: address family, such as AF_INET
 * @type: SOCK_STREAM, SOCK_DGRAM and so on, without SOCK_NONBLOCK or
 *	SOCK_CLOEXEC
 * @protocol: protocol of the family, 0 for the default one of @type
 * @sock: set to the socket, which the caller must kclose(); NULL on failure
 *
 * The socket is a kernel socket and holds no reference to @net: a namespace
 * other than &init_net must outlive it, for instance because the caller closes
 * it in the exit of a pernet operation. May sleep; may load the family's
 * module.
 *
 * Return: 0; -EFAULT for a NULL @net or @sock; -EOPNOTSUPP for SOCK_NONBLOCK
 * or SOCK_CLOEXEC, and for AF_ALG, AF_NETLINK, AF_SMC, AF_XDP and IPPROTO_SMC,
 * which need a file descriptor or a process; -EINVAL for an invalid @type;
 * -EAFNOSUPPORT for an unknown @domain; -EPROTONOSUPPORT for a @protocol that
 * does not fit; or another negative errno as from socket(2).
 */
int ksocket_create(struct net *net, int domain, int type, int protocol,
		   ksocket_t *sock)
{
	int ret;

	if (!sock)
		return -EFAULT;
	*sock = NULL;
	if (!net)
		return -EFAULT;
	if (type >= 0 && type & KSOCKET_FILE_FLAGS)
		return -EOPNOTSUPP;

	ret = ksocket_check_family(domain, protocol);
	if (ret)
		return ret;

	/* With other flags @type exceeds SOCK_MAX, which this call rejects. */
	return sock_create_kern(net, domain, type, protocol, sock);
}
EXPORT_SYMBOL_GPL(ksocket_create);

/**
 * ksocket_create_held - create a socket that holds its network namespace
 * @net: network namespace, to which the caller holds a reference
 * @domain: as for ksocket_create()
 * @type: as for ksocket_create()
 * @protocol: as for ksocket_create()
 * @sock: set to the socket, which the caller must kclose(); NULL on failure
 *
 * As ksocket_create(), but the socket holds a reference to @net until it is
 * closed, as a socket of a user program does. May sleep; may load the family's
 * module.
 *
 * Return: as for ksocket_create().
 */
int ksocket_create_held(struct net *net, int domain, int type, int protocol,
			ksocket_t *sock)
{
	int ret;

	ret = ksocket_create(net, domain, type, protocol, sock);
	if (!ret && !(*sock)->sk->sk_net_refcnt)
		ksocket_hold_net((*sock)->sk);
	return ret;
}
EXPORT_SYMBOL_GPL(ksocket_create_held);

static int ksocket_join(ksocket_t first, ksocket_t second)
{
	int ret;

	ret = security_socket_socketpair(first, second);
	if (ret)
		return ret;
	return READ_ONCE(first->ops)->socketpair(first, second);
}

/**
 * ksocketpair - create a pair of connected sockets
 * @domain: address family, such as AF_UNIX
 * @type: as for ksocket_create()
 * @protocol: as for ksocket_create()
 * @pair: set to the sockets, which the caller must kclose(); NULL on failure
 *
 * Both are in the initial network namespace. May sleep; may load the family's
 * module.
 *
 * Return: 0; -EFAULT for a NULL @pair; -EOPNOTSUPP if the family does not
 * support pairs; otherwise as for ksocket_create().
 */
int ksocketpair(int domain, int type, int protocol, ksocket_t pair[2])
{
	int ret;

	if (!pair)
		return -EFAULT;

	pair[1] = NULL;
	ret = ksocket_create(&init_net, domain, type, protocol, &pair[0]);
	if (!ret)
		ret = ksocket_create(&init_net, domain, type, protocol,
				     &pair[1]);
	if (!ret)
		ret = ksocket_join(pair[0], pair[1]);
	if (!ret)
		return 0;

	kclose(pair[0]);
	kclose(pair[1]);
	pair[0] = NULL;
	pair[1] = NULL;
	return ret;
}
EXPORT_SYMBOL_GPL(ksocketpair);

/**
 * klisten - listen for connections on a bound socket
 * @sock: stream socket
 * @backlog: maximum number of pending connections; as for listen(2), the sysctl
 *	net.core.somaxconn is the limit, and a negative value selects it
 *
 * May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EOPNOTSUPP if the protocol cannot
 * listen; or another negative errno as from listen(2).
 */
int klisten(ksocket_t sock, int backlog)
{
	unsigned int limit;

	if (!sock)
		return -ENOTSOCK;

	limit = READ_ONCE(sock_net(sock->sk)->core.sysctl_somaxconn);
	return kernel_listen(sock, min_t(unsigned int, backlog, limit));
}
EXPORT_SYMBOL_GPL(klisten);

/**
 * kshutdown - shut down one or both directions of a socket
 * @sock: socket
 * @how: SHUT_RD, SHUT_WR or SHUT_RDWR
 *
 * Wakes tasks that sleep in kaccept(), krecv() or ksend() on @sock; these calls
 * return the end of the stream or an error. Use it to stop another task before
 * kclose(), which must not run while @sock is in use. A task in kconnect() gets
 * -ECONNRESET, but some kernels do not wake it, and none wakes a task that
 * waits for space at an AF_UNIX peer: set a send timeout on such a socket. May
 * sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EINVAL for another @how; -ENOTCONN
 * if @sock has no peer (tasks that sleep on a datagram socket still wake up);
 * -EBUSY if a task is in kconnect() and the kernel does not wake it; or another
 * negative errno as from shutdown(2).
 */
int kshutdown(ksocket_t sock, int how)
{
	if (!sock)
		return -ENOTSOCK;
	if (how < SHUT_RD || how > SHUT_RDWR)
		return -EINVAL;
	return kernel_sock_shutdown(sock, how);
}
EXPORT_SYMBOL_GPL(kshutdown);

static bool ksocket_may_linger(const struct sock *sk)
{
	return sk && !sk->sk_net_refcnt &&
	       (sk->sk_family == AF_INET || sk->sk_family == AF_INET6);
}

/*
 * After close, TCP, multipath TCP and SCTP continue with timers that access the
 * namespace, and a kernel socket holds no reference to it. Some kernels let the
 * timers run; others stop them, and lost data is then never sent again. So take
 * the reference that a socket of user space has; other protocols drop it at
 * once. If the namespace is already being removed, close without lingering so
 * that nothing outlives it.
 */
static void ksocket_let_finish(struct sock *sk)
{
	struct net *net = maybe_get_net(sock_net(sk));

	if (!net) {
		sock_no_linger(sk);
		return;
	}
	ksocket_hold_net(sk);
	put_net(net);
}

/**
 * kclose - close a socket
 * @sock: socket that is no longer in use, or NULL
 *
 * Frees @sock: neither the caller nor another task may use it afterwards. May
 * sleep, up to the time set with SO_LINGER. TCP continues afterwards to send
 * unsent and lost data until the peer acknowledges it or TCP gives up. The
 * namespace is kept until then, except in the exit of a pernet operation: there
 * the connection is reset.
 *
 * Return: always 0.
 */
int kclose(ksocket_t sock)
{
	if (!sock)
		return 0;
	ksocket_leave_callbacks(sock);
	ksocket_leave_reclaim(sock->sk);
	if (ksocket_may_linger(sock->sk))
		ksocket_let_finish(sock->sk);
	ksocket_release(sock);
	return 0;
}
EXPORT_SYMBOL_GPL(kclose);

MODULE_DESCRIPTION("BSD-style socket calls for kernel code");
MODULE_LICENSE("GPL");
