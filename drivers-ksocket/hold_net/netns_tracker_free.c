// SPDX-License-Identifier: GPL-2.0-only
/*
 * A reference to the namespace for a socket of the kernel: by hand, in place
 * of the mere trace of one that such a socket has in this kernel
 */

#include <linux/gfp.h>
#include <net/net_namespace.h>
#include <net/sock.h>

#include "internal.h"

void ksocket_hold_net(struct sock *sk)
{
	__netns_tracker_free(sock_net(sk), &sk->ns_tracker, false);
	sk->sk_net_refcnt = 1;
	get_net_track(sock_net(sk), &sk->ns_tracker, GFP_KERNEL);
	sock_inuse_add(sock_net(sk), 1);
}
