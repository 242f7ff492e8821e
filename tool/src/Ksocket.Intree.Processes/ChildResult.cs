// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Processes;

/// <summary>How a child process ended, and what it printed.</summary>
/// <param name="Output">stdout and stderr in order, or stdout only if they were separated.</param>
/// <param name="TimedOut">It was killed because it exceeded a time limit.</param>
public sealed record ChildResult(int ExitCode, ChildOutput Output, bool TimedOut)
{
    /// <summary>stderr, if the streams were separated.</summary>
    public ChildOutput Errors { get; init; } = ChildOutput.Empty;

    public bool Succeeded => ExitCode == 0 && !TimedOut;

    /// <summary>For a message: the first line that looks like an error, else the last line.</summary>
    public string FirstError
    {
        get
        {
            var last = ByteString.OfText("no output");
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
