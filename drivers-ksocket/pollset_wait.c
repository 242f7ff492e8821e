// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting for events on the sockets of a poll set
 */

#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/net.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <net/ksocket.h>

#include "internal.h"
#include "pollset.h"

/* Off the list before it is polled: a later wakeup puts it back. */
static struct kpollset_item *kpollset_take(struct kpollset *set,
					   struct list_head *scan)
{
	struct kpollset_item *item;

	spin_lock_irq(&set->lock);
	item = list_first_entry_or_null(scan, struct kpollset_item, link);
	if (item)
		list_del_init(&item->link);
	spin_unlock_irq(&set->lock);
	return item;
}

static void kpollset_put_back(struct kpollset_item *item)
{
	spin_lock_irq(&item->set->lock);
	if (list_empty(&item->link))
		list_add_tail(&item->link, &item->set->ready);
	spin_unlock_irq(&item->set->lock);
}

/* Sockets that are not looked at come first the next time. */
static int kpollset_scan(struct kpollset *set, struct kpollevent *events,
			 unsigned int max)
{
	struct kpollset_item *item;
	unsigned int count = 0;
	LIST_HEAD(scan);

	mutex_lock(&set->mutex);
	spin_lock_irq(&set->lock);
	list_splice_init(&set->ready, &scan);
	spin_unlock_irq(&set->lock);

	while (count < max && (item = kpollset_take(set, &scan))) {
		__poll_t found = ksocket_events(item->sock) & item->wanted;

		if (found) {
			events[count].sock = item->sock;
			events[count].data = item->data;
			events[count].revents = mangle_poll(found);
			count++;
			kpollset_put_back(item);
		}
		cond_resched();
	}

	spin_lock_irq(&set->lock);
	list_splice(&scan, &set->ready);
	spin_unlock_irq(&set->lock);
	mutex_unlock(&set->mutex);
	return count;
}

static bool kpollset_is_ready(struct kpollset *set)
{
	bool ready;

	spin_lock_irq(&set->lock);
	ready = !list_empty(&set->ready);
	spin_unlock_irq(&set->lock);
	return ready;
}

/* @deadline is NULL for no timeout. */
static void kpollset_sleep(struct kpollset *set, ktime_t *deadline)
{
	DECLARE_WAITQUEUE(wait, current);

	add_wait_queue_exclusive(&set->wait, &wait);
	set_current_state(TASK_INTERRUPTIBLE);
	if (!kpollset_is_ready(set) && !ksocket_must_end())
		schedule_hrtimeout(deadline, HRTIMER_MODE_ABS);
	__set_current_state(TASK_RUNNING);
	remove_wait_queue(&set->wait, &wait);
}

/* A wakeup is for one task: pass it on if there is more to do. */
static void kpollset_pass_on(struct kpollset *set)
{
	spin_lock_irq(&set->lock);
	/* As in kpollset_mark(). */
	if (!list_empty(&set->ready) && waitqueue_active(&set->wait))
		wake_up(&set->wait);
	spin_unlock_irq(&set->lock);
}

/**
 * kpollset_wait - wait for events on the sockets of a set
 * @set: set
 * @events: set to the sockets with events
 * @max: number of entries of @events, at least 1; other sockets with events are
 *	returned first by the next call
 * @timeout: in milliseconds, 0 to return at once, negative for no timeout
 *
 * Sleeps until a socket is ready, the timeout expires, a signal is pending, or
 * the task is a kthread that should stop. Events are level-triggered: a socket
 * is returned again until the caller has handled the event. The cost depends on
 * the number of ready sockets, not on the size of the set. Several tasks may
 * wait, and others may add, change and remove sockets; one that another task
 * removes meanwhile may still be in @events. A socket may be returned to
 * several tasks: they must agree on the one that closes it.
 *
 * Return: number of entries set, 0 when the timeout expires; -EINVAL for a NULL
 * @set or a @max of 0; -EFAULT for a NULL @events; -EINTR on a signal or
 * kthread_stop().
 */
int kpollset_wait(struct kpollset *set, struct kpollevent *events,
		  unsigned int max, int timeout)
{
	ktime_t deadline = ktime_add_ms(ktime_get(), timeout);
	bool expired;
	int ret;

	if (!set || !max)
		return -EINVAL;
	if (!events)
		return -EFAULT;

	for (;;) {
		expired = timeout >= 0 && !ktime_before(ktime_get(), deadline);
		ret = kpollset_scan(set, events, max);
		if (ret || expired)
			break;
		if (ksocket_must_end()) {
			ret = -EINTR;
			break;
		}
		kpollset_sleep(set, timeout < 0 ? NULL : &deadline);
	}
	kpollset_pass_on(set);
	return ret;
}
EXPORT_SYMBOL_GPL(kpollset_wait);
