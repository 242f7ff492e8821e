// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>The commands that /init runs in a test boot; Init/init.c documents them.</summary>
public static class BootScript
{
    /// <summary>In seconds; the sample clients poll for lo once a second.</summary>
    private const int Timeout = 20;

    /// <summary>The lines that the four samples print when TCP and UDP work; the older ksocket printed the same.</summary>
    public static IReadOnlyList<string> ExpectedOutput { get; } =
    [
        "tcp_server: listening on port 12345",
        "[tcp_client] Connected to 127.0.0.1:12345",
        "tcp_server: received (29 bytes): Hello from kernel TCP client!",
        "UDP Server: Listening on port 4444",
        "UDP Server: Received 'Hello UDP Server'",
        "[udp_client] Received: ACK from UDP Server",
    ];

    /// <summary>The script; the detectors that report only on request come last.</summary>
    /// <param name="detectors">The config symbols of the detectors that this kernel has.</param>
    /// <param name="own">The script of <see cref="Form.OwnTest"/>.</param>
    /// <param name="drivers">Null for ksocket alone.</param>
    /// <param name="modules">The names of the modules of the user's drivers, in the order to load them.</param>
    public static string For(
        Form form,
        Arch arch,
        IReadOnlyList<string> detectors,
        string own = "",
        ProvedDrivers? drivers = null,
        IReadOnlyList<string>? modules = null) => string.Concat(
        Restart(arch).Concat(form == Form.OwnTest ? own.Split('\n') : Lines(form, drivers ?? ProvedDrivers.Ksocket, modules ?? []))
            .Concat(detectors.Contains("DEBUG_KMEMLEAK") ? ["leaks"] : [])
            .Concat(detectors.Contains("PROVE_LOCKING") ? ["lockdep"] : [])
            .Select(line => line + "\n"));

    /// <summary>First, so that the boot also ends after a line that fails.</summary>
    private static IEnumerable<string> Restart(Arch arch) => arch == Arch.Um ? [] : ["restart"];

    private static string[] Lines(Form form, ProvedDrivers drivers, IReadOnlyList<string> modules)
    {
        // Nothing else in these kernels opens a socket, so none may be left at the end, if no driver of the user keeps one.
        string[] released = drivers.MayKeepSockets(form) ? [] : [$"released {Timeout}"];
        string[] own =
        [
            .. modules.Select(name => $"load /{name}.ko"),
            .. drivers.Expected.Select(Expect),
            .. modules.Reverse().Select(Unload),
            .. modules.Count > 0 ? Interruptions.SelectMany(time => LoadAndUnload(modules, time)) : [],
        ];
        return form switch
        {
            Form.Tests => released, // the suites ran before /init
            Form.BuiltIn => ["lo", .. drivers.Bundled ? ExpectedOutput.Select(Expect) : [], .. own],
            _ when !drivers.Bundled => ["lo", .. own, .. released],
            _ =>
            [
                $"load /{Modules.All[0].Name}.ko",
                // lo is down: servers wait, clients try and sleep
                .. Interruptions.SelectMany(time => LoadAndUnload(Samples, time)),
                "lo",
                .. Samples.Select(name => $"load /{name}.ko"),
                .. ExpectedOutput.Select(Expect),
                .. Samples.Reverse().Select(Unload),
                // lo is up: this interrupts them at any point of the transfer
                .. Interruptions.SelectMany(time => LoadAndUnload(Samples, time)),
                .. own,
                .. released,
                $"unload {Modules.All[0].Name}",
            ],
        };
    }

    private static IEnumerable<string> Samples => Modules.All.Skip(1).Select(module => module.Name);

    private static string Expect(string line) => $"expect {Timeout} {InLog(line)}";

    /// <summary>A text as /dev/kmsg has it (Documentation/ABI/testing/dev-kmsg): other bytes than printable ASCII as \xNN.</summary>
    private static string InLog(string text) => string.Concat(Encoding.UTF8.GetBytes(text)
        .Select(one => one is >= 32 and < 127 and not (byte)'\\' ? $"{(char)one}" : $"\\x{one:x2}"));

    /// <summary>The kernel knows a module by its file name with '_' for '-'.</summary>
    private static string Unload(string name) => $"unload {name.Replace('-', '_')}";

    /// <summary>Milliseconds from insmod to rmmod: rmmod must work at any time.</summary>
    private static IReadOnlyList<int> Interruptions { get; } = [0, 1, 3, 10, 50, 210];

    private static IEnumerable<string> LoadAndUnload(IEnumerable<string> modules, int milliseconds) =>
    [
        .. modules.Select(name => $"load /{name}.ko"),
        $"sleep {milliseconds}",
        .. modules.Reverse().Select(Unload),
    ];
}
