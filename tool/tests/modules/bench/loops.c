// SPDX-License-Identifier: GPL-2.0-only
/*
 * The loops: stream, request and reply, connections
 *
 * Each runs over the loopback interface between the calling thread and a second
 * one. The time does not include the creation of sockets and threads, except in
 * the loop that measures connections.
 */

#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/net.h>
#include <net/sock.h>

#include "bench.h"

static int send_turn(struct end *end)
{
	ssize_t sent = end->calls->send(end->sock, end->room, end->size, 0);

	if (sent < 0)
		return sent;
	return sent == end->size ? 0 : -EPIPE;
}

static int receive_turn(struct end *end)
{
	ssize_t got = end->calls->receive(end->sock, end->room, end->size,
					  MSG_WAITALL);

	if (got < 0)
		return got;
	return got == end->size ? 0 : -EPIPE;
}

static int send_all(struct end *end)
{
	int ret = 0;
	int i;

	for (i = 0; !ret && i < end->turns; i++)
		ret = send_turn(end);
	return ret;
}

static int receive_all(struct end *end)
{
	int ret = 0;
	int i;

	for (i = 0; !ret && i < end->turns; i++)
		ret = receive_turn(end);
	return ret;
}

static int ask(struct end *end)
{
	int ret = 0;
	int i;

	for (i = 0; !ret && i < end->turns; i++) {
		ret = send_turn(end);
		if (!ret)
			ret = receive_turn(end);
	}
	return ret;
}

static int answer(struct end *end)
{
	int ret = 0;
	int i;

	for (i = 0; !ret && i < end->turns; i++) {
		ret = receive_turn(end);
		if (!ret)
			ret = send_turn(end);
	}
	return ret;
}

/* Avoids TIME_WAIT, which would slow down later runs. */
static int take_connections(struct end *end)
{
	struct socket *conn;
	int ret = 0;
	int i;

	for (i = 0; !ret && i < end->turns; i++) {
		ret = end->calls->accept(end->sock, &conn);
		if (ret)
			break;
		sock_no_linger(conn->sk);
		end->calls->close(conn);
	}
	return ret;
}

/* Waits until the far end closes, so that the backlog does not overflow. */
static int make_connections(struct end *end)
{
	struct sockaddr_in *name = end->room;
	struct socket *sock;
	int ret = 0;
	char byte;
	int i;

	for (i = 0; !ret && i < end->turns; i++) {
		ret = end->calls->create(SOCK_STREAM, &sock);
		if (ret)
			break;
		ret = end->calls->connect(sock, name);
		if (!ret && end->calls->receive(sock, &byte, 1, 0) > 0)
			ret = -EPROTO;
		end->calls->close(sock);
	}
	return ret;
}

const struct loop loops[] = {
	{ "TCP stream, 1 KiB sends", "MiB/s", &plain_calls, SOCK_STREAM, 1024,
	  send_all, receive_all },
	{ "TCP stream, 64 KiB sends", "MiB/s", &plain_calls, SOCK_STREAM, 65536,
	  send_all, receive_all },
	{ "TCP stream, 64 KiB of pages", "MiB/s", &page_calls, SOCK_STREAM,
	  65536, send_all, receive_all },
	{ "TCP request and reply, 64 B", "us", &plain_calls, SOCK_STREAM, 64,
	  ask, answer },
	{ "the same with a deadline", "us", &deadline_calls, SOCK_STREAM, 64,
	  ask, answer },
	{ "UDP request and reply, 64 B", "us", &plain_calls, SOCK_DGRAM, 64,
	  ask, answer },
	{ "TCP connections", "1/s", &plain_calls, 0, sizeof(struct sockaddr_in),
	  make_connections, take_connections },
};

const int loop_count = ARRAY_SIZE(loops);

static int run_ends(const struct loop *loop, struct end *near, struct end *far,
		    u64 *ns)
{
	u64 start;
	int ret;

	if (loop->type)
		ret = connect_ends(near, far, loop->type);
	else
		ret = listen_end(far, near->room);
	if (!ret)
		ret = start_end(far);
	if (ret)
		return ret;

	start = ktime_get_ns();
	ret = loop->near(near);
	/* After a failure, the far end would wait forever. */
	if (ret)
		kernel_sock_shutdown(far->sock, SHUT_RDWR);
	wait_for_completion(&far->done);
	*ns = ktime_get_ns() - start;

	return join_end(far) ?: ret;
}

int run_loop(const struct loop *loop, const struct calls *calls, int turns,
	     u64 *ns)
{
	struct end near = { .calls = calls, .size = loop->size, .turns = turns };
	struct end far = near;
	int ret = -ENOMEM;

	far.run = loop->far;
	/* Not kzalloc(): its pages must not be sent without a copy. */
	near.room = alloc_pages_exact(loop->size, GFP_KERNEL | __GFP_ZERO);
	far.room = alloc_pages_exact(loop->size, GFP_KERNEL | __GFP_ZERO);
	if (near.room && far.room)
		ret = run_ends(loop, &near, &far, ns);

	if (near.sock)
		calls->close(near.sock);
	if (far.sock)
		calls->close(far.sock);
	if (near.room)
		free_pages_exact(near.room, loop->size);
	if (far.room)
		free_pages_exact(far.room, loop->size);
	return ret;
}
