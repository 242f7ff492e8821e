// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Tests.Sentences;

/// <summary>evidence/sentences: which cases test which sentence; its header describes the format.</summary>
internal sealed partial class SentenceList
{
    private readonly Dictionary<Sentence, List<string>> _shown = [];

    public SentenceList(string text)
    {
        var call = "";
        List<string> proofs = [];
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith("        ", StringComparison.Ordinal))
            {
                proofs.Add(line.Trim());
            }
            else if (line.StartsWith("    ", StringComparison.Ordinal))
            {
                _shown.Add(new Sentence(call, line.Trim()), proofs = []);
            }
            else
            {
                call = line.Trim();
            }
        }
    }

    /// <summary>Sentences that no case can test, each with the reason.</summary>
    public IEnumerable<string> Excused => _shown.SelectMany(
        shown => shown.Value.Where(IsExcuse).Select(excuse => $"{shown.Key.Call}: {shown.Key.Text}: {excuse[1..].Trim()}"));

    /// <summary>All faults; none if each sentence has a case that can test it.</summary>
    public IEnumerable<string> Complaints(IReadOnlyCollection<Sentence> sentences, KUnitCases cases) =>
    [
        .. sentences.Where(
            sentence => !_shown.TryGetValue(sentence, out var proofs) || proofs.Count == 0).Select(
                sentence => $"no case: {sentence.Call}: {sentence.Text}"),
        .. _shown.Keys.Except(sentences).Select(sentence => $"not in the kernel-doc: {sentence.Call}: {sentence.Text}"),
        .. _shown.SelectMany(shown => ComplaintsOf(shown.Key, [.. shown.Value.Where(proof => !IsExcuse(proof))], cases)),
    ];

    private static IEnumerable<string> ComplaintsOf(Sentence sentence, IReadOnlyList<string> names, KUnitCases cases)
    {
        if (names.Count == 0)
        {
            yield break;
        }

        foreach (var name in names.Where(name => cases.CodeOf(name) is null))
        {
            yield return $"no such case: {name}, for {sentence.Call}: {sentence.Text}";
        }

        foreach (var name in names.Where(name => cases.CodeOf(name) is { } code && !Holds(code, sentence.Call)))
        {
            yield return $"{name} never uses {sentence.Call}, for: {sentence.Text}";
        }

        var all = string.Concat(names.Select(cases.CodeOf));
        var named = Errnos().Matches(sentence.Text).Select(match => match.Value);
        foreach (var errno in named.Where(errno => !all.Contains(errno, StringComparison.Ordinal)))
        {
            yield return $"no case expects {errno}, for {sentence.Call}: {sentence.Text}";
        }
    }

    private static bool IsExcuse(string proof) => proof.StartsWith('!');

    private static bool Holds(string code, string word) => Regex.IsMatch(code, $@"\b{Regex.Escape(word)}\b");

    [GeneratedRegex(@"-E[A-Z0-9]+\b")]
    private static partial Regex Errnos();
}
