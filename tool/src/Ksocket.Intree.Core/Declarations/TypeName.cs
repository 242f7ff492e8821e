// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Declarations;

/// <summary>The normalized spelling of a type, without the name it declares.</summary>
internal static class TypeName
{
    /// <summary>Words about linkage and checks, which are not part of a function's parameter or return types.</summary>
    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "extern", "static", "inline", "__inline", "__inline__", "__always_inline", "noinline", "asmlinkage", "register", "__must_check",
        "__init", "__exit", "__cold", "__pure", "__deprecated", "__maybe_unused", "__always_unused", "__malloc", "__bpf_kfunc", "__weak",
        "notrace", "__visible", "__noreturn", "__restrict", "restrict", "__sched", "__net_init",
    };

    private static readonly HashSet<string> Basic = new(StringComparer.Ordinal)
    {
        "void", "char", "short", "int", "long", "float", "double", "signed", "unsigned", "_Bool",
    };

    /// <summary>The nesting limit of function pointers, which protects the stack. Kernel headers have 2 or 3.</summary>
    private const int DeepestNesting = 32;

    /// <summary>The type in its normalized spelling, or null if these tokens are not a type.</summary>
    public static string? Of(ReadOnlySpan<CToken> tokens, int nested = 0)
    {
        var words = new List<string>();
        var (hasBase, tag, arrays) = (false, false, 0);

        for (var at = 0; at < tokens.Length; at++)
        {
            var token = tokens[at];
            if (Attributes.Contains(token.Text))
            {
                continue;
            }

            if (token.Text is "__attribute__" or "__printf" or "__alloc_size" or "__releases" or "__acquires")
            {
                at = Math.Max(at, Prototype.Closing(tokens, at + 1));
            }
            else if (token.Text is "struct" or "union" or "enum")
            {
                (tag, hasBase) = (true, true);
                words.Add(token.Text);
            }
            else if (tag)
            {
                tag = false;
                words.Add(token.Text);
            }
            else if (Basic.Contains(token.Text))
            {
                hasBase = true;
                words.Add(token.Text);
            }
            else if (token.Text is "const" or "volatile" or "__user" or "__rcu" or "__iomem" or "*" or "...")
            {
                words.Add(token.Text);
                hasBase |= token.Text == "...";
            }
            else if (token.Text == "[")
            {
                arrays++;
                at = Prototype.Closing(tokens, at);
                if (at < 0)
                {
                    return null;
                }
            }
            else if (!hasBase && CToken.EndOfMacroCall(tokens, at) is > 0 and var end)
            {
                at = end;
            }
            else if (token.IsWord)
            {
                if (!hasBase)
                {
                    words.Add(token.Text);
                    hasBase = true;
                }
            }
            else if (token.Text == "(" && hasBase)
            {
                return FunctionPointer(words, tokens, at, nested + 1);
            }
            else
            {
                return null;
            }
        }

        words.AddRange(Enumerable.Repeat("*", arrays));
        return hasBase ? Spell(words) : null;
    }

    /// <summary>"ret (*name)(parameters)" as "ret (*)(parameters)".</summary>
    private static string? FunctionPointer(List<string> returns, ReadOnlySpan<CToken> tokens, int open, int nested)
    {
        var close = Prototype.Closing(tokens, open);
        if (nested > DeepestNesting || close < 0 || close + 1 >= tokens.Length || tokens[open + 1].Text != "*"
            || tokens[close + 1].Text != "(")
        {
            return null;
        }

        var end = Prototype.Closing(tokens, close + 1);
        return end < 0 ? null : $"{Spell(returns)} (*)({string.Join(", ", Prototype.ReadParameters(tokens[(close + 2)..end], nested))})";
    }

    private static string Spell(List<string> words)
    {
        if (words.Contains("unsigned") && !words.Any(word => word is "char" or "short" or "int" or "long"))
        {
            words.Insert(words.IndexOf("unsigned") + 1, "int");
        }

        return string.Join(' ', words).Replace("* *", "**", StringComparison.Ordinal);
    }
}
