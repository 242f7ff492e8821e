// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.CompilerServices;

namespace Ksocket.Intree.Testing;

/// <summary>This checkout.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(string path) => Path.Combine(Root, path);

    private static string Find([CallerFilePath] string here = "") =>
        // A deterministic build has no source paths, so search from the test program, too.
        new[] { Path.GetDirectoryName(here), AppContext.BaseDirectory }.Select(Above).FirstOrDefault(root => root is not null)
        ?? throw new InvalidOperationException("the tests run outside a checkout");

    private static string? Above(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "Ksocket.Intree.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
