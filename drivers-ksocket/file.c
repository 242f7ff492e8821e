// SPDX-License-Identifier: GPL-2.0-only
/*
 * A file for a socket, for interfaces of the kernel that need one
 */

#include <linux/err.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/net.h>
#include <linux/sched.h>
#include <linux/workqueue.h>
#include <net/ksocket.h>
#include <net/net_namespace.h>
#include <net/sock.h>

#include "internal.h"

static int ksocket_check_file(const struct sock *sk)
{
	if (ksocket_has_callbacks(sk))
		return -EBUSY;
	if (!sk->sk_net_refcnt && !net_eq(sock_net(sk), &init_net))
		return -EOPNOTSUPP;
	return 0;
}

/* Closes @sock on failure, as sock_alloc_file() does. */
static int ksocket_open_file(struct socket *sock)
{
	struct sock *sk = sock->sk;
	struct file *file;

	if (!sk->sk_net_refcnt)
		ksocket_hold_net(sk);

	sock_hold(sk);
	file = sock_alloc_file(sock, 0, NULL);
	if (IS_ERR(file))
		ksocket_leave_reclaim(sk);
	sock_put(sk);
	return PTR_ERR_OR_ZERO(file);
}

/**
 * ksocket_add_file - give a socket a file
 * @sock: points to a socket without callbacks; set to NULL on failure, which
 *	closes the socket
 *
 * For interfaces that pass a socket to a process, such as the TLS handshake of
 * <net/handshake.h>: they use the file of struct socket, which belongs to the
 * socket. From now on the socket holds a reference to its network namespace,
 * and kclose() ends the connection only when no process has the file open any
 * more. Has no effect if the socket has a file. May sleep.
 *
 * Return: 0; -EFAULT for a NULL pointer; -ENOTSOCK for a NULL socket; -EBUSY if
 * it has callbacks: set them afterwards; -EOPNOTSUPP if it is in another
 * namespace than the initial one and does not hold it, see
 * ksocket_create_held(); -ENFILE; -ENOMEM.
 */
int ksocket_add_file(ksocket_t *sock)
{
	int ret;

	if (!sock)
		return -EFAULT;
	if (!*sock)
		return -ENOTSOCK;
	if ((*sock)->file)
		return 0;

	ret = ksocket_check_file((*sock)->sk);
	if (ret)
		kclose(*sock);
	else
		ret = ksocket_open_file(*sock);
	if (ret)
		*sock = NULL;
	return ret;
}
EXPORT_SYMBOL_GPL(ksocket_add_file);

struct ksocket_put {
	struct work_struct work;
	struct file *file;
};

static void ksocket_put_work(struct work_struct *work)
{
	__fput_sync(container_of(work, struct ksocket_put, work)->file);
}

/*
 * The task of a process would close the file only when it returns to user mode,
 * and some kernels permit __fput_sync() in kernel threads only.
 */
static void ksocket_put_file(struct file *file)
{
	struct ksocket_put put = { .file = file };

	if (current->flags & PF_KTHREAD) {
		__fput_sync(file);
		return;
	}
	INIT_WORK_ONSTACK(&put.work, ksocket_put_work);
	schedule_work(&put.work);
	flush_work(&put.work);
	destroy_work_on_stack(&put.work);
}

/* Releases @sock, or its file if it has one. */
void ksocket_release(struct socket *sock)
{
	if (sock->file)
		ksocket_put_file(sock->file);
	else
		sock_release(sock);
}
