// SPDX-License-Identifier: GPL-2.0-only
/*
 * Brings lo up or down, and counts the sockets in use
 */

#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "verbs.h"

#define LINE_SIZE	256

int bring_lo(const char *argument)
{
	int down = !strcmp(argument, "down");
	struct ifreq request = { .ifr_name = "lo" };
	int ret = 0;
	int sock;

	if (*argument && !down)
		return fail("lo or lo down");
	sock = socket(AF_INET, SOCK_DGRAM, 0);
	if (sock < 0)
		return fail_errno("socket");

	if (ioctl(sock, SIOCGIFFLAGS, &request) < 0) {
		ret = fail_errno("lo");
	} else {
		if (down)
			request.ifr_flags &= ~IFF_UP;
		else
			request.ifr_flags |= IFF_UP;
		if (ioctl(sock, SIOCSIFFLAGS, &request) < 0)
			ret = fail_errno("lo");
	}
	close(sock);
	return ret;
}

/*
 * Adds up the "inuse" of each "TCP: inuse 0 orphan 0 tw 0 alloc 0 ..." in one
 * file. "inuse" excludes TCP sockets that are neither bound nor connected, or
 * were shut down; "alloc" includes them.
 */
static int add_sockets(const char *path, long *count)
{
	char line[LINE_SIZE], protocol[16];
	FILE *file = fopen(path, "re");
	long inuse, alloc;
	int found;

	if (!file)
		return -1;
	while (fgets(line, sizeof(line), file)) {
		found = sscanf(line, "%15[A-Z6]: inuse %ld orphan %*d tw %*d alloc %ld",
			       protocol, &inuse, &alloc);
		if (found >= 2)
			*count += found == 3 && alloc > inuse ? alloc : inuse;
	}
	fclose(file);
	return 0;
}

/* Retries: TCP's closing handshakes take time. */
int released(const char *seconds)
{
	long span, deadline, count;

	if (number(seconds, &span))
		return -1;
	deadline = now_ms() + span * 1000;
	for (;;) {
		count = 0;
		if (add_sockets("/proc/net/sockstat", &count))
			return fail_errno("/proc/net/sockstat");
		add_sockets("/proc/net/sockstat6", &count); /* without IPv6 there is none */
		if (!count)
			return 0;
		if (now_ms() >= deadline)
			return fail("%ld sockets still in use after %ld s", count, span);
		sleep_ms(50);
	}
}
