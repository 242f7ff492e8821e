// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory leaks, reported by kmemleak
 */

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "verbs.h"

#define KMEMLEAK	"/sys/kernel/debug/kmemleak"
#define TOO_YOUNG_MS	6000	/* it ignores objects younger than 5 s */

static int scan(void)
{
	int file = open(KMEMLEAK, O_WRONLY | O_CLOEXEC);
	int ret = 0;

	if (file < 0)
		return fail_errno(KMEMLEAK);
	if (write(file, "scan", strlen("scan")) < 0)
		ret = fail_errno(KMEMLEAK);
	close(file);
	return ret;
}

/* Scans twice: one scan may miss a pointer that is in a register. */
int find_leaks(void)
{
	char text[4096];
	ssize_t size;
	int file;

	sleep_ms(TOO_YOUNG_MS);
	if (scan() || scan())
		return -1;

	file = open(KMEMLEAK, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return fail_errno(KMEMLEAK);
	while ((size = read(file, text, sizeof(text))) > 0)
		fwrite(text, 1, size, stdout);
	close(file);
	return size < 0 ? fail("%s cannot be read", KMEMLEAK) : 0;
}
