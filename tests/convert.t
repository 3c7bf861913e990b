#!/bin/sh
# Attacks from inside a converter's tool, and what its text comes to.
# As root the programs run as nobody: limits on root prove nothing.
set -u
as_user=
if [ "$(id -u)" -eq 0 ]; then
    as_user="setpriv --reuid=65534 --regid=65534 --clear-groups --"
fi
dir=$(mktemp -d "${TMPDIR:-/tmp}/convert.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
chmod 777 "$dir"
cp "$BUILD/tests/convert-run" "$BUILD/tests/convert-rogue" "$dir"
chmod 755 "$dir/convert-run" "$dir/convert-rogue"
echo secret > "$dir/file" && chmod 666 "$dir/file"

# Sanitized, the rogue would need more than the fence gives.
if "$BUILD/tests/jail-attack" sanitized 2> /dev/null; then
    echo "1..0 # SKIP a sanitized program cannot live behind the fence"
    exit 0
fi
echo foreign > "$dir/input"
# shellcheck disable=SC2086
case $($as_user "$dir/convert-run" "$dir/convert-rogue" "$dir/input" 5000) in
*Landlock*)
    echo "1..0 # SKIP this kernel has no Landlock, so nothing is converted"
    exit 0
    ;;
esac

n=0
failed=0
# becomes EXPECTED NAME ATTACK [FILE]
becomes() {
    expected=$1
    name=$2
    shift 2
    n=$((n + 1))
    echo "$*" > "$dir/input"
    # shellcheck disable=SC2086
    got=$($as_user "$dir/convert-run" "${tool:-$dir/convert-rogue}" \
        "$dir/input" "${wall:-5000}" 2> /dev/null)
    if [ "$got" = "$expected" ]; then
        echo "ok $n - $name"
    else
        echo "not ok $n - $name"
        echo "# expected: $expected"
        echo "# got:      $got"
        failed=1
    fi
}

echo 1..23
becomes '0 EACCES' 'a file beside it cannot be read' read "$dir/file"
becomes '0 EACCES' 'nor one of the system' read /etc/passwd
becomes '0 EACCES' 'no file can be made' write "$dir/new"
becomes '0 EACCES' 'no file can be written' write "$dir/file"
becomes '0 ENOSYS' 'nor unlinked' unlink "$dir/file"
becomes '3 ' 'its own input cannot be written' input
becomes '0 0' 'foreign descriptors are gone' foreign
becomes '0 ENOSYS' 'there is no network' socket
becomes '0 ENOSYS' 'nor a local socket' unix
becomes '0 ENOSYS' 'there is no second process' fork
becomes '0 EACCES' 'no other program can be started' exec
becomes '0 ENOSYS' 'it cannot leave its process group' leave
becomes '0 ENOSYS' 'no memory is both written and run' code
becomes '0 ENOSYS' 'others cannot be traced' ptrace
becomes '0 ENOSYS' 'nor killed' kill
becomes '0 no more' 'memory has an end' memory
becomes '5 ' 'a flood of text is stopped, a limit' flood
becomes '3 ' 'a crash is a damaged file' crash
becomes '8 ' 'only white space is no text' nothing
wall=400 becomes '10 ' 'an endless tool is stopped, a timeout' loop
wall=400 becomes '10 ' 'even one that closed its output' hide
tool=$dir/none becomes '1 it cannot be started' \
    'a tool that is not there is named' foreign
if pgrep -f "$dir/convert-rogue" > /dev/null; then
    n=$((n + 1))
    echo "not ok $n - none of them is left"
    failed=1
else
    n=$((n + 1))
    echo "ok $n - none of them is left"
fi
exit $failed
