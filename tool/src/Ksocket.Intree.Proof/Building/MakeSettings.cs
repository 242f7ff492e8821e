// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Building;

/// <summary>Settings for every make of a proof, in addition to the clean environment: they make builds reproducible.</summary>
public static class MakeSettings
{
    private static readonly Lazy<bool> HasCcache = new(() => Programs.Find("ccache") is { } ccache && CanCompile(ccache));

    /// <summary>
    /// Variables to set, or with null to remove. ccache saves over 90% of the time for an unchanged object; DEPEND and
    /// NOHASHDIR extend that to other folders. CCACHE_PREFIX is kept, because users set it for distcc.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> Environment { get; } =
        new Dictionary<string, string?>(CleanEnvironment.TargetVariables.Select(name => KeyValuePair.Create(name, (string?)null)))
        {
            ["KBUILD_BUILD_TIMESTAMP"] = "2026-01-01",
            ["KBUILD_BUILD_USER"] = "ksocket",
            ["KBUILD_BUILD_HOST"] = "intree",
            ["CCACHE_DEPEND"] = "1",
            ["CCACHE_NOHASHDIR"] = "1",
        };

    public static string[] Compiler(Arch arch) => HasCcache.Value ? [$"CC=ccache {arch.CrossCompile}gcc"] : [];

    /// <summary>ccache fails on every file if its cache is not writable; gcc alone then builds the kernel.</summary>
    private static bool CanCompile(string ccache)
    {
        var folder = Directory.CreateTempSubdirectory("ksocket-ccache-").FullName;
        try
        {
            var source = Path.Combine(folder, "try.c");
            File.WriteAllText(source, "int tried;\n");
            var gcc = new Child(ccache, ["gcc", "-c", source, "-o", Path.Combine(folder, "try.o")]) { Environment = Environment };
            return gcc.Run().Succeeded;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
