# SPDX-License-Identifier: GPL-2.0-only
# Kernels for the test modules: a user-mode kernel built from a copy of a tree with the driver, or a Debian kernel under
# QEMU. Sourced after lib.sh, not run.
# shellcheck shell=bash disable=SC2034

readonly MODULES=$REPO/tool/tests/modules CONFIGS=$REPO/tool/src/Ksocket.Intree.Proof/Config

# enter FOLDER - sets $lab to it and locks it for this run.
enter() {
    lab=$1
    mkdir -p "$lab" || die 128 "cannot write to the cache $CACHE"
    exec 8>"$lab/lock"
    flock -n 8 || die 128 "another run uses $lab" "wait until it ends"
}

# lab TREE - sets $source to a copy of a kernel tree with the driver, $driver to the driver in it, and $lab to the build
# folder. TREE is a folder, or a kernel line that tool/kernel-source supports.
lab() {
    local tree=$1
    [ -f "$tree/Kbuild" ] || tree=$("$REPO/tool/kernel-source" "$tree") || exit $?
    tree=$(realpath "$tree")
    # One folder for each tree: make compares times, which differ between trees.
    enter "$CACHE/modules/$(basename "$tree")-$(cksum <<<"$tree" | cut -d' ' -f1)"
    source=$lab/source driver=$source/drivers/ksocket image='' compiler="$(with_ccache)gcc"
    rm -rf "$source"
    cp -al "$tree" "$source" || die 128 "cannot copy $tree to $source"
    "$REPO/tool/ksocket-intree" apply "$source" >/dev/null || exit $?
}

# lab_of_image VERSION - the same for a kernel that tool/kernel-image supports: sets $image, $headers, $emulator and $driver,
# and builds the driver as a module.
lab_of_image() {
    local words
    emulator=$("$REPO/tool/emulator") || exit $?
    words=$("$REPO/tool/kernel-image" "$1") || exit $?
    read -r _ image _ headers <<<"$words"
    enter "$CACHE/modules/image-$1"
    driver=$lab/driver out=$lab/image
    rm -rf "$driver"
    mkdir -p "$driver"
    (cd "$REPO/drivers-ksocket" && git ls-files -z | cpio -pdm0 --quiet "$driver") || die 128 "cannot copy the driver to $driver"
    : >"$out.log"
    say "building the driver for $(basename "$headers")"
    kbuild M="$driver" modules
}

# kbuild ARGS... - runs make for the kernel of the lab; the output goes to $out.log.
kbuild() {
    local where
    if [ -n "$image" ]; then # Debian's headers set the compiler and the architecture
        where=(-C "$headers" KCFLAGS="-I$driver/include")
    else
        where=(-C "$source" O="$out" ARCH=um CROSS_COMPILE= CC="$compiler")
    fi
    plainly make "${where[@]}" -j"$(nproc)" "$@" >>"$out.log" 2>&1 && return
    grep -m 3 -E 'error:|Error|undefined' "$out.log" >&2
    die 4 "make ${*: -1} failed in $out" "see $out.log"
}

# build FRAGMENT... - builds a kernel with the driver built in, from the prover's configuration fragments and these; sets
# $out. Lines in ${wanted[@]} that kconfig drops are reported and are not an error.
wanted=()
build() {
    local fragment line
    out=$lab/$(basename "${!#}" .config)
    mkdir -p "$out"
    : >"$out.log"
    fragment=$out/fragment
    { cat "$CONFIGS/base.config" "$CONFIGS/base.asked" "$CONFIGS/um.config" "$@"; echo CONFIG_KSOCKET=y; printf '%s\n' "${wanted[@]}"; } >"$fragment"
    say "building the kernel in $out"
    kbuild -s KCONFIG_ALLCONFIG="$fragment" allnoconfig
    # kconfig silently drops options with unmet dependencies; those in base.asked are optional.
    while read -r line; do
        grep -qxF "$line" "$out/.config" && continue
        is_wanted "$line" || die 4 "kconfig dropped $line" "see $out/.config"
        say "this kernel does not support $line"
    done < <(grep ^CONFIG_ "$fragment" | grep -vxFf "$CONFIGS/base.asked")
    kbuild linux modules
}

# is_wanted LINE - true if the line is optional.
is_wanted() { printf '%s\n' "${wanted[@]}" | grep -qxF "$1"; }

# test_module NAME - builds a test module for the kernel in $out and prints the path of its .ko.
test_module() {
    local folder=$out.modules/$1
    mkdir -p "$folder"
    cp "$MODULES/$1"/* "$folder"
    kbuild M="$folder" ${image:+KBUILD_EXTRA_SYMBOLS="$driver/Module.symvers"} modules
    echo "$folder/$1.ko"
}

# start SECONDS INITRD - runs the kernel of the lab.
start() {
    if [ -n "$image" ]; then
        # printk.time=0: the same log format as under UML.
        timeout -k 5 "$1" "$emulator" -L "${emulator%/bin/*}/share/qemu" -L "${emulator%/bin/*}/share/seabios" -accel tcg -cpu max -smp 1 -m 512 \
            -nodefaults -display none -serial stdio -no-reboot -kernel "$image" -initrd "$2" -append "console=ttyS0 panic=-1 printk.time=0"
    else
        ulimit -c 0
        # UML maps its memory from a file in TMPDIR as executable, and panics if it cannot create ~/.uml.
        TMPDIR=$lab HOME=$lab timeout -k 5 "$1" "$out/linux" mem=512M initrd="$2" con=null con0=null,fd:1
    fi </dev/null 2>&1
}

# boot SECONDS MODULE... - runs the script on stdin in the kernel of the lab; the output goes to $out.boot. Fails unless
# the script finished and the kernel reported no problem.
boot() {
    local seconds=$1 root=$out.root
    shift
    rm -rf "$root"
    mkdir -p "$root"/{dev,proc,sys}
    gcc -static -O2 -Wall -o "$root/init" "$MODULES"/init/*.c || die 128 "gcc cannot link a static program" "apt-get install libc6-dev"
    [ $# -eq 0 ] || cp "$@" "$root"
    cat >"$root/script"
    # /init creates the console device, so root is not needed here.
    (cd "$root" && find . | cpio -o -H newc --quiet) >"$root.cpio"

    (start "$seconds" "$root.cpio") | tr -d '\r' | tee "$out.boot"
    grep -q '^modules: done' "$out.boot" && ! report_in "$out.boot"
}

# without_noise LOG - prints the log with unrelated reports replaced by empty lines: under UML, kmemleak of some kernels (6.1,
# 6.6) does not track module memory and prints a trace for each module.
without_noise() {
    awk '
    function flush(  i) { for (i = 1; i <= n; i++) print noise ? "" : block[i]; n = noise = 0 }
    n && /^( |CPU:|Stack:|Call Trace:)/ { block[++n] = $0; if (/\] sys_finit_module\+/) noise = 1; next }
    { flush() }
    /^kmemleak: (Adding scan area to|Trying to color) unknown object/ { block[++n] = $0; next }
    { print }
    END { flush() }' "$1"
}

# report_in LOG - prints the problems that the kernel reported; fails if there are none.
report_in() {
    grep -nE 'BUG|WARNING:|Oops|Call Trace|KASAN|possible (circular|recursive)|suspicious RCU|blocked for more|unreferenced object|refcount_t|unregister_netdevice: waiting|leaked reference|Kernel panic|INFO: ' <(without_noise "$1") >&2
}
