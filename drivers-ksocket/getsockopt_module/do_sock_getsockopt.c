// SPDX-License-Identifier: GPL-2.0-only
/*
 * kgetsockopt() in a module: SOL_SOCKET through do_sock_getsockopt()
 *
 * do_sock_getsockopt() takes kernel memory for SOL_SOCKET only; at any other
 * level of TCP and UDP it would warn, so those options are read from fields.
 * Its parameter compat is true only to skip the BPF programs of the current
 * task's control group, which do not run in the built-in form either.
 */

#include <linux/net.h>
#include <linux/sockptr.h>
#include <net/sock.h>

#include "internal.h"

int ksocket_getsockopt_module(struct socket *sock, int level, int optname,
			      void *optval, int *optlen)
{
	if (level == SOL_SOCKET)
		return do_sock_getsockopt(sock, true, level, optname,
					  KERNEL_SOCKPTR(optval),
					  KERNEL_SOCKPTR(optlen));

	return ksocket_get_protocol_field(sock->sk, level, optname, optval,
					  optlen);
}
