// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Recipients;

/// <summary>What MAINTAINERS says that a recipient is.</summary>
public enum Duty
{
    Maintainer,
    Reviewer,
    List,

    /// <summary>Not named in MAINTAINERS, but in the changed file itself.</summary>
    InFile,
}

/// <summary>Somebody who gets the mails of a series, and why.</summary>
/// <param name="Section">The title of the section that names the recipient; the path, if it is the file itself.</param>
/// <param name="Status">The S: line of that section, such as "Maintained" or "Orphan"; may be empty.</param>
/// <param name="Keyword">The K: pattern that matched; null if the section was found by a path.</param>
public sealed record Recipient(Mailbox Mailbox, Duty Duty, string Section, string Status, string? Keyword)
{
    /// <summary>For people: "maintainer of NETWORKING [GENERAL] (Maintained)".</summary>
    public string Reason
    {
        get
        {
            if (Duty == Duty.InFile)
            {
                return $"named in {Section}";
            }

            var status = Status.Length > 0 && Duty != Duty.List ? $" ({Status})" : "";
            var keyword = Keyword is null ? "" : $", by the keyword {Keyword}";
            return $"{Duty.ToString().ToLowerInvariant()} of {Section}{status}{keyword}";
        }
    }
}
