// SPDX-License-Identifier: GPL-2.0-only
/*
 * Accepting connections on a listening socket
 */

#include <linux/export.h>
#include <linux/fcntl.h>
#include <linux/in.h>
#include <linux/net.h>
#include <linux/socket.h>
#include <net/ksocket.h>
#include <net/sock.h>

#include "internal.h"

/*
 * If the peer uses plain TCP, a listener of multipath TCP returns a plain TCP
 * socket with the operations of TCP, and kernel_accept() overwrites them with
 * those of the listener. Few kernels export the operations of TCP over IPv6, so
 * they are copied from a new socket.
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
 * kaccept - accept a connection on a listening socket
 * @sock: listening socket
 * @address: buffer for the peer's address, or NULL
 * @address_len: if @address is not NULL, its size on entry and the real
 *	length of the address on return; a longer address is truncated
 *
 * Sleeps until a connection arrives, the receive timeout of @sock expires, a
 * signal is pending, or another task calls kshutdown() on @sock.
 *
 * Return: a new socket that the caller must kclose(), or NULL on any failure.
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
 * kaccept4 - accept a connection on a listening socket, with an error code
 * @sock: listening socket
 * @address: buffer for the peer's address, or NULL
 * @address_len: as for kaccept()
 * @flags: 0, or SOCK_NONBLOCK to return at once if no connection is waiting;
 *	the new socket does not remember it
 * @conn: set to the new socket, which the caller must kclose(); NULL on
 *	failure
 *
 * Sleeps like kaccept(); kpoll() reports whether a connection is waiting.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EFAULT for a NULL @conn; -EOPNOTSUPP
 * for SOCK_CLOEXEC, which applies to a file descriptor, or if the protocol
 * cannot accept connections; -EINVAL for other @flags, for an @address without
 * a valid @address_len and if @sock does not listen or was shut down; -EAGAIN
 * if it would sleep or the receive timeout expires; -ECONNABORTED if the peer
 * has no address any more and @address is not NULL; -ERESTARTSYS on a signal,
 * -EINTR instead if a receive timeout is set; or another negative errno as from
 * accept(2).
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
	if (flags & ~SOCK_NONBLOCK)
		return flags & ~KSOCKET_FILE_FLAGS ? -EINVAL : -EOPNOTSUPP;
	if (!ksocket_name_wanted(address, address_len))
		return -EINVAL;

	ret = kernel_accept(sock, conn, flags ? O_NONBLOCK : 0);
	if (ret)
		return ret;
	ksocket_own_callbacks(*conn, sock);
	ret = ksocket_mend_ops(*conn, sock);
	if (ret)
		goto close;
	ksocket_join_reclaim(*conn);
	if (!address)
		return 0;

	/*
	 * 2 gets the peer address even if the connection is already closed, as
	 * accept(2) does; kernel_getpeername() would fail.
	 */
	ret = READ_ONCE((*conn)->ops)->getname(*conn, (struct sockaddr *)&name,
					       2);
	if (ret >= 0)
		return ksocket_name_out(&name, ret, address, address_len);
	ret = -ECONNABORTED;
close:
	kclose(*conn);
	*conn = NULL;
	return ret;
}
EXPORT_SYMBOL_GPL(kaccept4);
