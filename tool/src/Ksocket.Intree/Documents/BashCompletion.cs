// SPDX-License-Identifier: GPL-2.0-only
using System.Text;

namespace Ksocket.Intree.Documents;

/// <summary>The script for bash. It needs nothing of the package bash-completion.</summary>
internal static class BashCompletion
{
    /// <summary>
    /// bash splits words before @ and after =, so the current word is taken from the line, and what precedes the split is cut
    /// off the replies.
    /// </summary>
    private const string Helpers = """

        # _ksocket_intree_reply CANDIDATE... - those that begin with the current word.
        _ksocket_intree_reply() {
            local candidate
            for candidate; do
                [[ $candidate != "$current"* ]] || COMPREPLY+=("$candidate")
            done
            [[ $COMP_WORDBREAKS != *@* || $current != *@* ]] || COMPREPLY=("${COMPREPLY[@]#"${current%@*}"}")
            [[ $COMP_WORDBREAKS != *=* || $current != *=* ]] || COMPREPLY=("${COMPREPLY[@]#"${current%=*}="}")
        }

        # Files, or with -d folders.
        _ksocket_intree_paths() {
            local found
            compopt -o filenames
            while IFS= read -r found; do
                COMPREPLY+=("$found")
            done < <(compgen "${1:--f}" -- "$current")
        }

        # A folder, or after REPO@ the tags and branches of that repository.
        _ksocket_intree_tree() {
            local repository=${current%%@*} revisions
            if [[ $current == *@* ]]; then
                repository=${repository/#\~/$HOME}
                mapfile -t revisions < <(git -C "$repository" for-each-ref --format="${current%%@*}@%(refname:short)" \
                    refs/tags refs/heads 2>/dev/null)
                _ksocket_intree_reply "${revisions[@]}"
            else
                _ksocket_intree_paths -d
            fi
        }

        # _ksocket_intree_list WORD... - words separated by commas.
        _ksocket_intree_list() {
            local before='' word candidates=()
            [[ $current != *,* ]] || before=${current%,*},
            for word; do
                [[ ,$before == *,$word,* ]] || candidates+=("$before$word")
            done
            compopt -o nospace
            _ksocket_intree_reply "${candidates[@]}"
        }

        """;

    private const string Main = """
        _ksocket_intree() {
            local line=${COMP_LINE:0:COMP_POINT} words current previous verb='' word i
            read -ra words <<<"$line"
            [[ $line != *[[:space:]] ]] || words+=('')
            current=${words[-1]} previous=${words[-2]:-}
            COMPREPLY=()
            for ((i = 1; i < ${#words[@]} - 1; i++)); do
                word=${words[i]}
                case $word in
                -C | --color) i=$((i + 1)) ;;
                -*) ;;
                *) verb=$word && break ;;
                esac
            done
            case $verb in

        """;

    public static string Of(Manual manual)
    {
        var text = new StringBuilder(Completion.Heading("#"));
        text.Append(Helpers);
        text.Append("_ksocket_intree_verbs() {\n    _ksocket_intree_reply ")
            .AppendJoin(' ', manual.Verbs.Select(verb => verb.Name)).Append("\n}\n\n");
        foreach (var verb in manual.Verbs)
        {
            Write(text, verb.Name, verb.Options, verb.Arguments is [var first, ..] ? first : ManualValue.None);
        }

        Write(text, "root", manual.RootOptions, ManualValue.Of("VERB"));
        text.Append(Main);
        foreach (var verb in manual.Verbs)
        {
            text.Append($"    {verb.Name}) {Completion.FunctionOf(verb.Name)} ;;\n");
        }

        text.Append($"    '') {Completion.FunctionOf("root")} ;;\n    esac\n}}\n\ncomplete -F _ksocket_intree {Completion.CommandName}\n");
        return text.ToString();
    }

    private static void Write(
        StringBuilder text, string verb, IReadOnlyList<ManualOption> options, ManualValue argument)
    {
        text.Append($"{Completion.FunctionOf(verb)}() {{\n    case $previous in\n");
        foreach (var option in options)
        {
            if (option.Value is { } value)
            {
                text.Append("    ").AppendJoin(" | ", option.Names).Append($") {ActionOf(value)} ;;\n");
            }
        }

        text.Append("    *)\n        case $current in\n        -*) _ksocket_intree_reply ")
            .AppendJoin(' ', options.SelectMany(option => option.Names)).Append(" ;;\n");
        text.Append($"        *) {ActionOf(argument)} ;;\n        esac\n        ;;\n    esac\n}}\n\n");
    }

    private static string ActionOf(ManualValue value) => value.Kind switch
    {
        ValueKind.Choice => $"_ksocket_intree_reply {string.Join(' ', value.Words)}",
        ValueKind.List => $"_ksocket_intree_list {string.Join(' ', value.Words)}",
        ValueKind.Tree => "_ksocket_intree_tree",
        ValueKind.Folder => "_ksocket_intree_paths -d",
        ValueKind.File => "_ksocket_intree_paths",
        ValueKind.Verb => "_ksocket_intree_verbs",
        _ => ":",
    };
}
