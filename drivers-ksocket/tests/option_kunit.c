// SPDX-License-Identifier: GPL-2.0-only
/*
 * Setting and getting socket options in kernel memory
 */

#include <linux/in.h>
#include <linux/in6.h>
#include <linux/net.h>
#include <linux/net_tstamp.h>
#include <linux/rds.h>
#include <linux/string.h>
#include <linux/tcp.h>
#include <linux/time_types.h>

#include "loopback.h"

static void ksocket_check_int(struct kunit *test, ksocket_t sock, int level,
			      int optname, int value)
{
	struct ksocket_room room;
	int len = sizeof(room.room), given = value;

	ksocket_expect(test, ksetsockopt(sock, level, optname, &given,
					 sizeof(given)), 0);
	/* The caller may reuse the value. */
	given = -1;
	ksocket_paint(&room);
	ksocket_expect(test, kgetsockopt(sock, level, optname, room.room, &len),
		       0);
	ksocket_expect(test, len, sizeof(int));
	ksocket_expect(test, *(int *)room.room, value);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&room, sizeof(int)));
}

static void options_of_the_socket_read_as_they_were_set(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);

	ksocket_check_int(test, sock, SOL_SOCKET, SO_REUSEADDR, 1);
	ksocket_check_int(test, sock, SOL_SOCKET, SO_KEEPALIVE, 1);
	ksocket_check_int(test, sock, SOL_SOCKET, SO_PRIORITY, 3);
	ksocket_check_int(test, sock, SOL_SOCKET, SO_RCVLOWAT, 7);
}

static void options_of_tcp_read_as_they_were_set(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);

	ksocket_check_int(test, sock, IPPROTO_TCP, TCP_NODELAY, 1);
	ksocket_check_int(test, sock, IPPROTO_TCP, TCP_KEEPCNT, 5);
	ksocket_check_int(test, sock, IPPROTO_TCP, TCP_KEEPIDLE, 77);
}

static void options_of_ipv4_read_as_they_were_set(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);

	ksocket_check_int(test, sock, IPPROTO_IP, IP_TTL, 42);
	ksocket_check_int(test, sock, IPPROTO_IP, IP_TOS, 0x10);
	ksocket_check_int(test, sock, IPPROTO_IP, IP_MULTICAST_TTL, 9);
}

static void options_of_ipv6_read_as_they_were_set(struct kunit *test)
{
	ksocket_t sock;

	ksocket_need(test, AF_INET6);

	sock = ksocket_make(test, AF_INET6, SOCK_DGRAM);
	ksocket_check_int(test, sock, IPPROTO_IPV6, IPV6_V6ONLY, 1);
	ksocket_check_int(test, sock, IPPROTO_IPV6, IPV6_TCLASS, 0x20);
}

/*
 * Only the kernel returns time stamping, and not in every form of ksocket: an
 * int, followed in some kernels by another.
 */
static int ksocket_ask_stamping(ksocket_t sock, int optname, int value[2])
{
	int len = 2 * sizeof(int);
	int ret;

	ret = kgetsockopt(sock, SOL_SOCKET, optname, value, &len);
	return ret ? ret : len;
}

static void time_stamping_reads_as_it_was_set(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
	int given = SOF_TIMESTAMPING_RX_SOFTWARE;
	int value[2], len;

	len = ksocket_ask_stamping(sock, SO_TIMESTAMPING_OLD, value);
	if (len == -EOPNOTSUPP) {
		ksocket_expect(test, ksocket_ask_stamping(sock,
							  SO_TIMESTAMPING_NEW,
							  value), len);
		return;
	}
	ksocket_assert(test, ksetsockopt(sock, SOL_SOCKET, SO_TIMESTAMPING_OLD,
					 &given, sizeof(given)), 0);
	ksocket_expect(test, ksocket_ask_stamping(sock, SO_TIMESTAMPING_OLD,
						  value), len);
	ksocket_expect(test, value[0], given);
	ksocket_expect(test, ksocket_ask_stamping(sock, SO_TIMESTAMPING_NEW,
						  value), len);
	ksocket_expect(test, value[0], 0);

	ksocket_assert(test, ksetsockopt(sock, SOL_SOCKET, SO_TIMESTAMPING_NEW,
					 &given, sizeof(given)), 0);
	ksocket_expect(test, ksocket_ask_stamping(sock, SO_TIMESTAMPING_NEW,
						  value), len);
	ksocket_expect(test, value[0], given);
}

struct ksocket_field {
	int level, optname, value, read;
};

/* Every option that ksocket reads itself in some kernels, but for strings. */
static const struct ksocket_field ksocket_fields[] = {
	{ SOL_SOCKET, SO_BINDTOIFINDEX, 1, 1 },
	{ SOL_SOCKET, SO_BROADCAST, 1, 1 },
	{ SOL_SOCKET, SO_DONTROUTE, 1, 1 },
	{ SOL_SOCKET, SO_KEEPALIVE, 1, 1 },
	{ SOL_SOCKET, SO_MARK, 7, 7 },
	{ SOL_SOCKET, SO_OOBINLINE, 1, 1 },
	{ SOL_SOCKET, SO_PRIORITY, 3, 3 },
	{ SOL_SOCKET, SO_RCVBUF, 16384, 32768 },
	{ SOL_SOCKET, SO_RCVLOWAT, 7, 7 },
	{ SOL_SOCKET, SO_REUSEADDR, 1, 1 },
	{ SOL_SOCKET, SO_REUSEPORT, 1, 1 },
	{ SOL_SOCKET, SO_SNDBUF, 16384, 32768 },
	{ IPPROTO_TCP, TCP_CORK, 1, 1 },
	{ IPPROTO_TCP, TCP_KEEPCNT, 5, 5 },
	{ IPPROTO_TCP, TCP_KEEPIDLE, 77, 77 },
	{ IPPROTO_TCP, TCP_KEEPINTVL, 33, 33 },
	{ IPPROTO_TCP, TCP_MAXSEG, 700, 700 },
	{ IPPROTO_TCP, TCP_NODELAY, 1, 1 },
	{ IPPROTO_TCP, TCP_SYNCNT, 3, 3 },
	{ IPPROTO_TCP, TCP_USER_TIMEOUT, 1234, 1234 },
	{ IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO, IP_PMTUDISC_DO },
	{ IPPROTO_IP, IP_TOS, 0x10, 0x10 },
	{ IPPROTO_IP, IP_TTL, 42, 42 },
};

static void every_field_reads_as_it_was_set(struct kunit *test)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(ksocket_fields); i++) {
		const struct ksocket_field *field = &ksocket_fields[i];
		ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
		int value = field->value, len = sizeof(value), ret;

		ret = ksetsockopt(sock, field->level, field->optname, &value,
				  sizeof(value));
		value = -1;
		if (!ret)
			ret = kgetsockopt(sock, field->level, field->optname,
					  &value, &len);
		KUNIT_EXPECT_TRUE_MSG(test, !ret && value == field->read,
				      "level %d option %d: %d, value %d",
				      field->level, field->optname, ret, value);
		ksocket_drop(test, sock);
	}
}

static void what_a_socket_is_reads_as_it_was_made(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t stream = ksocket_bound(test, AF_INET, SOCK_STREAM, &name);
	ksocket_t datagram = ksocket_make(test, AF_INET, SOCK_DGRAM);
	int value, len = sizeof(value);

	ksocket_expect(test, kgetsockopt(stream, SOL_SOCKET, SO_ACCEPTCONN,
					 &value, &len), 0);
	ksocket_expect(test, value, 0);
	ksocket_assert(test, klisten(stream, 1), 0);
	ksocket_expect(test, kgetsockopt(stream, SOL_SOCKET, SO_ACCEPTCONN,
					 &value, &len), 0);
	ksocket_expect(test, value, 1);
	ksocket_expect(test, kgetsockopt(datagram, SOL_SOCKET, SO_DOMAIN,
					 &value, &len), 0);
	ksocket_expect(test, value, AF_INET);
	ksocket_expect(test, kgetsockopt(datagram, SOL_SOCKET, SO_PROTOCOL,
					 &value, &len), 0);
	ksocket_expect(test, value, IPPROTO_UDP);
	ksocket_expect(test, kgetsockopt(datagram, SOL_SOCKET, SO_TYPE,
					 &value, &len), 0);
	ksocket_expect(test, value, SOCK_DGRAM);
}

static void timeouts_read_as_they_were_set(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct __kernel_sock_timeval time;
	int len = sizeof(time);

	ksocket_expect(test, ksocket_set_timeout(sock, SO_RCVTIMEO_NEW, 3500),
		       0);
	ksocket_expect(test, kgetsockopt(sock, SOL_SOCKET, SO_RCVTIMEO_NEW,
					 &time, &len), 0);
	ksocket_expect(test, time.tv_sec, 3);
	ksocket_expect(test, time.tv_usec, 500000);
}

static void options_answer_no_more_than_there_is_room_for(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct linger linger = { .l_onoff = 1, .l_linger = 9 };
	struct ksocket_room room;
	int there, len;

	ksocket_assert(test, ksetsockopt(sock, SOL_SOCKET, SO_LINGER, &linger,
					 sizeof(linger)), 0);
	for (there = 0; there <= 16; there++) {
		int used = min_t(int, there, sizeof(linger));

		ksocket_paint(&room);
		len = there;
		ksocket_assert(test, kgetsockopt(sock, SOL_SOCKET, SO_LINGER,
						 room.room, &len), 0);
		ksocket_assert(test, len, used);
		ksocket_assert(test, memcmp(room.room, &linger, used), 0);
		KUNIT_ASSERT_TRUE(test, ksocket_intact(&room, used));
	}
}

static void setting_tells_what_is_wrong(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	int on = 1;

	ksocket_expect(test, ksetsockopt(NULL, SOL_SOCKET, SO_REUSEADDR, &on,
					 sizeof(on)), -ENOTSOCK);
	ksocket_expect(test, ksetsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &on,
					 -1), -EINVAL);
	ksocket_expect(test, ksetsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &on,
					 1), -EINVAL);
	ksocket_expect(test, ksetsockopt(sock, SOL_SOCKET, SO_REUSEADDR, NULL,
					 sizeof(on)), -EFAULT);
	ksocket_expect(test, ksetsockopt(sock, SOL_SOCKET, 9999, &on,
					 sizeof(on)), -ENOPROTOOPT);
	ksocket_expect(test, ksetsockopt(sock, IPPROTO_TCP, 9999, &on,
					 sizeof(on)), -ENOPROTOOPT);
}

static void a_program_in_user_memory_is_eopnotsupp(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
	char value[sizeof(void *) * 2] = { };

	ksocket_expect(test, ksetsockopt(sock, SOL_SOCKET, SO_ATTACH_FILTER,
					 value, sizeof(value)), -EOPNOTSUPP);
	ksocket_expect(test, ksetsockopt(sock, SOL_SOCKET,
					 SO_ATTACH_REUSEPORT_CBPF, value,
					 sizeof(value)), -EOPNOTSUPP);
}

static void memory_of_a_process_is_eopnotsupp(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
	u64 value[8] = { };

	ksocket_expect(test, ksetsockopt(sock, SOL_RDS, RDS_GET_MR, value,
					 sizeof(value)), -EOPNOTSUPP);
	ksocket_expect(test, ksetsockopt(sock, SOL_RDS, RDS_GET_MR_FOR_DEST,
					 value, sizeof(value)), -EOPNOTSUPP);
}

static void some_options_go_without_a_value(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	int index, len = sizeof(index);

	ksocket_expect(test, ksetsockopt(sock, SOL_SOCKET, SO_BINDTODEVICE,
					 "lo", 2), 0);
	ksocket_expect(test, ksetsockopt(sock, SOL_SOCKET, SO_BINDTODEVICE,
					 NULL, 0), 0);
	ksocket_expect(test, kgetsockopt(sock, SOL_SOCKET, SO_BINDTOIFINDEX,
					 &index, &len), 0);
	ksocket_expect(test, index, 0);
}

static void a_protocol_without_options_is_eopnotsupp(struct kunit *test)
{
	ksocket_t pair[2];
	int on = 1;

	ksocket_need(test, AF_UNIX);
	ksocket_connected(test, AF_UNIX, pair);
	ksocket_expect(test, ksetsockopt(pair[0], IPPROTO_TCP, TCP_NODELAY, &on,
					 sizeof(on)), -EOPNOTSUPP);
}

static void asking_tells_what_is_wrong(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	int value, len = sizeof(value);

	ksocket_expect(test, kgetsockopt(NULL, SOL_SOCKET, SO_TYPE, &value,
					 &len), -ENOTSOCK);
	ksocket_expect(test, kgetsockopt(sock, SOL_SOCKET, SO_TYPE, NULL, &len),
		       -EFAULT);
	ksocket_expect(test, kgetsockopt(sock, SOL_SOCKET, SO_TYPE, &value,
					 NULL), -EFAULT);
	len = -1;
	ksocket_expect(test, kgetsockopt(sock, SOL_SOCKET, SO_TYPE, &value,
					 &len), -EINVAL);
}

static void what_cannot_be_asked_is_eopnotsupp(struct kunit *test)
{
	ksocket_t datagram = ksocket_make(test, AF_INET, SOCK_DGRAM);
	ksocket_t stream = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct ksocket_room room;
	int len = sizeof(room.room);

	ksocket_paint(&room);
	ksocket_expect(test, kgetsockopt(stream, SOL_SOCKET, SO_PEERCRED,
					 room.room, &len), -EOPNOTSUPP);
	ksocket_expect(test, kgetsockopt(stream, IPPROTO_TCP,
					 TCP_ZEROCOPY_RECEIVE, room.room, &len),
		       -EOPNOTSUPP);
	ksocket_expect(test, kgetsockopt(stream, IPPROTO_IPV6, IPV6_V6ONLY,
					 room.room, &len), -EOPNOTSUPP);
	ksocket_expect(test, kgetsockopt(datagram, IPPROTO_TCP, TCP_NODELAY,
					 room.room, &len), -EOPNOTSUPP);
	ksocket_expect(test, kgetsockopt(stream, 9999, 1, room.room, &len),
		       -EOPNOTSUPP);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&room, 0));
}

static void options_of_tls_are_refused_with_callbacks(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	static const struct kcallbacks none;
	char tls[] = "tls";

	ksocket_assert(test, ksocket_set_callbacks(sock, &none, NULL), 0);
	ksocket_expect(test, ksetsockopt(sock, IPPROTO_TCP, TCP_ULP, tls,
					 sizeof(tls)), -EBUSY);
	ksocket_expect(test, ksetsockopt(sock, SOL_TLS, 1, tls, sizeof(tls)),
		       -EBUSY);
	ksocket_assert(test, ksocket_set_callbacks(sock, NULL, NULL), 0);
	ksocket_expect(test, ksetsockopt(sock, SOL_TLS, 1, tls, sizeof(tls)),
		       -ENOPROTOOPT);
}

static struct kunit_case ksocket_option_cases[] = {
	KUNIT_CASE(options_of_the_socket_read_as_they_were_set),
	KUNIT_CASE(options_of_tcp_read_as_they_were_set),
	KUNIT_CASE(options_of_ipv4_read_as_they_were_set),
	KUNIT_CASE(options_of_ipv6_read_as_they_were_set),
	KUNIT_CASE(time_stamping_reads_as_it_was_set),
	KUNIT_CASE(every_field_reads_as_it_was_set),
	KUNIT_CASE(what_a_socket_is_reads_as_it_was_made),
	KUNIT_CASE(timeouts_read_as_they_were_set),
	KUNIT_CASE(options_answer_no_more_than_there_is_room_for),
	KUNIT_CASE(setting_tells_what_is_wrong),
	KUNIT_CASE(a_program_in_user_memory_is_eopnotsupp),
	KUNIT_CASE(memory_of_a_process_is_eopnotsupp),
	KUNIT_CASE(some_options_go_without_a_value),
	KUNIT_CASE(a_protocol_without_options_is_eopnotsupp),
	KUNIT_CASE(asking_tells_what_is_wrong),
	KUNIT_CASE(what_cannot_be_asked_is_eopnotsupp),
	KUNIT_CASE(options_of_tls_are_refused_with_callbacks),
	{ }
};

struct kunit_suite ksocket_option_suite = {
	.name = "ksocket_option",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_option_cases,
};
