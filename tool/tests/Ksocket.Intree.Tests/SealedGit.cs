// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.CompilerServices;

namespace Ksocket.Intree.Tests;

/// <summary>The tests do not depend on the git configuration of who runs them.</summary>
internal static class SealedGit
{
    [ModuleInitializer]
    internal static void Seal()
    {
        Environment.SetEnvironmentVariable("GIT_CONFIG_GLOBAL", "/dev/null");
        Environment.SetEnvironmentVariable("GIT_CONFIG_NOSYSTEM", "1");
    }
}
