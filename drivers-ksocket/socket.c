// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of a socket: made, listening, shut down, closed
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
 * ksocket - make a socket
 * @domain: address family, such as AF_INET
 * @type: SOCK_STREAM, SOCK_DGRAM and so on, without SOCK_NONBLOCK or
 *	SOCK_CLOEXEC: there is no file they could belong to
 * @protocol: protocol of the family, 0 for the usual one of @type
 *
 * The socket lives in the initial network namespace and belongs to the kernel,
 * not to the current process. May sleep; may load the family's module.
 *
 * Return: a socket for the caller to kclose(), or NULL on any failure.
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
 * ksocket_create - make a socket and tell why not
 * @net: network namespace, such as &init_net
 * @domain: address family, such as AF_INET
 * @type: SOCK_STREAM, SOCK_DGRAM and so on, without SOCK_NONBLOCK or
 *	SOCK_CLOEXEC
 * @protocol: protocol of the family, 0 for the usual one of @type
 * @sock: where to put the socket, for the caller to kclose(); NULL on failure
 *
 * The socket belongs to the kernel and holds no reference to @net: another
 * namespace than &init_net must outlive it, for instance because the caller
 * closes it in a pernet exit. May sleep; may load the family's module.
 *
 * Return: 0; -EFAULT for a NULL @net or @sock; -EOPNOTSUPP for SOCK_NONBLOCK
 * or SOCK_CLOEXEC; -EINVAL for an impossible @type; -EAFNOSUPPORT for an
 * unknown @domain; -EPROTONOSUPPORT for a @protocol that does not fit; or
 * another negative errno as from socket(2).
 */
int ksocket_create(struct net *net, int domain, int type, int protocol,
		   ksocket_t *sock)
{
	if (!sock)
		return -EFAULT;
	*sock = NULL;
	if (!net)
		return -EFAULT;
	if (type >= 0 && type & KSOCKET_FILE_FLAGS)
		return -EOPNOTSUPP;

	/* Other flags push @type past SOCK_MAX, which is refused in there. */
	return sock_create_kern(net, domain, type, protocol, sock);
}
EXPORT_SYMBOL_GPL(ksocket_create);

static int ksocket_join(ksocket_t first, ksocket_t second)
{
	int ret;

	ret = security_socket_socketpair(first, second);
	if (ret)
		return ret;
	return READ_ONCE(first->ops)->socketpair(first, second);
}

/**
 * ksocketpair - make two sockets that are connected to each other
 * @domain: address family, AF_UNIX for instance
 * @type: as for ksocket_create()
 * @protocol: as for ksocket_create()
 * @pair: where to put the two, for the caller to kclose(); NULL on failure
 *
 * Both live in the initial network namespace. May sleep; may load the family's
 * module.
 *
 * Return: 0; -EFAULT for a NULL @pair; -EOPNOTSUPP if the family has no pairs;
 * otherwise as for ksocket_create().
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
 * klisten - let a bound socket take connections
 * @sock: stream socket
 * @backlog: connections that may wait; as for listen(2) the sysctl
 *	net.core.somaxconn is the limit, and a negative value asks for it
 *
 * May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EOPNOTSUPP if the protocol does not
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
 * kshutdown - end one or both directions of a socket
 * @sock: socket
 * @how: SHUT_RD, SHUT_WR or SHUT_RDWR
 *
 * Wakes tasks that sleep in kaccept(), krecv() or ksend() on @sock; they find
 * the end of the stream or an error. This is how one task stops another one
 * before kclose(), which must not run while @sock is in use. A task in
 * kconnect() finds -ECONNRESET, but some kernels leave it alone, and all do
 * with one that waits for room at an AF_UNIX peer: give such a socket a send
 * timeout. May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EINVAL for another @how; -ENOTCONN
 * if @sock has no peer (sleepers on a datagram socket are woken all the same);
 * -EBUSY if a task is in kconnect() and the kernel leaves it alone; or another
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
 * A closed connection of TCP, multipath TCP or SCTP goes on with timers, which
 * look into its namespace, and a socket of the kernel holds no reference to
 * that. Some kernels let them, others stop them, and then what is lost is never
 * sent again. So give it the reference that a socket of user space has, which
 * any other protocol gives back at once; and where the namespace is about to
 * go, leave nothing behind that could outlive it.
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
 * kclose - give a socket back
 * @sock: socket that nobody uses any more, or NULL
 *
 * Frees @sock: neither the caller nor another task may touch it afterwards.
 * May sleep, for as long as SO_LINGER says. TCP goes on afterwards to send
 * what was not yet sent or was lost, until the peer has it or TCP gives up. The
 * namespace is kept for as long, except in the exit of a pernet operation:
 * there the connection is reset.
 *
 * Return: always 0.
 */
int kclose(ksocket_t sock)
{
	if (!sock)
		return 0;
	if (ksocket_may_linger(sock->sk))
		ksocket_let_finish(sock->sk);
	sock_release(sock);
	return 0;
}
EXPORT_SYMBOL_GPL(kclose);

MODULE_DESCRIPTION("BSD-style socket calls for kernel code");
MODULE_LICENSE("GPL");
