// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of kecho: a client on the loopback interface
 */

#include <kunit/test.h>
#include <linux/in.h>
#include <linux/module.h>
#include <linux/net.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/string.h>
#include <net/net_namespace.h>

#include "../kecho.h"

/* When KUnit runs at boot, the loopback interface is still down. */
static int kecho_test_init(struct kunit *test)
{
	struct net_device *lo = init_net.loopback_dev;
	int ret;

	rtnl_lock();
	ret = dev_change_flags(lo, lo->flags | IFF_UP, NULL);
	rtnl_unlock();
	return ret;
}

static ksocket_t kecho_connect(struct kunit *test)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(kecho_port()),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	ksocket_t sock = ksocket(AF_INET, SOCK_STREAM, 0);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sock);
	if (kconnect(sock, (struct sockaddr *)&address, sizeof(address))) {
		kclose(sock);
		return NULL;
	}
	return sock;
}

static void kecho_ask(struct kunit *test, ksocket_t sock)
{
	char text[] = "twelve bytes";
	char got[sizeof(text)] = "";
	int size = sizeof(text);

	KUNIT_EXPECT_EQ(test, (int)ksend(sock, text, size, 0), size);
	KUNIT_EXPECT_EQ(test, (int)krecv(sock, got, size, MSG_WAITALL), size);
	KUNIT_EXPECT_EQ(test, memcmp(got, text, size), 0);
}

static void what_is_sent_comes_back(struct kunit *test)
{
	ksocket_t sock = kecho_connect(test);

	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, sock);
	if (sock)
		kecho_ask(test, sock);
	kclose(sock);
}

static void one_client_follows_another(struct kunit *test)
{
	int i;

	for (i = 0; i < 3; i++)
		what_is_sent_comes_back(test);
}

static struct kunit_case kecho_cases[] = {
	KUNIT_CASE(what_is_sent_comes_back),
	KUNIT_CASE(one_client_follows_another),
	{}
};

static struct kunit_suite kecho_suite = {
	.name = "kecho",
	.init = kecho_test_init,
	.test_cases = kecho_cases,
};

kunit_test_suite(kecho_suite);

MODULE_DESCRIPTION("KUnit tests of kecho");
MODULE_LICENSE("GPL");
