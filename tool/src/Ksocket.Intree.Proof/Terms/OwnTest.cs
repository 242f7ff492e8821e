// SPDX-License-Identifier: GPL-2.0-only
using System.Text;

namespace Ksocket.Intree.Proof.Terms;

/// <summary>A test of the user, which a boot runs instead of the samples.</summary>
/// <param name="Init">A script for the /init of prove, or a static program to boot as /init; tool/docs/own-test.md.</param>
/// <param name="ModuleFolders">Folders of modules that are built for the kernel and put into / of the boot.</param>
public sealed record OwnTest(byte[] Init, IReadOnlyList<string> ModuleFolders)
{
    /// <summary>The program; null for a script.</summary>
    public byte[]? Program => Init.AsSpan().StartsWith("\u007fELF"u8) ? Init : null;

    /// <summary>The script; empty for a program.</summary>
    public string Script => Program is null ? Encoding.UTF8.GetString(Init) : "";
}
