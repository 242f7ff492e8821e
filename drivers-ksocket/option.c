// SPDX-License-Identifier: GPL-2.0-only
/*
 * Setting and getting socket options in kernel memory
 */

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/net.h>
#include <linux/sockptr.h>
#include <linux/string.h>
#include <net/ksocket.h>
#include <net/sock.h>

#include "internal.h"

/*
 * In a system call of a 32-bit program, the kernel reads the old form of a
 * timeout in the layout of that program. On 64 bits the new form has the same
 * bytes as the old one, and only one layout.
 */
static int ksocket_new_form(int level, int optname)
{
	if (level != SOL_SOCKET || !IS_ENABLED(CONFIG_64BIT))
		return optname;
	if (optname == SO_RCVTIMEO_OLD)
		return SO_RCVTIMEO_NEW;
	if (optname == SO_SNDTIMEO_OLD)
		return SO_SNDTIMEO_NEW;
	return optname;
}

static int ksocket_set_by_protocol(struct socket *sock, int level, int optname,
				   void *optval, int optlen)
{
	/* Protocols may change sock->ops; IPV6_ADDRFORM does. */
	const struct proto_ops *ops = READ_ONCE(sock->ops);

	if (!ops->setsockopt)
		return -EOPNOTSUPP;
	return ops->setsockopt(sock, level, optname, KERNEL_SOCKPTR(optval),
			       optlen);
}

int ksocket_set_option(struct socket *sock, int level, int optname,
		       void *optval, int optlen)
{
	int ret = -ENOPROTOOPT;

	if (level != SOL_SOCKET || ksocket_handles_options(sock->sk))
		ret = ksocket_set_by_protocol(sock, level, optname, optval,
					      optlen);
	if (level != SOL_SOCKET || sock->sk->sk_protocol == IPPROTO_MPTCP)
		return ret;
	if (ret != -ENOPROTOOPT && ret != -EOPNOTSUPP)
		return ret;
	return sock_setsockopt(sock, level, optname, KERNEL_SOCKPTR(optval),
			       optlen);
}

/* Copies as much of a value as fits. */
int ksocket_put_option(void *optval, int *optlen, const void *value, int size)
{
	*optlen = min(*optlen, size);
	memcpy(optval, value, *optlen);
	return 0;
}

/**
 * ksetsockopt - set a socket option
 * @sock: socket
 * @level: SOL_SOCKET, IPPROTO_TCP and so on
 * @optname: option of that level
 * @optval: its new value, in kernel memory, which the caller may reuse on
 *	return; NULL for the few options without a value
 * @optlen: length of @optval in bytes
 *
 * May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EFAULT for a NULL @optval with a
 * non-zero @optlen; -EINVAL for a negative or too short @optlen; -EOPNOTSUPP if
 * the protocol has no options and for options that use memory of a process;
 * -EBUSY for TCP_ULP and SOL_TLS while @sock has callbacks; -ENOPROTOOPT for an
 * unknown option; or another negative errno as from setsockopt(2).
 */
int ksetsockopt(ksocket_t sock, int level, int optname, void *optval,
		int optlen)
{
	if (!sock)
		return -ENOTSOCK;
	if (optlen < 0)
		return -EINVAL;
	if (!optval && optlen)
		return -EFAULT;
	if (level == SOL_SOCKET && ksocket_is_user_option(optname))
		return -EOPNOTSUPP;
	if (ksocket_maps_memory(level, optname))
		return -EOPNOTSUPP;
	if (ksocket_blocks_callbacks(sock->sk, level, optname))
		return -EBUSY;
	if (ksocket_is_compat(level, optname))
		return ksocket_set_compat(sock, level, optname, optval, optlen);

	return ksocket_set_option(sock, level,
				  ksocket_new_form(level, optname), optval,
				  optlen);
}
EXPORT_SYMBOL_GPL(ksetsockopt);

static int ksocket_get_option(struct socket *sock, int level, int optname,
			      void *optval, int *optlen)
{
	if (IS_BUILTIN(CONFIG_KSOCKET))
		return ksocket_getsockopt_builtin(sock, level, optname, optval,
						  optlen);
	return ksocket_getsockopt_module(sock, level, optname, optval, optlen);
}

/*
 * Some kernels can set SO_TIMESTAMPING_NEW but not get it. Its value is that of
 * SO_TIMESTAMPING_OLD, or zero if only the old form is set.
 */
static int ksocket_get_timestamping(struct socket *sock, void *optval,
				    int *optlen)
{
	int size = *optlen;
	int ret;

	ret = ksocket_get_option(sock, SOL_SOCKET, SO_TIMESTAMPING_NEW, optval,
				 optlen);
	if (ret != -ENOPROTOOPT)
		return ret;

	*optlen = size;
	ret = ksocket_get_option(sock, SOL_SOCKET, SO_TIMESTAMPING_OLD, optval,
				 optlen);
	if (!ret && !sock_flag(sock->sk, SOCK_TSTAMP_NEW))
		memset(optval, 0, *optlen);
	return ret;
}

/**
 * kgetsockopt - get a socket option
 * @sock: socket
 * @level: SOL_SOCKET, or IPPROTO_TCP, IPPROTO_IP or IPPROTO_IPV6 on a socket of
 *	that protocol
 * @optname: option of that level
 * @optval: buffer for the value, in kernel memory
 * @optlen: size of @optval on entry, length of the value on return; a longer
 *	value is truncated, as by getsockopt(2)
 *
 * Built into a kernel from 6.1 on, it returns what getsockopt(2) does, except
 * for options about processes and their memory. As a module, and before 6.1,
 * the levels other than SOL_SOCKET (before 6.7 that one too) are limited to
 * the common options, because the kernel exports no function to get others.
 *
 * May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EFAULT for a NULL @optval or
 * @optlen; -EINVAL for a negative length; -EOPNOTSUPP for an option that
 * kernel code cannot get, on this socket or in this build; -ENOPROTOOPT for an
 * unknown option; or another negative errno as from getsockopt(2).
 */
int kgetsockopt(ksocket_t sock, int level, int optname, void *optval,
		int *optlen)
{
	if (!sock)
		return -ENOTSOCK;
	if (!optval || !optlen)
		return -EFAULT;
	if (*optlen < 0)
		return -EINVAL;
	if (!ksocket_may_ask(sock->sk, level, optname) ||
	    ksocket_is_compat(level, optname))
		return -EOPNOTSUPP;
	if (level == SOL_SOCKET && optname == SO_TIMESTAMPING_NEW)
		return ksocket_get_timestamping(sock, optval, optlen);

	return ksocket_get_option(sock, level,
				  ksocket_new_form(level, optname), optval,
				  optlen);
}
EXPORT_SYMBOL_GPL(kgetsockopt);
