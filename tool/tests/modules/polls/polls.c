// SPDX-License-Identifier: GPL-2.0-only
/*
 * The time of a wait for several sockets of which one has data
 *
 * Loading it measures kpollset_wait() and kpoll() once each; tool/bench polls
 * loads it in turn with the same waits of a process.
 */

#define pr_fmt(fmt) "polls: " fmt

#include <linux/in.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/net.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <net/ksocket.h>

static int count = 1;
module_param(count, int, 0);
MODULE_PARM_DESC(count, "number of sockets");

static int turns = 1000;
module_param(turns, int, 0);
MODULE_PARM_DESC(turns, "number of waits of each kind");

/* UDP sockets; the last one has a datagram. */
static int open_sockets(struct kpollfd *fds)
{
	struct sockaddr_in name = { .sin_family = AF_INET };
	struct sockaddr *address = (struct sockaddr *)&name;
	int len = sizeof(name);
	int ret = 0;
	int i;

	for (i = 0; !ret && i < count; i++) {
		fds[i].sock = ksocket(AF_INET, SOCK_DGRAM, 0);
		fds[i].events = POLLIN;
		name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		name.sin_port = 0;
		ret = kbind(fds[i].sock, address, len);
	}
	if (!ret)
		ret = kgetsockname(fds[count - 1].sock, address, &len);
	if (!ret && ksendto(fds[0].sock, "x", 1, 0, address, len) != 1)
		ret = -EIO;
	return ret;
}

static int wait_with_poll(struct kpollfd *fds)
{
	u64 start = ktime_get_ns();
	int i;

	for (i = 0; i < turns; i++)
		if (kpoll(fds, count, -1) != 1)
			return -EIO;
	pr_info("kpoll|%d|%llu\n", count, (ktime_get_ns() - start) / turns);
	return 0;
}

static int wait_with_set(struct kpollset *set)
{
	struct kpollevent events[16];
	u64 start = ktime_get_ns();
	int i;

	for (i = 0; i < turns; i++)
		if (kpollset_wait(set, events, ARRAY_SIZE(events), -1) != 1)
			return -EIO;
	pr_info("kpollset_wait|%d|%llu\n", count,
		(ktime_get_ns() - start) / turns);
	return 0;
}

static int measure_set(struct kpollfd *fds)
{
	struct kpollset *set = kpollset_create();
	int ret = set ? 0 : -ENOMEM;
	int i;

	for (i = 0; !ret && i < count; i++)
		ret = kpollset_add(set, fds[i].sock, POLLIN, NULL);
	if (!ret)
		ret = wait_with_set(set);
	kpollset_destroy(set);
	return ret;
}

static int __init polls_init(void)
{
	struct kpollfd *fds;
	int ret;
	int i;

	if (count < 1 || count > 1024 || turns < 1)
		return -EINVAL;
	fds = kvcalloc(count, sizeof(*fds), GFP_KERNEL);
	if (!fds)
		return -ENOMEM;
	ret = open_sockets(fds);
	if (!ret)
		ret = measure_set(fds);
	if (!ret)
		ret = wait_with_poll(fds);
	for (i = 0; i < count; i++)
		kclose(fds[i].sock);
	kvfree(fds);
	return ret;
}

static void __exit polls_exit(void)
{
}

module_init(polls_init);
module_exit(polls_exit);
MODULE_DESCRIPTION("Test: waiting for many sockets");
MODULE_LICENSE("GPL");
