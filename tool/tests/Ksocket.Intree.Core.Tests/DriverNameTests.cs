// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>Names of files in a driver's folder that the state file, which is text, could not hold, or that move the cursor.</summary>
public class DriverNameTests
{
    public static TheoryData<byte[], string> Unusable => new()
    {
        { [.. "a"u8, 0xff, .. ".c"u8], "a\\xff.c: the name is not UTF-8" },
        { [.. "sub/"u8, 0xff, .. "/a.c"u8], "sub/\\xff/a.c: the name is not UTF-8" },
        { [.. "a\u001b[2J.c"u8], "a\\x1b[2J.c: the name has a control character" },
        { [.. "a\nb/c.c"u8], "a\\x0ab/c.c: the name has a control character" },
        { [.. "a\u009b2J.c"u8], "a\\x9b2J.c: the name has a control character" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void An_unusable_name_is_refused(byte[] name, string cause)
    {
        var failure = Assert.Throws<IntreeFailure>(() => EchoDriver.With(new TreePath(new ByteString(name)), "x\n"));
        Assert.Equal($"echo: {cause}", failure.Message);
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public void What_does_not_land_may_have_any_name(byte[] name, string cause)
    {
        _ = cause;
        var hidden = EchoDriver.With(new TreePath(new ByteString((byte[])[.. ".git/"u8, .. name])), "x\n");
        Assert.Equal(EchoDriver.Read().Hash, hidden.Hash);
    }

    [Fact]
    public void The_target_of_a_link_is_printed_without_control_characters()
    {
        var tree = new LiteralTree("echo", EchoDriver.Files)
        {
            Links = new Dictionary<TreePath, ByteString> { ["link.c"] = "a\u001b[2J".Bytes() },
        };
        var failure = Assert.Throws<IntreeFailure>(() => DriverFolder.Read(tree, "echo", null, "echo"));
        Assert.Contains("link.c: a symbolic link to a\\x1b[2J;", failure.Message, StringComparison.Ordinal);
    }
}
