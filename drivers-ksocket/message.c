// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sending and receiving several buffers, with control messages
 */

#include <linux/export.h>
#include <linux/fs.h>
#include <linux/in.h>
#include <linux/kernel.h>
#include <linux/net.h>
#include <linux/sctp.h>
#include <linux/socket.h>
#include <linux/uio.h>
#include <net/ksocket.h>
#include <net/sock.h>

#include "internal.h"

/*
 * The control messages of AF_UNIX carry file descriptors of a process, and the
 * kernel warns if they are written to kernel memory.
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

/* The total size of all buffers. */
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
 * ksendmsg - send the contents of several buffers
 * @sock: socket
 * @message: msg_name and msg_namelen are the destination, a NULL msg_name the
 *	peer of a connected socket; msg_control and msg_controllen are control
 *	messages in kernel memory, on IPv4 and IPv6 sockets only; other fields
 *	are ignored
 * @vec: buffers to send, which the caller may reuse on return
 * @count: number of buffers, at most 1024
 * @flags: as for ksend()
 *
 * A stream sends at most 2 GiB minus one page in one call. Sleeps until there
 * is buffer space, unless MSG_DONTWAIT is set. Never raises SIGPIPE.
 *
 * Return: bytes sent; -EFAULT for a NULL @message, @vec, buffer or msg_control
 * with a non-zero length; -EMSGSIZE for too many buffers; -ENOBUFS for more
 * than INT_MAX bytes of control messages; -EINVAL if the total size overflows
 * ssize_t or msg_namelen is out of range; -EOPNOTSUPP for control messages on
 * other sockets; otherwise as for ksend().
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

	return ksocket_sendmsg(sock, &msg, (struct kvec *)vec, count, size);
}
EXPORT_SYMBOL_GPL(ksendmsg);

/* The flags that describe a received message. */
static int ksocket_told_flags(const struct sock *sk)
{
	int flags = MSG_TRUNC | MSG_CTRUNC | MSG_EOR | MSG_OOB | MSG_ERRQUEUE;

	/* The same bit as a flag for sending. */
	if (sk->sk_protocol == IPPROTO_SCTP)
		flags |= MSG_NOTIFICATION;
	return flags;
}

/**
 * krecvmsg - receive into several buffers
 * @sock: socket
 * @message: on entry, msg_name and msg_control are buffers in kernel memory for
 *	the sender's address and for control messages, or NULL, and
 *	msg_namelen and msg_controllen are their sizes; on return, msg_namelen
 *	is the real length of the address, 0 for none, msg_controllen the
 *	length of the control messages, and msg_flags any of MSG_TRUNC,
 *	MSG_CTRUNC, MSG_EOR, MSG_OOB and MSG_ERRQUEUE, and MSG_NOTIFICATION on
 *	SCTP; other fields are ignored
 * @vec: buffers to fill, in this order
 * @count: number of buffers, at most 1024
 * @flags: as for krecv(), and MSG_ERRQUEUE
 *
 * Sleeps like krecv(). A control buffer is supported on IPv4 and IPv6 sockets
 * only. MSG_ERRQUEUE takes the next entry of the error queue and does not
 * sleep: the data that was sent, and its error or time stamp as a control
 * message.
 * While the queue has entries, kpoll() reports POLLERR.
 *
 * Return: bytes received, 0 at the end of a stream; -EINVAL also for a
 * negative msg_namelen; otherwise as for ksendmsg() and krecv(). On failure
 * @message is unchanged.
 */
ssize_t krecvmsg(ksocket_t sock, struct msghdr *message,
		 const struct kvec *vec, size_t count, int flags)
{
	struct sockaddr_storage name = { };
	struct msghdr msg = { };
	ssize_t size, received;
	int ret;

	ret = ksocket_check_message(sock, message, flags,
				    KSOCKET_RECV_FLAGS | MSG_ERRQUEUE);
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
				  ksocket_receive_flags(sock->sk, flags));
	if (received < 0)
		return received;

	if (message->msg_name)
		ksocket_name_out(&name, msg.msg_namelen, message->msg_name,
				 &message->msg_namelen);
	else
		message->msg_namelen = 0;
	/* The kernel leaves the unused size in msg_controllen. */
	message->msg_controllen -= msg.msg_controllen;
	message->msg_flags = msg.msg_flags & ksocket_told_flags(sock->sk);
	return received;
}
EXPORT_SYMBOL_GPL(krecvmsg);
