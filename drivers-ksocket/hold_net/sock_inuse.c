// SPDX-License-Identifier: GPL-2.0-only
/*
 * Make a kernel socket hold a reference to its namespace
 *
 * This kernel has no function for it and does not export sock_inuse_add():
 * change the counter directly.
 */

#include <linux/percpu.h>
#include <net/net_namespace.h>
#include <net/sock.h>

#include "internal.h"

void ksocket_hold_net(struct sock *sk)
{
	sk->sk_net_refcnt = 1;
	get_net(sock_net(sk));
#ifdef CONFIG_PROC_FS
	this_cpu_inc(*sock_net(sk)->core.sock_inuse);
#endif
}
