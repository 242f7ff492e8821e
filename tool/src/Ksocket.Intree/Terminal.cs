// SPDX-License-Identifier: GPL-2.0-only
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree;

/// <summary>When to colour what people read.</summary>
internal enum ColorChoice
{
    Auto,
    Always,
    Never,
}

/// <summary>Where words go: stdout is the answer, stderr is the talk. With --json the answer is one JSON object.</summary>
internal sealed class Terminal(TextWriter answer, TextWriter talk, bool answerIsScreen = false, bool talkIsScreen = false)
{
    public ColorChoice Color { get; set; } = ColorChoice.Auto;

    public bool Json { get; set; }

    public TextWriter Talking => talk;

    /// <summary>How many columns the talk has to redraw on; null where it is not a screen.</summary>
    public int? TalkWidth => talkIsScreen ? Math.Max(Console.WindowWidth, 20) : null;

    /// <summary>How many lines it has.</summary>
    public int TalkHeight => talkIsScreen ? Math.Max(Console.WindowHeight, 3) : int.MaxValue;

    private bool Colored => Color == ColorChoice.Always
        || (Color == ColorChoice.Auto && answerIsScreen && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    /// <summary>Where the user stands, whatever -C says.</summary>
    public string StartedIn { get; } = Environment.CurrentDirectory;

    public void Answer(string line) => AnswerRaw(line + "\n");

    public void AnswerRaw(string text)
    {
        try
        {
            answer.Write(text);
        }
        catch (IOException error)
        {
            throw IntreeFailure.Fatal($"cannot write the answer: {error.Message}", "what the verb does to the tree is done; ksocket-intree status tells", error);
        }
    }

    /// <summary>Bytes of a tree or a patch, which leave as they are.</summary>
    public void AnswerBytes(ByteString bytes)
    {
        if (answer is not StreamWriter writer)
        {
            AnswerRaw(bytes.ToString());
            return;
        }

        try
        {
            writer.Flush();
            writer.BaseStream.Write(bytes.Span);
            writer.BaseStream.Flush();
        }
        catch (IOException error)
        {
            throw IntreeFailure.Fatal($"cannot write the answer: {error.Message}", cause: error);
        }
    }

    public void Talk(string line) => talk.Write(line + "\n");

    public void AnswerJson<T>(T value, JsonTypeInfo<T> type) => Answer(JsonSerializer.Serialize(value, type));

    public string Good(string text) => Paint(text, 32);

    public string Bad(string text) => Paint(text, 31);

    public string Odd(string text) => Paint(text, 33);

    public string Strong(string text) => Paint(text, 1);

    public string Faint(string text) => Paint(text, 2);

    private string Paint(string text, int code) => Colored ? $"\e[{code}m{text}\e[0m" : text;
}
