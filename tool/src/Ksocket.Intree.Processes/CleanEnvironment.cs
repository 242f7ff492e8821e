// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Processes;

/// <summary>
/// The environment of every child process: variables that the user exported for other builds and repositories are
/// removed. Messages are in English, because they are parsed.
/// </summary>
public static class CleanEnvironment
{
    /// <summary>
    /// make reads environment variables as make variables; these change what kbuild builds or prints.
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
    /// The target of the user's builds. `apply --config` keeps these, because they are part of the configuration of the
    /// tree; a build for a fixed architecture removes them.
    /// </summary>
    public static IReadOnlyList<string> TargetVariables { get; } = ["ARCH", "SUBARCH", "CROSS_COMPILE", "LLVM", "LLVM_IAS"];

    /// <summary>kbuild unsets LC_ALL, so gcc would use one of these.</summary>
    public static IReadOnlyList<string> LanguageVariables { get; } = ["LANGUAGE", "LC_MESSAGES", "LC_CTYPE"];

    /// <summary>Prefixes of kbuild and kconfig variables.</summary>
    private static readonly string[] Prefixes = ["KBUILD_", "KCONFIG_"];

    /// <summary>Changes a copy of this process's environment into that of a child.</summary>
    /// <param name="own">Variables of this child, or null to remove one; applied last.</param>
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
        || Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
