// SPDX-License-Identifier: GPL-2.0-only
/*
 * kgetsockopt() when built in: calls the function of each level
 *
 * These functions take kernel memory but are not exported.
 */

#include <linux/ipv6.h>
#include <linux/kernel.h>
#include <linux/net.h>
#include <linux/sockptr.h>
#include <linux/tcp.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/sock.h>
#include <net/tcp.h>

#include "internal.h"

int ksocket_getsockopt_builtin(struct socket *sock, int level, int optname,
			       void *optval, int *optlen)
{
	sockptr_t value = KERNEL_SOCKPTR(optval);
	sockptr_t len = KERNEL_SOCKPTR(optlen);
	struct sock *sk = sock->sk;

	switch (level) {
	case SOL_SOCKET:
		return sk_getsockopt(sk, level, optname, value, len);
	case SOL_TCP:
		/* Some kernels return the current size where one was set. */
		if (optname == TCP_MAXSEG)
			break;
		return do_tcp_getsockopt(sk, level, optname, value, len);
	case SOL_IP:
		return do_ip_getsockopt(sk, level, optname, value, len);
	case SOL_IPV6:
		if (IS_BUILTIN(CONFIG_IPV6))
			return do_ipv6_getsockopt(sk, level, optname, value,
						  len);
		break;
	}
	return ksocket_getsockopt_module(sock, level, optname, optval, optlen);
}
