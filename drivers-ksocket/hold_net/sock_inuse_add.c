// SPDX-License-Identifier: GPL-2.0-only
/*
 * Make a kernel socket hold a reference to its namespace
 *
 * This kernel has no function for it: take the reference as sk_alloc() does.
 */

#include <linux/gfp.h>
#include <net/net_namespace.h>
#include <net/sock.h>

#include "internal.h"

void ksocket_hold_net(struct sock *sk)
{
	sk->sk_net_refcnt = 1;
	get_net_track(sock_net(sk), &sk->ns_tracker, GFP_KERNEL);
	sock_inuse_add(sock_net(sk), 1);
}
