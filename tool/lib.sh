# SPDX-License-Identifier: GPL-2.0-only
# What the scripts of tool/ share: talk, progress, packages, the cache. Sourced, never run.
# shellcheck shell=bash disable=SC2034

# Whoever exported these meant a repository of their own, as a git hook does, and none of ours is that one: what
# git rev-parse --local-env-vars lists, but for the two that carry settings. With CDPATH, cd goes elsewhere and talks.
unset GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_CONFIG GIT_OBJECT_DIRECTORY GIT_DIR GIT_WORK_TREE GIT_IMPLICIT_WORK_TREE GIT_GRAFT_FILE \
    GIT_INDEX_FILE GIT_NO_REPLACE_OBJECTS GIT_REPLACE_REF_BASE GIT_PREFIX GIT_INTERNAL_SUPER_PREFIX GIT_SHALLOW_FILE GIT_COMMON_DIR CDPATH

# The folder of the repository, and of everything we fetch or build outside it.
REPO=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
CACHE=${KSOCKET_INTREE_CACHE:-${CACHE:+$CACHE/ksocket-intree}}
readonly REPO CACHE

# stdout is the answer, stderr is the talk.
say() { printf '%s\n' "$*" >&2; }

# die CODE MESSAGE [HINT]
die() {
    say "error: $2"
    [ -z "${3:-}" ] || say "hint: $3"
    exit "$1"
}

[ -n "$CACHE" ] || [ "${NEEDS_CACHE:-yes}" = no ] ||
    die 128 "HOME is not set, so there is no folder for the cache" "set HOME or KSOCKET_INTREE_CACHE"

# need PACKAGE... - Debian packages the caller cannot do without. Root installs what is missing, asking
# nothing; for anyone else it prints the command that does, and goes on with what is there.
need() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
            missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    if [ "$(id -u)" -ne 0 ]; then
        say "missing Debian packages; to install them: sudo apt-get install --no-install-recommends ${missing[*]}"
        return 1
    fi

    say "installing ${missing[*]}"
    local log
    log=$(mktemp)
    if ! install_packages "${missing[@]}" >"$log" 2>&1; then
        apt-get update >>"$log" 2>&1 || true # a machine never updated has empty or stale lists
        install_packages "${missing[@]}" >>"$log" 2>&1 || { tail -n 5 "$log" >&2; rm -f "$log"; return 1; }
    fi
    rm -f "$log"
}

install_packages() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" </dev/null
}

# tree_hash DIR - one hash over every name, type, mode, link target and byte below DIR.
tree_hash() (
    cd "$1" || exit 1
    {
        find . -printf '%P\0%y%#m\0%l\0' | LC_ALL=C sort -z
        find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -P"$(nproc)" -n 4096 sha256sum | LC_ALL=C sort
    } | sha256sum | cut -d' ' -f1
)

# plainly COMMAND... - runs it as a kernel build of ours: in English, for we read what it says, the same bytes every time,
# and without what the user exported for builds of their own. MakeSettings.cs has the same rule.
plainly() {
    local name
    local -a drop=()
    for name in $(compgen -e | grep -E '^(KBUILD|KCONFIG)_') MAKEFLAGS GNUMAKEFLAGS MFLAGS MAKEFILES MAKELEVEL ARCH SUBARCH CROSS_COMPILE LLVM LLVM_IAS \
        V C CF W M MO O KAFLAGS KCFLAGS KCPPFLAGS KRUSTFLAGS HOSTCFLAGS HOSTCXXFLAGS HOSTLDFLAGS HOSTLDLIBS HOSTRUSTFLAGS \
        CFLAGS_KERNEL AFLAGS_KERNEL CFLAGS_MODULE AFLAGS_MODULE LDFLAGS_MODULE LDFLAGS_vmlinux CFLAGS_GCOV CFLAGS_KCOV EXTRA_CFLAGS \
        LOCALVERSION INSTALL_PATH INSTALL_MOD_PATH INSTALL_MOD_STRIP INSTALL_HDR_PATH INSTALL_DTBS_PATH LANGUAGE LC_MESSAGES LC_CTYPE; do
        drop+=(-u "$name")
    done
    env "${drop[@]}" LC_ALL=C LANG=C KBUILD_BUILD_TIMESTAMP=2026-01-01 KBUILD_BUILD_USER=ksocket KBUILD_BUILD_HOST=intree CCACHE_DEPEND=1 CCACHE_NOHASHDIR=1 "$@"
}

# with_ccache - "ccache " where it is there and can compile: with a cache that it cannot write to it fails every file.
with_ccache() {
    local folder
    folder=$(mktemp -d)
    echo 'int tried;' >"$folder/try.c"
    ! command -v ccache >/dev/null || ! plainly ccache gcc -c "$folder/try.c" -o "$folder/try.o" >/dev/null 2>&1 || echo "ccache "
    rm -rf "$folder"
}

# put_table NAME FILE DOCUMENT - replaces what is between <!-- NAME --> and <!-- end of NAME --> in a document of ours.
put_table() {
    local new
    new=$(awk -v name="$1" -v table="$2" '$0 == "<!-- end of " name " -->" { within = 0 } !within
        $0 == "<!-- " name " -->" { within = 1; found = 1; while ((getline line < table) > 0) print line }
        END { exit !found }' "$3") || die 128 "$3 has no line <!-- $1 -->"
    printf '%s\n' "$new" >"$3"
}
