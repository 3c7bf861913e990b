#!/bin/sh
# Attacks from inside the parser's jail, and what the jail must let pass.
# As root the program runs as nobody: limits on root prove nothing.
set -u
attack=$BUILD/tests/jail-attack
as_user=
if [ "$(id -u)" -eq 0 ]; then
    as_user="setpriv --reuid=65534 --regid=65534 --clear-groups --"
fi
dir=$(mktemp -d "${TMPDIR:-/tmp}/jail.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
chmod 777 "$dir"
cp "$attack" "$dir/attack" && chmod 755 "$dir/attack"

n=0
failed=0
# becomes EXPECTED NAME ATTACK [FILE]
becomes() {
    expected=$1
    name=$2
    shift 2
    n=$((n + 1))
    # shellcheck disable=SC2086
    got=$($as_user "$dir/attack" "$@" 2>/dev/null)
    if [ "$got" = "$expected" ]; then
        echo "ok $n - $name"
    else
        echo "not ok $n - $name"
        echo "# expected: $expected"
        echo "# got:      $got"
        failed=1
    fi
}

skipped() {
    n=$((n + 1))
    echo "ok $n - $1 # SKIP the sanitizer needs it"
}

echo 1..21
becomes 'exit 0: ENOENT' 'no file is found' file
becomes 'signal SYS' 'unlinking kills' unlink
becomes 'signal SYS' 'a socket kills' socket
becomes 'signal SYS' 'exec kills' exec
becomes 'signal SYS' 'fork kills' fork
becomes 'signal SYS' 'mapping memory to execute kills' map-code
becomes 'signal SYS' 'making memory executable kills' make-code
becomes 'exit 0: EBADF' "the scratch file's descriptor is gone" foreign
becomes 'signal SYS' 'a file cannot be made longer' lengthen "$dir/out"
becomes 'signal SYS' 'nor can the disk be taken' reserve "$dir/out"
becomes 'signal SYS' 'ptrace kills' ptrace
becomes 'signal SYS' 'a signal to another process kills' kill
becomes 'signal XCPU' 'an endless loop runs out of time' loop
if "$attack" sanitized 2>/dev/null; then
    skipped 'a flood of memory ends in an abort'
    skipped 'a file cannot be written'
    skipped 'an abort of its own is an abort'
    skipped 'nothing is written behind the scratch file'
else
    becomes 'signal ABRT' 'a flood of memory ends in an abort' memory
    becomes 'signal XFSZ' 'a file cannot be written' write "$dir/out"
    becomes 'signal ABRT' 'an abort of its own is an abort' use-abort
    becomes 'signal BUS' 'nothing is written behind the scratch file' scratch
fi
becomes 'exit 0: it is there' 'what is let go of the scratch file stays' \
    use-scratch
becomes 'exit 0: Việt' 'a Vietnamese charset is converted' use-charset
becomes 'exit 0: refused' 'an unknown charset is merely refused' \
    use-unknown-charset
becomes 'exit 0: UTC' 'time needs no file' use-time
exit $failed
