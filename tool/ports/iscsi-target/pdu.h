/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Protocol data units of iSCSI (RFC 7143). A call returns 0, or -1 with errno.
 */
#ifndef KSOCKET_PORTS_PDU_H
#define KSOCKET_PORTS_PDU_H

#include <stddef.h>
#include <stdint.h>

struct initiator;

#define HEADER	48

/* The first byte of a PDU; IMMEDIATE means that the command has no number. */
#define IMMEDIATE	0x40
#define NOP_OUT		0x00
#define COMMAND		0x01
#define LOGIN		0x03
#define LOGOUT		0x06
#define NOP_IN		0x20
#define RESPONSE	0x21
#define LOGIN_RESPONSE	0x23
#define DATA_IN		0x25
#define LOGOUT_RESPONSE	0x26

/* The second byte. */
#define FINAL		0x80
#define TRANSIT		0x80
#define READ		0x40
#define WRITE		0x20
#define SIMPLE		0x01
#define HAS_STATUS	0x01

void pdu_put32(uint8_t *at, uint32_t value);
uint32_t pdu_get32(const uint8_t *at);
int pdu_send(struct initiator *to, uint8_t *header, const void *data,
	     size_t size);
int pdu_receive(struct initiator *to, uint8_t *header, void *data, size_t size);

#endif /* KSOCKET_PORTS_PDU_H */
