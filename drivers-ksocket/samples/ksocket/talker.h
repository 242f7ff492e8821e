/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A thread that talks through sockets and can be stopped at any moment
 *
 * Its sockets are known to the one who stops it: shutting them down wakes the
 * thread wherever it sleeps. Only then is it joined, and nothing is freed
 * under its feet because only the thread itself closes its sockets.
 */
#ifndef _SAMPLE_KSOCKET_TALKER_H
#define _SAMPLE_KSOCKET_TALKER_H

#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/net.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/socket.h>
#include <linux/time_types.h>
#include <linux/wait.h>
#include <net/ksocket.h>

struct talker {
	struct task_struct *task;
	wait_queue_head_t stopped;
	struct mutex lock;		/* guards stopping and sockets */
	bool stopping;
	ksocket_t sockets[2];
};

static inline int talker_start(struct talker *talker, int (*talk)(void *),
			       const char *name)
{
	init_waitqueue_head(&talker->stopped);
	mutex_init(&talker->lock);

	talker->task = kthread_create(talk, talker, "%s", name);
	if (IS_ERR(talker->task))
		return PTR_ERR(talker->task);

	/* The thread may be over before it is stopped; its task stays. */
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

/* Makes a new socket known. Gives NULL for none, or when it is too late. */
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

/* Bounds how long a socket sleeps: @optname is SO_RCVTIMEO_NEW or SO_SND... */
static inline int talker_set_timeout(ksocket_t sock, int optname,
				     unsigned int ms)
{
	struct __kernel_sock_timeval time = {
		.tv_sec = ms / 1000,
		.tv_usec = ms % 1000 * 1000,
	};

	return ksetsockopt(sock, SOL_SOCKET, optname, &time, sizeof(time));
}

#endif /* _SAMPLE_KSOCKET_TALKER_H */
