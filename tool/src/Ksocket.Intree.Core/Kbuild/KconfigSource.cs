// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>A line that includes other Kconfig files.</summary>
/// <param name="Keyword">One of the four that do.</param>
/// <param name="Line">Its number, from 1.</param>
/// <param name="File">What it names, relative to the top of the tree; it may hold a variable or a pattern.</param>
public readonly record struct KconfigSource(KconfigKeyword Keyword, int Line, ByteString File)
{
    private static ReadOnlySpan<byte> SourceArchitecture => "$(SRCARCH)"u8;

    private static ReadOnlySpan<byte> Top => "$(srctree)/"u8;

    /// <summary>SUBARCH of user-mode Linux, which exists for x86 alone (arch/um/Makefile).</summary>
    private static ReadOnlySpan<byte> HeaderArchitecture => "$(HEADER_ARCH)"u8;

    /// <summary>A '$' without it is a character of the name.</summary>
    private static ReadOnlySpan<byte> Variable => "$("u8;

    /// <summary>Whether kconfig goes on if there is no such file.</summary>
    public bool IsOptional => Keyword is KconfigKeyword.OSource or KconfigKeyword.ORSource;

    /// <summary>Whether '*' or '?' in it may stand for other characters.</summary>
    public bool IsPattern => PathPattern.IsPattern(File);

    /// <summary>Whether the architecture alone decides what it names.</summary>
    public bool IsOfArchitecture => File is var file && file.Contains(SourceArchitecture) && file.Span.Count(Variable) == 1;

    /// <summary>Why the files that it names cannot be known.</summary>
    public string WhyUnknown => File is var file && file.Contains(Variable)
        ? "and a variable of the build decides which file that is"
        : "which is outside the tree";

    /// <param name="argument">What follows the keyword, which includes files.</param>
    public static KconfigSource Of(TreePath path, int line, KconfigKeyword keyword, ByteString argument)
    {
        var named = KconfigFile.Unquoted(argument);
        var isRelative = keyword is KconfigKeyword.RSource or KconfigKeyword.ORSource && !named.StartsWith("/"u8);
        var file = isRelative && path.Folder != TreePath.Top
            ? ByteString.Concat(path.Folder.Bytes, ByteString.Of("/"u8), named)
            : named;
        var known = Without(Without(file, Top, []), HeaderArchitecture, "x86"u8);
        return new(keyword, line, known);
    }

    /// <summary>Whether kconfig accepts what follows 'source': one name in quotes, which is not empty.</summary>
    public static bool IsNameInQuotes(ByteString argument) => argument.Length > 2
        && argument[0] is (byte)'"' or (byte)'\'' && argument[^1] == argument[0] && argument.Span[1..^1].IndexOf(argument[0]) < 0;

    private static ByteString Without(ByteString file, ReadOnlySpan<byte> variable, ReadOnlySpan<byte> value) =>
        file.Span.IndexOf(variable) is var at and >= 0 ? file.Replace(at, variable.Length, ByteString.Of(value)) : file;

    /// <summary>Whether it names this file, however the path is written.</summary>
    public bool Names(TreePath path) => File == path.Bytes || TreePath.Resolve(TreePath.Top, File) == path;

    /// <summary>
    /// The files it names: the matches of a pattern, or the file itself, which may be missing; null if a variable of the
    /// build decides, or the path leads out of the tree, so that it cannot be known.
    /// </summary>
    /// <param name="architectures">The values of SRCARCH to follow.</param>
    public IReadOnlyList<TreePath>? Files(KernelTree tree, params ImmutableArray<string> architectures)
    {
        var file = File;
        var at = file.Span.IndexOf(SourceArchitecture);
        if (at < 0)
        {
            return FilesOf(tree, file);
        }

        var files = architectures
            .Select(arch => FilesOf(tree, file.Replace(at, SourceArchitecture.Length, ByteString.OfText(arch)))).ToList();
        return files.Count == 0 || files.Contains(null) ? null : [.. files.SelectMany(each => each!)];
    }

    private static IReadOnlyList<TreePath>? FilesOf(KernelTree tree, ByteString file) =>
        file.Contains(Variable) || TreePath.Resolve(TreePath.Top, file) is not { } path ? null
        : PathPattern.IsPattern(path.Bytes) && !tree.LeadsToFile(path) ? PathPattern.Matches(tree, path)
        : [path];
}
