// SPDX-License-Identifier: GPL-2.0-only
using System.Security.Cryptography;
using System.Text;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>
/// The command as its user runs it, proving one tree from nothing. The objects there are are put aside for it, in the
/// folder that all tests share: ccache knows an object by its path too, and so has each of these already.
/// </summary>
internal sealed class ProveChild : IDisposable
{
    private readonly string _tree;
    private readonly string _aside;

    public ProveChild(string tree)
    {
        _tree = tree;
        var version = KernelVersion.Read(FolderTree.Open(tree));
        Output = Path.Combine(RealKernels.Work, $"{version}-{Hash(File.ReadAllBytes(Path.Combine(tree, "Makefile")))}", "um");
        Logs = Path.Combine(RealKernels.Work, "logs", $"{Path.GetFileName(tree)}-{Hash(Encoding.UTF8.GetBytes(tree))}");
        _aside = Output + ".aside";
        Dispose(); // a run that was killed left them aside
        if (Directory.Exists(Output))
        {
            Directory.Move(Output, _aside);
        }

        Directory.CreateDirectory(Output);
        Directory.CreateDirectory(Logs);
    }

    public string Output { get; }

    public string Logs { get; }

    private static string Pid => Path.Combine(RealKernels.Work, "pid");

    public void Dispose()
    {
        if (Directory.Exists(_aside))
        {
            Directory.CreateDirectory(Output); // so that there is one to delete, wherever it was killed
            Directory.Delete(Output, recursive: true);
            Directory.Move(_aside, Output);
        }
    }

    /// <summary>With Ctrl-C allowed, which a script that runs in the background forbids its children.</summary>
    public ChildResult Run() =>
        new Child("sh", ["-c", "echo $$ >\"$0\"; exec env --default-signal=INT \"$@\"", Pid, RealKernels.Command, "prove", "--work", RealKernels.Work, _tree]) { Limit = TimeSpan.FromMinutes(20) }.Run();

    /// <summary>Ctrl-C once make has compiled so many files.</summary>
    public ChildResult InterruptAfter(int objects)
    {
        File.Delete(Pid);
        var run = Task.Run(Run);
        while (!run.IsCompleted && Compiled() < objects)
        {
            Thread.Sleep(50);
        }

        Testing.Run.Program("kill", "/", "-INT", File.ReadAllText(Pid).Trim());
        return run.GetAwaiter().GetResult();
    }

    /// <summary>What still runs and names our folder: make, compilers, the command itself.</summary>
    public static List<string> Running()
    {
        Thread.Sleep(500); // a process that was killed takes a moment to go
        return [.. Directory.GetDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])).Select(CommandLine).Where(words => words.Contains(RealKernels.Work, StringComparison.Ordinal))];
    }

    /// <summary>Every object that make knows to be whole, and when it was made.</summary>
    public Dictionary<string, DateTime> Objects() => Directory.EnumerateFiles(Output, "*.o", SearchOption.AllDirectories)
        .Where(path => File.Exists(Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.cmd")))
        .ToDictionary(path => path, File.GetLastWriteTimeUtc);

    public static List<string> BuiltAgain(Dictionary<string, DateTime> before) => [.. before.Where(known => File.GetLastWriteTimeUtc(known.Key) != known.Value).Select(known => known.Key)];

    private int Compiled()
    {
        // The log of the run before is there until this one begins its own.
        var log = Directory.EnumerateFiles(Logs, "um-builtin.log").FirstOrDefault();
        return log is null || !File.Exists(Pid) || File.GetLastWriteTimeUtc(log) < File.GetLastWriteTimeUtc(Pid) ? 0
            : File.ReadLines(log).Count(line => line.StartsWith("  CC ", StringComparison.Ordinal));
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ""; // it is gone
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..8];
}
