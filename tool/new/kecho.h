/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KECHO_H
#define KECHO_H

#include <linux/mutex.h>
#include <linux/types.h>
#include <net/ksocket.h>

struct task_struct;

/**
 * struct kecho - a server and its thread
 * @task: the thread, with a reference
 * @listener: the socket that accepts; the server closes it
 * @lock: protects @client and @stopping
 * @client: the connected client, or NULL
 * @stopping: set once, when the server is to end
 */
struct kecho {
	struct task_struct *task;
	ksocket_t listener;
	struct mutex lock;	/* protects client and stopping */
	ksocket_t client;
	bool stopping;
};

int kecho_start(struct kecho *server, u16 port);
void kecho_stop(struct kecho *server);

u16 kecho_port(void);

#endif
