/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Declarations shared by the files of /init
 */
#ifndef INIT_H
#define INIT_H

/* init.c: on failure, functions print the reason and return -1 */
int fail(const char *format, ...);
int fail_errno(const char *what);
long now_ms(void);
void sleep_ms(long ms);

/* counters.c */
int put(const char *path, const char *text);	/* -1 with errno */
int remember_sockets(void);
int remember_slabs(void);
int same_counters(long seconds);
int no_leaks(void);

#endif /* INIT_H */
