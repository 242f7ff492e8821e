// SPDX-License-Identifier: GPL-2.0-only
/*
 * Helpers of process 1 in a boot that tests a port
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
#include <time.h>
#include <unistd.h>

#include "boot.h"

#define ROUNDS	9

char *block;

void end(void)
{
	fflush(stdout);
	sync();
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}

void fail(const char *format, ...)
{
	int error = errno;
	va_list arguments;

	printf("prove: failed: ");
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf(": %s\n", strerror(error));
	end();
}

/* Seconds. */
double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

static int by_size(const void *one, const void *other)
{
	double a = *(double *)one, b = *(double *)other;

	return (a > b) - (a < b);
}

static double median(double *values, int count)
{
	qsort(values, count, sizeof(*values), by_size);
	return values[count / 2];
}

/* The median of the plain driver's seconds over the ported one's, by round. */
static void print_ratio(const char *what, const double *plain,
			const double *ported)
{
	double ratio[ROUNDS], middle;
	int i;

	for (i = 0; i < ROUNDS; i++)
		ratio[i] = plain[i] / ported[i];
	middle = median(ratio, ROUNDS);
	printf("%s %.3f [%.3f..%.3f]", what, middle, ratio[0],
	       ratio[ROUNDS - 1]);
}

void compare(const char *plain, const char *ported, double bytes,
	     round_fn round)
{
	const char *const names[] = { plain, ported };
	double writing[2][ROUNDS], reading[2][ROUNDS];
	int done, i;

	for (done = 0; done < ROUNDS; done++) {
		for (i = 0; i < 2; i++) {
			int which = done % 2 ? 1 - i : i;

			round(names[which], &writing[which][done],
			      &reading[which][done]);
		}
	}
	printf("prove: throughput of ksocket / plain: ");
	print_ratio("write", writing[0], writing[1]);
	print_ratio(", read", reading[0], reading[1]);
	printf("\n");
	for (i = 0; i < 2; i++)
		printf("prove: %s: write %.1f MB/s, read %.1f MB/s\n", names[i],
		       bytes / 1e6 / median(writing[i], ROUNDS),
		       bytes / 1e6 / median(reading[i], ROUNDS));
}

void make(const char *path)
{
	if (mkdir(path, 0755) && errno != EEXIST)
		fail("mkdir %s", path);
}

void drop(const char *path)
{
	if (rmdir(path))
		fail("rmdir %s", path);
}

void put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		fail("write '%s' to %s", text, path);
	close(fd);
}

void join(const char *target, const char *path)
{
	if (symlink(target, path))
		fail("link %s", path);
}

void cut(const char *path)
{
	if (unlink(path))
		fail("unlink %s", path);
}

/* The file systems of the kernel, the loopback interface, and the block. */
void prepare(void)
{
	struct ifreq lo = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int sock = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	make("/proc");
	make("/sys");
	make("/dev");
	if (mount("proc", "/proc", "proc", 0, NULL) ||
	    mount("sysfs", "/sys", "sysfs", 0, NULL) ||
	    (mount("dev", "/dev", "devtmpfs", 0, NULL) && errno != EBUSY) ||
	    mount("config", "/sys/kernel/config", "configfs", 0, NULL))
		fail("mount");
	if (sock < 0 || ioctl(sock, SIOCSIFFLAGS, &lo))
		fail("loopback interface");
	close(sock);
	block = aligned_alloc(4096, BLOCK);
}

void load(const char *name)
{
	load_with(name, "");
}

void load_with(const char *name, const char *parameters)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/%s.ko", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || syscall(SYS_finit_module, fd, parameters, 0))
		fail("load %s %s", name, parameters);
	close(fd);
}

void unload(const char *name)
{
	if (syscall(SYS_delete_module, name, O_NONBLOCK))
		fail("unload %s", name);
}

static unsigned long next(unsigned long *seed)
{
	*seed = *seed * 6364136223846793005ul + 1442695040888963407ul;
	return *seed >> 11;
}

void fill(unsigned long seed)
{
	unsigned long *word = (unsigned long *)block;
	size_t i;

	for (i = 0; i < BLOCK / sizeof(*word); i++)
		word[i] = next(&seed);
}

int is_filled(unsigned long seed)
{
	const unsigned long *word = (unsigned long *)block;
	size_t i;

	for (i = 0; i < BLOCK / sizeof(*word); i++)
		if (word[i] != next(&seed))
			return 0;
	return 1;
}

/* Of both sides; a socket in TIME_WAIT does not count. */
void no_socket_is_left(void)
{
	double limit = now() + 30;
	char line[256];
	int used;

	do {
		FILE *stat = fopen("/proc/net/sockstat", "re");

		used = -1;
		while (stat && fgets(line, sizeof(line), stat))
			sscanf(line, "TCP: inuse %d", &used);
		if (stat)
			fclose(stat);
		usleep(100000);
	} while (used && now() < limit);
	if (used)
		fail("%d TCP sockets are left", used);
}
