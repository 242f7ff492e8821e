/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Declarations shared by the files of ksocket
 */
#ifndef _KSOCKET_INTERNAL_H
#define _KSOCKET_INTERNAL_H

#include <linux/ktime.h>
#include <linux/net.h>
#include <linux/socket.h>
#include <linux/types.h>

/* These flags apply to a file descriptor; ksocket has none. */
#define KSOCKET_FILE_FLAGS	(SOCK_CLOEXEC | SOCK_NONBLOCK)

/*
 * Flags a caller may pass. Others control user memory, control messages or the
 * internals of the network stack, and kernel_sendmsg() does not filter them.
 */
#define KSOCKET_SEND_FLAGS	(MSG_CONFIRM | MSG_DONTROUTE | MSG_DONTWAIT | \
				 MSG_EOR | MSG_MORE | MSG_NOSIGNAL | MSG_OOB)
#define KSOCKET_RECV_FLAGS	(MSG_DONTWAIT | MSG_NOSIGNAL | MSG_OOB | \
				 MSG_PEEK | MSG_TRUNC | MSG_WAITALL)

/* Longer than any address text; snprintf() accepts at most INT_MAX. */
#define KSOCKET_TEXT_MAX	64

struct bio_vec;
struct kvec;
struct msghdr;
struct page_frag;
struct sock;
struct sockaddr;
struct sockaddr_storage;
struct socket;
struct tcp_ulp_ops;

/* family.c */
int ksocket_check_family(int domain, int protocol);

/* name.c */
int ksocket_name_in(struct sockaddr_storage *name,
		    const struct sockaddr *address, int address_len);
int ksocket_name_out(const struct sockaddr_storage *name, int name_len,
		     struct sockaddr *address, int *address_len);
bool ksocket_name_wanted(const struct sockaddr *address,
			 const int *address_len);

/* transfer.c */
int ksocket_quiet(const struct sock *sk, int flags);
int ksocket_receive_flags(const struct sock *sk, int flags);
int ksocket_sendmsg(struct socket *sock, struct msghdr *msg, struct kvec *vec,
		    size_t count, size_t size);
int ksocket_send_message(struct socket *sock, struct msghdr *msg);
bool ksocket_hide_frag(struct page_frag *outer);
void ksocket_show_frag(const struct page_frag *outer);

/* send_pages.c: over TCP; @size is that of all entries, at least 1 */
ssize_t ksocket_send_pages(struct socket *sock, const struct bio_vec *vec,
			   size_t count, size_t size, int flags);

/* poll.c */
bool ksocket_must_end(void);
__poll_t ksocket_events(struct socket *sock);
int ksocket_wait(struct socket *sock, short events, ktime_t deadline);

/* file.c */
void ksocket_release(struct socket *sock);

/* callback.c */
bool ksocket_has_callbacks(const struct sock *sk);
void ksocket_leave_callbacks(struct socket *sock);
void ksocket_own_callbacks(struct socket *conn, const struct socket *listener);
bool ksocket_blocks_callbacks(const struct sock *sk, int level, int optname);

/* mark.c */
bool ksocket_is_tcp(const struct sock *sk);
const struct tcp_ulp_ops *ksocket_ulp(const struct sock *sk);
bool ksocket_ulp_reads_user_data(const struct sock *sk);

/*
 * hold_net.c: makes a kernel socket hold a reference to its namespace; the
 * caller must hold one during the call
 */
void ksocket_hold_net(struct sock *sk);

/* compat.c */
bool ksocket_is_compat(int level, int optname);
int ksocket_set_compat(struct socket *sock, int level, int optname,
		       const void *optval, int optlen);

/* setting.c */
void ksocket_join_reclaim(struct socket *sock);
void ksocket_leave_reclaim(struct sock *sk);

/* option_kind.c */
bool ksocket_may_ask(const struct sock *sk, int level, int optname);
bool ksocket_is_user_option(int optname);
bool ksocket_maps_memory(int level, int optname);
bool ksocket_handles_options(const struct sock *sk);

/* option.c */
int ksocket_set_option(struct socket *sock, int level, int optname,
		       void *optval, int optlen);
int ksocket_put_option(void *optval, int *optlen, const void *value, int size);

/* protocol_fields.c */
int ksocket_get_protocol_field(struct sock *sk, int level, int optname,
			       void *optval, int *optlen);

/* getsockopt_module.c: uses only what a module can link to */
int ksocket_getsockopt_module(struct socket *sock, int level, int optname,
			      void *optval, int *optlen);

/* getsockopt_builtin.c: uses what only vmlinux can link to */
int ksocket_getsockopt_builtin(struct socket *sock, int level, int optname,
			       void *optval, int *optlen);

/* address_text.c */
int ksocket_read_host(int family, const char *text, const char *end,
		      void *address);
int ksocket_fitted(int length, size_t size);

#endif /* _KSOCKET_INTERNAL_H */
