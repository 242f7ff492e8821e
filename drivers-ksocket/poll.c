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
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/net.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <net/ksocket.h>

#define KSOCKET_POLL_MAX	1024

/* UDP checks the file for O_NONBLOCK, which is not set in this one. */
static struct file ksocket_poll_file;

struct ksocket_poller {
	struct task_struct *task;
	bool woken;
};

static int ksocket_poll_wake(wait_queue_entry_t *entry, unsigned int mode,
			     int sync, void *key)
{
	struct ksocket_poller *poller = entry->private;

	/* wake_up_process() orders this before it reads the task state. */
	WRITE_ONCE(poller->woken, true);
	return wake_up_process(poller->task);
}

/* Before 5.17, init has PF_KTHREAD during boot but is not a kthread. */
static bool ksocket_poll_must_end(void)
{
	return signal_pending(current) ||
	       (current->flags & PF_KTHREAD && !is_global_init(current) &&
		kthread_should_stop());
}

static long ksocket_poll_sleep(struct ksocket_poller *poller, long timeout)
{
	set_current_state(TASK_INTERRUPTIBLE);
	if (!READ_ONCE(poller->woken) && !ksocket_poll_must_end())
		timeout = schedule_timeout(timeout);
	__set_current_state(TASK_RUNNING);

	/* A later wakeup ends the next sleep: check for events after this. */
	smp_store_mb(poller->woken, false);
	return timeout;
}

static __poll_t ksocket_events(ksocket_t sock)
{
	const struct proto_ops *ops = READ_ONCE(sock->ops);

	return ops->poll ? ops->poll(&ksocket_poll_file, sock, NULL) : 0;
}

static int ksocket_poll_look(struct kpollfd *fds, unsigned int nfds)
{
	int ready = 0;
	unsigned int i;

	for (i = 0; i < nfds; i++) {
		__poll_t wanted = EPOLLERR | EPOLLHUP;

		fds[i].revents = 0;
		if (!fds[i].sock)
			continue;
		wanted |= demangle_poll(fds[i].events);
		fds[i].revents = mangle_poll(ksocket_events(fds[i].sock) &
					     wanted);
		if (fds[i].revents)
			ready++;
	}
	return ready;
}

static int ksocket_poll_wait(struct ksocket_poller *poller,
			     struct kpollfd *fds, unsigned int nfds,
			     long timeout)
{
	int ready;

	for (;;) {
		ready = ksocket_poll_look(fds, nfds);
		if (ready || !timeout)
			return ready;
		if (ksocket_poll_must_end())
			return -EINTR;
		timeout = ksocket_poll_sleep(poller, timeout);
	}
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
 * the sockets, which makes them ready, but not kclose().
 *
 * Return: number of sockets with events, 0 when the timeout expires; -EINVAL
 * for too many entries; -EFAULT for a NULL @fds; -EINTR on a signal or
 * kthread_stop(); -ENOMEM.
 */
int kpoll(struct kpollfd *fds, unsigned int nfds, int timeout)
{
	struct ksocket_poller poller = { .task = current };
	wait_queue_entry_t *entries;
	unsigned int i;
	int ret;

	if (nfds > KSOCKET_POLL_MAX)
		return -EINVAL;
	if (!fds && nfds)
		return -EFAULT;

	entries = kcalloc(nfds, sizeof(*entries), GFP_KERNEL);
	if (!entries)
		return -ENOMEM;
	for (i = 0; i < nfds; i++) {
		if (!fds[i].sock)
			continue;
		init_waitqueue_func_entry(&entries[i], ksocket_poll_wake);
		entries[i].private = &poller;
		add_wait_queue(&fds[i].sock->wq.wait, &entries[i]);
	}

	/*
	 * Pairs with wq_has_sleeper() of the waker: either it sees this task in
	 * the queue, or the first check below sees its event.
	 */
	smp_mb();

	ret = ksocket_poll_wait(&poller, fds, nfds,
				timeout < 0 ? MAX_SCHEDULE_TIMEOUT :
					      msecs_to_jiffies(timeout));

	for (i = 0; i < nfds; i++)
		if (fds[i].sock)
			remove_wait_queue(&fds[i].sock->wq.wait, &entries[i]);
	kfree(entries);
	return ret;
}
EXPORT_SYMBOL_GPL(kpoll);
