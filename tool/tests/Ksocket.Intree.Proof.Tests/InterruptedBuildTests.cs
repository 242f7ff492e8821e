// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>What a make that was killed may have left half-written.</summary>
public sealed class InterruptedBuildTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public InterruptedBuildTests()
    {
        Product("net/old.o", minutes: 10);
        Product("net/half.o", minutes: 0);
        Product("linux", minutes: 1);
        Product(".config", minutes: 0);
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void After_a_make_that_ended_everything_is_kept()
    {
        var first = new InterruptedBuild(_temp.Root);
        first.Begin();
        first.End();
        new InterruptedBuild(_temp.Root).Begin();
        Assert.True(File.Exists(_temp.PathOf("net/half.o")));
    }

    [Fact]
    public void After_one_that_was_killed_what_was_written_last_is_made_again_and_the_rest_is_kept()
    {
        new InterruptedBuild(_temp.Root).Begin();
        new InterruptedBuild(_temp.Root).Begin();
        Assert.False(File.Exists(_temp.PathOf("net/half.o")));
        Assert.False(File.Exists(_temp.PathOf("linux")));
        Assert.True(File.Exists(_temp.PathOf("net/old.o")));
        Assert.True(File.Exists(_temp.PathOf(".config")));
    }

    private void Product(string path, int minutes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_temp.PathOf(path))!);
        File.WriteAllText(_temp.PathOf(path), "half");
        File.SetLastWriteTimeUtc(_temp.PathOf(path), DateTime.UtcNow - TimeSpan.FromMinutes(minutes));
    }
}
