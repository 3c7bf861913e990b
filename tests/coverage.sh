#!/bin/sh
# Which share of the lines the tests have run, per room, from the counters
# of a build with --coverage (BUILD). Prints the files below the aim, and
# one TAP test for each room that has one.
# What runs in the jail only is not seen: it may write no counters.
set -u
cd "${BUILD:?}" || exit 1
aim=95
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
echo 1..2
for room in parsers spool daemon; do
    share "$room" > coverage.$room
    awk -v aim=$aim -v room=$room '
        $2 * 100 < aim * $3 { printf "# %-28s %5.1f %% of %d\n",
            room "/" $1, $2 * 100 / $3, $3 }' coverage.$room
    total=$(awk '{ r += $2; a += $3 } END { printf "%.1f", r * 100 / a }' \
        coverage.$room)
    if [ $room = daemon ]; then
        echo "# daemon/: $total % of the lines"
        continue
    fi
    n=$((n + 1))
    if [ "$(echo "$total" | cut -d. -f1)" -ge $aim ]; then
        echo "ok $n - $room/: $total % of the lines, $aim are wanted"
    else
        echo "not ok $n - $room/: $total % of the lines, $aim are wanted"
        failed=1
    fi
done
exit $failed
