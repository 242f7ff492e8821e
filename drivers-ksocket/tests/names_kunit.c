// SPDX-License-Identifier: GPL-2.0-only
/*
 * The local and the peer address of a socket
 */

#include <linux/net.h>
#include <linux/poll.h>
#include <linux/string.h>
#include <linux/un.h>

#include "loopback.h"

static struct ksocket_name ksocket_foreign(void)
{
	struct ksocket_name name = ksocket_loopback(AF_INET, 9);

	name.ipv4.sin_addr.s_addr = htonl(0xc0000201);	/* 192.0.2.1 */
	return name;
}

static void ksocket_check_lengths(struct kunit *test, ksocket_t sock,
				  int (*call)(ksocket_t, struct sockaddr *,
					      int))
{
	struct ksocket_name name = ksocket_loopback(AF_INET, 0);

	ksocket_expect(test, call(NULL, &name.any, name.len), -ENOTSOCK);
	ksocket_expect(test, call(sock, NULL, name.len), -EFAULT);
	ksocket_expect(test, call(sock, &name.any, -1), -EINVAL);
	ksocket_expect(test, call(sock, &name.any, INT_MIN), -EINVAL);
	ksocket_expect(test, call(sock, &name.any, sizeof(name.storage) + 1),
		       -EINVAL);
	ksocket_expect(test, call(sock, &name.any, INT_MAX), -EINVAL);
	ksocket_expect(test, call(sock, &name.any, 0), -EINVAL);
	ksocket_expect(test, call(sock, &name.any, 2), -EINVAL);
}

static void binding_takes_no_length_that_fits_no_address(struct kunit *test)
{
	ksocket_check_lengths(test, ksocket_make(test, AF_INET, SOCK_STREAM),
			      kbind);
}

static void connecting_takes_no_length_that_fits_no_address(struct kunit *test)
{
	ksocket_check_lengths(test, ksocket_make(test, AF_INET, SOCK_STREAM),
			      kconnect);
}

static void binding_twice_is_einval(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t sock = ksocket_bound(test, AF_INET, SOCK_STREAM, &name);

	ksocket_expect(test, kbind(sock, &name.any, name.len), -EINVAL);
}

static void binding_a_taken_port_is_eaddrinuse(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct ksocket_name name;

	ksocket_listener(test, AF_INET, &name);
	ksocket_expect(test, kbind(sock, &name.any, name.len), -EADDRINUSE);
}

static void binding_a_foreign_address_is_eaddrnotavail(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct ksocket_name name = ksocket_foreign();

	ksocket_expect(test, kbind(sock, &name.any, name.len), -EADDRNOTAVAIL);
}

static void binding_a_foreign_ipv6_address_is_eaddrnotavail(struct kunit *test)
{
	struct ksocket_name name = ksocket_loopback(AF_INET6, 0);
	ksocket_t sock;

	ksocket_need(test, AF_INET6);
	sock = ksocket_make(test, AF_INET6, SOCK_STREAM);
	/* 2001:db8::1 */
	name.ipv6.sin6_addr.s6_addr32[0] = htonl(0x20010db8);
	ksocket_expect(test, kbind(sock, &name.any, name.len), -EADDRNOTAVAIL);
	name.ipv6.sin6_addr.s6_addr32[0] = 0;
	ksocket_expect(test, kbind(sock, &name.any, name.len), 0);
}

static void connecting_to_nobody_is_econnrefused(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct ksocket_name name;

	/* A port that is bound but not listening. */
	ksocket_bound(test, AF_INET, SOCK_STREAM, &name);
	ksocket_expect(test, kconnect(sock, &name.any, name.len),
		       -ECONNREFUSED);
}

static void connecting_off_every_link_is_enetunreach(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct ksocket_name name = ksocket_foreign();
	int on = 1;

	ksocket_assert(test, ksetsockopt(sock, SOL_SOCKET, SO_DONTROUTE, &on,
					 sizeof(on)), 0);
	ksocket_expect(test, kconnect(sock, &name.any, name.len),
		       -ENETUNREACH);
}

static void connecting_ends_with_the_send_timeout(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct ksocket_name name;

	ksocket_silent(test, &name);
	ksocket_assert(test, ksocket_set_timeout(sock, SO_SNDTIMEO_NEW, 100),
		       0);
	ksocket_expect(test, kconnect(sock, &name.any, name.len),
		       -EINPROGRESS);
}

static void connecting_with_sock_nonblock_ends_later(struct kunit *test)
{
	struct kpollfd fd = { .events = POLLOUT };
	int error = -1, len = sizeof(error);
	struct ksocket_name name;

	ksocket_listener(test, AF_INET, &name);
	fd.sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	ksocket_expect(test, kconnect4(fd.sock, &name.any, name.len,
				       SOCK_NONBLOCK), -EINPROGRESS);
	ksocket_expect(test, kpoll(&fd, 1, 5000), 1);
	ksocket_expect(test, fd.revents, POLLOUT);
	ksocket_expect(test, kgetsockopt(fd.sock, SOL_SOCKET, SO_ERROR, &error,
					 &len), 0);
	ksocket_expect(test, error, 0);
	ksocket_expect(test, kconnect4(fd.sock, &name.any, name.len,
				       SOCK_NONBLOCK), 0);
	ksocket_expect(test, kconnect4(fd.sock, &name.any, name.len, 0),
		       -EISCONN);
}

static void connecting_later_to_nobody_is_in_so_error(struct kunit *test)
{
	struct kpollfd fd = { .events = POLLOUT };
	int error = -1, len = sizeof(error);
	struct ksocket_name name;

	ksocket_bound(test, AF_INET, SOCK_STREAM, &name);
	fd.sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	ksocket_expect(test, kconnect4(fd.sock, &name.any, name.len,
				       SOCK_NONBLOCK), -EINPROGRESS);
	ksocket_expect(test, kpoll(&fd, 1, 5000), 1);
	ksocket_expect(test, kgetsockopt(fd.sock, SOL_SOCKET, SO_ERROR, &error,
					 &len), 0);
	ksocket_expect(test, error, ECONNREFUSED);
}

static void connecting_twice_meanwhile_is_ealready(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct ksocket_name name;

	ksocket_silent(test, &name);
	ksocket_expect(test, kconnect4(sock, &name.any, name.len,
				       SOCK_NONBLOCK), -EINPROGRESS);
	ksocket_expect(test, kconnect4(sock, &name.any, name.len,
				       SOCK_NONBLOCK), -EALREADY);
}

static void connecting_with_other_flags_is_einval(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	struct ksocket_name name;

	ksocket_listener(test, AF_INET, &name);
	ksocket_expect(test, kconnect4(sock, &name.any, name.len, SOCK_CLOEXEC),
		       -EINVAL);
	ksocket_expect(test, kconnect4(sock, &name.any, name.len, 1), -EINVAL);
	ksocket_expect(test, kconnect4(NULL, &name.any, name.len, 0),
		       -ENOTSOCK);
}

static void a_datagram_socket_remembers_its_peer(struct kunit *test)
{
	struct ksocket_name name, peer = { .len = sizeof(peer.storage) };
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);

	ksocket_bound(test, AF_INET, SOCK_DGRAM, &name);
	ksocket_expect(test, kgetpeername(sock, &peer.any, &peer.len),
		       -ENOTCONN);
	ksocket_expect(test, kconnect(sock, &name.any, name.len), 0);
	ksocket_expect(test, kgetpeername(sock, &peer.any, &peer.len), 0);
	ksocket_expect(test, peer.len, name.len);
	ksocket_expect(test, memcmp(&peer.any, &name.any, name.len), 0);
}

/* Every buffer size, from 0 on. */
static void ksocket_check_rooms(struct kunit *test, ksocket_t sock,
				const struct ksocket_name *name,
				int (*call)(ksocket_t, struct sockaddr *,
					    int *))
{
	struct ksocket_room room;
	int there, len, used;

	for (there = 0; there <= sizeof(room.room); there++) {
		ksocket_paint(&room);
		len = there;
		used = min(there, name->len);
		ksocket_assert(test, call(sock, (struct sockaddr *)room.room,
					  &len), 0);
		ksocket_assert(test, len, name->len);
		ksocket_assert(test, memcmp(room.room, &name->any, used), 0);
		KUNIT_ASSERT_TRUE(test, ksocket_intact(&room, used));
	}
}

static void ksocket_check_both_rooms(struct kunit *test, int domain)
{
	struct ksocket_name name;
	ksocket_t server = ksocket_bound(test, domain, SOCK_DGRAM, &name);
	ksocket_t client = ksocket_make(test, domain, SOCK_DGRAM);

	ksocket_assert(test, kconnect(client, &name.any, name.len), 0);
	ksocket_check_rooms(test, server, &name, kgetsockname);
	ksocket_check_rooms(test, client, &name, kgetpeername);
}

static void names_of_ipv4_fill_no_more_than_their_room(struct kunit *test)
{
	ksocket_check_both_rooms(test, AF_INET);
}

static void names_of_ipv6_fill_no_more_than_their_room(struct kunit *test)
{
	ksocket_need(test, AF_INET6);
	ksocket_check_both_rooms(test, AF_INET6);
}

static void names_of_af_unix_fill_no_more_than_their_room(struct kunit *test)
{
	struct ksocket_name name = { .len = sizeof(struct sockaddr_un) };
	struct sockaddr_un *local = (struct sockaddr_un *)&name.storage;
	ksocket_t sock;

	ksocket_need(test, AF_UNIX);

	/* An abstract name of the maximum length. */
	local->sun_family = AF_UNIX;
	memset(local->sun_path + 1, 'k', sizeof(local->sun_path) - 1);
	sock = ksocket_make(test, AF_UNIX, SOCK_DGRAM);
	ksocket_assert(test, kbind(sock, &name.any, name.len), 0);
	ksocket_check_rooms(test, sock, &name, kgetsockname);
}

static void ksocket_check_places(struct kunit *test,
				 int (*call)(ksocket_t, struct sockaddr *,
					     int *))
{
	struct ksocket_name name;
	ksocket_t sock = ksocket_bound(test, AF_INET, SOCK_DGRAM, &name);

	ksocket_assert(test, kconnect(sock, &name.any, name.len), 0);
	ksocket_expect(test, call(NULL, &name.any, &name.len), -ENOTSOCK);
	ksocket_expect(test, call(sock, NULL, &name.len), -EFAULT);
	ksocket_expect(test, call(sock, &name.any, NULL), -EFAULT);
	name.len = -1;
	ksocket_expect(test, call(sock, &name.any, &name.len), -EINVAL);
}

static void asking_for_a_local_name_needs_a_usable_place(struct kunit *test)
{
	ksocket_check_places(test, kgetsockname);
}

static void asking_for_a_peer_name_needs_a_usable_place(struct kunit *test)
{
	ksocket_check_places(test, kgetpeername);
}

static struct kunit_case ksocket_names_cases[] = {
	KUNIT_CASE(binding_takes_no_length_that_fits_no_address),
	KUNIT_CASE(binding_twice_is_einval),
	KUNIT_CASE(binding_a_taken_port_is_eaddrinuse),
	KUNIT_CASE(binding_a_foreign_address_is_eaddrnotavail),
	KUNIT_CASE(binding_a_foreign_ipv6_address_is_eaddrnotavail),
	KUNIT_CASE(connecting_takes_no_length_that_fits_no_address),
	KUNIT_CASE(connecting_to_nobody_is_econnrefused),
	KUNIT_CASE(connecting_off_every_link_is_enetunreach),
	KUNIT_CASE(connecting_ends_with_the_send_timeout),
	KUNIT_CASE(connecting_with_sock_nonblock_ends_later),
	KUNIT_CASE(connecting_later_to_nobody_is_in_so_error),
	KUNIT_CASE(connecting_twice_meanwhile_is_ealready),
	KUNIT_CASE(connecting_with_other_flags_is_einval),
	KUNIT_CASE(a_datagram_socket_remembers_its_peer),
	KUNIT_CASE(names_of_ipv4_fill_no_more_than_their_room),
	KUNIT_CASE(names_of_ipv6_fill_no_more_than_their_room),
	KUNIT_CASE(names_of_af_unix_fill_no_more_than_their_room),
	KUNIT_CASE(asking_for_a_local_name_needs_a_usable_place),
	KUNIT_CASE(asking_for_a_peer_name_needs_a_usable_place),
	{ }
};

struct kunit_suite ksocket_names_suite = {
	.name = "ksocket_names",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_names_cases,
};
