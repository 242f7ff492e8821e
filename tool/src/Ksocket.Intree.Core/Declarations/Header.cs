// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Declarations;

/// <summary>A declaration found in a header: its text, and the line where it begins.</summary>
public sealed record Declared(string Text, int Line);

/// <summary>
/// What a C header declares at its top level, in any configuration. Reading finds where the statements are; only
/// those that contain the name asked for are split into tokens.
/// </summary>
public sealed class Header
{
    /// <summary>The nesting limit of anonymous structures, since each level is read once more. Kernel headers have 2 or 3.</summary>
    private const int DeepestNesting = 8;

    private readonly LogicalText _text;
    private readonly Outline _outline;

    private Header(LogicalText text) => (_text, _outline) = (text, Outline.Of(text.Span, 0, text.Span.Length));

    public static Header Read(ByteString file) => new(LogicalText.Of(file));

    /// <summary>Every prototype or inline definition of a function; more than one if #if provides alternatives.</summary>
    public IReadOnlyList<Declared> Functions(string name)
    {
        var found = new List<Declared>();
        foreach (var statement in With(name, _outline))
        {
            var tokens = CToken.OfStatement(_text.Span, statement.Start, statement.Body);
            var at = NameBeforeParenthesis(tokens, name);
            if (at > 0 && Prototype.TryRead(tokens, at) is { } prototype)
            {
                found.Add(new Declared(prototype.ToString(), _text.LineOf(tokens[at].At)));
            }
        }

        return found;
    }

    public Declared? Macro(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        foreach (var macro in _outline.Macros)
        {
            if (_text.Span[macro..CSkip.Word(_text.Span, macro)].SequenceEqual(bytes))
            {
                return new Declared($"#define {name}", _text.LineOf(macro));
            }
        }

        return null;
    }

    public Declared? Typedef(string name)
    {
        foreach (var statement in With(name, _outline, alsoBehindBody: true))
        {
            var tokens = CToken.OfStatement(_text.Span, statement.Start, statement.End);
            if (tokens is [{ Text: "typedef" }, .., var last] && last.Text == name)
            {
                return new Declared($"typedef {name}", _text.LineOf(last.At));
            }
        }

        return null;
    }

    /// <summary>
    /// The members of a structure with this name, those of anonymous structures and unions in it included, each with the
    /// normalized spelling of its type.
    /// </summary>
    public IReadOnlyList<Declared> Members(string structure, string member) =>
    [
        .. With(structure, _outline).Where(statement => Defines(statement, structure))
            .SelectMany(definition => MembersIn(definition, member, nested: 0)),
    ];

    private IEnumerable<Declared> MembersIn(Statement definition, string member, int nested)
    {
        var body = Outline.Of(_text.Span, definition.Body + 1, definition.BodyEnd);
        foreach (var statement in With(member, body, alsoBehindBody: true))
        {
            if (statement.HasBody)
            {
                foreach (var found in nested < DeepestNesting && IsAnonymous(statement) ? MembersIn(statement, member, nested + 1) : [])
                {
                    yield return found;
                }
            }
            else if (CToken.OfStatement(_text.Span, statement.Start, statement.End) is var tokens
                && Array.Find(tokens, token => token.Text == member) is { Text: not null } name && TypeName.Of(tokens) is { } type)
            {
                yield return new Declared(type, _text.LineOf(name.At));
            }
        }
    }

    /// <summary>Whether a structure or union is defined, and nothing but attributes, which start with "__", comes after it.</summary>
    private bool IsAnonymous(Statement statement)
    {
        if (CToken.OfStatement(_text.Span, statement.Start, statement.Body) is not [{ Text: "struct" or "union" }, ..])
        {
            return false;
        }

        var after = CToken.Of(_text.Span, Math.Min(statement.BodyEnd + 1, statement.End), statement.End);
        for (var at = 0; at < after.Length; at++)
        {
            if (after[at].Text == "(")
            {
                at = Math.Max(at, Prototype.Closing(after, at));
            }
            else if (!after[at].Text.StartsWith("__", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private bool Defines(Statement statement, string structure) =>
        statement.HasBody
        && CToken.OfStatement(_text.Span, statement.Start, statement.Body) is [{ Text: "struct" }, var tag] && tag.Text == structure;

    /// <summary>The statements that contain a word, even in a comment.</summary>
    private IEnumerable<Statement> With(string word, Outline outline, bool alsoBehindBody = false)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        for (var at = Find(bytes, outline.Start, outline.End); at >= 0;)
        {
            var next = at + bytes.Length;
            if (outline.At(at) is { } statement)
            {
                next = statement.End;
                if (alsoBehindBody || at < statement.Body)
                {
                    yield return statement;
                }
            }

            at = next < outline.End ? Find(bytes, next, outline.End) : -1; // an unclosed bracket ends its statement at the end of the file
        }
    }

    private int Find(byte[] word, int from, int to)
    {
        var text = _text.Span[..to];
        while (text[from..].IndexOf(word) is var found and >= 0)
        {
            var (start, end) = (from + found, from + found + word.Length);
            if ((start == 0 || !AsciiBytes.IsWord(text[start - 1])) && (end == text.Length || !AsciiBytes.IsWord(text[end])))
            {
                return start;
            }

            from = end;
        }

        return -1;
    }

    /// <summary>Where a statement names a function outside all parentheses; -1 if it does not.</summary>
    private static int NameBeforeParenthesis(ReadOnlySpan<CToken> statement, string name)
    {
        for (var at = 0; at + 1 < statement.Length; at++)
        {
            if (statement[at].Text == name && statement[at + 1].Text == "(")
            {
                return at;
            }

            if (statement[at].Text is "(" or "[")
            {
                var close = Prototype.Closing(statement, at);
                if (close < 0)
                {
                    break;
                }

                at = close;
            }
        }

        return -1;
    }
}
