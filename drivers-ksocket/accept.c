// SPDX-License-Identifier: GPL-2.0-only
/*
 * The connections a listening socket takes
 */

#include <linux/export.h>
#include <linux/in.h>
#include <linux/net.h>
#include <linux/socket.h>
#include <net/ksocket.h>
#include <net/sock.h>

#include "internal.h"

/*
 * Where the peer speaks plain TCP, a listener of multipath TCP hands out a
 * plain TCP socket with the operations of TCP, which kernel_accept() then
 * overwrites with those of the listener. Few kernels export TCP's for IPv6, so
 * they are taken from a new socket.
 */
static int ksocket_mend_ops(struct socket *conn, const struct socket *listener)
{
	const struct sock *sk = conn->sk;
	struct socket *plain;
	int ret;

	if (listener->sk->sk_protocol != IPPROTO_MPTCP ||
	    sk->sk_protocol == IPPROTO_MPTCP)
		return 0;

	ret = sock_create_kern(sock_net(sk), sk->sk_family, sk->sk_type,
			       sk->sk_protocol, &plain);
	if (ret)
		return ret;
	WRITE_ONCE(conn->ops, READ_ONCE(plain->ops));
	sock_release(plain);
	return 0;
}

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
	ksocket_t conn;

	if (kaccept4(sock, address, address_len, 0, &conn))
		return NULL;
	return conn;
}
EXPORT_SYMBOL_GPL(kaccept);

/**
 * kaccept4 - take the next connection of a listening socket, or tell why not
 * @sock: listening socket
 * @address: room for the peer's address, or NULL
 * @address_len: as for kaccept()
 * @flags: 0, as SOCK_NONBLOCK and SOCK_CLOEXEC belong to a file
 * @conn: where to put the new socket, for the caller to kclose(); NULL on
 *	failure
 *
 * Sleeps like kaccept(); kpoll() tells beforehand whether it would.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EFAULT for a NULL @conn; -EOPNOTSUPP
 * for SOCK_NONBLOCK or SOCK_CLOEXEC, or if the protocol takes no connections;
 * -EINVAL for other @flags, for an @address without a usable @address_len and
 * if @sock does not listen or was shut down; -EAGAIN after the receive
 * timeout; -ERESTARTSYS for a signal, -EINTR for one when there is a receive
 * timeout; or another negative errno as from accept(2).
 */
int kaccept4(ksocket_t sock, struct sockaddr *address, int *address_len,
	     int flags, ksocket_t *conn)
{
	struct sockaddr_storage name = { };
	int ret;

	if (!conn)
		return -EFAULT;
	*conn = NULL;
	if (!sock)
		return -ENOTSOCK;
	if (flags)
		return flags & ~KSOCKET_FILE_FLAGS ? -EINVAL : -EOPNOTSUPP;
	if (!ksocket_name_wanted(address, address_len))
		return -EINVAL;

	ret = kernel_accept(sock, conn, 0);
	if (ret)
		return ret;
	ret = ksocket_mend_ops(*conn, sock);
	if (ret)
		goto close;
	if (!address)
		return 0;

	/*
	 * 2 asks for the peer even of a connection that is already gone, as
	 * accept(2) does; kernel_getpeername() would fail for it.
	 */
	ret = READ_ONCE((*conn)->ops)->getname(*conn, (struct sockaddr *)&name,
					       2);
	ret = ksocket_name_out(&name, ret, address, address_len);
	if (!ret)
		return 0;
close:
	kclose(*conn);
	*conn = NULL;
	return ret;
}
EXPORT_SYMBOL_GPL(kaccept4);
