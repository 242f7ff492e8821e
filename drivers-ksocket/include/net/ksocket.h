/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * BSD-style socket calls for kernel code
 *
 * Unless documented otherwise, calls may sleep (use them in process context
 * with no spinlock held), failures are negative errno values, and a NULL socket
 * fails with -ENOTSOCK. Lengths are in bytes. Each call is documented at its
 * definition in drivers/ksocket/.
 *
 * The constants are in <linux/net.h> (SOCK_STREAM, SHUT_RDWR), <linux/socket.h>
 * (AF_INET, MSG_DONTWAIT), <linux/in.h> and <linux/poll.h>.
 */
#ifndef _NET_KSOCKET_H
#define _NET_KSOCKET_H

#include <linux/ktime.h>
#include <linux/types.h>

struct bio_vec;
struct in_addr;
struct iov_iter;
struct kpollset;
struct kvec;
struct msghdr;
struct net;
struct sockaddr;
struct socket;

typedef struct socket *ksocket_t;

/* socket.c: creating and closing sockets */
ksocket_t ksocket(int domain, int type, int protocol);
int ksocket_create(struct net *net, int domain, int type, int protocol,
		   ksocket_t *sock);
int ksocket_create_held(struct net *net, int domain, int type, int protocol,
			ksocket_t *sock);
int ksocketpair(int domain, int type, int protocol, ksocket_t pair[2]);
int klisten(ksocket_t sock, int backlog);
int kshutdown(ksocket_t sock, int how);
int kclose(ksocket_t sock);

/* file.c: a file for a socket */
int ksocket_add_file(ksocket_t *sock);

/* accept.c: accepting connections */
ksocket_t kaccept(ksocket_t sock, struct sockaddr *address, int *address_len);
int kaccept4(ksocket_t sock, struct sockaddr *address, int *address_len,
	     int flags, ksocket_t *conn);

/* name.c: local and peer address */
int kbind(ksocket_t sock, struct sockaddr *address, int address_len);
int kconnect(ksocket_t sock, struct sockaddr *address, int address_len);
int kconnect4(ksocket_t sock, struct sockaddr *address, int address_len,
	      int flags);
int kgetsockname(ksocket_t sock, struct sockaddr *address, int *address_len);
int kgetpeername(ksocket_t sock, struct sockaddr *address, int *address_len);

/* transfer.c: sending and receiving */
ssize_t ksend(ksocket_t sock, const void *buffer, size_t length, int flags);
ssize_t krecv(ksocket_t sock, void *buffer, size_t length, int flags);
ssize_t ksendto(ksocket_t sock, void *message, size_t length, int flags,
		const struct sockaddr *dest_addr, int dest_len);
ssize_t krecvfrom(ksocket_t sock, void *buffer, size_t length, int flags,
		  struct sockaddr *address, int *address_len);

/* message.c: the same with several buffers and control messages */
ssize_t ksendmsg(ksocket_t sock, const struct msghdr *message,
		 const struct kvec *vec, size_t count, int flags);
ssize_t krecvmsg(ksocket_t sock, struct msghdr *message,
		 const struct kvec *vec, size_t count, int flags);

/* iterator.c: the same with iterators and pages */
ssize_t ksend_iter(ksocket_t sock, struct iov_iter *from, int flags);
ssize_t krecv_iter(ksocket_t sock, struct iov_iter *to, int flags);
ssize_t ksend_pages(ksocket_t sock, const struct bio_vec *vec, size_t count,
		    int flags);

/* deadline.c: the same up to a point of time */
ssize_t ksend_until(ksocket_t sock, const void *buffer, size_t length,
		    int flags, ktime_t deadline);
ssize_t krecv_until(ksocket_t sock, void *buffer, size_t length, int flags,
		    ktime_t deadline);
int kaccept_until(ksocket_t sock, struct sockaddr *address, int *address_len,
		  ktime_t deadline, ksocket_t *conn);
int kconnect_until(ksocket_t sock, struct sockaddr *address, int address_len,
		   ktime_t deadline);

/* mark.c: urgent data */
int ksockatmark(ksocket_t sock);

/**
 * struct kpollfd - a socket and its events for kpoll()
 * @sock: the socket, or NULL to skip the entry
 * @events: requested events: POLLIN, POLLOUT and so on
 * @revents: those that occurred, and POLLERR or POLLHUP
 */
struct kpollfd {
	ksocket_t sock;
	short events;
	short revents;
};

/* poll.c: waiting for events on several sockets */
int kpoll(struct kpollfd *fds, unsigned int nfds, int timeout);

/**
 * struct kpollevent - a socket of a set and its events, from kpollset_wait()
 * @sock: the socket
 * @data: that of kpollset_add() or kpollset_change()
 * @revents: requested events that occurred, and POLLERR or POLLHUP
 */
struct kpollevent {
	ksocket_t sock;
	void *data;
	short revents;
};

/* pollset.c, pollset_wait.c: waiting for events on many sockets */
struct kpollset *kpollset_create(void);
void kpollset_destroy(struct kpollset *set);
int kpollset_add(struct kpollset *set, ksocket_t sock, short events,
		 void *data);
int kpollset_change(struct kpollset *set, ksocket_t sock, short events,
		    void *data);
int kpollset_remove(struct kpollset *set, ksocket_t sock);
int kpollset_wait(struct kpollset *set, struct kpollevent *events,
		  unsigned int max, int timeout);

/**
 * struct kcallbacks - functions for ksocket_set_callbacks()
 * @data_ready: data, a connection or the end of the stream may be there
 * @write_space: there may be space to send
 * @state_change: a connection was established, or is about to end
 * @error_report: an error may be there
 *
 * Each gets the socket and the data of the caller, and may be NULL.
 */
struct kcallbacks {
	void (*data_ready)(ksocket_t sock, void *data);
	void (*write_space)(ksocket_t sock, void *data);
	void (*state_change)(ksocket_t sock, void *data);
	void (*error_report)(ksocket_t sock, void *data);
};

/* callback.c: functions that are called on events */
int ksocket_set_callbacks(ksocket_t sock, const struct kcallbacks *callbacks,
			  void *data);

/* option.c: socket options */
int ksetsockopt(ksocket_t sock, int level, int optname, void *optval,
		int optlen);
int kgetsockopt(ksocket_t sock, int level, int optname, void *optval,
		int *optlen);

/* setting.c: usual settings */
int ksocket_set_timeouts(ksocket_t sock, int receive_ms, int send_ms);
int ksocket_set_nodelay(ksocket_t sock, bool on);
int ksocket_set_reuseaddr(ksocket_t sock, bool on);
int ksocket_set_reuseport(ksocket_t sock, bool on);
int ksocket_set_keepalive(ksocket_t sock, int idle, int interval, int count);
int ksocket_set_priority(ksocket_t sock, int priority);
int ksocket_set_tos(ksocket_t sock, int tos);
int ksocket_set_linger(ksocket_t sock, int seconds);
int ksocket_set_buffers(ksocket_t sock, int receive, int send);
int ksocket_set_reclaim(ksocket_t sock, bool on);

/* text.c: IPv4 addresses as text */
__be32 inet_addr(char *ip);
char *inet_ntoa(struct in_addr *in);

/* address_text.c: addresses as text, in the caller's memory */
int ksocket_pton(int family, const char *text, void *address, size_t size);
int ksocket_ntop(int family, const void *address, char *text, size_t size);
int ksocket_name_pton(const char *text, struct sockaddr *address,
		      int *address_len);
int ksocket_name_ntop(const struct sockaddr *address, int address_len,
		      char *text, size_t size);

#endif /* _NET_KSOCKET_H */
