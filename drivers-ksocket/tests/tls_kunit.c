// SPDX-License-Identifier: GPL-2.0-only
/*
 * The file of a socket, and TLS records
 */

#include <linux/file.h>
#include <linux/fs.h>
#include <linux/net.h>
#include <linux/string.h>
#include <linux/tls.h>
#include <linux/uio.h>
#include <net/sock.h>

#include "loopback.h"

/* RFC 5246: the header of a record, the explicit nonce and the tag. */
#define KSOCKET_RECORD_HEADER	5
#define KSOCKET_RECORD_MORE	(KSOCKET_RECORD_HEADER + 8 + 16)
#define KSOCKET_RECORD_ALERT	21
#define KSOCKET_RECORD_DATA	23

static void a_socket_gets_one_file(struct kunit *test)
{
	ksocket_t sock = ksocket_make(test, AF_INET, SOCK_STREAM);
	ksocket_t same = sock;
	struct file *file;

	KUNIT_EXPECT_TRUE(test, !sock->file);
	ksocket_assert(test, ksocket_add_file(&same), 0);
	KUNIT_EXPECT_PTR_EQ(test, same, sock);
	file = sock->file;
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, file);
	KUNIT_EXPECT_PTR_EQ(test, file->private_data, (void *)sock);
	ksocket_expect(test, sock->sk->sk_net_refcnt, 1);

	ksocket_expect(test, ksocket_add_file(&same), 0);
	KUNIT_EXPECT_PTR_EQ(test, sock->file, file);
}

static void a_socket_with_a_file_carries_data(struct kunit *test)
{
	ksocket_t pair[2];
	char got[4];

	ksocket_connected(test, AF_INET, pair);
	ksocket_assert(test, ksocket_add_file(&pair[0]), 0);
	ksocket_expect(test, ksend(pair[0], "ping", 4, 0), 4);
	ksocket_expect(test, krecv(pair[1], got, 4, MSG_WAITALL), 4);
	ksocket_drop(test, pair[0]);
	ksocket_expect(test, krecv(pair[1], got, 4, 0), 0);
}

static void the_last_user_of_a_file_ends_the_connection(struct kunit *test)
{
	struct file *file;
	ksocket_t pair[2];
	char got;

	ksocket_connected(test, AF_INET, pair);
	ksocket_assert(test, ksocket_add_file(&pair[0]), 0);
	file = get_file(pair[0]->file);
	ksocket_drop(test, pair[0]);
	ksocket_expect(test, krecv(pair[1], &got, 1, MSG_DONTWAIT), -EAGAIN);
	__fput_sync(file);
	ksocket_expect(test, krecv(pair[1], &got, 1, 0), 0);
}

static void a_file_for_nothing_is_efault_or_enotsock(struct kunit *test)
{
	ksocket_t none = NULL;

	ksocket_expect(test, ksocket_add_file(NULL), -EFAULT);
	ksocket_expect(test, ksocket_add_file(&none), -ENOTSOCK);
}

static void a_refused_file_closes_the_socket(struct kunit *test)
{
	const struct kcallbacks none = { };
	ksocket_t pair[2];
	char got;

	ksocket_connected(test, AF_INET, pair);
	ksocket_assert(test, ksocket_set_callbacks(pair[0], &none, NULL), 0);
	ksocket_lose(test, pair[0]);
	ksocket_expect(test, ksocket_add_file(&pair[0]), -EBUSY);
	KUNIT_EXPECT_TRUE(test, !pair[0]);
	ksocket_expect(test, krecv(pair[1], &got, 1, 0), 0);
}

/* Encrypts what @sock sends, or decrypts what it receives. */
static void ksocket_use_key(struct kunit *test, ksocket_t sock, int direction)
{
	struct tls12_crypto_info_aes_gcm_128 key = {
		.info.version = TLS_1_2_VERSION,
		.info.cipher_type = TLS_CIPHER_AES_GCM_128,
		.key = "fifteen letters",
		.salt = "abc",
	};

	ksocket_assert(test, ksetsockopt(sock, SOL_TLS, direction, &key,
					 sizeof(key)), 0);
}

static void ksocket_connected_with_tls(struct kunit *test, ksocket_t pair[2])
{
	ksocket_connected(test, AF_INET, pair);
	ksocket_start_tls(test, pair[0]);
	ksocket_start_tls(test, pair[1]);
	ksocket_use_key(test, pair[0], TLS_TX);
}

static void what_is_sent_is_a_record_of_tls(struct kunit *test)
{
	const size_t size = KSOCKET_RECORD_MORE + 5;
	struct ksocket_room record;
	ksocket_t pair[2];

	ksocket_connected_with_tls(test, pair);
	ksocket_paint(&record);
	ksocket_expect(test, ksend(pair[0], "plain", 5, 0), 5);
	ksocket_expect(test, krecv(pair[1], record.room, size, MSG_WAITALL),
		       size);
	ksocket_expect(test, record.room[0], KSOCKET_RECORD_DATA);
	ksocket_expect(test, record.room[4], size - KSOCKET_RECORD_HEADER);
	KUNIT_EXPECT_TRUE(test, !strnstr(record.room, "plain", size));
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&record, size));
}

static void what_was_sent_with_tls_is_received(struct kunit *test)
{
	struct kvec pieces[] = { { "two ", 4 }, { "pieces", 6 } };
	struct msghdr message = { };
	struct ksocket_room got;
	ksocket_t pair[2];

	ksocket_connected_with_tls(test, pair);
	ksocket_use_key(test, pair[1], TLS_RX);
	ksocket_paint(&got);
	ksocket_expect(test, ksend(pair[0], "plain", 5, 0), 5);
	ksocket_expect(test, krecv(pair[1], got.room, 5, MSG_WAITALL), 5);
	ksocket_expect(test, memcmp(got.room, "plain", 5), 0);
	ksocket_expect(test, ksendmsg(pair[0], &message, pieces, 2, 0), 10);
	ksocket_expect(test, krecv(pair[1], got.room, 10, MSG_WAITALL), 10);
	ksocket_expect(test, memcmp(got.room, "two pieces", 10), 0);
	KUNIT_EXPECT_TRUE(test, ksocket_intact(&got, 10));
}

static void ksocket_send_alert(struct kunit *test, ksocket_t sock)
{
	u8 control[CMSG_SPACE(1)] __aligned(8) = { };
	struct msghdr message = {
		.msg_control = control,
		.msg_controllen = sizeof(control),
	};
	struct cmsghdr *type = CMSG_FIRSTHDR(&message);
	struct kvec alert = { "\1\0", 2 };

	type->cmsg_level = SOL_TLS;
	type->cmsg_type = TLS_SET_RECORD_TYPE;
	type->cmsg_len = CMSG_LEN(1);
	*(u8 *)CMSG_DATA(type) = KSOCKET_RECORD_ALERT;
	ksocket_expect(test, ksendmsg(sock, &message, &alert, 1, 0), 2);
}

static void ksocket_receive_alert(struct kunit *test, ksocket_t sock)
{
	u8 control[CMSG_SPACE(1)] __aligned(8);
	struct msghdr message = {
		.msg_control = control,
		.msg_controllen = sizeof(control),
	};
	struct cmsghdr *type;
	struct kvec vec;
	char got[8];

	vec.iov_base = got;
	vec.iov_len = sizeof(got);
	ksocket_expect(test, krecvmsg(sock, &message, &vec, 1, 0), 2);
	type = CMSG_FIRSTHDR(&message);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, type);
	ksocket_expect(test, type->cmsg_type, TLS_GET_RECORD_TYPE);
	ksocket_expect(test, *(u8 *)CMSG_DATA(type), KSOCKET_RECORD_ALERT);
}

static void the_type_of_a_record_is_a_control_message(struct kunit *test)
{
	ksocket_t pair[2];
	char got[8];

	ksocket_connected_with_tls(test, pair);
	ksocket_use_key(test, pair[1], TLS_RX);
	ksocket_send_alert(test, pair[0]);
	ksocket_expect(test, krecv(pair[1], got, sizeof(got), 0), -EIO);
	ksocket_receive_alert(test, pair[1]);
}

static void a_record_that_is_no_data_ends_a_call_only(struct kunit *test)
{
	ksocket_t pair[2];
	char got[8];

	ksocket_connected_with_tls(test, pair);
	ksocket_use_key(test, pair[1], TLS_RX);
	ksocket_expect(test, ksend(pair[0], "plain", 5, 0), 5);
	ksocket_send_alert(test, pair[0]);
	ksocket_expect(test, krecv_until(pair[1], got, sizeof(got), MSG_WAITALL,
					 ksocket_in(5000)), 5);
	ksocket_expect(test, pair[1]->sk->sk_err, 0);
	ksocket_receive_alert(test, pair[1]);
	ksocket_expect(test, ksend(pair[0], "more", 4, 0), 4);
	ksocket_expect(test, krecv(pair[1], got, 4, MSG_WAITALL), 4);
	ksocket_expect(test, memcmp(got, "more", 4), 0);
}

static void tls_records_are_not_discarded(struct kunit *test)
{
	struct iov_iter nowhere;
	ksocket_t pair[2];
	char got[5];

	ksocket_connected_with_tls(test, pair);
	ksocket_use_key(test, pair[1], TLS_RX);
	ksocket_expect(test, ksend(pair[0], "plain", 5, 0), 5);
	ksocket_expect(test, krecv(pair[1], NULL, 5, MSG_TRUNC), -EOPNOTSUPP);
	iov_iter_discard(&nowhere, READ, 5);
	ksocket_expect(test, krecv_iter(pair[1], &nowhere, 0), -EOPNOTSUPP);
	ksocket_expect(test, krecv(pair[1], got, 5, MSG_WAITALL), 5);
	ksocket_expect(test, memcmp(got, "plain", 5), 0);
}

static void ksocket_note_call(ksocket_t sock, void *called)
{
	WRITE_ONCE(*(bool *)called, true);
}

/* Refused where TLS takes the callbacks for its own. */
static void a_record_of_tls_calls_data_ready(struct kunit *test)
{
	const struct kcallbacks callbacks = { .data_ready = ksocket_note_call };
	bool called = false;
	ksocket_t pair[2];
	char got[5];
	int ret;

	ksocket_connected_with_tls(test, pair);
	ksocket_use_key(test, pair[1], TLS_RX);
	ret = ksocket_set_callbacks(pair[1], &callbacks, &called);
#ifdef SK_USER_DATA_PSOCK
	ksocket_expect(test, ret, 0);
#else
	ksocket_expect(test, ret, -EBUSY);
#endif
	ksocket_expect(test, ksend(pair[0], "plain", 5, 0), 5);
	ksocket_expect(test, krecv(pair[1], got, 5, MSG_WAITALL), 5);
	ksocket_expect(test, memcmp(got, "plain", 5), 0);
	ksocket_expect(test, READ_ONCE(called), !ret);
	ksocket_set_callbacks(pair[1], NULL, NULL);
}

static struct kunit_case ksocket_tls_cases[] = {
	KUNIT_CASE(a_socket_gets_one_file),
	KUNIT_CASE(a_socket_with_a_file_carries_data),
	KUNIT_CASE(the_last_user_of_a_file_ends_the_connection),
	KUNIT_CASE(a_file_for_nothing_is_efault_or_enotsock),
	KUNIT_CASE(a_refused_file_closes_the_socket),
	KUNIT_CASE(what_is_sent_is_a_record_of_tls),
	KUNIT_CASE(what_was_sent_with_tls_is_received),
	KUNIT_CASE(the_type_of_a_record_is_a_control_message),
	KUNIT_CASE(a_record_that_is_no_data_ends_a_call_only),
	KUNIT_CASE(tls_records_are_not_discarded),
	KUNIT_CASE(a_record_of_tls_calls_data_ready),
	{ }
};

struct kunit_suite ksocket_tls_suite = {
	.name = "ksocket_tls",
	.init = ksocket_world_init,
	.exit = ksocket_world_exit,
	.test_cases = ksocket_tls_cases,
};
