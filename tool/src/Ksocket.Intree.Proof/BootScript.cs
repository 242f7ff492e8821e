// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Proof;

/// <summary>What /init does in a test boot; the verbs stand in the head of Init/init.c.</summary>
public static class BootScript
{
    /// <summary>Seconds; the samples' clients look for lo once a second.</summary>
    private const int Patience = 20;

    /// <summary>The modules, in the order to load them.</summary>
    public static IReadOnlyList<(string Folder, string Name)> Modules { get; } =
    [
        ("drivers/ksocket", "ksocket"),
        ("samples/ksocket", "tcp_server"),
        ("samples/ksocket", "tcp_client"),
        ("samples/ksocket", "udp_server"),
        ("samples/ksocket", "udp_client"),
    ];

    /// <summary>What the four samples say when TCP and UDP talk, as users know it from the older ksocket.</summary>
    public static IReadOnlyList<string> Story { get; } =
    [
        "tcp_server: listening on port 12345",
        "[tcp_client] Connected to 127.0.0.1:12345",
        "tcp_server: received (29 bytes): Hello from kernel TCP client!",
        "UDP Server: Listening on port 4444",
        "UDP Server: Received 'Hello UDP Server'",
        "[udp_client] Received: ACK from UDP Server",
    ];

    public static string For(Form form) => string.Concat(Lines(form).Select(line => line + "\n"));

    private static IEnumerable<string> Lines(Form form) => form switch
    {
        Form.BuiltIn => ["lo", .. Story.Select(Expect)],
        Form.Tests => ["# the suites ran before us"],
        _ =>
        [
            $"load /{Modules[0].Name}.ko",
            .. Interruptions.SelectMany(LoadAndUnload), // lo is down: servers wait, clients try and sleep
            "lo",
            .. Modules.Skip(1).Select(module => $"load /{module.Name}.ko"),
            .. Story.Select(Expect),
            .. Modules.Skip(1).Reverse().Select(module => $"unload {module.Name}"),
            .. Interruptions.SelectMany(LoadAndUnload), // lo is up: they may be anywhere in their talk
            $"unload {Modules[0].Name}",
        ],
    };

    private static string Expect(string line) => $"expect {Patience} {line}";

    /// <summary>rmmod must work at any moment: these are some, in milliseconds after insmod.</summary>
    private static IReadOnlyList<int> Interruptions { get; } = [0, 1, 3, 10, 50, 210];

    private static IEnumerable<string> LoadAndUnload(int milliseconds) =>
    [
        .. Modules.Skip(1).Select(module => $"load /{module.Name}.ko"),
        $"sleep {milliseconds}",
        .. Modules.Skip(1).Reverse().Select(module => $"unload {module.Name}"),
    ];
}
