/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * BSD-style socket calls for kernel code
 *
 * Every call may sleep: process context only, no spinlock held. Lengths are
 * in bytes, failures are negative errno values unless a call says otherwise,
 * and a NULL socket is answered with -ENOTSOCK. The full description of each
 * call stands at its definition in drivers/ksocket/.
 */
#ifndef _NET_KSOCKET_H
#define _NET_KSOCKET_H

#include <linux/types.h>

struct in_addr;
struct sockaddr;
struct socket;

typedef struct socket *ksocket_t;

/* socket.c: the life of a socket */
ksocket_t ksocket(int domain, int type, int protocol);
int klisten(ksocket_t sock, int backlog);
ksocket_t kaccept(ksocket_t sock, struct sockaddr *address, int *address_len);
int kshutdown(ksocket_t sock, int how);
int kclose(ksocket_t sock);

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

/* option.c: socket options */
int ksetsockopt(ksocket_t sock, int level, int optname, void *optval,
		int optlen);
int kgetsockopt(ksocket_t sock, int level, int optname, void *optval,
		int *optlen);

/* text.c: IPv4 addresses as text */
__be32 inet_addr(char *ip);
char *inet_ntoa(struct in_addr *in);

#endif /* _NET_KSOCKET_H */
