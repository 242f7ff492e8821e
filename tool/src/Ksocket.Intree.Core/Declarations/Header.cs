// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;

namespace Ksocket.Intree.Core.Declarations;

/// <summary>A declaration found in a header: what it says, and the line where it begins.</summary>
public sealed record Declared(string Text, int Line);

/// <summary>What a C header declares at its top level, read as text, whatever the configuration.</summary>
public sealed class Header
{
    private readonly IReadOnlyDictionary<string, int> _macros;
    private readonly ImmutableArray<ImmutableArray<CToken>> _statements;

    private Header(IReadOnlyDictionary<string, int> macros, ImmutableArray<ImmutableArray<CToken>> statements) =>
        (_macros, _statements) = (macros, statements);

    public static Header Read(Bytes.ByteString file)
    {
        var text = System.Text.Encoding.Latin1.GetString(file.Span);
        var (tokens, macros) = CScanner.Scan(text);
        return new Header(macros, [.. Statements([.. tokens])]);
    }

    /// <summary>Every prototype or inline definition of a function; more than one where #if gives it several.</summary>
    public IEnumerable<Declared> Functions(string name) =>
        from statement in _statements
        let at = NameBeforeParenthesis(statement, name)
        where at > 0
        let prototype = Prototype.TryRead(statement, at)
        where prototype is not null
        select new Declared(prototype.ToString(), statement[at].Line);

    public Declared? Macro(string name) => _macros.TryGetValue(name, out var line) ? new Declared($"#define {name}", line) : null;

    public Declared? Typedef(string name) =>
        _statements.Where(statement => statement is [{ Text: "typedef" }, .., { IsWord: true }] && statement[^1].Text == name)
            .Select(statement => new Declared($"typedef {name}", statement[^1].Line))
            .FirstOrDefault();

    /// <summary>The members of a structure, each with the one spelling of its type.</summary>
    public IEnumerable<Declared> Members(string structure, string member)
    {
        foreach (var statement in _statements)
        {
            if (statement.Length < 3 || statement[0].Text != "struct" || statement[1].Text != structure || statement[2].Text != "{")
            {
                continue;
            }

            var body = statement[3..Math.Max(3, Prototype.Closing(statement, 2))];
            foreach (var part in Statements(body))
            {
                if (part.FirstOrDefault(token => token.Text == member) is { Text: not null } token && TypeName.Of(part) is { } type)
                {
                    yield return new Declared(type, token.Line);
                }
            }
        }
    }

    /// <summary>The top-level statements: up to a semicolon, or to the end of a function's body.</summary>
    private static IEnumerable<ImmutableArray<CToken>> Statements(ImmutableArray<CToken> tokens)
    {
        var start = 0;
        for (var at = 0; at < tokens.Length; at++)
        {
            if (tokens[at].Text is "(" or "[" or "{" && Prototype.Closing(tokens, at) is var close and > 0)
            {
                var ends = tokens[at].Text == "{" && at > start && tokens[at - 1].Text == ")";
                at = close;
                if (ends)
                {
                    yield return tokens[start..(at + 1)];
                    start = at + 1;
                }
            }
            else if (tokens[at].Text == ";")
            {
                yield return tokens[start..at];
                start = at + 1;
            }
        }
    }

    /// <summary>Where a statement names a function outside every parenthesis and body; -1 where it does not.</summary>
    private static int NameBeforeParenthesis(ImmutableArray<CToken> statement, string name)
    {
        for (var at = 0; at + 1 < statement.Length; at++)
        {
            if (statement[at].Text == name && statement[at + 1].Text == "(")
            {
                return at;
            }

            if (statement[at].Text is "(" or "{" or "[")
            {
                at = Math.Max(at, Prototype.Closing(statement, at));
            }
        }

        return -1;
    }
}
