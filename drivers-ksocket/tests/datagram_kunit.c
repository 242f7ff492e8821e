// SPDX-License-Identifier: GPL-2.0-only
/*
 * Datagrams, and the address of the sender
 */

#include <linux/net.h>
#include <linux/string.h>

#include "loopback.h"

static void ksocket_check_datagram(struct kunit *test, int domain, int there)
{
	struct ksocket_room data, from;
	struct ksocket_name name;
	int used, len = there;
	ksocket_t pair[2];

	ksocket_datagrams(test, domain, pair, &name);
	ksocket_expect(test, ksendto(pair[0], "five!", 5, 0, &name.any,
				     name.len), 5);

	name.len = sizeof(name.storage);
	ksocket_assert(test, kgetsockname(pair[0], &name.any, &name.len), 0);
	used = min(there, name.len);

	ksocket_paint(&data);
	ksocket_paint(&from);
	ksocket_expect(test, krecvfrom(pair[1], data.room, sizeof(data.room), 0,
				       (struct sockaddr *)from.room, &len), 5);
	ksocket_expect(test, memcmp(data.room, "five!", 5), 0);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&data, 5));
	ksocket_expect(test, len, name.len);
	ksocket_expect(test, memcmp(from.room, &name.any, used), 0);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&from, used));
}

static void a_datagram_over_ipv4_names_its_sender(struct kunit *test)
{
	ksocket_check_datagram(test, AF_INET, 128);
}

static void a_datagram_over_ipv6_names_its_sender(struct kunit *test)
{
	ksocket_need(test, AF_INET6);
	ksocket_check_datagram(test, AF_INET6, 128);
}

static void a_datagram_over_af_unix_names_its_sender(struct kunit *test)
{
	ksocket_need(test, AF_UNIX);
	ksocket_check_datagram(test, AF_UNIX, 128);
}

static void a_sender_is_cut_off_where_the_room_ends(struct kunit *test)
{
	ksocket_check_datagram(test, AF_INET, 3);
	ksocket_check_datagram(test, AF_INET, 0);
}

static void sending_takes_no_length_that_fits_no_address(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t pair[2];

	ksocket_datagrams(test, AF_INET, pair, &name);
	ksocket_expect(test, ksendto(pair[0], "a", 1, 0, &name.any, -1),
		       -EINVAL);
	ksocket_expect(test, ksendto(pair[0], "a", 1, 0, &name.any,
				     sizeof(name.storage) + 1), -EINVAL);
	ksocket_expect(test, ksendto(pair[0], "a", 1, 0, &name.any, 2),
		       -EINVAL);
}

static void receiving_takes_no_unusable_length(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t pair[2];
	char got;

	ksocket_datagrams(test, AF_INET, pair, &name);
	ksocket_expect(test, krecvfrom(pair[1], &got, 1, 0, &name.any, NULL),
		       -EINVAL);
	name.len = -1;
	ksocket_expect(test, krecvfrom(pair[1], &got, 1, 0, &name.any,
				       &name.len), -EINVAL);
}

static void a_datagram_tells_how_long_it_was_with_msg_trunc(struct kunit *test)
{
	struct ksocket_name name;
	struct ksocket_room room;
	ksocket_t pair[2];

	ksocket_datagrams(test, AF_INET, pair, &name);
	ksocket_expect(test, ksendto(pair[0], "twelve bytes", 12, 0, &name.any,
				     name.len), 12);
	ksocket_paint(&room);
	ksocket_expect(test, krecv(pair[1], room.room, 4, MSG_TRUNC), 12);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&room, 4));

	/* Without a buffer it is discarded. */
	ksocket_expect(test, ksendto(pair[0], "twelve bytes", 12, 0, &name.any,
				     name.len), 12);
	ksocket_expect(test, krecv(pair[1], NULL, 4, MSG_TRUNC), 12);
	ksocket_expect(test, krecv(pair[1], room.room, 4, MSG_DONTWAIT),
		       -EAGAIN);
}

/* A family that does not support MSG_NOSIGNAL. */
static void a_datagram_over_qrtr_has_no_msg_nosignal(struct kunit *test)
{
	struct ksocket_name name = { .len = sizeof(name.storage) };
	ksocket_t from, there;
	char got[5];

	ksocket_need(test, AF_QIPCRTR);
	from = ksocket_make(test, AF_QIPCRTR, SOCK_DGRAM);
	there = ksocket_make(test, AF_QIPCRTR, SOCK_DGRAM);

	/* An unbound address has a node; bind adds a port. */
	ksocket_assert(test, kgetsockname(there, &name.any, &name.len), 0);
	ksocket_assert(test, kbind(there, &name.any, name.len), 0);
	ksocket_assert(test, kgetsockname(there, &name.any, &name.len), 0);

	ksocket_expect(test, ksendto(from, "five!", 5, 0, &name.any, name.len),
		       5);
	ksocket_expect(test, krecv(there, got, sizeof(got), MSG_DONTWAIT), 5);
	ksocket_expect(test, memcmp(got, "five!", 5), 0);
}

static struct kunit_case ksocket_datagram_cases[] = {
	KUNIT_CASE(a_datagram_over_ipv4_names_its_sender),
	KUNIT_CASE(a_datagram_over_ipv6_names_its_sender),
	KUNIT_CASE(a_datagram_over_af_unix_names_its_sender),
	KUNIT_CASE(a_sender_is_cut_off_where_the_room_ends),
	KUNIT_CASE(sending_takes_no_length_that_fits_no_address),
	KUNIT_CASE(receiving_takes_no_unusable_length),
	KUNIT_CASE(a_datagram_tells_how_long_it_was_with_msg_trunc),
	KUNIT_CASE(a_datagram_over_qrtr_has_no_msg_nosignal),
	{ }
};

struct kunit_suite ksocket_datagram_suite = {
	.name = "ksocket_datagram",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_datagram_cases,
};
