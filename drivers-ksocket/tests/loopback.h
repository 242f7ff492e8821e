/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Helpers of the test cases: sockets on the loopback interface that are always
 * closed after a case, buffers with canaries, and a second task
 */
#ifndef _KSOCKET_TESTS_LOOPBACK_H
#define _KSOCKET_TESTS_LOOPBACK_H

#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ktime.h>
#include <linux/socket.h>
#include <linux/sockptr.h>
#include <linux/types.h>
#include <net/ksocket.h>

struct sock;
struct task_struct;

/* KUnit compares only values of the same type. */
#define ksocket_expect(test, value, expected) \
	KUNIT_EXPECT_EQ(test, (long)(value), (long)(expected))
#define ksocket_assert(test, value, expected) \
	KUNIT_ASSERT_EQ(test, (long)(value), (long)(expected))

/* A call on a socket in a second task. */
struct ksocket_sleeper {
	struct task_struct *task;
	struct completion done;
	long (*call)(ksocket_t sock);
	ksocket_t sock;
	bool calling;
	long result;
};

struct ksocket_world {
	ksocket_t sockets[16];
	struct ksocket_sleeper sleeper;
};

/* A buffer with canaries in and around it. */
struct ksocket_room {
	u8 before[32];
	u8 room[160] __aligned(8);
	u8 after[32];
};

/* A socket address of any family that the tests use. */
struct ksocket_name {
	union {
		struct sockaddr any;
		struct sockaddr_in ipv4;
		struct sockaddr_in6 ipv6;
		struct sockaddr_storage storage;
	};
	int len;
};

/* loopback.c: for every suite */
int ksocket_world_init(struct kunit *test);
void ksocket_world_exit(struct kunit *test);
int ksocket_loopback_up(void);

void ksocket_need(struct kunit *test, int domain);
void ksocket_need_protocol(struct kunit *test, int domain, int type,
			   int protocol);
ksocket_t ksocket_keep(struct kunit *test, ksocket_t sock);
void ksocket_start_tls(struct kunit *test, ksocket_t sock);
void ksocket_lose(struct kunit *test, ksocket_t sock);
void ksocket_drop(struct kunit *test, ksocket_t sock);
ksocket_t ksocket_make(struct kunit *test, int domain, int type);
struct ksocket_name ksocket_loopback(int domain, u16 port);
ksocket_t ksocket_bound(struct kunit *test, int domain, int type,
			struct ksocket_name *name);
ksocket_t ksocket_listener(struct kunit *test, int domain,
			   struct ksocket_name *name);
void ksocket_silent(struct kunit *test, struct ksocket_name *name);
void ksocket_connected(struct kunit *test, int domain, ksocket_t pair[2]);
void ksocket_datagrams(struct kunit *test, int domain, ksocket_t pair[2],
		       struct ksocket_name *name);
int ksocket_set_timeout(ksocket_t sock, int optname, unsigned int ms);
void ksocket_replace(struct kunit *test, ksocket_t sock, size_t offset,
		     void *call);

ktime_t ksocket_in(unsigned int ms);
void ksocket_check_took(struct kunit *test, ktime_t begin, unsigned int ms);

void ksocket_paint(struct ksocket_room *room);
bool ksocket_intact(const struct ksocket_room *room, size_t used);

/* sleeper.c: a second task */
void ksocket_start(struct kunit *test, ksocket_t sock,
		   long (*call)(ksocket_t sock));
bool ksocket_sleeps(struct kunit *test);
bool ksocket_still_sleeps(struct kunit *test);
void ksocket_signal(struct kunit *test);
long ksocket_result(struct kunit *test);
long ksocket_stopped(struct kunit *test);
bool ksocket_sleeper_gone(struct ksocket_sleeper *sleeper);

/*
 * Functions of the kernel that take kernel memory for a value. Weak: NULL in a
 * kernel without them, and in a module if they are not exported.
 */
int __weak do_sock_getsockopt(struct socket *sock, bool compat, int level,
			      int optname, sockptr_t optval, sockptr_t optlen);
int __weak sk_getsockopt(struct sock *sk, int level, int optname,
			 sockptr_t optval, sockptr_t optlen);
int __weak do_tcp_getsockopt(struct sock *sk, int level, int optname,
			     sockptr_t optval, sockptr_t optlen);

/* one file for each suite */
extern struct kunit_suite ksocket_life_suite;
extern struct kunit_suite ksocket_accept_suite;
extern struct kunit_suite ksocket_names_suite;
extern struct kunit_suite ksocket_stream_suite;
extern struct kunit_suite ksocket_datagram_suite;
extern struct kunit_suite ksocket_transfer_suite;
extern struct kunit_suite ksocket_protocol_suite;
extern struct kunit_suite ksocket_message_suite;
extern struct kunit_suite ksocket_option_suite;
extern struct kunit_suite ksocket_setting_suite;
extern struct kunit_suite ksocket_table_suite;
extern struct kunit_suite ksocket_text_suite;
extern struct kunit_suite ksocket_iterator_suite;
extern struct kunit_suite ksocket_poll_suite;
extern struct kunit_suite ksocket_pollset_suite;
extern struct kunit_suite ksocket_deadline_suite;
extern struct kunit_suite ksocket_scripted_suite;
extern struct kunit_suite ksocket_callback_suite;
extern struct kunit_suite ksocket_hook_suite;
extern struct kunit_suite ksocket_tls_suite;
extern struct kunit_suite ksocket_wakeup_suite;
extern struct kunit_suite ksocket_signal_suite;

#endif /* _KSOCKET_TESTS_LOOPBACK_H */
