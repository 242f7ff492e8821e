// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>The QEMU that is used: one unpacked into the folder emulator/ of the cache, or the machine's own.</summary>
/// <param name="OwnArguments">Where an unpacked one finds its firmware.</param>
public sealed partial record Emulator(string Program, IReadOnlyList<string> OwnArguments, Version Version)
{
    private const string Name = "qemu-system-x86_64";

    /// <summary>From this release on, no boot was seen to die in TCG before /init.</summary>
    private static readonly Version Reliable = new(10, 0);

    /// <summary>Whether a boot may die in it for no reason of the kernel's.</summary>
    public bool DiesEarly => Version < Reliable;

    /// <summary>What to know about a boot in it.</summary>
    public string Caution => !DiesEarly ? ""
        : $"; TCG of QEMU {Version} is known to die before /init with some kernels, 6.12 among them; QEMU {Reliable} was not seen to; "
            + "tool/emulator brings one";

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
            $"tool/emulator brings one; or apt-get install {Programs.PackageOf(Name)}"), []);
    }

    private static Emulator Of(string program, string[] own)
    {
        var said = new Child(program, ["--version"]) { Limit = TimeSpan.FromSeconds(20) }.Run();
        var number = Number().Match(said.Output.ToString());
        return said.Succeeded && number.Success
            ? new Emulator(program, own, Version.Parse(number.Groups["version"].Value))
            : throw IntreeFailure.Fatal(
                string.Create(CultureInfo.InvariantCulture, $"{program} --version ends with {said.ExitCode}: {said.FirstError}"),
                own.Length > 0 ? "tool/emulator brings it anew" : "install it again: apt-get install --reinstall qemu-system-x86");
    }

    [GeneratedRegex(@"version (?<version>\d+\.\d+\.\d+)")]
    private static partial Regex Number();
}
