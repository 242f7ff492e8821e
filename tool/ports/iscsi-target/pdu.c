// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sending and receiving protocol data units of iSCSI
 */

#define _GNU_SOURCE

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "initiator.h"
#include "pdu.h"

void pdu_put32(uint8_t *at, uint32_t value)
{
	value = htonl(value);
	memcpy(at, &value, 4);
}

uint32_t pdu_get32(const uint8_t *at)
{
	uint32_t value;

	memcpy(&value, at, 4);
	return ntohl(value);
}

static size_t padded(size_t size)
{
	return (size + 3) & ~(size_t)3;
}

static int send_all(int sock, struct iovec *part, int count)
{
	while (count) {
		ssize_t sent = writev(sock, part, count);

		if (sent < 0)
			return -1;
		while (count && (size_t)sent >= part->iov_len) {
			sent -= part->iov_len;
			part++;
			count--;
		}
		if (count) {
			part->iov_base = (char *)part->iov_base + sent;
			part->iov_len -= sent;
		}
	}
	return 0;
}

static int receive_all(int sock, void *data, size_t size)
{
	ssize_t got = size ? recv(sock, data, size, MSG_WAITALL) : 0;

	if (got == (ssize_t)size)
		return 0;
	if (got >= 0)
		errno = ECONNRESET;
	return -1;
}

int pdu_send(struct initiator *to, uint8_t *header, const void *data,
	     size_t size)
{
	static uint8_t zeros[4];
	struct iovec parts[] = {
		{ header, HEADER },
		{ (void *)data, size },
		{ zeros, padded(size) - size },
	};

	pdu_put32(header + 4, size);	/* no additional header */
	pdu_put32(header + 28, to->exp_stat_sn);
	return send_all(to->sock, parts, 3);
}

/* Answers a ping of the target; @ping is its header. */
static int answer(struct initiator *to, const uint8_t *ping)
{
	uint8_t header[HEADER] = { NOP_OUT | IMMEDIATE, FINAL };

	if (pdu_get32(ping + 20) == 0xffffffff)
		return 0;	/* it wants no answer */
	memcpy(header + 8, ping + 8, 8);
	pdu_put32(header + 16, 0xffffffff);
	memcpy(header + 20, ping + 20, 4);
	pdu_put32(header + 24, to->cmd_sn);
	return pdu_send(to, header, NULL, 0);
}

/*
 * The next PDU that is no ping. Its data goes to @data, at the offset that
 * DATA_IN names, as far as it fits; the rest is lost.
 */
int pdu_receive(struct initiator *to, uint8_t *header, void *data, size_t size)
{
	size_t length, offset, used;
	uint8_t rest[4096];

	do {
		if (receive_all(to->sock, header, HEADER))
			return -1;
		length = padded(pdu_get32(header + 4) & 0xffffff);
		offset = header[0] == DATA_IN ? pdu_get32(header + 40) : 0;
		used = offset < size ? size - offset : 0;
		if (used > length)
			used = length;
		if (receive_all(to->sock, (char *)data + offset, used))
			return -1;
		for (length -= used; length; length -= used) {
			used = length < sizeof(rest) ? length : sizeof(rest);
			if (receive_all(to->sock, rest, used))
				return -1;
		}
		if (header[0] == NOP_IN && answer(to, header))
			return -1;
	} while (header[0] == NOP_IN);

	/* DATA_IN has a status number only with a status. */
	if (header[0] != DATA_IN || header[1] & HAS_STATUS)
		to->exp_stat_sn = pdu_get32(header + 24) + 1;
	return 0;
}
