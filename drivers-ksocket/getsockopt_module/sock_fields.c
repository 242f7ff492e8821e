// SPDX-License-Identifier: GPL-2.0-only
/*
 * kgetsockopt() in a module: common options, read from struct sock
 *
 * This kernel exports no function that returns options in kernel memory.
 */

#include <linux/jiffies.h>
#include <linux/net.h>
#include <linux/netdevice.h>
#include <linux/sched.h>
#include <linux/socket.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <net/sock.h>
#include <net/tcp_states.h>

#include "internal.h"

static int ksocket_put_linger(const struct sock *sk, void *optval, int *optlen)
{
	struct linger linger = {
		.l_onoff = sock_flag(sk, SOCK_LINGER),
		.l_linger = sk->sk_lingertime / HZ,
	};

	return ksocket_put_option(optval, optlen, &linger, sizeof(linger));
}

/* No timeout is reported as zero. */
static int ksocket_put_timeout(long timeout, bool old, void *optval,
			       int *optlen)
{
	struct __kernel_sock_timeval time = { };
	struct __kernel_old_timeval old_time;

	if (timeout != MAX_SCHEDULE_TIMEOUT) {
		time.tv_sec = timeout / HZ;
		time.tv_usec = jiffies_to_usecs(timeout % HZ);
	}
	if (!old)
		return ksocket_put_option(optval, optlen, &time, sizeof(time));

	old_time.tv_sec = time.tv_sec;
	old_time.tv_usec = time.tv_usec;
	return ksocket_put_option(optval, optlen, &old_time, sizeof(old_time));
}

/* Returns an empty name for a socket that is not bound to a device. */
static int ksocket_put_device(const struct sock *sk, void *optval, int *optlen)
{
	int index = READ_ONCE(sk->sk_bound_dev_if);
	struct net_device *dev;
	char name[IFNAMSIZ];

	if (!index) {
		*optlen = 0;
		return 0;
	}
	if (*optlen < IFNAMSIZ)
		return -EINVAL;

	rcu_read_lock();
	dev = dev_get_by_index_rcu(sock_net(sk), index);
	if (dev)
		strscpy(name, dev->name, sizeof(name));
	rcu_read_unlock();

	if (!dev)
		return -ENODEV;
	return ksocket_put_option(optval, optlen, name, strlen(name) + 1);
}

static int ksocket_take_error(struct sock *sk)
{
	int error = -sock_error(sk);

	return error ? error : xchg(&sk->sk_err_soft, 0);
}

static int ksocket_socket_field(struct sock *sk, int optname, int *value)
{
	switch (optname) {
	case SO_ACCEPTCONN:
		*value = sk->sk_state == TCP_LISTEN;
		return 0;
	case SO_BINDTOIFINDEX:
		*value = READ_ONCE(sk->sk_bound_dev_if);
		return 0;
	case SO_BROADCAST:
		*value = sock_flag(sk, SOCK_BROADCAST);
		return 0;
	case SO_DOMAIN:
		*value = sk->sk_family;
		return 0;
	case SO_DONTROUTE:
		*value = sock_flag(sk, SOCK_LOCALROUTE);
		return 0;
	case SO_ERROR:
		*value = ksocket_take_error(sk);
		return 0;
	case SO_KEEPALIVE:
		*value = sock_flag(sk, SOCK_KEEPOPEN);
		return 0;
	case SO_MARK:
		*value = READ_ONCE(sk->sk_mark);
		return 0;
	case SO_OOBINLINE:
		*value = sock_flag(sk, SOCK_URGINLINE);
		return 0;
	case SO_PRIORITY:
		*value = READ_ONCE(sk->sk_priority);
		return 0;
	case SO_PROTOCOL:
		*value = sk->sk_protocol;
		return 0;
	case SO_RCVBUF:
		*value = READ_ONCE(sk->sk_rcvbuf);
		return 0;
	case SO_RCVLOWAT:
		*value = READ_ONCE(sk->sk_rcvlowat);
		return 0;
	case SO_REUSEADDR:
		*value = sk->sk_reuse;
		return 0;
	case SO_REUSEPORT:
		*value = sk->sk_reuseport;
		return 0;
	case SO_SNDBUF:
		*value = READ_ONCE(sk->sk_sndbuf);
		return 0;
	case SO_TYPE:
		*value = sk->sk_type;
		return 0;
	default:
		return -EOPNOTSUPP;
	}
}

int ksocket_getsockopt_module(struct socket *sock, int level, int optname,
			      void *optval, int *optlen)
{
	struct sock *sk = sock->sk;
	int value, ret;

	if (level != SOL_SOCKET)
		return ksocket_get_protocol_field(sk, level, optname, optval,
						  optlen);

	switch (optname) {
	case SO_BINDTODEVICE:
		return ksocket_put_device(sk, optval, optlen);
	case SO_LINGER:
		return ksocket_put_linger(sk, optval, optlen);
	case SO_RCVTIMEO_NEW:
	case SO_RCVTIMEO_OLD:
		return ksocket_put_timeout(READ_ONCE(sk->sk_rcvtimeo),
					   optname == SO_RCVTIMEO_OLD, optval,
					   optlen);
	case SO_SNDTIMEO_NEW:
	case SO_SNDTIMEO_OLD:
		return ksocket_put_timeout(READ_ONCE(sk->sk_sndtimeo),
					   optname == SO_SNDTIMEO_OLD, optval,
					   optlen);
	}

	ret = ksocket_socket_field(sk, optname, &value);
	if (ret)
		return ret;
	return ksocket_put_option(optval, optlen, &value, sizeof(value));
}
