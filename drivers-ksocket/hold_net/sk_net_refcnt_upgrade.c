// SPDX-License-Identifier: GPL-2.0-only
/*
 * A reference to the namespace for a socket of the kernel: by the kernel's own
 * function
 */

#include <net/sock.h>

#include "internal.h"

void ksocket_hold_net(struct sock *sk)
{
	sk_net_refcnt_upgrade(sk);
}
