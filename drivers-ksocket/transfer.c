// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sending and receiving data
 */

#include <linux/export.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/net.h>
#include <linux/sched.h>
#include <linux/socket.h>
#include <linux/string.h>
#include <linux/uio.h>
#include <net/ksocket.h>
#include <net/sock.h>
#include <net/tcp.h>

#include "internal.h"

static int ksocket_check_send(ksocket_t sock, const void *buffer,
			      size_t length, int flags)
{
	if (!sock)
		return -ENOTSOCK;
	if (!buffer && length)
		return -EFAULT;
	if (flags & ~KSOCKET_SEND_FLAGS)
		return -EOPNOTSUPP;
	return 0;
}

/* With MSG_TRUNC, a NULL buffer discards what is received. */
static int ksocket_check_receive(ksocket_t sock, const void *buffer,
				 size_t length, int flags)
{
	if (!sock)
		return -ENOTSOCK;
	if (!buffer && length && !(flags & MSG_TRUNC))
		return -EFAULT;
	if (flags & ~KSOCKET_RECV_FLAGS)
		return -EOPNOTSUPP;
	return 0;
}

/* TCP that carries IPsec, set up with TCP_ULP. */
static bool ksocket_is_espintcp(const struct sock *sk)
{
	const struct tcp_ulp_ops *ulp = ksocket_ulp(sk);

	return ulp && !strcmp(ulp->name, "espintcp");
}

/*
 * Without MSG_NOSIGNAL a broken stream would send SIGPIPE to the current task.
 * The protocols listed here do not support the flag and fail a send with it.
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
		if (ksocket_is_espintcp(sk))
			return flags;
		return flags | MSG_NOSIGNAL;
	}
}

/*
 * MSG_TRUNC asks for the real length of a datagram. A stream has no datagrams,
 * and TCP would discard the data instead of copying it.
 */
int ksocket_receive_flags(const struct sock *sk, int flags)
{
	return sk->sk_type == SOCK_STREAM ? flags & ~MSG_TRUNC : flags;
}

/*
 * Sending may allocate memory, and so reclaim pages by sending them elsewhere
 * from the same task. That second send must not use the page fragment of the
 * task, which the first one is filling. True if it is hidden in @outer.
 */
bool ksocket_hide_frag(struct page_frag *outer)
{
	if (likely(!(current->flags & PF_MEMALLOC)))
		return false;
	*outer = current->task_frag;
	current->task_frag = (struct page_frag){ };
	return true;
}

void ksocket_show_frag(const struct page_frag *outer)
{
	if (current->task_frag.page)
		put_page(current->task_frag.page);
	current->task_frag = *outer;
}

/* Sends what msg_iter describes. */
int ksocket_send_message(struct socket *sock, struct msghdr *msg)
{
	struct page_frag outer;
	bool hidden;
	int ret;

	hidden = ksocket_hide_frag(&outer);
	ret = sock_sendmsg(sock, msg);
	if (hidden)
		ksocket_show_frag(&outer);
	return ret;
}

int ksocket_sendmsg(struct socket *sock, struct msghdr *msg, struct kvec *vec,
		    size_t count, size_t size)
{
	iov_iter_kvec(&msg->msg_iter, WRITE, vec, count, size);
	return ksocket_send_message(sock, msg);
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

	return ksocket_sendmsg(sock, &msg, &vec, 1, vec.iov_len);
}

static ssize_t ksocket_receive(ksocket_t sock, void *buffer, size_t length,
			       int flags, struct msghdr *msg)
{
	struct kvec vec;

	vec.iov_base = buffer;
	vec.iov_len = min_t(size_t, length, MAX_RW_COUNT);
	flags = ksocket_receive_flags(sock->sk, flags);
	if (buffer || !length)
		return kernel_recvmsg(sock, msg, &vec, 1, vec.iov_len, flags);

	/* TLS takes it for a failed decryption, which ends the connection. */
	if (ksocket_ulp(sock->sk))
		return -EOPNOTSUPP;
	iov_iter_discard(&msg->msg_iter, READ, vec.iov_len);
	return sock_recvmsg(sock, msg, flags);
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

	ret = ksocket_check_send(sock, buffer, length, flags);
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

	ret = ksocket_check_send(sock, message, length, flags);
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
 * @buffer: buffer for the received bytes, or with MSG_TRUNC NULL to discard
 *	them
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
 * -EFAULT for a NULL @buffer without MSG_TRUNC; -EOPNOTSUPP for other @flags,
 * and for a NULL @buffer on a socket with TLS; -EAGAIN if it would sleep or the
 * receive timeout expires; -ERESTARTSYS on a signal, -EINTR instead if a
 * receive timeout is set; or another negative errno as from recv(2).
 */
ssize_t krecv(ksocket_t sock, void *buffer, size_t length, int flags)
{
	struct msghdr msg = { };
	int ret;

	ret = ksocket_check_receive(sock, buffer, length, flags);
	if (ret)
		return ret;

	return ksocket_receive(sock, buffer, length, flags, &msg);
}
EXPORT_SYMBOL_GPL(krecv);

/**
 * krecvfrom - receive data and the address of its sender
 * @sock: socket
 * @buffer: as for krecv()
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

	ret = ksocket_check_receive(sock, buffer, length, flags);
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
