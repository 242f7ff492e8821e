// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Proof.Prebuilt;

/// <summary>
/// The folder to build modules for a prebuilt kernel: a header package of a distribution, or the build folder of the
/// kernel. Debian splits the package into three, which refer to each other by absolute paths.
/// </summary>
public sealed partial record HeaderFolder(string Path, string Release)
{
    public static HeaderFolder Open(string path, KernelImage image)
    {
        var folder = System.IO.Path.GetFullPath(path);
        string In(string name) => System.IO.Path.Combine(folder, name);

        if (!File.Exists(In("Makefile")))
        {
            throw IntreeFailure.NotUnderstood(
                $"--headers {path} has no Makefile, so no module can be built with it",
                $"install linux-headers-{image.Release} and pass its folder, "
                    + $"such as /usr/src/linux-headers-{image.Release} or /lib/modules/{image.Release}/build");
        }

        var header = In("include/generated/utsrelease.h");
        var release = (File.Exists(header) ? ReleaseIn(Read(header)) : null) ?? throw IntreeFailure.NotUnderstood(
            $"--headers {path}/include/generated/utsrelease.h names no release",
            "of a split header package, pass the folder of the kernel's flavour, not the …-common one; a tree must be built first");

        if (release != image.Release)
        {
            throw IntreeFailure.NotUnderstood(
                $"--headers {path} is for {release}, but --image is {image.Release}, which does not load such modules",
                $"pass the headers of {image.Release}: package linux-headers-{image.Release}");
        }

        if (!File.Exists(In("Module.symvers")))
        {
            throw IntreeFailure.NotUnderstood(
                $"--headers {path} has no Module.symvers, so the exports of the kernel are unknown",
                "use the complete header package, or the folder where the kernel and its modules were built");
        }

        RefuseIfSplitApart(path, folder);
        return new HeaderFolder(folder, release);
    }

    public static string? ReleaseIn(string header) =>
        Defined().Match(header) is { Success: true } found ? found.Groups["release"].Value : null;

    /// <summary>Throws if the other parts of the package are not where its Makefile and links expect them.</summary>
    private static void RefuseIfSplitApart(string path, string folder)
    {
        foreach (Match included in Included().Matches(Read(System.IO.Path.Combine(folder, "Makefile"))))
        {
            var wanted = included.Groups["path"].Value;
            if (!File.Exists(wanted))
            {
                var above = System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(wanted));
                var up = System.IO.Path.GetDirectoryName(folder);
                var makefile = ShellWord.Quote(System.IO.Path.Combine(folder, "Makefile"));
                throw IntreeFailure.NotUnderstood(
                    $"--headers {path}/Makefile includes {wanted}, which does not exist: this is one part of a split package",
                    "install all parts with apt-get; or unpack them (…-common and linux-kbuild-… too) "
                        + $"below one folder and change the path: sed -i 's|{above}|{up}|' {makefile}");
            }
        }

        // Exists() is false for a dangling link.
        if (!Directory.Exists(System.IO.Path.Combine(folder, "scripts")))
        {
            var scripts = new FileInfo(System.IO.Path.Combine(folder, "scripts"));
            var leads = scripts.LinkTarget is { } target ? $"links to {target}, which does not exist" : "does not exist";
            throw IntreeFailure.NotUnderstood(
                $"--headers {path}/scripts {leads}: modpost and other build tools are missing",
                "install the package with the kernel's build tools (linux-kbuild-… of the same version), "
                    + "or unpack it below the folder of the headers");
        }
    }

    private static string Read(string path) => IoFailures.Try(path, () => File.ReadAllText(path));

    [GeneratedRegex(@"^#define UTS_RELEASE ""(?<release>[^""]+)""", RegexOptions.Multiline)]
    private static partial Regex Defined();

    [GeneratedRegex(@"^include +(?<path>/\S+)", RegexOptions.Multiline)]
    private static partial Regex Included();
}
