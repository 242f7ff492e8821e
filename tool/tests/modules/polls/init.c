// SPDX-License-Identifier: GPL-2.0-only
/*
 * Process 1 of tool/bench polls: waits for 1, 100 and 1,000 sockets with
 * epoll_wait() and poll(), in turn with the module, which uses ksocket.
 */

#define _GNU_SOURCE

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../../../ports/boot.h"

#define MOST	1000
#define TURNS	2000
#define ROUNDS	21

static struct pollfd fds[MOST];

/* UDP sockets; the last one has a datagram. */
static void open_sockets(int count)
{
	struct sockaddr_in name;
	socklen_t len = sizeof(name);
	int i;

	for (i = 0; i < count; i++) {
		name = (struct sockaddr_in){
			.sin_family = AF_INET,
			.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		};
		fds[i].fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
		fds[i].events = POLLIN;
		if (bind(fds[i].fd, (struct sockaddr *)&name, sizeof(name)))
			fail("bind socket %d", i);
	}
	if (getsockname(fds[count - 1].fd, (struct sockaddr *)&name, &len) ||
	    sendto(fds[0].fd, "x", 1, 0, (struct sockaddr *)&name, len) != 1)
		fail("send");
}

static void show(const char *call, int count, double start)
{
	printf("prove: %s|%d|%.0f\n", call, count,
	       (now() - start) / TURNS * 1e9);
}

static void wait_with_epoll(int count)
{
	int set = epoll_create1(EPOLL_CLOEXEC), i;
	struct epoll_event events[16];
	double start;

	for (i = 0; i < count; i++) {
		struct epoll_event event = { .events = EPOLLIN };

		if (epoll_ctl(set, EPOLL_CTL_ADD, fds[i].fd, &event))
			fail("epoll_ctl");
	}
	start = now();
	for (i = 0; i < TURNS; i++)
		if (epoll_wait(set, events, 16, -1) != 1)
			fail("epoll_wait");
	show("epoll_wait", count, start);
	close(set);
}

static void wait_with_poll(int count)
{
	double start = now();
	int i;

	for (i = 0; i < TURNS; i++)
		if (poll(fds, count, -1) != 1)
			fail("poll");
	show("poll", count, start);
}

/* What a system call costs that does nothing. */
static void call_nothing(void)
{
	double start = now();
	int i;

	for (i = 0; i < TURNS; i++)
		syscall(SYS_getppid);
	show("getppid", 0, start);
}

static void measure_module(int count)
{
	char words[64];

	snprintf(words, sizeof(words), "count=%d turns=%d", count, TURNS);
	load_with("polls", words);
	unload("polls");
}

int main(void)
{
	static const int counts[] = { 1, 100, MOST };
	struct rlimit files = { MOST + 64, MOST + 64 };
	int round, i, j;

	prepare();
	if (setrlimit(RLIMIT_NOFILE, &files))
		fail("setrlimit");
	for (round = 0; round < ROUNDS; round++) {
		call_nothing();
		for (i = 0; i < 3; i++) {
			measure_module(counts[i]);
			open_sockets(counts[i]);
			wait_with_epoll(counts[i]);
			wait_with_poll(counts[i]);
			for (j = 0; j < counts[i]; j++)
				close(fds[j].fd);
		}
	}
	printf("prove: done\n");
	end();
}
