// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;

namespace Ksocket.Intree.Core.Declarations;

/// <summary>
/// A function's name and types in a normalized spelling: two prototypes are equal if callers cannot see a difference.
/// Parameter names, line breaks, storage classes and attributes do not matter; __user does.
/// </summary>
public sealed record Prototype(string Name, string Returns, ImmutableArray<string> Parameters)
{
    public bool Equals(Prototype? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    public override string ToString() => $"{Returns}{(Returns.EndsWith('*') ? "" : " ")}{Name}({string.Join(", ", Parameters)})";

    /// <summary>Reads one prototype from text, as written in the evidence.</summary>
    public static Prototype Parse(string text)
    {
        var tokens = CToken.Of(text);
        for (var at = 1; at + 1 < tokens.Length; at++)
        {
            if (tokens[at].IsWord && tokens[at + 1].Text == "(" && TryRead(tokens, at) is { } prototype)
            {
                return prototype;
            }
        }

        throw new FormatException($"'{text}' is not a prototype");
    }

    /// <summary>Reads the prototype whose name is the token at an index; null if this is a call or something else.</summary>
    internal static Prototype? TryRead(ReadOnlySpan<CToken> tokens, int nameAt)
    {
        var close = Closing(tokens, nameAt + 1);
        if (close < 0)
        {
            return null;
        }

        var returns = TypeName.Of(tokens[..nameAt]);
        return returns is null ? null : new Prototype(tokens[nameAt].Text, returns, ReadParameters(tokens[(nameAt + 2)..close]));
    }

    /// <summary>The index of the token that closes the bracket at an index, or -1.</summary>
    internal static int Closing(ReadOnlySpan<CToken> tokens, int open)
    {
        var depth = 0;
        for (var at = open; at < tokens.Length; at++)
        {
            depth += tokens[at].Text switch { "(" or "{" or "[" => 1, ")" or "}" or "]" => -1, _ => 0 };
            if (depth == 0)
            {
                return at;
            }
        }

        return -1;
    }

    internal static ImmutableArray<string> ReadParameters(ReadOnlySpan<CToken> tokens, int nested = 0)
    {
        var parameters = ImmutableArray.CreateBuilder<string>();
        var (start, depth) = (0, 0);
        for (var at = 0; at <= tokens.Length; at++)
        {
            var text = at < tokens.Length ? tokens[at].Text : ",";
            depth += text switch { "(" or "[" => 1, ")" or "]" => -1, _ => 0 };
            if (text == "," && (depth == 0 || at == tokens.Length))
            {
                parameters.Add(TypeName.Of(tokens[start..at], nested) ?? string.Join(' ', tokens[start..at].ToArray()));
                start = at + 1;
            }
        }

        return parameters is ["void" or ""] ? [] : parameters.ToImmutable();
    }
}
