// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>What one Kconfig file includes.</summary>
/// <param name="Lines">The source lines, each with the files it names; null for those that cannot be known.</param>
/// <param name="Fault">Why kconfig would not read the file to its end.</param>
internal sealed record KconfigIncludes(
    ImmutableArray<(KconfigSource Source, IReadOnlyList<TreePath>? Files)> Lines, KconfigFault? Fault)
{
    public IEnumerable<TreePath> Files => Lines.SelectMany(line => line.Files ?? []);

    /// <summary>The source lines of a file, not yet resolved; keeps nothing of its bytes.</summary>
    public static KconfigIncludes In(TreePath path, ByteString file, Action<TreePath, ByteString> look)
    {
        look(path, file);
        var lines = ImmutableArray.CreateBuilder<(KconfigSource, IReadOnlyList<TreePath>?)>();
        var nesting = new KconfigNesting(path);
        try
        {
            for (var scanner = new KconfigScanner(file.Span); scanner.Next();)
            {
                nesting.Add(scanner.Keyword, scanner.Number);
                if (scanner.Keyword.IsSource())
                {
                    var argument = ByteString.Of(file.Span[scanner.Argument]);
                    if (scanner.Keyword == KconfigKeyword.Source && !KconfigSource.IsNameInQuotes(argument))
                    {
                        throw IntreeFailure.NotUnderstood(
                            $"{path}:{scanner.Number}: kconfig needs one name in quotes after 'source'", "write: source \"FILE\"");
                    }

                    lines.Add((KconfigSource.Of(path, scanner.Number, scanner.Keyword, argument), null));
                }
            }

            nesting.End();
            return new(lines.ToImmutable(), null);
        }
        catch (IntreeFailure unbalanced)
        {
            return new([], new KconfigFault(unbalanced.Message, unbalanced.Hint ?? "complete the file"));
        }
    }

    public KconfigIncludes Resolved(KernelTree tree, ImmutableArray<string> architectures) =>
        this with { Lines = [.. Lines.Select(line => (line.Source, line.Source.Files(tree, architectures)))] };
}
