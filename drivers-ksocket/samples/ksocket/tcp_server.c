// SPDX-License-Identifier: GPL-2.0-only
/*
 * TCP server: accepts connections on port 12345 of this machine, one at a time,
 * and logs the data it receives
 */

#define pr_fmt(fmt) "tcp_server: " fmt

#include <linux/in.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <net/ksocket.h>

#include "talker.h"

#define PORT		12345
#define BACKLOG		5

static int open_listener(ksocket_t sock)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(PORT),
		.sin_addr.s_addr = inet_addr("127.0.0.1"),
	};
	int on = 1;
	int ret;

	/* Allow the port while old connections are still in TIME_WAIT. */
	ret = ksocket_set_reuseaddr(sock, true);
	/* Allow the address while the loopback interface is down. */
	if (!ret)
		ret = ksetsockopt(sock, IPPROTO_IP, IP_FREEBIND, &on,
				  sizeof(on));
	if (!ret)
		ret = kbind(sock, (struct sockaddr *)&address, sizeof(address));
	if (!ret)
		ret = klisten(sock, BACKLOG);
	return ret;
}

static void hear_out(ksocket_t conn)
{
	char buffer[256];
	ssize_t received;

	while ((received = krecv(conn, buffer, sizeof(buffer), 0)) > 0)
		/* %*pE escapes unprintable bytes. */
		pr_info("received (%zd bytes): %*pE\n", received,
			(int)received, buffer);
}

static void serve(struct talker *server)
{
	ksocket_t listener, conn;
	int ret;

	listener = talker_keep(server, ksocket(AF_INET, SOCK_STREAM, 0));
	if (!listener)
		return;

	ret = open_listener(listener);
	if (ret)
		pr_err("cannot listen on port %d: error %d\n", PORT, ret);
	else
		pr_info("listening on port %d\n", PORT);

	while (!ret && !talker_stopping(server)) {
		conn = talker_keep(server, kaccept(listener, NULL, NULL));
		if (conn) {
			hear_out(conn);
			talker_close(server, conn);
		} else {
			talker_sleep(server, 100);
		}
	}

	talker_close(server, listener);
}

static struct talker server;

static int __init tcp_server_init(void)
{
	return talker_start(&server, "tcp_server", serve);
}
late_initcall(tcp_server_init);

static void __exit tcp_server_exit(void)
{
	talker_stop(&server);
}
module_exit(tcp_server_exit);

MODULE_DESCRIPTION("ksocket sample: TCP server");
MODULE_LICENSE("GPL");
