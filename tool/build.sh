#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# build.sh - builds the program of tool/ksocket-intree, which starts it when the program is missing or stale.

set -euo pipefail
NEEDS_CACHE=no # lib.sh reads it: nothing of the build goes to the cache
# shellcheck source=tool/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

built=$REPO/.artifacts/command
# shellcheck disable=SC2034 # the tests that write_tests writes read it
root=$REPO
program=$built/ksocket-intree

# The program is stale if a source is newer. The tests are written beside the program by the build; folders are among the
# sources, and a folder's time changes with each file that is added to it or removed from it.
is_current() {
    # shellcheck source=/dev/null
    [ -x "$program" ] && [ -r "$program-is-stale" ] && ! . "$program-is-stale"
}

write_tests() {
    {
        echo "# Written by tool/build.sh and read by tool/ksocket-intree: true if a source is newer than the program."
        (cd "$REPO" && find tool/src tool/*.props drivers-ksocket Kconfig global.json) | sed "s|.*|[ \"\$root\"'/&' -nt \"\$program\" ] \|\||"
        echo false
    } >"$program-is-stale"
}

# Native code starts in a tenth of the time, and needs a C compiler and zlib to be linked.
build() {
    local log=$built.log native=false child
    if need gcc libc6-dev zlib1g-dev; then native=true; fi
    say "building ksocket-intree, once; this takes about two minutes"
    touch "$built.started" # a source that is edited during the build is newer than this
    rm -rf "$built"
    dotnet publish "$REPO/tool/src/Ksocket.Intree" -c Release -o "$built" -p:NativeCommand=$native -p:ContinuousIntegrationBuild=true \
        --nologo >"$log" 2>&1 9>&- &
    child=$!
    trap 'kill "$child" 2>/dev/null || true; rm -rf "$built"; exit 130' INT TERM
    show_progress "$child" "$log"
    wait "$child" || { rm -rf "$built"; tail -n 20 "$log" >&2; die 128 "ksocket-intree does not build" "the whole log is $log"; }
    trap - INT TERM
    write_tests
    touch -r "$built.started" "$program"
}

# show_progress PROCESS LOG - every few seconds, how long it takes and which step it is at.
show_progress() {
    local beat=0 last
    SECONDS=0
    while kill -0 "$1" 2>/dev/null; do
        sleep 0.2
        beat=$((beat + 1))
        [ $((beat % 20)) -eq 0 ] || continue
        last=$(tail -n 1 "$2")
        case $last in
        *"->"*) last="compiled ${last%% ->*}" ;;
        *"Generating native code"*) last="generating native code" ;;
        *) last="restoring and compiling" ;;
        esac
        say "  $SECONDS s: ${last//  /}"
    done
}

[ -n "${HOME:-}" ] || die 128 "ksocket-intree must be built, and HOME is not set, which dotnet needs" "set HOME, and run the command again"
command -v dotnet >/dev/null || die 128 "ksocket-intree must be built, and the .NET 10 SDK is missing" "install dotnet-sdk-10.0"
lock=$REPO/.artifacts/command.lock
{ mkdir -p "$REPO/.artifacts" && : >>"$lock"; } 2>/dev/null || die 128 "ksocket-intree must be built, and $REPO/.artifacts cannot be written" \
    "run tool/ksocket-intree --version once as the owner of the checkout, or copy the checkout to a folder of yours"

# One build at a time; a run that waited for another one's finds the program current.
exec 9>>"$lock"
flock 9
is_current || build
