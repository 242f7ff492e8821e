// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;
using System.Globalization;
using Ksocket.Intree.Output;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Answers;

/// <summary>
/// Shows the progress of many proofs on a terminal: a line for each tree and form, redrawn in place. Lines are cut to the
/// width of the terminal, because a wrapped line cannot be redrawn.
/// </summary>
internal sealed class ProofTable : IProofListener, IDisposable
{
    private readonly Terminal _terminal;
    private readonly List<Row> _rows;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Timer _timer;
    private readonly Lock _drawing = new();
    private int _drawn;

    public ProofTable(Terminal terminal, IEnumerable<(string Tree, Form Form)> proofs)
    {
        _terminal = terminal;
        _rows = [.. proofs.Select(proof => new Row(proof.Tree, proof.Form))];
        _timer = new Timer(_ => Draw(), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    public void Waits(ProofName proof, string why) => Change(proof, row => row.Note = why);

    public void Begins(ProofName proof, Step step) => Change(proof, row =>
    {
        row.Version = proof.Version;
        row.Step = step.Name;
        row.Clock ??= Stopwatch.StartNew();
    });

    public void Progress(ProofName proof, string note) => Change(proof, row => row.Note = note);

    public void Ends(ProofName proof, ProofStep step) => Change(proof, row =>
    {
        row.Failed |= step.Outcome == Outcome.Failed;
        row.Note = step.Note;
        row.Ended |= step.Outcome == Outcome.Failed || step.Step.Kind == StepKind.Verdict; // checks may follow
    });

    public void Dispose()
    {
        using (var done = new ManualResetEvent(false))
        {
            if (_timer.Dispose(done))
            {
                done.WaitOne(); // a last tick may be drawing
            }
        }

        Draw();
    }

    private void Change(ProofName proof, Action<Row> change)
    {
        lock (_drawing)
        {
            change(_rows.First(row => row.Tree == proof.Tree && row.Form == proof.Form));
        }

        Draw();
    }

    private void Draw()
    {
        lock (_drawing)
        {
            var width = (_terminal.ScreenWidth ?? 80) - 1;
            var visible = Visible();
            var elapsed = string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds:F0} s");
            var lines = visible.Select(row => row.Text).Append(elapsed);
            var up = _drawn > 0 ? $"\e[{_drawn}A" : "";
            var redrawn = lines.Select(line => $"\r\e[K{(line.Length > width ? line[..width] : line)}\n");
            _terminal.ProgressWriter.Write(up + string.Concat(redrawn));
            _drawn = visible.Count + 1;
        }
    }

    /// <summary>As many rows as fit on the terminal, because a scrolled line cannot be redrawn. Finished rows are dropped first.</summary>
    private List<Row> Visible()
    {
        var room = Math.Max(1, _terminal.ScreenHeight - 2);
        var shown = _rows.OrderBy(row => row.Ended && !row.Failed).Take(room).ToHashSet();
        return [.. _rows.Where(shown.Contains)];
    }

    private sealed class Row(string tree, Form form)
    {
        public string Tree => tree;

        public Form Form => form;

        public string? Version { get; set; }

        public string Step { get; set; } = "waiting";

        public string Note { get; set; } = "";

        public Stopwatch? Clock { get; set; }

        public bool Failed { get; set; }

        public bool Ended { get; set; }

        /// <summary>The most important fields come first: a narrow terminal cuts off the end.</summary>
        public string Text
        {
            get
            {
                if (Ended)
                {
                    Clock?.Stop();
                }

                var state = Failed ? "FAILED" : Ended ? "ok" : Step;
                var name = Version ?? Path.GetFileName(tree);
                var time = Clock is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{Clock.Elapsed.TotalSeconds:F0} s");
                return $"{name,-10} {form.Title(),-10} {state,-9} {time,6}  {Note}".TrimEnd();
            }
        }
    }
}
