// SPDX-License-Identifier: GPL-2.0-only
/*
 * The two sets of calls: ksocket, and the kernel's own calls that a driver
 * without ksocket would use
 */

#include <linux/net.h>
#include <linux/socket.h>
#include <linux/uio.h>
#include <net/ksocket.h>
#include <net/net_namespace.h>

#include "bench.h"

static int ours_create(int type, struct socket **sock)
{
	*sock = ksocket(AF_INET, type, 0);
	return *sock ? 0 : -ENOMEM;
}

static int ours_bind(struct socket *sock, struct sockaddr_in *name)
{
	return kbind(sock, (struct sockaddr *)name, sizeof(*name));
}

static int ours_connect(struct socket *sock, struct sockaddr_in *name)
{
	return kconnect(sock, (struct sockaddr *)name, sizeof(*name));
}

static int ours_accept(struct socket *sock, struct socket **conn)
{
	*conn = kaccept(sock, NULL, NULL);
	return *conn ? 0 : -ECONNABORTED;
}

static void ours_close(struct socket *sock)
{
	kclose(sock);
}

static const struct calls through_ksocket = {
	.name = "ksocket",
	.create = ours_create,
	.bind = ours_bind,
	.listen = klisten,
	.connect = ours_connect,
	.accept = ours_accept,
	.send = ksend,
	.receive = krecv,
	.close = ours_close,
};

static int raw_create(int type, struct socket **sock)
{
	return sock_create_kern(&init_net, AF_INET, type, 0, sock);
}

/* The parameter type differs between kernels; void * fits all. */
static int raw_bind(struct socket *sock, struct sockaddr_in *name)
{
	return kernel_bind(sock, (void *)name, sizeof(*name));
}

static int raw_connect(struct socket *sock, struct sockaddr_in *name)
{
	return kernel_connect(sock, (void *)name, sizeof(*name), 0);
}

static int raw_accept(struct socket *sock, struct socket **conn)
{
	return kernel_accept(sock, conn, 0);
}

static ssize_t raw_send(struct socket *sock, const void *data, size_t size,
			int flags)
{
	struct msghdr msg = { .msg_flags = flags | MSG_NOSIGNAL };
	struct kvec vec = { .iov_base = (void *)data, .iov_len = size };

	return kernel_sendmsg(sock, &msg, &vec, 1, size);
}

static ssize_t raw_receive(struct socket *sock, void *room, size_t size,
			   int flags)
{
	struct kvec vec = { .iov_base = room, .iov_len = size };
	struct msghdr msg = { };

	return kernel_recvmsg(sock, &msg, &vec, 1, size, flags);
}

static const struct calls through_kernel = {
	.name = "raw",
	.create = raw_create,
	.bind = raw_bind,
	.listen = kernel_listen,
	.connect = raw_connect,
	.accept = raw_accept,
	.send = raw_send,
	.receive = raw_receive,
	.close = sock_release,
};

const struct pair plain_calls = { &through_ksocket, &through_kernel };
