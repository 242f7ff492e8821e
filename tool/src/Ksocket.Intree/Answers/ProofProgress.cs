// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;
using System.Globalization;
using Ksocket.Intree.Output;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Answers;

/// <summary>
/// Prints the progress of proofs on stderr, with the time since the start: a line for each step that ends, and every ten
/// seconds one of each step that runs, whether it reports anything or not. On a terminal, for one proof, the last line is
/// redrawn every second instead.
/// </summary>
internal sealed class ProofProgress : IProofListener, IDisposable
{
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromSeconds(10);

    private readonly Terminal _terminal;
    private readonly bool _many;
    private readonly bool _isLive;
    private readonly TimeSpan _between;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Dictionary<ProofName, Running> _running = [];
    private readonly Lock _drawing = new();
    private readonly Timer _timer;
    private bool _isDrawn;

    /// <param name="many">Whether each line names its kernel and form.</param>
    /// <param name="between">The time between two lines of a step where it is no terminal; null for ten seconds.</param>
    public ProofProgress(Terminal terminal, bool many, TimeSpan? between = null)
    {
        (_terminal, _many, _between) = (terminal, many, between ?? BetweenNotes);
        _isLive = !many && terminal.ScreenWidth is not null;
        var beat = _isLive ? TimeSpan.FromSeconds(1) : _between / 10;
        _timer = new Timer(_ => Tick(), null, beat, beat);
    }

    public void Waits(ProofName proof, string why) => Print(proof, $"waiting: {why}");

    public void Begins(ProofName proof, Step step)
    {
        lock (_drawing)
        {
            _running[proof] = new Running(step.Name, _clock.Elapsed);
            if (_isLive)
            {
                Draw(_running[proof]);
            }
        }
    }

    public void Progress(ProofName proof, string note)
    {
        lock (_drawing)
        {
            if (_running.TryGetValue(proof, out var running))
            {
                running.Note = note;
            }
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
        lock (_drawing)
        {
            _running.Remove(proof);
            Print(proof, string.Create(CultureInfo.InvariantCulture, $"{step.Name}: {how} ({step.Took.TotalSeconds:F1} s) {step.Note}"));
        }
    }

    public void Dispose()
    {
        using var ended = new ManualResetEvent(false);
        if (_timer.Dispose(ended))
        {
            ended.WaitOne(); // a last tick may be drawing
        }

        lock (_drawing)
        {
            Erase();
        }
    }

    private void Tick()
    {
        lock (_drawing)
        {
            foreach (var (proof, running) in _running)
            {
                if (_isLive)
                {
                    Draw(running);
                }
                else if (_clock.Elapsed - running.Noted >= _between)
                {
                    running.Noted = _clock.Elapsed;
                    Print(proof, running.Text);
                }
            }
        }
    }

    private void Draw(Running running)
    {
        var line = Timed(running.Text);
        var width = (_terminal.ScreenWidth ?? 80) - 1;
        _terminal.ProgressWriter.Write($"\r\e[K{(line.Length > width ? line[..width] : line)}");
        _isDrawn = true;
    }

    private void Print(ProofName proof, string line)
    {
        lock (_drawing)
        {
            Erase();
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

    /// <summary>A step that runs.</summary>
    /// <param name="begun">When it began, on the clock of the run.</param>
    private sealed class Running(string step, TimeSpan begun)
    {
        /// <summary>What it reported last; empty if it reported nothing.</summary>
        public string Note { get; set; } = "";

        /// <summary>When a line of it was printed last.</summary>
        public TimeSpan Noted { get; set; } = begun;

        public string Text => Note.Length > 0 ? $"{step}: {Note}" : $"{step}: running";
    }
}
