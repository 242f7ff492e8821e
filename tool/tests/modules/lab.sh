# SPDX-License-Identifier: GPL-2.0-only
# Kernels to run the test modules in: a user-mode kernel that is copied, wired and built, or one that Debian built and
# that runs under QEMU. Sourced after lib.sh, never run.
# shellcheck shell=bash disable=SC2034

readonly MODULES=$REPO/tool/tests/modules CONFIGS=$REPO/tool/src/Ksocket.Intree.Proof/Config

# enter FOLDER - makes it $lab, where one run at a time builds and boots.
enter() {
    lab=$1
    mkdir -p "$lab" || die 128 "cannot write to the cache $CACHE"
    exec 8>"$lab/lock"
    flock -n 8 || die 128 "another run works in $lab" "wait for its end"
}

# lab TREE - sets $source, a copy of a kernel tree with the driver in it as $driver, and $lab, the folder for what is
# built from it. TREE is a folder, or a line that tool/kernel-source knows.
lab() {
    local tree=$1
    [ -f "$tree/Kbuild" ] || tree=$("$REPO/tool/kernel-source" "$tree") || exit $?
    tree=$(realpath "$tree")
    # One folder for each tree: make believes times, and those of another tree would deceive it.
    enter "$CACHE/modules/$(basename "$tree")-$(cksum <<<"$tree" | cut -d' ' -f1)"
    source=$lab/source driver=$source/drivers/ksocket image='' compiler="$(with_ccache)gcc"
    rm -rf "$source"
    cp -al "$tree" "$source" || die 128 "cannot copy $tree to $source"
    "$REPO/tool/ksocket-intree" apply "$source" >/dev/null || exit $?
}

# lab_of_image VERSION - the same for a kernel that tool/kernel-image knows: $image, $headers, $emulator, and $driver,
# built as a module.
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

# kbuild WORDS... - make for the kernel of the lab, its talk in $out.log.
kbuild() {
    local where
    if [ -n "$image" ]; then # Debian's headers know their compiler and architecture
        where=(-C "$headers" KCFLAGS="-I$driver/include")
    else
        where=(-C "$source" O="$out" ARCH=um CROSS_COMPILE= CC="$compiler")
    fi
    plainly make "${where[@]}" -j"$(nproc)" "$@" >>"$out.log" 2>&1 && return
    grep -m 3 -E 'error:|Error|undefined' "$out.log" >&2
    die 4 "make ${*: -1} failed in $out" "see $out.log"
}

# build FRAGMENT... - a kernel with the driver built in, configured by the prover's fragments and these; sets $out.
# Of the lines in ${wanted[@]} those that the kernel does not keep are named, and no more.
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
    # kconfig drops what it cannot have without a word, and base.asked may be.
    while read -r line; do
        grep -qxF "$line" "$out/.config" && continue
        is_wanted "$line" || die 4 "kconfig does not keep $line" "see $out/.config"
        say "this kernel goes without $line"
    done < <(grep ^CONFIG_ "$fragment" | grep -vxFf "$CONFIGS/base.asked")
    kbuild linux modules
}

# is_wanted LINE - or has the kernel to have it?
is_wanted() { printf '%s\n' "${wanted[@]}" | grep -qxF "$1"; }

# test_module NAME - builds a test module for the kernel in $out; prints the path of its .ko.
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
        # Without times the modules' lines look as under UML.
        timeout -k 5 "$1" "$emulator" -L "${emulator%/bin/*}/share/qemu" -L "${emulator%/bin/*}/share/seabios" -accel tcg -cpu max -smp 1 -m 512 \
            -nodefaults -display none -serial stdio -no-reboot -kernel "$image" -initrd "$2" -append "console=ttyS0 panic=-1 printk.time=0"
    else
        ulimit -c 0
        # UML maps its memory from a file in TMPDIR with the right to execute, and panics where it cannot make ~/.uml.
        TMPDIR=$lab HOME=$lab timeout -k 5 "$1" "$out/linux" mem=512M initrd="$2" con=null con0=null,fd:1
    fi </dev/null 2>&1
}

# boot SECONDS MODULE... - runs the script on stdin in the kernel of the lab; what it says goes to $out.boot. Fails
# unless the script came to its end and the kernel reported nothing.
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

    (start "$seconds" "$root.cpio") | tr -d '\r' | tee "$out.boot"
    grep -q '^modules: done' "$out.boot" && ! report_in "$out.boot"
}

# without_noise LOG - the log, with empty lines for what is not about us: under UML the kmemleak of some kernels (6.1, 6.6)
# does not know the memory that modules are loaded to, and tells so with traces.
without_noise() {
    awk '
    function flush(  i) { for (i = 1; i <= n; i++) print noise ? "" : block[i]; n = noise = 0 }
    n && /^( |CPU:|Stack:|Call Trace:)/ { block[++n] = $0; if (/\] sys_finit_module\+/) noise = 1; next }
    { flush() }
    /^kmemleak: (Adding scan area to|Trying to color) unknown object/ { block[++n] = $0; next }
    { print }
    END { flush() }' "$1"
}

# report_in LOG - shows what the kernel complained about; fails if that is nothing.
report_in() {
    grep -nE 'BUG|WARNING:|Oops|Call Trace|KASAN|possible (circular|recursive)|suspicious RCU|blocked for more|unreferenced object|refcount_t|unregister_netdevice: waiting|leaked reference|Kernel panic|INFO: ' <(without_noise "$1") >&2
}
