// SPDX-License-Identifier: GPL-2.0-only
/*
 * NVMe over TCP in one kernel: the target and the host talk over loopback.
 * Runs as process 1 of a boot of "ksocket-intree prove --init".
 *
 * /nvmet_tcp_plain.ko is the driver of the kernel, /nvmet_tcp_ksocket.ko the
 * same on ksocket. Both are loaded in turn, because only one may serve TCP.
 */

#define _GNU_SOURCE

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../boot.h"

#define NVMET	"/sys/kernel/config/nvmet"
#define SUBSYS	NVMET "/subsystems/test"
#define PORT	NVMET "/ports/1"
#define DISK_BYTES	(64l << 20)
#define PASSES	4	/* 4 times 64 MiB */
#define MEASURED	8	/* times that a round writes and reads the disk */
#define RECONNECTS	50

static char disk[32];	/* of the connected controller, such as /dev/nvme0n1 */
static char controller[64];	/* its folder in /sys */

/* A subsystem with one RAM disk, and a port that nothing uses yet. */
static void make_target(void)
{
	make(SUBSYS);
	put(SUBSYS "/attr_allow_any_host", "1");
	make(SUBSYS "/namespaces/1");
	put(SUBSYS "/namespaces/1/device_path", "/dev/ram0");
	put(SUBSYS "/namespaces/1/enable", "1");
	make(PORT);
	put(PORT "/addr_trtype", "tcp");
	put(PORT "/addr_adrfam", "ipv4");
	put(PORT "/addr_traddr", "127.0.0.1");
	put(PORT "/addr_trsvcid", "4420");
}

static void open_port(void)
{
	join(SUBSYS, PORT "/subsystems/test");
}

static void close_port(void)
{
	cut(PORT "/subsystems/test");
}

static void await_end(void)
{
	double limit = now() + 60;

	while (access(controller, F_OK) == 0) {
		if (now() > limit)
			fail("%s is still there", controller);
		usleep(2000);
	}
}

/*
 * The number of the namespace in its name may be that of an earlier connection
 * plus one, if that is not yet freed.
 */
static void await_disk(void)
{
	double limit = now() + 60;

	do {
		DIR *folder = opendir(controller);
		struct dirent *entry;

		if (!folder)
			fail("open %s", controller);
		while ((entry = readdir(folder)) != NULL) {
			if (strncmp(entry->d_name, "nvme", 4))
				continue;
			snprintf(disk, sizeof(disk), "/dev/%.20s",
				 entry->d_name);
			if (access(disk, R_OK | W_OK) == 0) {
				closedir(folder);
				return;
			}
		}
		closedir(folder);
		usleep(2000);
	} while (now() < limit);
	fail("no namespace in %s", controller);
}

/* A controller with one I/O queue; losing the target ends it at once. */
static void connect_host(const char *more)
{
	char words[256];
	int instance;
	int fd = open("/dev/nvme-fabrics", O_RDWR | O_CLOEXEC);
	int length = snprintf(words, sizeof(words),
			      "transport=tcp,traddr=127.0.0.1,trsvcid=4420,"
			      "nqn=test,nr_io_queues=1,ctrl_loss_tmo=0%s",
			      more);

	if (fd < 0 || write(fd, words, length) != length)
		fail("connect");
	length = read(fd, words, sizeof(words) - 1);
	words[length > 0 ? length : 0] = '\0';
	if (sscanf(words, "instance=%d", &instance) != 1)
		fail("connect: the answer is '%s'", words);
	close(fd);
	snprintf(controller, sizeof(controller), "/sys/class/nvme/nvme%d",
		 instance);
	await_disk();
}

static void disconnect_host(void)
{
	char path[96];

	snprintf(path, sizeof(path), "%s/delete_controller", controller);
	put(path, "1");
	await_end();
}

static void write_and_read_back(int pass, const char *name)
{
	int fd = open(disk, O_RDWR | O_DIRECT | O_CLOEXEC);
	long at;

	if (fd < 0)
		fail("open %s", disk);
	for (at = 0; at < DISK_BYTES; at += BLOCK) {
		fill(at + pass);
		if (pwrite(fd, block, BLOCK, at) != BLOCK)
			fail("%s: write at %ld", name, at);
	}
	for (at = 0; at < DISK_BYTES; at += BLOCK) {
		if (pread(fd, block, BLOCK, at) != BLOCK)
			fail("%s: read at %ld", name, at);
		if (!is_filled(at + pass))
			fail("%s: other data at %ld", name, at);
	}
	close(fd);
}

/* Seconds to write the disk and to read it, as often as it is measured. */
static void measure(double *writing, double *reading)
{
	int fd = open(disk, O_RDWR | O_DIRECT | O_CLOEXEC);
	double start = now();
	long at;

	for (at = 0; at < MEASURED * DISK_BYTES; at += BLOCK)
		if (pwrite(fd, block, BLOCK, at % DISK_BYTES) != BLOCK)
			fail("write at %ld", at % DISK_BYTES);
	*writing = now() - start;
	start = now();
	for (at = 0; at < MEASURED * DISK_BYTES; at += BLOCK)
		if (pread(fd, block, BLOCK, at % DISK_BYTES) != BLOCK)
			fail("read at %ld", at % DISK_BYTES);
	*reading = now() - start;
	close(fd);
}

static void measure_module(const char *module, double *writing, double *reading)
{
	load(module);
	open_port();
	connect_host("");
	measure(writing, reading);
	disconnect_host();
	close_port();
	unload(module);
}

static void write_until_it_ends(void)
{
	int fd = open(disk, O_RDWR | O_DIRECT | O_CLOEXEC);
	long at = 0;

	while (fd >= 0 && pwrite(fd, block, BLOCK, at) == BLOCK)
		at = (at + BLOCK) % DISK_BYTES;
	_exit(0);
}

/* The port is closed while a process writes; the next connection works. */
static void close_under_load(void)
{
	pid_t writer = fork();

	if (!writer)
		write_until_it_ends();
	usleep(300000);
	if (waitpid(writer, NULL, WNOHANG))
		fail("the writer ended before the port was closed");
	close_port();
	if (waitpid(writer, NULL, 0) != writer)
		fail("wait for the writer");
	await_end();
	open_port();
}

int main(void)
{
	int i;

	prepare();
	make_target();
	compare("nvmet_tcp_plain", "nvmet_tcp_ksocket",
		MEASURED * DISK_BYTES, measure_module);

	load("nvmet_tcp_ksocket");
	open_port();
	connect_host("");
	for (i = 0; i < PASSES; i++)
		write_and_read_back(i, "ksocket");
	disconnect_host();
	printf("prove: %ld MiB written and read back\n",
	       PASSES * DISK_BYTES >> 20);
	connect_host(",hdr_digest,data_digest");
	write_and_read_back(PASSES, "ksocket with digests");
	disconnect_host();
	for (i = 0; i < RECONNECTS; i++) {
		connect_host("");
		disconnect_host();
	}
	printf("prove: connected %d times\n", RECONNECTS);
	for (i = 0; i < 3; i++) {
		connect_host("");
		close_under_load();
	}
	connect_host("");
	write_and_read_back(PASSES + 1, "ksocket after a closed port");
	disconnect_host();
	close_port();
	unload("nvmet_tcp_ksocket");
	no_socket_is_left();
	printf("prove: the port was closed under load 3 times, and nothing is left\n");
	printf("prove: done\n");
	end();
}
