// SPDX-License-Identifier: GPL-2.0-only
/*
 * kgetsockopt() built in: as in a module
 *
 * This kernel has no functions that would take kernel memory, so vmlinux
 * finds no more to link to than a module does.
 */

#include "internal.h"

int ksocket_getsockopt_builtin(struct socket *sock, int level, int optname,
			       void *optval, int *optlen)
{
	return ksocket_getsockopt_module(sock, level, optname, optval, optlen);
}
