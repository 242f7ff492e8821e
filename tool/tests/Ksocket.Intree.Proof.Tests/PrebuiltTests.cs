// SPDX-License-Identifier: GPL-2.0-only
using System.Buffers.Binary;
using System.Text;
using Ksocket.Intree.Core;
using Ksocket.Intree.Proof.Prebuilt;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>Recognizes prebuilt kernels and their header folders.</summary>
public sealed class PrebuiltTests : IDisposable
{
    private const string Release = "6.12.9-cloud-amd64";

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void An_image_tells_its_release() => Assert.Equal(Release, Image(Release).Release);

    [Theory]
    [InlineData("no image at all")]
    [InlineData("")]
    public void What_is_no_image_is_refused(string content)
    {
        File.WriteAllText(_temp.PathOf("file"), content);
        Assert.Contains(
            "is not an x86 kernel image",
            Refusal(() => KernelImage.Open(_temp.PathOf("file"))).Message,
            StringComparison.Ordinal);
    }

    /// <summary>The setup header may point anywhere.</summary>
    [Theory]
    [InlineData(0xFFFF)]
    [InlineData(0)]
    public void An_image_that_names_no_release_is_refused(int at)
    {
        var bytes = Head(Release);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(0x20E), (ushort)at);
        Assert.Null(KernelImage.ReleaseIn(bytes));
    }

    [Fact]
    public void An_image_that_is_not_there_is_refused() =>
        Assert.Contains("no such file", Refusal(() => KernelImage.Open(_temp.PathOf("nothing"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Headers_of_the_image_are_taken()
    {
        Headers();
        Assert.Equal(Release, HeaderFolder.Open(_temp.PathOf("headers"), Image(Release)).Release);
    }

    [Theory]
    [InlineData("Makefile", "has no Makefile", "linux-headers-" + Release)]
    [InlineData("include/generated/utsrelease.h", "names no release", "flavour")]
    [InlineData("Module.symvers", "has no Module.symvers", "header package")]
    public void Headers_that_lack_a_part_are_refused(string part, string message, string hint)
    {
        Headers();
        File.Delete(_temp.PathOf($"headers/{part}"));
        var refusal = Refusal(() => HeaderFolder.Open(_temp.PathOf("headers"), Image(Release)));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(hint, refusal.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_of_another_release_are_refused()
    {
        Headers();
        var message = Refusal(() => HeaderFolder.Open(_temp.PathOf("headers"), Image("6.12.10-cloud-amd64"))).Message;
        Assert.Contains($"is for {Release}, but --image is 6.12.10-cloud-amd64", message, StringComparison.Ordinal);
    }

    /// <summary>Like Debian's, unpacked at another path than the one they refer to each other by.</summary>
    [Fact]
    public void A_split_package_without_its_other_part_is_refused_with_the_command_that_helps()
    {
        Headers();
        File.WriteAllText(_temp.PathOf("headers/Makefile"), "include /nowhere/src/linux-headers-common/Makefile\n");
        var refusal = Refusal(() => HeaderFolder.Open(_temp.PathOf("headers"), Image(Release)));
        Assert.Contains(
            "includes /nowhere/src/linux-headers-common/Makefile, which does not exist",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.Contains(
            $"sed -i 's|/nowhere/src|{Path.GetDirectoryName(_temp.PathOf("headers"))}|'",
            refusal.Hint,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_build_tools_that_are_not_there_is_refused()
    {
        Headers();
        Directory.Delete(_temp.PathOf("headers/scripts"));
        Directory.CreateSymbolicLink(_temp.PathOf("headers/scripts"), "../lib/linux-kbuild/scripts");
        Assert.Contains(
            "links to ../lib/linux-kbuild/scripts",
            Refusal(() => HeaderFolder.Open(_temp.PathOf("headers"), Image(Release))).Message,
            StringComparison.Ordinal);
    }

    private static IntreeFailure Refusal(Action open)
    {
        var failure = Assert.Throws<IntreeFailure>(open);
        Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
        Assert.NotNull(failure.Hint);
        return failure;
    }

    private KernelImage Image(string release)
    {
        File.WriteAllBytes(_temp.PathOf("vmlinuz"), Head(release));
        return KernelImage.Open(_temp.PathOf("vmlinuz"));
    }

    private static byte[] Head(string release)
    {
        var bytes = new byte[0x1000];
        "HdrS"u8.CopyTo(bytes.AsSpan(0x202));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(0x20E), 0x600);
        Encoding.ASCII.GetBytes($"{release} (someone@somewhere) #1 SMP\0").CopyTo(bytes, 0x800);
        return bytes;
    }

    private void Headers()
    {
        Directory.CreateDirectory(_temp.PathOf("headers/include/generated"));
        Directory.CreateDirectory(_temp.PathOf("headers/scripts"));
        File.WriteAllText(_temp.PathOf("headers/Makefile"), "all:\n");
        File.WriteAllText(_temp.PathOf("headers/Module.symvers"), "");
        File.WriteAllText(_temp.PathOf("headers/include/generated/utsrelease.h"), $"#define UTS_RELEASE \"{Release}\"\n");
    }
}
