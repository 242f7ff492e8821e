# SPDX-License-Identifier: GPL-2.0-only
# User-mode kernels to run the test modules in: copied, wired, built, booted. Sourced after lib.sh, never run.
# shellcheck shell=bash disable=SC2034

readonly MODULES=$REPO/tool/tests/modules CONFIGS=$REPO/tool/src/Ksocket.Intree.Proof/Config

# lab TREE - sets $source, a copy of a kernel tree with the driver in it, and $lab, the folder for what is built from
# it. TREE is a folder, or a line that tool/kernel-source knows.
lab() {
    local tree=$1
    [ -f "$tree/Kbuild" ] || tree=$("$REPO/tool/kernel-source" "$tree") || exit $?
    tree=$(realpath "$tree")
    # One folder for each tree: make believes times, and those of another tree would deceive it.
    lab=$CACHE/modules/$(basename "$tree")-$(cksum <<<"$tree" | cut -d' ' -f1)
    source=$lab/source
    mkdir -p "$lab" || die 128 "cannot write to the cache $CACHE"
    exec 8>"$lab/lock"
    flock -n 8 || die 128 "another run works in $lab" "wait for its end"

    rm -rf "$source"
    cp -al "$tree" "$source" || die 128 "cannot copy $tree to $source"
    "$REPO/tool/ksocket-intree" apply "$source" >/dev/null || exit $?
}

# kbuild WORDS... - make in $source for $out, its talk in $out.log.
kbuild() {
    LC_ALL=C KBUILD_BUILD_TIMESTAMP=2026-01-01 KBUILD_BUILD_USER=ksocket KBUILD_BUILD_HOST=intree CCACHE_DEPEND=1 CCACHE_NOHASHDIR=1 \
        make -C "$source" O="$out" ARCH=um -j"$(nproc)" CC="$(command -v ccache >/dev/null && echo "ccache ")gcc" "$@" >>"$out.log" 2>&1 && return
    grep -m 3 -E 'error:|Error|undefined' "$out.log" >&2
    die 4 "make ${*: -1} failed in $out" "see $out.log"
}

# build FRAGMENT... - a kernel with the driver built in, configured by the prover's fragments and these; sets $out.
build() {
    local fragment line
    out=$lab/$(basename "${!#}" .config)
    mkdir -p "$out"
    : >"$out.log"
    fragment=$out/fragment
    { cat "$CONFIGS/base.config" "$CONFIGS/um.config" "$@"; echo CONFIG_KSOCKET=y; } >"$fragment"
    say "building the kernel in $out"
    kbuild -s KCONFIG_ALLCONFIG="$fragment" allnoconfig
    # kconfig drops what it cannot have without a word.
    while read -r line; do
        grep -qxF "$line" "$out/.config" || die 4 "kconfig does not keep $line" "see $out/.config"
    done < <(grep ^CONFIG_ "$fragment")
    kbuild linux modules
}

# test_module NAME - builds a test module for the kernel in $out; prints the path of its .ko.
test_module() {
    local folder=$out.modules/$1
    mkdir -p "$folder"
    cp "$MODULES/$1"/* "$folder"
    kbuild M="$folder" modules
    echo "$folder/$1.ko"
}

# boot SECONDS MODULE... - runs the script on stdin in the kernel in $out; what it says goes to $out.boot. Fails unless
# the script came to its end and the kernel reported nothing.
boot() {
    local seconds=$1 root=$out.root
    shift
    rm -rf "$root"
    mkdir -p "$root"/{dev,proc,sys}
    gcc -static -O2 -Wall -o "$root/init" "$MODULES"/init/*.c || die 128 "gcc cannot link a static program" "apt-get install libc6-dev"
    [ $# -eq 0 ] || cp "$@" "$root"
    cat >"$root/script"
    # /init makes the console itself: so no root is needed here.
    (cd "$root" && find . | cpio -o -H newc --quiet) >"$root.cpio"

    (
        ulimit -c 0
        # UML maps its memory from a file in TMPDIR with the right to execute.
        TMPDIR=$lab timeout -k 5 "$seconds" "$out/linux" mem=512M initrd="$root.cpio" con=null con0=null,fd:1 </dev/null 2>&1
    ) | tr -d '\r' | tee "$out.boot"
    grep -q '^modules: done' "$out.boot" && ! report_in "$out.boot"
}

# report_in LOG - shows what the kernel complained about; fails if that is nothing.
report_in() {
    grep -nE 'BUG|WARNING:|Oops|Call Trace|KASAN|possible (circular|recursive)|suspicious RCU|blocked for more|unreferenced object|refcount_t|Kernel panic|INFO: ' "$1" >&2
}
