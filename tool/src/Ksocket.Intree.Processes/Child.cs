// SPDX-License-Identifier: GPL-2.0-only
using System.ComponentModel;
using System.Diagnostics;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Processes;

/// <summary>
/// A program to run: git, make, gcc, a script of a tree, a kernel. It gets the clean environment and no input, and it
/// ends with us, and with all that it started.
/// </summary>
public sealed class Child(string program, IEnumerable<string> arguments)
{
    /// <summary>The shell joins the streams before the program starts, so that their order is that of the writes.</summary>
    private const string Joined = "exec \"$0\" \"$@\" 2>&1";

    /// <summary>The answers on stdout say all.</summary>
    private const string Silent = "exec \"$0\" \"$@\" 2>/dev/null";

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    public string? Folder { get; init; }

    /// <summary>Variables of this child's own, or with null to remove one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The longest time it may take, all that it started included.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>The longest time without output.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>stdout and stderr are kept apart, in <see cref="ChildResult.Output"/> and <see cref="ChildResult.Errors"/>.</summary>
    public bool Apart { get; init; }

    /// <summary>Called for each line as it comes, by the thread that runs the child.</summary>
    public Action<ByteString>? OnLine { get; init; }

    /// <summary>True of the line after which no more is wanted: the child is killed there.</summary>
    public Predicate<ByteString>? Until { get; init; }

    /// <summary>It was asked to end before its time, did not, and was killed.</summary>
    public bool WasKilled { get; private set; }

    public ChildResult Run()
    {
        using var process = Start(Apart ? null : Joined);
        process.StandardInput.Close();
        using var signals = new EndingSignals(() => WasKilled |= !ProcessTree.End(process));
        var pipes = Apart ? new ChildPipes(process.StandardOutput, process.StandardError) : new ChildPipes(process.StandardOutput);
        ChildOutput[] outputs = [new(), new()];
        bool timedOut;
        try
        {
            timedOut = Follow(process, pipes, outputs);
        }
        catch
        {
            WasKilled |= !ProcessTree.End(process);
            throw;
        }

        signals.Dispose(); // WasKilled is known from here on
        return signals.Came ? throw new OperationCanceledException($"{program} was interrupted")
            : new ChildResult(process.ExitCode, outputs[0], timedOut) { Errors = outputs[1] };
    }

    /// <summary>Starts the program and leaves its input and output to the caller.</summary>
    public Conversation Converse() => new(Start(Silent));

    /// <summary>Reads until the child and its output end; true if a limit ended it.</summary>
    private bool Follow(Process process, ChildPipes pipes, ChildOutput[] outputs)
    {
        var (clock, quiet, enough) = (Stopwatch.StartNew(), Stopwatch.StartNew(), false);
        var left = new Leftovers(process);
        var lines = new LineSplitter(line =>
        {
            if (!enough)
            {
                OnLine?.Invoke(line);
                enough = Until?.Invoke(line) == true;
            }
        });
        while (!left.AreDone(pipes, Read()) && !enough)
        {
            if (!process.HasExited && (clock.Elapsed > Limit || quiet.Elapsed > Silence))
            {
                ProcessTree.Kill(process);
                Drain();
                return true;
            }
        }

        if (enough)
        {
            ProcessTree.Kill(process);
        }
        else
        {
            lines.End();
        }

        process.WaitForExit();
        return false;

        bool Read() => pipes.Read(Beat, (number, bytes) =>
        {
            quiet.Restart();
            outputs[number].Append(bytes.Span);
            if (number == 0 && (OnLine ?? (object?)Until) is not null)
            {
                lines.Take(bytes.Span);
            }
        });

        void Drain()
        {
            process.WaitForExit();
            while (!pipes.AreClosed && !left.AreDone(pipes, Read()))
            {
            }

            lines.End();
        }
    }

    private Process Start(string? shell)
    {
        RefuseMissing();
        IEnumerable<string> words = shell is null ? arguments : ["-c", shell, program, .. arguments];
        var start = new ProcessStartInfo(shell is null ? program : "/bin/sh", words)
        {
            WorkingDirectory = Folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = shell is null,
        };
        CleanEnvironment.Apply(start.Environment, Environment);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw IntreeFailure.Fatal($"cannot run {program}: {error.Message}", cause: error);
        }
    }

    private void RefuseMissing()
    {
        var isPath = program.Contains('/', StringComparison.Ordinal);
        var place = isPath ? Path.Combine(Folder ?? "", program) : Programs.Find(program, Environment.GetValueOrDefault("PATH"));
        if (File.Exists(place))
        {
            return;
        }

        throw IntreeFailure.Fatal($"cannot run {program}: No such file or directory", isPath ? null : Programs.InstallHint(program));
    }
}
