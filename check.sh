#!/bin/sh
# Build and run every test. The README's test command.
#
#   ./check.sh           installs what is missing (root), builds, tests
#   ./check.sh --deps    only installs
#   ./check.sh --full    adds sanitizers, clang, soak in short form, …
#
# Under root the build and all tests run as an unprivileged user: as root
# permissions and process limits prove nothing. The tree stays clean; the
# work is done on a copy below $TMPDIR.
set -u
cd "$(dirname "$0")" || exit 70
. ./deps.sh

full=
case ${1:-} in
--deps | '') ;;
--full) full=1 ;;
*)
    echo "usage: check.sh [--deps | --full]" >&2
    exit 64
    ;;
esac

# shellcheck disable=SC2086
install_missing $BUILD_PACKAGES $TEST_PACKAGES
# shellcheck disable=SC2086
[ -z "$full" ] || install_missing $FULL_PACKAGES
[ "${1:-}" != --deps ] || exit 0

work=$(mktemp -d "${TMPDIR:-/tmp}/tiepnhan-check.XXXXXX") || exit 70
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

copy_tree "$work/src"
# Real files from public projects may lie beside the tree; see tests/README.
for dir in "${CORPUS:-}" ../shared/corpus; do
    [ -d "$dir" ] && CORPUS=$(cd "$dir" && pwd) && export CORPUS && break
done

as_user=
if [ "$(id -u)" -eq 0 ]; then
    chown -R nobody: "$work"
    as_user="setpriv --reuid=65534 --regid=65534 --clear-groups --"
fi
chmod 755 "$work"
export HOME="$work" LC_ALL=C.UTF-8
jobs=$(nproc)
passed=0
failed=0
: >"$work/failed" # what failed, and its last words; told again at the end

# last_words LOG: the tests in it that failed or, where it has none, its end
last_words() {
    grep -aE '^(not ok|==[0-9]+== ?ERROR)|Wstat: .*Failed: [1-9]|Wstat: [1-9]|^ +Failed test' "$1" |
        tail -n 40 | grep . || tail -n 20 "$1"
}

# step NAME COMMAND…: one stage; its tests are counted
step() {
    name=$1
    shift
    printf '\n== %s\n' "$name"
    began=$(date +%s)
    # shellcheck disable=SC2086
    { $as_user "$@" 2>&1; echo "status $?" > "$work.status"; } |
        tee "$work/log"
    status=$(sed 's/status //' "$work.status")
    rm -f "$work.status"
    tests=$(sed -n 's/^Files=.*Tests=\([0-9]*\).*/\1/p' "$work/log" |
        awk '{ s += $1 } END { print s + 0 }')
    passed=$((passed + tests))
    if [ "$status" -ne 0 ]; then
        failed=$((failed + 1))
        echo "== $name: FAILED (status $status)" | tee -a "$work/failed"
        last_words "$work/log" >>"$work/failed"
    elif [ "$tests" -eq 0 ]; then
        passed=$((passed + 1))
    fi
    echo "== $name: $(($(date +%s) - began)) s"
}

# build_and_test DIRECTORY CONFIGURE-ARGUMENTS…
build_and_test() {
    dir=$1
    shift
    mkdir -p "$work/$dir"
    [ "$(id -u)" -ne 0 ] || chown nobody: "$work/$dir"
    step "build: $dir" sh -c 'jobs=$1 && cd "$2" && shift 2 &&
        ../src/configure -q "$@" && make -s -j"$jobs" all &&
        make -s -j"$jobs" check-programs' sh "$jobs" "$work/$dir" "$@"
    [ "$status" -eq 0 ] || return
    step "tests: $dir" make -s -C "$work/$dir" check-local
}

step "autoreconf" sh -c 'cd "$0" && autoreconf -fi 2>&1 |
    grep -v "installing" || test -x configure' "$work/src"
build_and_test gcc --enable-warnings
if [ -n "$as_user" ]; then # a server that only root can start
    saved=$as_user
    as_user=
    step "a real SMTP server" env BUILD="$work/gcc" SRC="$work/src" \
        prove --exec '' "$work/src/tests/real-smtp.t"
    as_user=$saved
fi
if [ -n "$full" ]; then
    . ./tests/full.sh
fi

[ "$failed" -eq 0 ] || { echo && cat "$work/failed"; }
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
