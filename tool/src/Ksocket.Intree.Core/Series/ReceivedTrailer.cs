// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Series;

/// <summary>A trailer that somebody gave in a reply.</summary>
/// <param name="Topic">The name of the topic of the patch.</param>
/// <param name="Digest">What the patch changed when the trailer was given; see <see cref="Mail.PatchDigest"/>.</param>
/// <param name="Reply">The Message-ID of the reply, without brackets.</param>
/// <param name="Line">"Reviewed-by: Name &lt;mail@host&gt;", without a newline.</param>
public sealed record ReceivedTrailer(string Topic, string Digest, string Reply, string Line);
