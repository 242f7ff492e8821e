// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>
/// What stands in the folder of a driver and is not part of it: the data of git and other hidden files, what kbuild makes, what
/// editors and patch leave, and documents, archives and pictures: nothing builds them, and the state file would hold them all.
/// </summary>
internal static partial class LeftOut
{
    /// <param name="file">A path in the folder.</param>
    public static bool Contains(TreePath file) =>
        file.Folders.Append(file).Any(step => step.Name.StartsWith("."u8) && !step.IsNamed(".kunitconfig"))
        || Products().IsMatch(file.Name.ToString());

    [GeneratedRegex(
        @"\.(o|a|ko|mod|mod\.c|symvers|order|su|gcno|dwo|i|lst|orig|rej|swp|bak|pyc)$|~$|^#.*#$|"
        + @"\.(pdf|doc|docx|xls|xlsx|ppt|odt|zip|7z|rar|tar|tgz|gz|xz|bz2|zst|deb|rpm|apk|exe|png|jpg|jpeg|gif|svg)$|"
        + @"^(modules\.builtin|built-in\.a|cscope\..*|tags|TAGS)$")]
    private static partial Regex Products();
}
