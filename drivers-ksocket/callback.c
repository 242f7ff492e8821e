// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions of the caller that the protocol calls when a socket has an event
 *
 * The protocol reads the function pointers of a struct sock without a lock, so
 * a function may still start after it was replaced. That is why the functions
 * here are always those of this file: they call the caller's only if they are
 * still set. They read them with RCU, not with sk_callback_lock: a network card
 * reports the time stamp of a sent packet in hard interrupt context.
 */

#include <linux/compiler.h>
#include <linux/export.h>
#include <linux/net.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/tcp.h>
#include <linux/wait.h>
#include <net/ksocket.h>
#include <net/sock.h>

#include "internal.h"

/*
 * The bits of sk_user_data that are not part of the pointer:
 * SK_USER_DATA_NOCOPY and those of BPF, which older kernels do not define.
 */
#define KSOCKET_USER_BITS	7UL

/* The function pointers of a struct sock. */
struct ksocket_calls {
	void (*sk_data_ready)(struct sock *sk);
	void (*sk_write_space)(struct sock *sk);
	void (*sk_state_change)(struct sock *sk);
	void (*sk_error_report)(struct sock *sk);
};

/* What sk_user_data points to. @own, &ksocket_own_calls, marks it as ours. */
struct ksocket_hooks {
	const struct ksocket_calls *own;
	struct kcallbacks callbacks;
	void *data;
	ksocket_t sock;
	struct ksocket_calls original;
};

static const struct ksocket_calls ksocket_own_calls;

/*
 * A connection has the function pointers of its listener, but not its
 * sk_user_data, until kaccept4() puts the original ones back. Meanwhile BPF may
 * set it: all bits of the pointer that have a meaning must be those of ours.
 */
static struct ksocket_hooks *ksocket_hooks(const struct sock *sk)
{
	uintptr_t user = (uintptr_t)READ_ONCE(sk->sk_user_data);
	struct ksocket_hooks *hooks;

	if ((user & KSOCKET_USER_BITS) != SK_USER_DATA_NOCOPY)
		return NULL;
	hooks = (struct ksocket_hooks *)(user & ~KSOCKET_USER_BITS);
	return hooks && hooks->own == &ksocket_own_calls ? hooks : NULL;
}

/* For a function of ours, which has taken rcu_read_lock(). */
static const struct ksocket_hooks *ksocket_called(const struct sock *sk)
{
	/* Whoever sees a function of ours sees its hooks: ksocket_hook(). */
	smp_rmb();
	return ksocket_hooks(sk);
}

/*
 * The pointers were put back after the protocol read them. The tasks that the
 * original function would wake look for themselves why.
 */
static void ksocket_wake(struct sock *sk)
{
	struct socket_wq *wq;

	rcu_read_lock();
	wq = rcu_dereference(sk->sk_wq);
	if (skwq_has_sleeper(wq))
		wake_up_interruptible_all(&wq->wait);
	rcu_read_unlock();
}

static void ksocket_call(const struct ksocket_hooks *hooks,
			 void (*callback)(ksocket_t sock, void *data))
{
	if (callback)
		callback(hooks->sock, hooks->data);
}

#define KSOCKET_EVENT(event)						\
static void ksocket_##event(struct sock *sk)				\
{									\
	const struct ksocket_hooks *hooks;				\
									\
	rcu_read_lock();						\
	hooks = ksocket_called(sk);					\
	if (hooks) {							\
		hooks->original.sk_##event(sk);				\
		ksocket_call(hooks, hooks->callbacks.event);		\
	} else {							\
		ksocket_wake(sk);					\
	}								\
	rcu_read_unlock();						\
}

KSOCKET_EVENT(data_ready)
KSOCKET_EVENT(write_space)
KSOCKET_EVENT(state_change)
KSOCKET_EVENT(error_report)

static const struct ksocket_calls ksocket_own_calls = {
	.sk_data_ready = ksocket_data_ready,
	.sk_write_space = ksocket_write_space,
	.sk_state_change = ksocket_state_change,
	.sk_error_report = ksocket_error_report,
};

static struct ksocket_calls ksocket_get_calls(const struct sock *sk)
{
	return (struct ksocket_calls){
		.sk_data_ready = sk->sk_data_ready,
		.sk_write_space = sk->sk_write_space,
		.sk_state_change = sk->sk_state_change,
		.sk_error_report = sk->sk_error_report,
	};
}

static void ksocket_set_calls(struct sock *sk,
			      const struct ksocket_calls *calls)
{
	WRITE_ONCE(sk->sk_data_ready, calls->sk_data_ready);
	WRITE_ONCE(sk->sk_write_space, calls->sk_write_space);
	WRITE_ONCE(sk->sk_state_change, calls->sk_state_change);
	WRITE_ONCE(sk->sk_error_report, calls->sk_error_report);
}

bool ksocket_has_callbacks(const struct sock *sk)
{
	return READ_ONCE(sk->sk_data_ready) == ksocket_data_ready ||
	       READ_ONCE(sk->sk_write_space) == ksocket_write_space ||
	       READ_ONCE(sk->sk_state_change) == ksocket_state_change ||
	       READ_ONCE(sk->sk_error_report) == ksocket_error_report;
}

/*
 * Replaces each function that is ours, and no other: BPF replaces some, and a
 * connection that is created while its listener gets callbacks has a mixture.
 */
static void ksocket_replace_own(struct sock *sk,
				const struct ksocket_calls *by)
{
	if (sk->sk_data_ready == ksocket_data_ready)
		WRITE_ONCE(sk->sk_data_ready, by->sk_data_ready);
	if (sk->sk_write_space == ksocket_write_space)
		WRITE_ONCE(sk->sk_write_space, by->sk_write_space);
	if (sk->sk_state_change == ksocket_state_change)
		WRITE_ONCE(sk->sk_state_change, by->sk_state_change);
	if (sk->sk_error_report == ksocket_error_report)
		WRITE_ONCE(sk->sk_error_report, by->sk_error_report);
}

static int ksocket_hook(struct sock *sk, struct ksocket_hooks *hooks)
{
	int ret = -EBUSY;

	write_lock_bh(&sk->sk_callback_lock);
	hooks->original = ksocket_get_calls(sk);
	/* A function of ours as the original one would call itself. */
	if (!sk->sk_user_data && !ksocket_has_callbacks(sk) &&
	    !ksocket_ulp_reads_user_data(sk)) {
		/* The contents come first: a reader has no lock. */
		smp_wmb();
		WRITE_ONCE(sk->sk_user_data,
			   (void *)((uintptr_t)hooks | SK_USER_DATA_NOCOPY));
		/* Pairs with ksocket_called(). */
		smp_wmb();
		ksocket_set_calls(sk, &ksocket_own_calls);
		ret = 0;
	}
	write_unlock_bh(&sk->sk_callback_lock);
	return ret;
}

/* Returns when no callback runs any more, also if another task removed them. */
static void ksocket_unhook(struct sock *sk)
{
	struct ksocket_hooks *hooks;

	write_lock_bh(&sk->sk_callback_lock);
	hooks = ksocket_hooks(sk);
	if (hooks) {
		ksocket_replace_own(sk, &hooks->original);
		WRITE_ONCE(sk->sk_user_data, NULL);
	}
	write_unlock_bh(&sk->sk_callback_lock);
	synchronize_rcu();
	kfree(hooks);
}

/**
 * ksocket_set_callbacks - set functions that are called on events of a socket
 * @sock: socket
 * @callbacks: the functions, which are copied; NULL to remove them
 * @data: passed to them
 *
 * The functions run in softirq context or in the task that causes the event, in
 * an RCU read-side critical section, on any CPU, also several at a time and
 * before this call returns. error_report may also run in hard interrupt context
 * (time stamps of sent packets). They must not sleep, and must not call
 * functions of ksocket that may sleep or change the callbacks: let them wake a
 * task or queue work. Tasks that sleep in other calls on @sock, and kpoll(),
 * are still woken.
 *
 * They are called when the protocol reports an event, not for what is there
 * already: look at the socket once after setting them. TCP reports space only
 * after a send that found none, SCTP never, and MPTCP not in all kernels: do
 * not rely on write_space there.
 *
 * After removing them, and after kclose(), none of them is running or will run.
 * A socket from kaccept4() does not have those of its listener. While they are
 * set, ksetsockopt() refuses TCP_ULP and SOL_TLS: set these options before, and
 * not while another task is in this call. No other code may use sk_user_data of
 * @sock meanwhile. Do not set callbacks on a TCP listener with SO_REUSEPORT,
 * nor on one whose connections BPF puts into a map before kaccept4(): such a
 * connection may keep functions of ksocket, which must then not be unloaded.
 * May sleep.
 *
 * Return: 0; -ENOTSOCK for a NULL @sock; -EBUSY if it has callbacks, or if the
 * kernel uses the socket in a way that does not permit them; -ENOMEM.
 */
int ksocket_set_callbacks(ksocket_t sock, const struct kcallbacks *callbacks,
			  void *data)
{
	struct ksocket_hooks *hooks;
	int ret;

	if (!sock)
		return -ENOTSOCK;
	if (!callbacks) {
		ksocket_unhook(sock->sk);
		return 0;
	}

	hooks = kcalloc(1, sizeof(*hooks), GFP_KERNEL);
	if (!hooks)
		return -ENOMEM;
	hooks->own = &ksocket_own_calls;
	hooks->callbacks = *callbacks;
	hooks->data = data;
	hooks->sock = sock;
	ret = ksocket_hook(sock->sk, hooks);
	if (ret)
		kfree(hooks);
	return ret;
}
EXPORT_SYMBOL_GPL(ksocket_set_callbacks);

/* For kclose(). */
void ksocket_leave_callbacks(struct socket *sock)
{
	if (sock->sk && ksocket_hooks(sock->sk))
		ksocket_unhook(sock->sk);
}

/* Gives a connection the functions that its listener had before. */
void ksocket_own_callbacks(struct socket *conn, const struct socket *listener)
{
	const struct ksocket_hooks *hooks;
	struct ksocket_calls calls;

	if (!ksocket_has_callbacks(conn->sk))
		return;

	/* Another task may remove them: see all of its changes, or none. */
	read_lock_bh(&listener->sk->sk_callback_lock);
	hooks = ksocket_hooks(listener->sk);
	calls = hooks ? hooks->original : ksocket_get_calls(listener->sk);
	read_unlock_bh(&listener->sk->sk_callback_lock);

	write_lock_bh(&conn->sk->sk_callback_lock);
	ksocket_replace_own(conn->sk, &calls);
	write_unlock_bh(&conn->sk->sk_callback_lock);
}

/*
 * TLS and other protocols above TCP replace the function pointers. Then they
 * could not be put back in another order.
 */
bool ksocket_blocks_callbacks(const struct sock *sk, int level, int optname)
{
	return ksocket_has_callbacks(sk) &&
	       (level == SOL_TLS ||
		(level == IPPROTO_TCP && optname == TCP_ULP));
}
