// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.IO.Enumeration;
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Proof.Building;

/// <summary>The sources of a tree as one look finds them: every file but kbuild's products, with what tells a changed one.</summary>
/// <param name="Root">Where the tree was.</param>
/// <param name="Files">Path to size, times and inode, or to the target of a link.</param>
public sealed record SourceListing(string Root, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>What make mrproper would take away, as far as it makes a build elsewhere fail or go wrong.</summary>
    private static readonly string[] Products = [".config", ".config.old", "include/config", "include/generated", ".git", ".tmp_versions"];

    /// <summary>The last word of a whole record. An older one ended otherwise: its copy was made of links, and is not to be trusted.</summary>
    private const string Whole = "whole";

    private static readonly string[] Endings = [".o", ".a", ".ko", ".mod", ".mod.c", ".cmd", ".order"];

    public static SourceListing Of(FolderTree tree)
    {
        var prefix = tree.Root.Length + (tree.Root.EndsWith('/') ? 0 : 1);
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };
        var entries = new FileSystemEnumerable<(string Path, string Mark)>(tree.Root, (ref FileSystemEntry entry) => (entry.ToFullPath()[prefix..], Mark(ref entry)), everything)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => (!entry.IsDirectory || IsLink(ref entry)) && !IsProduct(entry.ToFullPath()[prefix..]),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(ref entry) && !IsProduct(entry.ToFullPath()[prefix..]),
        };
        var listing = Machine.Try(tree.Root, () => new SourceListing(tree.Root, entries.ToDictionary(entry => entry.Path, entry => entry.Mark, StringComparer.Ordinal)));
        return listing.Files.Keys.FirstOrDefault(path => path.Contains('\ufffd', StringComparison.Ordinal)) is { } odd
            ? throw IntreeFailure.NotUnderstood($"{tree.Root}/{odd}: the name of this file is not UTF-8", "no kernel has such a file; rename it or move it out of the tree")
            : listing;
    }

    /// <summary>What an earlier proof saw, or null if it left no whole record.</summary>
    public static SourceListing? Load(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var lines = File.ReadAllText(path).Split('\0');
        return lines is [var root, .. var rest] && rest.Length % 2 == 1 && rest[^1] == Whole
            ? new SourceListing(root, rest[..^1].Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal))
            : null;
    }

    public void Save(string path) => Machine.Try(path, () =>
    {
        File.WriteAllText(path + ".new", string.Join('\0', Files.SelectMany(file => (string[])[file.Key, file.Value]).Prepend(Root).Append(Whole)));
        File.Move(path + ".new", path, overwrite: true);
    });

    private static string Mark(ref FileSystemEntry entry) => IsLink(ref entry)
        ? "-> " + new FileInfo(entry.ToFullPath()).LinkTarget
        : string.Create(CultureInfo.InvariantCulture, $"{entry.Length} {entry.LastWriteTimeUtc.UtcTicks} {FileStamp.Of(entry.ToFullPath())}");

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;

    private static bool IsProduct(string path) =>
        Products.Contains(path, StringComparer.Ordinal)
        || (path.StartsWith("arch/", StringComparison.Ordinal) && path.EndsWith("/include/generated", StringComparison.Ordinal))
        || Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.Ordinal));
}
