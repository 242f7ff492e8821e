// SPDX-License-Identifier: GPL-2.0-only
using System.ComponentModel;
using System.Diagnostics;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Processes;

/// <summary>
/// Runs a program: git, make, gcc, a script of a tree, a kernel. It gets the clean environment and no input. If this
/// process is interrupted, the program and all its descendants are terminated.
/// </summary>
public sealed class Child(string program, IEnumerable<string> arguments)
{
    /// <summary>The shell redirects stderr to stdout before the program starts, so that output stays in order.</summary>
    private const string Joined = "exec \"$0\" \"$@\" 2>&1";

    /// <summary>Drops stderr: stdout has the result.</summary>
    private const string WithoutErrors = "exec \"$0\" \"$@\" 2>/dev/null";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    public string? Folder { get; init; }

    /// <summary>Variables to set, or with null to remove.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The time limit, descendants included.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>The time limit without output.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>True to separate stdout and stderr, in <see cref="ChildResult.Output"/> and <see cref="ChildResult.Errors"/>.</summary>
    public bool Apart { get; init; }

    /// <summary>Called for each line of output, on the calling thread.</summary>
    public Action<ByteString>? OnLine { get; init; }

    /// <summary>True for the last line of interest: the child is then killed.</summary>
    public Predicate<ByteString>? Until { get; init; }

    /// <summary>Ignored SIGTERM and was killed with SIGKILL.</summary>
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

        signals.Dispose(); // waits until WasKilled is final
        return signals.Came ? throw new OperationCanceledException($"{program} was interrupted")
            : new ChildResult(process.ExitCode, outputs[0], timedOut) { Errors = outputs[1] };
    }

    /// <summary>Starts the program; the caller writes its input and reads its output.</summary>
    public Conversation Converse() => new(Start(WithoutErrors));

    /// <summary>Reads until the child and its output end; true if it exceeded a time limit.</summary>
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

        bool Read() => pipes.Read(PollInterval, (number, bytes) =>
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
