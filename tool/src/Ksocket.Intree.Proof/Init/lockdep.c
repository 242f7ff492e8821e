// SPDX-License-Identifier: GPL-2.0-only
/*
 * Checks whether lockdep is still on
 */

#include <stdio.h>

#include "verbs.h"

#define LOCKDEP_STATS	"/proc/lockdep_stats"

/* lockdep turns itself off after its first complaint. */
int ask_lockdep(void)
{
	FILE *stats = fopen(LOCKDEP_STATS, "re");
	int found = 0, on = 0;
	char line[256];

	if (!stats)
		return fail_errno(LOCKDEP_STATS);
	while (fgets(line, sizeof(line), stats))
		if (sscanf(line, " debug_locks: %d", &on) == 1)
			found = 1;
	fclose(stats);

	if (!found)
		return fail("%s names no debug_locks", LOCKDEP_STATS);
	if (!on)
		printf("prove: lockdep is off\n");
	return 0;
}
