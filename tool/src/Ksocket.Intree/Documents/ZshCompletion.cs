// SPDX-License-Identifier: GPL-2.0-only
using System.Text;

namespace Ksocket.Intree.Documents;

/// <summary>The script for zsh, with _arguments.</summary>
internal static class ZshCompletion
{
    private const string Helpers = """

        # A folder, or after REPO@ the tags and branches of that repository.
        _ksocket_intree_tree() {
            local -a revisions
            if compset -P '*@'; then
                revisions=(${(f)"$(git -C ${~${IPREFIX%@}} for-each-ref --format='%(refname:short)' \
                    refs/tags refs/heads 2>/dev/null)"})
                compadd -a revisions
            else
                _path_files -/
            fi
        }


        """;

    private const string Main = """
        _ksocket_intree() {
            local curcontext=$curcontext state line
            typeset -A opt_args
            _arguments -C -S $common '--version[Show the version and the commit]' '1:verb:_ksocket_intree_verbs' \
                '*::argument:->verb' && return
            [[ $state == verb ]] || return 1
            case $line[1] in

        """;

    public static string Of(Manual manual)
    {
        var text = new StringBuilder($"#compdef {Completion.CommandName}\n").Append(Completion.Heading("#")).Append(Helpers);
        text.Append("_ksocket_intree_verbs() {\n    local -a verbs=(\n");
        foreach (var verb in manual.Verbs)
        {
            text.Append($"        {Completion.Quote($"{verb.Name}:{verb.Description}")}\n");
        }

        text.Append("    )\n    _describe -t verbs verb verbs\n}\n\n");
        var common = string.Concat(manual.CommonOptions.Select(option => $" {SpecOf(option)}"));
        text.Append(Main.Replace(" $common", common, StringComparison.Ordinal));
        foreach (var verb in manual.Verbs)
        {
            text.Append($"    {verb.Name})\n        _arguments -s -S");
            text.Append(string.Concat(verb.Options.Select(option => $" \\\n            {SpecOf(option)}")));
            foreach (var (value, at) in verb.Arguments.Select((value, at) => (value, at + 1)))
            {
                var place = value.IsRepeated ? "*" : $"{at}";
                text.Append($" \\\n            {Completion.Quote($"{place}:{value.Name}:{ActionOf(value)}")}");
            }

            text.Append("\n        ;;\n");
        }

        text.Append("    esac\n}\n\nif [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n    _ksocket_intree \"$@\"\nelse\n");
        return text.Append($"    compdef _ksocket_intree {Completion.CommandName}\nfi\n").ToString();
    }

    private static string SpecOf(ManualOption option)
    {
        var description = option.Description.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
        var value = option.Value is { } named ? $":{named.Name.Replace(":", "\\:", StringComparison.Ordinal)}:{ActionOf(named)}" : "";
        var tail = Completion.Quote($"[{description}]{value}");
        List<string> names = [.. option.Names.Select(name => option.Value is null ? name : WithValue(name))];
        return names is [var only]
            ? Completion.Quote(only) + tail
            : $"{Completion.Quote($"({string.Join(' ', option.Names)})")}{{{string.Join(',', names)}}}{tail}";
    }

    /// <summary>The value follows as a word, or after = in the same word; after a short name directly.</summary>
    private static string WithValue(string name) => name + (name.StartsWith("--", StringComparison.Ordinal) ? "=" : "+");

    private static string ActionOf(ManualValue value) => value.Kind switch
    {
        ValueKind.Choice => $"({string.Join(' ', value.Words)})",
        ValueKind.List => $"_values -s , part {string.Join(' ', value.Words)}",
        ValueKind.Tree => "_ksocket_intree_tree",
        ValueKind.Folder => "_path_files -/",
        ValueKind.File => "_files",
        ValueKind.Verb => "_ksocket_intree_verbs",
        _ => " ",
    };
}
