// SPDX-License-Identifier: GPL-2.0-only
using System.Reflection;

namespace Ksocket.Intree;

/// <summary>The version of this program, from tool/Directory.Build.props, and the commit it was built from.</summary>
internal static class ProgramVersion
{
    private const int ShortCommit = 12;

    private static readonly string[] Words =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');

    /// <summary>The version, such as 1.0.0.</summary>
    public static string Number => Words[0];

    /// <summary>The commit in hexadecimal; null if the sources were no git repository.</summary>
    public static string? Commit => Words.Length > 1 ? Words[1] : null;

    /// <summary>What --version prints.</summary>
    public static string Line =>
        $"ksocket-intree {Number}" + (Commit is { } commit ? $" ({commit[..Math.Min(ShortCommit, commit.Length)]})" : "");
}
