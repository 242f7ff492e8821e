// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Processes;

/// <summary>How a child process ended, and what it printed.</summary>
/// <param name="Output">stdout and stderr in order, or stdout only if they were separated.</param>
/// <param name="TimedOut">It was killed because it exceeded a time limit.</param>
public sealed partial record ChildResult(int ExitCode, ChildOutput Output, bool TimedOut)
{
    /// <summary>stderr, if the streams were separated.</summary>
    public ChildOutput Errors { get; init; } = ChildOutput.Empty;

    public bool Succeeded => ExitCode == 0 && !TimedOut;

    /// <summary>
    /// For a message: the first line that looks like an error. make reports only that something failed, so of its own
    /// error the line before it is taken, unless that is make's own too. Without any error, the last line.
    /// </summary>
    public string FirstError
    {
        get
        {
            var last = "no output";
            foreach (var line in Output.Lines().Where(line => !line.IsEmpty).Select(line => line.ToString()))
            {
                if (IsError(line))
                {
                    return MakesOwn().IsMatch(line) && last != "no output" && !MakesOwn().IsMatch(last) ? last : line;
                }

                last = line;
            }

            return last;
        }
    }

    private static bool IsError(string line) =>
        line.Contains("error:", StringComparison.OrdinalIgnoreCase)
        || line.Contains("*** ", StringComparison.Ordinal)
        || line.Contains("undefined reference", StringComparison.Ordinal);

    [GeneratedRegex(@"^make(\[\d+\])?: ")]
    private static partial Regex MakesOwn();
}
