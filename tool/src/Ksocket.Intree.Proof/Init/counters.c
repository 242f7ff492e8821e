// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counters of the kernel: sockets and their slab objects
 */

#define _GNU_SOURCE

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "verbs.h"

#define SLACK	16	/* tolerated difference in slab objects */

struct counters {
	/* /proc/net/sockstat; orphans and alloc count all namespaces */
	long used, tcp, orphans, tw, alloc, udp;
	long tcp_slab, inode_slab, net_slab;	/* /proc/slabinfo */
};

static struct counters before;
static struct counters warm = {
	.tcp_slab = -1, .inode_slab = -1, .net_slab = -1
};

/* Objects in use. Per-CPU caches count too, so flush them first. */
static long slab(const char *name)
{
	char path[64], line[512], found[64];
	long active, value = -1;
	FILE *info;

	snprintf(path, sizeof(path), "/sys/kernel/slab/%s/shrink", name);
	put(path, "1");
	info = fopen("/proc/slabinfo", "re");
	if (!info)
		return -1;
	while (fgets(line, sizeof(line), info))
		if (sscanf(line, "%63s %ld", found, &active) == 2 &&
		    !strcmp(found, name))
			value = active;
	fclose(info);
	return value;
}

static int count(struct counters *now)
{
	struct counters none = { -1, -1, -1, -1, -1, -1, -1, -1, -1 };
	FILE *stat = fopen("/proc/net/sockstat", "re");
	char line[256];

	*now = none;
	if (!stat)
		return fail_errno("/proc/net/sockstat");
	while (fgets(line, sizeof(line), stat)) {
		sscanf(line, "sockets: used %ld", &now->used);
		sscanf(line, "TCP: inuse %ld orphan %ld tw %ld alloc %ld",
		       &now->tcp, &now->orphans, &now->tw, &now->alloc);
		sscanf(line, "UDP: inuse %ld", &now->udp);
	}
	fclose(stat);
	now->tcp_slab = slab("TCP");
	now->inode_slab = slab("sock_inode_cache");
	now->net_slab = slab("net_namespace");	/* none without CONFIG_NET_NS */
	if (now->alloc < 0 || now->tcp_slab < 0 || now->inode_slab < 0)
		return fail("counters are missing; is SLUB_DEBUG enabled?");
	return 0;
}

static void tell(const char *when, const struct counters *now)
{
	printf("prove: %s: sockets used %ld, TCP inuse %ld orphan %ld tw %ld alloc %ld, UDP inuse %ld; slab objects: TCP %ld, sock_inode_cache %ld, net_namespace %ld\n",
	       when, now->used, now->tcp, now->orphans, now->tw, now->alloc,
	       now->udp, now->tcp_slab, now->inode_slab, now->net_slab);
}

int remember_sockets(void)
{
	if (count(&before))
		return -1;
	tell("before", &before);
	return 0;
}

/* Some kernels free a namespace only when the next one is removed. */
static void push_namespaces(void)
{
	pid_t child = slab("net_namespace") < 0 ? -1 : fork();

	if (!child)
		_exit(unshare(CLONE_NEWNET));
	if (child > 0)
		waitpid(child, NULL, 0);
}

/* Closed sockets are freed only after an RCU grace period. */
int remember_slabs(void)
{
	int i;

	for (i = 0; i < 3; i++) {
		push_namespaces();
		sleep_ms(1000);
	}
	if (count(&warm))
		return -1;
	tell("warm", &warm);
	return 0;
}

/* A counter that was not saved is not compared. */
static int is_near(long now, long then)
{
	return then < 0 || labs(now - then) <= SLACK;
}

int same_counters(const char *seconds)
{
	struct counters now;
	long span, deadline;

	if (number(seconds, &span))
		return -1;
	deadline = now_ms() + span * 1000;
	for (;;) {
		if (count(&now))
			return -1;
		if (now.used == before.used && now.tcp == before.tcp &&
		    now.orphans == before.orphans && now.tw == before.tw &&
		    now.alloc == before.alloc && now.udp == before.udp &&
		    is_near(now.tcp_slab, warm.tcp_slab) &&
		    is_near(now.inode_slab, warm.inode_slab) &&
		    (warm.net_slab < 0 || now.net_slab == warm.net_slab))
			break;
		if (now_ms() > deadline) {
			tell("after", &now);
			return fail("the counters differ from the saved ones");
		}
		push_namespaces();
		sleep_ms(200);
	}
	tell("after", &now);
	return 0;
}
