// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text;

namespace Ksocket.Intree.Core.Mail;

/// <summary>The diffstat that git prints after the message, as with --stat=72 (git manual, "diff-options", --stat).</summary>
public static class DiffStat
{
    private const int Width = 72;

    public static string Of(IReadOnlyList<FileDiff> files)
    {
        var most = files.Max(file => file.Added + file.Removed);
        var digits = most.ToString(CultureInfo.InvariantCulture).Length;
        var (name, graph) = Columns(files.Max(file => NameOf(file).Length), most, digits);

        var stat = new StringBuilder();
        foreach (var file in files)
        {
            var changed = file.Added + file.Removed;
            var number = changed.ToString(CultureInfo.InvariantCulture).PadLeft(digits);
            var (plus, minus) = Bars(file, most, graph);
            var bars = (changed > 0 ? " " : "") + new string('+', plus) + new string('-', minus);
            stat.Append(CultureInfo.InvariantCulture, $" {Shorten(NameOf(file), name).PadRight(name)} | {number}{bars}\n");
        }

        return stat.Append(Total(files)).ToString();
    }

    private static string NameOf(FileDiff file) => file.Path.ToString();

    /// <summary>The column widths of names and bars: as needed, or, if both do not fit, bars at most 3/8 of the width.</summary>
    private static (int Name, int Graph) Columns(int longest, int most, int digits)
    {
        const int separators = 6;
        var (name, graph) = (longest, most);
        if (name + digits + separators + graph > Width)
        {
            graph = Math.Min(graph, Math.Max(6, Width * 3 / 8 - digits - separators));
            if (name > Width - digits - separators - graph)
            {
                name = Width - digits - separators - graph;
            }
            else
            {
                graph = Width - digits - separators - name;
            }
        }

        return (name, graph);
    }

    private static (int Plus, int Minus) Bars(FileDiff file, int most, int graph)
    {
        var (plus, minus) = (file.Added, file.Removed);
        if (graph > most)
        {
            return (plus, minus);
        }

        var total = Scale(plus + minus);
        if (total < 2 && plus > 0 && minus > 0)
        {
            total = 2;
        }

        if (plus < minus)
        {
            plus = Scale(plus);
            return (plus, total - plus);
        }

        minus = Scale(minus);
        return (total - minus, minus);

        int Scale(int count) => count == 0 ? 0 : 1 + count * (graph - 1) / most;
    }

    /// <summary>A name that is too long is truncated at the front, up to a slash if one remains.</summary>
    private static string Shorten(string path, int width)
    {
        if (path.Length <= width)
        {
            return path;
        }

        var kept = path[^(width - 3)..];
        var slash = kept.IndexOf('/', StringComparison.Ordinal);
        return "..." + (slash < 0 ? kept : kept[slash..]);
    }

    private static string Total(IReadOnlyList<FileDiff> files)
    {
        var (added, removed) = (files.Sum(file => file.Added), files.Sum(file => file.Removed));
        var noun = files.Count == 1 ? "file" : "files";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $" {files.Count} {noun} changed");
        if (added > 0 || removed == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $", {added} insertion{(added == 1 ? "" : "s")}(+)");
        }

        if (removed > 0 || added == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $", {removed} deletion{(removed == 1 ? "" : "s")}(-)");
        }

        return text.Append('\n').ToString();
    }
}
