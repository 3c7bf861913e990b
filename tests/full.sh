# What ./check.sh --full adds; sourced by it, uses its step().
# shellcheck shell=sh disable=SC2154

CC=clang
export CC
build_and_test clang --enable-warnings
unset CC
# leaks are looked for under valgrind: here many tools just exit
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
build_and_test asan --enable-asan --enable-warnings
unset ASAN_OPTIONS

# Every unit test under valgrind: no bad access, no leak that is for ever.
step "valgrind on the unit tests" sh -c 'cd "$0" && fail=0
    for t in tests/t-*; do
        case $t in *.o | *.c) continue ;; esac
        [ -x "$t" ] && [ -f "$t" ] || continue
        BUILD=$0 SRC=$1 TZ=UTC0 FAULT_STEP=60 valgrind -q --error-exitcode=9 \
            --leak-check=full --errors-for-leak-kinds=definite \
            --trace-children=no "$t" > vg.log 2>&1 ||
            { echo "$t"; grep -a "==" vg.log | head -40; fail=1; }
    done; exit $fail' "$work/gcc" "$work/src"

# Each system call of the intake fails in turn, not one in several.
step "faults at every call" env FAULT_STEP=1 "$work/gcc/tests/t-store-fault"

step "cppcheck" sh -c 'cd "$0" && cppcheck -q --std=c11 -j2 \
    --enable=warning,performance,portability --inline-suppr \
    --suppress=missingIncludeSystem --suppress=varFuncNullUB \
    --error-exitcode=1 -D__GNUC__ \
    -D_GNU_SOURCE -I. daemon parsers spool' "$work/src"

step "clang-tidy" sh -c 'cd "$0" && find daemon parsers spool -name "*.c" |
    xargs -P 2 -n 8 sh -c '"'"'clang-tidy --quiet "$@" -- -std=gnu11 \
    -D_GNU_SOURCE -I. -I"$0" $(pkg-config --cflags libxml-2.0 libzip \
    sqlite3 gmime-3.0 libcurl nettle inih jansson) \
    -DPKGLIBEXECDIR=\"\" -DPKGDATADIR=\"\" -DSYSCONFDIR=\"\" \
    -DLOCALSTATEDIR=\"\" 2>/dev/null'"'"' "$1"' "$work/src" "$work/gcc"

step "budgets" make -s -C "$work/gcc" lint

# The fuzz targets over their kept inputs, and half a minute of new ones.
step "fuzz targets" sh -c 'mkdir -p "$0/fuzz" && cd "$0/fuzz" &&
    CC=clang ../src/configure -q --enable-fuzz \
        CFLAGS="-g -O1 -fsanitize=fuzzer-no-link,address,undefined" &&
    make -s -j2 all && for f in tests/fuzz/fuzz-*; do
        case $f in *.o) continue ;; esac
        [ -x "$f" ] || continue
        seeds=$0/src/tests/fuzz/corpus/$(basename "$f")
        mkdir -p "$seeds" new
        echo "$f" && "$f" -max_total_time=20 -rss_limit_mb=1024 -timeout=10 \
            -verbosity=0 -print_final_stats=0 new "$seeds" > fuzz.log 2>&1 ||
            { tail -n 40 fuzz.log; exit 1; }
        rm -rf new
    done' "$work"

# How much of parsers/ and spool/ the tests run.
step "coverage" sh -c 'mkdir -p "$0/coverage" && cd "$0/coverage" &&
    ../src/configure -q CFLAGS="-O0 -g --coverage" &&
    make -s -j2 all && make -s -j2 check-programs && make -s check-units \
        > units.log 2>&1
    tail -n 3 units.log
    gcovr -r ../src --object-directory . -f "../src/parsers/.*" \
        -f "../src/spool/.*" 2>/dev/null | grep -E "TOTAL|^File"' "$work"
