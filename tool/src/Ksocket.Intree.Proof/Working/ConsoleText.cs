// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;

namespace Ksocket.Intree.Proof.Working;

/// <summary>
/// What make or a kernel printed, as text to search: UTF-8, and any byte that is none as \xNN. Console output is decoded
/// here and nowhere else; the log file has its bytes.
/// </summary>
public sealed class ConsoleText
{
    /// <summary>A longer output is decoded anew each time it is searched, so that it never is in memory whole.</summary>
    private const long MostInMemory = 4 << 20;

    private readonly ChildOutput _output;
    private readonly Lazy<string[]> _lines;

    public ConsoleText(ChildOutput output) => (_output, _lines) = (output, new(() => [.. Decoded()]));

    public static ConsoleText Empty { get; } = new(ChildOutput.Empty);

    /// <summary>Its lines, without line ends.</summary>
    public IEnumerable<string> Lines => _output.Length <= MostInMemory ? _lines.Value : Decoded();

    public bool Contains(string text) => Lines.Any(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>For a report: of a long output only both ends.</summary>
    public override string ToString() => _output.ToString();

    private IEnumerable<string> Decoded() => _output.Lines().Select(line => line.ToString().TrimEnd('\r'));
}
