// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Checking;

/// <summary>
/// A C file outside the tree, compiled with the tree's flags (M=), as reference for a check. It must be outside: make
/// silently ignores a folder that no Makefile of the tree names.
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

    /// <summary>The make arguments that compile it.</summary>
    public IReadOnlyList<string> MakeArguments => [$"M={_folder}", "scratch.o"];
}
