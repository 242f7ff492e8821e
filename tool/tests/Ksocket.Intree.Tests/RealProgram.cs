// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Runs the program as a process, under a shell that redirects its streams.</summary>
internal static class RealProgram
{
    /// <summary>The managed build, which is built with the tests.</summary>
    public static string Managed { get; } = Environment.GetEnvironmentVariable("KSOCKET_INTREE")
        ?? Repository.PathOf(".artifacts/bin/Ksocket.Intree/release/ksocket-intree");

    /// <summary>Runs a shell command; "$k" is the program and "$1" the first argument.</summary>
    public static ChildResult Shell(string command, params string[] words) =>
        new Child("bash", ["-c", "k=$0; " + command, Managed, .. words]) { Environment = Quiet }.Run();

    private static readonly Dictionary<string, string?> Quiet = new()
    {
        ["KSOCKET_INTREE_TRACE"] = null,
        ["DOTNET_EnableDiagnostics"] = "0",
    };
}
