// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>Tells what kbuild derives from the sources of a folder (Documentation/kbuild/modules.rst, and the clean rules of the top Makefile).</summary>
internal static partial class KbuildProducts
{
    /// <summary>Whether a file beside these sources is one that kbuild made of them.</summary>
    public static bool Contains(TreePath file, IEnumerable<TreePath> sources, IEnumerable<string> modules)
    {
        if (Whole().IsMatch(file.Name))
        {
            return true;
        }

        var stems = sources.Where(source => source.Folder == file.Folder && source.Name.EndsWith(".c", StringComparison.Ordinal))
            .Select(source => source.Name[..^2])
            .Concat(modules);
        return stems.Any(stem => IsOf(stem, file.Name));
    }

    private static bool IsOf(string stem, string name) =>
        name.StartsWith(stem + ".", StringComparison.Ordinal) ? Suffix().IsMatch(name[stem.Length..])
        : name.StartsWith($".{stem}.", StringComparison.Ordinal) && (name.EndsWith(".cmd", StringComparison.Ordinal) || name.EndsWith(".d", StringComparison.Ordinal));

    [GeneratedRegex(@"^(built-in\.a|modules\.order|modules\.builtin|modules\.builtin\.modinfo|\.(built-in\.a|modules\.order|modules\.builtin)\.cmd|\.tmp_.*)$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^\.(o|a|i|s|ll|lst|su|gcno|dwo|symtypes|symversions|usyms|ko|mod|mod\.c|mod\.o|prelink\.o|o\.symversions)$")]
    private static partial Regex Suffix();
}
