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

    private static IEnumerable<string> Lines(Form form)
    {
        yield return "lo";
        if (form == Form.Module)
        {
            foreach (var (_, name) in Modules)
            {
                yield return $"load /{name}.ko";
            }
        }

        foreach (var line in Story)
        {
            yield return $"expect {Patience} {line}";
        }

        if (form == Form.Module)
        {
            foreach (var (_, name) in Modules.Reverse())
            {
                yield return $"unload {name}";
            }
        }
    }
}
