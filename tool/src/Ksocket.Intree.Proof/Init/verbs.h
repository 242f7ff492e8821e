/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commands of a boot script, by file, and helpers
 *
 * A command returns 0, or -1 after a call of fail() with the reason.
 */

#ifndef VERBS_H
#define VERBS_H

/* init.c */
int fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
int fail_errno(const char *what);
long now_ms(void);
void sleep_ms(long ms);
int number(const char *text, long *value);

/* log.c */
int expect(char *arguments);

/* module.c */
int load(const char *path);
int unload(const char *name);

/* net.c */
int bring_lo_up(void);
int released(const char *seconds);

/* lockdep.c */
int ask_lockdep(void);

/* leaks.c */
int find_leaks(void);

#endif
