// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Proof;

/// <summary>How a child process ended, and all it said on both streams, in the order it came.</summary>
public sealed record ChildResult(int ExitCode, string Output, bool TimedOut)
{
    public bool Succeeded => ExitCode == 0 && !TimedOut;

    /// <summary>The first line that reads like an error, or the last line there is.</summary>
    public string FirstError
    {
        get
        {
            var lines = Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return Array.Find(lines, line => line.Contains("error:", StringComparison.OrdinalIgnoreCase) || line.Contains("*** ", StringComparison.Ordinal) || line.Contains("undefined reference", StringComparison.Ordinal))
                ?? lines.LastOrDefault("it said nothing");
        }
    }
}

/// <summary>A program to run: make, gcc, a kernel. Both streams are read at once, and the whole process tree ends with us.</summary>
public sealed class Child(string program, IEnumerable<string> arguments)
{
    public string? Folder { get; init; }

    /// <summary>Variables to set, or with null to take away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public TimeSpan? Limit { get; init; }

    /// <summary>The longest time without a line.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>Called for each line as it comes, from one thread at a time.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>The line after which no more is wanted: the child is ended there.</summary>
    public Predicate<string>? Until { get; init; }

    /// <summary>It was to end before its time, and did not when asked to.</summary>
    public bool WasKilled { get; private set; }

    public ChildResult Run()
    {
        using var process = new Process { StartInfo = Start() };
        var output = new StringBuilder();
        var quiet = Stopwatch.StartNew();
        ExceptionDispatchInfo? refused = null;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);

        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw IntreeFailure.Fatal($"cannot run {program}: {error.Message}", program.Contains('/', StringComparison.Ordinal) ? null : $"install it: apt-get install {PackageOf(program)}", error);
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var interrupted = false;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        {
            var ended = Wait(process, quiet);
            if (!ended)
            {
                Kill(process);
            }

            process.WaitForExit();
            refused?.Throw();
            if (interrupted)
            {
                throw new OperationCanceledException($"{program} was interrupted");
            }

            lock (output)
            {
                return new ChildResult(process.ExitCode, output.ToString(), !ended);
            }
        }

        void End(PosixSignalContext signal)
        {
            (signal.Cancel, interrupted) = (true, true);
            WasKilled |= !Family.End(process);
        }

        // The thread that reads has nobody to throw to: a log that cannot be written would end us as a crash does.
        void Hear(string line)
        {
            try
            {
                if (refused is null)
                {
                    OnLine?.Invoke(line);
                }
            }
            catch (Exception error)
            {
                refused = ExceptionDispatchInfo.Capture(error);
                WasKilled |= !Family.End(process);
            }
        }

        void Take(string? line)
        {
            if (line is not null)
            {
                lock (output)
                {
                    quiet.Restart();
                    output.Append(line).Append('\n');
                    Hear(line);
                    if (Until?.Invoke(line) == true)
                    {
                        Kill(process);
                    }
                }
            }
        }
    }

    /// <summary>Waits for the end, or until one of the limits is passed.</summary>
    private bool Wait(Process process, Stopwatch quiet)
    {
        if (Limit is null && Silence is null)
        {
            process.WaitForExit();
            return true;
        }

        var clock = Stopwatch.StartNew();
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(100)))
        {
            if (clock.Elapsed > Limit || quiet.Elapsed > Silence)
            {
                return false;
            }
        }

        return true;
    }

    private ProcessStartInfo Start()
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A kernel's console is not always UTF-8, and no byte of it should be lost.
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
        };
        foreach (var (name, value) in Environment)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        return start;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // it ended first
        }
    }

    private static string PackageOf(string program) => Path.GetFileName(program) is "gcc" or "make" ? "build-essential" : Path.GetFileName(program);
}
