// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sending and receiving data
 */

#include <linux/export.h>
#include <linux/fs.h>
#include <linux/net.h>
#include <linux/socket.h>
#include <linux/uio.h>
#include <net/ksocket.h>
#include <net/sock.h>

#include "internal.h"

static int ksocket_check(ksocket_t sock, const void *buffer, size_t length,
			 int flags, int allowed)
{
	if (!sock)
		return -ENOTSOCK;
	if (!buffer && length)
		return -EFAULT;
	if (flags & ~allowed)
		return -EOPNOTSUPP;
	return 0;
}

/*
 * Without MSG_NOSIGNAL a broken stream would send SIGPIPE to the current task.
 * The families listed here do not support the flag and fail a send with it.
 */
int ksocket_quiet(const struct sock *sk, int flags)
{
	switch (sk->sk_family) {
	case AF_APPLETALK:
	case AF_AX25:
	case AF_NETROM:
	case AF_QIPCRTR:
	case AF_RDS:
	case AF_ROSE:
	case AF_X25:
		return flags;
	default:
		return flags | MSG_NOSIGNAL;
	}
}

static ssize_t ksocket_send(ksocket_t sock, const void *buffer, size_t length,
			    int flags, struct sockaddr_storage *name,
			    int name_len)
{
	struct msghdr msg = { };
	struct kvec vec;

	vec.iov_base = (void *)buffer;
	vec.iov_len = min_t(size_t, length, MAX_RW_COUNT);
	msg.msg_name = name;
	msg.msg_namelen = name_len;
	msg.msg_flags = ksocket_quiet(sock->sk, flags);

	return kernel_sendmsg(sock, &msg, &vec, 1, vec.iov_len);
}

static ssize_t ksocket_receive(ksocket_t sock, void *buffer, size_t length,
			       int flags, struct msghdr *msg)
{
	struct kvec vec;

	vec.iov_base = buffer;
	vec.iov_len = min_t(size_t, length, MAX_RW_COUNT);

	return kernel_recvmsg(sock, msg, &vec, 1, vec.iov_len, flags);
}

/**
 * ksend - send data to the peer of a socket
 * @sock: connected socket
 * @buffer: data to send, which the caller may reuse on return
 * @length: size of @buffer; a stream sends at most 2 GiB minus one page in one
 *	call
 * @flags: any of MSG_CONFIRM, MSG_DONTROUTE, MSG_DONTWAIT, MSG_EOR, MSG_MORE,
 *	MSG_NOSIGNAL and MSG_OOB
 *
 * Sleeps until there is buffer space, unless MSG_DONTWAIT is set; returns early
 * when the send timeout of @sock expires, a signal is pending, or another task
 * calls kshutdown(). Never raises SIGPIPE.
 *
 * Return: bytes sent, which may be fewer than @length; -ENOTSOCK for a NULL
 * @sock; -EFAULT for a NULL @buffer; -EOPNOTSUPP for other @flags; -EAGAIN if
 * it would sleep or the send timeout expires; -EPIPE if the stream is closed;
 * -ERESTARTSYS on a signal, -EINTR instead if a send timeout is set; or another
 * negative errno as from send(2).
 */
ssize_t ksend(ksocket_t sock, const void *buffer, size_t length, int flags)
{
	int ret;

	ret = ksocket_check(sock, buffer, length, flags, KSOCKET_SEND_FLAGS);
	if (ret)
		return ret;

	return ksocket_send(sock, buffer, length, flags, NULL, 0);
}
EXPORT_SYMBOL_GPL(ksend);

/**
 * ksendto - send data to an address
 * @sock: socket
 * @message: data to send, which the caller may reuse on return
 * @length: size of @message
 * @flags: as for ksend()
 * @dest_addr: destination, or NULL for the peer of a connected socket
 * @dest_len: length of @dest_addr in bytes
 *
 * Sleeps until there is buffer space, unless MSG_DONTWAIT is set. Never raises
 * SIGPIPE.
 *
 * Return: bytes sent; -EINVAL if @dest_len is out of range; otherwise as for
 * ksend().
 */
ssize_t ksendto(ksocket_t sock, void *message, size_t length, int flags,
		const struct sockaddr *dest_addr, int dest_len)
{
	struct sockaddr_storage name;
	int ret;

	ret = ksocket_check(sock, message, length, flags, KSOCKET_SEND_FLAGS);
	if (ret)
		return ret;
	if (!dest_addr)
		return ksocket_send(sock, message, length, flags, NULL, 0);

	ret = ksocket_name_in(&name, dest_addr, dest_len);
	if (ret)
		return ret;

	return ksocket_send(sock, message, length, flags, &name, dest_len);
}
EXPORT_SYMBOL_GPL(ksendto);

/**
 * krecv - receive data from a socket
 * @sock: socket
 * @buffer: buffer for the received bytes
 * @length: size of @buffer
 * @flags: any of MSG_DONTWAIT, MSG_NOSIGNAL, MSG_OOB, MSG_PEEK, MSG_TRUNC and
 *	MSG_WAITALL
 *
 * Sleeps until data arrives, unless MSG_DONTWAIT is set; returns early when the
 * receive timeout of @sock expires, a signal is pending, or another task calls
 * kshutdown().
 *
 * Return: bytes received, 0 at the end of a stream; with MSG_TRUNC the real
 * length of a datagram, even if it exceeds @length; -ENOTSOCK for a NULL @sock;
 * -EFAULT for a NULL @buffer; -EOPNOTSUPP for other @flags; -EAGAIN if it would
 * sleep or the receive timeout expires; -ERESTARTSYS on a signal, -EINTR
 * instead if a receive timeout is set; or another negative errno as from
 * recv(2).
 */
ssize_t krecv(ksocket_t sock, void *buffer, size_t length, int flags)
{
	struct msghdr msg = { };
	int ret;

	ret = ksocket_check(sock, buffer, length, flags, KSOCKET_RECV_FLAGS);
	if (ret)
		return ret;

	return ksocket_receive(sock, buffer, length, flags, &msg);
}
EXPORT_SYMBOL_GPL(krecv);

/**
 * krecvfrom - receive data and the address of its sender
 * @sock: socket
 * @buffer: buffer for the received bytes
 * @length: size of @buffer
 * @flags: as for krecv()
 * @address: buffer for the sender's address, or NULL
 * @address_len: if @address is not NULL, its size on entry and the real
 *	length of the address on return, 0 if the protocol reports no sender
 *	(a connected stream); a longer address is truncated
 *
 * Sleeps like krecv().
 *
 * Return: bytes received; -EINVAL for an @address without a valid
 * @address_len; otherwise as for krecv().
 */
ssize_t krecvfrom(ksocket_t sock, void *buffer, size_t length, int flags,
		  struct sockaddr *address, int *address_len)
{
	struct sockaddr_storage name = { };
	struct msghdr msg = { };
	ssize_t received;
	int ret;

	ret = ksocket_check(sock, buffer, length, flags, KSOCKET_RECV_FLAGS);
	if (ret)
		return ret;
	if (!ksocket_name_wanted(address, address_len))
		return -EINVAL;

	if (address)
		msg.msg_name = &name;
	received = ksocket_receive(sock, buffer, length, flags, &msg);
	if (received >= 0 && address)
		ksocket_name_out(&name, msg.msg_namelen, address, address_len);
	return received;
}
EXPORT_SYMBOL_GPL(krecvfrom);
