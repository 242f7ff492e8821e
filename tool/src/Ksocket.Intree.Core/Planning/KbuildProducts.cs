// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>
/// Recognises files that kbuild generates from the sources of a folder (Documentation/kbuild/modules.rst, and the clean
/// rules of the top Makefile).
/// </summary>
internal static partial class KbuildProducts
{
    /// <summary>Whether kbuild generated this file from these sources in the same folder.</summary>
    public static bool Contains(TreePath file, IEnumerable<TreePath> sources, IEnumerable<string> modules)
    {
        if (file.Name.TryToText() is not { } name)
        {
            return false; // every name that kbuild generates is ASCII
        }

        return Whole().IsMatch(name) || sources.Where(source => source.Folder == file.Folder && source.EndsIn(".c"))
            .Select(source => source.Name.ToString()[..^2])
            .Concat(modules)
            .Any(stem => IsOf(stem, name));
    }

    private static bool IsOf(string stem, string name) =>
        name.StartsWith(stem + ".", StringComparison.Ordinal) ? Suffix().IsMatch(name[stem.Length..])
        : name.StartsWith($".{stem}.", StringComparison.Ordinal)
            && (name.EndsWith(".cmd", StringComparison.Ordinal) || name.EndsWith(".d", StringComparison.Ordinal));

    [GeneratedRegex(
        @"^(built-in\.a|modules\.order|modules\.builtin|modules\.builtin\.modinfo|"
        + @"\.(built-in\.a|modules\.order|modules\.builtin)\.cmd|\.tmp_.*)$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^\.(o|a|i|s|ll|lst|su|gcno|dwo|symtypes|symversions|usyms|ko|mod|mod\.c|mod\.o|prelink\.o|o\.symversions)$")]
    private static partial Regex Suffix();
}
