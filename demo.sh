#!/bin/sh
# The main job, on an office made up for the purpose: installs what is
# missing (root), builds, then plays 5 to 15 May 2026 with sample mails.
#
#   ./demo.sh               play it, show the results, tidy up
#   ./demo.sh --keep DIR    leave the office in DIR to play with
#   ./demo.sh --deps        only install
#
# Exit status 77: packages are missing and we are not root.
set -u
cd "$(dirname "$0")" || exit 70
. ./deps.sh

usage() {
    echo "usage: demo.sh [--keep DIR | --deps]" >&2
    exit 64
}
keep=
case ${1:-} in
'') ;;
--deps) ;;
--keep)
    [ -n "${2:-}" ] || usage
    keep=$2
    ;;
*) usage ;;
esac

# shellcheck disable=SC2086
install_missing $BUILD_PACKAGES git util-linux
[ "${1:-}" != --deps ] || exit 0

work=$(mktemp -d "${TMPDIR:-/tmp}/tiepnhan-demo.XXXXXX") || exit 70
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
if [ -n "$keep" ]; then
    mkdir -p "$keep" || exit 73
    office=$(cd "$keep" && pwd)
    [ -z "$(ls -A "$office")" ] || {
        echo "$office is not empty; name a new folder" >&2
        exit 73
    }
else
    office=$work/office
    mkdir "$office"
fi
as_user=
if [ "$(id -u)" -eq 0 ]; then
    as_user="setpriv --reuid=65534 --regid=65534 --clear-groups --"
    chown nobody: "$work" "$office"
fi
chmod 755 "$work"
export HOME="$work" LC_ALL=C.UTF-8 TZ=Asia/Ho_Chi_Minh
say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n== %s\n' "$*"; }

# ---- build, out of tree
say "Building (about a minute)"
copy_tree "$work/src"
mkdir "$work/build"
[ -z "$as_user" ] || chown -R nobody: "$work/src" "$work/build"
# shellcheck disable=SC2086
$as_user sh -c 'cd "$1/src" && autoreconf -fi > "$1/log" 2>&1 &&
    cd "$1/build" && ../src/configure -q --prefix="$2/program" \
    >> "$1/log" 2>&1 && make -s -j"$(nproc)" >> "$1/log" 2>&1 &&
    make -s install >> "$1/log" 2>&1' sh "$work" "$office" || {
    tail -n 30 "$work/log"
    echo "the build failed" >&2
    exit 70
}
samples=$work/src/tests/samples
PATH=$office/program/sbin:$office/program/bin:$PATH
conf=$office/etc/tiepnhan.conf
daemon() { # daemon ARGUMENTS…
    # shellcheck disable=SC2086
    $as_user "$office/program/sbin/tiepnhand" -c "$conf" "$@"
}
tiepnhan() { # tiepnhan VERB…
    # shellcheck disable=SC2086
    $as_user "$office/program/bin/tiepnhan" -c "$conf" "$@"
}
# as_office COMMAND…: files of the office belong to its user
as_office() {
    # shellcheck disable=SC2086
    $as_user "$@"
}

# ---- the office: configuration, 60 units, an empty maildir
as_office mkdir -p "$office/etc" "$office/state" "$office/maildir/new" \
    "$office/maildir/cur" "$office/maildir/tmp"
as_office cp "$work/src/docs/examples/units.csv" "$office/etc/"
as_office cp "$samples/letters/cong-van-dan-chu.docx" "$office/"
sed -e "s|^url = imaps:.*|url = maildir:$office/maildir|" \
    -e "s|^url = smtps:.*|url = maildir:$office/outgoing|" \
    -e "s|^state = .*|state = $office/state|" \
    "$work/src/docs/examples/tiepnhan.conf" |
    as_office tee "$conf" > /dev/null

say "The letter, as understood"
tiepnhan letter "$office/cong-van-dan-chu.docx" || exit
say "A campaign is made from it; the clerk fills in number and date"
tiepnhan campaign new "$office/cong-van-dan-chu.docx" --id dan-chu \
    --number 12-CV/ĐU --date 2026-05-05 --now 2026-05-05T08:00:00+07:00 \
    > "$work/campaign" || { cat "$work/campaign"; exit 70; }
tail -n 12 "$work/campaign"
daemon -t || exit
tiepnhan campaign open dan-chu --now 2026-05-05T08:10:00+07:00 || exit

# ---- the mails, each with the time at which the server received it
received() { # the date of the top Received field, in seconds
    awk 'BEGIN { got = 0 }
        /^[ \t]/ { if (got == 1) line = line $0; next }
        /^\r?$/ { exit }
        { if (got == 1) exit }
        tolower($0) ~ /^received:/ { got = 1; line = $0 }
        END { sub(/.*;/, "", line); gsub(/\r/, "", line); print line }' \
        "$1" | sed 's/(.*)//' | date -f - +%s
}
for mail in "$samples"/mail/*.eml; do
    printf '%s %s\n' "$(received "$mail")" "$mail"
done | sort -n > "$work/mails"

# deliver UNTIL: put the mails received before that second into new/
deliver() {
    while read -r when mail; do
        [ "$when" -le "$1" ] || continue
        name=$when.$(basename "$mail" .eml).demo
        [ ! -e "$office/maildir/new/$name" ] || continue
        as_office cp "$mail" "$office/maildir/tmp/$name"
        as_office touch -d "@$when" "$office/maildir/tmp/$name"
        as_office mv "$office/maildir/tmp/$name" "$office/maildir/new/"
    done < "$work/mails"
}

say "5 to 15 May 2026, five rounds a day"
for day in 05 06 07 08 09 10 11 12 13 14 15; do
    for hour in 08:00 08:30 14:00 16:30 21:00; do
        now=2026-05-${day}T$hour:00+07:00
        deliver "$(date -d "$now" +%s)"
        daemon --once --now "$now" 2>> "$work/daemon.log"
        status=$?
        case $status in
        0) printf '.' ;;
        *)
            printf '\n%s: tiepnhand --once ended with %s\n' "$now" $status
            tail -n 5 "$work/daemon.log"
            [ $status -eq 75 ] || exit $status
            ;;
        esac
        if [ "$day $hour" = "12 21:00" ]; then
            say "The evening before the last day"
            tiepnhan status dan-chu --now "$now"
        fi
    done
    printf ' %s/5\n' "$day"
done

end=2026-05-15T21:00:00+07:00
say "After the deadline"
tiepnhan status dan-chu --now "$end"
say "What the leader hears"
tiepnhan status dan-chu --line --now "$end"
say "What needs the clerk"
tiepnhan list --needs-clerk --now "$end"
say "The submission status log, its last lines"
tiepnhan log -n 8
say "Where things lie"
count=$(find "$office/outgoing/new" -type f 2> /dev/null | wc -l)
echo "status page     $office/state/status/dan-chu.html"
echo "status log      $office/state/status/status.log"
echo "mails that went out ($count)  $office/outgoing/new"
if [ -n "$keep" ]; then
    echo "play with it    $office/program/bin/tiepnhan -c $conf status"
else
    echo "(tidied up now; ./demo.sh --keep DIR leaves it all in DIR)"
fi
