// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Mail;

/// <summary>
/// A name for what a patch changes, as git patch-id gives one: without line numbers, blob ids, headings and message, but
/// with white space. It is computed here because it decides what is in a generated patch, and generating runs no programs.
/// </summary>
public static class PatchDigest
{
    /// <param name="patch">A mail, or its sections alone.</param>
    /// <returns>SHA-256, as 64 hexadecimal digits in lower case.</returns>
    public static string Of(ByteString patch)
    {
        var hash = Digest.Sha256();
        foreach (var section in DiffSection.In(patch))
        {
            Line(section.Path.Bytes);
            Line(ByteString.OfText(section.Mode ?? "edited"));
            foreach (var line in section.Hunks.SelectMany(hunk => hunk.Lines.Prepend(ByteString.Of("@@"u8))))
            {
                Line(line);
            }
        }

        return hash.ToHex();

        void Line(ByteString text)
        {
            hash.Add(text);
            hash.Add(ByteString.Of("\n"u8));
        }
    }
}
