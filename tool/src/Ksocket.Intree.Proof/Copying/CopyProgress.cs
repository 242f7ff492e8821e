// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;
using System.Globalization;

namespace Ksocket.Intree.Proof.Copying;

/// <summary>Counts files as they are copied, from several threads, and reports the count and the time left every few seconds.</summary>
internal sealed class CopyProgress(int files, Action<string>? report)
{
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromSeconds(2);

    private readonly Lock _reporting = new();
    private readonly Stopwatch _sinceNote = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _copied;

    public void Add()
    {
        var copied = Interlocked.Increment(ref _copied);
        if (report is null)
        {
            return;
        }

        lock (_reporting)
        {
            if (!_sinceNote.IsRunning || _sinceNote.Elapsed > BetweenNotes)
            {
                _sinceNote.Restart();
                report(string.Create(CultureInfo.InvariantCulture, $"{copied} of {files} files copied{Left(copied)}"));
            }
        }
    }

    /// <summary>The time that the other files take at the rate so far; nothing after the first file, which says little.</summary>
    private string Left(int copied) => copied == 1 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $", about {_clock.Elapsed.TotalSeconds / copied * (files - copied):F0} s left");
}
