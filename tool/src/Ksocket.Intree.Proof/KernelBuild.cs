// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Kbuild;

namespace Ksocket.Intree.Proof;

/// <summary>A user-mode kernel built outside its sources, with what kbuild needs to make the same bytes again.</summary>
public sealed class KernelBuild(string source, string output, ProofLog log)
{
    /// <summary>ccache gives back an unchanged object in a fifteenth of the time; DEPEND and NOHASHDIR make it hit in other folders too.</summary>
    private static readonly Dictionary<string, string> Reproducible = new()
    {
        ["KBUILD_BUILD_TIMESTAMP"] = "2026-01-01",
        ["KBUILD_BUILD_USER"] = "ksocket",
        ["KBUILD_BUILD_HOST"] = "intree",
        ["CCACHE_DEPEND"] = "1",
        ["CCACHE_NOHASHDIR"] = "1",
        ["LC_ALL"] = "C",
    };

    private static readonly TimeSpan BetweenNotes = TimeSpan.FromSeconds(10);

    public string Output => output;

    /// <summary>Runs make for some targets, and hears how far it is every few seconds.</summary>
    public ChildResult Make(IEnumerable<string> words, Action<string>? progress = null)
    {
        var (objects, next) = (0, DateTime.UtcNow + BetweenNotes);
        Directory.CreateDirectory(output);
        List<string> arguments = ["-C", source, $"O={output}", "ARCH=um", $"-j{Environment.ProcessorCount}", .. Compiler(), .. words];
        log.Write($"$ make {string.Join(' ', arguments)}");
        return new Child("make", arguments)
        {
            Environment = Settings(),
            OnLine = line =>
            {
                log.Write(line);
                if (line.StartsWith("  CC ", StringComparison.Ordinal))
                {
                    objects++;
                    if (DateTime.UtcNow >= next)
                    {
                        next = DateTime.UtcNow + BetweenNotes;
                        progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{objects} files compiled, now {line[5..].Trim(' ', '[', ']', 'M')}"));
                    }
                }
            },
        }.Run();
    }

    /// <summary>
    /// Configures: everything off but the fragment. kconfig drops what it cannot have without a word, so every line
    /// of the fragment is looked for in the result.
    /// </summary>
    public void Configure(IReadOnlyList<string> fragment)
    {
        Directory.CreateDirectory(output);
        var path = Path.Combine(output, "fragment.config");
        File.WriteAllLines(path, fragment);
        Expect(Make(["-s", $"KCONFIG_ALLCONFIG={path}", "allnoconfig"]), "make allnoconfig");

        var config = File.ReadAllText(Path.Combine(output, ".config"), System.Text.Encoding.Latin1);
        foreach (var line in fragment.Where(line => line.StartsWith("CONFIG_", StringComparison.Ordinal)))
        {
            var symbol = line["CONFIG_".Length..line.IndexOf('=', StringComparison.Ordinal)];
            if (DotConfig.LineOf(config, symbol) is var got && got != line)
            {
                throw IntreeFailure.NotProven($"kconfig made of {line}: {got ?? "nothing"}", $"a dependency of {symbol} is off; see {Path.Combine(output, ".config")}");
            }
        }
    }

    public void Build(IReadOnlyList<string> targets, Action<string>? progress) =>
        Expect(Make(targets, progress), $"make {string.Join(' ', targets)}");

    public static void Expect(ChildResult result, string what)
    {
        if (!result.Succeeded)
        {
            throw IntreeFailure.NotProven($"{what}: {result.FirstError}");
        }
    }

    /// <summary>What the user exported for builds of their own stays out of ours.</summary>
    private static Dictionary<string, string?> Settings()
    {
        var settings = Reproducible.ToDictionary(setting => setting.Key, string? (setting) => setting.Value);
        foreach (var other in (ReadOnlySpan<string>)["KBUILD_OUTPUT", "MAKEFLAGS", "CROSS_COMPILE", "KCONFIG_CONFIG", "LLVM", "KCFLAGS", "KCPPFLAGS", "KBUILD_EXTRA_SYMBOLS"])
        {
            settings[other] = null;
        }

        return settings;
    }

    private static string[] Compiler() => Programs.Find("ccache") is null ? [] : ["CC=ccache gcc"];
}
