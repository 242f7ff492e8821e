// SPDX-License-Identifier: GPL-2.0-only
/*
 * The connections a listening socket takes
 */

#include <linux/export.h>
#include <linux/net.h>
#include <linux/socket.h>
#include <net/ksocket.h>

#include "internal.h"

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
	if (ret || !address)
		return ret;

	/*
	 * 2 asks for the peer even of a connection that is already gone, as
	 * accept(2) does; kernel_getpeername() would fail for it.
	 */
	ret = READ_ONCE((*conn)->ops)->getname(*conn, (struct sockaddr *)&name,
					       2);
	ret = ksocket_name_out(&name, ret, address, address_len);
	if (ret) {
		kclose(*conn);
		*conn = NULL;
	}
	return ret;
}
EXPORT_SYMBOL_GPL(kaccept4);
