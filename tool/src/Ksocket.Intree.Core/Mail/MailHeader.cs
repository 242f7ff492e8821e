// SPDX-License-Identifier: GPL-2.0-only
using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ksocket.Intree.Core.Mail;

/// <summary>
/// Header lines of a mail as git writes them (RFC 5322 and RFC 2047): folded at 78 columns, names encoded or quoted if
/// necessary.
/// </summary>
internal static class MailHeader
{
    private const int LineLength = 78;

    /// <summary>The maximum line length of an encoded header (RFC 2047, section 2); git applies it to the first line too.</summary>
    private const int EncodedLength = 76;

    /// <summary>Characters that a name must quote (RFC 5322, section 3.2.3).</summary>
    private static readonly SearchValues<char> Specials = SearchValues.Create("()<>[]:;@,.\"\\");

    public static string From(Person person)
    {
        var header = "From: " + Name(person.Name, "From: ".Length);
        var last = header.Length - (header.LastIndexOf('\n') + 1);
        var mail = $" <{person.Mail}>";
        return header + (last + mail.Length > LineLength ? "\n" : "") + mail + "\n";
    }

    /// <summary>"Thu, 7 Apr 2005 22:13:13 +0200".</summary>
    public static string Date(DateTimeOffset date)
    {
        var sign = date.Offset < TimeSpan.Zero ? '-' : '+';
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Date: {date:ddd, d MMM yyyy HH:mm:ss} {sign}{date.Offset:hhmm}\n");
    }

    /// <summary>Folds only the title, as git does: the brackets before it stay on one line. A title outside ASCII is encoded.</summary>
    public static string Subject(string brackets, string title)
    {
        var header = new StringBuilder("Subject:").Append(brackets.Length > 0 ? $" [{brackets}]" : "").Append(' ');
        if (!Ascii.IsValid(title))
        {
            return header.Append(Encoded(title, header.Length)).Append('\n').ToString();
        }

        var column = header.Length - 1;
        foreach (var word in title.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column + 1 + word.Length > LineLength)
            {
                header.Append('\n').Append(' ');
                column = 0;
            }
            else if (header[^1] != ' ')
            {
                header.Append(' ');
            }

            header.Append(word);
            column += 1 + word.Length;
        }

        return header.Append('\n').ToString();
    }

    /// <param name="addresses">Each as it is given, if it is ASCII; else as "Name &lt;mail@host&gt;", and its name is encoded.</param>
    public static string List(string name, IReadOnlyList<string> addresses) =>
        addresses.Count == 0 ? "" : $"{name}: {string.Join(",\n    ", addresses.Select(Address))}\n";

    private static string Address(string text) =>
        !Ascii.IsValid(text) && Person.TryParse(text) is { } person ? $"{Name(person.Name, "    ".Length)} <{person.Mail}>" : text;

    /// <summary>Declares the body as 8-bit UTF-8 (RFC 2045, sections 4 to 6).</summary>
    public const string EightBit = "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n";

    private static string Name(string name, int column)
    {
        if (!Ascii.IsValid(name))
        {
            return Encoded(name, column);
        }

        var escaped = name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return name.AsSpan().ContainsAny(Specials) ? $"\"{escaped}\"" : name;
    }

    private static string Encoded(string name, int column)
    {
        const string open = "=?UTF-8?q?";
        const string close = "?=";
        var text = new StringBuilder(open);
        column += open.Length;
        foreach (var rune in name.EnumerateRunes())
        {
            var word = rune.IsAscii && (Rune.IsLetterOrDigit(rune) || "!*+-/".Contains((char)rune.Value, StringComparison.Ordinal))
                ? rune.ToString()
                : string.Concat(System.Text.Encoding.UTF8.GetBytes(rune.ToString()).Select(one => $"={one:X2}"));
            if (column + word.Length + close.Length > EncodedLength)
            {
                text.Append(close).Append("\n ").Append(open);
                column = open.Length + 1;
            }

            text.Append(word);
            column += word.Length;
        }

        return text.Append(close).ToString();
    }
}
