// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Building;

/// <summary>A reproducible kernel build in an output folder outside the sources.</summary>
public sealed class KernelBuild(FolderTree source, string output, Arch arch, ProofLog log, int jobs)
{
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromSeconds(1);

    public string Output => output;

    /// <summary>The file to boot.</summary>
    public string Image => Path.Combine(output, arch.Image);

    /// <summary>The compiler, which kconfig asks for its version (scripts/Kconfig.include); null if nothing was configured.</summary>
    public string? Compiler
    {
        get
        {
            const string symbol = "CC_VERSION_TEXT";
            var config = Path.Combine(output, ".config");
            return !File.Exists(config) ? null
                : DotConfig.LineOf(SingleFile.Read(config), symbol)?[$"CONFIG_{symbol}=".Length..].Trim('"');
        }
    }

    /// <summary>The file that keeps what a whole build of this configuration needed; null to expect and keep nothing.</summary>
    public string? History { get; init; }

    /// <summary>Runs make, and reports progress every second.</summary>
    public ChildResult Make(IEnumerable<string> targets, Action<string>? progress = null)
    {
        var next = DateTime.UtcNow;
        var history = new BuildHistory(History, output);
        var interrupted = new InterruptedBuild(output);
        interrupted.Begin();
        // The Makefile of a fork may set a cross compiler; only the command line overrides it.
        List<string> arguments =
        [
            "-C", source.Root, $"O={output}", $"ARCH={arch}", $"CROSS_COMPILE={arch.CrossCompile}", $"-j{jobs}",
            .. MakeSettings.Compiler(arch), .. targets,
        ];
        log.Command("make", arguments);
        var child = new Child("make", arguments)
        {
            Environment = MakeSettings.Environment,
            OnLine = line =>
            {
                log.Write(line);
                if (line.StartsWith("  CC "u8))
                {
                    var note = history.Add(line.ToString()[5..].Trim(' ', '[', ']', 'M'));
                    if (DateTime.UtcNow >= next)
                    {
                        next = DateTime.UtcNow + BetweenNotes;
                        progress?.Invoke(note);
                    }
                }
            },
        };
        try
        {
            var result = child.Run();
            interrupted.End();
            if (result.Succeeded)
            {
                history.Keep();
            }

            return result;
        }
        catch (Exception) when (!child.WasKilled)
        {
            interrupted.End(); // make has deleted its incomplete targets
            throw;
        }
    }

    /// <summary>
    /// Runs allnoconfig with the fragment. kconfig drops symbols silently, so every line is looked up in the result.
    /// Returns the optional symbols that were dropped.
    /// </summary>
    /// <param name="inputs">Identifies the files that kconfig reads; null if unknown, so that kconfig always runs.</param>
    public IReadOnlyList<string> Configure(Fragment fragment, string? inputs = null)
    {
        WorkDisk.Try(output, () => Directory.CreateDirectory(output));
        var record = new ConfigurationRecord(output, arch);
        if (inputs is null || !record.IsCurrent(fragment, inputs))
        {
            WorkDisk.Try(output, record.Forget);
            MakeConfig(fragment);
            if (inputs is not null)
            {
                WorkDisk.Try(output, () => record.Write(fragment, inputs));
            }
        }

        var config = new ByteString(File.ReadAllBytes(Path.Combine(output, ".config")));
        foreach (var setting in fragment.Required)
        {
            if (DotConfig.LineOf(config, setting.Symbol) is var line && !setting.IsIn(line))
            {
                throw IntreeFailure.NotProven(
                    $"kconfig dropped {setting}; .config has {line ?? "no such line"}",
                    DroppedSymbol.Why(source, config, setting));
            }
        }

        return [.. fragment.Wanted.Where(setting => !setting.IsIn(DotConfig.LineOf(config, setting.Symbol)))
            .Select(setting => setting.Symbol)];
    }

    private void MakeConfig(Fragment fragment)
    {
        var path = Path.Combine(output, "fragment.config");
        WorkDisk.Try(path, () => File.WriteAllLines(path, fragment.Asked.Select(setting => setting.Line)));
        Expect(Make(["-s", $"KCONFIG_ALLCONFIG={path}", "allnoconfig"]), "make allnoconfig");
    }

    public void Build(IReadOnlyList<string> targets, Action<string>? progress) =>
        Expect(Make(targets, progress), $"make {string.Join(' ', targets)}");

    /// <summary>Throws if make failed, because of the environment or because of the tree.</summary>
    public static void Expect(ChildResult result, string what)
    {
        if (result.Succeeded)
        {
            return;
        }

        throw EnvironmentFailure.In(new ConsoleText(result.Output), what) ?? IntreeFailure.NotProven($"{what}: {result.FirstError}");
    }
}
