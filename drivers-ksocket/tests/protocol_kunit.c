// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the protocol of a socket receives: sizes larger than any test buffer,
 * flags without a visible effect, and one release
 */

#include <linux/fs.h>
#include <linux/net.h>
#include <linux/sctp.h>
#include <linux/sockptr.h>
#include <linux/string.h>
#include <linux/uio.h>
#include <net/inet_connection_sock.h>
#include <net/sock.h>
#include <net/tcp.h>

#include "loopback.h"

/* The arguments of the last call. */
static struct {
	const struct proto_ops *real;
	struct sockaddr_storage name;
	int name_len;
	size_t size;
	unsigned int flags;
	unsigned int told;
	int level, optname;
	int releases;
} ksocket_handed;

static int ksocket_note_sendmsg(struct socket *sock, struct msghdr *msg,
				size_t size)
{
	ksocket_handed.size = size;
	ksocket_handed.flags = msg->msg_flags;
	ksocket_handed.name_len = msg->msg_namelen;
	if (msg->msg_name)
		memcpy(&ksocket_handed.name, msg->msg_name,
		       sizeof(ksocket_handed.name));
	return iov_iter_count(&msg->msg_iter);
}

static int ksocket_note_recvmsg(struct socket *sock, struct msghdr *msg,
				size_t size, int flags)
{
	ksocket_handed.size = size;
	ksocket_handed.flags = flags;
	msg->msg_flags |= ksocket_handed.told;
	return iov_iter_count(&msg->msg_iter);
}

/* Handles one option of SOL_SOCKET, as UDP does in newer kernels. */
static int ksocket_note_setsockopt(struct socket *sock, int level, int optname,
				   sockptr_t optval, unsigned int optlen)
{
	ksocket_handed.level = level;
	ksocket_handed.optname = optname;
	return optname == SO_RCVBUF ? 0 : -ENOPROTOOPT;
}

static int ksocket_note_release(struct socket *sock)
{
	ksocket_handed.releases++;
	return ksocket_handed.real->release(sock);
}

/* No .owner: AF_INET is never a module. */
static const struct proto_ops ksocket_noting_ops = {
	.family = AF_INET,
	.release = ksocket_note_release,
	.sendmsg = ksocket_note_sendmsg,
	.recvmsg = ksocket_note_recvmsg,
	.setsockopt = ksocket_note_setsockopt,
};

/* A socket whose protocol only records its arguments. */
static ksocket_t ksocket_noted(struct kunit *test, int type)
{
	ksocket_t sock = ksocket_make(test, AF_INET, type);

	memset(&ksocket_handed, 0, sizeof(ksocket_handed));
	ksocket_handed.real = sock->ops;
	sock->ops = &ksocket_noting_ops;
	return sock;
}

static void ksocket_check_cap(struct kunit *test, ssize_t moved)
{
	ksocket_expect(test, moved, 0x80000000 - PAGE_SIZE);
	ksocket_expect(test, ksocket_handed.size, 0x80000000 - PAGE_SIZE);
	ksocket_handed.size = 0;
}

static void one_call_sends_2_gib_less_a_page_at_most(struct kunit *test)
{
	struct kvec half = { "a", 0x7fffffff }, vec[] = { half, half };
	ksocket_t sock = ksocket_noted(test, SOCK_STREAM);
	struct msghdr message = { };

	ksocket_check_cap(test, ksend(sock, "a", SIZE_MAX, 0));
	ksocket_check_cap(test, ksend(sock, "a", 0x80000000, 0));
	ksocket_check_cap(test, ksendto(sock, "a", SIZE_MAX, 0, NULL, 0));
	ksocket_check_cap(test, ksendmsg(sock, &message, vec, 2, 0));
}

static void one_call_receives_2_gib_less_a_page_at_most(struct kunit *test)
{
	struct kvec half = { "a", 0x7fffffff }, vec[] = { half, half };
	ksocket_t sock = ksocket_noted(test, SOCK_STREAM);
	struct msghdr message = { };

	ksocket_check_cap(test, krecv(sock, "a", SIZE_MAX, 0));
	ksocket_check_cap(test, krecv(sock, "a", 0x80000000, 0));
	ksocket_check_cap(test, krecvfrom(sock, "a", SIZE_MAX, 0, NULL, NULL));
	ksocket_check_cap(test, krecvmsg(sock, &message, vec, 2, 0));
}

static void flags_of_sending_reach_the_protocol(struct kunit *test)
{
	static const int flags[] = {
		0, MSG_CONFIRM, MSG_DONTROUTE, MSG_DONTWAIT, MSG_EOR, MSG_MORE,
		MSG_NOSIGNAL, MSG_OOB, MSG_DONTWAIT | MSG_MORE,
	};
	ksocket_t sock = ksocket_noted(test, SOCK_STREAM);
	struct kvec vec = { "a", 1 };
	struct msghdr message = { };
	int i;

	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		int expected = flags[i] | MSG_NOSIGNAL;

		ksocket_expect(test, ksend(sock, "a", 1, flags[i]), 1);
		ksocket_expect(test, ksocket_handed.flags, expected);
		ksocket_expect(test, ksendto(sock, "a", 1, flags[i], NULL, 0),
			       1);
		ksocket_expect(test, ksocket_handed.flags, expected);
		ksocket_expect(test, ksendmsg(sock, &message, &vec, 1,
					      flags[i]), 1);
		ksocket_expect(test, ksocket_handed.flags, expected);
	}
}

/* @ignored are flags that this type of socket does not get. */
static void ksocket_check_flags(struct kunit *test, int type, int ignored)
{
	static const int flags[] = {
		0, MSG_DONTWAIT, MSG_NOSIGNAL, MSG_OOB, MSG_PEEK, MSG_TRUNC,
		MSG_WAITALL, MSG_PEEK | MSG_TRUNC,
	};
	ksocket_t sock = ksocket_noted(test, type);
	struct kvec vec = { "a", 1 };
	struct msghdr message = { };
	int i;

	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		int expected = flags[i] & ~ignored;

		ksocket_expect(test, krecv(sock, "a", 1, flags[i]), 1);
		ksocket_expect(test, ksocket_handed.flags, expected);
		ksocket_expect(test, krecvfrom(sock, "a", 1, flags[i], NULL,
					       NULL), 1);
		ksocket_expect(test, ksocket_handed.flags, expected);
		ksocket_expect(test, krecvmsg(sock, &message, &vec, 1,
					      flags[i]), 1);
		ksocket_expect(test, ksocket_handed.flags, expected);
	}
	ksocket_expect(test, krecvmsg(sock, &message, &vec, 1, MSG_ERRQUEUE),
		       1);
	ksocket_expect(test, ksocket_handed.flags, MSG_ERRQUEUE);
}

static void flags_of_receiving_reach_the_protocol(struct kunit *test)
{
	ksocket_check_flags(test, SOCK_DGRAM, 0);
}

static void a_stream_does_not_get_msg_trunc(struct kunit *test)
{
	ksocket_check_flags(test, SOCK_STREAM, MSG_TRUNC);
}

static void the_flags_of_a_received_message_are_known_ones(struct kunit *test)
{
	int known = MSG_TRUNC | MSG_CTRUNC | MSG_EOR | MSG_OOB | MSG_ERRQUEUE;
	ksocket_t sock = ksocket_noted(test, SOCK_STREAM);
	int protocol = sock->sk->sk_protocol;
	struct kvec vec = { "a", 1 };
	struct msghdr message = { };

	ksocket_handed.told = ~0U;
	ksocket_expect(test, krecvmsg(sock, &message, &vec, 1, 0), 1);
	ksocket_expect(test, message.msg_flags, known);

	sock->sk->sk_protocol = IPPROTO_SCTP;
	ksocket_expect(test, krecvmsg(sock, &message, &vec, 1, 0), 1);
	ksocket_expect(test, message.msg_flags, known | MSG_NOTIFICATION);
	sock->sk->sk_protocol = protocol;
}

static void espintcp_does_not_get_msg_nosignal(struct kunit *test)
{
	const struct tcp_ulp_ops ulp = { .name = "espintcp" };
	const struct tcp_ulp_ops other = { .name = "tls" };
	ksocket_t sock = ksocket_noted(test, SOCK_STREAM);
	struct inet_connection_sock *icsk = inet_csk(sock->sk);

	icsk->icsk_ulp_ops = &ulp;
	ksocket_expect(test, ksend(sock, "a", 1, 0), 1);
	ksocket_expect(test, ksocket_handed.flags, 0);
	icsk->icsk_ulp_ops = &other;
	ksocket_expect(test, ksend(sock, "a", 1, 0), 1);
	ksocket_expect(test, ksocket_handed.flags, MSG_NOSIGNAL);
	icsk->icsk_ulp_ops = NULL;
}

static void udp_handles_options_of_the_socket_itself(struct kunit *test)
{
	ksocket_t sock = ksocket_noted(test, SOCK_DGRAM);
	int before = READ_ONCE(sock->sk->sk_rcvbuf);
	int value = 4 * before;

	ksocket_expect(test, ksetsockopt(sock, SOL_SOCKET, SO_RCVBUF, &value,
					 sizeof(value)), 0);
	ksocket_expect(test, ksocket_handed.level, SOL_SOCKET);
	ksocket_expect(test, ksocket_handed.optname, SO_RCVBUF);
	ksocket_expect(test, sock->sk->sk_rcvbuf, before);

	/* The kernel sets what the protocol does not handle. */
	value = 5;
	ksocket_expect(test, ksetsockopt(sock, SOL_SOCKET, SO_PRIORITY, &value,
					 sizeof(value)), 0);
	ksocket_expect(test, ksocket_handed.optname, SO_PRIORITY);
	ksocket_expect(test, sock->sk->sk_priority, 5);
}

static void tcp_does_not_handle_options_of_the_socket(struct kunit *test)
{
	ksocket_t sock = ksocket_noted(test, SOCK_STREAM);
	int value = 5;

	ksocket_expect(test, ksetsockopt(sock, SOL_SOCKET, SO_PRIORITY, &value,
					 sizeof(value)), 0);
	ksocket_expect(test, ksocket_handed.optname, 0);
	ksocket_expect(test, sock->sk->sk_priority, 5);
}

static void the_protocol_sees_a_full_sized_copy_of_a_name(struct kunit *test)
{
	struct ksocket_name name = ksocket_loopback(AF_INET, 9);
	ksocket_t sock = ksocket_noted(test, SOCK_STREAM);

	/* The protocol must not see the bytes after the address. */
	memset((u8 *)&name + sizeof(name.ipv4), 0xff,
	       sizeof(name.storage) - sizeof(name.ipv4));
	ksocket_expect(test, ksendto(sock, "a", 1, 0, &name.any, name.len), 1);
	ksocket_expect(test, ksocket_handed.name_len, name.len);
	ksocket_expect(test, memcmp(&ksocket_handed.name, &name, name.len), 0);
	KUNIT_EXPECT_TRUE(test, !memchr_inv((u8 *)&ksocket_handed.name +
					    name.len, 0,
					    sizeof(name.storage) - name.len));
}

static void nothing_else_of_a_message_is_looked_at(struct kunit *test)
{
	ksocket_t sock = ksocket_noted(test, SOCK_STREAM);
	struct kvec vec = { "a", 1 };
	struct msghdr message;

	memset(&message, 0x5a, sizeof(message));
	message.msg_name = NULL;
	message.msg_controllen = 0;
	ksocket_expect(test, ksendmsg(sock, &message, &vec, 1, 0), 1);
	ksocket_expect(test, ksocket_handed.flags, MSG_NOSIGNAL);
	ksocket_expect(test, ksocket_handed.name_len, 0);
	ksocket_expect(test, krecvmsg(sock, &message, &vec, 1, 0), 1);
	ksocket_expect(test, ksocket_handed.flags, 0);
	ksocket_expect(test, message.msg_flags, 0);
}

static void a_message_may_have_1024_pieces(struct kunit *test)
{
	ksocket_t sock = ksocket_noted(test, SOCK_STREAM);
	struct msghdr message = { };
	struct kvec *vec;
	int i;

	vec = kunit_kzalloc(test, 1025 * sizeof(*vec), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, vec);
	for (i = 0; i < 1025; i++) {
		vec[i].iov_base = "a";
		vec[i].iov_len = 1;
	}
	ksocket_expect(test, ksendmsg(sock, &message, vec, 1024, 0), 1024);
	ksocket_expect(test, krecvmsg(sock, &message, vec, 1024, 0), 1024);
	ksocket_expect(test, ksendmsg(sock, &message, vec, 1025, 0), -EMSGSIZE);
	ksocket_expect(test, krecvmsg(sock, &message, vec, 1025, 0), -EMSGSIZE);
}

static void closing_releases_the_socket_once(struct kunit *test)
{
	ksocket_t sock = ksocket_noted(test, SOCK_STREAM);

	ksocket_drop(test, sock);
	ksocket_expect(test, ksocket_handed.releases, 1);
}

static struct kunit_case ksocket_protocol_cases[] = {
	KUNIT_CASE(one_call_sends_2_gib_less_a_page_at_most),
	KUNIT_CASE(one_call_receives_2_gib_less_a_page_at_most),
	KUNIT_CASE(flags_of_sending_reach_the_protocol),
	KUNIT_CASE(flags_of_receiving_reach_the_protocol),
	KUNIT_CASE(a_stream_does_not_get_msg_trunc),
	KUNIT_CASE(the_flags_of_a_received_message_are_known_ones),
	KUNIT_CASE(espintcp_does_not_get_msg_nosignal),
	KUNIT_CASE(udp_handles_options_of_the_socket_itself),
	KUNIT_CASE(tcp_does_not_handle_options_of_the_socket),
	KUNIT_CASE(the_protocol_sees_a_full_sized_copy_of_a_name),
	KUNIT_CASE(nothing_else_of_a_message_is_looked_at),
	KUNIT_CASE(a_message_may_have_1024_pieces),
	KUNIT_CASE(closing_releases_the_socket_once),
	{ }
};

struct kunit_suite ksocket_protocol_suite = {
	.name = "ksocket_protocol",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_protocol_cases,
};
