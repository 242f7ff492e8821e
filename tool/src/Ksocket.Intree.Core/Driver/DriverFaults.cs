// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>
/// Why the Kconfig and the makefiles of a driver's folder cannot be wired into a tree: they were written for a build outside
/// of one. Each fault names file, line and cause.
/// </summary>
internal static class DriverFaults
{
    /// <param name="files">The files of the folder that land, by their path in it.</param>
    /// <param name="makefile">The makefile that kbuild will read.</param>
    public static IEnumerable<string> In(IReadOnlyDictionary<TreePath, ByteString> files, TreePath makefile)
    {
        KconfigFile? kconfig = null;
        if (!files.TryGetValue("Kconfig", out var entries))
        {
            yield return "Kconfig: there is none, so no symbol enables it";
        }
        else if (FaultOf(entries) is { } unreadable)
        {
            yield return unreadable;
        }
        else
        {
            kconfig = KconfigFile.Read("Kconfig", entries);
        }

        foreach (var fault in KconfigFaults.In(files))
        {
            yield return fault;
        }

        if (!files.ContainsKey(makefile))
        {
            yield return "Makefile: there is none, and no Kbuild either";
            yield break;
        }

        foreach (var path in Entered(files, makefile))
        {
            foreach (var fault in new MakefileFaults(path, MakefileText.Read(files[path]), kconfig, files).In(isTop: path == makefile))
            {
                yield return fault;
            }
        }
    }

    private static string? FaultOf(ByteString kconfig)
    {
        try
        {
            return KconfigFile.Read("Kconfig", kconfig).Statements.Any(statement => statement.Keyword.DefinesOne())
                ? null
                : "Kconfig: it defines no symbol";
        }
        catch (IntreeFailure unreadable)
        {
            return unreadable.Message;
        }
    }

    /// <summary>A makefile and those of the folders that it enters, each once.</summary>
    private static List<TreePath> Entered(IReadOnlyDictionary<TreePath, ByteString> files, TreePath makefile)
    {
        var entered = new List<TreePath> { makefile };
        for (var at = 0; at < entered.Count; at++)
        {
            entered.AddRange(
                from line in MakefileText.Read(files[entered[at]]).Objects
                from word in line.Words
                where word.EndsWith("/"u8)
                select TreePath.Resolve(entered[at].Folder, word) is { } folder ? Hooks.MakefileIn(folder, files) : makefile into path
                where files.ContainsKey(path)
                where !entered.Contains(path)
                select path);
        }

        return entered;
    }
}
