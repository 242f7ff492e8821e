// SPDX-License-Identifier: GPL-2.0-only
/*
 * Random and invalid calls of all functions of ksocket, from several threads
 *
 * The call of a thread in its n-th step, and its arguments, depend only on the
 * seed, the thread and n; the socket also depends on the other threads. The
 * test runs when the module is loaded.
 */

#define pr_fmt(fmt) "stress: " fmt

#include <linux/delay.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>

#include "stress.h"

#define THREADS_MAX	32
#define KINDS_MAX	64
#define PATIENCE	(15 * HZ)	/* maximum time of one call */

static ulong seed = 1;
module_param(seed, ulong, 0);
MODULE_PARM_DESC(seed, "seed of the random calls");

static uint seconds = 60;
module_param(seconds, uint, 0);
MODULE_PARM_DESC(seconds, "duration");

static uint threads = 6;
module_param(threads, uint, 0);
MODULE_PARM_DESC(threads, "number of threads, at most 32");

static struct worker {
	struct task_struct *task;
	u32 number;
	unsigned long step;
	unsigned long since;		/* start of the step */
	const struct kind *now;
	unsigned long calls[KINDS_MAX];
	unsigned long good[KINDS_MAX];
} workers[THREADS_MAX];

static const struct kind *kinds[KINDS_MAX];
static u32 kind_count;
static atomic_t mistakes = ATOMIC_INIT(0);

void broken(const char *call, long value)
{
	atomic_inc(&mistakes);
	pr_err_ratelimited("mistake: %s returned %ld\n", call, value);
}

static void gather(const struct kind *list)
{
	for (; list->name && kind_count < KINDS_MAX; list++)
		kinds[kind_count++] = list;
}

static void take_step(struct worker *worker)
{
	struct draw draw;
	u32 which;

	draw_from(&draw, seed * 0x10001 + ((u64)worker->number << 48) +
			 ((u64)worker->step << 8));
	which = draw_below(&draw, kind_count);
	worker->now = kinds[which];
	WRITE_ONCE(worker->since, jiffies);
	worker->calls[which]++;
	if (kinds[which]->call(&draw) >= 0)
		worker->good[which]++;
	WRITE_ONCE(worker->step, worker->step + 1);
}

static int work(void *argument)
{
	while (!kthread_should_stop()) {
		take_step(argument);
		cond_resched();
	}
	return 0;
}

static int start_workers(void)
{
	struct worker *worker;
	u32 i;

	for (i = 0; i < threads; i++) {
		worker = &workers[i];
		worker->number = i;
		worker->since = jiffies;
		worker->task = kthread_run(work, worker, "stress/%u", i);
		if (IS_ERR(worker->task)) {
			threads = i;
			return PTR_ERR(worker->task);
		}
	}
	return 0;
}

static int watch_workers(void)
{
	unsigned long end = jiffies + seconds * HZ;
	u32 i;

	while (time_before(jiffies, end)) {
		msleep(200);
		for (i = 0; i < threads; i++) {
			if (time_before(jiffies, READ_ONCE(workers[i].since) +
						 PATIENCE))
				continue;
			pr_err("thread %u hangs in %s, step %lu\n", i,
			       workers[i].now ? workers[i].now->name : "?",
			       workers[i].step);
			return -ETIMEDOUT;
		}
	}
	return 0;
}

static void report(void)
{
	unsigned long calls, good, all = 0;
	u32 i, k;

	for (k = 0; k < kind_count; k++) {
		calls = 0;
		good = 0;
		for (i = 0; i < threads; i++) {
			calls += workers[i].calls[k];
			good += workers[i].good[k];
		}
		pr_info("%-18s %8lu calls, %8lu succeeded\n", kinds[k]->name,
			calls, good);
		all += calls;
	}
	pr_info("seed %lu, %u threads, %u s: %lu calls, %d mistakes\n", seed,
		threads, seconds, all, atomic_read(&mistakes));
}

static int __init stress_init(void)
{
	u32 i;
	int ret;

	threads = clamp_t(uint, threads, 1, THREADS_MAX);
	gather(life_kinds);
	gather(name_kinds);
	gather(transfer_kinds);
	gather(message_kinds);
	gather(waiting_kinds);
	gather(option_kinds);
	gather(text_kinds);

	ret = start_workers();
	if (!ret)
		ret = watch_workers();
	for (i = 0; i < threads; i++)
		kthread_stop(workers[i].task);
	pool_drain();

	report();
	if (!ret && atomic_read(&mistakes))
		ret = -EBADE;
	return ret;
}

static void __exit stress_exit(void)
{
}

module_init(stress_init);
module_exit(stress_exit);
MODULE_DESCRIPTION("Test: random and invalid calls of ksocket");
MODULE_LICENSE("GPL");
