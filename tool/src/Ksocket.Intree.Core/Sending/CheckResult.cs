// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Sending;

/// <summary>What a check says of a series. One refusal, and nothing is sent.</summary>
public enum Verdict
{
    Ok,
    Warning,
    Refusal,
}

/// <param name="Check">A short word that names the check.</param>
/// <param name="Text">What was found, and what to do about it.</param>
public sealed record CheckResult(string Check, Verdict Verdict, string Text)
{
    public static CheckResult Ok(string check, string text) => new(check, Verdict.Ok, text);

    public static CheckResult Warn(string check, string text) => new(check, Verdict.Warning, text);

    public static CheckResult Refuse(string check, string text) => new(check, Verdict.Refusal, text);
}
