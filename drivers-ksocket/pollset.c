// SPDX-License-Identifier: GPL-2.0-only
/*
 * The sockets of a poll set
 *
 * Each socket of a set has an entry in its wait queue. A wakeup puts the socket
 * on the ready list of the set, and only sockets on this list are polled. A
 * socket stays there until a poll finds no event, so events are level-triggered
 * as those of poll(2).
 */

#include <linux/compiler.h>
#include <linux/export.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/net.h>
#include <linux/poll.h>
#include <linux/rbtree.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <net/ksocket.h>

#include "internal.h"
#include "pollset.h"

static __poll_t kpollset_wanted(short events)
{
	return demangle_poll(events) | EPOLLERR | EPOLLHUP;
}

static void kpollset_mark(struct kpollset_item *item)
{
	struct kpollset *set = item->set;
	unsigned long flags;

	spin_lock_irqsave(&set->lock, flags);
	if (list_empty(&item->link))
		list_add_tail(&item->link, &set->ready);
	/* A task is in the queue before it looks at the list, with the lock. */
	if (waitqueue_active(&set->wait))
		wake_up(&set->wait);
	spin_unlock_irqrestore(&set->lock, flags);
}

static int kpollset_wake(wait_queue_entry_t *entry, unsigned int mode,
			 int sync, void *key)
{
	__poll_t events = key_to_poll(key);
	struct kpollset_item *item;

	item = container_of(entry, struct kpollset_item, entry);
	/* No events: the waker does not know them. */
	if (events && !(events & READ_ONCE(item->wanted)))
		return 0;
	kpollset_mark(item);
	return 1;
}

static void kpollset_look(struct kpollset_item *item)
{
	/*
	 * Pairs with wq_has_sleeper() of the waker: either it sees the entry
	 * and its events, or this sees the event.
	 */
	smp_mb();
	if (ksocket_events(item->sock) & item->wanted)
		kpollset_mark(item);
}

static struct kpollset_item *kpollset_find(struct kpollset *set, ksocket_t sock)
{
	struct rb_node *node = set->items.rb_node;
	struct kpollset_item *item;

	while (node) {
		item = rb_entry(node, struct kpollset_item, node);
		if (sock == item->sock)
			return item;
		node = sock < item->sock ? node->rb_left : node->rb_right;
	}
	return NULL;
}

static int kpollset_insert(struct kpollset *set, struct kpollset_item *item)
{
	struct rb_node **link = &set->items.rb_node, *parent = NULL;
	struct kpollset_item *other;

	while (*link) {
		parent = *link;
		other = rb_entry(parent, struct kpollset_item, node);
		if (item->sock == other->sock)
			return -EEXIST;
		link = item->sock < other->sock ? &parent->rb_left :
						  &parent->rb_right;
	}
	rb_link_node(&item->node, parent, link);
	rb_insert_color(&item->node, &set->items);
	return 0;
}

/* First leave the queue: then no wakeup marks the item again. */
static void kpollset_free(struct kpollset_item *item)
{
	struct kpollset *set = item->set;

	remove_wait_queue(&item->sock->wq.wait, &item->entry);
	spin_lock_irq(&set->lock);
	list_del(&item->link);
	spin_unlock_irq(&set->lock);
	kfree(item);
}

/**
 * kpollset_create - create a set of sockets to wait for
 *
 * May sleep.
 *
 * Return: an empty set that the caller must kpollset_destroy(), or NULL without
 * memory.
 */
struct kpollset *kpollset_create(void)
{
	struct kpollset *set;

	set = kcalloc(1, sizeof(*set), GFP_KERNEL);
	if (!set)
		return NULL;
	mutex_init(&set->mutex);
	set->items = RB_ROOT;
	spin_lock_init(&set->lock);
	INIT_LIST_HEAD(&set->ready);
	init_waitqueue_head(&set->wait);
	return set;
}
EXPORT_SYMBOL_GPL(kpollset_create);

/**
 * kpollset_destroy - destroy a set of sockets
 * @set: set in which no task waits, or NULL
 *
 * The sockets stay open. May sleep.
 */
void kpollset_destroy(struct kpollset *set)
{
	struct kpollset_item *item, *next;

	if (!set)
		return;
	rbtree_postorder_for_each_entry_safe(item, next, &set->items, node)
		kpollset_free(item);
	mutex_destroy(&set->mutex);
	kfree(set);
}
EXPORT_SYMBOL_GPL(kpollset_destroy);

/**
 * kpollset_add - add a socket to a set
 * @set: set
 * @sock: socket; remove it before kclose(), which does not know the set
 * @events: requested events, as for kpoll(); POLLERR and POLLHUP are always
 *	reported
 * @data: returned with the events of the socket
 *
 * A task that waits in the set sees the socket at once. May sleep.
 *
 * Return: 0; -EINVAL for a NULL @set; -ENOTSOCK for a NULL @sock; -EEXIST if
 * the set has @sock; -ENOMEM.
 */
int kpollset_add(struct kpollset *set, ksocket_t sock, short events,
		 void *data)
{
	struct kpollset_item *item;
	int ret;

	if (!set)
		return -EINVAL;
	if (!sock)
		return -ENOTSOCK;

	item = kcalloc(1, sizeof(*item), GFP_KERNEL);
	if (!item)
		return -ENOMEM;
	item->set = set;
	item->sock = sock;
	item->data = data;
	item->wanted = kpollset_wanted(events);
	INIT_LIST_HEAD(&item->link);
	init_waitqueue_func_entry(&item->entry, kpollset_wake);

	mutex_lock(&set->mutex);
	ret = kpollset_insert(set, item);
	if (ret) {
		kfree(item);
	} else {
		add_wait_queue(&sock->wq.wait, &item->entry);
		kpollset_look(item);
	}
	mutex_unlock(&set->mutex);
	return ret;
}
EXPORT_SYMBOL_GPL(kpollset_add);

/**
 * kpollset_change - change the events of a socket in a set
 * @set: set
 * @sock: socket in the set
 * @events: as for kpollset_add()
 * @data: as for kpollset_add()
 *
 * May sleep.
 *
 * Return: 0; -EINVAL for a NULL @set; -ENOENT if the set does not have @sock.
 */
int kpollset_change(struct kpollset *set, ksocket_t sock, short events,
		    void *data)
{
	struct kpollset_item *item;

	if (!set)
		return -EINVAL;

	mutex_lock(&set->mutex);
	item = kpollset_find(set, sock);
	if (item) {
		item->data = data;
		WRITE_ONCE(item->wanted, kpollset_wanted(events));
		kpollset_look(item);
	}
	mutex_unlock(&set->mutex);
	return item ? 0 : -ENOENT;
}
EXPORT_SYMBOL_GPL(kpollset_change);

/**
 * kpollset_remove - remove a socket from a set
 * @set: set
 * @sock: socket
 *
 * The set does not use @sock afterwards: no later kpollset_wait() returns it.
 * May sleep.
 *
 * Return: 0; -EINVAL for a NULL @set; -ENOENT if the set does not have @sock.
 */
int kpollset_remove(struct kpollset *set, ksocket_t sock)
{
	struct kpollset_item *item;

	if (!set)
		return -EINVAL;

	mutex_lock(&set->mutex);
	item = kpollset_find(set, sock);
	if (item) {
		rb_erase(&item->node, &set->items);
		kpollset_free(item);
	}
	mutex_unlock(&set->mutex);
	return item ? 0 : -ENOENT;
}
EXPORT_SYMBOL_GPL(kpollset_remove);
