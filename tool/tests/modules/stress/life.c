// SPDX-License-Identifier: GPL-2.0-only
/*
 * Creates, connects, shuts down and closes sockets in any order
 */

#include <linux/err.h>
#include <linux/in.h>
#include <net/net_namespace.h>

#include "stress.h"

/* Raw sockets and other families are created and closed, but not used. */
static bool is_for_pool(int family, int type)
{
	if (type != SOCK_STREAM && type != SOCK_DGRAM)
		return type == SOCK_SEQPACKET && family == AF_UNIX;
	return family == AF_INET || family == AF_INET6 || family == AF_UNIX;
}

static int draw_type(struct draw *draw)
{
	static const int usual[] = { SOCK_STREAM, SOCK_STREAM, SOCK_DGRAM,
				     SOCK_SEQPACKET, SOCK_RAW };

	if (draw_one_in(draw, 16))
		return draw_number(draw);
	return usual[draw_below(draw, ARRAY_SIZE(usual))];
}

static int draw_protocol(struct draw *draw)
{
	return draw_one_in(draw, 12) ? draw_number(draw) : 0;
}

static void keep(struct draw *draw, int family, int type, ksocket_t sock)
{
	if (is_for_pool(family, type))
		pool_add(draw, sock);
	else
		kclose(sock);
}

static long call_ksocket(struct draw *draw)
{
	int family = draw_family(draw);
	int type = draw_type(draw);
	ksocket_t sock;

	sock = ksocket(family, type, draw_protocol(draw));
	if (IS_ERR(sock)) {
		broken("ksocket", PTR_ERR(sock));
		return -EBADE;
	}
	keep(draw, family, type, sock);
	return sock ? 0 : -ENOENT;
}

static long call_ksocket_create(struct draw *draw)
{
	struct net *net = draw_one_in(draw, 16) ? NULL : &init_net;
	bool room = !draw_one_in(draw, 16);
	int family = draw_family(draw);
	int type = draw_type(draw);
	ksocket_t sock = ERR_PTR(-EBADE);
	int ret;

	ret = ksocket_create(net, family, type, draw_protocol(draw),
			     room ? &sock : NULL);
	if (!room)
		return ret;
	if (ret ? !!sock : IS_ERR_OR_NULL(sock)) {
		broken("ksocket_create", ret);
		return -EBADE;
	}
	keep(draw, family, type, sock);
	return ret;
}

static long call_ksocket_create_held(struct draw *draw)
{
	struct net *net = draw_one_in(draw, 16) ? NULL : &init_net;
	int family = draw_family(draw);
	int type = draw_type(draw);
	ksocket_t sock = ERR_PTR(-EBADE);
	int ret;

	ret = ksocket_create_held(net, family, type, draw_protocol(draw), &sock);
	if (ret ? !!sock : IS_ERR_OR_NULL(sock)) {
		broken("ksocket_create_held", ret);
		return -EBADE;
	}
	keep(draw, family, type, sock);
	return ret;
}

static long call_ksocket_add_file(struct draw *draw)
{
	const struct kcallbacks none = { };
	int family = draw_family(draw);
	int type = draw_type(draw);
	ksocket_t sock;
	int ret;

	if (draw_one_in(draw, 16))
		return ksocket_add_file(NULL);
	sock = ksocket(family, type, 0);
	if (draw_one_in(draw, 8))
		ksocket_set_callbacks(sock, &none, NULL);
	ret = ksocket_add_file(&sock);
	if (ret ? !!sock : !sock) {
		broken("ksocket_add_file", ret);
		return -EBADE;
	}
	keep(draw, family, type, sock);
	return ret;
}

static long call_ksocketpair(struct draw *draw)
{
	int family = draw_one_in(draw, 4) ? draw_family(draw) : AF_UNIX;
	ksocket_t pair[2] = { ERR_PTR(-EBADE), ERR_PTR(-EBADE) };
	bool room = !draw_one_in(draw, 16);
	int type = draw_type(draw);
	int ret;

	ret = ksocketpair(family, type, draw_protocol(draw),
			  room ? pair : NULL);
	if (!room)
		return ret;
	if (ret ? pair[0] || pair[1] :
		  IS_ERR_OR_NULL(pair[0]) || IS_ERR_OR_NULL(pair[1])) {
		broken("ksocketpair", ret);
		return -EBADE;
	}
	keep(draw, family, type, pair[0]);
	keep(draw, family, type, pair[1]);
	return ret;
}

static long call_klisten(struct draw *draw)
{
	struct held *held = pool_get(draw);
	int ret;

	ret = klisten(pool_sock(held), draw_number(draw));
	pool_put(held);
	return ret;
}

static long call_kshutdown(struct draw *draw)
{
	struct held *held = pool_get(draw);
	int how = draw_one_in(draw, 8) ? draw_number(draw) :
					 (int)draw_below(draw, 3);
	int ret;

	ret = kshutdown(pool_sock(held), how);
	pool_put(held);
	return ret;
}

static long call_kclose(struct draw *draw)
{
	if (draw_one_in(draw, 8))
		return kclose(NULL);
	pool_drop(draw);
	return 0;
}

/* Connects a client to a listener, which random calls rarely do. */
static long meet(struct draw *draw, bool with_errno)
{
	struct sockaddr_in name = { .sin_family = AF_INET };
	struct sockaddr *address = (struct sockaddr *)&name;
	ksocket_t listener = ksocket(AF_INET, SOCK_STREAM, 0);
	ksocket_t client = ksocket(AF_INET, SOCK_STREAM, 0);
	ksocket_t conn = NULL;
	int len = sizeof(name);
	int ret = -ENOENT;

	name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (!kbind(listener, address, len) && !klisten(listener, 4) &&
	    !kgetsockname(listener, address, &len) &&
	    !kconnect(client, address, len)) {
		if (with_errno)
			ret = kaccept4(listener, address, &len, 0, &conn);
		else
			conn = kaccept(listener, NULL, NULL);
	}
	if (with_errno && !ret != !!conn)
		broken("kaccept4", ret);
	pool_add(draw, listener);
	pool_add(draw, client);
	pool_add(draw, conn);
	return conn ? 0 : -ENOENT;
}

static long call_kaccept4(struct draw *draw)
{
	struct sockaddr_storage name;
	int len = draw_one_in(draw, 4) ? draw_number(draw) : sizeof(name);
	int flags = draw_one_in(draw, 12) ? draw_number(draw) : 0;
	bool room = !draw_one_in(draw, 16);
	ksocket_t conn = ERR_PTR(-EBADE);
	struct held *held;
	int ret;

	if (draw_one_in(draw, 3))
		return meet(draw, true);
	held = pool_get(draw);
	ret = kaccept4(pool_sock(held), draw_one_in(draw, 3) ? NULL :
		       (struct sockaddr *)&name,
		       draw_one_in(draw, 16) ? NULL : &len, flags,
		       room ? &conn : NULL);
	pool_put(held);
	if (!room)
		return ret;
	if (ret ? !!conn : IS_ERR_OR_NULL(conn)) {
		broken("kaccept4", ret);
		return -EBADE;
	}
	pool_add(draw, conn);
	return ret;
}

static long call_kaccept(struct draw *draw)
{
	struct sockaddr_storage name;
	int len = draw_one_in(draw, 4) ? draw_number(draw) : sizeof(name);
	struct held *held = pool_get(draw);
	ksocket_t conn;

	if (draw_one_in(draw, 3)) {
		pool_put(held);
		return meet(draw, false);
	}
	conn = kaccept(pool_sock(held), draw_one_in(draw, 3) ? NULL :
		       (struct sockaddr *)&name,
		       draw_one_in(draw, 16) ? NULL : &len);
	pool_put(held);
	if (IS_ERR(conn)) {
		broken("kaccept", PTR_ERR(conn));
		return -EBADE;
	}
	pool_add(draw, conn);
	return conn ? 0 : -ENOENT;
}

const struct kind life_kinds[] = {
	{ "ksocket", call_ksocket },
	{ "ksocket_create", call_ksocket_create },
	{ "ksocket_create_held", call_ksocket_create_held },
	{ "ksocket_add_file", call_ksocket_add_file },
	{ "ksocketpair", call_ksocketpair },
	{ "klisten", call_klisten },
	{ "kshutdown", call_kshutdown },
	{ "kclose", call_kclose },
	{ "kaccept", call_kaccept },
	{ "kaccept4", call_kaccept4 },
	{ }
};
