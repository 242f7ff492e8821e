// SPDX-License-Identifier: GPL-2.0-only
/*
 * Families whose sockets only work with a file descriptor or a process
 */

#include <linux/errno.h>
#include <linux/in.h>
#include <linux/socket.h>

#include "internal.h"

/* Not in the headers of every kernel. */
#define KSOCKET_PROTO_SMC	256

/*
 * -EOPNOTSUPP if the kernel would access memory that a kernel socket does not
 * have:
 *
 * AF_ALG	kernel_accept() replaces the operations of an accepted socket
 * AF_NETLINK	checks the capabilities of the sender's file, which is NULL
 * AF_SMC	writes to the file of an accepted socket, which is NULL
 * AF_XDP	maps memory of the current process; a kthread has none
 */
int ksocket_check_family(int domain, int protocol)
{
	switch (domain) {
	case AF_ALG:
	case AF_NETLINK:
	case AF_SMC:
	case AF_XDP:
		return -EOPNOTSUPP;
	case AF_INET:
	case AF_INET6:
		return protocol == KSOCKET_PROTO_SMC ? -EOPNOTSUPP : 0;
	default:
		return 0;
	}
}
