// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conversion of IPv4 and IPv6 addresses to and from text
 */

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/inet.h>
#include <linux/kernel.h>
#include <linux/socket.h>
#include <linux/string.h>
#include <net/ksocket.h>

#include "internal.h"

/*
 * True if one of the decimal numbers of an IPv4 address, which may end an IPv6
 * address, starts with an unnecessary zero. in4_pton() reads 010 as ten, but
 * inet_addr(3) as eight.
 */
static bool ksocket_has_leading_zero(const char *text, const char *end)
{
	const char *dot = memchr(text, '.', end - text);
	const char *start = dot;

	if (!dot)
		return false;
	while (start > text && start[-1] != ':')
		start--;
	for (text = start; text != end; text++)
		if ((text == start || text[-1] == '.') && *text == '0' &&
		    text + 1 != end && isdigit(text[1]))
			return true;
	return false;
}

/* Parses the whole text up to @end. */
int ksocket_read_host(int family, const char *text, const char *end,
		      void *address)
{
	const char *stop = NULL;
	int read;

	if (end - text > KSOCKET_TEXT_MAX ||
	    ksocket_has_leading_zero(text, end))
		return -EINVAL;

	if (family == AF_INET)
		read = in4_pton(text, end - text, address, '\0', &stop);
	else
		read = in6_pton(text, end - text, address, '\0', &stop);
	/* in4_pton() and in6_pton() also stop at a colon. */
	return read && stop == end ? 0 : -EINVAL;
}

/* @length is the return value of snprintf(). */
int ksocket_fitted(int length, size_t size)
{
	return length < size ? length : -ENOSPC;
}

static size_t ksocket_address_size(int family)
{
	switch (family) {
	case AF_INET:
		return sizeof(struct in_addr);
	case AF_INET6:
		return sizeof(struct in6_addr);
	default:
		return 0;
	}
}

/**
 * ksocket_pton - parse an IPv4 or IPv6 address
 * @family: AF_INET or AF_INET6
 * @text: the address and nothing else, four decimal numbers separated by dots
 *	or any form of RFC 4291
 * @address: buffer for a struct in_addr or a struct in6_addr
 * @size: size of @address in bytes
 *
 * Does not sleep.
 *
 * Return: 0; -EFAULT for a NULL @text or @address; -EAFNOSUPPORT for another
 * @family; -ENOSPC if @size is too small; -EINVAL if @text is not an address.
 * On failure @address is unchanged.
 */
int ksocket_pton(int family, const char *text, void *address, size_t size)
{
	size_t needed = ksocket_address_size(family);
	struct in6_addr read;
	int ret;

	if (!text || !address)
		return -EFAULT;
	if (!needed)
		return -EAFNOSUPPORT;
	if (size < needed)
		return -ENOSPC;

	ret = ksocket_read_host(family, text, text + strlen(text), &read);
	if (!ret)
		memcpy(address, &read, needed);
	return ret;
}
EXPORT_SYMBOL_GPL(ksocket_pton);

/**
 * ksocket_ntop - format an IPv4 or IPv6 address
 * @family: AF_INET or AF_INET6
 * @address: a struct in_addr or a struct in6_addr
 * @text: buffer for the text, INET_ADDRSTRLEN or INET6_ADDRSTRLEN bytes suffice
 * @size: size of @text in bytes
 *
 * Does not sleep.
 *
 * Return: length of the text without the terminating NUL; -EFAULT for a NULL
 * @address or @text; -EAFNOSUPPORT for another @family; -ENOSPC if the text
 * did not fit and was truncated.
 */
int ksocket_ntop(int family, const void *address, char *text, size_t size)
{
	if (!address || !text)
		return -EFAULT;
	size = min_t(size_t, size, KSOCKET_TEXT_MAX);

	switch (family) {
	case AF_INET:
		return ksocket_fitted(snprintf(text, size, "%pI4", address),
				      size);
	case AF_INET6:
		return ksocket_fitted(snprintf(text, size, "%pI6c", address),
				      size);
	default:
		return -EAFNOSUPPORT;
	}
}
EXPORT_SYMBOL_GPL(ksocket_ntop);
