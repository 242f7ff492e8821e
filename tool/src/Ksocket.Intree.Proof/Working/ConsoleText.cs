// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;

namespace Ksocket.Intree.Proof.Working;

/// <summary>
/// The output of make or a kernel as text: UTF-8, with invalid bytes as \xNN. Console output is decoded only here; the
/// log file has the original bytes.
/// </summary>
public sealed class ConsoleText
{
    /// <summary>Longer output is decoded again for each search, to limit memory.</summary>
    private const long MostInMemory = 4 << 20;

    private readonly ChildOutput _output;
    private readonly Lazy<string[]> _lines;

    public ConsoleText(ChildOutput output) => (_output, _lines) = (output, new(() => [.. Decoded()]));

    public static ConsoleText Empty { get; } = new(ChildOutput.Empty);

    /// <summary>Its lines, without line ends.</summary>
    public IEnumerable<string> Lines => _output.Length <= MostInMemory ? _lines.Value : Decoded();

    public bool Contains(string text) => Lines.Any(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>For a report: of long output, both ends.</summary>
    public override string ToString() => _output.ToString();

    private IEnumerable<string> Decoded() => _output.Lines().Select(line => line.ToString().TrimEnd('\r'));
}
