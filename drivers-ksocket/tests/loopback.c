// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sockets on the loopback interface that are always closed after a case, and
 * buffers with canaries
 */

#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/tcp.h>
#include <linux/time_types.h>
#include <net/net_namespace.h>

#include "loopback.h"

#define KSOCKET_CANARY	0xa5

/* Never down again: a running machine would lose its addresses. */
int ksocket_loopback_up(void)
{
	struct net_device *lo = init_net.loopback_dev;
	int ret;

	rtnl_lock();
	ret = dev_change_flags(lo, lo->flags | IFF_UP, NULL);
	rtnl_unlock();
	return ret;
}

/* When KUnit runs at boot, the loopback interface is still down. */
int ksocket_world_init(struct kunit *test)
{
	struct ksocket_world *world = kzalloc(sizeof(*world), GFP_KERNEL);

	test->priv = world;
	return world ? ksocket_loopback_up() : -ENOMEM;
}

/* A failed assertion ends a case at once, so sockets are closed here. */
void ksocket_world_exit(struct kunit *test)
{
	struct ksocket_world *world = test->priv;
	int i;

	/* Leak the sockets rather than free one that a call still uses. */
	if (!world || !ksocket_sleeper_gone(&world->sleeper))
		return;

	for (i = 0; i < ARRAY_SIZE(world->sockets); i++)
		kclose(world->sockets[i]);
	kfree(world);
	test->priv = NULL;
}

/*
 * For kernels whose KUnit cannot skip: prints the reason and ends the case.
 * Newer kernels have a macro kunit_skip(), which overrides this function.
 */
static void __maybe_unused (kunit_skip)(struct kunit *test, const char *why)
{
	kunit_info(test, "skipped: %s\n", why);
	kunit_try_catch_throw(&test->try_catch);
}

/* Skips the case if the family is not built or is disabled. */
void ksocket_need_protocol(struct kunit *test, int domain, int type,
			   int protocol)
{
	ksocket_t sock;
	int ret;

	ret = ksocket_create(&init_net, domain, type, protocol, &sock);
	kclose(sock);
	if (ret == -EAFNOSUPPORT || ret == -EPROTONOSUPPORT)
		kunit_skip(test, "the kernel lacks the protocol");
}

void ksocket_need(struct kunit *test, int domain)
{
	ksocket_need_protocol(test, domain, SOCK_DGRAM, 0);
}

/* Lets TLS make the records of @sock; skips the case if it is not built. */
void ksocket_start_tls(struct kunit *test, ksocket_t sock)
{
	char name[] = "tls";
	int ret;

	ret = ksetsockopt(sock, IPPROTO_TCP, TCP_ULP, name, sizeof(name));
	if (ret == -ENOENT)
		kunit_skip(test, "the kernel lacks TLS");
	ksocket_assert(test, ret, 0);
}

/* Closes @sock after the case. */
ksocket_t ksocket_keep(struct kunit *test, ksocket_t sock)
{
	struct ksocket_world *world = test->priv;
	int i;

	for (i = 0; i < ARRAY_SIZE(world->sockets); i++) {
		if (!world->sockets[i]) {
			world->sockets[i] = sock;
			return sock;
		}
	}
	kclose(sock);
	return NULL;
}

/* Leaves it to the case to close @sock. */
void ksocket_lose(struct kunit *test, ksocket_t sock)
{
	struct ksocket_world *world = test->priv;
	int i;

	for (i = 0; i < ARRAY_SIZE(world->sockets); i++)
		if (world->sockets[i] == sock)
			world->sockets[i] = NULL;
}

void ksocket_drop(struct kunit *test, ksocket_t sock)
{
	ksocket_lose(test, sock);
	kclose(sock);
}

ksocket_t ksocket_make(struct kunit *test, int domain, int type)
{
	ksocket_t sock;

	ksocket_assert(test, ksocket_create(&init_net, domain, type, 0, &sock),
		       0);
	sock = ksocket_keep(test, sock);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sock);
	return sock;
}

struct ksocket_name ksocket_loopback(int domain, u16 port)
{
	struct ksocket_name name = { };

	if (domain == AF_UNIX) {
		/* The kernel assigns a name, as it does a port. */
		name.any.sa_family = AF_UNIX;
		name.len = sizeof(name.any.sa_family);
	} else if (domain == AF_INET6) {
		name.ipv6.sin6_family = AF_INET6;
		name.ipv6.sin6_addr.s6_addr[15] = 1;
		name.ipv6.sin6_port = htons(port);
		name.len = sizeof(name.ipv6);
	} else {
		name.ipv4.sin_family = AF_INET;
		name.ipv4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		name.ipv4.sin_port = htons(port);
		name.len = sizeof(name.ipv4);
	}
	return name;
}

/* A socket bound to a free port; @name is its address. */
ksocket_t ksocket_bound(struct kunit *test, int domain, int type,
			struct ksocket_name *name)
{
	ksocket_t sock = ksocket_make(test, domain, type);

	*name = ksocket_loopback(domain, 0);
	ksocket_assert(test, kbind(sock, &name->any, name->len), 0);
	name->len = sizeof(name->storage);
	ksocket_assert(test, kgetsockname(sock, &name->any, &name->len), 0);
	return sock;
}

ksocket_t ksocket_listener(struct kunit *test, int domain,
			   struct ksocket_name *name)
{
	ksocket_t sock = ksocket_bound(test, domain, SOCK_STREAM, name);

	ksocket_assert(test, klisten(sock, 8), 0);
	return sock;
}

/* A listener at @name with a full backlog, which ignores new connections. */
void ksocket_silent(struct kunit *test, struct ksocket_name *name)
{
	ksocket_t listener = ksocket_listener(test, AF_INET, name);
	int ret = 0;
	int i;

	ksocket_assert(test, klisten(listener, 0), 0);
	for (i = 0; i < 4 && !ret; i++) {
		ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);

		ksocket_assert(test, ksocket_set_timeout(sock, SO_SNDTIMEO_NEW,
							 100), 0);
		ret = kconnect(sock, &name->any, name->len);
	}
	ksocket_assert(test, ret, -EINPROGRESS);
}

/* The two ends of a stream, with timeouts of 5 seconds. */
void ksocket_connected(struct kunit *test, int domain, ksocket_t pair[2])
{
	struct ksocket_name name;
	ksocket_t listener;
	int i;

	if (domain == AF_UNIX) {
		ksocket_assert(test, ksocketpair(AF_UNIX, SOCK_STREAM, 0, pair),
			       0);
		ksocket_keep(test, pair[0]);
		ksocket_keep(test, pair[1]);
	} else {
		listener = ksocket_listener(test, domain, &name);
		pair[0] = ksocket_make(test, domain, SOCK_STREAM);
		ksocket_assert(test, kconnect(pair[0], &name.any, name.len), 0);
		ksocket_assert(test, kaccept4(listener, NULL, NULL, 0,
					      &pair[1]), 0);
		ksocket_keep(test, pair[1]);
		ksocket_drop(test, listener);
	}
	for (i = 0; i < 2; i++) {
		ksocket_assert(test, ksocket_set_timeout(pair[i],
							 SO_RCVTIMEO_NEW,
							 5000), 0);
		ksocket_assert(test, ksocket_set_timeout(pair[i],
							 SO_SNDTIMEO_NEW,
							 5000), 0);
	}
}

/* Two datagram sockets; the second has the address @name and a timeout. */
void ksocket_datagrams(struct kunit *test, int domain, ksocket_t pair[2],
		       struct ksocket_name *name)
{
	struct ksocket_name other;

	pair[0] = ksocket_bound(test, domain, SOCK_DGRAM, &other);
	pair[1] = ksocket_bound(test, domain, SOCK_DGRAM, name);
	ksocket_assert(test, ksocket_set_timeout(pair[1], SO_RCVTIMEO_NEW,
						 5000), 0);
}

int ksocket_set_timeout(ksocket_t sock, int optname, unsigned int ms)
{
	struct __kernel_sock_timeval time = {
		.tv_sec = ms / 1000,
		.tv_usec = ms % 1000 * 1000,
	};

	return ksetsockopt(sock, SOL_SOCKET, optname, &time, sizeof(time));
}

/*
 * Gives @sock a copy of its operations, in which the one at @offset is @call.
 * Restore the operations if others use them after the case.
 */
void ksocket_replace(struct kunit *test, ksocket_t sock, size_t offset,
		     void *call)
{
	void *ops = kunit_kzalloc(test, sizeof(*sock->ops), GFP_KERNEL);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, ops);
	memcpy(ops, sock->ops, sizeof(*sock->ops));
	*(void **)(ops + offset) = call;
	sock->ops = ops;
}

/* A deadline from now. */
ktime_t ksocket_in(unsigned int ms)
{
	return ktime_add_ms(ktime_get(), ms);
}

void ksocket_check_took(struct kunit *test, ktime_t begin, unsigned int ms)
{
	s64 took = ktime_ms_delta(ktime_get(), begin);

	KUNIT_EXPECT_GE(test, took, (s64)ms);
	KUNIT_EXPECT_LT(test, took, (s64)4000);
}

void ksocket_paint(struct ksocket_room *room)
{
	memset(room, KSOCKET_CANARY, sizeof(*room));
}

/* True if only the first @used bytes of the room were written. */
bool ksocket_intact(const struct ksocket_room *room, size_t used)
{
	return !memchr_inv(room->before, KSOCKET_CANARY,
			   sizeof(room->before)) &&
	       !memchr_inv(room->room + used, KSOCKET_CANARY,
			   sizeof(room->room) - used) &&
	       !memchr_inv(room->after, KSOCKET_CANARY, sizeof(room->after));
}
