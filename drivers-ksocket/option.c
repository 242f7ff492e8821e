// SPDX-License-Identifier: GPL-2.0-only
/*
 * Setting and getting socket options in kernel memory
 */

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/net.h>
#include <linux/sockptr.h>
#include <linux/string.h>
#include <linux/tcp.h>
#include <net/ksocket.h>
#include <net/sock.h>

#include "internal.h"

/*
 * The options of SOL_SOCKET that are plain values in every kernel. The others
 * describe or serve a process (SO_PEERPIDFD would even open a file in the
 * current process), access user memory (SO_PEERSEC before Linux 6.2), or are
 * newer than 5.10.
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
 * Options of SOL_SOCKET are the same for all protocols, except that multipath
 * TCP passes them on to its subflows, and that newer kernels have a few for
 * AF_UNIX and AF_VSOCK only.
 */
static bool ksocket_is_own_option(const struct sock *sk, int level)
{
	return level == SOL_SOCKET && sk->sk_protocol != IPPROTO_MPTCP;
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
 * the protocol has no options and for options that point to a program in user
 * memory; -ENOPROTOOPT for an unknown option; or another negative errno as from
 * setsockopt(2).
 */
int ksetsockopt(ksocket_t sock, int level, int optname, void *optval,
		int optlen)
{
	const struct proto_ops *ops;
	sockptr_t value = KERNEL_SOCKPTR(optval);

	if (!sock)
		return -ENOTSOCK;
	if (optlen < 0)
		return -EINVAL;
	if (!optval && optlen)
		return -EFAULT;
	if (level == SOL_SOCKET && ksocket_is_user_option(optname))
		return -EOPNOTSUPP;
	optname = ksocket_new_form(level, optname);
	if (ksocket_is_own_option(sock->sk, level))
		return sock_setsockopt(sock, level, optname, value, optlen);

	/* Protocols may change sock->ops; IPV6_ADDRFORM does. */
	ops = READ_ONCE(sock->ops);
	if (!ops->setsockopt)
		return -EOPNOTSUPP;
	return ops->setsockopt(sock, level, optname, value, optlen);
}
EXPORT_SYMBOL_GPL(ksetsockopt);

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
	if (!ksocket_may_ask(sock->sk, level, optname))
		return -EOPNOTSUPP;
	optname = ksocket_new_form(level, optname);

	if (IS_BUILTIN(CONFIG_KSOCKET))
		return ksocket_getsockopt_builtin(sock, level, optname, optval,
						  optlen);
	return ksocket_getsockopt_module(sock, level, optname, optval, optlen);
}
EXPORT_SYMBOL_GPL(kgetsockopt);
