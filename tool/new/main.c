// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module: one server on the loopback interface
 */

#define pr_fmt(fmt) "kecho: " fmt

#include <linux/module.h>
#include <linux/printk.h>

#include "kecho.h"

static ushort port = 7777;
module_param(port, ushort, 0444);
MODULE_PARM_DESC(port, "the port to listen on (default 7777)");

static struct kecho server;

/**
 * kecho_port - the port of the server
 *
 * Does not sleep.
 *
 * Return: the port, in host byte order.
 */
u16 kecho_port(void)
{
	return port;
}
EXPORT_SYMBOL_GPL(kecho_port);

static int __init kecho_init(void)
{
	int ret = kecho_start(&server, port);

	if (ret)
		pr_err("cannot listen on port %u: error %d\n", port, ret);
	else
		pr_info("listening on port %u\n", port);
	return ret;
}
module_init(kecho_init);

static void __exit kecho_exit(void)
{
	kecho_stop(&server);
}
module_exit(kecho_exit);

MODULE_DESCRIPTION("TCP echo server on ksocket");
MODULE_LICENSE("GPL");
