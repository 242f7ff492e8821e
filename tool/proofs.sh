# SPDX-License-Identifier: GPL-2.0-only
# The proofs of tool/lines: prove --record for each kernel line, and the table of the records. Sourced, never run.
# shellcheck shell=bash disable=SC2154

# release_of LINE - the release of its tree, as a record names it.
release_of() { "$intree" probe "$(tree_of "$1")" | sed -n '1s/^linux //p'; }

# driver_of LINE - the digest of the driver in its series, which verify compares with the driver of today.
driver_of() { sed -n 's/^# driver: //p' "patches/$1/meta/series"; }

# fields RECORD - one line for each proof of a record: form|verdict|failed step|cases|W=1|sparse|date|driver|kernel. prove
# writes one value a line (ProofRecordTests). Proofs on other architectures, with detectors or settings are left out.
fields() {
    awk '
        function value(text) { sub(/^ *"[a-z0-9A-Z]*": /, "", text); sub(/,$/, "", text); gsub(/^"|"$/, "", text); return text }
        /^  "kernel": / { kernel = value($0) }
        /^    \{$/ { step = ""; plain = 1 }
        /^      "form": / { form = value($0) }
        /^      "arch": / && value($0) != "um" { plain = 0 }
        /^      "debug": / && value($0) != "false" { plain = 0 }
        /^      "settings": / && value($0) != "[]" { plain = 0 }
        /^      "date": / { date = value($0) }
        /^      "driver": / { driver = value($0) }
        /^      "verdict": / { verdict = value($0) }
        /^        "step": / { step = value($0) }
        /^      "cases": / { cases = value($0) }
        /^      "warnings": / { warnings = value($0) }
        /^      "sparse": / { sparse = value($0) }
        /^    \},?$/ && plain { print form "|" verdict "|" step "|" cases "|" warnings "|" sparse "|" date "|" driver "|" kernel }' "$1"
}

# verdict_of LINE RECORD FORM - passed or failed, if the record has that form of this driver and this kernel.
verdict_of() {
    [ ! -f "$2" ] || fields "$2" |
        awk -F'|' -v form="$3" -v driver="$(driver_of "$1")" -v kernel="$(release_of "$1")" '$1 == form && $8 == driver && $9 == kernel { print $2 }'
}

# prove_line LINE RECORD - proves the forms that the record lacks; 1 if one fails or failed. Each form is a run of its own, so
# that an interrupted one loses only itself; they share a build folder. Exits if the machine cannot prove.
prove_line() {
    local line=$1 record=$2 option form verdict code result=0
    for option in built-in module kunit; do
        case $option in
        built-in) form="built in" ;;
        module) form="as modules" ;;
        kunit) form=KUnit ;;
        esac
        verdict=''
        $again || verdict=$(verdict_of "$line" "$record" "$form")
        if [ -n "$verdict" ]; then
            echo "$line, $form: $verdict before"
        else
            code=0
            "$intree" prove --json "--$option" --warnings --sparse --record "$record" ${work_folder:+--work "$work_folder"} \
                "$(tree_of "$line")" >/dev/null || code=$?
            [ -s "$record" ] || rm -f "$record" # prove creates it first, and may be killed
            case $code in
            0 | 1) verdict=passed ;;
            2 | 3 | 4) verdict=failed ;;
            *) exit "$code" ;;
            esac
            echo "$line, $form: $verdict"
        fi
        [ "$verdict" = passed ] || result=1
    done
    return $result
}

# matrix - the records as a table with a row for each line. A cell whose driver or kernel is not that of the series says so.
matrix() {
    local line
    echo "| kernel | built in | as modules | KUnit | W=1 | sparse |"
    echo "|---|---|---|---|---|---|"
    for line in "${all_lines[@]}"; do
        { [ ! -f "patches/proofs/$line.json" ] || fields "patches/proofs/$line.json"; } |
            awk -F'|' -v driver="$(driver_of "$line")" -v kernel="$(sed -n 's/^# kernel: //p' "patches/$line/meta/series")" '
                function age(date, of, on) { return " " date (of == driver ? "" : ", older driver") (on == kernel ? "" : ", " on) }
                function check(name, outcome) { # the worst of all forms, with the oldest date
                    if (outcome == "null") return
                    if (!(name in worst) || rank[outcome] > rank[worst[name]]) worst[name] = outcome
                    if (!(name in since) || $7 < since[name]) since[name] = $7
                    if (!(name in by) || $8 != driver) by[name] = $8
                    on[name] = $9
                }
                BEGIN {
                    rank["passed"] = 0; rank["skipped"] = 1; rank["failed"] = 2
                    word["passed"] = "pass"; word["skipped"] = "skipped"; word["failed"] = "FAILED"
                }
                { cell[$1] = ($2 == "failed" ? "FAILED: " $3 : $4 > 0 ? $4 " pass" : "pass") age($7, $8, $9) }
                { check("W=1", $5); check("sparse", $6) }
                END {
                    row = "| " kernel " |"
                    split("built in,as modules,KUnit", forms, ",")
                    for (i = 1; i <= 3; i++) row = row " " (forms[i] in cell ? cell[forms[i]] : "not proved") " |"
                    split("W=1,sparse", checks, ",")
                    for (i = 1; i <= 2; i++) {
                        name = checks[i]
                        row = row " " (name in worst ? word[worst[name]] age(since[name], by[name], on[name]) : "not proved") " |"
                    }
                    print row
                }'
    done
}

