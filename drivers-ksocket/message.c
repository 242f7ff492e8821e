// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bytes in and out of a socket in several pieces, with control messages
 */

#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/net.h>
#include <linux/socket.h>
#include <linux/uio.h>
#include <net/ksocket.h>
#include <net/sock.h>

#include "internal.h"

/*
 * The control messages of AF_UNIX carry files of a process, and the kernel
 * warns where they would go to kernel memory.
 */
static int ksocket_check_control(const struct sock *sk,
				 const struct msghdr *message)
{
	if (!message->msg_controllen)
		return 0;
	if (!message->msg_control)
		return -EFAULT;
	if (message->msg_controllen > INT_MAX)
		return -ENOBUFS;
	if (sk->sk_family != AF_INET && sk->sk_family != AF_INET6)
		return -EOPNOTSUPP;
	return 0;
}

static int ksocket_check_message(ksocket_t sock, const struct msghdr *message,
				 int flags, int allowed)
{
	if (!sock)
		return -ENOTSOCK;
	if (!message)
		return -EFAULT;
	if (flags & ~allowed)
		return -EOPNOTSUPP;
	return ksocket_check_control(sock->sk, message);
}

/* How many bytes there are in all pieces together. */
static ssize_t ksocket_size(const struct kvec *vec, size_t count)
{
	size_t size = 0;
	size_t i;

	if (count > UIO_MAXIOV)
		return -EMSGSIZE;
	if (!vec && count)
		return -EFAULT;

	for (i = 0; i < count; i++) {
		if (!vec[i].iov_base && vec[i].iov_len)
			return -EFAULT;
		if (vec[i].iov_len > LONG_MAX - size)
			return -EINVAL;
		size += vec[i].iov_len;
	}
	return min_t(size_t, size, MAX_RW_COUNT);
}

/**
 * ksendmsg - send what lies in several places
 * @sock: socket
 * @message: msg_name and msg_namelen tell where to, msg_name NULL for the peer
 *	of a connected socket; msg_control and msg_controllen are control
 *	messages in kernel memory, on IPv4 and IPv6 sockets only; nothing else
 *	of it is looked at
 * @vec: the pieces, still the caller's afterwards
 * @count: how many pieces, 1024 at most
 * @flags: as for ksend()
 *
 * A stream takes 2 GiB less one page at most in one call. Sleeps until there
 * is room, unless MSG_DONTWAIT is set. Never raises SIGPIPE.
 *
 * Return: bytes sent; -EFAULT for a NULL @message, @vec, piece or msg_control
 * that has a length; -EMSGSIZE for too many pieces; -ENOBUFS for more than
 * INT_MAX bytes of control messages; -EINVAL if the pieces are longer than an
 * ssize_t can tell or msg_namelen fits no address; -EOPNOTSUPP for control
 * messages on other sockets; otherwise as for ksend().
 */
ssize_t ksendmsg(ksocket_t sock, const struct msghdr *message,
		 const struct kvec *vec, size_t count, int flags)
{
	struct sockaddr_storage name;
	struct msghdr msg = { };
	ssize_t size;
	int ret;

	ret = ksocket_check_message(sock, message, flags, KSOCKET_SEND_FLAGS);
	if (ret)
		return ret;
	size = ksocket_size(vec, count);
	if (size < 0)
		return size;

	if (message->msg_name) {
		ret = ksocket_name_in(&name, message->msg_name,
				      message->msg_namelen);
		if (ret)
			return ret;
		msg.msg_name = &name;
		msg.msg_namelen = message->msg_namelen;
	}
	if (message->msg_controllen) {
		msg.msg_control = message->msg_control;
		msg.msg_controllen = message->msg_controllen;
	}
	msg.msg_flags = ksocket_quiet(sock->sk, flags);

	return kernel_sendmsg(sock, &msg, (struct kvec *)vec, count, size);
}
EXPORT_SYMBOL_GPL(ksendmsg);

/**
 * krecvmsg - receive into several places
 * @sock: socket
 * @message: on entry, room for the sender's address at msg_name, or NULL, and
 *	for control messages at msg_control, kernel memory both, with the
 *	bytes there are in msg_namelen and msg_controllen; on return,
 *	msg_namelen is what the address really has, 0 for none, msg_controllen
 *	what came, and msg_flags any of MSG_TRUNC, MSG_CTRUNC, MSG_EOR and
 *	MSG_OOB; nothing else of it is looked at
 * @vec: the pieces of room, filled one after the other
 * @count: how many pieces, 1024 at most
 * @flags: as for krecv()
 *
 * Sleeps like krecv(). Room for control messages is for IPv4 and IPv6 sockets
 * only.
 *
 * Return: bytes received, 0 at the end of a stream; -EINVAL also for a
 * negative msg_namelen; otherwise as for ksendmsg() and krecv(). @message is
 * as it was unless something was received.
 */
ssize_t krecvmsg(ksocket_t sock, struct msghdr *message,
		 const struct kvec *vec, size_t count, int flags)
{
	struct sockaddr_storage name = { };
	struct msghdr msg = { };
	ssize_t size, received;
	int ret;

	ret = ksocket_check_message(sock, message, flags, KSOCKET_RECV_FLAGS);
	if (ret)
		return ret;
	if (message->msg_name && message->msg_namelen < 0)
		return -EINVAL;
	size = ksocket_size(vec, count);
	if (size < 0)
		return size;

	if (message->msg_name)
		msg.msg_name = &name;
	if (message->msg_controllen) {
		msg.msg_control = message->msg_control;
		msg.msg_controllen = message->msg_controllen;
	}
	received = kernel_recvmsg(sock, &msg, (struct kvec *)vec, count, size,
				  flags);
	if (received < 0)
		return received;

	if (message->msg_name)
		ksocket_name_out(&name, msg.msg_namelen, message->msg_name,
				 &message->msg_namelen);
	else
		message->msg_namelen = 0;
	/* What is left of the room is what was not written. */
	message->msg_controllen -= msg.msg_controllen;
	message->msg_flags = msg.msg_flags &
			     (MSG_TRUNC | MSG_CTRUNC | MSG_EOR | MSG_OOB);
	return received;
}
EXPORT_SYMBOL_GPL(krecvmsg);
