// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;

namespace Ksocket.Intree.Core.Sending;

/// <summary>
/// Those who are named in Reviewed-by and similar lines of a series: they get its next revision, as submitting-patches.rst asks
/// for and git send-email has it.
/// </summary>
public static class TrailerPeople
{
    private const string Ending = "-by: ";

    public static IEnumerable<string> In(SenderTexts texts) =>
        from line in texts.Received.Select(one => one.Line).Concat(texts.Trailers.Values.SelectMany(own => own.Split('\n')))
        let start = line.IndexOf(Ending, StringComparison.OrdinalIgnoreCase)
        let end = line.IndexOf('>', StringComparison.Ordinal)
        where start > 0 && end > start
        let person = Person.TryParse(line[(start + Ending.Length)..(end + 1)])
        where person is not null
        select person.ToString();
}
