// SPDX-License-Identifier: GPL-2.0-only
/*
 * TCP in network namespaces that are created and removed
 *
 * A process in a new namespace writes the action to the parameter "act". The
 * results are checked when the namespace is removed: the time until then, and
 * the state of the sockets that are still open.
 */

#define pr_fmt(fmt) "namespaces: " fmt

#include <linux/in.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/net.h>
#include <linux/nsproxy.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/socket.h>
#include <linux/string.h>
#include <net/ksocket.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>

#define BYTES	1000		/* fits into one segment */
#define RETRIES	3		/* of an orphan, after 200, 400... ms */
#define LOST_MS	2000		/* minimum time of an orphan */
#define STAY_MS	60000		/* maximum time of one */

enum plan {
	NONE,
	RESET_LATE,	/* reset on exit, after the interfaces are gone */
	RESET_EARLY,	/* reset on exit, while lo is up */
	ABANDONED,	/* closed with data that cannot arrive */
	ENTRUSTED,	/* closed with data that arrives later */
	PLANS
};

static const char *const plan_names[PLANS] = {
	"nothing", "reset late", "reset early", "abandoned", "entrusted"
};

/* In each namespace; freed after the last exit. */
struct place {
	enum plan plan;
	unsigned long since;
	ksocket_t listener, client, conn;
};

static unsigned int place_id;
static char buffer[4096];	/* zeros; the received data is not checked */

/* Exits are serialized, and so are writes to a parameter. */
static unsigned int inits, exits, met[PLANS], ended[PLANS];
static unsigned int shortest[PLANS], longest[PLANS];
static atomic_t mistakes = ATOMIC_INIT(0);

static void mistake(enum plan plan, const char *what, long value)
{
	atomic_inc(&mistakes);
	pr_err("mistake: %s: %s: %ld\n", plan_names[plan], what, value);
}

static int meet(struct net *net, struct place *place)
{
	struct sockaddr_in name = { .sin_family = AF_INET };
	int len = sizeof(name);
	int ret;

	name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ret = ksocket_create(net, AF_INET, SOCK_STREAM, 0, &place->listener);
	if (!ret)
		ret = kbind(place->listener, (struct sockaddr *)&name, len);
	if (!ret)
		ret = klisten(place->listener, 8);
	if (!ret)
		ret = kgetsockname(place->listener, (struct sockaddr *)&name,
				   &len);
	if (!ret)
		ret = ksocket_create(net, AF_INET, SOCK_STREAM, 0,
				     &place->client);
	if (!ret)
		ret = kconnect(place->client, (struct sockaddr *)&name, len);
	if (!ret)
		ret = kaccept4(place->listener, NULL, NULL, 0, &place->conn);
	return ret;
}

/* Sends until the receive window and the send buffer are full. */
static int fill(ksocket_t sock)
{
	ssize_t sent;

	do
		sent = ksend(sock, buffer, sizeof(buffer), MSG_DONTWAIT);
	while (sent > 0);
	return sent == -EAGAIN ? 0 : sent;
}

/* Returns the bytes read; @end is the result of the last krecv(). */
static long drain(ksocket_t sock, long *end)
{
	static char dump[sizeof(buffer)];
	long bytes = 0;

	for (;;) {
		*end = krecv(sock, dump, sizeof(dump), MSG_DONTWAIT);
		if (*end <= 0)
			return bytes;
		bytes += *end;
	}
}

static void close_one(ksocket_t *sock)
{
	kclose(*sock);
	*sock = NULL;
}

static int send_and_close(ksocket_t *sock)
{
	ssize_t sent = ksend(*sock, buffer, BYTES, MSG_DONTWAIT);

	close_one(sock);
	return sent == BYTES ? 0 : -EIO;
}

/*
 * A process may keep a file longer than the namespace exists, so a socket must
 * hold it. Runs in a task of a process: kclose() must close the file at once,
 * as the namespace would else not be removed.
 */
static void check_files(struct net *net)
{
	ksocket_t sock;
	int ret;

	if (!ksocket_create(net, AF_INET, SOCK_STREAM, 0, &sock)) {
		ret = ksocket_add_file(&sock);
		if (ret != -EOPNOTSUPP || sock)
			mistake(NONE, "a file without a reference", ret);
	}
	if (!ksocket_create_held(net, AF_INET, SOCK_STREAM, 0, &sock)) {
		ret = ksocket_add_file(&sock);
		if (ret)
			mistake(NONE, "no file with a reference", ret);
		kclose(sock);
	}
}

static int begin(struct net *net, struct place *place, enum plan plan)
{
	int ret = 0;

	switch (plan) {
	case RESET_LATE:
	case RESET_EARLY:
		ret = fill(place->client);
		break;
	case ABANDONED:
		net->ipv4.sysctl_tcp_orphan_retries = RETRIES;
		ret = send_and_close(&place->client);
		if (!ret)
			ret = send_and_close(&place->conn);
		close_one(&place->listener);
		break;
	case ENTRUSTED:
		ret = send_and_close(&place->client);
		break;
	default:
		return -EINVAL;
	}
	if (ret)
		return ret;
	place->plan = plan;
	place->since = jiffies;
	met[plan]++;
	return 0;
}

static int judge(void)
{
	enum plan plan;

	for (plan = RESET_LATE; plan < PLANS; plan++) {
		pr_info("%s: %u namespaces, %u removed, after %u to %u ms\n",
			plan_names[plan], met[plan], ended[plan],
			shortest[plan], longest[plan]);
		if (met[plan] != ended[plan])
			mistake(plan, "not removed",
				(long)met[plan] - ended[plan]);
	}
	/* The initial namespace has no exit. */
	pr_info("%u inits, %u exits, %d mistakes\n", inits - 1, exits,
		atomic_read(&mistakes));
	return inits - 1 == exits && !atomic_read(&mistakes) ? 0 : -EBADE;
}

static int act(const char *text, const struct kernel_param *unused)
{
	struct net *net = current->nsproxy->net_ns;
	struct place *place = net_generic(net, place_id);
	char word[16];
	enum plan plan;

	strscpy(word, text, sizeof(word));
	strim(word);
	if (!strcmp(word, "judge"))
		return judge();
	if (net == &init_net || place->plan)
		return -EBUSY;
	if (!strcmp(word, "meet")) {
		check_files(net);
		return meet(net, place);
	}
	for (plan = RESET_LATE; plan < PLANS; plan++)
		if (!strcmp(word, plan_names[plan]))
			return place->conn ? begin(net, place, plan) : -ENOTCONN;
	return -EINVAL;
}

static const struct kernel_param_ops act_ops = { .set = act };
module_param_cb(act, &act_ops, NULL, 0200);
MODULE_PARM_DESC(act, "what to do in the namespace of the writer");

static void close_all(struct place *place)
{
	close_one(&place->client);
	close_one(&place->conn);
	close_one(&place->listener);
}

/*
 * The peer must receive the reset at once. Poll before reading: a read sends a
 * window update, which a closed peer would also answer with a reset.
 */
static void reset_early(struct place *place)
{
	struct kpollfd peer = { .sock = place->conn };
	long bytes, end;

	close_one(&place->client);
	if (kpoll(&peer, 1, 0) != 1 || !(peer.revents & POLLERR))
		mistake(RESET_EARLY, "the peer received no reset", peer.revents);
	bytes = drain(place->conn, &end);
	if (!bytes || end != -ECONNRESET)
		mistake(RESET_EARLY, "no -ECONNRESET", end);
	close_all(place);
}

static void check_time(enum plan plan, unsigned int ms)
{
	if (!ended[plan] || ms < shortest[plan])
		shortest[plan] = ms;
	if (ms > longest[plan])
		longest[plan] = ms;
	ended[plan]++;
	if (plan == ABANDONED && ms < LOST_MS)
		mistake(plan, "removed too early, ms", ms);
	if (ms > STAY_MS)
		mistake(plan, "removed too late, ms", ms);
}

static int __net_init place_init(struct net *net)
{
	inits++;
	return 0;
}

static void __net_exit place_exit(struct net *net)
{
	struct place *place = net_generic(net, place_id);
	long bytes, end;

	if (net == &init_net)	/* on module unload */
		return;
	exits++;
	if (place->plan == ENTRUSTED) {
		bytes = drain(place->conn, &end);
		if (bytes != BYTES || end)
			mistake(ENTRUSTED, "not delivered", bytes);
	}
	close_all(place);
}

static struct pernet_operations place_ops = {
	.init = place_init,
	.exit = place_exit,
	.id = &place_id,
	.size = sizeof(struct place),
};

/* Runs before the interfaces are removed. */
static void __net_exit early_exit(struct net *net)
{
	struct place *place = net_generic(net, place_id);

	if (!place->plan)
		return;
	check_time(place->plan, jiffies_to_msecs(jiffies - place->since));
	if (place->plan == RESET_EARLY)
		reset_early(place);
}

static struct pernet_operations early_ops = {
	.exit = early_exit,
};

static int __init namespaces_init(void)
{
	int ret;

	ret = register_pernet_subsys(&place_ops);
	if (ret)
		return ret;
	ret = register_pernet_device(&early_ops);
	if (ret)
		unregister_pernet_subsys(&place_ops);
	return ret;
}

static void __exit namespaces_exit(void)
{
	unregister_pernet_device(&early_ops);
	unregister_pernet_subsys(&place_ops);
}

module_init(namespaces_init);
module_exit(namespaces_exit);
MODULE_DESCRIPTION("Test: TCP through ksocket in namespaces that are removed");
MODULE_LICENSE("GPL");
