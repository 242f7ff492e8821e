// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Xunit;

namespace Ksocket.Intree.Testing;

/// <summary>Skips a test that cannot run here, with the reason.</summary>
public static class Skip
{
    public static void UnlessRoot() => Assert.SkipUnless(Environment.UserName == "root", "skipped: mounting needs root");

    public static void Without(string program) =>
        Assert.SkipUnless(Programs.Find(program) is not null, $"skipped: {program} is not installed");
}
