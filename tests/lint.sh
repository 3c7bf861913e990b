#!/bin/bash
# The budgets of how code is written here, as TAP: sizes, columns, words
# that must not stand in the tree. `make lint`.
# shellcheck disable=SC2046 # names of our own files
set -u
cd "${SRC:-$(dirname "$0")/..}" || exit 1
n=0
failed=0
report() { # report NAME FINDINGS
    n=$((n + 1))
    if [ -z "$2" ]; then
        echo "ok $n - $1"
    else
        echo "not ok $n - $1"
        printf '%s\n' "$2" | sed 's/^/# /'
        failed=1
    fi
}
code() { find daemon parsers spool -name '*.[ch]' | sort; }

report "no source file has more than 600 lines" "$(
    code | xargs awk 'FNR == 1 && NR > 1 { if (n > 600) print f, n }
        { f = FILENAME; n = FNR } END { if (n > 600) print f, n }')"
report "headers stay short" "$(
    find daemon parsers spool -name '*.h' -exec awk '
        FNR == 1 && NR > 1 { if (n > 150) print f, n }
        { f = FILENAME; n = FNR } END { if (n > 150) print f, n }' {} +)"
report "no function is longer than 100 lines" "$(
    code | xargs awk 'FNR == 1 { s = 0 }
        /^[a-z_][a-z_0-9]*\(/ { name = $0 }
        /^\{/ { s = FNR; f = name }
        /^\}/ { if (s && FNR - s > 100) print FILENAME ":" s ": " f
                s = 0 }')"
# a switch counts once; those named are older than the limit
report "no function has more than 20 branches" "$(
    command -v pmccabe > /dev/null || echo "pmccabe is not installed"
    code | grep '\.c$' | xargs pmccabe | awk '$1 > 20 { sub(/.*\t/, "", $0)
        print }' | grep -vE ': (cover_parts|heading_line_join|heading_line_read|look_points|place_of|place_points|walk_step)$')"
report "no line is wider than 80 columns" "$(
    code | while read -r f; do
        expand -t 8 "$f" | awk -v f="$f" '
            # bytes beyond ASCII are parts of wide letters in tables
            { line = $0; gsub(/[\200-\277]/, "", line) }
            length(line) > 80 { print f ":" NR }'
    done)"
report "foreign text is never copied without a bound" "$(
    grep -nwE 'strcpy|strcat|strtok|gets|atoi' $(code | grep -v '^tests') |
        grep -vE '^[^:]*:[0-9]*:[[:space:]]*(/?\*)')"
report "the clock is read in few places" "$(
    grep -nE '\b(time\(NULL\)|gettimeofday|CLOCK_REALTIME)' \
        parsers/*.c spool/*.c)"
report "no rare word, code or date of the sample letters stands in code" "$(
    grep -niE 'thủy nguyên|thuynguyen|hải phòng|12-CV/ĐU|TDP05|dan-chu' \
        $(code) | grep -viE '^[^:]*:[0-9]*:[[:space:]]*.*/?\*')"
report "no unfinished marks" "$(grep -nwE "TODO|FIXME|XXX|HACK" $(code))"
echo "1..$n"
exit $failed
