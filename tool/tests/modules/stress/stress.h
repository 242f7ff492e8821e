/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Declarations shared by the files of the stress module
 */
#ifndef STRESS_H
#define STRESS_H

#include <linux/net.h>
#include <linux/refcount.h>
#include <linux/socket.h>
#include <linux/types.h>
#include <net/ksocket.h>

/* draw.c: pseudo-random values from a seed */
struct draw {
	u64 state;
};

void draw_from(struct draw *draw, u64 seed);
u32 draw_below(struct draw *draw, u32 limit);
bool draw_one_in(struct draw *draw, u32 chances);
int draw_number(struct draw *draw);
int draw_family(struct draw *draw);
void draw_bytes(struct draw *draw, void *bytes, size_t size);
void draw_name(struct draw *draw, struct sockaddr_storage *name, int *len);

/*
 * pool.c: the sockets that all threads share. A caller must not close a socket
 * in use, so the last user closes it.
 */
struct held {
	ksocket_t sock;
	refcount_t users;
};

void pool_add(struct draw *draw, ksocket_t sock);
struct held *pool_get(struct draw *draw);
ksocket_t pool_sock(const struct held *held);
void pool_put(struct held *held);
void pool_drop(struct draw *draw);
void pool_drain(void);

/* A call with its arguments; returns a negative value on failure. */
struct kind {
	const char *name;
	long (*call)(struct draw *draw);
};

/* The calls of each file, ended by an entry without a name. */
extern const struct kind life_kinds[];
extern const struct kind name_kinds[];
extern const struct kind transfer_kinds[];
extern const struct kind message_kinds[];
extern const struct kind waiting_kinds[];
extern const struct kind option_kinds[];
extern const struct kind text_kinds[];

/* main.c: reports a wrong result of a call and makes the run fail */
void broken(const char *call, long value);

#endif /* STRESS_H */
