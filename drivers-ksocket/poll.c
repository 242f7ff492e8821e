// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting for events on several sockets
 *
 * The poll tables of the kernel take a reference to a struct file, which these
 * sockets do not have. So protocols are polled without a table, and this file
 * waits on the wait queue of each socket, which receives their wakeups.
 */

#include <linux/export.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/net.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <net/ksocket.h>

#include "internal.h"

#define KSOCKET_POLL_MAX	1024

/* UDP checks the file for O_NONBLOCK, which is not set in this one. */
static struct file ksocket_poll_file;

struct ksocket_poller {
	struct task_struct *task;
	bool woken;
};

/* One entry. The caller may change its own array meanwhile. */
struct ksocket_watch {
	wait_queue_entry_t entry;
	struct ksocket_poller *poller;
	ksocket_t sock;			/* or NULL */
	__poll_t wanted;
};

static int ksocket_poll_wake(wait_queue_entry_t *entry, unsigned int mode,
			     int sync, void *key)
{
	__poll_t events = key_to_poll(key);
	struct ksocket_watch *watch;

	watch = container_of(entry, struct ksocket_watch, entry);
	/* No events: the waker does not know them. */
	if (events && !(events & watch->wanted))
		return 0;

	/* wake_up_process() orders this before it reads the task state. */
	WRITE_ONCE(watch->poller->woken, true);
	return wake_up_process(watch->poller->task);
}

/* In some kernels, init has PF_KTHREAD during boot but is not a kthread. */
bool ksocket_must_end(void)
{
	return signal_pending(current) ||
	       (current->flags & PF_KTHREAD && !is_global_init(current) &&
		kthread_should_stop());
}

static void ksocket_poll_sleep(struct ksocket_poller *poller, ktime_t *deadline)
{
	set_current_state(TASK_INTERRUPTIBLE);
	if (!READ_ONCE(poller->woken) && !ksocket_must_end())
		schedule_hrtimeout(deadline, HRTIMER_MODE_ABS);
	__set_current_state(TASK_RUNNING);

	/* A later wakeup ends the next sleep: check for events after this. */
	smp_store_mb(poller->woken, false);
}

__poll_t ksocket_events(struct socket *sock)
{
	const struct proto_ops *ops = READ_ONCE(sock->ops);

	return ops->poll ? ops->poll(&ksocket_poll_file, sock, NULL) : 0;
}

static int ksocket_poll_look(const struct ksocket_watch *watches,
			     struct kpollfd *fds, unsigned int nfds)
{
	unsigned int i;
	int ready = 0;

	for (i = 0; i < nfds; i++) {
		const struct ksocket_watch *watch = &watches[i];
		__poll_t events = 0;

		if (watch->sock)
			events = ksocket_events(watch->sock) & watch->wanted;
		fds[i].revents = mangle_poll(events);
		if (events)
			ready++;
		cond_resched();
	}
	return ready;
}

/* @deadline is NULL for no timeout. */
static int ksocket_poll_wait(struct ksocket_poller *poller,
			     const struct ksocket_watch *watches,
			     struct kpollfd *fds, unsigned int nfds,
			     ktime_t *deadline)
{
	bool expired;
	int ready;

	for (;;) {
		expired = deadline && !ktime_before(ktime_get(), *deadline);
		ready = ksocket_poll_look(watches, fds, nfds);
		if (ready || expired)
			return ready;
		if (ksocket_must_end())
			return -EINTR;
		ksocket_poll_sleep(poller, deadline);
	}
}

static void ksocket_poll_enter(struct ksocket_poller *poller,
			       struct ksocket_watch *watches,
			       const struct kpollfd *fds, unsigned int nfds)
{
	unsigned int i;

	for (i = 0; i < nfds; i++) {
		struct ksocket_watch *watch = &watches[i];

		watch->sock = READ_ONCE(fds[i].sock);
		if (!watch->sock)
			continue;
		watch->poller = poller;
		watch->wanted = demangle_poll(READ_ONCE(fds[i].events)) |
				EPOLLERR | EPOLLHUP;
		init_waitqueue_func_entry(&watch->entry, ksocket_poll_wake);
		add_wait_queue(&watch->sock->wq.wait, &watch->entry);
	}

	/*
	 * Pairs with wq_has_sleeper() of the waker: either it sees this task in
	 * the queue, or the first check below sees its event.
	 */
	smp_mb();
}

static void ksocket_poll_leave(struct ksocket_watch *watches, unsigned int nfds)
{
	unsigned int i;

	for (i = 0; i < nfds; i++)
		if (watches[i].sock)
			remove_wait_queue(&watches[i].sock->wq.wait,
					  &watches[i].entry);
}

/*
 * Waits for events on one socket until @deadline, KTIME_MAX for no limit.
 * Returns 1, 0 at the deadline, or -EINTR on a signal or kthread_stop().
 */
int ksocket_wait(struct socket *sock, short events, ktime_t deadline)
{
	struct kpollfd fd = { .sock = sock, .events = events };
	struct ksocket_poller poller = { .task = current };
	struct ksocket_watch watch;
	int ret;

	ksocket_poll_enter(&poller, &watch, &fd, 1);
	ret = ksocket_poll_wait(&poller, &watch, &fd, 1,
				deadline == KTIME_MAX ? NULL : &deadline);
	ksocket_poll_leave(&watch, 1);
	return ret;
}

/**
 * kpoll - wait for events on several sockets
 * @fds: the sockets and their events; entries without a socket are skipped.
 *	Each revents is set, even if no socket is ready.
 * @nfds: number of entries, at most 1024; with 0 it only sleeps
 * @timeout: in milliseconds, 0 to return at once, negative for no timeout
 *
 * Sleeps until a socket is ready, the timeout expires, a signal is pending, or
 * the task is a kthread that should stop. Another task may call kshutdown() on
 * the sockets, which makes them ready, but not kclose(). It may change @fds:
 * this call reads the sockets and events once.
 *
 * Return: number of sockets with events, 0 when the timeout expires; -EINVAL
 * for too many entries; -EFAULT for a NULL @fds; -EINTR on a signal or
 * kthread_stop(); -ENOMEM.
 */
int kpoll(struct kpollfd *fds, unsigned int nfds, int timeout)
{
	struct ksocket_poller poller = { .task = current };
	struct ksocket_watch *watches;
	ktime_t deadline;
	int ret;

	if (nfds > KSOCKET_POLL_MAX)
		return -EINVAL;
	if (!fds && nfds)
		return -EFAULT;

	watches = kvcalloc(nfds, sizeof(*watches), GFP_KERNEL);
	if (!watches)
		return -ENOMEM;

	deadline = ktime_add_ms(ktime_get(), max(timeout, 0));
	ksocket_poll_enter(&poller, watches, fds, nfds);
	ret = ksocket_poll_wait(&poller, watches, fds, nfds,
				timeout < 0 ? NULL : &deadline);
	ksocket_poll_leave(watches, nfds);

	kvfree(watches);
	return ret;
}
EXPORT_SYMBOL_GPL(kpoll);
