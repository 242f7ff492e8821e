// SPDX-License-Identifier: GPL-2.0-only
/*
 * Options that the kernel reads in the layout of a 32-bit program
 *
 * In a system call of such a program, the kernel expects these values without
 * the padding after their first member, also from kernel code.
 */

#include <linux/compat.h>
#include <linux/errno.h>
#include <linux/in.h>
#include <linux/slab.h>
#include <linux/socket.h>
#include <linux/string.h>

#include "internal.h"

/* struct group_req, group_source_req and group_filter start with a u32. */
#define KSOCKET_COMPAT_HEAD	4
#define KSOCKET_COMPAT_PADDING	4

/* True if the layout of the value is not the one of the kernel. */
bool ksocket_is_compat(int level, int optname)
{
	if (!IS_ENABLED(CONFIG_64BIT) || !in_compat_syscall())
		return false;
	if (level != SOL_IP && level != SOL_IPV6)
		return false;

	switch (optname) {
	case MCAST_JOIN_GROUP:
	case MCAST_LEAVE_GROUP:
	case MCAST_JOIN_SOURCE_GROUP:
	case MCAST_LEAVE_SOURCE_GROUP:
	case MCAST_BLOCK_SOURCE:
	case MCAST_UNBLOCK_SOURCE:
	case MCAST_MSFILTER:
		return true;
	default:
		return false;
	}
}

int ksocket_set_compat(struct socket *sock, int level, int optname,
		       const void *optval, int optlen)
{
	const u8 *from = optval;
	u8 *value;
	int ret;

	if (optlen < KSOCKET_COMPAT_HEAD + KSOCKET_COMPAT_PADDING)
		return -EINVAL;

	optlen -= KSOCKET_COMPAT_PADDING;
	value = kmalloc(optlen, GFP_KERNEL);
	if (!value)
		return -ENOMEM;
	memcpy(value, from, KSOCKET_COMPAT_HEAD);
	memcpy(value + KSOCKET_COMPAT_HEAD,
	       from + KSOCKET_COMPAT_HEAD + KSOCKET_COMPAT_PADDING,
	       optlen - KSOCKET_COMPAT_HEAD);

	ret = ksocket_set_option(sock, level, optname, value, optlen);
	kfree(value);
	return ret;
}
