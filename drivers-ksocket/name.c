// SPDX-License-Identifier: GPL-2.0-only
/*
 * The addresses of the two ends of a socket
 *
 * A caller's buffer is as small as its family allows, while protocols are
 * free to write as much as a struct sockaddr_storage holds and, before Linux
 * 6.1, BPF programs may even rewrite the address they are given. So protocols
 * only ever see a full-sized copy.
 */

#include <linux/export.h>
#include <linux/net.h>
#include <linux/socket.h>
#include <linux/string.h>
#include <net/ksocket.h>

#include "internal.h"

/* Takes a caller's address over; the rest of @name is zero. */
int ksocket_name_in(struct sockaddr_storage *name,
		    const struct sockaddr *address, int address_len)
{
	if (address_len < 0 || address_len > (int)sizeof(*name))
		return -EINVAL;
	if (!address)
		return -EFAULT;

	memset(name, 0, sizeof(*name));
	memcpy(name, address, address_len);
	return 0;
}

/* Hands an address out: as much as fits, and how long it really is. */
int ksocket_name_out(const struct sockaddr_storage *name, int name_len,
		     struct sockaddr *address, int *address_len)
{
	if (name_len < 0)
		return name_len;

	memcpy(address, name, min3(*address_len, name_len, (int)sizeof(*name)));
	*address_len = name_len;
	return 0;
}

/* Is the place for an answer usable? No place at all is. */
bool ksocket_name_wanted(const struct sockaddr *address, const int *address_len)
{
	return !address || (address_len && *address_len >= 0);
}

/**
 * kbind - give a socket its local address
 * @sock: socket
 * @address: address of the socket's family
 * @address_len: bytes at @address
 *
 * May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EFAULT for a NULL @address; -EINVAL
 * if @address_len fits no address or @sock is bound already; -EADDRINUSE for
 * an address that is taken; -EADDRNOTAVAIL for one that no interface has, as
 * IPv6 takes it from an interface that is down, and lo has none before it is
 * first up; or another negative errno as from bind(2).
 */
int kbind(ksocket_t sock, struct sockaddr *address, int address_len)
{
	struct sockaddr_storage name;
	int ret;

	if (!sock)
		return -ENOTSOCK;

	ret = ksocket_name_in(&name, address, address_len);
	if (ret)
		return ret;

	/* The parameter's type has changed over time; void * suits them all. */
	return kernel_bind(sock, (void *)&name, address_len);
}
EXPORT_SYMBOL_GPL(kbind);

/**
 * kconnect - connect a socket to a peer
 * @sock: socket
 * @address: the peer's address
 * @address_len: bytes at @address
 *
 * Sleeps until the connection stands or fails, the send timeout of @sock ends
 * or the task has a signal. A datagram socket only remembers the peer.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EFAULT for a NULL @address; -EINVAL
 * if @address_len fits no address; -ECONNREFUSED if nobody listens there;
 * -ENETUNREACH if there is no way; -EINPROGRESS after the send timeout;
 * -ERESTARTSYS for a signal, -EINTR for one when there is a send timeout; or
 * another negative errno as from connect(2).
 */
int kconnect(ksocket_t sock, struct sockaddr *address, int address_len)
{
	struct sockaddr_storage name;
	int ret;

	if (!sock)
		return -ENOTSOCK;

	ret = ksocket_name_in(&name, address, address_len);
	if (ret)
		return ret;

	return kernel_connect(sock, (void *)&name, address_len, 0);
}
EXPORT_SYMBOL_GPL(kconnect);

static int ksocket_tell_name(ksocket_t sock,
			     int (*ask)(struct socket *, struct sockaddr *),
			     struct sockaddr *address, int *address_len)
{
	struct sockaddr_storage name = { };

	if (!sock)
		return -ENOTSOCK;
	if (!address || !address_len)
		return -EFAULT;
	if (*address_len < 0)
		return -EINVAL;

	return ksocket_name_out(&name, ask(sock, (struct sockaddr *)&name),
				address, address_len);
}

/**
 * kgetsockname - tell a socket's local address
 * @sock: socket
 * @address: room for the address
 * @address_len: bytes there are at @address on entry, bytes the address
 *	really has on return; what does not fit is cut off
 *
 * May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EFAULT for a NULL @address or
 * @address_len; -EINVAL for a negative length; or another negative errno as
 * from getsockname(2).
 */
int kgetsockname(ksocket_t sock, struct sockaddr *address, int *address_len)
{
	return ksocket_tell_name(sock, kernel_getsockname, address, address_len);
}
EXPORT_SYMBOL_GPL(kgetsockname);

/**
 * kgetpeername - tell the address of a socket's peer
 * @sock: connected socket
 * @address: room for the address
 * @address_len: bytes there are at @address on entry, bytes the address
 *	really has on return; what does not fit is cut off
 *
 * May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EFAULT for a NULL @address or
 * @address_len; -EINVAL for a negative length; -ENOTCONN without a peer; or
 * another negative errno as from getpeername(2).
 */
int kgetpeername(ksocket_t sock, struct sockaddr *address, int *address_len)
{
	return ksocket_tell_name(sock, kernel_getpeername, address, address_len);
}
EXPORT_SYMBOL_GPL(kgetpeername);
