// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Checking;

/// <summary>
/// One C file outside the tree, compiled as the tree compiles (M=): to compare with what a check reports of ours.
/// make ignores a folder that no Makefile of the tree names, and does not say so.
/// </summary>
public sealed class ScratchFile
{
    private readonly string _folder;

    public ScratchFile(string folder, string text)
    {
        _folder = folder;
        WorkDisk.Try(folder, () =>
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "Kbuild"), "obj-m += scratch.o\n");
            File.WriteAllText(Path.Combine(folder, "scratch.c"), text);
        });
    }

    /// <summary>What make is told to compile it.</summary>
    public IReadOnlyList<string> MakeArguments => [$"M={_folder}", "scratch.o"];
}
