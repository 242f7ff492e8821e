# SPDX-License-Identifier: GPL-2.0-only
# Downloads packages of other Debian suites into the cache, without installing them. Sourced after lib.sh, not run.
# shellcheck shell=bash disable=SC2034
#
# They come from the mirror that this machine uses; apt checks Debian's archive signature. An interrupted download is
# resumed.

readonly KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
readonly KERNELS="5.10 6.1 6.12 7.2 7.3"

# suites_of VERSION - prints the suites with a kernel line, best first.
suites_of() {
    case $1 in
    5.10) echo bullseye-security bullseye ;;
    6.1) echo bookworm-security bookworm ;;
    6.12) echo bookworm-security trixie-security trixie ;;
    7.2 | 7.3) echo trixie-backports forky sid ;;
    *) return 1 ;;
    esac
}

# debian_or_die - checks the requirements of the functions below.
debian_or_die() {
    [ -n "$(command -v apt-get)" ] || die 128 "${0##*/} needs apt-get" "run it on Debian"
    [ -r "$KEYRING" ] ||
        die 128 "$KEYRING, which has Debian's signing keys, is missing" "apt-get install debian-archive-keyring"
    mkdir -p "$CACHE" || die 128 "cannot write to the cache $CACHE"
}

# mirror_of SUITE - prints the mirror of Debian in this machine's sources, or for a "-security" suite the mirror of the
# security updates. --print-uris reads every form of sources list and needs neither root nor downloaded lists.
mirror_of() {
    local own
    own=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
    [[ $1 != *-security ]] || own+=-security
    apt-get update --print-uris 2>/dev/null | sed -n "s|^'\(.*\)/dists/$own/InRelease'.*|\1|p" | head -n 1
}

# private TOOL ARGS... - runs apt-get or apt-cache with the sources, lists and archives in $apt instead of the system's.
private() {
    local tool=$1
    shift
    "$tool" -q \
        -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=- \
        -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
        -o Dir::State="$apt/state" -o Dir::State::lists="$apt/lists" -o Dir::State::status=/dev/null \
        -o Dir::Cache="$apt/cache" -o Dir::Log="$apt/log" -o APT::Sandbox::User="$(id -un)" -o Debug::NoLocking=true \
        -o APT::Get::List-Cleanup=false -o Acquire::Languages=none -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false \
        -o Acquire::Check-Valid-Until="$fresh" -o Acquire::Retries=3 -o APT::Update::Post-Invoke-Success::= \
        "$@"
}

# read_lists SUITE... - sets $apt and $fresh for these suites and reads their lists, or prints the reason and fails.
read_lists() {
    local suite mirror
    apt=$CACHE/apt/$(IFS=+ && echo "$*") fresh=true
    mkdir -p "$apt"/{state,lists/partial,cache/archives/partial,log}
    : >"$apt/sources.list.new"
    for suite in "$@"; do
        mirror=$(mirror_of "$suite") || true
        [ -n "$mirror" ] || { say "$suite: no mirror found in this machine's apt sources"; return 1; }
        echo "deb [signed-by=$KEYRING] $mirror $suite main" >>"$apt/sources.list.new"
        # A suite after its end of support has a valid signature with an expired date: ignore the date.
        [ "$suite" != bullseye-security ] || fresh=false
    done
    mv "$apt/sources.list.new" "$apt/sources.list"

    say "reading the package list of $*"
    private apt-get update >"$apt/log/update" 2>&1 || { say "$*: $(grep -m1 '^E:' "$apt/log/update" || echo 'no package list')"; return 1; }
}

# base_of SUITE - prints the suite that a backports or security suite extends.
base_of() {
    case $1 in
    *-backports | *-security) echo "${1%-*}" ;;
    esac
}

# unpack_with_all ROOT SUITE PACKAGE... - unpacks packages with all dependencies, including the C library, into the folder
# ROOT, without documentation. Call read_lists first.
unpack_with_all() {
    local root=$1 suite=$2 deb
    shift 2
    say "downloading ${*: -1} and its dependencies from $suite"
    rm -f "$apt"/cache/archives/*.deb
    private apt-get install --download-only --no-install-recommends -y -t "$suite" "$@" >"$apt/log/install" 2>&1 </dev/null ||
        { say "$suite: $(grep -m1 '^E:' "$apt/log/install" || echo "no ${*: -1}")"; return 1; }

    say "unpacking $(find "$apt/cache/archives" -name '*.deb' | wc -l) packages"
    mkdir -p "$root"/usr/{bin,sbin,lib,lib64}
    for deb in bin sbin lib lib64; do
        ln -sfn "usr/$deb" "$root/$deb"
    done
    for deb in "$apt"/cache/archives/*.deb; do
        dpkg-deb --fsys-tarfile "$deb" |
            tar -x -C "$root" --keep-directory-symlink --no-same-owner --exclude=./usr/share/{doc,man,locale,info} --exclude='*/lib/modules/*/kernel' || return 1
        dpkg-deb -f "$deb" Package Version | xargs >>"$root/provenance"
    done
    rm -f "$apt"/cache/archives/*.deb
}

# settle ROOT HOME - makes the programs in ROOT run from HOME, where ROOT will be moved. Each is replaced by a script that
# starts it with the unpacked loader and libraries, as those of the machine may be too old. (patchelf needs no script, but
# some releases of it break gcc.)
settle() {
    local root=$1 home=$2 loader=lib64/ld-linux-x86-64.so.2 libraries=usr/lib/x86_64-linux-gnu start path program
    [ -x "$root/$loader" ] || ln -sfn "../lib/x86_64-linux-gnu/${loader##*/}" "$root/$loader"
    start="$home/$loader" path="$home/$libraries"
    # A loader before glibc 2.33 has no --argv0; programs that old run with the loader of the machine.
    "$root/$loader" --help 2>/dev/null | grep -qe --argv0 || start="/$loader" path="/$libraries:$home/$libraries"
    while read -r -d '' program; do
        head -c 4 "$program" | grep -qaF ELF || continue
        head -c 4096 "$program" | grep -qaF "/$loader" || continue
        mv "$program" "$program.elf"
        # shellcheck disable=SC2016  # expanded by the script that is written
        printf '#!/bin/sh\nexec %s --argv0 "$0" --library-path %s %s "$@"\n' "$start" "$path" "$home${program#"$root"}.elf" >"$program"
        chmod +x "$program"
    done < <(find "$root/usr" -type f -perm /111 ! -name '*.so*' ! -name '*.elf' -print0)
}
