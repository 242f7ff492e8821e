// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs commands in a network namespace of their own
 */

#define _GNU_SOURCE

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "verbs.h"

static int run_apart(char *lines, int (*carry_out)(char *line))
{
	char *line;

	if (unshare(CLONE_NEWNET)) {
		fail_errno("unshare");
		printf("prove: apart: %s\n", why());
		return -1;
	}
	while ((line = strsep(&lines, ";"))) {
		line += strspn(line, " ");
		if (carry_out(line)) {
			printf("prove: apart: %s: %s\n", line, why());
			return -1;
		}
	}
	return 0;
}

/* Does not wait for the namespace, which may outlive the process. */
int apart(char *lines, int (*carry_out)(char *line))
{
	pid_t child;
	int status;

	fflush(stdout);
	child = fork();
	if (child < 0)
		return fail_errno("fork");
	if (!child) {
		status = run_apart(lines, carry_out) ? 1 : 0;
		fflush(stdout);
		_exit(status);
	}
	if (waitpid(child, &status, 0) < 0)
		return fail_errno("waitpid");
	return status ? fail("a command in the new namespace failed") : 0;
}
