// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>A missing library is an environment failure, not a bug.</summary>
public sealed class LibraryTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Without_libgit2_a_folder_is_read_and_a_commit_is_not()
    {
        LiteralKernel.Named().WriteTo(_temp.PathOf("linux"));
        Run.Git(_temp.PathOf("linux"), "init", "-q");
        Run.Git(_temp.PathOf("linux"), "add", ".");
        Run.Git(_temp.PathOf("linux"), "commit", "-q", "-m", "a tree");
        Run.Program("cp", _temp.Root, "-r", Repository.PathOf(".artifacts/bin/Ksocket.Intree/release"), "program");
        foreach (var library in Directory.EnumerateFiles(_temp.PathOf("program"), "libgit2-*.so", SearchOption.AllDirectories))
        {
            File.Delete(library);
        }

        Assert.True(new Child(_temp.PathOf("program/ksocket-intree"), ["probe", _temp.PathOf("linux")]).Run().Succeeded);
        foreach (var words in (string[][])[["probe", _temp.PathOf("linux") + "@HEAD"], ["commit", _temp.PathOf("linux")]])
        {
            var run = new Child(_temp.PathOf("program/ksocket-intree"), words).Run();
            Assert.Equal(128, run.ExitCode);
            Assert.StartsWith("error: a library cannot be loaded: ", run.Output.ToString(), StringComparison.Ordinal);
            Assert.Contains("\nhint: reinstall ksocket-intree", run.Output.ToString(), StringComparison.Ordinal);
            Assert.EndsWith("\nsee: ksocket-intree explain library\n", run.Output.ToString(), StringComparison.Ordinal);
            Assert.Equal(3, run.Output.ToString().TrimEnd().Split('\n').Length);
        }
    }
}
