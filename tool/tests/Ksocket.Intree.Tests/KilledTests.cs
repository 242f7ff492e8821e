// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Kills the program at each system call that changes a tree: the tree still builds, and the next run completes.</summary>
public sealed class KilledTests
{
    /// <summary>Every system call that changes a tree.</summary>
    private const string Calls = "openat,pwrite64,fsync,renameat,linkat,unlinkat,mkdirat,fchmod,fchown";

    [Theory]
    [InlineData("apply")]
    [InlineData("remove")]
    public void Killed_at_its_writing_calls_the_next_run_completes(string verb)
    {
        Skip.Without("strace");
        using var pristine = new TempFolder();
        LiteralKernel.Named().WriteTo(pristine.Root);
        using var whole = Copy(pristine);
        Assert.Equal(ExitCode.Done, Cli.Run("apply", "--parts", "all", whole.Root).Exit);
        var start = verb == "apply" ? pristine : whole;
        string[] words = verb == "apply" ? [verb, "--parts", "all"] : [verb];
        var (before, after) = (FolderDigest.Of(pristine.Root), FolderDigest.Of(whole.Root));

        var kills = 0;
        foreach (var call in Calls.Split(','))
        {
            // Skip the files that the runtime opens at startup.
            var count = CountOf(call, start, words);
            foreach (var at in Skip.ShareOfToday(Math.Max(1, count - 60), count, days: 5))
            {
                using var tree = Copy(start);
                var killed = Strace(tree, words, "-e", $"inject={call}:signal=KILL:when={at.ToString(CultureInfo.InvariantCulture)}");
                kills += killed.ExitCode == 0 ? 0 : 1;

                AssertBuilds(tree);
                var next = Cli.Run([.. words, tree.Root]);
                Assert.True(next.Exit == ExitCode.Done, $"{call} {at}: {next.Exit}: {next.Messages}");
                Assert.Equal(verb == "apply" ? after : before, FolderDigest.Of(tree.Root));
                Cli.Run("remove", tree.Root);
                Assert.Equal(before, FolderDigest.Of(tree.Root));
            }
        }

        Assert.True(kills > 20, $"only {kills} runs were killed");
    }

    /// <summary>A part with a symbol is complete; an incomplete part has no symbol, so make ignores it.</summary>
    private static void AssertBuilds(TempFolder tree)
    {
        var folder = FolderTree.Open(tree.Root);
        foreach (var hook in DriverSource.Bundled.Hooks.Where(hook => hook.Kind == HookKind.Kconfig))
        {
            if (hook.Traces(folder.Read(hook.Path)).Count > 0)
            {
                Assert.Empty(Wiring.Faults(new KbuildFiles(folder), DriverSource.Bundled, hook.Part));
            }
        }
    }

    private static int CountOf(string call, TempFolder start, string[] words)
    {
        using var tree = Copy(start);
        var result = Strace(tree, words, "-c", "-e", $"trace={call}");
        Assert.Equal(0, result.ExitCode);
        var row = result.Output.ToString()
            .Split('\n')
            .FirstOrDefault(line => line.TrimEnd().EndsWith(" " + call, StringComparison.Ordinal));
        return row is null ? 0 : int.Parse(row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], CultureInfo.InvariantCulture);
    }

    private static ChildResult Strace(TempFolder tree, string[] words, params string[] options)
    {
        return new Child("strace", ["-f", "-qq", .. options, RealKernels.Command, .. words, tree.Root]).Run();
    }

    private static TempFolder Copy(TempFolder from)
    {
        var copy = new TempFolder();
        Run.Program("cp", "/", "-a", from.Root + "/.", copy.Root);
        return copy;
    }
}
