// SPDX-License-Identifier: GPL-2.0-only
/*
 * The iSCSI target in one kernel: an initiator in this process talks to it over
 * loopback. Runs as process 1 of a boot of "ksocket-intree prove --init".
 *
 * /iscsi_target_mod_plain.ko is the driver of the kernel,
 * /iscsi_target_mod_ksocket.ko the same on ksocket. Both are loaded in turn,
 * because both are the target of configfs.
 */

#define _GNU_SOURCE

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../boot.h"
#include "initiator.h"

#define TARGET	"/sys/kernel/config/target"
#define STORE	TARGET "/core/rd_mcp_0"
#define IQN	TARGET "/iscsi/" INITIATOR_TARGET
#define GROUP	IQN "/tpgt_1"
#define PORTAL	GROUP "/np/127.0.0.1:3260"
#define DISK_BYTES	(64l << 20)
#define DISK_PAGES	"16384"
#define PASSES	4	/* 4 times 64 MiB */
#define MEASURED	4	/* times that a round writes and reads the disk */
#define RECONNECTS	50

static void make_disk(void)
{
	make(TARGET "/core");
	make(STORE);
	make(STORE "/disk");
	put(STORE "/disk/control", "rd_pages=" DISK_PAGES);
	put(STORE "/disk/enable", "1");
}

static void open_portal(void)
{
	make(PORTAL);
	put(GROUP "/enable", "1");
}

static void close_portal(void)
{
	put(GROUP "/enable", "0");
	drop(PORTAL);
}

/* Everybody may log in and write, without a password. */
static void open_target(void)
{
	make(TARGET "/iscsi");
	make(IQN);
	make(GROUP);
	put(GROUP "/attrib/authentication", "0");
	put(GROUP "/attrib/generate_node_acls", "1");
	put(GROUP "/attrib/demo_mode_write_protect", "0");
	put(GROUP "/param/MaxRecvDataSegmentLength", "262144");
	put(GROUP "/param/FirstBurstLength", "262144");
	put(GROUP "/param/MaxBurstLength", "262144");
	make(GROUP "/lun/lun_0");
	join(STORE "/disk", GROUP "/lun/lun_0/disk");
	open_portal();
}

static void close_target(void)
{
	close_portal();
	cut(GROUP "/lun/lun_0/disk");
	drop(GROUP "/lun/lun_0");
	drop(GROUP);
	drop(IQN);
	drop(TARGET "/iscsi");
}

/* True if a thread of a session runs: "iscsi_trx" or "iscsi_ttx". */
static int has_session(void)
{
	DIR *folder = opendir("/proc");
	struct dirent *entry;
	int found = 0;

	if (!folder)
		fail("open /proc");
	while (!found && (entry = readdir(folder)) != NULL) {
		char path[300], name[16] = "";
		FILE *file;

		snprintf(path, sizeof(path), "/proc/%s/comm", entry->d_name);
		file = fopen(path, "re");
		if (!file)
			continue;
		if (fgets(name, sizeof(name), file))
			found = !strncmp(name, "iscsi_t", 7);
		fclose(file);
	}
	closedir(folder);
	return found;
}

/* The threads of a session do not hold the module, in the kernel's driver too. */
static void unload_target(const char *name)
{
	double limit = now() + 60;

	while (has_session()) {
		if (now() > limit)
			fail("a thread of a session is left");
		usleep(2000);
	}
	unload(name);
}

static void write_and_read_back(struct initiator *to, int pass)
{
	long at;

	for (at = 0; at < DISK_BYTES; at += BLOCK) {
		fill(at + pass);
		if (initiator_write(to, at, block, BLOCK))
			fail("write at %ld", at);
	}
	for (at = 0; at < DISK_BYTES; at += BLOCK) {
		memset(block, 0, BLOCK);
		if (initiator_read(to, at, block, BLOCK))
			fail("read at %ld", at);
		if (!is_filled(at + pass))
			fail("other data at %ld", at);
	}
}

/* Seconds to write the disk and to read it, as often as it is measured. */
static void measure(struct initiator *to, double *writing, double *reading)
{
	double start = now();
	long at;

	for (at = 0; at < MEASURED * DISK_BYTES; at += BLOCK)
		if (initiator_write(to, at % DISK_BYTES, block, BLOCK))
			fail("write at %ld", at % DISK_BYTES);
	*writing = now() - start;
	start = now();
	for (at = 0; at < MEASURED * DISK_BYTES; at += BLOCK)
		if (initiator_read(to, at % DISK_BYTES, block, BLOCK))
			fail("read at %ld", at % DISK_BYTES);
	*reading = now() - start;
}

static void log_in(struct initiator *to)
{
	if (initiator_log_in(to))
		fail("log in");
}

static void log_out(struct initiator *to)
{
	if (initiator_log_out(to))
		fail("log out");
}

static void measure_module(const char *module, double *writing, double *reading)
{
	struct initiator to;

	load(module);
	open_target();
	log_in(&to);
	measure(&to, writing, reading);
	log_out(&to);
	close_target();
	unload_target(module);
}

static void write_until_it_ends(void)
{
	struct initiator to;
	long at = 0;

	log_in(&to);
	while (!initiator_write(&to, at, block, BLOCK))
		at = (at + BLOCK) % DISK_BYTES;
	_exit(0);
}

/* The portal is removed while a process writes; then it is opened again. */
static void close_under_load(void)
{
	pid_t writer = fork();

	if (!writer)
		write_until_it_ends();
	usleep(300000);
	if (waitpid(writer, NULL, WNOHANG))
		fail("the writer ended before the portal was closed");
	close_portal();
	if (waitpid(writer, NULL, 0) != writer)
		fail("wait for the writer");
	open_portal();
}

int main(void)
{
	struct initiator to;
	int i;

	signal(SIGPIPE, SIG_IGN);
	prepare();
	make_disk();
	compare("iscsi_target_mod_plain", "iscsi_target_mod_ksocket",
		MEASURED * DISK_BYTES, measure_module);

	load("iscsi_target_mod_ksocket");
	open_target();
	log_in(&to);
	for (i = 0; i < PASSES; i++)
		write_and_read_back(&to, i);
	log_out(&to);
	printf("prove: %ld MiB written and read back\n",
	       PASSES * DISK_BYTES >> 20);
	for (i = 0; i < RECONNECTS; i++) {
		log_in(&to);
		log_out(&to);
	}
	printf("prove: connected %d times\n", RECONNECTS);
	for (i = 0; i < 3; i++)
		close_under_load();
	log_in(&to);
	write_and_read_back(&to, PASSES);
	log_out(&to);
	close_target();
	unload_target("iscsi_target_mod_ksocket");
	no_socket_is_left();
	printf("prove: the portal was closed under load 3 times, and nothing is left\n");
	printf("prove: done\n");
	end();
}
