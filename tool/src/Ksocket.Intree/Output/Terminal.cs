// SPDX-License-Identifier: GPL-2.0-only

using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Output;

/// <summary>When to color the text output.</summary>
internal enum ColorChoice
{
    Auto,
    Always,
    Never,
}

/// <summary>stdout for the answer, stderr for all messages. With --json the answer is one JSON object.</summary>
internal sealed class Terminal(TextWriter answer, TextWriter messages, bool answerIsScreen = false, bool messagesAreScreen = false)
{
    public ColorChoice Color { get; set; } = ColorChoice.Auto;

    public bool Json { get; set; }

    /// <summary>True to print nothing but the answer and errors.</summary>
    public bool Quiet { get; set; }

    /// <summary>True once the outcome is printed, or being printed.</summary>
    public bool IsAnswered { get; set; }

    public TextWriter ProgressWriter => Quiet ? TextWriter.Null : messages;

    /// <summary>The width of stdout; null if it is not a terminal.</summary>
    public int? AnswerWidth => answerIsScreen ? Math.Max(Size(1)?.Columns ?? 0, 40) : null;

    /// <summary>The width of stderr; null if it is not a terminal.</summary>
    public int? ScreenWidth => messagesAreScreen ? Math.Max(Size(2)?.Columns ?? 0, 20) : null;

    /// <summary>The height of stderr.</summary>
    public int ScreenHeight => messagesAreScreen ? Math.Max(Size(2)?.Rows ?? 0, 3) : int.MaxValue;

    private bool Colored => Color == ColorChoice.Always
        || (Color == ColorChoice.Auto && answerIsScreen && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    /// <summary>The folder the program was started in, before -C.</summary>
    public string StartedIn { get; } = Environment.CurrentDirectory;

    public void Answer(string line) => AnswerRaw(line + "\n");

    public void AnswerRaw(string text) => Guarded(() => answer.Write(text));

    /// <summary>Writes bytes of a tree or a patch unchanged.</summary>
    public void AnswerBytes(ByteString bytes)
    {
        if (answer is not StreamWriter writer)
        {
            AnswerRaw(bytes.ToString());
            return;
        }

        Guarded(() =>
        {
            writer.Flush();
            writer.BaseStream.Write(bytes.Span);
            writer.BaseStream.Flush();
        });
    }

    /// <summary>A note, a warning, or progress.</summary>
    public void Message(string line) => ProgressWriter.Write(line + "\n");

    public void Error(string line) => messages.Write(line + "\n");

    public string Good(string text) => Paint(text, 32);

    public string Bad(string text) => Paint(text, 31);

    public string Odd(string text) => Paint(text, 33);

    public string Strong(string text) => Paint(text, 1);

    public string Faint(string text) => Paint(text, 2);

    /// <summary>80 by 24, as terminals were, if the terminal does not know its size.</summary>
    private static (int Columns, int Rows)? Size(int descriptor) =>
        ScreenSize.Of(descriptor) is not { } size ? null : size.Columns == 0 ? (80, 24) : (size.Columns, size.Rows);

    private static void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (IOException error)
        {
            throw new AnswerLostException(error);
        }
    }

    private string Paint(string text, int code) => Colored ? $"\e[{code}m{text}\e[0m" : text;
}
