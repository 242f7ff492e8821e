// SPDX-License-Identifier: GPL-2.0-only
/*
 * UDP client: sends a datagram to the server on this machine and waits for its
 * reply
 */

#define pr_fmt(fmt) "[udp_client] " fmt

#include <linux/in.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <net/ksocket.h>

#include "talker.h"

#define SERVER		"127.0.0.1"
#define PORT		4444
#define PATIENCE_S	30

static int ask(ksocket_t sock)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(PORT),
		.sin_addr.s_addr = inet_addr(SERVER),
	};
	char message[] = "Hello UDP Server";
	ssize_t ret;

	ret = ksocket_set_timeouts(sock, 1000, 0);
	if (!ret)
		ret = ksendto(sock, message, strlen(message), 0,
			      (struct sockaddr *)&address, sizeof(address));
	if (ret < 0)
		return ret;
	pr_info("Sent: %s\n", message);
	return 0;
}

static int hear(ksocket_t sock)
{
	char buffer[256];
	ssize_t received;

	received = krecvfrom(sock, buffer, sizeof(buffer), 0, NULL, NULL);
	/* A socket that was shut down returns 0. */
	if (received <= 0)
		return received ? received : -ESHUTDOWN;

	/* %*pE escapes unprintable bytes. */
	pr_info("Received: %*pE\n", (int)received, buffer);
	return 0;
}

static int attempt(struct talker *client)
{
	ksocket_t sock;
	int ret;

	sock = talker_keep(client, ksocket(AF_INET, SOCK_DGRAM, 0));
	if (!sock)
		return -ENOMEM;

	ret = ask(sock);
	if (!ret)
		ret = hear(sock);
	talker_close(client, sock);
	return ret;
}

/*
 * Datagrams may be lost, and when built in, it starts before the loopback
 * interface is up: retry.
 */
static void talk(struct talker *client)
{
	int ret = talker_retry(client, PATIENCE_S, attempt);

	if (ret)
		pr_err("gave up after %d seconds: error %d\n", PATIENCE_S,
		       ret);
}

static struct talker client;

static int __init udp_client_init(void)
{
	return talker_start(&client, "udp_client", talk);
}
late_initcall(udp_client_init);

static void __exit udp_client_exit(void)
{
	talker_stop(&client);
}
module_exit(udp_client_exit);

MODULE_DESCRIPTION("ksocket sample: UDP client");
MODULE_LICENSE("GPL");
