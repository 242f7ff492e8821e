// SPDX-License-Identifier: GPL-2.0-only
/*
 * The sockets that all threads share
 */

#include <linux/kernel.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/time64.h>

#include "stress.h"

#define SLOTS	48

static struct held *slots[SLOTS];
static DEFINE_SPINLOCK(pool_lock);

/* Limits how long a call sleeps, so that no thread sleeps forever. */
static void limit_waiting(ksocket_t sock)
{
	struct __kernel_sock_timeval limit = { .tv_usec = 20000 };

	ksetsockopt(sock, SOL_SOCKET, SO_RCVTIMEO_NEW, &limit, sizeof(limit));
	ksetsockopt(sock, SOL_SOCKET, SO_SNDTIMEO_NEW, &limit, sizeof(limit));
}

static struct held *swap_in(u32 slot, struct held *held)
{
	struct held *old;

	spin_lock(&pool_lock);
	old = slots[slot];
	slots[slot] = held;
	spin_unlock(&pool_lock);
	return old;
}

void pool_add(struct draw *draw, ksocket_t sock)
{
	u32 slot = draw_below(draw, SLOTS);
	struct held *held;

	if (!sock)
		return;
	held = kmalloc(sizeof(*held), GFP_KERNEL);
	if (!held) {
		kclose(sock);
		return;
	}
	limit_waiting(sock);
	held->sock = sock;
	refcount_set(&held->users, 1);
	pool_put(swap_in(slot, held));
}

/* Returns NULL for an empty slot; the calls must also accept NULL. */
struct held *pool_get(struct draw *draw)
{
	u32 slot = draw_below(draw, SLOTS);
	struct held *held;

	spin_lock(&pool_lock);
	held = slots[slot];
	if (held)
		refcount_inc(&held->users);
	spin_unlock(&pool_lock);
	return held;
}

ksocket_t pool_sock(const struct held *held)
{
	return held ? held->sock : NULL;
}

void pool_put(struct held *held)
{
	if (held && refcount_dec_and_test(&held->users)) {
		kclose(held->sock);
		kfree(held);
	}
}

void pool_drop(struct draw *draw)
{
	pool_put(swap_in(draw_below(draw, SLOTS), NULL));
}

/* Called without running threads. A reset avoids waiting for TIME_WAIT. */
void pool_drain(void)
{
	struct linger at_once = { .l_onoff = 1 };
	u32 slot;

	for (slot = 0; slot < SLOTS; slot++) {
		if (!slots[slot])
			continue;
		ksetsockopt(slots[slot]->sock, SOL_SOCKET, SO_LINGER, &at_once,
			    sizeof(at_once));
		pool_put(swap_in(slot, NULL));
	}
}
