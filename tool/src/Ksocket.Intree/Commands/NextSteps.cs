// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Configure;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Commands;

/// <summary>The commands that build a tree after apply, for the target that its configuration shows.</summary>
/// <param name="Defconfig">The defconfig that the symbol was set in; null for none.</param>
internal sealed record NextSteps(
    FolderTree Tree,
    BuildTarget Target,
    ImmutableArray<DriverSource> Drivers,
    ImmutableArray<Part> Parts,
    bool IsConfigured,
    TreePath? Defconfig)
{
    /// <param name="folder">The folder that the user is in.</param>
    public IReadOnlyList<string> Lines(string folder)
    {
        var where = Tree.Root == folder ? "" : $" -C {ShellWord.Quote(Tree.Root)}";
        var make = $"  make{where}{Target.Text} ";
        return
        [
            "",
            Target.IsConfigured ? "Next:" : "Next, for another architecture with ARCH= and CROSS_COMPILE= on each line:",
            make + First(),
            $"{make}-j{Environment.ProcessorCount}",
        ];
    }

    private string First()
    {
        if (Defconfig is { } path)
        {
            // arch/ARCH/configs/NAME and kernel/configs/NAME are both NAME to make.
            var parts = path.ToString().Split('/');
            return string.Join('/', parts.SkipWhile(part => part != "configs").Skip(1));
        }

        return IsConfigured ? "olddefconfig" : $"menuconfig    # {Where()}";
    }

    private string Where()
    {
        if (Drivers is not [{ IsBundled: true } ksocket])
        {
            return $"press / and type {string.Join(", then ", Drivers.Select(driver => driver.Symbol))}";
        }

        var samples = Parts.Contains(Part.Samples) ? ", and its samples under Kernel hacking > Sample kernel code" : "";
        return $"Device Drivers > {TreeConfig.Prompt(ksocket)}{samples}";
    }
}
