// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>A statement that includes other Kconfig files.</summary>
/// <param name="File">What it names, relative to the top of the tree; it may hold a variable or a pattern.</param>
/// <param name="IsOptional">Whether kconfig goes on if there is no such file.</param>
public readonly record struct KconfigSource(KconfigStatement Statement, ByteString File, bool IsOptional)
{
    private static ReadOnlySpan<byte> SourceArchitecture => "$(SRCARCH)"u8;

    public static KconfigSource Of(TreePath path, KconfigStatement statement)
    {
        var named = KconfigFile.Unquoted(statement.Argument);
        var isRelative = statement.Keyword is KconfigKeyword.RSource or KconfigKeyword.ORSource && !named.StartsWith("/"u8);
        var file = isRelative && path.Folder != TreePath.Top
            ? ByteString.Concat(path.Folder.Bytes, ByteString.Of("/"u8), named)
            : named;
        return new(statement, file, statement.Keyword is KconfigKeyword.OSource or KconfigKeyword.ORSource);
    }

    /// <summary>Whether it names this file, however the path is written.</summary>
    public bool Names(TreePath path) => File == path.Bytes || TreePath.Resolve(TreePath.Top, File) == path;

    /// <summary>
    /// The files it names: the matches of a pattern, or the file itself, which may be missing; null if a variable of the
    /// build decides, or the path leads out of the tree, so that it cannot be known.
    /// </summary>
    /// <param name="architecture">The value of SRCARCH; null if it is not known.</param>
    public IReadOnlyList<TreePath>? Files(KernelTree tree, string? architecture)
    {
        var file = File;
        if (architecture is not null && file.Span.IndexOf(SourceArchitecture) is var at and >= 0)
        {
            file = file.Replace(at, SourceArchitecture.Length, ByteString.OfText(architecture));
        }

        return file.Contains("$"u8) || TreePath.Resolve(TreePath.Top, file) is not { } path ? null
            : PathPattern.IsPattern(path.Bytes) && !tree.LeadsToFile(path) ? PathPattern.Matches(tree, path)
            : [path];
    }
}
