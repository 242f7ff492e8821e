// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Processes;

/// <summary>
/// The rule for the environment of every child process: what the user exported for builds and repositories of their own
/// does not reach it, and its messages are English, because they are parsed.
/// </summary>
public static class CleanEnvironment
{
    /// <summary>
    /// make reads a variable of the environment as if it stood in the Makefile; these change what kbuild builds or
    /// prints.
    /// </summary>
    public static IReadOnlyList<string> BuildVariables { get; } =
    [
        "MAKEFLAGS", "GNUMAKEFLAGS", "MFLAGS", "MAKEFILES", "MAKELEVEL", "V", "C", "CF", "W", "M", "MO", "O",
        "KAFLAGS", "KCFLAGS", "KCPPFLAGS", "KRUSTFLAGS", "HOSTCFLAGS", "HOSTCXXFLAGS", "HOSTLDFLAGS", "HOSTLDLIBS", "HOSTRUSTFLAGS",
        "CFLAGS_KERNEL", "AFLAGS_KERNEL", "CFLAGS_MODULE", "AFLAGS_MODULE", "LDFLAGS_MODULE",
        "LDFLAGS_vmlinux", "CFLAGS_GCOV", "CFLAGS_KCOV",
        "EXTRA_CFLAGS", "LOCALVERSION", "INSTALL_PATH", "INSTALL_MOD_PATH", "INSTALL_MOD_STRIP", "INSTALL_HDR_PATH", "INSTALL_DTBS_PATH",
    ];

    /// <summary>
    /// What the user builds for. It is part of how their tree is configured, so `apply --config` keeps it; a build that
    /// chooses its own architecture removes it.
    /// </summary>
    public static IReadOnlyList<string> TargetVariables { get; } = ["ARCH", "SUBARCH", "CROSS_COMPILE", "LLVM", "LLVM_IAS"];

    /// <summary>kbuild removes LC_ALL again, so that gcc would use one of these.</summary>
    public static IReadOnlyList<string> LanguageVariables { get; } = ["LANGUAGE", "LC_MESSAGES", "LC_CTYPE"];

    /// <summary>Every variable with this beginning belongs to kbuild or kconfig.</summary>
    private static readonly string[] Beginnings = ["KBUILD_", "KCONFIG_"];

    /// <summary>Changes a copy of our own environment into that of a child.</summary>
    /// <param name="own">Variables of this child, or null to remove one; they come last.</param>
    internal static void Apply(IDictionary<string, string?> environment, IReadOnlyDictionary<string, string?> own)
    {
        foreach (var name in environment.Keys.Where(IsForeign).ToList())
        {
            environment.Remove(name);
        }

        (environment["LC_ALL"], environment["LANG"]) = ("C", "C");
        foreach (var (name, value) in own)
        {
            if (value is null)
            {
                environment.Remove(name);
            }
            else
            {
                environment[name] = value;
            }
        }
    }

    private static bool IsForeign(string name) =>
        BuildVariables.Contains(name) || LanguageVariables.Contains(name) || ForeignRepository.Variables.Contains(name)
        || Array.Exists(Beginnings, beginning => name.StartsWith(beginning, StringComparison.Ordinal));
}
