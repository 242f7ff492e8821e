// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls that end at a point of time
 *
 * The timeouts of a socket apply to every task that uses it. A deadline is that
 * of one call, or of a sequence of calls: these functions make the call without
 * sleeping, and sleep in between until the socket has an event.
 */

#include <linux/compiler.h>
#include <linux/export.h>
#include <linux/ktime.h>
#include <linux/net.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/socket.h>
#include <net/ksocket.h>
#include <net/sock.h>

#include "internal.h"

/*
 * Sleeps before another try. @tries counts those without progress: if an event
 * did not help, another task was faster, or the protocol waits for something
 * that it does not report (space at the receiver of an AF_UNIX datagram). Then
 * try once a tick.
 */
static int ksocket_await(ksocket_t sock, short events, ktime_t deadline,
			 unsigned int *tries)
{
	int ret;

	if (!ktime_before(ktime_get(), deadline))
		return -EAGAIN;
	if (ksocket_must_end())
		return -EINTR;
	if ((*tries)++)
		schedule_timeout_interruptible(1);

	ret = ksocket_wait(sock, events, deadline);
	if (ret < 0)
		return ret;
	return ret ? 0 : -EAGAIN;
}

/*
 * True if a part is the result although more would be possible: at the deadline
 * and on a signal, also if a fast peer never makes the call wait. An error is
 * for the next call, so do not make a call that clears it.
 */
static bool ksocket_ends(ksocket_t sock, size_t done, ktime_t deadline)
{
	return done && (READ_ONCE(sock->sk->sk_err) || ksocket_must_end() ||
			!ktime_before(ktime_get(), deadline));
}

/*
 * Puts an error after a part back for the next call, as recvmmsg(2) does. TLS
 * keeps its errors by itself, and for some only until the next record is read.
 */
static ssize_t ksocket_part(ksocket_t sock, size_t done, ssize_t ret)
{
	if (!done || ksocket_ulp(sock->sk))
		return done ? done : ret;
	if (ret < 0 && ret != -EAGAIN && ret != -EINTR && ret != -ERESTARTSYS)
		WRITE_ONCE(sock->sk->sk_err, -ret);
	return done;
}

/**
 * ksend_until - send data up to a point of time
 * @sock: connected socket
 * @buffer: as for ksend()
 * @length: size of @buffer
 * @flags: as for ksend(); with MSG_DONTWAIT the deadline has passed
 * @deadline: on the clock of ktime_get(); KTIME_MAX waits for ever
 *
 * A stream sends all of @buffer, unless the deadline, a signal or an error ends
 * the call. Then the bytes that the socket has taken count as sent, and the
 * next call returns the error: continue at @buffer plus the result. Other
 * sockets send a whole message or none. The send timeout of @sock does not
 * matter, and other tasks that use @sock are not affected.
 *
 * Return: bytes sent, fewer than @length if the call ended early; -EAGAIN if
 * there was no space for one byte until the deadline; -EINTR on a signal or
 * kthread_stop(); otherwise as for ksend().
 */
ssize_t ksend_until(ksocket_t sock, const void *buffer, size_t length,
		    int flags, ktime_t deadline)
{
	unsigned int tries = 0;
	size_t done = 0;
	ssize_t ret;

	if (flags & MSG_DONTWAIT)
		deadline = 0;
	do {
		ret = ksend(sock, buffer + done, length - done,
			    flags | MSG_DONTWAIT);
		if (ret >= 0) {
			done += ret;
			tries = 0;
			if (!ret || sock->sk->sk_type != SOCK_STREAM)
				return done;
		} else if (ret == -EAGAIN) {
			ret = ksocket_await(sock, POLLOUT, deadline, &tries);
		}
	} while (ret >= 0 && done < length &&
		 !ksocket_ends(sock, done, deadline));
	return ksocket_part(sock, done, ret);
}
EXPORT_SYMBOL_GPL(ksend_until);

/**
 * krecv_until - receive data up to a point of time
 * @sock: socket
 * @buffer: as for krecv()
 * @length: size of @buffer
 * @flags: as for krecv(); with MSG_DONTWAIT the deadline has passed
 * @deadline: on the clock of ktime_get(); KTIME_MAX waits for ever
 *
 * Returns what has arrived, as krecv(). With MSG_WAITALL, a stream fills all of
 * @buffer, unless the deadline, a signal, an error or the end of the stream
 * ends the call. Then it returns the bytes received so far, and the next call
 * returns the error. The receive timeout of @sock does not matter.
 *
 * Return: bytes received; -EAGAIN if nothing arrived until the deadline; -EINTR
 * on a signal or kthread_stop(); -EOPNOTSUPP also for MSG_PEEK together with
 * MSG_WAITALL; otherwise as for krecv().
 */
ssize_t krecv_until(ksocket_t sock, void *buffer, size_t length, int flags,
		    ktime_t deadline)
{
	bool all = flags & MSG_WAITALL && !(flags & MSG_OOB);
	short events = flags & MSG_OOB ? POLLPRI : POLLIN;
	unsigned int tries = 0;
	size_t done = 0;
	ssize_t ret;

	if (!sock)
		return -ENOTSOCK;
	if (all && flags & MSG_PEEK)
		return -EOPNOTSUPP;
	if (flags & MSG_DONTWAIT)
		deadline = 0;
	flags &= ~MSG_WAITALL;
	do {
		ret = krecv(sock, buffer ? buffer + done : NULL, length - done,
			    flags | MSG_DONTWAIT);
		if (ret >= 0) {
			done += ret;
			tries = 0;
			if (!ret || !all || sock->sk->sk_type != SOCK_STREAM)
				return done;
		} else if (ret == -EAGAIN) {
			ret = ksocket_await(sock, events, deadline, &tries);
		}
	} while (ret >= 0 && done < length &&
		 !ksocket_ends(sock, done, deadline));
	return ksocket_part(sock, done, ret);
}
EXPORT_SYMBOL_GPL(krecv_until);

/**
 * kaccept_until - accept a connection up to a point of time
 * @sock: listening socket
 * @address: as for kaccept4()
 * @address_len: as for kaccept4()
 * @deadline: on the clock of ktime_get(); KTIME_MAX waits for ever
 * @conn: as for kaccept4()
 *
 * The receive timeout of @sock does not matter.
 *
 * Return: 0; -EAGAIN if no connection arrived until the deadline; -EINTR on a
 * signal or kthread_stop(); otherwise as for kaccept4().
 */
int kaccept_until(ksocket_t sock, struct sockaddr *address, int *address_len,
		  ktime_t deadline, ksocket_t *conn)
{
	unsigned int tries = 0;
	int ret;

	do {
		ret = kaccept4(sock, address, address_len, SOCK_NONBLOCK, conn);
		if (ret != -EAGAIN)
			return ret;
		ret = ksocket_await(sock, POLLIN, deadline, &tries);
	} while (!ret);
	return ret;
}
EXPORT_SYMBOL_GPL(kaccept_until);

/**
 * kconnect_until - connect a socket up to a point of time
 * @sock: socket
 * @address: as for kconnect()
 * @address_len: as for kconnect()
 * @deadline: on the clock of ktime_get(); KTIME_MAX waits for ever
 *
 * The send timeout of @sock does not matter.
 *
 * Return: 0; -EINPROGRESS at the deadline: the socket still connects, and
 * another call continues to wait, or returns -EISCONN if the connect ended
 * well between the calls; -EAGAIN at the deadline if the backlog of an AF_UNIX
 * listener is full; -EINTR on a signal or kthread_stop(); otherwise as for
 * kconnect().
 */
int kconnect_until(ksocket_t sock, struct sockaddr *address, int address_len,
		   ktime_t deadline)
{
	unsigned int tries = 0;
	int ret, state;

	do {
		state = kconnect4(sock, address, address_len, SOCK_NONBLOCK);
		/* Some protocols say this at the end of a connect. */
		if (state == -EISCONN && tries)
			return 0;
		if (state == -EALREADY)
			state = -EINPROGRESS;
		/* AF_VSOCK does not look at the error of a failed connect. */
		if (state == -EINPROGRESS && tries) {
			ret = sock_error(sock->sk);
			if (ret)
				return ret;
		}
		/* The backlog of the listener is full. Others have no port. */
		if (state != -EINPROGRESS &&
		    (state != -EAGAIN || sock->sk->sk_family != AF_UNIX))
			return state;
		ret = ksocket_await(sock, POLLOUT, deadline, &tries);
	} while (!ret);
	return ret == -EAGAIN ? state : ret;
}
EXPORT_SYMBOL_GPL(kconnect_until);
