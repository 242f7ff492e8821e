// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Kbuild;

/// <summary>Which parser recognises the lines of a hook: that of Kconfig, of Makefiles, of a toctree, or of MAINTAINERS.</summary>
public enum HookKind
{
    Kconfig,
    Makefile,
    Toctree,
    Maintainers,
}
