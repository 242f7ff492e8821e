// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Configure;

/// <summary>
/// Where the .config of a tree is: at its top, or in the output folder of builds with O= (Documentation/kbuild/kbuild.rst,
/// "KBUILD_OUTPUT").
/// </summary>
public sealed class ConfigPlace
{
    private readonly FolderTree _tree;

    private ConfigPlace(FolderTree tree, string? output, bool isNamed) => (_tree, Output, IsNamed) = (tree, output, isNamed);

    /// <summary>The absolute path of the output folder; null for the tree itself.</summary>
    public string? Output { get; }

    /// <summary>Whether the user named the folder; one of KBUILD_OUTPUT is known to make without it.</summary>
    public bool IsNamed { get; }

    /// <summary>The file, for messages.</summary>
    public string Path => Output is null ? $"{_tree.Name}/{DotConfig.Path}" : System.IO.Path.Combine(Output, DotConfig.Path.ToString());

    /// <summary>The place that the user named; else KBUILD_OUTPUT where it holds a .config; else the tree.</summary>
    public static ConfigPlace Of(FolderTree tree, string? named)
    {
        if (named is not null)
        {
            var output = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(named));
            return Directory.Exists(output) ? new(tree, output, isNamed: true) : throw IntreeFailure.NotUnderstood(
                $"-O: there is no folder {named}",
                "name the output folder of your builds, the one given to make as O=");
        }

        var exported = Environment.GetEnvironmentVariable("KBUILD_OUTPUT");
        return !string.IsNullOrEmpty(exported) && File.Exists(System.IO.Path.Combine(exported, DotConfig.Path.ToString()))
            ? new(tree, System.IO.Path.GetFullPath(exported), isNamed: false)
            : new(tree, output: null, isNamed: false);
    }

    /// <summary>The configuration; null if there is none.</summary>
    public ByteString? TryRead() =>
        Output is null ? _tree.TryRead(DotConfig.Path) : File.Exists(Path) ? SingleFile.Read(Path) : default(ByteString?);
}
