// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of a socket: made, listening, accepted, shut down, closed
 */

#include <linux/export.h>
#include <linux/module.h>
#include <linux/net.h>
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
	struct socket *sock;

	/* Flags in @type push it past SOCK_MAX, which is refused in there. */
	if (sock_create_kern(&init_net, domain, type, protocol, &sock))
		return NULL;
	return sock;
}
EXPORT_SYMBOL_GPL(ksocket);

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
 * kaccept - take the next connection of a listening socket
 * @sock: listening socket
 * @address: room for the peer's address, or NULL
 * @address_len: with @address, the bytes there are on entry and the bytes
 *	the address really has on return; what does not fit is cut off
 *
 * Sleeps until a connection comes, the receive timeout of @sock ends, the
 * task has a signal, or another task calls kshutdown() on @sock.
 *
 * Return: a new socket for the caller to kclose(), or NULL on any failure.
 */
ksocket_t kaccept(ksocket_t sock, struct sockaddr *address, int *address_len)
{
	struct sockaddr_storage name = { };
	struct socket *conn;
	int len;

	if (!sock || !ksocket_name_wanted(address, address_len))
		return NULL;
	if (kernel_accept(sock, &conn, 0))
		return NULL;
	if (!address)
		return conn;

	/*
	 * 2 asks for the peer even of a connection that is already gone, as
	 * accept(2) does; kernel_getpeername() would fail for it.
	 */
	len = READ_ONCE(conn->ops)->getname(conn, (struct sockaddr *)&name, 2);
	if (ksocket_name_out(&name, len, address, address_len)) {
		sock_release(conn);
		return NULL;
	}
	return conn;
}
EXPORT_SYMBOL_GPL(kaccept);

/**
 * kshutdown - end one or both directions of a socket
 * @sock: socket
 * @how: SHUT_RD, SHUT_WR or SHUT_RDWR
 *
 * Wakes tasks that sleep in kaccept() or krecv() on @sock; they find the end
 * of the stream or an error. This is how one task stops another one before
 * kclose(), which must not run while @sock is in use. May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EINVAL for another @how; -ENOTCONN
 * if @sock has no peer (sleepers on a datagram socket are woken all the same);
 * or another negative errno as from shutdown(2).
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

/**
 * kclose - give a socket back
 * @sock: socket that nobody uses any more, or NULL
 *
 * Frees @sock: neither the caller nor another task may touch it afterwards.
 * May sleep, for as long as SO_LINGER says.
 *
 * Return: always 0.
 */
int kclose(ksocket_t sock)
{
	if (sock)
		sock_release(sock);
	return 0;
}
EXPORT_SYMBOL_GPL(kclose);

MODULE_DESCRIPTION("BSD-style socket calls for kernel code");
MODULE_LICENSE("GPL");
