#!/bin/sh
# Which share of the lines the unit tests run, file by file, and one TAP
# test for each room that has an aim. make coverage calls it: it builds the
# tree SRC once more, with counters, in the folder coverage of BUILD.
#
#   make coverage                the unit tests: all that parsers/ and
#                                spool/ are measured by
#   make coverage COVER=all      the scenarios too, for daemon/. What runs
#                                in the jail writes no counters.
set -u
aim=95
mkdir -p "${BUILD:?}/coverage" && cd "$BUILD/coverage" || exit 1
[ -f Makefile ] || "${SRC:?}/configure" -q CC="${CC:-gcc}" \
    CFLAGS='-g -O0 --coverage' \
    LDFLAGS='--coverage -Wl,-u,__gcov_dump' || exit 1
{ make -s -j"$(nproc)" all && make -s -j"$(nproc)" check-programs; } >&2 ||
    exit 1
find . -name '*.gcda' -delete
make -s check-units >&2 || exit 1
[ "${COVER:-}" != all ] || make -s check-scenarios >&2 || exit 1

# share ROOM: "FILE LINES-RUN LINES" for each source
share() {
    find "$1" -name '*.gcno' | while read -r notes; do
        gcov -n "$notes" 2> /dev/null
    done | awk -v room="$1" '
        /^File / { gsub(/\x27/, "", $2); file = $2 }
        /^Lines executed:/ && file ~ ("/" room "/[a-z_0-9]*\\.c$") {
            sub(/.*:/, "", $2); sub(/.*\//, "", file)
            split($2, share, "%")
            lines = $4; run = share[1] * lines / 100
            if (run >= best[file]) { best[file] = run; all[file] = lines }
            file = "" }
        END { for (f in all) print f, int(best[f] + 0.5), all[f] }' | sort
}
n=0
failed=0
for room in parsers spool daemon; do
    share "$room" > coverage.$room
    awk -v aim=$aim -v room=$room '{ printf "# %-32s %5.1f %% of %4d%s\n",
        room "/" $1, $2 * 100 / $3, $3, $2 * 100 < aim * $3 ? " <" : "" }' \
        coverage.$room
    total=$(awk '{ r += $2; a += $3 }
        END { printf "%.1f", a ? int(r * 1000 / a) / 10 : 0 }' coverage.$room)
    [ $room != daemon ] || continue
    n=$((n + 1))
    if [ "${total%.*}" -ge $aim ]; then
        echo "ok $n - $room/: $total % of the lines, $aim are wanted"
    else
        echo "not ok $n - $room/: $total % of the lines, $aim are wanted"
        failed=1
    fi
done
echo "# daemon/: $total % of the lines by ${COVER:-its unit tests alone}"
echo 1..2
exit $failed
