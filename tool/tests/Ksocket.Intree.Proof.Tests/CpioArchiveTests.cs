// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Booting;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

public class CpioArchiveTests
{
    [Fact]
    public void Cpio_reads_what_we_wrote()
    {
        Skip.Without("cpio");
        using var temp = new TempFolder();
        var archive = new CpioArchive();
        archive.AddFolder("sub");
        archive.AddFile("sub/odd", [1, 2, 3, 4, 5], executable: true);
        archive.AddFile("empty", []);
        File.WriteAllBytes(temp.PathOf("a.cpio"), archive.ToBytes());

        Run.Program("cpio", temp.Root, "-id", "--quiet", "-F", "a.cpio");
        Assert.Equal([1, 2, 3, 4, 5], File.ReadAllBytes(temp.PathOf("sub/odd")));
        Assert.True(File.GetUnixFileMode(temp.PathOf("sub/odd")).HasFlag(UnixFileMode.UserExecute));
        Assert.Empty(File.ReadAllBytes(temp.PathOf("empty")));
    }
}
