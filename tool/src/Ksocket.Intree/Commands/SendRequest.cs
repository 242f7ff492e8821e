// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Sending;

namespace Ksocket.Intree.Commands;

/// <summary>What the user asked send for.</summary>
/// <param name="IsStrict">Whether a warning refuses, too.</param>
/// <param name="Settings">Those of git's configuration; they may add recipients and headers.</param>
/// <param name="Previews">Addresses that get the mails instead of their recipients.</param>
internal sealed record SendRequest(
    string Folder,
    Person Sender,
    SendSettings Settings,
    string? Tree,
    string[] Drop,
    string[] Proofs,
    string? ListPrefix,
    bool IsOpen,
    string[] Overrides,
    bool IsStrict,
    bool IsResumed,
    bool IsReflected,
    IReadOnlyList<string> Previews,
    bool IsDryRun)
{
    /// <summary>Whether the mails go to the recipients of the series, which is recorded.</summary>
    public bool IsReal => !IsReflected && Previews.Count == 0;
}
