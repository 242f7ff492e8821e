// SPDX-License-Identifier: GPL-2.0-only
/*
 * Data in several buffers, with control messages
 */

#include <linux/errqueue.h>
#include <linux/in.h>
#include <linux/net.h>
#include <linux/poll.h>
#include <linux/string.h>
#include <linux/uio.h>

#include "loopback.h"

static void several_pieces_are_one_message(struct kunit *test)
{
	struct ksocket_name name, from = { .len = sizeof(from.storage) };
	ksocket_t server = ksocket_bound(test, AF_INET, SOCK_DGRAM, &name);
	ksocket_t client = ksocket_make(test, AF_INET, SOCK_DGRAM);
	struct kvec out[] = { { "one", 3 }, { NULL, 0 }, { "two", 3 } };
	struct ksocket_room first, second;
	struct kvec in[] = { { first.room, 4 }, { second.room, 4 } };
	struct msghdr message = { };

	message.msg_name = &name.any;
	message.msg_namelen = name.len;
	ksocket_expect(test, ksendmsg(client, &message, out, 3, 0), 6);

	ksocket_paint(&first);
	ksocket_paint(&second);
	message.msg_name = &from.any;
	message.msg_namelen = from.len;
	ksocket_expect(test, krecvmsg(server, &message, in, 2, MSG_DONTWAIT),
		       6);
	ksocket_expect(test, memcmp(first.room, "onet", 4), 0);
	ksocket_expect(test, memcmp(second.room, "wo", 2), 0);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&first, 4));
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&second, 2));
	ksocket_expect(test, message.msg_namelen, sizeof(from.ipv4));
	ksocket_expect(test, from.ipv4.sin_family, AF_INET);
	ksocket_expect(test, message.msg_flags, 0);
	ksocket_expect(test, message.msg_controllen, 0);
}

static void a_message_that_was_cut_off_says_so(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t server = ksocket_bound(test, AF_INET, SOCK_DGRAM, &name);
	ksocket_t client = ksocket_make(test, AF_INET, SOCK_DGRAM);
	struct ksocket_room data, from;
	struct kvec in = { data.room, 2 };
	struct msghdr message = { };

	ksocket_expect(test, ksendto(client, "five!", 5, 0, &name.any,
				     name.len), 5);
	ksocket_paint(&data);
	ksocket_paint(&from);
	message.msg_name = from.room;
	message.msg_namelen = 3;
	ksocket_expect(test, krecvmsg(server, &message, &in, 1, MSG_DONTWAIT),
		       2);
	ksocket_expect(test, message.msg_flags, MSG_TRUNC);
	ksocket_expect(test, message.msg_namelen, sizeof(name.ipv4));
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&data, 2));
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&from, 3));
}

/* A socket with IP_PKTINFO and a pending datagram. */
static ksocket_t ksocket_told(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t server = ksocket_bound(test, AF_INET, SOCK_DGRAM, &name);
	ksocket_t client = ksocket_make(test, AF_INET, SOCK_DGRAM);
	int on = 1;

	ksocket_assert(test, ksetsockopt(server, IPPROTO_IP, IP_PKTINFO, &on,
					 sizeof(on)), 0);
	ksocket_assert(test, ksendto(client, "a", 1, 0, &name.any, name.len),
		       1);
	return server;
}

static void control_messages_come_into_kernel_memory(struct kunit *test)
{
	ksocket_t server = ksocket_told(test);
	struct msghdr message = { };
	struct ksocket_room control;
	struct in_pktinfo *info;
	struct cmsghdr *cmsg;
	char got;
	struct kvec in = { &got, 1 };

	ksocket_paint(&control);
	message.msg_control = control.room;
	message.msg_controllen = sizeof(control.room);
	ksocket_assert(test, krecvmsg(server, &message, &in, 1, MSG_DONTWAIT),
		       1);
	ksocket_expect(test, message.msg_controllen, CMSG_SPACE(sizeof(*info)));
	KUNIT_EXPECT_TRUE(test, message.msg_control == control.room);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&control,
					       CMSG_SPACE(sizeof(*info))));

	cmsg = CMSG_FIRSTHDR(&message);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, cmsg);
	ksocket_expect(test, cmsg->cmsg_level, SOL_IP);
	ksocket_expect(test, cmsg->cmsg_type, IP_PKTINFO);
	info = CMSG_DATA(cmsg);
	ksocket_expect(test, ntohl(info->ipi_addr.s_addr), INADDR_LOOPBACK);
}

static void control_messages_are_cut_off_where_the_room_ends(struct kunit *test)
{
	ksocket_t server = ksocket_told(test);
	struct msghdr message = { };
	struct ksocket_room control;
	char got;
	struct kvec in = { &got, 1 };

	ksocket_paint(&control);
	message.msg_control = control.room;
	message.msg_controllen = sizeof(struct cmsghdr) + 4;
	ksocket_assert(test, krecvmsg(server, &message, &in, 1, MSG_DONTWAIT),
		       1);
	ksocket_expect(test, message.msg_flags, MSG_CTRUNC);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&control,
					       sizeof(struct cmsghdr) + 4));
}

static void control_messages_go_from_kernel_memory(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t server = ksocket_bound(test, AF_INET, SOCK_DGRAM, &name);
	ksocket_t client = ksocket_make(test, AF_INET, SOCK_DGRAM);
	u8 control[CMSG_SPACE(sizeof(int))] __aligned(8) = { };
	struct cmsghdr *cmsg = (struct cmsghdr *)control;
	struct kvec vec = { control, 1 };
	struct msghdr message = { };
	int on = 1, tos = 0x10;

	ksocket_assert(test, ksetsockopt(server, IPPROTO_IP, IP_RECVTOS, &on,
					 sizeof(on)), 0);
	cmsg->cmsg_level = SOL_IP;
	cmsg->cmsg_type = IP_TOS;
	cmsg->cmsg_len = CMSG_LEN(sizeof(tos));
	memcpy(CMSG_DATA(cmsg), &tos, sizeof(tos));
	message.msg_name = &name.any;
	message.msg_namelen = name.len;
	message.msg_control = control;
	message.msg_controllen = sizeof(control);
	ksocket_assert(test, ksendmsg(client, &message, &vec, 1, 0), 1);

	memset(control, 0, sizeof(control));
	message.msg_name = NULL;
	vec.iov_base = &tos;
	ksocket_assert(test, krecvmsg(server, &message, &vec, 1, MSG_DONTWAIT),
		       1);
	ksocket_expect(test, cmsg->cmsg_type, IP_TOS);
	ksocket_expect(test, *(u8 *)CMSG_DATA(cmsg), 0x10);
	ksocket_expect(test, message.msg_namelen, 0);
}

static ssize_t ksocket_send_const(ksocket_t sock, struct msghdr *message,
				  const struct kvec *vec, size_t count,
				  int flags)
{
	return ksendmsg(sock, message, vec, count, flags);
}

static void ksocket_check_refusals(struct kunit *test,
				   ssize_t (*call)(ksocket_t, struct msghdr *,
						   const struct kvec *, size_t,
						   int))
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
	struct kvec vec[2] = { { "a", 1 } };
	struct msghdr message = { };

	ksocket_expect(test, call(NULL, &message, vec, 1, 0), -ENOTSOCK);
	ksocket_expect(test, call(sock, NULL, vec, 1, 0), -EFAULT);
	ksocket_expect(test, call(sock, &message, NULL, 1, 0), -EFAULT);
	ksocket_expect(test, call(sock, &message, vec, 1, MSG_CMSG_CLOEXEC),
		       -EOPNOTSUPP);
	ksocket_expect(test, call(sock, &message, vec, UIO_MAXIOV + 1, 0),
		       -EMSGSIZE);
	ksocket_expect(test, call(sock, &message, vec, SIZE_MAX, 0),
		       -EMSGSIZE);

	vec[1].iov_len = 1;
	ksocket_expect(test, call(sock, &message, vec, 2, 0), -EFAULT);
	vec[1].iov_base = "b";
	vec[1].iov_len = SIZE_MAX;
	ksocket_expect(test, call(sock, &message, vec, 2, 0), -EINVAL);
	vec[1].iov_len = LONG_MAX;
	ksocket_expect(test, call(sock, &message, vec, 2, 0), -EINVAL);

	message.msg_name = vec;
	message.msg_namelen = -1;
	ksocket_expect(test, call(sock, &message, vec, 1, 0), -EINVAL);
	message.msg_name = NULL;

	message.msg_controllen = sizeof(struct cmsghdr);
	ksocket_expect(test, call(sock, &message, vec, 1, 0), -EFAULT);
	message.msg_control = vec;
	message.msg_controllen = (size_t)INT_MAX + 1;
	ksocket_expect(test, call(sock, &message, vec, 1, 0), -ENOBUFS);
}

static void sending_a_message_tells_what_is_wrong_with_it(struct kunit *test)
{
	ksocket_check_refusals(test, ksocket_send_const);
}

static void receiving_a_message_tells_what_is_wrong_with_it(struct kunit *test)
{
	ksocket_check_refusals(test, krecvmsg);
}

static void control_messages_are_not_for_af_unix(struct kunit *test)
{
	struct kvec vec = { "a", 1 };
	struct cmsghdr control = { };
	struct msghdr message = { };
	ksocket_t pair[2];

	ksocket_need(test, AF_UNIX);

	ksocket_connected(test, AF_UNIX, pair);
	message.msg_control = &control;
	message.msg_controllen = sizeof(control);
	ksocket_expect(test, ksendmsg(pair[0], &message, &vec, 1, 0),
		       -EOPNOTSUPP);
	ksocket_expect(test, krecvmsg(pair[1], &message, &vec, 1, MSG_DONTWAIT),
		       -EOPNOTSUPP);
}

static void a_message_stays_as_it_was_when_nothing_came(struct kunit *test)
{
	struct ksocket_name name;
	ksocket_t sock = ksocket_bound(test, AF_INET, SOCK_DGRAM, &name);
	struct msghdr message = { };
	char got;
	struct kvec vec = { &got, 1 };

	message.msg_name = &name.any;
	message.msg_namelen = 100;
	message.msg_flags = MSG_EOR;
	ksocket_expect(test, krecvmsg(sock, &message, &vec, 1, MSG_DONTWAIT),
		       -EAGAIN);
	ksocket_expect(test, message.msg_namelen, 100);
	ksocket_expect(test, message.msg_flags, MSG_EOR);
}

static void the_error_queue_is_emptied_with_msg_errqueue(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_DGRAM);
	struct kpollfd fd = { .sock = sock, .events = POLLERR };
	struct ksocket_room data, control;
	struct kvec in = { data.room, sizeof(data.room) };
	struct sock_extended_err *error;
	struct msghdr message = { };
	struct ksocket_name name;
	ksocket_t gone = ksocket_bound(test, AF_INET, SOCK_DGRAM, &name);
	struct cmsghdr *cmsg;
	int on = 1;

	ksocket_assert(test, ksetsockopt(sock, IPPROTO_IP, IP_RECVERR, &on,
					 sizeof(on)), 0);
	ksocket_assert(test, kconnect(sock, &name.any, name.len), 0);
	ksocket_drop(test, gone);
	ksocket_expect(test, ksend(sock, "five!", 5, 0), 5);
	ksocket_expect(test, kpoll(&fd, 1, 5000), 1);
	ksocket_expect(test, fd.revents & POLLERR, POLLERR);

	ksocket_paint(&control);
	message.msg_control = control.room;
	message.msg_controllen = sizeof(control.room);
	ksocket_expect(test, krecvmsg(sock, &message, &in, 1, MSG_ERRQUEUE), 5);
	ksocket_expect(test, memcmp(data.room, "five!", 5), 0);
	ksocket_expect(test, message.msg_flags, MSG_ERRQUEUE);
	cmsg = CMSG_FIRSTHDR(&message);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, cmsg);
	ksocket_expect(test, cmsg->cmsg_type, IP_RECVERR);
	error = CMSG_DATA(cmsg);
	ksocket_expect(test, error->ee_errno, ECONNREFUSED);

	ksocket_expect(test, kpoll(&fd, 1, 0), 0);
	ksocket_expect(test, krecvmsg(sock, &message, &in, 1, MSG_ERRQUEUE),
		       -EAGAIN);
}

static void a_broken_stream_is_epipe_for_messages_too(struct kunit *test)
{
	struct kvec vec = { "a", 1 };
	struct msghdr message = { };
	ksocket_t pair[2];

	ksocket_connected(test, AF_INET, pair);
	ksocket_assert(test, kshutdown(pair[0], SHUT_WR), 0);
	ksocket_expect(test, ksendmsg(pair[0], &message, &vec, 1, 0), -EPIPE);
	ksocket_expect(test, krecvmsg(pair[1], &message, &vec, 1, 0), 0);
}

static struct kunit_case ksocket_message_cases[] = {
	KUNIT_CASE(several_pieces_are_one_message),
	KUNIT_CASE(a_message_that_was_cut_off_says_so),
	KUNIT_CASE(control_messages_come_into_kernel_memory),
	KUNIT_CASE(control_messages_are_cut_off_where_the_room_ends),
	KUNIT_CASE(control_messages_go_from_kernel_memory),
	KUNIT_CASE(sending_a_message_tells_what_is_wrong_with_it),
	KUNIT_CASE(receiving_a_message_tells_what_is_wrong_with_it),
	KUNIT_CASE(control_messages_are_not_for_af_unix),
	KUNIT_CASE(a_message_stays_as_it_was_when_nothing_came),
	KUNIT_CASE(the_error_queue_is_emptied_with_msg_errqueue),
	KUNIT_CASE(a_broken_stream_is_epipe_for_messages_too),
	{ }
};

struct kunit_suite ksocket_message_suite = {
	.name = "ksocket_message",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_message_cases,
};
