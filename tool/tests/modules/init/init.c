// SPDX-License-Identifier: GPL-2.0-only
/*
 * The only program of a boot with test modules: runs /script
 *
 *	lo [down]		bring the loopback interface up, or down
 *	load PATH [PARAMETERS]	load a module
 *	unload NAME		unload a module, within a second
 *	put PATH TEXT		write to a file
 *	apart LINE; LINE...	run lines in a process in a new network namespace
 *	before			save the socket counters
 *	warm			save the slab counters
 *	same SECONDS		wait until the counters equal the saved ones
 *	leaks			check that kmemleak reports nothing
 *
 * The script stops at the first line that fails; otherwise the last output is
 * "modules: done". Then the machine is powered off.
 */

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "init.h"

int fail(const char *format, ...)
{
	va_list arguments;

	printf("modules: failed: ");
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf("\n");
	return -1;
}

int fail_errno(const char *what)
{
	return fail("%s: %s", what, strerror(errno));
}

long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

void sleep_ms(long ms)
{
	struct timespec span = { ms / 1000, ms % 1000 * 1000000L };

	while (nanosleep(&span, &span) < 0 && errno == EINTR)
		;
}

static int bring_lo(short flags)
{
	struct ifreq request = { .ifr_name = "lo", .ifr_flags = flags };
	int sock = socket(AF_INET, SOCK_DGRAM, 0);
	int ret = 0;

	if (sock < 0 || ioctl(sock, SIOCSIFFLAGS, &request) < 0)
		ret = fail_errno("lo");
	if (sock >= 0)
		close(sock);
	return ret;
}

static int load(char *path)
{
	char *parameters = strchr(path, ' ');
	int file, ret = 0;

	if (parameters)
		*parameters++ = '\0';
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return fail_errno(path);
	if (syscall(SYS_finit_module, file, parameters ? parameters : "", 0))
		ret = fail_errno("finit_module");
	close(file);
	return ret;
}

static int unload(const char *name)
{
	long start = now_ms();

	if (syscall(SYS_delete_module, name, 0))
		return fail_errno("delete_module");
	if (now_ms() - start > 1000)
		return fail("took %ld ms", now_ms() - start);
	return 0;
}

static int put_text(char *path)
{
	char *text = strchr(path, ' ');

	if (!text)
		return fail("nothing to write");
	*text++ = '\0';
	return put(path, text) ? fail_errno(text) : 0;
}

static int carry_out(char *line);

static int go_apart(char *lines)
{
	char *line;

	if (unshare(CLONE_NEWNET))
		return fail_errno("unshare");
	while ((line = strsep(&lines, ";"))) {
		line += strspn(line, " ");
		if (carry_out(line))
			return -1;
	}
	return 0;
}

/* Does not wait for the namespace, which may outlive the process. */
static int apart(char *lines)
{
	pid_t child = fork();
	int status;

	if (child < 0)
		return fail_errno("fork");
	if (!child)
		_exit(go_apart(lines) ? 1 : 0);
	if (waitpid(child, &status, 0) < 0)
		return fail_errno("waitpid");
	return status ? -1 : 0;
}

static int carry_out(char *line)
{
	char *argument = strchr(line, ' ');

	if (argument)
		*argument++ = '\0';
	else
		argument = line + strlen(line);

	if (!strcmp(line, "lo"))
		return bring_lo(strcmp(argument, "down") ? IFF_UP : 0);
	if (!strcmp(line, "load"))
		return load(argument);
	if (!strcmp(line, "unload"))
		return unload(argument);
	if (!strcmp(line, "put"))
		return put_text(argument);
	if (!strcmp(line, "apart"))
		return apart(argument);
	if (!strcmp(line, "before"))
		return remember_sockets();
	if (!strcmp(line, "warm"))
		return remember_slabs();
	if (!strcmp(line, "same"))
		return same_counters(atol(argument));
	if (!strcmp(line, "leaks"))
		return no_leaks();
	return fail("unknown verb");
}

static int run_script(FILE *script)
{
	char line[1024], copy[1024];
	long start;

	while (fgets(line, sizeof(line), script)) {
		line[strcspn(line, "\r\n")] = '\0';
		strcpy(copy, line);
		start = now_ms();
		if (carry_out(copy)) {
			printf("modules: stopped at: %s\n", line);
			return -1;
		}
		printf("modules: ok %ld ms: %s\n", now_ms() - start, line);
	}
	return 0;
}

static void furnish(void)
{
	int console;

	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mknod("/dev/console", S_IFCHR | 0600, makedev(5, 1));

	/* The initramfs has no console device, so the kernel opened none. */
	if (fcntl(STDOUT_FILENO, F_GETFD) < 0) {
		console = open("/dev/console", O_RDWR);
		dup2(console, STDIN_FILENO);
		dup2(console, STDOUT_FILENO);
		dup2(console, STDERR_FILENO);
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
}

int main(void)
{
	FILE *script;

	if (getpid() != 1) {
		fprintf(stderr, "init: must run as process 1 of a test boot\n");
		return 1;
	}
	furnish();

	script = fopen("/script", "re");
	if (!script)
		fail_errno("/script");
	else if (!run_script(script))
		printf("modules: done\n");

	sync();
	reboot(RB_POWER_OFF);
	/* Exiting from process 1 is a panic; x86 without ACPI only halts. */
	for (;;)
		pause();
}
