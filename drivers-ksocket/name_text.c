// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conversion of addresses with a port to and from text
 */

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/kernel.h>
#include <linux/socket.h>
#include <linux/string.h>
#include <net/ksocket.h>

#include "internal.h"

/* Parses decimal digits up to @end; a sign or a space is an error. */
static int ksocket_read_number(const char *text, const char *end, u32 max,
			       u32 *number)
{
	u64 value = 0;

	if (text == end)
		return -EINVAL;
	for (; text != end; text++) {
		if (!isdigit(*text))
			return -EINVAL;
		value = value * 10 + (*text - '0');
		if (value > max)
			return -EINVAL;
	}
	*number = value;
	return 0;
}

static int ksocket_read_port(const char *text, __be16 *port)
{
	u32 number;
	int ret;

	ret = ksocket_read_number(text, text + strlen(text), U16_MAX, &number);
	if (!ret)
		*port = htons(number);
	return ret;
}

static int ksocket_read_ipv4(const char *text, struct sockaddr_in *name)
{
	const char *end = strchr(text, ':');
	int ret;

	if (!end)
		return -EINVAL;

	name->sin_family = AF_INET;
	ret = ksocket_read_host(AF_INET, text, end, &name->sin_addr);
	if (ret)
		return ret;
	return ksocket_read_port(end + 1, &name->sin_port);
}

/* @text starts after the opening bracket. */
static int ksocket_read_ipv6(const char *text, struct sockaddr_in6 *name)
{
	const char *end = strchr(text, ']');
	const char *scope;
	int ret;

	if (!end || end[1] != ':')
		return -EINVAL;

	name->sin6_family = AF_INET6;
	scope = memchr(text, '%', end - text);
	ret = ksocket_read_host(AF_INET6, text, scope ? scope : end,
				&name->sin6_addr);
	if (!ret && scope)
		ret = ksocket_read_number(scope + 1, end, U32_MAX,
					  &name->sin6_scope_id);
	if (ret)
		return ret;
	return ksocket_read_port(end + 2, &name->sin6_port);
}

/**
 * ksocket_name_pton - parse an address with a port
 * @text: "192.0.2.1:80", "[2001:db8::1]:80" or, with an interface index,
 *	"[fe80::1%2]:80"; host names and service names are not resolved
 * @address: buffer for a struct sockaddr_in or a struct sockaddr_in6
 * @address_len: size of @address on entry, length of the address on return
 *
 * Does not sleep.
 *
 * Return: 0; -EFAULT for a NULL @text, @address or @address_len; -EINVAL if
 * @text has none of these forms; -ENOSPC if the address does not fit. On
 * failure @address and @address_len are unchanged.
 */
int ksocket_name_pton(const char *text, struct sockaddr *address,
		      int *address_len)
{
	union {
		struct sockaddr_in ipv4;
		struct sockaddr_in6 ipv6;
	} name = { };
	int len, ret;

	if (!text || !address || !address_len)
		return -EFAULT;

	if (*text == '[') {
		len = sizeof(name.ipv6);
		ret = ksocket_read_ipv6(text + 1, &name.ipv6);
	} else {
		len = sizeof(name.ipv4);
		ret = ksocket_read_ipv4(text, &name.ipv4);
	}
	if (ret)
		return ret;
	if (*address_len < len)
		return -ENOSPC;

	memcpy(address, &name, len);
	*address_len = len;
	return 0;
}
EXPORT_SYMBOL_GPL(ksocket_name_pton);

/**
 * ksocket_name_ntop - format an address with its port
 * @address: a struct sockaddr_in or a struct sockaddr_in6
 * @address_len: length of @address in bytes
 * @text: buffer for the text in the form that ksocket_name_pton() parses; 64
 *	bytes suffice
 * @size: size of @text in bytes
 *
 * Does not sleep.
 *
 * Return: length of the text without the terminating NUL; -EFAULT for a NULL
 * @address or @text; -EINVAL if @address_len is too short for the family or out
 * of range; -EAFNOSUPPORT for another family; -ENOSPC if the text did not fit
 * and was truncated.
 */
int ksocket_name_ntop(const struct sockaddr *address, int address_len,
		      char *text, size_t size)
{
	struct sockaddr_storage name;
	const struct sockaddr_in6 *ipv6 = (struct sockaddr_in6 *)&name;
	const struct sockaddr_in *ipv4 = (struct sockaddr_in *)&name;
	char scope[sizeof("%4294967295")] = "";
	int ret;

	if (!text)
		return -EFAULT;
	size = min_t(size_t, size, KSOCKET_TEXT_MAX);
	ret = ksocket_name_in(&name, address, address_len);
	if (ret)
		return ret;

	switch (name.ss_family) {
	case AF_INET:
		if (address_len < sizeof(*ipv4))
			return -EINVAL;
		return ksocket_fitted(snprintf(text, size, "%pI4:%u",
					       &ipv4->sin_addr,
					       ntohs(ipv4->sin_port)), size);
	case AF_INET6:
		if (address_len < sizeof(*ipv6))
			return -EINVAL;
		if (ipv6->sin6_scope_id)
			snprintf(scope, sizeof(scope), "%%%u",
				 ipv6->sin6_scope_id);
		return ksocket_fitted(snprintf(text, size, "[%pI6c%s]:%u",
					       &ipv6->sin6_addr, scope,
					       ntohs(ipv6->sin6_port)), size);
	default:
		return -EAFNOSUPPORT;
	}
}
EXPORT_SYMBOL_GPL(ksocket_name_ntop);
