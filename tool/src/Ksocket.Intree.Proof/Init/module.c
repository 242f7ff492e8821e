// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loading and unloading modules
 */

#define _GNU_SOURCE

#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "verbs.h"

int load(char *path)
{
	char *parameters = strchr(path, ' ');
	int file, ret = 0;

	if (parameters)
		*parameters++ = '\0';
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return fail_errno("open");
	if (syscall(SYS_finit_module, file, parameters ? parameters : "", 0) < 0)
		ret = fail_errno("finit_module");
	close(file);
	return ret;
}

int unload(const char *name)
{
	if (syscall(SYS_delete_module, name, 0) < 0)
		return fail_errno("delete_module");
	return 0;
}
