#!/bin/sh
# The parser's client against a worker that misbehaves in every way, and
# what memory a large mail takes of the real one.
set -u
dir=$(mktemp -d "${TMPDIR:-/tmp}/parser.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
cp "$BUILD/tests/parse-client" "$dir/client"
cp "$BUILD/tests/rogue-parse" "$dir/tiepnhan-parse"
echo x > "$dir/input"

n=0
failed=0
# answers EXPECTED NAME INDEX: job 4 with this index
answers() {
    n=$((n + 1))
    got=$("$dir/client" 4 "$dir/input" "$3" 1000)
    # shellcheck disable=SC2254
    case $got in
    $1) echo "ok $n - $2" ;;
    *)
        echo "not ok $n - $2"
        echo "# expected: $1"
        echo "# got:      $got"
        failed=1
        ;;
    esac
}

echo 1..12
answers '0 0 -' 'a good worker is believed' 0
answers '10 0 -' 'a worker that hangs is killed, a timeout' 1
answers '5 0 -' 'a flood of output is stopped, a limit' 2
answers '9 0 -' 'bytes that are no records are a crash' 3
answers '11 0 tiepnhan-parse went down' 'one that leaves is unavailable' 4
answers '11 0 tiepnhan-parse went down' 'so is one that drops the job' 5
answers '9 0 -' 'an unknown status is a crash' 6
answers '9 0 -' 'bytes behind the end are a crash' 7
rm "$dir/tiepnhan-parse"
answers '11 0 *tiepnhan-parse: No such file or directory' \
    'a worker that is missing is named' 0

# ---- the real one
ok() { # ok STATUS NAME
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        echo "# small: $small; by pages: $paged; in memory: $whole"
        failed=1
    fi
}
python3 "$SRC/tests/bench/make_reports.py" big "$dir" 50
mkdir "$dir/scratch"
real() { # real FILE SCRATCH: status, length of the answer, peak in KiB
    "$BUILD/tests/parse-client" 1 "$1" 0 60000 "$2"
}
small=$(real "$dir/input" "$dir/scratch")
paged=$(real "$dir/new/1.big.bench" "$dir/scratch")
whole=$(real "$dir/new/1.big.bench" '')
[ "${paged% *}" = "${whole% *}" ] && [ "${paged%% *}" -eq 0 ]
ok $? 'an attachment of 50 MiB is read by pages as it is in memory'
if "$BUILD/tests/jail-attack" sanitized 2> /dev/null; then
    ok 0 'by pages it takes 8 MiB at most # SKIP the sanitizer takes more'
    ok 0 'in memory it takes itself # SKIP the sanitizer takes more'
else
    [ "${paged##* }" -lt $((${small##* } + 8192)) ]
    ok $? 'by pages it takes 8 MiB at most'
    # … so that is what was measured
    [ "${whole##* }" -gt $((${small##* } + 40960)) ]
    ok $? 'in memory it takes itself'
fi
exit $failed
