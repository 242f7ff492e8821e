// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>What /init does in a test boot; the verbs stand in the head of Init/init.c.</summary>
public static class BootScript
{
    /// <summary>Seconds; the samples' clients look for lo once a second.</summary>
    private const int Patience = 20;

    /// <summary>What the four samples say when TCP and UDP talk, as users know it from the older ksocket.</summary>
    public static IReadOnlyList<string> ExpectedOutput { get; } =
    [
        "tcp_server: listening on port 12345",
        "[tcp_client] Connected to 127.0.0.1:12345",
        "tcp_server: received (29 bytes): Hello from kernel TCP client!",
        "UDP Server: Listening on port 4444",
        "UDP Server: Received 'Hello UDP Server'",
        "[udp_client] Received: ACK from UDP Server",
    ];

    /// <summary>What /init is to do; last of all, the detectors that only tell when asked.</summary>
    /// <param name="detectors">The symbols of those that this kernel has.</param>
    public static string For(Form form, Arch arch, IReadOnlyList<string> detectors) => string.Concat(
        Lines(form)
            .Concat(detectors.Contains("DEBUG_KMEMLEAK") ? ["leaks"] : [])
            .Concat(detectors.Contains("PROVE_LOCKING") ? ["lockdep"] : [])
            .Concat(arch == Arch.Um ? [] : ["restart"])
            .Select(line => line + "\n"));

    private static IEnumerable<string> Lines(Form form) => form switch
    {
        Form.BuiltIn => ["lo", .. ExpectedOutput.Select(Expect)],
        Form.Tests => [Released], // the suites ran before us
        _ =>
        [
            $"load /{Modules.All[0].Name}.ko",
            .. Interruptions.SelectMany(LoadAndUnload), // lo is down: servers wait, clients try and sleep
            "lo",
            .. Samples.Select(name => $"load /{name}.ko"),
            .. ExpectedOutput.Select(Expect),
            .. Samples.Reverse().Select(name => $"unload {name}"),
            .. Interruptions.SelectMany(LoadAndUnload), // lo is up: they may be anywhere in their talk
            Released,
            $"unload {Modules.All[0].Name}",
        ],
    };

    /// <summary>Nobody else in these kernels has a socket, so once all is done none may be left.</summary>
    private static string Released => $"released {Patience}";

    private static IEnumerable<string> Samples => Modules.All.Skip(1).Select(module => module.Name);

    private static string Expect(string line) => $"expect {Patience} {line}";

    /// <summary>rmmod must work at any moment: these are some, in milliseconds after insmod.</summary>
    private static IReadOnlyList<int> Interruptions { get; } = [0, 1, 3, 10, 50, 210];

    private static IEnumerable<string> LoadAndUnload(int milliseconds) =>
    [
        .. Samples.Select(name => $"load /{name}.ko"),
        $"sleep {milliseconds}",
        .. Samples.Reverse().Select(name => $"unload {name}"),
    ];
}
