/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A small iSCSI initiator (RFC 7143): one session with one connection, one
 * command at a time. A call returns 0, or -1 with errno.
 */
#ifndef KSOCKET_PORTS_INITIATOR_H
#define KSOCKET_PORTS_INITIATOR_H

#include <stddef.h>
#include <stdint.h>

#define INITIATOR_TARGET	"iqn.2026-11.org.example:disk"

struct initiator {
	int sock;
	uint16_t tsih;		/* of the session, network byte order */
	uint32_t tag;		/* of the last task */
	uint32_t cmd_sn;
	uint32_t exp_stat_sn;
};

int initiator_log_in(struct initiator *to);
int initiator_log_out(struct initiator *to);
int initiator_write(struct initiator *to, long at, const void *data,
		    size_t size);
int initiator_read(struct initiator *to, long at, void *data, size_t size);

#endif /* KSOCKET_PORTS_INITIATOR_H */
