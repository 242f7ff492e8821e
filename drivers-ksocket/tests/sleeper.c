// SPDX-License-Identifier: GPL-2.0-only
/*
 * A second task, for calls that the case wakes up
 */

#include <linux/delay.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/net.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#include "loopback.h"

#define KSOCKET_SLEEPER_MS	5000

static int ksocket_sleeper_thread(void *data)
{
	struct ksocket_sleeper *sleeper = data;

	allow_signal(SIGUSR1);
	WRITE_ONCE(sleeper->calling, true);
	sleeper->result = sleeper->call(sleeper->sock);
	complete_all(&sleeper->done);
	return 0;
}

/* At most once in a case. */
void ksocket_start(struct kunit *test, ksocket_t sock,
		   long (*call)(ksocket_t sock))
{
	struct ksocket_world *world = test->priv;
	struct ksocket_sleeper *sleeper = &world->sleeper;
	struct task_struct *task;

	sleeper->call = call;
	sleeper->sock = sock;
	init_completion(&sleeper->done);
	task = kthread_create(ksocket_sleeper_thread, sleeper, "ksocket_sleep");
	KUNIT_ASSERT_TRUE(test, !IS_ERR(task));

	/* The task may exit at any time: keep a reference. */
	get_task_struct(task);
	sleeper->task = task;
	wake_up_process(task);
}

static bool ksocket_is_asleep(struct ksocket_sleeper *sleeper)
{
	return READ_ONCE(sleeper->calling) &&
	       task_state_to_char(sleeper->task) == 'S';
}

/* Waits until the task sleeps in its call; false if the call returns. */
bool ksocket_sleeps(struct kunit *test)
{
	unsigned long end = jiffies + msecs_to_jiffies(KSOCKET_SLEEPER_MS);
	struct ksocket_world *world = test->priv;
	struct ksocket_sleeper *sleeper = &world->sleeper;

	while (!ksocket_is_asleep(sleeper)) {
		if (completion_done(&sleeper->done) || time_after(jiffies, end))
			return false;
		msleep(20);
	}
	return true;
}

/* Gives the task time to wake up; false if it did. */
bool ksocket_still_sleeps(struct kunit *test)
{
	struct ksocket_world *world = test->priv;

	msleep(50);
	return ksocket_is_asleep(&world->sleeper) &&
	       !completion_done(&world->sleeper.done);
}

void ksocket_signal(struct kunit *test)
{
	struct ksocket_world *world = test->priv;

	send_sig(SIGUSR1, world->sleeper.task, 1);
}

/* The result of the call; -ETIME if it does not return. */
long ksocket_result(struct kunit *test)
{
	struct ksocket_world *world = test->priv;
	struct ksocket_sleeper *sleeper = &world->sleeper;

	if (!wait_for_completion_timeout(&sleeper->done,
					 msecs_to_jiffies(KSOCKET_SLEEPER_MS)))
		return -ETIME;
	return sleeper->result;
}

/* Ends the call with kthread_stop(), and returns its result. */
long ksocket_stopped(struct kunit *test)
{
	struct ksocket_world *world = test->priv;
	struct ksocket_sleeper *sleeper = &world->sleeper;

	kthread_stop(sleeper->task);
	put_task_struct(sleeper->task);
	sleeper->task = NULL;
	return sleeper->result;
}

bool ksocket_sleeper_gone(struct ksocket_sleeper *sleeper)
{
	if (!sleeper->task)
		return true;

	kshutdown(sleeper->sock, SHUT_RDWR);
	if (!wait_for_completion_timeout(&sleeper->done,
					 msecs_to_jiffies(KSOCKET_SLEEPER_MS)))
		return false;
	kthread_stop(sleeper->task);
	put_task_struct(sleeper->task);
	return true;
}
