/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A thread that uses sockets and can be stopped at any time
 *
 * The thread registers its sockets here, so that talker_stop() can shut them
 * down, which wakes the thread from kaccept() and krecv(). Only the thread
 * closes them: no socket is freed while a call uses it.
 */
#ifndef _SAMPLE_KSOCKET_TALKER_H
#define _SAMPLE_KSOCKET_TALKER_H

#include <linux/completion.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/net.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/socket.h>
#include <linux/wait.h>
#include <net/ksocket.h>

struct talker {
	void (*talk)(struct talker *talker);
	struct task_struct *task;
	struct completion silent;	/* talk() returned */
	wait_queue_head_t stopped;
	struct mutex lock;		/* protects stopping, sockets */
	bool stopping;
	ksocket_t sockets[2];
};

static inline int talker_thread(void *data)
{
	struct talker *talker = data;

	talker->talk(talker);
	complete(&talker->silent);
	return 0;
}

static inline int talker_start(struct talker *talker, const char *name,
			       void (*talk)(struct talker *talker))
{
	talker->talk = talk;
	init_completion(&talker->silent);
	init_waitqueue_head(&talker->stopped);
	mutex_init(&talker->lock);

	talker->task = kthread_create(talker_thread, talker, "%s", name);
	if (IS_ERR(talker->task))
		return PTR_ERR(talker->task);

	/* The thread may exit before talker_stop(): keep its task. */
	get_task_struct(talker->task);
	wake_up_process(talker->task);
	return 0;
}

static inline void talker_stop(struct talker *talker)
{
	int i;

	mutex_lock(&talker->lock);
	WRITE_ONCE(talker->stopping, true);
	for (i = 0; i < ARRAY_SIZE(talker->sockets); i++)
		kshutdown(talker->sockets[i], SHUT_RDWR);
	mutex_unlock(&talker->lock);

	wake_up(&talker->stopped);
	/*
	 * Wait until the thread has left all socket calls: in some kernels, a
	 * thread that should stop spins in kconnect() instead of sleeping.
	 */
	wait_for_completion(&talker->silent);
	kthread_stop(talker->task);
	put_task_struct(talker->task);
}

static inline bool talker_stopping(struct talker *talker)
{
	return READ_ONCE(talker->stopping);
}

static inline void talker_sleep(struct talker *talker, unsigned int ms)
{
	wait_event_interruptible_timeout(talker->stopped,
					 talker_stopping(talker),
					 msecs_to_jiffies(ms));
}

/* Retries until success, the deadline (returns the last error) or a stop. */
static inline int talker_retry(struct talker *talker, unsigned int seconds,
			       int (*attempt)(struct talker *talker))
{
	unsigned long deadline = jiffies + seconds * HZ;
	int ret = 0;

	while (!talker_stopping(talker)) {
		ret = attempt(talker);
		if (!ret || time_after(jiffies, deadline))
			return ret;
		talker_sleep(talker, 200);
	}
	return 0;
}

/* Registers a new socket; closes it and returns NULL when stopping. */
static inline ksocket_t talker_keep(struct talker *talker, ksocket_t sock)
{
	bool kept = false;
	int i;

	mutex_lock(&talker->lock);
	for (i = 0; i < ARRAY_SIZE(talker->sockets) && !kept; i++) {
		kept = !talker->stopping && !talker->sockets[i];
		if (kept)
			talker->sockets[i] = sock;
	}
	mutex_unlock(&talker->lock);

	if (kept)
		return sock;
	kclose(sock);
	return NULL;
}

static inline void talker_close(struct talker *talker, ksocket_t sock)
{
	int i;

	mutex_lock(&talker->lock);
	for (i = 0; i < ARRAY_SIZE(talker->sockets); i++)
		if (talker->sockets[i] == sock)
			talker->sockets[i] = NULL;
	mutex_unlock(&talker->lock);

	kclose(sock);
}

#endif /* _SAMPLE_KSOCKET_TALKER_H */
