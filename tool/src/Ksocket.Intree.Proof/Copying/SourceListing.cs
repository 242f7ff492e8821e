// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Proof.Copying;

/// <summary>The source files of a tree, without kbuild's output, each with a mark that changes with the file.</summary>
/// <param name="Root">The path of the tree.</param>
/// <param name="Files">Path to mode, size, times and inode, or to the target of a link.</param>
public sealed record SourceListing(ByteString Root, IReadOnlyDictionary<ByteString, ByteString> Files)
{
    /// <summary>What make mrproper would delete, as far as it breaks a build with O=.</summary>
    private static readonly ByteString[] Products =
        [.. new[] { ".config", ".config.old", "include/config", "include/generated", ".git", ".tmp_versions" }.Select(ByteString.OfText)];

    private static readonly ByteString[] Endings =
        [.. new[] { ".o", ".a", ".ko", ".mod", ".mod.c", ".cmd", ".order" }.Select(ByteString.OfText)];

    /// <summary>
    /// The last word of a complete record. Records of older releases lack it; their copies had hard links and are unsafe.
    /// </summary>
    private static ReadOnlySpan<byte> Whole => "whole"u8;

    private static ReadOnlySpan<byte> LinkMark => "-> "u8;

    public static SourceListing Of(FolderTree tree) => IoFailures.Try(tree.Root, () =>
    {
        var (root, files) = (ByteString.OfText(tree.Root), new Dictionary<ByteString, ByteString>());
        for (List<ByteString> folders = [ByteString.Empty]; folders.Count > 0;)
        {
            var entries = EntriesIn(root, folders);
            folders = [.. entries.Where(entry => entry.Type == PathType.Folder).Select(entry => entry.Path)];
            foreach (var entry in entries.Where(entry => entry.Type is PathType.File or PathType.Link))
            {
                files[entry.Path] = entry.Mark;
            }
        }

        return new SourceListing(root, files);
    });

    private static readonly ByteString End = ByteString.Of("\0"u8);

    /// <summary>
    /// Identifies the files that kconfig reads: Kconfig files, what they run in scripts/, and the Makefiles that set variables
    /// for them.
    /// </summary>
    /// <param name="ours">The ksocket files that are written over those of the tree.</param>
    public string KconfigInputs(ImmutableArray<FileChange> ours)
    {
        var hash = Digest.Sha256();
        foreach (var (path, mark) in Files.Where(file => IsReadByKconfig(file.Key)).OrderBy(file => file.Key))
        {
            hash.Add(path);
            hash.Add(End);
            hash.Add(mark);
            hash.Add(End);
        }

        foreach (var change in ours)
        {
            hash.Add(ByteString.OfText($"{change.Path}\0{change.After!.Bytes.Length}\0"));
            hash.Add(change.After.Bytes);
        }

        return hash.ToHex();
    }

    /// <summary>The listing of an earlier proof, or null if there is no complete record.</summary>
    public static SourceListing? Load(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var words = Split(new ByteString(File.ReadAllBytes(path)));
        return words.Count % 2 == 0 && words.Count > 0 && words[^1].Equals(Whole)
            ? new SourceListing(words[0], words.Skip(1).SkipLast(1).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]))
            : null;
    }

    /// <summary>Words separated by zero bytes, which no name contains.</summary>
    public void Save(string path) => IoFailures.Try(path, () =>
    {
        using (var file = new BufferedStream(new FileStream(path + ".new", FileMode.Create, FileAccess.Write), 1 << 16))
        {
            file.Write(Root);
            file.WriteByte(0);
            foreach (var (name, mark) in Files)
            {
                file.Write(name);
                file.WriteByte(0);
                file.Write(mark);
                file.WriteByte(0);
            }

            file.Write(Whole);
        }

        File.Move(path + ".new", path, overwrite: true);
    });

    /// <summary>The target of a link, or null for a file.</summary>
    internal static ByteString? TargetIn(ByteString mark) => mark.StartsWith(LinkMark) ? mark.Slice(LinkMark.Length) : default(ByteString?);

    /// <summary>The entries of folders, without kbuild's output. On all cores: a tree has six thousand folders.</summary>
    private static List<(ByteString Path, PathType Type, ByteString Mark)> EntriesIn(ByteString root, List<ByteString> folders)
    {
        try
        {
            return [.. folders.AsParallel().AsOrdered().SelectMany(folder =>
                from entry in BytePath.EntriesIn(BytePath.Join(root, folder))
                let path = BytePath.Join(folder, entry.Name)
                where !IsProduct(path)
                select (path, entry.Status.Type, MarkOf(BytePath.Join(root, path), entry.Status)))];
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
            throw;
        }
    }

    private static ByteString MarkOf(ByteString path, PathStatus status) => status.Type switch
    {
        PathType.Special => throw IntreeFailure.NotUnderstood(
            $"{path} is a FIFO, a socket or a device; a kernel tree holds files, folders and links only",
            "delete it, or move it out of the tree"),
        PathType.Link or PathType.File => Mark(path, status),
        _ => default,
    };

    private static ByteString Mark(ByteString path, PathStatus status) => status.Type == PathType.Link
        ? ByteString.Concat(ByteString.Of(LinkMark), BytePath.TargetOf(path))
        : ByteString.OfText(string.Create(
            CultureInfo.InvariantCulture,
            $"{status.Mode} {status.Size} {status.Written.Seconds}.{status.Written.Nanoseconds} {status.Inode} "
                + $"{status.Changed.Seconds}.{status.Changed.Nanoseconds}"));

    private static List<ByteString> Split(ByteString bytes)
    {
        var words = new List<ByteString>();
        for (var at = 0; at <= bytes.Length;)
        {
            var end = bytes.Span[at..].IndexOf((byte)0) is var length and >= 0 ? at + length : bytes.Length;
            words.Add(bytes.Slice(at, end - at));
            at = end + 1;
        }

        return words;
    }

    private static bool IsReadByKconfig(ByteString path)
    {
        var name = path.Slice(path.Span.LastIndexOf((byte)'/') + 1);
        return name.StartsWith("Kconfig"u8) || path.StartsWith("scripts/"u8) || name.Length == path.Length
            || (path.StartsWith("arch/"u8) && name.StartsWith("Makefile"u8));
    }

    private static bool IsProduct(ByteString path) =>
        Products.Contains(path)
        || (path.StartsWith("arch/"u8) && path.EndsWith("/include/generated"u8))
        || Array.Exists(Endings, ending => path.EndsWith(ending));
}
