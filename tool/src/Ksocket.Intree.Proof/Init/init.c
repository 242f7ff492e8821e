// SPDX-License-Identifier: GPL-2.0-only
/*
 * /init of a test boot: runs /prove.script, line by line
 *
 *	lo [down]		bring the loopback interface up, or down
 *	expect SECONDS TEXT	wait for TEXT in the kernel log
 *	load PATH [PARAMETERS]	load a module
 *	unload NAME		unload a module, waiting until it is gone
 *	sleep MS		do nothing for a while
 *	released SECONDS	wait until no TCP or UDP socket is in use
 *	put PATH TEXT		write TEXT to a file
 *	apart LINE; LINE...	run lines in a process in a new network
 *				namespace
 *	before			save the socket counters
 *	warm			save the slab counters
 *	same SECONDS		wait until the counters equal the saved ones
 *	leaks			scan with kmemleak and print what it found
 *	lockdep			report if lockdep turned itself off
 *	restart			restart at the end, on a machine that cannot
 *				power off
 *
 * The commands are documented for users in tool/docs/own-test.md. Empty lines
 * and lines that begin with # are ignored. The script stops at the first line
 * that fails; "prove: done" is printed only if none does. Then the machine is
 * powered off. verbs.h names the file of each command.
 */

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "verbs.h"

#define SCRIPT		"/prove.script"
#define LINE_SIZE	1024

static int ending = RB_POWER_OFF;

static int pause_for(const char *argument)
{
	long ms;

	if (number(argument, &ms))
		return -1;
	sleep_ms(ms);
	return 0;
}

/* Modifies @line. */
static int carry_out(char *line)
{
	char *arguments = strchr(line, ' ');

	if (arguments)
		*arguments++ = '\0';
	else
		arguments = line + strlen(line);

	if (!strcmp(line, "lo"))
		return bring_lo(arguments);
	if (!strcmp(line, "expect"))
		return expect(arguments);
	if (!strcmp(line, "load"))
		return load(arguments);
	if (!strcmp(line, "unload"))
		return unload(arguments);
	if (!strcmp(line, "sleep"))
		return pause_for(arguments);
	if (!strcmp(line, "released"))
		return released(arguments);
	if (!strcmp(line, "put"))
		return put_text(arguments);
	if (!strcmp(line, "apart"))
		return apart(arguments, carry_out);
	if (!strcmp(line, "before"))
		return remember_sockets();
	if (!strcmp(line, "warm"))
		return remember_slabs();
	if (!strcmp(line, "same"))
		return same_counters(arguments);
	if (!strcmp(line, "leaks"))
		return find_leaks();
	if (!strcmp(line, "lockdep"))
		return ask_lockdep();
	if (!strcmp(line, "restart")) {
		ending = RB_AUTOBOOT;
		return 0;
	}
	return fail("unknown verb");
}

static int run_script(FILE *script)
{
	char line[LINE_SIZE], copy[LINE_SIZE];
	long start;

	while (fgets(line, sizeof(line), script)) {
		line[strcspn(line, "\r\n")] = '\0';
		if (!line[0] || line[0] == '#')
			continue;

		strcpy(copy, line);
		start = now_ms();
		if (carry_out(copy)) {
			printf("prove: failed: %s: %s\n", line, why());
			return -1;
		}
		printf("prove: ok %ld ms: %s\n", now_ms() - start, line);
	}
	return 0;
}

/* An existing node, from devtmpfs or the initramfs, is used. */
static void make_node(const char *path, unsigned int major, unsigned int minor)
{
	mknod(path, S_IFCHR | 0600, makedev(major, minor));
}

static void furnish(void)
{
	int console;

	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mkdir("/dev", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mount("debugfs", "/sys/kernel/debug", "debugfs", 0, NULL);
	make_node("/dev/console", 5, 1);
	make_node("/dev/kmsg", 1, 11);

	/* The kernel opens no console if the initramfs has none. */
	if (fcntl(STDOUT_FILENO, F_GETFD) < 0) {
		console = open("/dev/console", O_RDWR);
		if (console >= 0) {
			dup2(console, STDIN_FILENO);
			dup2(console, STDOUT_FILENO);
			dup2(console, STDERR_FILENO);
			if (console > STDERR_FILENO)
				close(console);
		}
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
}

int main(void)
{
	FILE *script;

	if (getpid() != 1) {
		fprintf(stderr, "init: only for test boots, as process 1\n");
		return 1;
	}
	furnish();

	script = fopen(SCRIPT, "re");
	if (!script)
		printf("prove: failed: %s: %s\n", SCRIPT, strerror(errno));
	else if (!run_script(script))
		printf("prove: done\n");

	fflush(stdout);
	sync();
	reboot(ending);
	/* If process 1 exits, the kernel panics; x86 without ACPI only halts. */
	for (;;)
		pause();
}
