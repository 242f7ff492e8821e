// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Core.Declarations;

/// <summary>A declaration that evidence names: a function, a macro, a typedef, or a member of a structure.</summary>
/// <param name="Name">The name declared, as a user would search for it.</param>
/// <param name="Text">The normalized spelling of the declaration; empty if any declaration of the name matches.</param>
public abstract partial record Wanted(string Name, string Text)
{
    /// <summary>Every declaration of that name in a header, whatever its shape.</summary>
    public abstract IEnumerable<Declared> In(Header header);

    public bool IsMetBy(Declared declared) => Text.Length == 0 || declared.Text == Text;

    /// <summary>
    /// Reads "prototype;", "define NAME;", "typedef NAME;", "member struct NAME TYPE (*NAME)(…);" or a bare function name.
    /// </summary>
    public static Wanted Parse(string text)
    {
        text = text.TrimEnd(';', ' ');
        var words = text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [var name] => new Function(name, ""),
            ["define", var name] => new Macro(name),
            ["typedef", var name] => new Typedef(name),
            ["member", "struct", var structure, ..] => Member.Parse(structure, After(structure)),
            _ when Prototype.Parse(text) is var prototype => new Function(prototype.Name, prototype.ToString()),
            _ => throw new FormatException($"'{text}' is no declaration"),
        };

        string After(string word) => text[(text.IndexOf(word, StringComparison.Ordinal) + word.Length)..];
    }

    private sealed record Function(string Name, string Text) : Wanted(Name, Text)
    {
        public override IEnumerable<Declared> In(Header header) => header.Functions(Name);
    }

    private sealed record Macro(string Name) : Wanted(Name, $"#define {Name}")
    {
        public override IEnumerable<Declared> In(Header header) => header.Macro(Name) is { } declared ? [declared] : [];
    }

    private sealed record Typedef(string Name) : Wanted(Name, $"typedef {Name}")
    {
        public override IEnumerable<Declared> In(Header header) => header.Typedef(Name) is { } declared ? [declared] : [];
    }

    private sealed partial record Member(string Structure, string Field, string Text) : Wanted($"{Structure}.{Field}", Text)
    {
        public override IEnumerable<Declared> In(Header header) => header.Members(Structure, Field);

        public static Member Parse(string structure, string declaration)
        {
            var field = FieldName().Match(declaration).Groups["name"].Value;
            var type = TypeName.Of(CToken.Of(declaration)) ?? throw new FormatException($"'{declaration}' is not a member");
            return new Member(structure, field, type);
        }

        [GeneratedRegex(@"\(\*\s*(?<name>\w+)\s*\)|(?<name>\w+)\s*$")]
        private static partial Regex FieldName();
    }
}
