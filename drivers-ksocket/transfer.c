// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bytes in and out of a socket
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
 * These families do not know the flag, and would refuse to send with it.
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
 * ksend - send to the peer of a socket
 * @sock: connected socket
 * @buffer: bytes to send, still the caller's afterwards
 * @length: how many; a stream takes 2 GiB less one page at most in one call
 * @flags: any of MSG_CONFIRM, MSG_DONTROUTE, MSG_DONTWAIT, MSG_EOR, MSG_MORE,
 *	MSG_NOSIGNAL and MSG_OOB
 *
 * Sleeps until there is room, unless MSG_DONTWAIT is set; ends early when the
 * send timeout of @sock ends, the task has a signal, or another task calls
 * kshutdown(). Never raises SIGPIPE.
 *
 * Return: bytes sent, which may be fewer than @length; -ENOTSOCK for a NULL
 * @sock; -EFAULT for a NULL @buffer; -EOPNOTSUPP for other @flags; -EAGAIN if
 * it would have to wait or waited too long; -EPIPE if the stream is over;
 * -ERESTARTSYS for a signal, -EINTR for one when there is a send timeout; or
 * another negative errno as from send(2).
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
 * ksendto - send to a given address
 * @sock: socket
 * @message: bytes to send, still the caller's afterwards
 * @length: how many
 * @flags: as for ksend()
 * @dest_addr: where to, or NULL for the peer of a connected socket
 * @dest_len: bytes at @dest_addr
 *
 * Sleeps until there is room, unless MSG_DONTWAIT is set. Never raises
 * SIGPIPE.
 *
 * Return: bytes sent; -EINVAL if @dest_len fits no address; otherwise as for
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
 * krecv - receive from a socket
 * @sock: socket
 * @buffer: room for the bytes
 * @length: how much room
 * @flags: any of MSG_DONTWAIT, MSG_NOSIGNAL, MSG_OOB, MSG_PEEK, MSG_TRUNC and
 *	MSG_WAITALL
 *
 * Sleeps until something arrives, unless MSG_DONTWAIT is set; ends early when
 * the receive timeout of @sock ends, the task has a signal, or another task
 * calls kshutdown().
 *
 * Return: bytes received, 0 at the end of a stream; with MSG_TRUNC how long a
 * datagram was, even if that is more than @length; -ENOTSOCK for a NULL
 * @sock; -EFAULT for a NULL @buffer; -EOPNOTSUPP for other @flags; -EAGAIN if
 * it would have to wait or waited too long; -ERESTARTSYS for a signal, -EINTR
 * for one when there is a receive timeout; or another negative errno as from
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
 * krecvfrom - receive from a socket and learn who sent it
 * @sock: socket
 * @buffer: room for the bytes
 * @length: how much room
 * @flags: as for krecv()
 * @address: room for the sender's address, or NULL
 * @address_len: with @address, the bytes there are on entry and the bytes
 *	the address really has on return, 0 where the protocol names no
 *	sender (a connected stream); what does not fit is cut off
 *
 * Sleeps like krecv().
 *
 * Return: bytes received; -EINVAL if @address comes without a usable
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
