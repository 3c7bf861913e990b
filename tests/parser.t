#!/bin/sh
# The parser's client against a worker that misbehaves in every way.
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

echo 1..9
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
exit $failed
