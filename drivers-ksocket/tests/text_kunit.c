// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conversion of addresses to and from text
 */

#include <linux/inet.h>
#include <linux/kernel.h>
#include <linux/net.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "loopback.h"

static char *const ksocket_no_ipv4[] = {
	"", ".", "1", "1.2.3", "1.2.3.", ".1.2.3", "1.2.3.4.5", "1.2.3.256",
	"1.2.3.4 ", " 1.2.3.4", "1.2.3.4:", "1.2.3.4:80", "0x1.2.3.4",
	"1..2.3", "::1", "localhost", "-1.2.3.4", "010.0.0.1", "1.02.3.4",
	"1.2.3.00",
};

static const char *const ksocket_no_ipv6[] = {
	"", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::",
	"::1 ", " ::1", "[::1]", "::g", "1::2::3", "::1.2.3", "::1.2.3.4:5",
	"1.2.3.4", "fe80::1%2", "::ffff:010.0.0.1", "::ffff:1.2.3.04",
};

static const char *const ksocket_no_name[] = {
	"", ":", "1.2.3.4", "1.2.3.4:", "1.2.3.4:65536", "1.2.3.4:+80",
	"1.2.3.4: 80", "1.2.3.4:80 ", "1.2.3.4:80\n", "1.2.3.4:0x50",
	"1.2.3.4:-1", "1.2.3.4:80:80", "1.2.3.4:4294967376",
	"1.2.3.4:18446744073709551696", "1.2.3:80", "::1:80", "[::1]",
	"[::1]:", "[::1:80", "[::1]80", "[]:80", "[1.2.3.4]:80", "[::1]:65536",
	"[fe80::1%]:80", "[fe80::1%lo]:80", "[fe80::1%4294967296]:80",
	"localhost:80", ":80", "010.0.0.1:80", "[::ffff:1.2.03.4]:80",
};

static void an_ipv4_address_is_four_numbers_and_nothing_else(struct kunit *test)
{
	__be32 address;
	int i;

	ksocket_expect(test, ntohl(inet_addr("192.0.2.1")), 0xc0000201);
	ksocket_expect(test, ksocket_pton(AF_INET, "192.0.2.1", &address, 4),
		       0);
	ksocket_expect(test, ntohl(address), 0xc0000201);

	for (i = 0; i < ARRAY_SIZE(ksocket_no_ipv4); i++) {
		KUNIT_EXPECT_TRUE_MSG(test, inet_addr(ksocket_no_ipv4[i]) ==
				      htonl(INADDR_NONE), "'%s'",
				      ksocket_no_ipv4[i]);
		KUNIT_EXPECT_TRUE_MSG(test, ksocket_pton(AF_INET,
							 ksocket_no_ipv4[i],
							 &address, 4) ==
				      -EINVAL, "'%s'", ksocket_no_ipv4[i]);
	}
	KUNIT_EXPECT_TRUE(test, inet_addr("255.255.255.255") ==
			  htonl(INADDR_NONE));
	KUNIT_EXPECT_TRUE(test, inet_addr(NULL) == htonl(INADDR_NONE));
	/* Unchanged by the failures. */
	ksocket_expect(test, ntohl(address), 0xc0000201);
}

static void inet_ntoa_gives_memory_to_free(struct kunit *test)
{
	struct in_addr address = { .s_addr = htonl(0xc0000201) };
	char *text = inet_ntoa(&address);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, text);
	ksocket_expect(test, strcmp(text, "192.0.2.1"), 0);
	kfree(text);
	KUNIT_EXPECT_TRUE(test, !inet_ntoa(NULL));
}

static void ipv6_addresses_read_in_every_form(struct kunit *test)
{
	static const struct {
		const char *text, *canonical;
	} forms[] = {
		{ "::", "::" }, { "::1", "::1" }, { "1::", "1::" },
		{ "2001:DB8:0:0:0:0:0:1", "2001:db8::1" },
		{ "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8" },
		{ "::ffff:192.0.2.1", "::ffff:192.0.2.1" },
		{ "::ffff:0.0.2.10", "::ffff:0.0.2.10" },
		{ "0001:0db8::010", "1:db8::10" },
	};
	char text[INET6_ADDRSTRLEN];
	struct in6_addr address;
	int i;

	for (i = 0; i < ARRAY_SIZE(forms); i++) {
		ksocket_expect(test, ksocket_pton(AF_INET6, forms[i].text,
						  &address, sizeof(address)),
			       0);
		ksocket_expect(test, ksocket_ntop(AF_INET6, &address, text,
						  sizeof(text)),
			       strlen(forms[i].canonical));
		KUNIT_EXPECT_TRUE_MSG(test, !strcmp(text, forms[i].canonical),
				      "'%s'", text);
	}
	for (i = 0; i < ARRAY_SIZE(ksocket_no_ipv6); i++)
		KUNIT_EXPECT_TRUE_MSG(test, ksocket_pton(AF_INET6,
							 ksocket_no_ipv6[i],
							 &address,
							 sizeof(address)) ==
				      -EINVAL, "'%s'", ksocket_no_ipv6[i]);
}

static void reading_an_address_tells_what_is_wrong(struct kunit *test)
{
	struct ksocket_room room;

	ksocket_paint(&room);
	ksocket_expect(test, ksocket_pton(AF_INET, NULL, room.room, 4),
		       -EFAULT);
	ksocket_expect(test, ksocket_pton(AF_INET, "1.2.3.4", NULL, 4),
		       -EFAULT);
	ksocket_expect(test, ksocket_pton(AF_UNIX, "1.2.3.4", room.room, 4),
		       -EAFNOSUPPORT);
	ksocket_expect(test, ksocket_pton(AF_INET, "1.2.3.4", room.room, 3),
		       -ENOSPC);
	ksocket_expect(test, ksocket_pton(AF_INET6, "::1", room.room, 15),
		       -ENOSPC);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&room, 0));
	ksocket_expect(test, ksocket_pton(AF_INET6, "::1", room.room, 16), 0);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&room, 16));
}

static void writing_an_address_fills_no_more_than_its_room(struct kunit *test)
{
	struct in_addr address = { .s_addr = htonl(0xc0000201) };
	struct ksocket_room room;
	size_t there;

	for (there = 0; there <= 16; there++) {
		ksocket_paint(&room);
		ksocket_expect(test, ksocket_ntop(AF_INET, &address, room.room,
						  there),
			       there < sizeof("192.0.2.1") ? -ENOSPC : 9);
		KUNIT_EXPECT_TRUE(test, ksocket_intact(&room, there));
	}
	ksocket_expect(test, strcmp(room.room, "192.0.2.1"), 0);
	ksocket_expect(test, ksocket_ntop(AF_INET, NULL, room.room, 16),
		       -EFAULT);
	ksocket_expect(test, ksocket_ntop(AF_INET, &address, NULL, 16),
		       -EFAULT);
	ksocket_expect(test, ksocket_ntop(AF_UNIX, &address, room.room, 16),
		       -EAFNOSUPPORT);
}

static void names_with_ports_are_written_as_read(struct kunit *test)
{
	static const char *const texts[] = {
		"127.0.0.1:0", "192.0.2.1:65535", "[::1]:80", "[::]:0",
		"[fe80::1%2]:443",
		"[2001:db8:1111:2222:3333:4444:5555:6666%4294967295]:65535",
	};
	struct ksocket_name name;
	char text[64];
	int i;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		name.len = sizeof(name.storage);
		ksocket_expect(test, ksocket_name_pton(texts[i], &name.any,
						       &name.len), 0);
		ksocket_expect(test, ksocket_name_ntop(&name.any, name.len,
						       text, sizeof(text)),
			       strlen(texts[i]));
		KUNIT_EXPECT_TRUE_MSG(test, !strcmp(text, texts[i]), "'%s'",
				      text);
	}
	for (i = 0; i < ARRAY_SIZE(ksocket_no_name); i++) {
		const char *wrong = ksocket_no_name[i];

		name.len = sizeof(name.storage);
		KUNIT_EXPECT_TRUE_MSG(test, ksocket_name_pton(wrong, &name.any,
							      &name.len) ==
				      -EINVAL, "'%s'", wrong);
		ksocket_expect(test, name.len, sizeof(name.storage));
	}
}

static void a_name_that_was_read_can_be_bound(struct kunit *test)
{
	struct ksocket_name name = { .len = sizeof(name.storage) };
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);

	ksocket_expect(test, ksocket_name_pton("127.0.0.1:0", &name.any,
					       &name.len), 0);
	ksocket_expect(test, kbind(sock, &name.any, name.len), 0);
}

static void reading_a_name_fills_no_more_than_its_room(struct kunit *test)
{
	int len = sizeof(struct sockaddr_in) - 1;
	struct sockaddr *address;
	struct ksocket_room room;

	address = (struct sockaddr *)room.room;
	ksocket_paint(&room);
	ksocket_expect(test, ksocket_name_pton("1.2.3.4:5", address, &len),
		       -ENOSPC);
	len = -1;
	ksocket_expect(test, ksocket_name_pton("[::1]:5", address, &len),
		       -ENOSPC);
	ksocket_expect(test, len, -1);
	ksocket_expect(test, ksocket_name_pton(NULL, address, &len), -EFAULT);
	ksocket_expect(test, ksocket_name_pton("1.2.3.4:5", NULL, &len),
		       -EFAULT);
	ksocket_expect(test, ksocket_name_pton("1.2.3.4:5", address, NULL),
		       -EFAULT);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&room, 0));

	len = sizeof(struct sockaddr_in);
	ksocket_expect(test, ksocket_name_pton("1.2.3.4:5", address, &len), 0);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&room, len));
}

static void writing_a_name_tells_what_is_wrong(struct kunit *test)
{
	struct ksocket_name ipv6 = ksocket_loopback(AF_INET6, 80);
	struct ksocket_name ipv4 = ksocket_loopback(AF_INET, 80);
	struct ksocket_room room;
	char *text = room.room;

	ksocket_paint(&room);
	ksocket_expect(test, ksocket_name_ntop(NULL, ipv4.len, text, 64),
		       -EFAULT);
	ksocket_expect(test, ksocket_name_ntop(&ipv4.any, ipv4.len, NULL, 64),
		       -EFAULT);
	ksocket_expect(test, ksocket_name_ntop(&ipv4.any, ipv4.len - 1, text,
					       64), -EINVAL);
	ksocket_expect(test, ksocket_name_ntop(&ipv6.any, ipv6.len - 1, text,
					       64), -EINVAL);
	ksocket_expect(test, ksocket_name_ntop(&ipv4.any, -1, text, 64),
		       -EINVAL);
	ksocket_expect(test, ksocket_name_ntop(&ipv4.any, 129, text, 64),
		       -EINVAL);
	ksocket_expect(test, ksocket_name_ntop(&ipv4.any, 0, text, 64),
		       -EAFNOSUPPORT);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&room, 0));
	ksocket_expect(test, ksocket_name_ntop(&ipv6.any, ipv6.len, text, 8),
		       -ENOSPC);
	ksocket_expect(test, strcmp(text, "[::1]:8"), 0);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&room, 8));
}

static struct kunit_case ksocket_text_cases[] = {
	KUNIT_CASE(an_ipv4_address_is_four_numbers_and_nothing_else),
	KUNIT_CASE(inet_ntoa_gives_memory_to_free),
	KUNIT_CASE(ipv6_addresses_read_in_every_form),
	KUNIT_CASE(reading_an_address_tells_what_is_wrong),
	KUNIT_CASE(writing_an_address_fills_no_more_than_its_room),
	KUNIT_CASE(names_with_ports_are_written_as_read),
	KUNIT_CASE(a_name_that_was_read_can_be_bound),
	KUNIT_CASE(reading_a_name_fills_no_more_than_its_room),
	KUNIT_CASE(writing_a_name_tells_what_is_wrong),
	{ }
};

struct kunit_suite ksocket_text_suite = {
	.name = "ksocket_text",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_text_cases,
};
