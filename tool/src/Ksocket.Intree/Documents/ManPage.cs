// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text;
using Ksocket.Intree.Core.Driver;

namespace Ksocket.Intree.Documents;

/// <summary>Writes manual pages with the macros of man(7): an overview, and a page for each verb.</summary>
internal sealed class ManPage
{
    private const string CommandName = "ksocket-intree";

    private readonly StringBuilder _text = new();

    private ManPage()
    {
    }

    /// <summary>ksocket-intree(1).</summary>
    public static string Overview(Manual manual, string version)
    {
        var page = new ManPage();
        page.Head(CommandName, manual.Description, version);
        page.Section("SYNOPSIS");
        page.Line($"\\fB{Escape(CommandName)}\\fR [\\fIOPTION\\fR...] \\fIVERB\\fR [\\fIARGUMENT\\fR...]");
        page.Section("DESCRIPTION");
        page.Line(Escape(manual.Description) + ".");
        page.Line("It reads the declarations in the tree and does not rely on the version number. "
            + "If a tree is not supported, it fails and reports the file and line.");
        page.Section("VERBS");
        foreach (var verb in manual.Verbs)
        {
            page.Term($"\\fB{Escape(PageOf(verb.Name))}\\fR(1)", verb.Description);
        }

        page.Options("OPTIONS", manual.RootOptions);
        foreach (var note in HelpNotes.All)
        {
            page.Section(note.ManHeading);
            foreach (var (term, meaning) in note.Terms)
            {
                page.Term($"\\fB{Escape(term)}\\fR", meaning);
            }

            if (note.After is not null)
            {
                page.Line(".PP");
                page.Line(Escape(note.After));
            }
        }

        page.SeeAlso(manual.Verbs.Select(verb => PageOf(verb.Name)));
        return page._text.ToString();
    }

    /// <summary>The page of one verb, such as ksocket-intree-apply(1).</summary>
    public static string Of(ManualVerb verb, string version)
    {
        var page = new ManPage();
        page.Head(PageOf(verb.Name), verb.Description, version);
        page.Section("SYNOPSIS");
        var arguments = verb.Arguments.Select(value => $" [\\fI{value.Name}\\fR{(value.IsRepeated ? "..." : "")}]");
        page.Line($"\\fB{Escape(CommandName)} {verb.Name}\\fR [\\fIOPTION\\fR...]{string.Concat(arguments)}");
        page.Section("DESCRIPTION");
        page.Line(Escape(verb.Description) + ".");
        foreach (var value in verb.Arguments)
        {
            page.Term($"\\fI{Escape(value.Name)}\\fR", value.Description);
        }

        page.Options("OPTIONS", verb.Options.Where(option => !option.IsCommon));
        page.Options("COMMON OPTIONS", verb.Options.Where(option => option.IsCommon));
        page.Section("EXAMPLES");
        foreach (var example in verb.Examples)
        {
            page.Term($"\\fB{Escape($"{CommandName} {example.Command}")}\\fR", example.Purpose);
        }

        page.Section("EXIT STATUS");
        page.Line($"\\fB{Escape(CommandName)}\\fR(1) lists the exit codes, the environment variables and the files.");
        page.SeeAlso([CommandName]);
        return page._text.ToString();
    }

    /// <summary>The name of the page of a verb.</summary>
    public static string PageOf(string verb) => $"{CommandName}-{verb}";

    private void Head(string name, string description, string version)
    {
        var date = Release.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (source, manual) = (Escape($"{CommandName} {version}"), Escape($"{CommandName} manual"));
        Line($".TH {Escape(name.ToUpperInvariant())} 1 {date} \"{source}\" \"{manual}\"");
        Section("NAME");
        Line($"{Escape(name)} \\- {Escape(description)}");
    }

    private void Section(string heading) => Line(heading.Contains(' ') ? $".SH \"{heading}\"" : $".SH {heading}");

    private void Options(string heading, IEnumerable<ManualOption> options)
    {
        var listed = options.ToList();
        if (listed.Count == 0)
        {
            return;
        }

        Section(heading);
        foreach (var option in listed)
        {
            var value = option.Value is { } named ? $" \\fI{Escape(named.Name)}\\fR" : "";
            Term(string.Join(", ", option.Names.Select(name => $"\\fB{Escape(name)}\\fR")) + value, option.Description);
        }
    }

    private void Term(string term, string meaning)
    {
        Line(".TP");
        Line(term);
        Line(Escape($"{meaning[..1].ToUpperInvariant()}{meaning[1..]}") + ".");
    }

    private void SeeAlso(IEnumerable<string> pages)
    {
        Section("SEE ALSO");
        Line(string.Join(",\n", [.. pages.Select(page => $"\\fB{Escape(page)}\\fR(1)"), "\\fBgit\\fR(1)"]));
    }

    private void Line(string text) => _text.Append(text).Append('\n');

    /// <summary>roff: a hyphen that is typed is \-, and a line must not begin with a dot or an apostrophe.</summary>
    private static string Escape(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal)
            .Replace("'", "\\(aq", StringComparison.Ordinal).Replace("~", "\\(ti", StringComparison.Ordinal);
        return escaped.StartsWith('.') ? "\\&" + escaped : escaped;
    }
}
