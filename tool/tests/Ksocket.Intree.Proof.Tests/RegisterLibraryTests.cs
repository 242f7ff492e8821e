// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Booting;
using Ksocket.Intree.Proof.Working;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>The library that passes on the registers for which user-mode Linux has no room, with a tracer instead of a kernel.</summary>
public sealed class RegisterLibraryTests : IDisposable
{
    /// <summary>Writes back the first 1,000 bytes of the extended state of a child, as a kernel with too little room does.</summary>
    private const string Tracer = """
        #include <elf.h>
        #include <errno.h>
        #include <signal.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/ptrace.h>
        #include <sys/uio.h>
        #include <sys/wait.h>
        #include <unistd.h>

        int main(void)
        {
            static char state[1000];
            struct iovec set = { state, sizeof(state) };
            pid_t child = fork();

            if (!child) {
                ptrace(PTRACE_TRACEME, 0, 0, 0);
                raise(SIGSTOP);
                _exit(7);
            }
            waitpid(child, NULL, 0);
            if (ptrace(PTRACE_GETREGSET, child, NT_X86_XSTATE, &set))
                return printf("get: %s\n", strerror(errno)), 1;
            errno = 0;
            long word = ptrace(PTRACE_PEEKUSER, child, 0, 0);
            if (errno)
                return printf("peek: %s\n", strerror(errno)), 1;
            if (ptrace(PTRACE_SETREGSET, child, NT_X86_XSTATE, &set)) {
                printf("set: %s\n", strerror(errno));
            } else {
                int status;

                ptrace(PTRACE_CONT, child, 0, 0);
                waitpid(child, &status, 0);
                printf("the child exited with %d, word %s\n", WEXITSTATUS(status), word == -1 ? "lost" : "read");
            }
            kill(child, SIGKILL);
            return 0;
        }
        """;

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_part_of_the_registers_is_completed()
    {
        Assert.SkipUnless(
            File.ReadLines("/proc/cpuinfo").Any(line => line.StartsWith("flags", StringComparison.Ordinal) && line.Contains(" avx512f")),
            "skipped: the registers of this CPU fit into 1,000 bytes");
        using var log = new ProofLog(_temp.PathOf("log"));
        var library = CompiledSources.Compile(_temp.Root, "preload/", "xstate", ["-shared", "-fPIC"], "", log);
        File.WriteAllText(_temp.PathOf("tracer.c"), Tracer);
        Assert.True(new Child("gcc", ["-o", _temp.PathOf("tracer"), _temp.PathOf("tracer.c")]).Run().Succeeded);
        Assert.Equal("set: Bad address\n", Trace(null));
        Assert.Equal("the child exited with 7, word read\n", Trace(library));
    }

    private string Trace(string? library) => new Child(_temp.PathOf("tracer"), [])
    {
        Environment = new Dictionary<string, string?> { ["LD_PRELOAD"] = library },
    }.Run().Output.ToString();
}
