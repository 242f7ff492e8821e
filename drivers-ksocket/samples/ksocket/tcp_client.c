// SPDX-License-Identifier: GPL-2.0-only
/*
 * TCP client: connects to the server on this machine and sends one line
 */

#define pr_fmt(fmt) "[tcp_client] " fmt

#include <linux/in.h>
#include <linux/module.h>
#include <linux/net.h>
#include <linux/poll.h>
#include <linux/printk.h>
#include <linux/socket.h>
#include <linux/string.h>
#include <net/ksocket.h>

#include "talker.h"

#define SERVER		"127.0.0.1"
#define PORT		12345
#define PATIENCE_S	30

/* Connects within 500 ms. */
static int reach(ksocket_t sock, struct sockaddr *server, int server_len)
{
	struct kpollfd fd = { .sock = sock, .events = POLLOUT };
	int error, len = sizeof(error);
	int ret;

	ret = kconnect4(sock, server, server_len, SOCK_NONBLOCK);
	if (ret != -EINPROGRESS)
		return ret;
	ret = kpoll(&fd, 1, 500);
	if (ret <= 0)
		return ret ? ret : -ETIMEDOUT;
	ret = kgetsockopt(sock, SOL_SOCKET, SO_ERROR, &error, &len);
	return ret ? ret : -error;
}

static int greet(ksocket_t sock)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(PORT),
		.sin_addr.s_addr = inet_addr(SERVER),
	};
	static const char greeting[] = "Hello from kernel TCP client!";
	ssize_t ret;

	ret = ksocket_set_nodelay(sock, true);
	if (!ret)
		ret = reach(sock, (struct sockaddr *)&address, sizeof(address));
	if (ret)
		return ret;
	pr_info("Connected to %s:%d\n", SERVER, PORT);

	ret = ksend(sock, greeting, strlen(greeting), 0);
	if (ret < 0)
		return ret;
	pr_info("Sent: %s\n", greeting);
	return 0;
}

static int attempt(struct talker *client)
{
	ksocket_t sock;
	int ret;

	sock = talker_keep(client, ksocket(AF_INET, SOCK_STREAM, 0));
	if (!sock)
		return -ENOMEM;

	ret = greet(sock);
	talker_close(client, sock);
	return ret;
}

/* When built in, it starts before the loopback interface is up: retry. */
static void talk(struct talker *client)
{
	int ret = talker_retry(client, PATIENCE_S, attempt);

	if (ret)
		pr_err("gave up after %d seconds: error %d\n", PATIENCE_S,
		       ret);
}

static struct talker client;

static int __init tcp_client_init(void)
{
	return talker_start(&client, "tcp_client", talk);
}
late_initcall(tcp_client_init);

static void __exit tcp_client_exit(void)
{
	talker_stop(&client);
}
module_exit(tcp_client_exit);

MODULE_DESCRIPTION("ksocket sample: TCP client");
MODULE_LICENSE("GPL");
