// SPDX-License-Identifier: GPL-2.0-only
/*
 * Setting and getting socket options in kernel memory
 */

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/net.h>
#include <linux/rds.h>
#include <linux/sockptr.h>
#include <linux/string.h>
#include <linux/tcp.h>
#include <net/ksocket.h>
#include <net/sock.h>

#include "internal.h"

/*
 * The options of SOL_SOCKET that are plain values in every kernel. The others
 * describe or serve a process (SO_PEERPIDFD would even open a file in the
 * current process), access user memory (SO_PEERSEC in some kernels), or are
 * unknown to some kernels.
 */
static bool ksocket_is_plain_option(int optname)
{
	switch (optname) {
	case SO_ACCEPTCONN:
	case SO_BINDTODEVICE:
	case SO_BINDTOIFINDEX:
	case SO_BPF_EXTENSIONS:
	case SO_BROADCAST:
	case SO_BSDCOMPAT:
	case SO_BUSY_POLL:
	case SO_COOKIE:
	case SO_DEBUG:
	case SO_DOMAIN:
	case SO_DONTROUTE:
	case SO_ERROR:
	case SO_INCOMING_CPU:
	case SO_INCOMING_NAPI_ID:
	case SO_KEEPALIVE:
	case SO_LINGER:
	case SO_LOCK_FILTER:
	case SO_MARK:
	case SO_MAX_PACING_RATE:
	case SO_MEMINFO:
	case SO_NOFCS:
	case SO_NO_CHECK:
	case SO_OOBINLINE:
	case SO_PEEK_OFF:
	case SO_PRIORITY:
	case SO_PROTOCOL:
	case SO_RCVBUF:
	case SO_RCVLOWAT:
	case SO_RCVTIMEO_NEW:
	case SO_RCVTIMEO_OLD:
	case SO_REUSEADDR:
	case SO_REUSEPORT:
	case SO_RXQ_OVFL:
	case SO_SELECT_ERR_QUEUE:
	case SO_SNDBUF:
	case SO_SNDLOWAT:
	case SO_SNDTIMEO_NEW:
	case SO_SNDTIMEO_OLD:
	case SO_TIMESTAMPING_NEW:
	case SO_TIMESTAMPING_OLD:
	case SO_TIMESTAMPNS_NEW:
	case SO_TIMESTAMPNS_OLD:
	case SO_TIMESTAMP_NEW:
	case SO_TIMESTAMP_OLD:
	case SO_TXTIME:
	case SO_TYPE:
	case SO_WIFI_STATUS:
	case SO_ZEROCOPY:
		return true;
	default:
		return false;
	}
}

/*
 * The functions of a level do not check the kind of socket: on another kind
 * they would read past its end.
 */
static bool ksocket_may_ask(const struct sock *sk, int level, int optname)
{
	bool inet6 = sk->sk_family == AF_INET6;
	bool inet = sk->sk_family == AF_INET || inet6;

	switch (level) {
	case SOL_SOCKET:
		return ksocket_is_plain_option(optname);
	case SOL_IP:
		return inet;
	case SOL_IPV6:
		return inet6;
	case SOL_TCP:
		/* TCP_ZEROCOPY_RECEIVE maps pages into the current process. */
		return ksocket_is_tcp(sk) && optname != TCP_ZEROCOPY_RECEIVE;
	default:
		return false;
	}
}

/* The value of these options points to a program in user memory. */
static bool ksocket_is_user_option(int optname)
{
	return optname == SO_ATTACH_FILTER ||
	       optname == SO_ATTACH_REUSEPORT_CBPF;
}

/* These options map memory of the current process, which may have none. */
static bool ksocket_maps_memory(int level, int optname)
{
	return level == SOL_RDS && (optname == RDS_GET_MR ||
				    optname == RDS_GET_MR_FOR_DEST);
}

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

/*
 * Protocols that handle options of SOL_SOCKET themselves, in some kernels:
 * multipath TCP passes them on to its subflows, and UDP adapts to the size of
 * its receive buffer. They fail with -ENOPROTOOPT for what they do not handle.
 */
static bool ksocket_handles_options(const struct sock *sk)
{
	switch (sk->sk_family) {
	case AF_INET:
	case AF_INET6:
		return sk->sk_protocol == IPPROTO_MPTCP ||
		       sk->sk_protocol == IPPROTO_UDP;
	case AF_UNIX:
	case AF_VSOCK:
		return true;
	default:
		return false;
	}
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
 * -ENOPROTOOPT for an unknown option; or another negative errno as from
 * setsockopt(2).
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
