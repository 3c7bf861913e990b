#!/bin/bash
# The systemd units: complete, right, and as restricted as they say; and an
# installation into a prefix writes nothing outside of it.
set -u
n=0
failed=0
ok() { # ok STATUS NAME [TEXT]
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        failed=1
        [ -z "${3:-}" ] || printf '%s\n' "$3" | sed 's/^/# /'
    fi
}
T=$(mktemp -d "${TMPDIR:-/tmp}/tiepnhan-unit.XXXXXX") || exit 1
trap 'rm -rf "$T"' EXIT

# ---- installed somewhere of its own
make -s -C "$BUILD" install prefix="$T/prefix" > "$T/log" 2>&1
ok $? "make install into a private prefix works" "$(tail -n 5 "$T/log")"
missing=
for f in bin/tiepnhan sbin/tiepnhand libexec/tiepnhan/tiepnhan-parse \
    share/man/man8/tiepnhand.8 share/tiepnhan/examples/tiepnhan.conf \
    share/tiepnhan/templates/receipt.txt lib/systemd/system/tiepnhand.service \
    lib/systemd/system/tiepnhan@.service lib/sysusers.d/tiepnhan.conf \
    lib/tmpfiles.d/tiepnhan.conf; do
    [ -f "$T/prefix/$f" ] || missing="$missing $f"
done
[ -z "$missing" ]
ok $? "everything is there" "missing:$missing"
if command -v strace > /dev/null; then
    strace -f -qq -o "$T/trace" -e trace=creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,openat,unlink,unlinkat \
        make -s -C "$BUILD" install prefix="$T/again" > "$T/log" 2>&1
    # whatever was made, opened for writing, renamed or removed
    outside=$(grep -E 'O_CREAT|O_TRUNC|O_WRONLY|O_RDWR|^[0-9]+ +(creat|mkdir|rename|link|symlink|unlink)' \
        "$T/trace" | grep -v ' = -1 ' | grep -oE '"[^"]*"' | tr -d '"' |
        grep '^/' | grep -vE "^($T/again|/dev/(null|tty)|/tmp/)" | sort -u)
    [ -z "$outside" ]
    ok $? "nothing is written outside of the prefix" "$outside"
else
    ok 0 "nothing is written outside of the prefix # SKIP no strace"
fi
[ "$("$T/prefix/bin/tiepnhan" --version | head -n 1)" = \
    "$("$BUILD/tiepnhan" --version | head -n 1)" ]
ok $? "what was installed runs"

# ---- the units
for unit in tiepnhand.service tiepnhan@.service; do
    file=$BUILD/$unit
    ! grep -qE '@[a-z]+@' "$file" &&
        grep -qE '^ExecStart=/[^ ]*/sbin/tiepnhand' "$file"
    ok $? "$unit starts a program by its whole path" "$(grep Exec "$file")"
    if ! command -v systemd-analyze > /dev/null; then
        ok 0 "$unit is understood # SKIP no systemd"
        ok 0 "its exposure is at most 1.1 # SKIP no systemd"
        continue
    fi
    found=$(systemd-analyze verify "$file" 2>&1 |
        grep -E "^$file:|bad unit" )
    [ -z "$found" ]
    ok $? "$unit is understood to the last line" "$found"
    level=$(systemd-analyze security --offline=true "$file" 2>&1 |
        sed -n 's/.*exposure level for .*: \([0-9.]*\) .*/\1/p')
    [ -n "$level" ] && awk -v l="$level" 'BEGIN { exit !(l <= 1.1) }'
    ok $? "its exposure is at most 1.1" "$level"
done

# ---- what the service manager needs
f=$BUILD/tiepnhand.service
missing=
for line in Type=notify NotifyAccess=main WatchdogSec= KillMode=mixed \
    LoadCredential=mailbox-password: LoadCredential=outgoing-password: \
    ExecReload= LimitCORE=0 NoNewPrivileges=yes; do
    grep -q "^$line" "$f" || missing="$missing $line"
done
[ -z "$missing" ]
ok $? "credentials, watchdog, reload and a clean stop are set" "$missing"
# What the loop waits with must not be filtered away.
if command -v systemd-analyze > /dev/null; then
    calls() { # calls GROUP: its system calls, those of its groups too
        systemd-analyze syscall-filter "$1" |
            while read -r call; do
                case $call in
                "$1" | \#*) ;;
                @*) calls "$call" ;;
                *) echo "$call" ;;
                esac
            done
    }
    groups() { # groups FILE [~]: what it allows, or refuses
        sed -n "s/^SystemCallFilter=${2:-}\([^~]\)/\1/p" "$1" | tr ' ' '\n'
    }
    for group in $(groups "$f" | grep @); do calls "$group"; done > "$T/may"
    groups "$f" | grep -v @ >> "$T/may"
    for group in $(groups "$f" '~'); do calls "$group"; done > "$T/not"
    missing=
    for call in timerfd_create timerfd_settime inotify_init1 \
        inotify_add_watch signalfd4 poll; do
        grep -qx "$call" "$T/may" && ! grep -qx "$call" "$T/not" ||
            missing="$missing $call"
    done
    [ -z "$missing" ]
    ok $? "the unit's filter lets the loop wait" "refused:$missing"
else
    ok 0 "the unit's filter lets the loop wait # SKIP no systemd"
fi
echo "1..$n"
exit $failed
