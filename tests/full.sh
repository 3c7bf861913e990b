# What ./check.sh --full adds; sourced by it, uses its step().
# shellcheck shell=sh disable=SC2154

# The second compiler, with the developers' warnings as errors.
step "build: clang" sh -c 'mkdir -p "$0/clang" && cd "$0/clang" &&
    CC=clang ../src/configure -q --enable-warnings && make -s -j2 all &&
    make -s -j2 check-programs' "$work"

# leaks are not looked for: here many tools just exit
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
step "build: asan" sh -c 'mkdir -p "$0/asan" && cd "$0/asan" &&
    ../src/configure -q --enable-asan --enable-warnings &&
    make -s -j2 all && make -s -j2 check-programs' "$work"
step "unit tests: asan" make -s -C "$work/asan" check-units
unset ASAN_OPTIONS

step "the page in a browser" env BUILD="$work/gcc" SRC="$work/src" \
    prove --exec '' "$work/src/tests/browser/page.sh"
step "our files in LibreOffice" env BUILD="$work/gcc" SRC="$work/src" \
    prove --exec '' "$work/src/tests/libreoffice.t"
step "soak: 1,000 kills over 2,000 mails, 200 cuts" make -s -C "$work/gcc" soak
