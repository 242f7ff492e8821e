// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;
using System.Globalization;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Building;

/// <summary>
/// How many files the last whole build of a configuration compiled, and how long it took: what the next one is expected to
/// need. A build that finds objects of an earlier one is not whole, and is neither expected nor recorded.
/// </summary>
/// <param name="file">Where that is kept, as "FILES SECONDS"; null to expect and keep nothing.</param>
/// <param name="output">The output folder of the build that begins.</param>
internal sealed class BuildHistory(string? file, string output)
{
    private readonly bool _isWhole = !File.Exists(Path.Combine(output, "init/main.o")); // of the first folder that kbuild enters
    private readonly (int Files, double Seconds)? _last = Read(file);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _files;

    /// <summary>Counts a compiled file, and describes the progress.</summary>
    public string Add(string name)
    {
        _files++;
        return !_isWhole || _last is not { } last || _files > last.Files
            ? string.Create(CultureInfo.InvariantCulture, $"{_files} {(_files == 1 ? "file" : "files")} compiled, now {name}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{_files} of about {last.Files} files compiled, {LeftOf(last):F0} of {last.Seconds:F0} s left, now {name}");
    }

    /// <summary>Called when the build has succeeded.</summary>
    public void Keep()
    {
        if (file is not null && _isWhole && _files > 0)
        {
            WorkDisk.Try(file, () =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(
                    file, string.Create(CultureInfo.InvariantCulture, $"{_files} {_clock.Elapsed.TotalSeconds:F0}\n"));
            });
        }
    }

    /// <summary>By the files, which are of similar size: the machine may be busier than it was.</summary>
    private double LeftOf((int Files, double Seconds) last) =>
        Math.Min(last.Seconds, _clock.Elapsed.TotalSeconds / _files * (last.Files - _files));

    /// <summary>A file that has something else counts as none.</summary>
    private static (int Files, double Seconds)? Read(string? file)
    {
        var words = File.Exists(file) ? File.ReadAllText(file).Split() : [];
        return words is [var files, var seconds, ..]
            && int.TryParse(files, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && double.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var took)
            ? (count, took)
            : null;
    }
}
