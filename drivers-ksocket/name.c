// SPDX-License-Identifier: GPL-2.0-only
/*
 * The local and the peer address of a socket
 *
 * A caller's buffer may be as small as its family allows, but protocols may
 * write up to a full struct sockaddr_storage, and in some kernels BPF programs
 * rewrite the address passed to them. So protocols only access a full-sized
 * copy.
 */

#include <linux/export.h>
#include <linux/fcntl.h>
#include <linux/net.h>
#include <linux/socket.h>
#include <linux/string.h>
#include <net/ksocket.h>

#include "internal.h"

/* Copies a caller's address to @name and zeroes the rest of it. */
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

/* Copies as much of an address as fits and sets its real length. */
int ksocket_name_out(const struct sockaddr_storage *name, int name_len,
		     struct sockaddr *address, int *address_len)
{
	if (name_len < 0)
		return name_len;

	memcpy(address, name, min3(*address_len, name_len, (int)sizeof(*name)));
	*address_len = name_len;
	return 0;
}

/* True if the caller's buffer is valid or @address is NULL. */
bool ksocket_name_wanted(const struct sockaddr *address, const int *address_len)
{
	return !address || (address_len && *address_len >= 0);
}

/**
 * kbind - bind a socket to a local address
 * @sock: socket
 * @address: address of the socket's family
 * @address_len: length of @address in bytes
 *
 * May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EFAULT for a NULL @address; -EINVAL
 * if @address_len is out of range or @sock is already bound; -EADDRINUSE for an
 * address in use; -EADDRNOTAVAIL for an address that no interface has; or
 * another negative errno as from bind(2).
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

	/* The parameter type differs between kernels; void * fits all. */
	return kernel_bind(sock, (void *)&name, address_len);
}
EXPORT_SYMBOL_GPL(kbind);

/**
 * kconnect - connect a socket to a peer
 * @sock: socket
 * @address: the peer's address
 * @address_len: length of @address in bytes
 *
 * Sleeps until the connection is established or fails, the send timeout of
 * @sock expires or a signal is pending. A datagram socket only stores the peer
 * address.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EFAULT for a NULL @address; -EINVAL
 * if @address_len is out of range; -ECONNREFUSED if no socket listens there;
 * -ENETUNREACH if there is no route; -EINPROGRESS when the send timeout
 * expires; -ERESTARTSYS on a signal, -EINTR instead if a send timeout is set;
 * or another negative errno as from connect(2).
 */
int kconnect(ksocket_t sock, struct sockaddr *address, int address_len)
{
	return kconnect4(sock, address, address_len, 0);
}
EXPORT_SYMBOL_GPL(kconnect);

/**
 * kconnect4 - connect a socket to a peer, with flags
 * @sock: socket
 * @address: the peer's address
 * @address_len: length of @address in bytes
 * @flags: 0, or SOCK_NONBLOCK to return before the connection is established
 *
 * With SOCK_NONBLOCK, a stream socket connects after the call: kpoll() reports
 * POLLOUT when this ends, and SO_ERROR then tells whether it failed. Otherwise
 * it is kconnect().
 *
 * Return: 0; -EINVAL for other @flags; -EINPROGRESS if the connection will be
 * established later; -EALREADY if it is not established yet; -EISCONN if it
 * already was; otherwise as for kconnect().
 */
int kconnect4(ksocket_t sock, struct sockaddr *address, int address_len,
	      int flags)
{
	struct sockaddr_storage name;
	int ret;

	if (!sock)
		return -ENOTSOCK;
	if (flags & ~SOCK_NONBLOCK)
		return -EINVAL;

	ret = ksocket_name_in(&name, address, address_len);
	if (ret)
		return ret;

	return kernel_connect(sock, (void *)&name, address_len,
			      flags ? O_NONBLOCK : 0);
}
EXPORT_SYMBOL_GPL(kconnect4);

static int ksocket_get_name(ksocket_t sock,
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
 * kgetsockname - get the local address of a socket
 * @sock: socket
 * @address: buffer for the address
 * @address_len: size of @address on entry, real length of the address on
 *	return; a longer address is truncated
 *
 * May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EFAULT for a NULL @address or
 * @address_len; -EINVAL for a negative length; or another negative errno as
 * from getsockname(2).
 */
int kgetsockname(ksocket_t sock, struct sockaddr *address, int *address_len)
{
	return ksocket_get_name(sock, kernel_getsockname, address, address_len);
}
EXPORT_SYMBOL_GPL(kgetsockname);

/**
 * kgetpeername - get the peer address of a socket
 * @sock: connected socket
 * @address: buffer for the address
 * @address_len: size of @address on entry, real length of the address on
 *	return; a longer address is truncated
 *
 * May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EFAULT for a NULL @address or
 * @address_len; -EINVAL for a negative length; -ENOTCONN without a peer; or
 * another negative errno as from getpeername(2).
 */
int kgetpeername(ksocket_t sock, struct sockaddr *address, int *address_len)
{
	return ksocket_get_name(sock, kernel_getpeername, address, address_len);
}
EXPORT_SYMBOL_GPL(kgetpeername);
