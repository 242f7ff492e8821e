// SPDX-License-Identifier: GPL-2.0-only
/*
 * kgetsockopt() when built in: same as in a module
 *
 * This kernel has no functions that take kernel memory, so vmlinux cannot link
 * to more of them than a module.
 */

#include "internal.h"

int ksocket_getsockopt_builtin(struct socket *sock, int level, int optname,
			       void *optval, int *optlen)
{
	return ksocket_getsockopt_module(sock, level, optname, optval, optlen);
}
