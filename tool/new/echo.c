// SPDX-License-Identifier: GPL-2.0-only
/*
 * The server: its thread accepts one client at a time and sends back what
 * arrives
 */

#include <linux/err.h>
#include <linux/in.h>
#include <linux/kthread.h>
#include <linux/net.h>
#include <linux/sched.h>
#include <linux/sched/task.h>

#include "kecho.h"

#define KECHO_BACKLOG	5

static int kecho_send_all(ksocket_t client, const char *data, size_t size)
{
	ssize_t sent;

	for (; size; data += sent, size -= sent) {
		sent = ksend(client, data, size, 0);
		if (sent < 0)
			return sent;
	}
	return 0;
}

static void kecho_serve(ksocket_t client)
{
	char buffer[256];
	ssize_t got;

	while ((got = krecv(client, buffer, sizeof(buffer), 0)) > 0)
		if (kecho_send_all(client, buffer, got))
			return;
}

/* False once the server is to stop: the client must not be served then. */
static bool kecho_set_client(struct kecho *server, ksocket_t client)
{
	bool stopping;

	mutex_lock(&server->lock);
	server->client = client;
	stopping = server->stopping;
	mutex_unlock(&server->lock);
	return !stopping;
}

static int kecho_thread(void *data)
{
	struct kecho *server = data;
	ksocket_t client;

	while (!kaccept4(server->listener, NULL, NULL, 0, &client)) {
		if (kecho_set_client(server, client))
			kecho_serve(client);
		kecho_set_client(server, NULL);
		kclose(client);
	}
	return 0;
}

static int kecho_listen(ksocket_t listener, u16 port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int on = 1;
	int ret;

	ret = ksocket_set_reuseaddr(listener, true);
	/* At boot the loopback interface is still down. */
	if (!ret)
		ret = ksetsockopt(listener, IPPROTO_IP, IP_FREEBIND, &on,
				  sizeof(on));
	if (!ret)
		ret = kbind(listener, (struct sockaddr *)&address,
			    sizeof(address));
	if (!ret)
		ret = klisten(listener, KECHO_BACKLOG);
	return ret;
}

static int kecho_run(struct kecho *server)
{
	server->task = kthread_create(kecho_thread, server, "kecho");
	if (IS_ERR(server->task))
		return PTR_ERR(server->task);

	/* It ends on its own after an error of the listener. */
	get_task_struct(server->task);
	wake_up_process(server->task);
	return 0;
}

int kecho_start(struct kecho *server, u16 port)
{
	int ret;

	server->client = NULL;
	server->stopping = false;
	mutex_init(&server->lock);
	server->listener = ksocket(AF_INET, SOCK_STREAM, 0);
	if (!server->listener)
		return -ENOMEM;

	ret = kecho_listen(server->listener, port);
	if (!ret)
		ret = kecho_run(server);
	if (ret)
		kclose(server->listener);
	return ret;
}

/* Wakes the thread wherever it sleeps, and waits for it. */
void kecho_stop(struct kecho *server)
{
	mutex_lock(&server->lock);
	server->stopping = true;
	kshutdown(server->listener, SHUT_RDWR);
	kshutdown(server->client, SHUT_RDWR);
	mutex_unlock(&server->lock);

	kthread_stop(server->task);
	put_task_struct(server->task);
	kclose(server->listener);
}
