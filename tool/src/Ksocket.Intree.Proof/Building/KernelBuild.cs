// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Building;

/// <summary>A kernel built outside its sources, with what kbuild needs to make the same bytes again.</summary>
public sealed class KernelBuild(FolderTree source, string output, Arch arch, ProofLog log, int jobs)
{
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromSeconds(10);

    public string Output => output;

    /// <summary>What is booted.</summary>
    public string Image => Path.Combine(output, arch.Image);

    /// <summary>Runs make for some targets, and reports every few seconds how far it is.</summary>
    public ChildResult Make(IEnumerable<string> words, Action<string>? progress = null)
    {
        var (objects, next) = (0, DateTime.UtcNow + BetweenNotes);
        var interrupted = new InterruptedBuild(output);
        interrupted.Begin();
        // A fork's Makefile may name a cross compiler of its own; only the command line overrules it.
        List<string> arguments =
            ["-C", source.Root, $"O={output}", $"ARCH={arch}", "CROSS_COMPILE=", $"-j{jobs}", .. MakeSettings.Compiler(), .. words];
        log.Command("make", arguments);
        var child = new Child("make", arguments)
        {
            Environment = MakeSettings.Environment,
            OnLine = line =>
            {
                log.Write(line);
                if (line.StartsWith("  CC "u8))
                {
                    objects++;
                    if (DateTime.UtcNow >= next)
                    {
                        next = DateTime.UtcNow + BetweenNotes;
                        var file = line.ToString()[5..].Trim(' ', '[', ']', 'M');
                        progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{objects} files compiled, now {file}"));
                    }
                }
            },
        };
        try
        {
            var result = child.Run();
            interrupted.End();
            return result;
        }
        catch (Exception) when (!child.WasKilled)
        {
            interrupted.End(); // make took away what was half-written
            throw;
        }
    }

    /// <summary>
    /// Configures: everything off but the fragment. kconfig drops what it cannot have and does not say so; every line
    /// is looked for in the result; gives back the symbols that were wanted and not kept.
    /// </summary>
    public IReadOnlyList<string> Configure(Fragment fragment)
    {
        WorkDisk.Try(output, () => Directory.CreateDirectory(output));
        var path = Path.Combine(output, "fragment.config");
        WorkDisk.Try(path, () => File.WriteAllLines(path, fragment.Asked));
        Expect(Make(["-s", $"KCONFIG_ALLCONFIG={path}", "allnoconfig"]), "make allnoconfig");

        var config = new ByteString(File.ReadAllBytes(Path.Combine(output, ".config")));
        foreach (var line in fragment.Required)
        {
            var symbol = Fragment.SymbolOf(line);
            if (DotConfig.LineOf(config, symbol) is var got && got != line)
            {
                throw IntreeFailure.NotProven($"kconfig made of {line}: {got ?? "nothing"}", DroppedSymbol.Why(source, config, symbol));
            }
        }

        return [.. fragment.Wanted.Where(line => DotConfig.LineOf(config, Fragment.SymbolOf(line)) != line).Select(Fragment.SymbolOf)];
    }

    public void Build(IReadOnlyList<string> targets, Action<string>? progress) =>
        Expect(Make(targets, progress), $"make {string.Join(' ', targets)}");

    /// <summary>Refuses a make that failed: because of this machine, or because of the tree.</summary>
    public static void Expect(ChildResult result, string what)
    {
        if (result.Succeeded)
        {
            return;
        }

        throw EnvironmentFailure.In(new ConsoleText(result.Output), what) ?? IntreeFailure.NotProven($"{what}: {result.FirstError}");
    }
}
