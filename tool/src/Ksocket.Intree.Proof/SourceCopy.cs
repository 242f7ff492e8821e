// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Proof;

/// <summary>
/// A copy of a tree's sources for kbuild, which refuses to build elsewhere (O=) what was configured or built in
/// place. Hard links where the disks allow: the copy takes seconds and no room, and nothing writes through them,
/// because our writer and kbuild replace files and never open them for writing.
/// </summary>
public static class SourceCopy
{
    /// <summary>What make mrproper would take away, as far as it makes a build elsewhere fail or go wrong.</summary>
    private static readonly string[] Products = [".config", ".config.old", "include/config", "include/generated", ".git", ".tmp_versions"];

    private static readonly string[] Endings = [".o", ".a", ".ko", ".mod", ".mod.c", ".cmd", ".order"];

    /// <summary>Whether kbuild takes the tree as it stands for a build with O=.</summary>
    public static bool IsNeeded(FolderTree tree) =>
        File.Exists(tree.PathOf(".config"))
        || Directory.Exists(tree.PathOf("include/config"))
        || Directory.EnumerateDirectories(tree.PathOf("arch")).Any(arch => Directory.Exists(Path.Combine(arch, "include/generated")));

    public static FolderTree Make(FolderTree tree, string folder)
    {
        if (Directory.Exists(folder))
        {
            Machine.Try(folder, () => Directory.Delete(folder, recursive: true));
        }

        // What is in the tree goes into a folder that we made: never the tree itself, which may be a link.
        Directory.CreateDirectory(folder);
        var linked = new Child("cp", ["-a", "--link", "--", tree.Root + "/.", folder]).Run();
        if (!linked.Succeeded)
        {
            Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder);
            var copied = new Child("cp", ["-a", "--reflink=auto", "--", tree.Root + "/.", folder]).Run();
            if (!copied.Succeeded)
            {
                throw IntreeFailure.Fatal($"cannot copy {tree.Name} to {folder}: {copied.FirstError}", "give prove another --work folder");
            }
        }

        Clean(folder);
        return FolderTree.Open(folder);
    }

    private static void Clean(string folder)
    {
        foreach (var path in Products.Select(product => Path.Combine(folder, product)))
        {
            Delete(path);
        }

        foreach (var arch in Directory.EnumerateDirectories(Path.Combine(folder, "arch")))
        {
            Delete(Path.Combine(arch, "include/generated"));
        }

        // Only a tree that was built in has these, and a kernel's own sources have none by such names.
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in Directory.EnumerateFiles(folder, "*", everywhere).Where(file => Array.Exists(Endings, ending => file.EndsWith(ending, StringComparison.Ordinal))))
        {
            File.Delete(file);
        }
    }

    private static void Delete(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else if (File.Exists(path))
        {
            File.Delete(path);
        }
    }
}
