// SPDX-License-Identifier: GPL-2.0-only
/*
 * Opens, accepts and closes connections over the loopback interface
 *
 * The test runs when the module is loaded. /init compares the counters of the
 * kernel afterwards to find leaks.
 */

#define pr_fmt(fmt) "accepts: " fmt

#include <linux/in.h>
#include <linux/module.h>
#include <linux/net.h>
#include <linux/socket.h>
#include <net/ksocket.h>

static int cycles = 10000;
module_param(cycles, int, 0);
MODULE_PARM_DESC(cycles, "connections to accept and close");

static bool reset = true;
module_param(reset, bool, 0);
MODULE_PARM_DESC(reset, "close with SO_LINGER 0, which leaves no TIME_WAIT");

static int listen_anywhere(ksocket_t *listener, struct sockaddr_in *name)
{
	int len = sizeof(*name);
	int ret;

	*listener = ksocket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	if (!*listener)
		return -ENOMEM;

	name->sin_family = AF_INET;
	name->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ret = kbind(*listener, (struct sockaddr *)name, sizeof(*name));
	if (!ret)
		ret = klisten(*listener, 8);
	if (!ret)
		ret = kgetsockname(*listener, (struct sockaddr *)name, &len);
	return ret;
}

/* The side that closes first determines how the connection ends. */
static int close_both(ksocket_t conn, ksocket_t client)
{
	struct linger at_once = { .l_onoff = 1 };
	int ret = 0;

	if (reset)
		ret = ksetsockopt(conn, SOL_SOCKET, SO_LINGER, &at_once,
				  sizeof(at_once));
	kclose(conn);
	kclose(client);
	return ret;
}

static int accept_one(ksocket_t listener, struct sockaddr_in *name)
{
	struct sockaddr_in peer = { }, own = { };
	int peer_len = sizeof(peer), own_len = sizeof(own);
	ksocket_t client, conn;
	int ret;

	client = ksocket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	if (!client)
		return -ENOMEM;
	ret = kconnect(client, (struct sockaddr *)name, sizeof(*name));
	if (!ret)
		ret = kgetsockname(client, (struct sockaddr *)&own, &own_len);
	if (ret)
		goto err_client;

	conn = kaccept(listener, (struct sockaddr *)&peer, &peer_len);
	if (!conn) {
		ret = -ECONNABORTED;
		goto err_client;
	}
	ret = close_both(conn, client);
	if (!ret && peer.sin_port != own.sin_port)
		ret = -EADDRNOTAVAIL;
	return ret;

err_client:
	kclose(client);
	return ret;
}

static int __init accepts_init(void)
{
	struct sockaddr_in name = { };
	ksocket_t listener;
	int done = 0;
	int ret;

	ret = listen_anywhere(&listener, &name);
	while (!ret && done < cycles) {
		ret = accept_one(listener, &name);
		if (!ret)
			done++;
	}
	kclose(listener);

	pr_info("%d of %d connections accepted and closed: %d\n", done, cycles,
		ret);
	return ret;
}

static void __exit accepts_exit(void)
{
}

module_init(accepts_init);
module_exit(accepts_exit);
MODULE_DESCRIPTION("Test: accept and close connections through ksocket");
MODULE_LICENSE("GPL");
