// SPDX-License-Identifier: GPL-2.0-only
/*
 * A second task, for calls that are to be woken by the case
 */

#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/net.h>

#include "loopback.h"

#define KSOCKET_SLEEPER_MS	5000

static void ksocket_sleeper_work(struct work_struct *work)
{
	struct ksocket_sleeper *sleeper;

	sleeper = container_of(work, struct ksocket_sleeper, work);
	sleeper->result = sleeper->call(sleeper->sock);
	complete_all(&sleeper->done);
}

/* One call in each case. */
void ksocket_start(struct kunit *test, ksocket_t sock,
		   long (*call)(ksocket_t sock))
{
	struct ksocket_world *world = test->priv;
	struct ksocket_sleeper *sleeper = &world->sleeper;

	sleeper->call = call;
	sleeper->sock = sock;
	sleeper->started = true;
	init_completion(&sleeper->done);
	INIT_WORK(&sleeper->work, ksocket_sleeper_work);
	schedule_work(&sleeper->work);
}

/* Gives it the time to fall asleep. */
bool ksocket_sleeps(struct kunit *test)
{
	struct ksocket_world *world = test->priv;

	msleep(50);
	return !completion_done(&world->sleeper.done);
}

/* What the call gave; -ETIME if it does not end. */
long ksocket_result(struct kunit *test)
{
	struct ksocket_world *world = test->priv;
	struct ksocket_sleeper *sleeper = &world->sleeper;

	if (!wait_for_completion_timeout(&sleeper->done,
					 msecs_to_jiffies(KSOCKET_SLEEPER_MS)))
		return -ETIME;
	return sleeper->result;
}

bool ksocket_sleeper_gone(struct ksocket_sleeper *sleeper)
{
	if (!sleeper->started)
		return true;

	kshutdown(sleeper->sock, SHUT_RDWR);
	if (!wait_for_completion_timeout(&sleeper->done,
					 msecs_to_jiffies(KSOCKET_SLEEPER_MS)))
		return false;
	flush_work(&sleeper->work);
	return true;
}
