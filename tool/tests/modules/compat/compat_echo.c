// SPDX-License-Identifier: GPL-2.0-only
/*
 * A module written for the older ksocket: TCP and UDP echo over the loopback
 * interface, with all of the seventeen calls
 *
 * Only a test for compatibility; do not use it as an example.
 */

#include <linux/delay.h>
#include <linux/err.h>
#include <linux/in.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/net.h>
#include <linux/slab.h>
#include <linux/socket.h>
#include <linux/string.h>

#include "ksocket.h"

#define TCP_PORT 12777
#define UDP_PORT 12778

static struct task_struct *echo_thread;

static void set_address(struct sockaddr_in *address, int port)
{
	memset(address, 0, sizeof(*address));
	address->sin_family = AF_INET;
	address->sin_addr.s_addr = inet_addr("127.0.0.1");
	address->sin_port = htons(port);
}

static int tell_names(ksocket_t sock)
{
	struct sockaddr_in here, there;
	int here_len = sizeof(here), there_len = sizeof(there);
	int type = 0, type_len = sizeof(type);
	char *text;

	if (kgetsockname(sock, (struct sockaddr *)&here, &here_len) < 0 ||
	    kgetpeername(sock, (struct sockaddr *)&there, &there_len) < 0 ||
	    kgetsockopt(sock, SOL_SOCKET, SO_TYPE, &type, &type_len) < 0)
		return -1;

	text = inet_ntoa(&there.sin_addr);
	if (!text)
		return -1;
	pr_info("compat: from %s to port %d, type %d\n", text,
		ntohs(here.sin_port), type);
	kfree(text);
	return 0;
}

static int tcp_talk(ksocket_t listener, ksocket_t client)
{
	struct sockaddr_in address, peer;
	int peer_len = sizeof(peer), on = 1, ret = -1;
	char buffer[64] = "";
	ksocket_t conn;

	set_address(&address, TCP_PORT);
	ksetsockopt(listener, SOL_SOCKET, SO_REUSEADDR, (void *)&on, sizeof(on));
	if (kbind(listener, (struct sockaddr *)&address, sizeof(address)) < 0 ||
	    klisten(listener, 5) < 0 ||
	    kconnect(client, (struct sockaddr *)&address, sizeof(address)) < 0)
		return -1;

	conn = kaccept(listener, (struct sockaddr *)&peer, &peer_len);
	if (IS_ERR_OR_NULL(conn))
		return -1;

	if (ksend(client, "hello over TCP", 14, 0) == 14 &&
	    krecv(conn, buffer, sizeof(buffer) - 1, 0) == 14 &&
	    ksend(conn, buffer, 14, 0) == 14 &&
	    krecv(client, memset(buffer, 0, sizeof(buffer)), 14, 0) == 14) {
		ret = tell_names(conn);
		pr_info("compat: TCP echo: %s\n", buffer);
	}

	kshutdown(client, 2);
	kclose(conn);
	return ret;
}

static int udp_talk(ksocket_t server, ksocket_t client)
{
	struct sockaddr_in address, sender;
	int sender_len = sizeof(sender);
	char message[] = "hello over UDP";
	char buffer[64] = "";

	set_address(&address, UDP_PORT);
	if (kbind(server, (struct sockaddr *)&address, sizeof(address)) < 0 ||
	    ksendto(client, message, 14, 0, (struct sockaddr *)&address,
		    sizeof(address)) != 14 ||
	    krecvfrom(server, buffer, sizeof(buffer) - 1, 0,
		      (struct sockaddr *)&sender, &sender_len) != 14 ||
	    ksendto(server, buffer, 14, 0, (struct sockaddr *)&sender,
		    sender_len) != 14)
		return -1;

	memset(buffer, 0, sizeof(buffer));
	if (krecvfrom(client, buffer, sizeof(buffer) - 1, 0, NULL, NULL) != 14)
		return -1;
	pr_info("compat: UDP echo: %s\n", buffer);
	return 0;
}

static int with_two(int type, int (*talk)(ksocket_t, ksocket_t))
{
	ksocket_t first = ksocket(AF_INET, type, 0);
	ksocket_t second = ksocket(AF_INET, type, 0);
	int ret = -1;

	if (!first || IS_ERR_OR_NULL(second))
		pr_err("compat: no sockets\n");
	else
		ret = talk(first, second);

	if (first)
		kclose(first);
	if (second)
		kclose(second);
	return ret;
}

static int echo(void *data)
{
	int tcp = -1, udp = -1;

	/* When built in, it starts before the loopback interface is up. */
	while (!kthread_should_stop()) {
		if (tcp)
			tcp = with_two(SOCK_STREAM, tcp_talk);
		if (udp)
			udp = with_two(SOCK_DGRAM, udp_talk);
		msleep(50);
	}
	return 0;
}

static int __init compat_echo_init(void)
{
	/* Check the return value of a failure, with an invalid family. */
	if (ksocket(-1, SOCK_STREAM, 0))
		return -EINVAL;

	echo_thread = kthread_run(echo, NULL, "compat_echo");
	return IS_ERR(echo_thread) ? PTR_ERR(echo_thread) : 0;
}

static void __exit compat_echo_exit(void)
{
	kthread_stop(echo_thread);
}

module_init(compat_echo_init);
module_exit(compat_echo_exit);

MODULE_DESCRIPTION("ksocket test: written for the older ksocket");
MODULE_LICENSE("GPL");
