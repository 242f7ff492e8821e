// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every option of the table in Documentation/networking/ksocket.rst, for this
 * kernel and this form of ksocket
 */

#include <linux/in.h>
#include <linux/in6.h>
#include <linux/net.h>
#include <linux/tcp.h>

#include "loopback.h"

/* Which code returns an option. */
enum ksocket_answer {
	FIELD,		/* ksocket, if the kernel cannot */
	KERNEL,		/* only the kernel */
	SOMETIMES,	/* only the kernel, depending on its configuration */
	NOBODY,
};

struct ksocket_row {
	int level;
	int optname;
	enum ksocket_answer answer;
};

static const struct ksocket_row ksocket_rows[] = {
	{ SOL_SOCKET, SO_ACCEPTCONN, FIELD },
	{ SOL_SOCKET, SO_ATTACH_FILTER, NOBODY },
	{ SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, NOBODY },
	{ SOL_SOCKET, SO_BINDTODEVICE, FIELD },
	{ SOL_SOCKET, SO_BINDTOIFINDEX, FIELD },
	{ SOL_SOCKET, SO_BPF_EXTENSIONS, KERNEL },
	{ SOL_SOCKET, SO_BROADCAST, FIELD },
	{ SOL_SOCKET, SO_BSDCOMPAT, KERNEL },
	{ SOL_SOCKET, SO_BUSY_POLL, SOMETIMES },
	{ SOL_SOCKET, SO_COOKIE, KERNEL },
	{ SOL_SOCKET, SO_DEBUG, KERNEL },
	{ SOL_SOCKET, SO_DOMAIN, FIELD },
	{ SOL_SOCKET, SO_DONTROUTE, FIELD },
	{ SOL_SOCKET, SO_ERROR, FIELD },
	{ SOL_SOCKET, SO_INCOMING_CPU, KERNEL },
	{ SOL_SOCKET, SO_INCOMING_NAPI_ID, SOMETIMES },
	{ SOL_SOCKET, SO_KEEPALIVE, FIELD },
	{ SOL_SOCKET, SO_LINGER, FIELD },
	{ SOL_SOCKET, SO_LOCK_FILTER, KERNEL },
	{ SOL_SOCKET, SO_MARK, FIELD },
	{ SOL_SOCKET, SO_MAX_PACING_RATE, KERNEL },
	{ SOL_SOCKET, SO_MEMINFO, KERNEL },
	{ SOL_SOCKET, SO_NOFCS, KERNEL },
	{ SOL_SOCKET, SO_NO_CHECK, KERNEL },
	{ SOL_SOCKET, SO_OOBINLINE, FIELD },
	{ SOL_SOCKET, SO_PEEK_OFF, SOMETIMES },
	{ SOL_SOCKET, SO_PRIORITY, FIELD },
	{ SOL_SOCKET, SO_PROTOCOL, FIELD },
	{ SOL_SOCKET, SO_RCVBUF, FIELD },
	{ SOL_SOCKET, SO_RCVLOWAT, FIELD },
	{ SOL_SOCKET, SO_RCVTIMEO_NEW, FIELD },
	{ SOL_SOCKET, SO_RCVTIMEO_OLD, FIELD },
	{ SOL_SOCKET, SO_REUSEADDR, FIELD },
	{ SOL_SOCKET, SO_REUSEPORT, FIELD },
	{ SOL_SOCKET, SO_RXQ_OVFL, KERNEL },
	{ SOL_SOCKET, SO_SELECT_ERR_QUEUE, KERNEL },
	{ SOL_SOCKET, SO_SNDBUF, FIELD },
	{ SOL_SOCKET, SO_SNDLOWAT, KERNEL },
	{ SOL_SOCKET, SO_SNDTIMEO_NEW, FIELD },
	{ SOL_SOCKET, SO_SNDTIMEO_OLD, FIELD },
	{ SOL_SOCKET, SO_TIMESTAMPING_NEW, KERNEL },
	{ SOL_SOCKET, SO_TIMESTAMPING_OLD, KERNEL },
	{ SOL_SOCKET, SO_TIMESTAMPNS_NEW, KERNEL },
	{ SOL_SOCKET, SO_TIMESTAMPNS_OLD, KERNEL },
	{ SOL_SOCKET, SO_TIMESTAMP_NEW, KERNEL },
	{ SOL_SOCKET, SO_TIMESTAMP_OLD, KERNEL },
	{ SOL_SOCKET, SO_TXTIME, KERNEL },
	{ SOL_SOCKET, SO_TYPE, FIELD },
	{ SOL_SOCKET, SO_WIFI_STATUS, KERNEL },
	{ SOL_SOCKET, SO_ZEROCOPY, KERNEL },
	{ SOL_SOCKET, SO_PEERCRED, NOBODY },
	{ SOL_SOCKET, SO_PEERSEC, NOBODY },
	{ SOL_SOCKET, 9999, NOBODY },
	{ IPPROTO_TCP, TCP_CORK, FIELD },
	{ IPPROTO_TCP, TCP_INFO, FIELD },
	{ IPPROTO_TCP, TCP_KEEPCNT, FIELD },
	{ IPPROTO_TCP, TCP_KEEPIDLE, FIELD },
	{ IPPROTO_TCP, TCP_KEEPINTVL, FIELD },
	{ IPPROTO_TCP, TCP_MAXSEG, FIELD },
	{ IPPROTO_TCP, TCP_NODELAY, FIELD },
	{ IPPROTO_TCP, TCP_SYNCNT, FIELD },
	{ IPPROTO_TCP, TCP_USER_TIMEOUT, FIELD },
	{ IPPROTO_TCP, TCP_LINGER2, KERNEL },
	{ IPPROTO_TCP, TCP_DEFER_ACCEPT, KERNEL },
	{ IPPROTO_TCP, TCP_ZEROCOPY_RECEIVE, NOBODY },
	{ IPPROTO_IP, IP_MTU_DISCOVER, FIELD },
	{ IPPROTO_IP, IP_MULTICAST_TTL, FIELD },
	{ IPPROTO_IP, IP_TOS, FIELD },
	{ IPPROTO_IP, IP_TTL, FIELD },
	{ IPPROTO_IP, IP_RECVTOS, KERNEL },
	{ IPPROTO_IP, IP_MULTICAST_LOOP, KERNEL },
	{ IPPROTO_IPV6, IPV6_TCLASS, FIELD },
	{ IPPROTO_IPV6, IPV6_V6ONLY, FIELD },
	{ IPPROTO_IPV6, IPV6_UNICAST_HOPS, KERNEL },
	{ IPPROTO_IPV6, IPV6_MULTICAST_LOOP, KERNEL },
	{ IPPROTO_UDP, 1, NOBODY },
};

static int ksocket_ask(ksocket_t sock, int level, int optname)
{
	struct ksocket_room room;
	int len = sizeof(room.room);

	return kgetsockopt(sock, level, optname, room.room, &len);
}

/* The column of the table: what this kernel offers to this form of ksocket. */
static bool ksocket_kernel_answers(int level)
{
	bool own = level == SOL_SOCKET;

	if (!IS_BUILTIN(CONFIG_KSOCKET))
		return own && do_sock_getsockopt;
	if (level == IPPROTO_IPV6 && !IS_BUILTIN(CONFIG_IPV6))
		return false;
	if (level == IPPROTO_UDP)
		return false;
	return own ? sk_getsockopt : do_tcp_getsockopt;
}

/* A module does not see what only vmlinux can link to. */
static bool ksocket_column_is_known(void)
{
	return !IS_BUILTIN(CONFIG_KSOCKET) ||
	       IS_BUILTIN(CONFIG_KSOCKET_KUNIT_TEST);
}

static bool ksocket_right(const struct ksocket_row *row, bool kernel, int ret)
{
	switch (row->answer) {
	case FIELD:
		return !ret;
	case KERNEL:
		return ret == (kernel ? 0 : -EOPNOTSUPP);
	case SOMETIMES:
		return ret == -EOPNOTSUPP ||
		       (kernel && (!ret || ret == -ENOPROTOOPT));
	default:
		return ret == -EOPNOTSUPP;
	}
}

static void ksocket_walk(struct kunit *test, int domain, bool ipv6)
{
	ksocket_t sock = ksocket_make(test, domain, SOCK_STREAM);
	int i;

	if (!ksocket_column_is_known())
		return;
	for (i = 0; i < ARRAY_SIZE(ksocket_rows); i++) {
		const struct ksocket_row *row = &ksocket_rows[i];
		bool kernel = ksocket_kernel_answers(row->level);
		int ret = ksocket_ask(sock, row->level, row->optname);

		if (row->level != IPPROTO_IPV6 || ipv6)
			KUNIT_EXPECT_TRUE_MSG(test,
					      ksocket_right(row, kernel, ret),
					      "level %d option %d: %d",
					      row->level, row->optname, ret);
		else
			ksocket_expect(test, ret, -EOPNOTSUPP);
	}
}

static void ipv4_answers_every_option_of_the_table(struct kunit *test)
{
	ksocket_walk(test, AF_INET, false);
}

static void ipv6_answers_every_option_of_the_table(struct kunit *test)
{
	ksocket_need(test, AF_INET6);
	ksocket_walk(test, AF_INET6, true);
}

/* Options of each level that ksocket itself never returns. */
static void the_levels_are_answered_as_the_table_tells(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	bool own = !ksocket_ask(sock, SOL_SOCKET, SO_MEMINFO);
	bool tcp = !ksocket_ask(sock, IPPROTO_TCP, TCP_QUICKACK);
	bool ip = !ksocket_ask(sock, IPPROTO_IP, IP_RECVTTL);

	kunit_info(test, "kernel support: socket %d tcp %d ip %d\n", own,
		   tcp, ip);
	KUNIT_EXPECT_EQ(test, tcp, ip);
	KUNIT_EXPECT_TRUE(test, own || !tcp);
	KUNIT_EXPECT_TRUE(test, IS_BUILTIN(CONFIG_KSOCKET) || !tcp);
	if (!ksocket_column_is_known())
		return;
	KUNIT_EXPECT_EQ(test, own, ksocket_kernel_answers(SOL_SOCKET));
	KUNIT_EXPECT_EQ(test, tcp, ksocket_kernel_answers(IPPROTO_TCP));
}

static void an_unknown_option_is_enoprotoopt_of_the_kernel(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	bool kernel = ksocket_kernel_answers(IPPROTO_TCP);

	if (!ksocket_column_is_known())
		return;
	ksocket_expect(test, ksocket_ask(sock, IPPROTO_TCP, 9999),
		       kernel ? -ENOPROTOOPT : -EOPNOTSUPP);
	ksocket_expect(test, ksocket_ask(sock, IPPROTO_IP, 9999),
		       kernel ? -ENOPROTOOPT : -EOPNOTSUPP);
}

static struct kunit_case ksocket_table_cases[] = {
	KUNIT_CASE(ipv4_answers_every_option_of_the_table),
	KUNIT_CASE(ipv6_answers_every_option_of_the_table),
	KUNIT_CASE(the_levels_are_answered_as_the_table_tells),
	KUNIT_CASE(an_unknown_option_is_enoprotoopt_of_the_kernel),
	{ }
};

struct kunit_suite ksocket_table_suite = {
	.name = "ksocket_table",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_table_cases,
};
