#!/bin/sh
# Attacks from inside the fences of the workers that hold the network:
# fetch (may write below the spool's tmp/ and incoming/), send (no file at
# all), and fetch on a maildir (no network).
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
T=$(mktemp -d "${TMPDIR:-/tmp}/tiepnhan-confine.XXXXXX") || exit 1
trap 'rm -rf "$T"' EXIT
n=0
failed=0
becomes() { # becomes EXPECTED NAME WORKER ATTACK
    n=$((n + 1))
    rm -rf "$T/spool" && mkdir "$T/spool"
    got=$("$BUILD/tests/confine-attack" "$3" "$4" "$T/spool" 2>&1)
    if [ "$got" = "$1" ]; then
        echo "ok $n - $3: $2"
    else
        echo "not ok $n - $3: $2"
        echo "# expected: $1, got: $got"
        failed=1
    fi
}
# without Landlock files are not fenced in; seccomp always is
landlock=yes
[ "$("$BUILD/tests/confine-attack" fetch read "$T")" = EACCES ] || landlock=
echo 1..27
for worker in fetch send maildir; do
    becomes 'signal SYS' 'exec kills' $worker exec
    becomes 'signal SYS' 'ptrace kills' $worker ptrace
    becomes 'signal SYS' "another process's memory kills" $worker memory
    becomes 'signal SYS' 'a namespace kills' $worker namespace
    for attack in read list write; do
        if [ -n "$landlock" ]; then
            becomes EACCES "no other file: $attack" $worker $attack
        else
            n=$((n + 1))
            echo "ok $n - $attack # SKIP the kernel has no Landlock"
        fi
    done
done
becomes 'signal SYS' 'a listening socket kills' fetch listen
becomes 'signal SYS' 'a listening socket kills' send listen
becomes EPERM 'there is no network' maildir socket
if [ -n "$landlock" ]; then
    becomes EACCES 'no link out of the spool' fetch link
    becomes EACCES 'no file of the spool either' send use-folder
else
    echo "ok 25 - link # SKIP no Landlock"
    echo "ok 26 - spool # SKIP no Landlock"
    n=26
fi
becomes 'it worked' 'its own folders can be written' fetch use-folder
exit $failed
