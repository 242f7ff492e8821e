// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>The files of a kernel that a plan depends on.</summary>
internal static class PlanInputs
{
    public static IEnumerable<TreePath> Of(DriverSource driver) =>
    [
        "Makefile", "Kbuild", "Kconfig", "lib/Kconfig.debug",
        .. driver.Hooks.Select(hook => hook.Path),
        .. driver.Evidence.Requirements.SelectMany(requirement => requirement.Shapes).Select(clue => clue.Header),
        .. from feature in driver.Evidence.Features
           from variant in feature.Variants
           from clue in variant.Clues
           select clue.Header,
    ];
}
