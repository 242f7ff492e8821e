// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conversion of IPv4 addresses to and from text
 */

#include <linux/export.h>
#include <linux/in.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/socket.h>
#include <net/ksocket.h>

/**
 * inet_addr - parse an IPv4 address
 * @ip: four decimal numbers without leading zeros, separated by dots, and
 *	nothing else
 *
 * Does not sleep.
 *
 * Return: the address in network byte order; INADDR_NONE, which is also the
 * value of 255.255.255.255, for NULL or any other text.
 */
__be32 inet_addr(char *ip)
{
	__be32 address;

	if (ksocket_pton(AF_INET, ip, &address, sizeof(address)))
		return htonl(INADDR_NONE);
	return address;
}
EXPORT_SYMBOL_GPL(inet_addr);

/**
 * inet_ntoa - format an IPv4 address
 * @in: address in network byte order
 *
 * May sleep.
 *
 * Return: text that the caller must kfree(), or NULL for a NULL @in or if there
 * is no memory.
 */
char *inet_ntoa(struct in_addr *in)
{
	if (!in)
		return NULL;
	return kasprintf(GFP_KERNEL, "%pI4", &in->s_addr);
}
EXPORT_SYMBOL_GPL(inet_ntoa);
