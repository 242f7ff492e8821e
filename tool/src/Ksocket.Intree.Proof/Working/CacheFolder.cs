// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Proof.Working;

/// <summary>The folder for downloads and builds; tool/lib.sh uses the same rule.</summary>
public static class CacheFolder
{
    public static string Path { get; } =
        Set("KSOCKET_INTREE_CACHE") ?? System.IO.Path.Combine(Set("XDG_CACHE_HOME") ?? OfHome(), "ksocket-intree");

    private static string? Set(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string OfHome() => System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}
