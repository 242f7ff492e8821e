// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;

namespace Ksocket.Intree.Git;

/// <summary>
/// Whether libgit2 can be used. Its start loads OpenSSL, by one of these names; without it libgit2 is left half
/// initialized, and its first call ends the process with SIGSEGV.
/// </summary>
internal static class LibGit2
{
    public const string Missing = "libgit2 needs OpenSSL's libssl, which is not installed";

    private static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1", "libssl.so.1.0.0", "libssl.so.10"];

    private static readonly Lazy<bool> Found = new(() => Names.Any(name => NativeLibrary.TryLoad(name, out _)));

    public static bool IsUsable => Found.Value;
}
