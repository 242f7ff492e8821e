// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Recipients;

/// <summary>The .mailmap of a tree: today's name and address of a person (gitmailmap(5)).</summary>
internal sealed partial class Mailmap
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);

    public static Mailmap Read(ByteString file)
    {
        var map = new Mailmap();
        foreach (var line in ByteLines.Of(file))
        {
            map.Take(line.Text.Split('#')[0].Trim());
        }

        return map;
    }

    /// <summary>An entry for name and address goes before one for the address alone.</summary>
    public Mailbox Of(Mailbox mailbox)
    {
        var key = mailbox.ToString();
        key = _names.ContainsKey(key) || _addresses.ContainsKey(key) ? key : mailbox.Address;
        return new Mailbox(_names.GetValueOrDefault(key, mailbox.Name), _addresses.GetValueOrDefault(key, mailbox.Address));
    }

    private void Take(string line)
    {
        if (Entry().Match(line) is not { Success: true } entry)
        {
            return;
        }

        var (name, address) = (entry.Groups["name"].Value.Trim(), entry.Groups["address"].Value.Trim());
        if (!entry.Groups["old"].Success)
        {
            _names[address] = name;
            return;
        }

        var (oldName, old) = (entry.Groups["oldname"].Value.Trim(), entry.Groups["old"].Value.Trim());
        var key = oldName.Length > 0 ? new Mailbox(oldName, old).ToString() : old;
        _addresses[key] = address;
        if (name.Length > 0)
        {
            _names[key] = name;
        }
    }

    [GeneratedRegex(@"^(?<name>[^<]*)<(?<address>[^>]+)>(?:(?<oldname>[^<]*)<(?<old>[^>]+)>)?$")]
    private static partial Regex Entry();
}
