// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>The few files of a kernel that a plan depends on.</summary>
internal static class PlanInputs
{
    public static IEnumerable<TreePath> Of(DriverSource driver) =>
    [
        "Makefile", "Kbuild", "Kconfig", "lib/Kconfig.debug",
        .. driver.Hooks.Select(hook => hook.Path),
        .. driver.Evidence.Requirements.SelectMany(requirement => requirement.Shapes).Select(clue => clue.Header),
        .. driver.Evidence.Features.SelectMany(feature => feature.Variants).SelectMany(variant => variant.Clues).Select(clue => clue.Header),
    ];
}
