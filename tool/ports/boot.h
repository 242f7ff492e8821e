/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Helpers of process 1 in a boot that tests a port or measures: files of
 * configfs and sysfs, modules, and blocks whose contents can be checked. What
 * fails is printed, and ends the boot.
 */
#ifndef KSOCKET_PORTS_BOOT_H
#define KSOCKET_PORTS_BOOT_H

#define BLOCK	(256 << 10)

extern char *block;	/* BLOCK bytes, aligned for O_DIRECT */

void prepare(void);
void end(void) __attribute__((noreturn));
void fail(const char *format, ...)
	__attribute__((noreturn, format(printf, 1, 2)));

double now(void);

/*
 * Prints the throughput of the modules plain and ported, and the median,
 * minimum and maximum of its ratio in one round. The rounds begin with the one
 * and the other in turn. round() loads a module, writes and reads these bytes,
 * unloads the module, and returns the seconds of both.
 */
typedef void (*round_fn)(const char *module, double *writing, double *reading);
void compare(const char *plain, const char *ported, double bytes,
	     round_fn round);

void make(const char *path);
void drop(const char *path);
void put(const char *path, const char *text);
void join(const char *target, const char *path);
void cut(const char *path);

void load(const char *name);
void load_with(const char *name, const char *parameters);
void unload(const char *name);

void fill(unsigned long seed);
int is_filled(unsigned long seed);

void no_socket_is_left(void);

#endif /* KSOCKET_PORTS_BOOT_H */
