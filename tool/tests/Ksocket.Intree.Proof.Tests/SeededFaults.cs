// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>Faults that a proof must find. Add a row for each new kind of fault.</summary>
public static class SeededFaults
{
    private const string Accept = "drivers/ksocket/accept.c";
    private const string Socket = "drivers/ksocket/socket.c";
    private const string KernelAccept = "ret = kernel_accept(sock, conn, flags ? O_NONBLOCK : 0);";
    private const string Licence = "MODULE_LICENSE(\"GPL\");";
    private const string Listen = "\treturn kernel_listen(sock, min_t(unsigned int, backlog, limit));";
    private const string Release = "\tksocket_release(sock);\n\treturn 0;";

    /// <summary>__sys_shutdown_sock() is declared in include/linux/socket.h, but not exported.</summary>
    public static Edit NotExported { get; } = new(
        Socket,
        "return kernel_sock_shutdown(sock, how);",
        "return __sys_shutdown_sock(sock, how);");

    public static ImmutableArray<SeededFault> All { get; } =
    [
        new("A call with an argument too few is named with file and line", Form.BuiltIn, StepKind.Build,
            Accept + ":{line}:15: error: too few arguments to function 'kernel_accept'", "kernel_accept is a requirement",
            new Edit(Accept, KernelAccept, "ret = kernel_accept(sock, conn);")),
        new("A dependency that is off forces the driver off", Form.BuiltIn, StepKind.Configure,
            "kconfig dropped CONFIG_KSOCKET=y; .config has no such line",
            "drivers/ksocket/Kconfig:3: KSOCKET depends on INET && BROKEN; not set: BROKEN",
            new Edit("drivers/ksocket/Kconfig", "depends on INET", "depends on INET && BROKEN")),
        new("A file that the Makefile forgot is undefined in the image", Form.BuiltIn, StepKind.Build,
            "undefined reference to `ksocket_ulp'", "nothing in this kernel defines ksocket_ulp",
            new Edit("drivers/ksocket/Makefile", " mark.o", "")),
        new("A NULL argument passed on is an oops", Form.BuiltIn, StepKind.Verdict,
            "the kernel reported: ", "the kernel dereferenced a NULL or bad pointer",
            new Edit(Accept, KernelAccept, "ret = kernel_accept(sock, NULL, 0);")),
        new("An initcall that loops silently is a timeout", Form.BuiltIn, StepKind.Verdict,
            "the boot did not end; its last line was: ", "something hangs",
            Initcall("for (;;)\n\t\tcpu_relax();")) { Limits = Impatient(10) },
        new("A kernel that powers off silently is no pass", Form.BuiltIn, StepKind.Verdict,
            "the boot ended early; its last line was: ", "crashed without a message",
            new Edit(Socket,
                "#include <linux/net.h>",
                "#include <linux/net.h>\n#include <linux/reboot.h>"), Initcall("kernel_power_off();")),
        new("A KUnit case that fails is named with what it expected", Form.Tests, StepKind.Verdict,
            "KUnit: not ok ", "accepting_with_flags_is_refused",
            new Edit(Accept, "? -EINVAL : -EOPNOTSUPP;", "? -EINVAL : -EINVAL;")),
        new("A name written without asking for the room overruns its canary", Form.Tests, StepKind.Verdict,
            "KUnit: not ok ", "accepting_names_the_peer_of_ipv4: EXPECTATION FAILED",
            new Edit("drivers/ksocket/name.c",
                "memcpy(address, name, min3(*address_len, name_len, (int)sizeof(*name)));",
                "memcpy(address, name, sizeof(*name));")),
        new("A socket closed by its protocol and by the kernel is released twice", Form.Tests, StepKind.Verdict,
            "KUnit: not ok ", "closing_releases_the_socket_once",
            new Edit(Socket, Release, "\tREAD_ONCE(sock->ops)->release(sock);\n" + Release)),
        new("Flags of a send that go nowhere are missed", Form.Tests, StepKind.Verdict,
            "KUnit: not ok ", "the_mark_is_where_the_urgent_byte_was_sent",
            new Edit("drivers/ksocket/transfer.c",
                "msg.msg_flags = ksocket_quiet(sock->sk, flags);",
                "msg.msg_flags = ksocket_quiet(sock->sk, 0);")),
        new("Flags of a receive that go nowhere are missed", Form.Tests, StepKind.Verdict,
            "KUnit: not ok ", "peeking_leaves_the_bytes",
            new Edit("drivers/ksocket/transfer.c",
                "kernel_recvmsg(sock, msg, &vec, 1, vec.iov_len, flags);",
                "kernel_recvmsg(sock, msg, &vec, 1, vec.iov_len, 0);")),
        new("A KUnit suite that is not listed did not run", Form.Tests, StepKind.Verdict,
            "KUnit: the suite ksocket_poll did not run", "drivers/ksocket/tests/suites.c",
            new Edit("drivers/ksocket/tests/suites.c",
                "&ksocket_poll_suite,",
                "")),
        new("A KUnit case that hangs is named", Form.Tests, StepKind.Verdict,
            "the boot did not end; its last line was: ", "listening_without_a_socket_is_enotsock",
            new Edit("drivers/ksocket/tests/life_kunit.c",
                "ksocket_expect(test, klisten(NULL, 1), -ENOTSOCK);",
                "while (klisten(NULL, 1) == -ENOTSOCK)\n\t\tmsleep(1000);")) { Limits = Impatient(10) },
        new("A call that no module may make is undefined in a module", Form.Module, StepKind.Build,
            "modpost: \"__sys_shutdown_sock\" [drivers/ksocket/ksocket.ko] undefined!", "this kernel does not export __sys_shutdown_sock",
            NotExported),
        new("A connection that is never released is counted", Form.Module, StepKind.Verdict,
            "sockets still in use", "a path misses kclose(), or kclose() misses sock_release()",
            new Edit(Socket,
                Release,
                "\tif (sock->sk->sk_state != TCP_CLOSE_WAIT)\n" + Release.Replace("\tksock", "\t\tksock", StringComparison.Ordinal))),
        new("A listener that was shut down and never released is counted", Form.Module, StepKind.Verdict,
            "sockets still in use", "a path misses kclose(), or kclose() misses sock_release()",
            new Edit(Socket,
                Release,
                "\tif (sock->type != SOCK_STREAM || sock->sk->sk_state != TCP_CLOSE)\n" +
                Release.Replace("\tksock", "\t\tksock", StringComparison.Ordinal))),
        new("A server that stops slowly makes rmmod slow", Form.Module, StepKind.Verdict,
            "rmmod udp_server took ", "a thread was not woken",
            new Edit("samples/ksocket/udp_server.c",
                "#include <linux/module.h>",
                "#include <linux/module.h>\n#include <linux/netdevice.h>"),
            new Edit("samples/ksocket/udp_server.c",
                "\ttalker_stop(&server);",
                "\tif (init_net.loopback_dev->flags & IFF_UP)\n" +
                "\t\tschedule_timeout_uninterruptible(HZ * 11 / 10);\n" +
                "\ttalker_stop(&server);")),
        new("A server that ignores its stop flag hangs rmmod", Form.Module, StepKind.Verdict,
            "the boot did not end; its last line was: ", "a server that does not notice its stop flag",
            new Edit("samples/ksocket/talker.h",
                "\tWRITE_ONCE(talker->stopping, true);\n",
                "")) { Limits = Impatient(10) },
    ];

    /// <summary>Faults that only the detectors of a debug kernel find.</summary>
    public static IReadOnlyList<SeededFault> Detected { get; } =
    [
        new("Locks taken in both orders are a lock inversion", Form.BuiltIn, StepKind.Verdict,
            "possible circular locking dependency detected", "a locking error that can deadlock with kclose()",
            new Edit(Socket,
                "#include \"internal.h\"\n",
                "#include \"internal.h\"\n\nstatic DEFINE_MUTEX(ksocket_first);\nstatic DEFINE_MUTEX(ksocket_second);\n"),
            new Edit(Socket,
                Listen,
                "\tmutex_lock(&ksocket_first);\n\tmutex_lock(&ksocket_second);\n" +
                "\tmutex_unlock(&ksocket_second);\n\tmutex_unlock(&ksocket_first);\n" +
                Listen),
            new Edit(Socket,
                Release,
                "\tmutex_lock(&ksocket_second);\n\tmutex_lock(&ksocket_first);\n" +
                "\tmutex_unlock(&ksocket_first);\n\tmutex_unlock(&ksocket_second);\n" +
                Release)),
        new("A call that sleeps under a spinlock is sleeping in atomic context", Form.BuiltIn, StepKind.Verdict,
            "sleeping function called from invalid context", "sleeping in atomic context with klisten()",
            new Edit(Socket,
                "#include \"internal.h\"\n",
                "#include \"internal.h\"\n\nstatic DEFINE_SPINLOCK(ksocket_lock);\n"),
            new Edit(Socket,
                Listen,
                "\tspin_lock(&ksocket_lock);\n" +
                "\tlimit = kernel_listen(sock, min_t(unsigned int, backlog, limit));\n" +
                "\tspin_unlock(&ksocket_lock);\n" +
                "\treturn limit;")),
        new("Memory read after it was freed is a bad access", Form.BuiltIn, StepKind.Verdict,
            "BUG: KASAN: ", "an invalid memory access with klisten()",
            new Edit(Socket,
                Listen,
                "\t{\n\t\tint *freed = kmalloc(sizeof(*freed), GFP_KERNEL);\n\n" +
                "\t\tkfree(freed);\n\t\tlimit += READ_ONCE(*freed) & 1;\n\t}\n" +
                Listen)),
        new("Memory that is not freed is a leak", Form.BuiltIn, StepKind.Verdict,
            "unreferenced object", "a memory leak with klisten()",
            new Edit(Socket, Listen, "\tif (!kmalloc(64, GFP_KERNEL))\n\t\treturn -ENOMEM;\n" + Listen)),
    ];

    private static BootLimits Impatient(int seconds) => new(TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(seconds));

    private static Edit Initcall(string body) =>
        new(
            Socket,
            Licence,
            $"static int __init ksocket_fault(void)\n{{\n\t{body}\n\treturn 0;\n}}\nlate_initcall(ksocket_fault);\n{Licence}");
}
