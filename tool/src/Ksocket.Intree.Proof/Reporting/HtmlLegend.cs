// SPDX-License-Identifier: GPL-2.0-only
using System.Text;

namespace Ksocket.Intree.Proof.Reporting;

/// <summary>What the words of a matrix mean, as a section of a page.</summary>
public static class HtmlLegend
{
    /// <param name="more">Further entries, as HTML.</param>
    public static void Write(StringBuilder page, params ReadOnlySpan<string> more)
    {
        page.Append("<h2>What the words mean</h2>\n<ul>\n");
        page.Append("<li>built in: driver and samples in the kernel, booted, the samples ran;</li>\n");
        page.Append("<li>as modules: loaded, the samples ran, unloaded;</li>\n");
        page.Append("<li>KUnit: the driver's test cases ran at boot and passed; a number counts them;</li>\n");
        page.Append("<li>each patch: every patch of the series was built in order, =y and =m; nothing was booted;</li>\n");
        page.Append("<li>built, not booted: compiled and linked for an architecture that is not emulated here.</li>\n");
        foreach (var entry in more)
        {
            page.Append("<li>").Append(entry).Append("</li>\n");
        }

        page.Append("</ul>\n");
    }
}
