// SPDX-License-Identifier: GPL-2.0-only
/*
 * ptrace() for user-mode Linux on a CPU with more registers than it has room for
 *
 * PTRACE_SETREGSET takes the whole extended state of the CPU or nothing
 * (EFAULT). UML up to 6.12 stores 2,696 bytes of it, HOST_FP_SIZE of
 * arch/x86/um/user-offsets.c; with AMX the state is larger. The missing end is
 * read from the traced process and passed on unchanged. Preloaded into the
 * kernel, which calls ptrace() of libc.
 */

#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* Larger than the state of any x86 CPU: with AMX it has 11,008 bytes. */
static char whole[65536] __attribute__((aligned(64)));

static long set_registers(long pid, void *set, const struct iovec *part)
{
	struct iovec all = { whole, sizeof(whole) };

	if (syscall(SYS_ptrace, (long)PTRACE_GETREGSET, pid, set, &all) < 0)
		return -1;
	if (part->iov_len >= all.iov_len) {
		errno = EFAULT;
		return -1;
	}
	memcpy(whole, part->iov_base, part->iov_len);
	return syscall(SYS_ptrace, (long)PTRACE_SETREGSET, pid, set, &all);
}

long ptrace(enum __ptrace_request request, ...)
{
	va_list arguments;
	void *address, *data;
	long pid, word, result;

	va_start(arguments, request);
	pid = va_arg(arguments, pid_t);
	address = va_arg(arguments, void *);
	data = va_arg(arguments, void *);
	va_end(arguments);

	/* The system call stores the word; the function of libc returns it. */
	if (request == PTRACE_PEEKTEXT || request == PTRACE_PEEKDATA ||
	    request == PTRACE_PEEKUSER) {
		errno = 0;
		result = syscall(SYS_ptrace, (long)request, pid, address, &word);
		return result < 0 ? result : word;
	}

	result = syscall(SYS_ptrace, (long)request, pid, address, data);
	if (result < 0 && errno == EFAULT && request == PTRACE_SETREGSET &&
	    (long)address == NT_X86_XSTATE)
		result = set_registers(pid, address, data);
	return result;
}
