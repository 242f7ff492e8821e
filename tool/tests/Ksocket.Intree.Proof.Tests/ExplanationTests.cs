// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Proof.Judging;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>Explains the first error line of a build.</summary>
public class ExplanationTests
{
    [Theory]
    [InlineData(
        "drivers/ksocket/accept.c:41:9: error: too few arguments to function 'kernel_accept'",
        "kernel_accept is a requirement",
        "include/linux/net.h")]
    [InlineData(
        "drivers/ksocket/accept.c:69:15: error: too many arguments to function \u2018kernel_accept\u2019",
        "kernel_accept is a requirement",
        "include/linux/net.h")]
    [InlineData("drivers/ksocket/getsockopt_builtin.c:12:3: error: 'x' undeclared", "kernels differ in getsockopt_builtin", "probe")]
    [InlineData(
        "ERROR: modpost: \"tcp_get_info_hidden\" [drivers/ksocket/ksocket.ko] undefined!",
        "does not export tcp_get_info_hidden",
        "=m")]
    [InlineData(
        "ld: socket.c:(.text+0x12): undefined reference to `ksocket_helper'",
        "nothing in this kernel defines ksocket_helper",
        "Makefile")]
    [InlineData(
        "drivers/ksocket/text.c:9:1: error: implicit declaration of function 'strange'",
        "drivers/ksocket/text.c does not compile",
        "evidence/requirements")]
    [InlineData(
        "drivers/ksocket/accept.c:11:10: fatal error: internal.h: No such file or directory",
        "accept.c includes internal.h",
        "later patch")]
    [InlineData("drivers/gpu/drm/drm_drv.c:1:1: error: nothing of ours", "this line does not concern the driver", "tree")]
    public void An_error_line_is_explained(string line, string cause, string hint)
    {
        var said = Explanation.Explain(line, DriverSource.Bundled.Evidence);
        Assert.Contains(cause, said, StringComparison.Ordinal);
        Assert.Contains(hint, said, StringComparison.Ordinal);
    }
}
