// SPDX-License-Identifier: GPL-2.0-only
/*
 * The two ends of a measured loop: connected sockets, and a thread for the
 * far one
 */

#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/net.h>
#include <linux/sched/task.h>
#include <linux/tcp.h>
#include <net/sock.h>

#include "bench.h"

static int bind_end(struct end *end, int type, struct sockaddr_in *name)
{
	int ret;

	memset(name, 0, sizeof(*name));
	name->sin_family = AF_INET;
	name->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ret = end->calls->create(type, &end->sock);
	if (!ret)
		ret = end->calls->bind(end->sock, name);
	if (!ret)
		ret = kernel_getsockname(end->sock, (struct sockaddr *)name);
	return ret < 0 ? ret : 0;
}

int listen_end(struct end *end, struct sockaddr_in *name)
{
	int ret;

	ret = bind_end(end, SOCK_STREAM, name);
	return ret ? ret : end->calls->listen(end->sock, 8);
}

static int connect_streams(struct end *near, struct end *far)
{
	struct end listener = { .calls = near->calls };
	struct sockaddr_in name;
	int ret;

	ret = listen_end(&listener, &name);
	if (!ret)
		ret = near->calls->create(SOCK_STREAM, &near->sock);
	if (!ret)
		ret = near->calls->connect(near->sock, &name);
	if (!ret)
		ret = far->calls->accept(listener.sock, &far->sock);
	if (listener.sock)
		near->calls->close(listener.sock);
	if (ret)
		return ret;

	tcp_sock_set_nodelay(near->sock->sk);
	tcp_sock_set_nodelay(far->sock->sk);
	sock_no_linger(near->sock->sk);
	return 0;
}

static int connect_datagrams(struct end *near, struct end *far)
{
	struct sockaddr_in near_name, far_name;
	int ret;

	ret = bind_end(near, SOCK_DGRAM, &near_name);
	if (!ret)
		ret = bind_end(far, SOCK_DGRAM, &far_name);
	if (!ret)
		ret = near->calls->connect(near->sock, &far_name);
	if (!ret)
		ret = far->calls->connect(far->sock, &near_name);
	return ret;
}

int connect_ends(struct end *near, struct end *far, int type)
{
	return type == SOCK_STREAM ? connect_streams(near, far) :
				     connect_datagrams(near, far);
}

static int end_thread(void *argument)
{
	struct end *end = argument;

	end->ret = end->run(end);
	complete(&end->done);
	return 0;
}

/* The thread may exit before join_end(): keep its task. */
int start_end(struct end *end)
{
	init_completion(&end->done);
	end->task = kthread_create(end_thread, end, "bench");
	if (IS_ERR(end->task))
		return PTR_ERR(end->task);
	get_task_struct(end->task);
	wake_up_process(end->task);
	return 0;
}

int join_end(struct end *end)
{
	kthread_stop(end->task);
	put_task_struct(end->task);
	return end->ret;
}
