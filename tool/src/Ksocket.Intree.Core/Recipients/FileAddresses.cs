// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Recipients;

/// <summary>
/// The people whom a device tree binding names in itself: get_maintainer.pl takes each address of a .yaml file. The words
/// before an address are its name: the last two, or three if one of them is an initial.
/// </summary>
internal static partial class FileAddresses
{
    public static IEnumerable<Mailbox> In(ByteString file) =>
        from candidate in Candidate().Matches(file.ToString())
        let address = Address().Match(candidate.Value)
        select new Mailbox(NameIn(candidate.Value[..address.Index]), address.Groups[1].Value);

    private static string NameIn(string text)
    {
        var words = Separator().Split(text).Where(word => word.Any(char.IsLetter)).ToList();
        var taken = words.Count > 2 && words.Slice(words.Count - 3, 2).Any(IsInitial) ? 3 : 2;
        return string.Join(' ', words.Skip(words.Count - taken)).Trim('.', ',');
    }

    private static bool IsInitial(string word) => word.Length == 1 || (word.Length == 2 && word[1] == '.');

    /// <summary>Words, and an address that may begin in the last of them.</summary>
    [GeneratedRegex(@"[\p{L}""' ,.+-]*\s*,*\s*[(<{]?[A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+\.[A-Za-z0-9]+")]
    private static partial Regex Candidate();

    [GeneratedRegex("[(<{]?([A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+)")]
    private static partial Regex Address();

    [GeneratedRegex(@"[^\p{L}',.+-]+")]
    private static partial Regex Separator();
}
