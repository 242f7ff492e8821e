// SPDX-License-Identifier: GPL-2.0-only
using System.Net;
using System.Text.RegularExpressions;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>
/// The page of report, in headless Chromium. With the path of axe-core's axe.min.js in KSOCKET_INTREE_AXE, its rules of
/// accessibility are checked too.
/// </summary>
public sealed partial class PageTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    /// <summary>At the width of a telephone, a tablet and a desk; a wide table scrolls by itself.</summary>
    [Theory]
    [InlineData(400, false)]
    [InlineData(800, false)]
    [InlineData(1400, false)]
    [InlineData(400, true)]
    [InlineData(800, true)]
    [InlineData(1400, true)]
    public void The_matrix_is_no_wider_than_its_window_and_can_be_read_by_all(int width, bool isDark)
    {
        Skip.Without("chromium");
        var page = _temp.PathOf("page.html");
        Cli.Run("report", Record(), "--html", page);
        var axe = Environment.GetEnvironmentVariable("KSOCKET_INTREE_AXE") is { Length: > 0 } path ? File.ReadAllText(path) : null;
        File.WriteAllText(page, File.ReadAllText(page).Replace("</body>", $"<script>{axe}{Ask}</script></body>", StringComparison.Ordinal));
        File.WriteAllText(_temp.PathOf("frame.html"), Frame(width));

        var seen = Answer().Match(Opened("frame.html", isDark)).Groups["answer"].Value;
        Assert.Equal($"{width} {width} {(isDark ? "dark" : "light")} []", WebUtility.HtmlDecode(seen));
    }

    [GeneratedRegex("<pre>(?<answer>.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Answer();

    /// <summary>The widths of the window and of the page, the scheme of colours, and what axe-core found.</summary>
    private const string Ask =
        """
        addEventListener("load", async () => parent.postMessage([innerWidth, document.documentElement.scrollWidth,
            matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
            JSON.stringify(window.axe ? (await axe.run()).violations.map(one => [one.id, one.nodes[0].html]) : [])].join(" "), "*"));
        """;

    /// <summary>A frame, because a window of Chromium is at least 500 pixels wide.</summary>
    private static string Frame(int width) =>
        $$"""
        <iframe style="width: {{width}}px; border: 0" src="page.html"></iframe><script>addEventListener("message", event =>
            document.body.appendChild(document.createElement("pre")).textContent = event.data);</script>
        """;

    private string Opened(string name, bool isDark) => Run.Program(
        "chromium", _temp.Root, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--dump-dom",
        "--window-size=1400,900",
        $"--blink-settings=preferredColorScheme={(isDark ? 0 : 1)}", $"--user-data-dir={_temp.PathOf("profile")}",
        "--virtual-time-budget=20000", $"file://{_temp.PathOf(name)}");

    /// <summary>A kernel with a result of each kind, and a diagnosis without a space.</summary>
    private string Record()
    {
        var passed = new RecordedProof(
            "built in", "um", false, [], "2026-11-27", "gcc (Debian 12.2.0-14) 12.2.0", DriverSource.Bundled.Hash, true, Outcome.Passed,
            null, 0, Outcome.Passed, Outcome.Skipped, Outcome.Failed);
        var failed = passed with { Form = "as modules", Verdict = Outcome.Failed, Failure = new("build", new string('x', 200)) };
        var path = _temp.PathOf("record.json");
        File.WriteAllText(path, new ProofRecord("6.12.1", [passed, failed, passed with { Form = "KUnit", Driver = "another" }]).ToJson());
        return path;
    }
}
