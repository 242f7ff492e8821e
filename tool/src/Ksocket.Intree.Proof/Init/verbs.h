/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commands of a boot script, by file, and helpers
 *
 * A command returns 0, or -1 after a call of fail() with the reason.
 */

#ifndef VERBS_H
#define VERBS_H

/* base.c */
int fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
int fail_errno(const char *what);
long now_ms(void);
void sleep_ms(long ms);
int number(const char *text, long *value);
const char *why(void);		/* the reason of the last fail() */

/* log.c */
int expect(char *arguments);

/* module.c */
int load(char *arguments);
int unload(const char *name);

/* net.c */
int bring_lo(const char *argument);
int released(const char *seconds);

/* file.c */
int put(const char *path, const char *text);	/* -1 with errno */
int put_text(char *arguments);

/* apart.c */
int apart(char *lines, int (*carry_out)(char *line));

/* counters.c */
int remember_sockets(void);
int remember_slabs(void);
int same_counters(const char *seconds);

/* lockdep.c */
int ask_lockdep(void);

/* leaks.c */
int find_leaks(void);

#endif
