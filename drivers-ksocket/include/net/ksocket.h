/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * BSD-style socket calls for kernel code
 *
 * Calls may sleep unless they say otherwise: process context only, no spinlock
 * held. Lengths are in bytes, failures are negative errno values unless a call
 * says otherwise, and a NULL socket is answered with -ENOTSOCK. The full
 * description of each call stands at its definition in drivers/ksocket/.
 *
 * The constants are in <linux/net.h> (SOCK_STREAM, SHUT_RDWR), <linux/socket.h>
 * (AF_INET, MSG_DONTWAIT), <linux/in.h> and <linux/poll.h>.
 */
#ifndef _NET_KSOCKET_H
#define _NET_KSOCKET_H

#include <linux/types.h>

struct in_addr;
struct kvec;
struct msghdr;
struct net;
struct sockaddr;
struct socket;

typedef struct socket *ksocket_t;

/* socket.c: the life of a socket */
ksocket_t ksocket(int domain, int type, int protocol);
int ksocket_create(struct net *net, int domain, int type, int protocol,
		   ksocket_t *sock);
int ksocketpair(int domain, int type, int protocol, ksocket_t pair[2]);
int klisten(ksocket_t sock, int backlog);
int kshutdown(ksocket_t sock, int how);
int kclose(ksocket_t sock);

/* accept.c: the connections a socket takes */
ksocket_t kaccept(ksocket_t sock, struct sockaddr *address, int *address_len);
int kaccept4(ksocket_t sock, struct sockaddr *address, int *address_len,
	     int flags, ksocket_t *conn);

/* name.c: the addresses of its two ends */
int kbind(ksocket_t sock, struct sockaddr *address, int address_len);
int kconnect(ksocket_t sock, struct sockaddr *address, int address_len);
int kgetsockname(ksocket_t sock, struct sockaddr *address, int *address_len);
int kgetpeername(ksocket_t sock, struct sockaddr *address, int *address_len);

/* transfer.c: bytes in and out */
ssize_t ksend(ksocket_t sock, const void *buffer, size_t length, int flags);
ssize_t krecv(ksocket_t sock, void *buffer, size_t length, int flags);
ssize_t ksendto(ksocket_t sock, void *message, size_t length, int flags,
		const struct sockaddr *dest_addr, int dest_len);
ssize_t krecvfrom(ksocket_t sock, void *buffer, size_t length, int flags,
		  struct sockaddr *address, int *address_len);

/* message.c: the same in several pieces, with control messages */
ssize_t ksendmsg(ksocket_t sock, const struct msghdr *message,
		 const struct kvec *vec, size_t count, int flags);
ssize_t krecvmsg(ksocket_t sock, struct msghdr *message,
		 const struct kvec *vec, size_t count, int flags);

/* mark.c: urgent data */
int ksockatmark(ksocket_t sock);

/**
 * struct kpollfd - a socket for kpoll() to watch
 * @sock: the socket, or NULL for none
 * @events: POLLIN, POLLOUT and so on, whatever is waited for
 * @revents: what of it has come about, and POLLERR or POLLHUP
 */
struct kpollfd {
	ksocket_t sock;
	short events;
	short revents;
};

/* poll.c: waiting for several sockets */
int kpoll(struct kpollfd *fds, unsigned int nfds, int timeout);

/* option.c: socket options */
int ksetsockopt(ksocket_t sock, int level, int optname, void *optval,
		int optlen);
int kgetsockopt(ksocket_t sock, int level, int optname, void *optval,
		int *optlen);

/* text.c: IPv4 addresses as text */
__be32 inet_addr(char *ip);
char *inet_ntoa(struct in_addr *in);

/* address_text.c: addresses as text, in memory of the caller */
int ksocket_pton(int family, const char *text, void *address, size_t size);
int ksocket_ntop(int family, const void *address, char *text, size_t size);
int ksocket_name_pton(const char *text, struct sockaddr *address,
		      int *address_len);
int ksocket_name_ntop(const struct sockaddr *address, int address_len,
		      char *text, size_t size);

#endif /* _NET_KSOCKET_H */
