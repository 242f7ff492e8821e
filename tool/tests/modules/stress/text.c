// SPDX-License-Identifier: GPL-2.0-only
/*
 * Converts almost valid text to addresses, and back
 */

#include <linux/err.h>
#include <linux/in.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "stress.h"

/* A buffer of the exact size, so that KASAN reports any overread. */
static char *draw_text(struct draw *draw)
{
	static const char *const starts[] = { "", "127.0.0.1", "[::1]:80",
					      "10.0.0.1:65535", "fe80::1%",
					      "[fe80::1%2]:", "1.2.3." };
	static const char letters[] = "0123456789.:[]%abcdefx -";
	char text[96];
	size_t length;
	u32 more;

	if (draw_one_in(draw, 24))
		return NULL;
	length = strscpy(text, starts[draw_below(draw, ARRAY_SIZE(starts))],
			 sizeof(text));
	for (more = draw_below(draw, draw_one_in(draw, 4) ? 80 : 4); more; more--)
		text[length++] = letters[draw_below(draw, sizeof(letters) - 1)];
	text[length] = '\0';
	return kstrdup(text, GFP_KERNEL);
}

static long call_inet_addr(struct draw *draw)
{
	char *text = draw_text(draw);
	__be32 address = inet_addr(text);

	kfree(text);
	return address == htonl(INADDR_NONE) ? -EINVAL : 0;
}

static long call_inet_ntoa(struct draw *draw)
{
	struct in_addr address;
	char *text;

	draw_bytes(draw, &address, sizeof(address));
	text = inet_ntoa(draw_one_in(draw, 8) ? NULL : &address);
	kfree(text);
	return text ? 0 : -EFAULT;
}

static long call_pton(struct draw *draw)
{
	size_t size = draw_below(draw, 20);
	void *address = kmalloc(size, GFP_KERNEL);
	char *text = draw_text(draw);
	int ret;

	ret = ksocket_pton(draw_family(draw), text,
			   draw_one_in(draw, 16) ? NULL : address, size);
	kfree(text);
	kfree(address);
	return ret;
}

static void check_text(const char *call, int ret, const char *text, size_t size)
{
	if (ret >= 0 && (ret >= size || strnlen(text, size) != ret))
		broken(call, ret);
}

static long call_ntop(struct draw *draw)
{
	size_t size = draw_below(draw, 70);
	char *text = kmalloc(size, GFP_KERNEL);
	u8 address[16];
	int ret;

	draw_bytes(draw, address, sizeof(address));
	ret = ksocket_ntop(draw_family(draw),
			   draw_one_in(draw, 16) ? NULL : address,
			   draw_one_in(draw, 16) ? NULL : text, size);
	check_text("ksocket_ntop", ret, text, size);
	kfree(text);
	return ret;
}

static long call_name_pton(struct draw *draw)
{
	int room = draw_below(draw, 40);
	int len = draw_one_in(draw, 12) ? -1 - (int)draw_below(draw, 99) : room;
	void *name = kmalloc(room, GFP_KERNEL);
	char *text = draw_text(draw);
	int ret;

	ret = ksocket_name_pton(text, draw_one_in(draw, 16) ? NULL : name,
				draw_one_in(draw, 16) ? NULL : &len);
	kfree(text);
	kfree(name);
	return ret;
}

static long call_name_ntop(struct draw *draw)
{
	size_t size = draw_below(draw, 80);
	char *text = kmalloc(size, GFP_KERNEL);
	struct sockaddr_storage name;
	int len, ret;

	draw_name(draw, &name, &len);
	ret = ksocket_name_ntop(draw_one_in(draw, 16) ? NULL :
				(struct sockaddr *)&name, len,
				draw_one_in(draw, 16) ? NULL : text, size);
	check_text("ksocket_name_ntop", ret, text, size);
	kfree(text);
	return ret;
}

const struct kind text_kinds[] = {
	{ "inet_addr", call_inet_addr },
	{ "inet_ntoa", call_inet_ntoa },
	{ "ksocket_pton", call_pton },
	{ "ksocket_ntop", call_ntop },
	{ "ksocket_name_pton", call_name_pton },
	{ "ksocket_name_ntop", call_name_ntop },
	{ }
};
