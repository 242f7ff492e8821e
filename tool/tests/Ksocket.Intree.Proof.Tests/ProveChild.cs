// SPDX-License-Identifier: GPL-2.0-only
using System.Security.Cryptography;
using System.Text;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>
/// The command, proving one tree without existing objects. They are moved away meanwhile, but in the
/// shared work folder: the key of ccache includes the path, so it has all objects.
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
        Dispose(); // a killed run may have left them moved away
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
            Directory.CreateDirectory(Output); // so that it exists whenever the run is killed
            Directory.Delete(Output, recursive: true);
            Directory.Move(_aside, Output);
        }
    }

    /// <summary>Enables SIGINT, which a background script ignores for its children.</summary>
    public ChildResult Run()
    {
        const string script = "echo $$ >\"$0\"; exec env --default-signal=INT \"$@\"";
        string[] arguments = ["-c", script, Pid, RealKernels.Command, "prove", "--work", RealKernels.Work, _tree];
        return new Child("sh", arguments) { Limit = TimeSpan.FromMinutes(20) }.Run();
    }

    /// <summary>Sends SIGINT after make has compiled this many files.</summary>
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

    /// <summary>Processes that still run in our folder: make, compilers, the command.</summary>
    public static List<string> Running()
    {
        Thread.Sleep(500); // a killed process takes a moment to exit
        return
        [
            .. Directory.GetDirectories("/proc")
                .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
                .Select(CommandLine)
                .Where(words => words.Contains(RealKernels.Work, StringComparison.Ordinal)),
        ];
    }

    /// <summary>Every object that is complete for make, with its time.</summary>
    public Dictionary<string, DateTime> Objects() => Directory.EnumerateFiles(Output, "*.o", SearchOption.AllDirectories)
        .Where(path => File.Exists(Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.cmd")))
        .ToDictionary(path => path, File.GetLastWriteTimeUtc);

    public static List<string> BuiltAgain(Dictionary<string, DateTime> before) =>
        [.. before.Where(known => File.GetLastWriteTimeUtc(known.Key) != known.Value).Select(known => known.Key)];

    private int Compiled()
    {
        // The log of the previous run exists until this one creates its own.
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
