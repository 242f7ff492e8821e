// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Proof;

/// <summary>Where everything goes that is fetched or built outside a checkout; tool/lib.sh has the same rule.</summary>
public static class CacheFolder
{
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("KSOCKET_INTREE_CACHE") is { Length: > 0 } own ? own
        : System.IO.Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "ksocket-intree");
}
