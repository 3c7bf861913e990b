#!/bin/sh
# clang-tidy over the sources, by the checks of .clang-tidy; TAP of one
# test. make tidy calls it; BUILD is a configured tree.
set -u
cd "${SRC:?}" || exit 1
command -v clang-tidy > /dev/null || {
    echo "Bail out! clang-tidy is not installed"
    exit 1
}
found=$(find daemon parsers spool -name '*.c' | sort |
    xargs -n 6 -P "$(nproc)" sh -c 'clang-tidy --quiet "$@" -- \
        -std=gnu11 -D_GNU_SOURCE -I. -I"$BUILD" \
        -DPKGLIBEXECDIR=\"\" -DPKGDATADIR=\"\" -DSYSCONFDIR=\"\" \
        -DLOCALSTATEDIR=\"\" -DBINDIR=\"\" \
        $(pkg-config --cflags libxml-2.0 libzip \
        gmime-3.0 sqlite3 nettle inih jansson libseccomp libcurl \
        xlsxwriter libsystemd) 2> /dev/null' sh |
    grep -E '^/.*(warning|error):' | sort -u)
echo 1..1
if [ -z "$found" ]; then
    echo "ok 1 - clang-tidy finds nothing"
else
    echo "not ok 1 - clang-tidy finds nothing"
    printf '%s\n' "$found" | sed 's/^/# /'
    exit 1
fi
