/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The measured loops, and the calls that they use
 */
#ifndef BENCH_H
#define BENCH_H

#include <linux/completion.h>
#include <linux/in.h>
#include <linux/net.h>
#include <linux/types.h>

/* One set of socket calls. The loops are the same for all sets. */
struct calls {
	const char *name;
	int (*create)(int type, struct socket **sock);
	int (*bind)(struct socket *sock, struct sockaddr_in *name);
	int (*listen)(struct socket *sock, int backlog);
	int (*connect)(struct socket *sock, struct sockaddr_in *name);
	int (*accept)(struct socket *sock, struct socket **conn);
	ssize_t (*send)(struct socket *sock, const void *data, size_t size,
			int flags);
	ssize_t (*receive)(struct socket *sock, void *room, size_t size,
			   int flags);
	void (*close)(struct socket *sock);
};

/* Calls of ksocket, and those of the kernel that do the same. */
struct pair {
	const struct calls *ours;
	const struct calls *raw;
};

/* calls.c */
extern const struct pair plain_calls;

/* more_calls.c */
extern const struct pair deadline_calls;
extern const struct pair page_calls;
void set_more_calls(void);

/* One thread with its socket. */
struct end {
	const struct calls *calls;
	struct socket *sock;
	void *room;
	size_t size;
	int turns;
	int (*run)(struct end *end);
	struct task_struct *task;
	struct completion done;
	int ret;
};

/* ends.c */
int listen_end(struct end *end, struct sockaddr_in *name);
int connect_ends(struct end *near, struct end *far, int type);
int start_end(struct end *end);
int join_end(struct end *end);

struct loop {
	const char *name;
	const char *unit;	/* unit of the result */
	const struct pair *calls;
	int type;		/* SOCK_STREAM or SOCK_DGRAM; 0 for connections */
	size_t size;		/* bytes of one turn */
	int (*near)(struct end *end);
	int (*far)(struct end *end);
};

/* loops.c */
extern const struct loop loops[];
extern const int loop_count;
int run_loop(const struct loop *loop, const struct calls *calls, int turns,
	     u64 *ns);

#endif /* BENCH_H */
