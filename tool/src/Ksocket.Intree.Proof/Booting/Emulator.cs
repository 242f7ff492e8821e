// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>The QEMU to use: the one in the folder emulator/ of the cache, or the installed one.</summary>
/// <param name="OwnArguments">The firmware paths of an unpacked QEMU.</param>
public sealed partial record Emulator(string Program, IReadOnlyList<string> OwnArguments, Version Version)
{
    private const string Name = "qemu-system-x86_64";

    /// <summary>Since this release, no boot is known to crash in TCG before /init.</summary>
    private static readonly Version Reliable = new(10, 0);

    /// <summary>True if a boot may crash because of QEMU, not of the kernel.</summary>
    public bool DiesEarly => Version < Reliable;

    /// <summary>A warning about boots in this QEMU, for the report.</summary>
    public string Caution => !DiesEarly ? ""
        : $"; TCG of QEMU {Version} crashes before /init with some kernels, 6.12 among them; QEMU {Reliable} is not known to; "
            + "tool/emulator downloads it";

    public override string ToString() => $"QEMU {Version}";

    public static Emulator Find()
    {
        var unpacked = Path.Combine(CacheFolder.Path, "emulator", "usr");
        if (File.Exists(Path.Combine(unpacked, "bin", Name)))
        {
            string[] firmware = ["-L", Path.Combine(unpacked, "share", "qemu"), "-L", Path.Combine(unpacked, "share", "seabios")];
            return Of(Path.Combine(unpacked, "bin", Name), firmware);
        }

        return Of(Programs.Find(Name) ?? throw IntreeFailure.Fatal(
            $"to boot an x86-64 kernel, {Name} is missing",
            $"tool/emulator downloads it; or apt-get install {Programs.PackageOf(Name)}"), []);
    }

    private static Emulator Of(string program, string[] own)
    {
        var result = new Child(program, ["--version"]) { Limit = TimeSpan.FromSeconds(20) }.Run();
        var number = Number().Match(result.Output.ToString());
        return result.Succeeded && number.Success
            ? new Emulator(program, own, Version.Parse(number.Groups["version"].Value))
            : throw IntreeFailure.Fatal(
                string.Create(CultureInfo.InvariantCulture, $"{program} --version exits with {result.ExitCode}: {result.FirstError}"),
                own.Length > 0 ? "run tool/emulator to download it again"
                    : "install it again: apt-get install --reinstall qemu-system-x86");
    }

    [GeneratedRegex(@"version (?<version>\d+\.\d+\.\d+)")]
    private static partial Regex Number();
}
