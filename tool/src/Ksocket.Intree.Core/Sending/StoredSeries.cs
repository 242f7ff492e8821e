// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;

namespace Ksocket.Intree.Core.Sending;

/// <summary>A series as it is in its folder.</summary>
/// <param name="Files">The files, by their path in the folder.</param>
public sealed record StoredSeries(string Folder, SeriesFile Index, IReadOnlyDictionary<string, ByteString> Files)
{
    /// <summary>The mails in sending order, the cover letter first; those that are missing are left out.</summary>
    public ImmutableArray<Letter> Letters { get; } =
    [
        .. from name in (Index.Envelope.CoverLetter ? [Index.Envelope.FileName(0, CoverLetter.FileSubject)] : (string[])[])
               .Concat(Index.Patches)
           where Files.ContainsKey(name)
           select new Letter(name, [Files[name]]),
    ];

    public SenderTexts Texts { get; } = SenderTexts.Read(Files);

    /// <summary>From 1.</summary>
    public int Revision => Index.Envelope.Revision ?? 1;
}
