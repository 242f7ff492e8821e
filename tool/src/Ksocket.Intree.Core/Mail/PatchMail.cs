// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Text;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Mail;

/// <summary>A patch before it becomes a mail: its subject, its message and its changes.</summary>
/// <param name="Body">Lines of the message, each with its newline; empty for none.</param>
public sealed record Patch(string Subject, string Body, ImmutableArray<FileDiff> Files)
{
    /// <summary>Lines like "Reviewed-by: ..." before the sign-off, each with its newline; empty for none.</summary>
    public string Trailers { get; init; } = "";

    /// <summary>Lines below the "---", each with its newline; empty for none.</summary>
    public string Notes { get; init; } = "";
}

/// <summary>A mail as a file: its name, and its bytes in pieces. The series of all kernels share most pieces.</summary>
public sealed record Letter(string FileName, ImmutableArray<ByteString> Pieces)
{
    public ByteString Bytes => ByteString.Concat(Pieces.AsSpan());

    /// <summary>Whether these are its bytes, compared piece by piece: a joined copy of each mail would be 90 kB.</summary>
    public bool Is(ByteString bytes)
    {
        var rest = bytes.Span;
        foreach (var piece in Pieces)
        {
            if (!rest.StartsWith(piece.Span))
            {
                return false;
            }

            rest = rest[piece.Length..];
        }

        return rest.IsEmpty;
    }
}

/// <summary>
/// Writes patches as git format-patch --full-index --zero-commit --no-signature -M0 --stat=72 does, byte for byte
/// (git manual, git-format-patch; the form of a mail is in Documentation/process/submitting-patches.rst). One difference:
/// git declares a mail as 8-bit only for its message, and asks for the encoding of a patch when it sends one; here a patch
/// with bytes outside ASCII is declared too.
/// </summary>
public static class PatchMail
{
    private static readonly ByteString Separator = ByteString.Of("---\n"u8);

    public static ImmutableArray<Letter> Write(IReadOnlyList<Patch> patches, Envelope envelope) =>
        [.. patches.Select((patch, at) => Write(patch, at + 1, patches.Count, envelope))];

    private static Letter Write(Patch patch, int number, int total, Envelope envelope)
    {
        var body = envelope.SignedBody(patch.Body, patch.Trailers);
        var isEightBit = !Ascii.IsValid(body + patch.Notes + envelope.Signature)
            || patch.Files.Any(file => !Ascii.IsValid(file.Bytes.Span));
        return new Letter(envelope.FileName(number, patch.Subject),
        [
            ByteString.OfText(envelope.Head(number, total, patch.Subject, isEightBit) + body),
            Separator,
            ByteString.OfText((patch.Notes.Length > 0 ? $"{patch.Notes}\n" : "") + DiffStat.Of(patch.Files) + "\n"),
            .. patch.Files.Select(file => file.Bytes),
            number == 1 && !envelope.CoverLetter ? Base(envelope) : default,
            Signature(envelope),
        ]);
    }

    /// <summary>The end of each mail, as print_signature() of git's builtin/log.c writes it; empty for none.</summary>
    internal static ByteString Signature(Envelope envelope) =>
        envelope.Signature.Length == 0 ? default : ByteString.OfText($"-- \n{envelope.Signature}\n\n");

    internal static ByteString Base(Envelope envelope) =>
        envelope.BaseCommit is null ? default : ByteString.OfText($"\nbase-commit: {envelope.BaseCommit}\n");
}
