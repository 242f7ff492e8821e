// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Proof.Prebuilt;

/// <summary>
/// What modules for a prebuilt kernel are built with: a header package of a distribution, or the build folder the
/// kernel came from. Debian splits the package in three, which name one another by absolute paths.
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
                $"--headers {path} holds no Makefile, so no module can be built there",
                $"install linux-headers-{image.Release} and name its folder, "
                    + $"as /usr/src/linux-headers-{image.Release} or /lib/modules/{image.Release}/build");
        }

        var header = In("include/generated/utsrelease.h");
        var release = (File.Exists(header) ? ReleaseIn(Read(header)) : null) ?? throw IntreeFailure.NotUnderstood(
            $"--headers {path}/include/generated/utsrelease.h names no release",
            "of a split header package, name the folder of the kernel's own flavour, not the …-common one; a tree must have been built");

        if (release != image.Release)
        {
            throw IntreeFailure.NotUnderstood(
                $"--headers {path} is of {release}, and --image is {image.Release}: a module built with one is refused by the other",
                $"name the headers of {image.Release}: package linux-headers-{image.Release}");
        }

        if (!File.Exists(In("Module.symvers")))
        {
            throw IntreeFailure.NotUnderstood(
                $"--headers {path} has no Module.symvers: what the kernel exports cannot be known",
                "take the whole header package, or the folder in which the kernel was built with its modules");
        }

        RefuseIfSplitApart(path, folder);
        return new HeaderFolder(folder, release);
    }

    public static string? ReleaseIn(string header) =>
        Defined().Match(header) is { Success: true } found ? found.Groups["release"].Value : null;

    /// <summary>Refuses a package whose other parts are not where its Makefile and links look for them.</summary>
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
                    $"--headers {path}/Makefile includes {wanted}, and that is not there: the package is one part of a split one",
                    "install all parts with apt-get, which puts them in their places; or unpack them (…-common and linux-kbuild-… too) "
                        + $"below one folder and lead the line there: sed -i 's|{above}|{up}|' {makefile}");
            }
        }

        // A link to a folder that is not there counts as no folder.
        if (!Directory.Exists(System.IO.Path.Combine(folder, "scripts")))
        {
            var scripts = new FileInfo(System.IO.Path.Combine(folder, "scripts"));
            var leads = scripts.LinkTarget is { } target ? $"leads to {target}, and that" : "";
            throw IntreeFailure.NotUnderstood(
                $"--headers {path}/scripts {leads} is not there: modpost and its like are missing",
                "install the package with the kernel's build tools (linux-kbuild-… of the same version) beside the headers, "
                    + "or unpack it below the same folder");
        }
    }

    private static string Read(string path) => IoFailures.Try(path, () => File.ReadAllText(path));

    [GeneratedRegex(@"^#define UTS_RELEASE ""(?<release>[^""]+)""", RegexOptions.Multiline)]
    private static partial Regex Defined();

    [GeneratedRegex(@"^include +(?<path>/\S+)", RegexOptions.Multiline)]
    private static partial Regex Included();
}
