// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Processes;

/// <summary>How a child process ended, and what it printed.</summary>
/// <param name="Output">What it printed on both streams in the order it came, or on stdout alone where they were kept apart.</param>
/// <param name="TimedOut">It was killed because a limit had passed.</param>
public sealed record ChildResult(int ExitCode, ChildOutput Output, bool TimedOut)
{
    /// <summary>What it printed on stderr, where the streams were kept apart.</summary>
    public ChildOutput Errors { get; init; } = ChildOutput.Empty;

    public bool Succeeded => ExitCode == 0 && !TimedOut;

    /// <summary>For a message: the first line that reads like an error, or the last line there is.</summary>
    public string FirstError
    {
        get
        {
            var last = ByteString.OfText("it printed nothing");
            foreach (var line in Output.Lines().Where(line => !line.IsEmpty))
            {
                if (IsError(line.ToString()))
                {
                    return line.ToString();
                }

                last = line;
            }

            return last.ToString();
        }
    }

    private static bool IsError(string line) =>
        line.Contains("error:", StringComparison.OrdinalIgnoreCase)
        || line.Contains("*** ", StringComparison.Ordinal)
        || line.Contains("undefined reference", StringComparison.Ordinal);
}
