// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes text to a file
 */

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "verbs.h"

int put(const char *path, const char *text)
{
	int file = open(path, O_WRONLY | O_CLOEXEC);
	int ret = -1;

	if (file < 0)
		return -1;
	if (write(file, text, strlen(text)) > 0)
		ret = 0;
	close(file);
	return ret;
}

int put_text(char *arguments)
{
	char *text = strchr(arguments, ' ');

	if (!text || !text[1])
		return fail("put PATH TEXT");
	*text++ = '\0';
	return put(arguments, text) ? fail_errno(arguments) : 0;
}
