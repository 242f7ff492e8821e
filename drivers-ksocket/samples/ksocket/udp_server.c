// SPDX-License-Identifier: GPL-2.0-only
/*
 * UDP server: receives datagrams on port 4444 of this machine, logs them and
 * sends a reply
 */

#define pr_fmt(fmt) "UDP Server: " fmt

#include <linux/in.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <net/ksocket.h>

#include "talker.h"

#define PORT		4444

static int open_port(ksocket_t sock)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(PORT),
		.sin_addr.s_addr = inet_addr("127.0.0.1"),
	};
	int on = 1;
	int ret;

	/* Allow the address while the loopback interface is down. */
	ret = ksetsockopt(sock, IPPROTO_IP, IP_FREEBIND, &on, sizeof(on));
	if (!ret)
		ret = kbind(sock, (struct sockaddr *)&address, sizeof(address));
	return ret;
}

static void answer(struct talker *server, ksocket_t sock)
{
	char ack[] = "ACK from UDP Server";
	struct sockaddr_in sender;
	int sender_len = sizeof(sender);
	char buffer[256];
	ssize_t received;

	received = krecvfrom(sock, buffer, sizeof(buffer), 0,
			     (struct sockaddr *)&sender, &sender_len);
	if (talker_stopping(server))
		return;
	if (received < 0) {
		talker_sleep(server, 100);
		return;
	}
	/* %*pE escapes unprintable bytes. */
	pr_info("Received '%*pE'\n", (int)received, buffer);

	ksendto(sock, ack, strlen(ack), 0, (struct sockaddr *)&sender,
		sender_len);
}

static void serve(struct talker *server)
{
	ksocket_t sock;
	int ret;

	sock = talker_keep(server, ksocket(AF_INET, SOCK_DGRAM, 0));
	if (!sock)
		return;

	ret = open_port(sock);
	if (ret)
		pr_err("cannot bind port %d: error %d\n", PORT, ret);
	else
		pr_info("Listening on port %d\n", PORT);

	while (!ret && !talker_stopping(server))
		answer(server, sock);

	talker_close(server, sock);
}

static struct talker server;

static int __init udp_server_init(void)
{
	return talker_start(&server, "udp_server", serve);
}
late_initcall(udp_server_init);

static void __exit udp_server_exit(void)
{
	talker_stop(&server);
}
module_exit(udp_server_exit);

MODULE_DESCRIPTION("ksocket sample: UDP server");
MODULE_LICENSE("GPL");
