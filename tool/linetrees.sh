# SPDX-License-Identifier: GPL-2.0-only
# The kernel trees of tool/lines: a folder of the cache, or the commit that meta/series names in a clone. Sourced, never run.
# shellcheck shell=bash disable=SC2154

# tree_of LINE - prints the folder of its tree in the cache, or fails.
tree_of() { [ -f "$CACHE/trees/linux-$1.provenance" ] && echo "$CACHE/trees/linux-$1"; }

# clone_of LINE - sets clone, commit and folder to those of its public repository, if $clones has it as OWNER+NAME or NAME, or
# fails. A folder of a larger repository ends in '/'.
clone_of() {
    local origin owner name at
    origin=$(sed -n 's/^# origin: public repository //p' "patches/$1/meta/series")
    if [ -z "$clones" ] || [ -z "$origin" ]; then return 1; fi
    owner=${origin%%/*} name=${origin#*/} name=${name%%,*} commit=${origin#*, commit } folder=''
    [[ $commit != *', folder '* ]] || folder=${commit#*, folder }/
    commit=${commit%%,*}
    for at in "$clones/$owner+$name" "$clones/$name"; do
        for clone in "$at/repo" "$at.git" "$at"; do
            # --git-dir: git must not find a repository around the folder.
            if [ -e "$clone/.git" ]; then clone=$clone/.git; fi
            git --git-dir="$clone" cat-file -e "$commit^{commit}" 2>/dev/null && return 0
        done
    done
    return 1
}

# named LINE - the tree as an argument of ksocket-intree.
named() { tree_of "$1" || { clone_of "$1" && echo "$clone@$commit${folder:+:${folder%/}}"; }; }

# with_trees LINE... - prints the lines whose tree is at hand; names the others on stderr.
with_trees() {
    local line
    for line in "$@"; do
        if named "$line" >/dev/null; then
            echo "$line"
        else
            say "no tree for $line: $(sed -n 's/^# origin: //p' "patches/$line/meta/series")"
        fi
    done
}

# touched - the kernel's own files that some series changes.
touched() { sed -n 's/^# pre-image: [0-9a-f]* //p' patches/*/meta/series | sort -u; }

# repository_of LINE - $work/repository: one commit that has those files of the tree, and no others.
repository_of() {
    local tree file clone commit folder
    rm -rf "$work/repository"
    git init -q "$work/repository"
    if tree=$(tree_of "$1"); then
        touched | while read -r file; do [ ! -f "$tree/$file" ] || echo "$file"; done | (cd "$tree" && xargs -d '\n' cp --parents -t "$work/repository")
    else
        clone_of "$1"
        touched | while read -r file; do
            git --git-dir="$clone" cat-file -e "$commit:$folder$file" 2>/dev/null || continue
            mkdir -p "$work/repository/$(dirname "$file")"
            git --git-dir="$clone" cat-file blob "$commit:$folder$file" >"$work/repository/$file"
        done
    fi
    git -C "$work/repository" add -f -A
    git -C "$work/repository" commit -q -m "linux $1"
}

# kernel_of LINE - $work/repository with the tree of the line, in $work/repository/$folder. Of a clone, it has the commit itself
# and, as files, what probe and kconfig read; of the cache, a commit of these files, because to add all of them takes minutes.
kernel_of() {
    if ! clone_of "$1"; then
        clone=''
        repository_of "$1"
        (cd "$(tree_of "$1")" && cp --parents -r Makefile Kbuild include "$work/repository" &&
            find . -name 'Kconfig*' -type f -exec cp --parents -t "$work/repository" {} +)
        git -C "$work/repository" add -f -A
        git -C "$work/repository" commit -q --amend -m "linux $1"
        return
    fi
    rm -rf "$work/repository"
    git init -q "$work/repository"
    (cd "$clone" && echo "$PWD/objects") >"$work/repository/.git/objects/info/alternates"
    [ ! -f "$clone/shallow" ] || cp "$clone/shallow" "$work/repository/.git/shallow"
    {
        printf '/%s\n' "${folder}Makefile" "${folder}Kbuild" "${folder}include/"
        echo 'Kconfig*'
        # Files outside these patterns would stay behind when the patches are taken back.
        sed -n "s|^+++ b/|/$folder|p" "patches/$1"/*.patch | sort -u
    } >"$work/patterns"
    # git names the files that the clone lacks, and goes on.
    if ! {
        git -C "$work/repository" sparse-checkout set --no-cone --stdin <"$work/patterns" &&
            git -C "$work/repository" checkout -q --detach "$commit" && without_absent
    } 2>"$work/log"; then
        cat "$work/log" >&2
        die 128 "$clone: commit $commit cannot be checked out"
    fi
}

# without_absent - takes the files whose contents a partial clone lacks out of the commit: git writes no tree with them.
without_absent() {
    local absent
    export GIT_NO_LAZY_FETCH=1
    absent=$(git -C "$work/repository" ls-tree -r HEAD | awk '$2 == "blob" { print $3 }' | sort -u |
        git -C "$work/repository" cat-file --batch-check 2>/dev/null | awk '$2 == "missing" { print $1 }')
    [ -n "$absent" ] || return 0
    git -C "$work/repository" ls-tree -r -z HEAD | awk -v RS='\0' -v ORS='\0' -v absent="$absent" '
        BEGIN { n = split(absent, ids, "\n"); for (i = 1; i <= n; i++) gone[ids[i]] = 1 }
        { split($0, entry, "\t"); split(entry[1], word, " "); if (word[3] in gone) print entry[2] }' |
        git -C "$work/repository" update-index -z --force-remove --stdin
    git -C "$work/repository" commit -q -m "linux without $(grep -c . <<<"$absent") files that the clone lacks"
}
