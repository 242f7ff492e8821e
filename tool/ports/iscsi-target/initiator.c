// SPDX-License-Identifier: GPL-2.0-only
/*
 * A small iSCSI initiator (RFC 7143). Data of a write is sent with the command,
 * so the target must accept 256 KiB as immediate data.
 */

#define _GNU_SOURCE

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "initiator.h"
#include "pdu.h"

#define SECTOR	512

/* The stages of a login. */
#define SECURITY	0
#define OPERATIONAL	1
#define FULL_FEATURE	3

#define CHECK_CONDITION	0x02

static int protocol_error(void)
{
	errno = EPROTO;
	return -1;
}

/* One request of @stage, and the stage that the target goes to. */
static int log_in_once(struct initiator *to, int stage, const char *keys,
		       size_t size)
{
	int next = stage == SECURITY ? OPERATIONAL : FULL_FEATURE;
	uint8_t header[HEADER] = { LOGIN | IMMEDIATE,
				   TRANSIT | stage << 2 | next };
	char text[8192];

	header[8] = 0x80;	/* ISID: any number of ours */
	header[13] = 1;
	memcpy(header + 14, &to->tsih, 2);
	pdu_put32(header + 16, to->tag);
	pdu_put32(header + 24, to->cmd_sn);
	if (pdu_send(to, header, keys, size) ||
	    pdu_receive(to, header, text, sizeof(text)))
		return -1;
	if (header[0] != LOGIN_RESPONSE || header[36])
		return protocol_error();
	memcpy(&to->tsih, header + 14, 2);
	return header[1] & TRANSIT ? header[1] & 3 : stage;
}

static int negotiate(struct initiator *to)
{
	static const char names[] =
		"InitiatorName=iqn.2026-11.org.example:test\0"
		"SessionType=Normal\0"
		"TargetName=" INITIATOR_TARGET "\0"
		"AuthMethod=None";
	static const char keys[] =
		"HeaderDigest=None\0DataDigest=None\0"
		"MaxRecvDataSegmentLength=262144\0"
		"FirstBurstLength=262144\0MaxBurstLength=262144\0"
		"InitialR2T=No\0ImmediateData=Yes\0"
		"MaxConnections=1\0MaxOutstandingR2T=1\0"
		"DefaultTime2Wait=2\0DefaultTime2Retain=0\0"
		"ErrorRecoveryLevel=0\0"
		"DataPDUInOrder=Yes\0DataSequenceInOrder=Yes";
	int stage = log_in_once(to, SECURITY, names, sizeof(names));
	int turn;

	if (stage == OPERATIONAL)
		stage = log_in_once(to, stage, keys, sizeof(keys));
	for (turn = 0; stage == OPERATIONAL && turn < 8; turn++)
		stage = log_in_once(to, stage, NULL, 0);
	if (stage < 0)
		return -1;
	return stage == FULL_FEATURE ? 0 : protocol_error();
}

static int dial(void)
{
	struct sockaddr_in there = {
		.sin_family = AF_INET,
		.sin_port = htons(3260),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int sock = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

	if (sock < 0)
		return -1;
	if (setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) ||
	    connect(sock, (struct sockaddr *)&there, sizeof(there))) {
		close(sock);
		return -1;
	}
	return sock;
}

/* A command whose data goes one way; the status of SCSI, or -1. */
static int command(struct initiator *to, uint8_t flags, const uint8_t *cdb,
		   const void *out, void *in, size_t size)
{
	uint8_t header[HEADER] = { COMMAND, FINAL | SIMPLE | flags };

	pdu_put32(header + 16, ++to->tag);
	pdu_put32(header + 20, size);
	pdu_put32(header + 24, to->cmd_sn++);
	memcpy(header + 32, cdb, 10);
	if (pdu_send(to, header, out, out ? size : 0))
		return -1;
	do {
		if (pdu_receive(to, header, in, in ? size : 0))
			return -1;
		if (header[0] == DATA_IN && header[1] & HAS_STATUS)
			return header[3];
	} while (header[0] == DATA_IN);
	if (header[0] != RESPONSE || header[2])
		return protocol_error();
	return header[3];
}

static int transfer(struct initiator *to, int code, long at, const void *out,
		    void *in, size_t size)
{
	uint8_t cdb[10] = { code };

	pdu_put32(cdb + 2, at / SECTOR);
	cdb[7] = size / SECTOR >> 8;
	cdb[8] = size / SECTOR;
	return command(to, out ? WRITE : READ, cdb, out, in, size) ?
	       protocol_error() : 0;
}

int initiator_write(struct initiator *to, long at, const void *data,
		    size_t size)
{
	return transfer(to, 0x2a, at, data, NULL, size);
}

int initiator_read(struct initiator *to, long at, void *data, size_t size)
{
	return transfer(to, 0x28, at, NULL, data, size);
}

/* The first commands of a session fail, with the news that it has begun. */
static int wait_ready(struct initiator *to)
{
	static const uint8_t test_unit_ready[10];
	int status, turn;

	for (turn = 0; turn < 8; turn++) {
		status = command(to, 0, test_unit_ready, NULL, NULL, 0);
		if (status != CHECK_CONDITION)
			return status > 0 ? protocol_error() : status;
	}
	return protocol_error();
}

int initiator_log_in(struct initiator *to)
{
	*to = (struct initiator){ .sock = dial(), .cmd_sn = 1 };
	if (to->sock < 0)
		return -1;
	if (negotiate(to) || wait_ready(to)) {
		close(to->sock);
		return -1;
	}
	return 0;
}

int initiator_log_out(struct initiator *to)
{
	uint8_t header[HEADER] = { LOGOUT | IMMEDIATE, FINAL };

	pdu_put32(header + 16, ++to->tag);
	pdu_put32(header + 24, to->cmd_sn);
	if (pdu_send(to, header, NULL, 0) || pdu_receive(to, header, NULL, 0))
		return -1;
	close(to->sock);
	return header[0] == LOGOUT_RESPONSE ? 0 : protocol_error();
}
