// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Ksocket.Intree.Output;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Answers;

/// <summary>
/// Prints the progress of proofs on stderr, with the time since the start: a line for each step that ends, and every ten
/// seconds one of the step that runs. On a terminal, for one proof, the last line is redrawn every second instead.
/// </summary>
internal sealed class ProofProgress : IProofListener, IDisposable
{
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromSeconds(10);

    private readonly Terminal _terminal;
    private readonly bool _many;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ConcurrentDictionary<ProofName, (Step Step, TimeSpan Noted)> _steps = new();
    private readonly Lock _drawing = new();
    private readonly Timer? _timer;
    private string _live = "";
    private bool _isDrawn;

    /// <param name="many">Whether each line names its kernel and form.</param>
    public ProofProgress(Terminal terminal, bool many)
    {
        (_terminal, _many) = (terminal, many);
        var second = TimeSpan.FromSeconds(1);
        _timer = many || terminal.ScreenWidth is null ? null : new Timer(_ => Draw(), null, second, second);
    }

    public void Waits(ProofName proof, string why) => Print(proof, $"waiting: {why}");

    public void Begins(ProofName proof, Step step)
    {
        _steps[proof] = (step, _clock.Elapsed);
        Live(step.Name);
    }

    public void Progress(ProofName proof, string note)
    {
        var (step, noted) = _steps[proof];
        Live($"{step}: {note}");
        if (_timer is null && _clock.Elapsed - noted >= BetweenNotes)
        {
            _steps[proof] = (step, _clock.Elapsed);
            Print(proof, $"{step}: {note}");
        }
    }

    public void Ends(ProofName proof, ProofStep step)
    {
        var how = step.Outcome switch
        {
            Outcome.Passed => "ok",
            Outcome.Skipped => "skipped",
            _ => "FAILED",
        };
        Print(proof, string.Create(CultureInfo.InvariantCulture, $"{step.Name}: {how} ({step.Took.TotalSeconds:F1} s) {step.Note}"));
    }

    public void Dispose()
    {
        using var ended = new ManualResetEvent(false);
        if (_timer?.Dispose(ended) == true)
        {
            ended.WaitOne(); // a last tick may be drawing
        }

        lock (_drawing)
        {
            Erase();
        }
    }

    private void Live(string line)
    {
        lock (_drawing)
        {
            _live = line;
        }
    }

    private void Draw()
    {
        lock (_drawing)
        {
            if (_live.Length > 0)
            {
                var line = Timed(_live);
                var width = (_terminal.ScreenWidth ?? 80) - 1;
                _terminal.ProgressWriter.Write($"\r\e[K{(line.Length > width ? line[..width] : line)}");
                _isDrawn = true;
            }
        }
    }

    private void Print(ProofName proof, string line)
    {
        lock (_drawing)
        {
            Erase();
            _live = "";
            _terminal.Message(Timed($"{(_many ? $"{proof.Version} {proof.Form.Title()}: " : "")}{line}"));
        }
    }

    private void Erase()
    {
        if (_isDrawn)
        {
            _terminal.ProgressWriter.Write("\r\e[K");
            _isDrawn = false;
        }
    }

    private string Timed(string line) => string.Create(CultureInfo.InvariantCulture, $"[{_clock.Elapsed.TotalSeconds,6:F1} s] {line}");
}
