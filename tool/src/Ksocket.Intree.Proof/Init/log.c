// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waits for a text in the kernel log
 */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "verbs.h"

#define RECORD_SIZE	8192	/* the longest record of /dev/kmsg */

/*
 * One record is "level,sequence,time,flags;message\n" followed by
 * detail lines; only the message is searched. It has non-text bytes as \xNN.
 * Returns 1 if found, 0 if the log has no more records yet.
 */
static int search_log(int log, const char *text)
{
	char record[RECORD_SIZE + 1];
	char *message;
	ssize_t size;

	for (;;) {
		size = read(log, record, RECORD_SIZE);
		if (size < 0 && errno == EPIPE)
			continue;	/* overwritten; the next one follows */
		if (size < 0 && errno == EAGAIN)
			return 0;
		if (size < 0)
			return fail_errno("/dev/kmsg");
		record[size] = '\0';
		record[strcspn(record, "\n")] = '\0';
		message = strchr(record, ';');
		if (message && strstr(message + 1, text))
			return 1;
	}
}

int expect(char *arguments)
{
	char *text = strchr(arguments, ' ');
	long seconds, deadline;
	int found, log;

	if (!text || !text[1])
		return fail("expect SECONDS TEXT");
	*text++ = '\0';
	if (number(arguments, &seconds))
		return -1;

	/* A new descriptor reads from the start of the log. */
	log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK);
	if (log < 0)
		return fail_errno("/dev/kmsg");

	deadline = now_ms() + seconds * 1000;
	while ((found = search_log(log, text)) == 0 && now_ms() < deadline)
		sleep_ms(20);
	close(log);

	if (!found)
		return fail("not in the kernel log after %ld s", seconds);
	return found < 0 ? -1 : 0;
}
