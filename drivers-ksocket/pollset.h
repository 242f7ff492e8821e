/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A poll set, for the files that implement it
 */
#ifndef _KSOCKET_POLLSET_H
#define _KSOCKET_POLLSET_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rbtree.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <net/ksocket.h>

struct kpollset {
	struct mutex mutex;		/* protects items, held while polling */
	struct rb_root items;		/* by address of the socket */
	spinlock_t lock;		/* protects ready and each link */
	struct list_head ready;
	wait_queue_head_t wait;
};

struct kpollset_item {
	wait_queue_entry_t entry;
	struct kpollset *set;
	ksocket_t sock;
	void *data;
	__poll_t wanted;
	struct rb_node node;
	struct list_head link;
};

#endif /* _KSOCKET_POLLSET_H */
