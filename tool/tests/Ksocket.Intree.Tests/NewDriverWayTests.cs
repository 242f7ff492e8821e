// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>
/// The way of a driver that "new" writes, with real kernels: apply, commit and the mails of series make one tree, and remove
/// leaves the kernel as it was. ProvedDriversRealKernelTests builds and boots it.
/// </summary>
public sealed class NewDriverWayTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("5.10", 0)]
    [InlineData("6.1", 1)]
    [InlineData("6.12", 2)]
    [InlineData("7.3", 3)]
    public void Apply_commit_and_the_mails_make_one_tree_and_remove_undoes_it(string version, int turn)
    {
        Skip.UnlessItsTurn(turn, of: 4);
        var kernel = SmallRepository.Make(RealKernels.Pristine(version), _temp.PathOf("linux"), allKconfig: true);
        var (own, mails) = (_temp.PathOf("kmine"), _temp.PathOf("out"));
        Cli.Done("new", own);
        var before = Contents(kernel);
        Cli.Done("apply", "--parts", "all", "--with", own, kernel);
        Cli.Done("status", "--with", own, kernel);
        Run.Git(kernel, "add", "-A", ".", ":!.ksocket-intree");
        var applied = Run.Git(kernel, "write-tree").Trim();
        Run.Git(kernel, "reset", "-q");
        Cli.Done("remove", "--with", own, kernel);
        Assert.Equal(before, Contents(kernel));

        Cli.Done("commit", "-b", "commits", "--with", own, kernel + "@base");
        Assert.Equal(applied, Run.Git(kernel, "rev-parse", "commits^{tree}").Trim());
        Cli.Done("series", "-o", mails, "--with", own, kernel + "@base");
        Run.Git(kernel, ["am", "-q", .. Directory.GetFiles(mails, "*.patch").Order(StringComparer.Ordinal)]);
        Assert.Equal(applied, Run.Git(kernel, "rev-parse", "HEAD^{tree}").Trim());
        Cli.Done("status", "--with", own, kernel); // of mails there is no state file

        // Nothing records that the driver is not the kernel's own, so the user says it.
        Cli.Run("remove", "--with", own, kernel).RefusesWith(ExitCode.InTheWay, "add --force");
        Cli.Done("remove", "--force", "--with", own, kernel);
        Assert.Equal(before, Contents(kernel));
        Run.Git(kernel, "add", "-A");
        Assert.Equal(Run.Git(kernel, "rev-parse", "base^{tree}"), Run.Git(kernel, "write-tree"));
    }

    /// <summary>Everything but what git has about it.</summary>
    private static string Contents(string kernel)
    {
        var git = Path.Combine(kernel, ".git");
        Directory.Move(git, kernel + ".git");
        try
        {
            return FolderDigest.Of(kernel);
        }
        finally
        {
            Directory.Move(kernel + ".git", git);
        }
    }
}
