// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Series;

/// <summary>
/// The sources that list the KUnit suites, as of an earlier patch. A suite named DRIVER_NAME_suite is in NAME_kunit.c; a
/// line that names only suites of files of a later patch is left out. The list starts and ends with suites of the first.
/// </summary>
internal static partial class KUnitSuites
{
    /// <param name="isLater">Whether a file is in a later patch.</param>
    public static ByteString Of(DriverSource driver, ByteString file, Func<TreePath, bool> isLater)
    {
        var (folder, start) = (driver.Folder / "tests", driver.Name.Replace('-', '_') + "_");
        foreach (var line in ByteLines.Of(file).Reverse())
        {
            var suites = Suite().Matches(line.Text).Select(match => match.Groups[1].Value)
                .Where(suite => suite.StartsWith(start, StringComparison.Ordinal))
                .Select(suite => folder / $"{suite[start.Length..]}_kunit.c").ToList();
            if (suites.Count > 0 && suites.All(isLater))
            {
                file = file.Replace(line.Start, line.End - line.Start, ByteString.Empty);
            }
        }

        return file;
    }

    [GeneratedRegex(@"\b(\w+)_suite\b")]
    private static partial Regex Suite();
}
