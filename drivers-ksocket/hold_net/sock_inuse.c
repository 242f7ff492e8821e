// SPDX-License-Identifier: GPL-2.0-only
/*
 * A reference to the namespace for a socket of the kernel: by hand, with the
 * counter that the kernel does not let others touch
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
