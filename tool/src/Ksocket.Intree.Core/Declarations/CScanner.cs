// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Declarations;

/// <summary>
/// Splits a header into tokens and macro names. Both branches of an #if are read, because no configuration is
/// known: a brace that each branch opens for itself counts once.
/// </summary>
internal sealed class CScanner
{
    private readonly string _text;
    private readonly List<CToken> _tokens = [];
    private readonly Dictionary<string, int> _macros = new(StringComparer.Ordinal);
    private readonly Stack<int> _depthAtIf = [];
    private int _at;
    private int _line = 1;
    private int _depth;

    private CScanner(string text) => _text = text;

    public static (IReadOnlyList<CToken> Tokens, IReadOnlyDictionary<string, int> Macros) Scan(string text)
    {
        var scanner = new CScanner(text);
        scanner.Run();
        return (scanner._tokens, scanner._macros);
    }

    private char Here => _at < _text.Length ? _text[_at] : '\0';

    private char Next => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    private void Run()
    {
        var lineStart = true;
        while (_at < _text.Length)
        {
            var c = Here;
            if (c == '\n')
            {
                lineStart = true;
                Step();
            }
            else if (char.IsWhiteSpace(c) || c == '\\')
            {
                Step();
            }
            else if (c == '/' && Next == '*')
            {
                SkipTo("*/");
            }
            else if (c == '/' && Next == '/')
            {
                LogicalLine();
            }
            else if (c == '#' && lineStart)
            {
                Directive(LogicalLine());
            }
            else
            {
                lineStart = false;
                Token(c);
            }
        }
    }

    private void Token(char c)
    {
        var (start, line) = (_at, _line);
        if (c is '"' or '\'')
        {
            for (Step(); _at < _text.Length && Here != c && Here != '\n'; Step())
            {
                if (Here == '\\')
                {
                    Step();
                }
            }

            Step();
        }
        else if (char.IsAsciiLetterOrDigit(c) || c == '_')
        {
            while (char.IsAsciiLetterOrDigit(Here) || Here == '_')
            {
                _at++;
            }
        }
        else
        {
            _depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            _at++;
        }

        _tokens.Add(new CToken(_text[start.._at], line));
    }

    /// <summary>Remembers what a directive defines, and keeps the braces of #if and #else from adding up.</summary>
    private void Directive((string Text, int Line) directive)
    {
        var words = directive.Text[1..].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        switch (words.FirstOrDefault())
        {
            case "define" when words.Length > 1:
                _macros.TryAdd(words[1].Split('(')[0], directive.Line);
                break;

            case "if" or "ifdef" or "ifndef":
                _depthAtIf.Push(_depth);
                break;

            case "else" or "elif" when _depthAtIf.TryPeek(out var before):
                CloseBraces(before, directive.Line);
                break;

            case "endif":
                _depthAtIf.TryPop(out _);
                break;
        }
    }

    /// <summary>Ends a branch that opened braces: the other branch opens its own.</summary>
    private void CloseBraces(int before, int line)
    {
        for (; _depth > before; _depth--)
        {
            _tokens.Add(new CToken("}", line));
            _tokens.Add(new CToken(";", line));
        }
    }

    /// <summary>Takes a line with its backslash continuations and without its comments.</summary>
    private (string Text, int Line) LogicalLine()
    {
        var line = _line;
        var text = new System.Text.StringBuilder();
        while (_at < _text.Length && Here != '\n')
        {
            if (Here == '\\' && Next is '\n' or '\r')
            {
                Step();
                while (Here is '\r' or '\n' && _at < _text.Length)
                {
                    var end = Here == '\n';
                    Step();
                    if (end)
                    {
                        break;
                    }
                }

                text.Append(' ');
            }
            else if (Here == '/' && Next == '*')
            {
                SkipTo("*/");
                text.Append(' ');
            }
            else
            {
                text.Append(Here);
                Step();
            }
        }

        return (text.ToString(), line);
    }

    private void SkipTo(string end)
    {
        for (_at += 2; _at < _text.Length && string.CompareOrdinal(_text, _at, end, 0, end.Length) != 0;)
        {
            Step();
        }

        _at = Math.Min(_at + end.Length, _text.Length);
    }

    private void Step()
    {
        if (Here == '\n')
        {
            _line++;
        }

        _at++;
    }
}
