// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Series;

/// <summary>The subject of one patch of a series. The driver and its tests are separate patches, for review.</summary>
/// <param name="Name">A short word that names the sender's files for this patch.</param>
/// <param name="Body">Lines of the message, each with its newline.</param>
public sealed record Topic(string Name, Part Part, string Subject, string Body)
{
    /// <summary>
    /// The files of the second patch of the driver and of the later patches of tests: one mail with all of them is too long
    /// for mailing lists. The rest of the driver does not call these files.
    /// </summary>
    private static readonly string[] Waiting = ["deadline", "poll", "pollset", "pollset_wait", "text", "address_text", "name_text"];
    private static readonly string[] MoreSuites = ["message", "option", "protocol", "setting", "table", "text"];
    private static readonly string[] WaitingSuites = ["callback", "deadline", "poll", "pollset"];

    private static readonly Topic Driver = new(
        "driver",
        Part.Driver,
        "ksocket: add BSD-style socket calls for kernel code",
        """
        Kernel code that wants a socket writes the same dozen lines around
        kernel_sendmsg(), sockaddr_storage and sockptr_t again and again, and
        often gets a length, a reference or a flag wrong.

        Offer the calls of <sys/socket.h> instead, as ksocket(), kbind(),
        klisten(), kaccept4(), ksend(), krecv() and their relatives,
        declared in <net/ksocket.h>. Lengths are checked before they are used,
        names are in/out as in getsockname(2), flags are those a kernel socket
        can honour, and nothing is printed on a good path.

        All of it stands on helpers that are exported already. Only
        kgetsockopt() built in calls functions that modules cannot, so as a
        module it answers fewer options.

        """);

    private static readonly Topic MoreCalls = new(
        "more-calls",
        Part.Driver,
        "ksocket: add polling, deadlines and addresses as text",
        """
        kpoll() waits for several sockets, and a poll set for many: the cost
        of a wait depends on how many are ready, not on how many there are.

        The calls with a deadline limit one call, or a sequence of calls,
        without changing the timeouts that all users of the socket share.

        Addresses are converted to and from text in memory of the caller.

        """);

    private static readonly Topic Tests = new(
        "tests",
        Part.Driver,
        "ksocket: add KUnit tests of connections",
        """
        Sockets from creation to close over the loopback interface: TCP, UDP
        and local sockets, IPv4 and IPv6, names, blocked calls that a shutdown
        or a signal wakes, timeouts, and canaries around every buffer.

          ./tools/testing/kunit/kunit.py run --kunitconfig drivers/ksocket

        """);

    private static readonly Topic MoreTests = new(
        "more-tests",
        Part.Driver,
        "ksocket: add KUnit tests of options and messages",
        """
        Socket options with the value, the length and the errors of each;
        messages with several buffers and control data; the conversion of
        addresses to and from text, and the protocols and families that a
        kernel may lack.

        """);

    private static readonly Topic WaitingTests = new(
        "waiting-tests",
        Part.Driver,
        "ksocket: add KUnit tests of polling, deadlines and callbacks",
        """
        Each event that ends a wait or calls a function, the time that a wait takes, and the bytes
        that count as sent or received when it ends early.

        """);

    private static readonly Topic Samples = new(
        "samples",
        Part.Samples,
        "samples: ksocket: add TCP and UDP servers and clients",
        """
        Small programs to learn from. Each talks over the loopback interface
        and stops within a second of being unloaded, also while it waits in
        kaccept() or krecvfrom().

        """);

    private static readonly Topic Docs = new(
        "docs",
        Part.Docs,
        "Documentation: networking: describe ksocket",
        """
        How to use the calls, what differs from POSIX and why, and which socket
        options each form of the driver can read.

        """);

    /// <summary>Every topic, in the order of a series: each patch builds on those before it.</summary>
    public static IReadOnlyList<Topic> All { get; } = [Driver, MoreCalls, Tests, MoreTests, WaitingTests, Samples, Docs];

    /// <summary>The topic that adds the file at this path.</summary>
    public static Topic Of(TreePath landed) => Landing.PartOf(landed) switch
    {
        Part.Samples => Samples,
        Part.Docs => Docs,
        _ when Waiting.Any(
            file => landed == Landing.DriverFolder / $"{file}.c" || landed == Landing.DriverFolder / $"{file}.h") => MoreCalls,
        _ when MoreSuites.Any(suite => landed == KUnitSuites.Folder / $"{suite}_kunit.c") => MoreTests,
        _ when WaitingSuites.Any(suite => landed == KUnitSuites.Folder / $"{suite}_kunit.c") => WaitingTests,
        _ => landed.IsBelow(KUnitSuites.Folder) || landed.IsNamed(".kunitconfig") ? Tests : Driver,
    };

    /// <summary>The topic that adds a hook: that of its part, and for MAINTAINERS the one with the first new files.</summary>
    public static Topic OfHook(Hook hook) =>
        hook.Kind == HookKind.Maintainers ? All[0] : All.First(topic => topic.Part == hook.Part);
}
