// SPDX-License-Identifier: GPL-2.0-only
using System.Text;

namespace Ksocket.Intree.Documents;

/// <summary>The script for fish.</summary>
internal static class FishCompletion
{
    private const string Helpers = """

        # True if this is the verb of the line; '' before a verb.
        function __ksocket_intree_is
            set -l words (commandline -opc)
            set -e words[1]
            while set -q words[1]
                switch $words[1]
                    case -C --color
                        set -e words[1]
                    case '-*'
                    case '*'
                        test $words[1] = "$argv[1]"
                        return
                end
                set -e words[1] 2>/dev/null
            end
            test -z "$argv[1]"
        end

        # A folder, or after REPO@ the tags and branches of that repository.
        function __ksocket_intree_tree
            set -l current (commandline -ct)
            if string match -q '*@*' -- $current
                set -l repository (string split -m 1 @ -- $current)[1]
                set -l folder (string replace -r '^~' $HOME -- $repository)
                git -C $folder for-each-ref --format="$repository@%(refname:short)" refs/tags refs/heads 2>/dev/null
            else
                __fish_complete_directories $current
            end
        end

        # Words separated by commas.
        function __ksocket_intree_list
            set -l current (commandline -ct)
            set -l before (string match -r '^.*,' -- (string replace -r '^--[a-z-]+=' '' -- $current))
            for word in $argv
                string match -q "*,$word,*" ",$before"; or echo $before$word
            end
        end

        complete -c ksocket-intree -f

        """;

    public static string Of(Manual manual)
    {
        var text = new StringBuilder(Completion.Heading("#")).Append(Helpers);
        foreach (var option in manual.RootOptions)
        {
            Write(text, "__ksocket_intree_is ''", option);
        }

        foreach (var verb in manual.Verbs)
        {
            text.Append($"\ncomplete -c {Completion.CommandName} -n {Quote("__ksocket_intree_is ''")} -a {verb.Name}");
            text.Append($" -d {Quote(verb.Description)}\n");
            var condition = $"__ksocket_intree_is {verb.Name}";
            foreach (var option in verb.Options)
            {
                Write(text, condition, option);
            }

            if (verb.Arguments is [var value, ..] && ActionOf(value, manual) is { Length: > 0 } action)
            {
                text.Append($"complete -c {Completion.CommandName} -n {Quote(condition)}{action}\n");
            }
        }

        return text.ToString();

        void Write(StringBuilder text, string condition, ManualOption option)
        {
            text.Append($"complete -c {Completion.CommandName} -n {Quote(condition)}");
            foreach (var name in option.Names)
            {
                text.Append(name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : $" -s {name[1..]}");
            }

            text.Append(option.Value is { } value ? " -r" + ActionOf(value, manual) : "").Append($" -d {Quote(option.Description)}\n");
        }
    }

    private static string ActionOf(ManualValue value, Manual manual) => value.Kind switch
    {
        ValueKind.Choice => $" -a {Quote(string.Join(' ', value.Words))}",
        ValueKind.List => $" -a {Quote($"(__ksocket_intree_list {string.Join(' ', value.Words)})")}",
        ValueKind.Tree => " -a '(__ksocket_intree_tree)'",
        ValueKind.Folder => " -a '(__fish_complete_directories (commandline -ct))'",
        ValueKind.File => " -F",
        ValueKind.Verb => $" -a {Quote(string.Join(' ', manual.Verbs.Select(verb => verb.Name)))}",
        _ => "",
    };

    private static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
