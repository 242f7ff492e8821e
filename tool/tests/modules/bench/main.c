// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs the same loops with ksocket and with the kernel's own calls
 *
 * Prints the time of each run; tool/bench computes medians. The two alternate,
 * as does their order, so that other load affects both equally. Runs are short,
 * so that most of them are not disturbed.
 */

#define pr_fmt(fmt) "bench: " fmt

#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/sched.h>

#include "bench.h"

static int rounds = 301;
module_param(rounds, int, 0);
MODULE_PARM_DESC(rounds, "runs of each loop with each set of calls");

static int milliseconds = 3;
module_param(milliseconds, int, 0);
MODULE_PARM_DESC(milliseconds, "target time of a run");

/* Sets the turns for a run of the target time; also warms up. */
static int fit_turns(const struct loop *loop, int *turns)
{
	u64 wanted = (u64)milliseconds * NSEC_PER_MSEC;
	u64 ns = 0;
	int ret;

	for (*turns = 64; *turns < 1 << 22; *turns *= 2) {
		ret = run_loop(loop, loop->calls->raw, *turns, &ns);
		if (ret)
			return ret;
		if (ns >= wanted / 2)
			break;
	}
	*turns = max_t(u64, 1, div64_u64(*turns * wanted, ns));
	return 0;
}

static int run_once(const struct loop *loop, const struct calls *calls,
		    int turns)
{
	u64 ns;
	int ret;

	ret = run_loop(loop, calls, turns, &ns);
	if (!ret)
		pr_info("%s|%s|%zu|%s|%d|%llu\n", loop->name, loop->unit,
			loop->size, calls->name, turns, ns);
	return ret;
}

static int measure(const struct loop *loop)
{
	const struct calls *ways[] = { loop->calls->ours, loop->calls->raw };
	int turns, ret, round;

	ret = fit_turns(loop, &turns);
	for (round = 0; !ret && round < rounds; round++) {
		ret = run_once(loop, ways[round & 1], turns);
		if (!ret)
			ret = run_once(loop, ways[~round & 1], turns);
		cond_resched();
	}
	if (ret)
		pr_err("%s: %d\n", loop->name, ret);
	return ret;
}

static int __init bench_init(void)
{
	int ret = 0;
	int i;

	set_more_calls();
	for (i = 0; !ret && i < loop_count; i++)
		ret = measure(&loops[i]);
	return ret;
}

static void __exit bench_exit(void)
{
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_DESCRIPTION("Test: ksocket against the kernel's own calls");
MODULE_LICENSE("GPL");
