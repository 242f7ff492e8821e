// SPDX-License-Identifier: GPL-2.0-only
/*
 * The only program of a test boot: carries out /prove.script, line by line
 *
 *	lo			bring the loopback interface up
 *	expect SECONDS TEXT	wait for TEXT in the kernel log
 *	load PATH		load a module
 *	unload NAME		unload a module, waiting until it is gone
 *	sleep MS		do nothing for a while
 *
 * Empty lines and lines that begin with # mean nothing. The first line that
 * fails ends the script; only a script without one ends with "prove: done".
 * Either way the machine is switched off.
 */

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
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
#include <time.h>
#include <unistd.h>

#define SCRIPT		"/prove.script"
#define LINE_SIZE	1024
#define RECORD_SIZE	8192	/* the longest record /dev/kmsg hands out */

static char reason[LINE_SIZE];

static int fail(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(reason, sizeof(reason), format, arguments);
	va_end(arguments);
	return -1;
}

static int fail_errno(const char *what)
{
	return fail("%s: %s", what, strerror(errno));
}

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

static void sleep_ms(long ms)
{
	struct timespec span = { ms / 1000, ms % 1000 * 1000000L };

	while (nanosleep(&span, &span) < 0 && errno == EINTR)
		;
}

static int number(const char *text, long *value)
{
	char *end;

	errno = 0;
	*value = strtol(text, &end, 10);
	if (errno || end == text || *end || *value < 0)
		return fail("not a number: '%s'", text);
	return 0;
}

static int bring_lo_up(void)
{
	struct ifreq request = { .ifr_name = "lo" };
	int ret = 0;
	int sock;

	sock = socket(AF_INET, SOCK_DGRAM, 0);
	if (sock < 0)
		return fail_errno("socket");

	if (ioctl(sock, SIOCGIFFLAGS, &request) < 0) {
		ret = fail_errno("lo");
	} else {
		request.ifr_flags |= IFF_UP;
		if (ioctl(sock, SIOCSIFFLAGS, &request) < 0)
			ret = fail_errno("lo");
	}
	close(sock);
	return ret;
}

/*
 * One record is "level,sequence,time,flags;message\n" and then lines of
 * details; only the message counts. Bytes that are not text stand in it as
 * \xNN. Returns 1 when found, 0 when the log has no more for now.
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

static int expect(char *arguments)
{
	char *text = strchr(arguments, ' ');
	long seconds, deadline;
	int found, log;

	if (!text || !text[1])
		return fail("expect SECONDS TEXT");
	*text++ = '\0';
	if (number(arguments, &seconds))
		return -1;

	/* A fresh descriptor reads from the start of the boot. */
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

static int load(const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	int ret = 0;

	if (file < 0)
		return fail_errno("open");
	if (syscall(SYS_finit_module, file, "", 0) < 0)
		ret = fail_errno("finit_module");
	close(file);
	return ret;
}

static int unload(const char *name)
{
	if (syscall(SYS_delete_module, name, 0) < 0)
		return fail_errno("delete_module");
	return 0;
}

static int pause_for(const char *argument)
{
	long ms;

	if (number(argument, &ms))
		return -1;
	sleep_ms(ms);
	return 0;
}

/* Takes @line apart, so hand it a copy. */
static int carry_out(char *line)
{
	char *arguments = strchr(line, ' ');

	if (arguments)
		*arguments++ = '\0';
	else
		arguments = line + strlen(line);

	if (!strcmp(line, "lo"))
		return bring_lo_up();
	if (!strcmp(line, "expect"))
		return expect(arguments);
	if (!strcmp(line, "load"))
		return load(arguments);
	if (!strcmp(line, "unload"))
		return unload(arguments);
	if (!strcmp(line, "sleep"))
		return pause_for(arguments);
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
			printf("prove: failed: %s: %s\n", line, reason);
			return -1;
		}
		printf("prove: ok %ld ms: %s\n", now_ms() - start, line);
	}
	return 0;
}

/* A node that is there already, from devtmpfs or the initramfs, is as good. */
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
	make_node("/dev/console", 5, 1);
	make_node("/dev/kmsg", 1, 11);

	/* Without a console in the initramfs the kernel opened none for us. */
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
	reboot(RB_POWER_OFF);
	/* Ending process 1 would be a panic; x86 without ACPI just halts. */
	for (;;)
		pause();
}
