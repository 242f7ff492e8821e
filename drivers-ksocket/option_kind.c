// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kinds of socket options: plain values, and those that serve a process
 */

#include <linux/in.h>
#include <linux/net.h>
#include <linux/rds.h>
#include <linux/socket.h>
#include <linux/tcp.h>
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
bool ksocket_may_ask(const struct sock *sk, int level, int optname)
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
bool ksocket_is_user_option(int optname)
{
	return optname == SO_ATTACH_FILTER ||
	       optname == SO_ATTACH_REUSEPORT_CBPF;
}

/* These options map memory of the current process, which may have none. */
bool ksocket_maps_memory(int level, int optname)
{
	return level == SOL_RDS && (optname == RDS_GET_MR ||
				    optname == RDS_GET_MR_FOR_DEST);
}

/*
 * Protocols that handle options of SOL_SOCKET themselves, in some kernels:
 * multipath TCP passes them on to its subflows, and UDP adapts to the size of
 * its receive buffer. They fail with -ENOPROTOOPT for what they do not handle.
 */
bool ksocket_handles_options(const struct sock *sk)
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
