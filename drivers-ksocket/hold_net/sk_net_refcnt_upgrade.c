// SPDX-License-Identifier: GPL-2.0-only
/*
 * Make a kernel socket hold a reference to its namespace
 *
 * This kernel has a function for it.
 */

#include <net/sock.h>

#include "internal.h"

void ksocket_hold_net(struct sock *sk)
{
	sk_net_refcnt_upgrade(sk);
}
