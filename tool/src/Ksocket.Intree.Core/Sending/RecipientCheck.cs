// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Mail;

namespace Ksocket.Intree.Core.Sending;

/// <summary>Whether the mails go to everybody whom MAINTAINERS of the target tree names.</summary>
internal static class RecipientCheck
{
    private const string Name = "recipients";

    public static CheckResult Run(CheckInput input)
    {
        var given = input.Addressees.All.ToList();
        if (given.Count == 0)
        {
            return CheckResult.Refuse(Name, "nobody gets the mails: series --to, --cc or --cc-maintainers");
        }

        if (input.Target is null)
        {
            return CheckResult.Warn(Name, $"{given.Count}, not compared with MAINTAINERS; --tree TREE does");
        }

        var known = given.Select(AddressOf)
            .Concat([input.Sender.Mail, input.Envelope.Author.Mail])
            .Concat(input.Dropped)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = input.Target.Wanted.Where(recipient => !known.Contains(recipient.Mailbox.Address)).ToList();
        return missing.Count == 0
            ? CheckResult.Ok(Name, $"{given.Count}, with all whom MAINTAINERS of {input.Target.Name} names")
            : CheckResult.Refuse(
                Name,
                $"{missing.Count} missing: {string.Join("; ", missing.Select(one => $"{one.Mailbox}, {one.Reason}"))}: "
                    + "series --cc-maintainers, or leave one out with --drop");
    }

    public static string AddressOf(string text) => Person.TryParse(text)?.Mail ?? text;
}
