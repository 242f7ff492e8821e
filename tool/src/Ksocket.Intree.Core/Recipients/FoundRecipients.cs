// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Recipients;

/// <summary>Collects recipients: each person once, by name or address, and each list once.</summary>
internal sealed class FoundRecipients(Mailmap mailmap)
{
    /// <summary>The name of the last section, which matches every file; its maintainer takes no patches by mail.</summary>
    private const string Chief = "torvalds@linux-foundation.org";

    private readonly List<Recipient> _people = [];
    private readonly List<Recipient> _lists = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _listed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>People before lists, each with the name and address of .mailmap.</summary>
    public List<Recipient> All
    {
        get
        {
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            var all = new List<Recipient>();
            foreach (var one in _people.Concat(_lists).Select(one => one with { Mailbox = mailmap.Of(one.Mailbox) }))
            {
                if (one.Mailbox.Address != Chief
                    && seen.Add(one.Mailbox.Address) & (one.Mailbox.Name.Length == 0 || seen.Add(one.Mailbox.Name)))
                {
                    all.Add(one);
                }
            }

            return all;
        }
    }

    public void Add(Section section, string? keyword)
    {
        foreach (var (letter, value) in section.Fields)
        {
            switch (letter)
            {
                case 'M':
                    AddPerson(value, Duty.Maintainer, section, keyword);
                    break;
                case 'R':
                    AddPerson(value, Duty.Reviewer, section, keyword);
                    break;
                case 'L':
                    AddList(value, section, keyword);
                    break;
            }
        }
    }

    /// <summary>People whom a file names in itself, with the name and address of .mailmap.</summary>
    public void AddInFile(IEnumerable<Mailbox> mailboxes, string path)
    {
        foreach (var mailbox in mailboxes.Select(mailmap.Of))
        {
            AddPerson(mailbox, new Recipient(mailbox, Duty.InFile, path, "", Keyword: null));
        }
    }

    private void AddPerson(string value, Duty duty, Section section, string? keyword)
    {
        if (Mailbox.TryParse(value) is { } person)
        {
            AddPerson(person, new Recipient(person, duty, section.Title, section.Status, keyword));
        }
    }

    private void AddPerson(Mailbox person, Recipient recipient)
    {
        if (!_addresses.Contains(person.Address) && !(person.Name.Length > 0 && _names.Contains(person.Name)))
        {
            _addresses.Add(person.Address);
            _names.Add(person.Name);
            _people.Add(recipient);
        }
    }

    /// <summary>A list that only its subscribers may write to is left out, and a value that is no address.</summary>
    private void AddList(string value, Section section, string? keyword)
    {
        var words = value.Split((char[])[' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 0
            && words[0].Contains('@')
            && !words[^1].Contains("subscribers-only", StringComparison.Ordinal)
            && _listed.Add(words[0]))
        {
            _lists.Add(new Recipient(new Mailbox("", words[0]), Duty.List, section.Title, section.Status, keyword));
        }
    }
}
