# What ./check.sh --full adds; sourced by it, uses its step().
# shellcheck shell=sh disable=SC2154

# ---- what reads the source
step "shellcheck" sh -c 'cd "$0" && find . -name "*.sh" -o -name "*.t" |
    xargs shellcheck -S warning -x' "$work/src"
step "budgets" make -s -C "$work/gcc" lint
# readdir, getpw…: one thread only; NULL ends lists of arguments everywhere
# in libc
step "cppcheck" sh -c 'cd "$0" && cppcheck -q -j2 --std=c11 \
    --library=gnu,posix --enable=warning,performance,portability \
    --inline-suppr --error-exitcode=1 --suppress=missingIncludeSystem \
    --suppress=readdirCalled --suppress=getpwnamCalled \
    --suppress=getpwuidCalled --suppress=varFuncNullUB -D_GNU_SOURCE \
    -DPKGLIBEXECDIR=\"\" -DPKGDATADIR=\"\" -DSYSCONFDIR=\"\" \
    -DLOCALSTATEDIR=\"\" -I. -I../gcc daemon parsers spool' "$work/src"
step "clang-tidy" make -s -C "$work/gcc" tidy
# every line of parsers/ and spool/ that the unit tests do not run counts
step "coverage" make -s -C "$work/gcc" coverage
# what lies in the tarball is enough to build, install and test: some tests
# that read most of it; make distcheck alone runs them all
step "distcheck" sh -c 'mkdir -p "$0/dist" && cd "$0/dist" &&
    ../src/configure -q && make -s distcheck ONLY="tests/cli.t \
    tests/corpus-% tests/guide.t tests/layering.t tests/letters.t \
    tests/mails.t tests/man.t tests/t-docx tests/t-mime tests/t-parser \
    tests/t-relabel tests/unit.t"' "$work"

# ---- the second compiler, with the developers' warnings as errors
step "build: clang" sh -c 'mkdir -p "$0/clang" && cd "$0/clang" &&
    CC=clang ../src/configure -q --enable-warnings && make -s -j2 all &&
    make -s -j2 check-programs' "$work"

# ---- memory, as valgrind sees it; each unit test, several at once
step "unit tests: valgrind" make -s -C "$work/gcc" check-valgrind

# ---- memory and undefined behaviour, as the sanitizers see them
# leaks are not looked for: here many tools just exit
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
step "build: asan" sh -c 'mkdir -p "$0/asan" && cd "$0/asan" &&
    ../src/configure -q --enable-asan --enable-warnings &&
    make -s -j2 all && make -s -j2 check-programs' "$work"
step "unit tests: asan" make -s -C "$work/asan" check-units
step "fuzz seeds: asan" env COPIES=300 \
    make -s -j2 -C "$work/asan" check-fuzz
step "scenarios: asan" make -s -C "$work/asan" check-scenarios
unset ASAN_OPTIONS

# ---- what people and other programs see
step "the page in a browser" env BUILD="$work/gcc" SRC="$work/src" \
    prove --exec '' "$work/src/tests/browser/page.sh"
step "our files in LibreOffice" env BUILD="$work/gcc" SRC="$work/src" \
    prove --exec '' "$work/src/tests/libreoffice.t"
# the long form, most of an hour, is make soak
step "soak, short form" make -s -C "$work/gcc" soak-kills \
    SOAK_KILLS=100 SOAK_MAILS=300
step "turns of trouble, a few minutes" env SOAK_SECONDS=240 \
    make -s -C "$work/gcc" soak-turns
