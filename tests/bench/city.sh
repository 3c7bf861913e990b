#!/bin/bash
# A city's day through one machine: OFFICES offices (114) of 60 units, each
# with a mailbox of its own; REPORTS reports (60) to each, four fifths of
# them in the last three hours. Every office runs a round each half hour,
# as if it polled then, all offices one after the other, as fast as the
# machine can. `make city`; prints what it took.
# shellcheck disable=SC1091
set -u
if [ "$(id -u)" -eq 0 ]; then
    exec setpriv --reuid=65534 --regid=65534 --clear-groups -- \
        env HOME=/tmp bash "$0"
fi
. "$SRC/tests/lib-office.sh"
offices=${OFFICES:-114}
reports=${REPORTS:-60}

new_office first
python3 "$SRC/tests/bench/make_reports.py" mails "$T/day" "$reports" \
    "$T/first/etc/units.csv" 0.8
for o in $(seq 1 "$offices"); do
    new_office "o$o"
done

times > "$T/before"
began=$(date +%s%N)
busiest=0
# 09:00 to 18:00 local time, when the mails of make_reports.py come
for half in $(seq 1 18); do
    until=$((1778551200 + half * 1800))
    at=$(date -u -d "@$((until + 25200))" +%Y-%m-%dT%H:%M:%S+07:00)
    step=$(date +%s%N)
    find "$T/day/new" -type f ! -newermt "@$until" > "$T/due"
    for o in $(seq 1 "$offices"); do
        while read -r mail; do
            ln "$mail" "$T/o$o/mail/new/" 2> /dev/null
        done < "$T/due"
        round "o$o" "$at" || echo "office $o: round at $at: $?" >&2
    done
    xargs -r rm -f < "$T/due"
    took=$(($(date +%s%N) - step))
    [ $took -le $busiest ] || busiest=$took
done
wall=$(($(date +%s%N) - began))

counted=0
for o in $(seq 1 "$offices"); do
    n=$("$BUILD/tiepnhan" -c "$T/o$o/etc/tiepnhan.conf" status --json \
        --now "$at" | sed -n 's/.*"submitted": *\([0-9]*\).*/\1/p' | head -1)
    counted=$((counted + ${n:-0}))
done
times > "$T/times"
echo "offices: $offices, reports sent: $((offices * reports)), submitted: $counted"
echo "wall: $((wall / 1000000)) ms; busiest half hour: $((busiest / 1000000)) ms"
echo "CPU, user and system: making the day $(tail -1 "$T/before")," \
    "then in all $(tail -1 "$T/times")"
echo "disk: $(du -sm "$T" | cut -f1) MB"
echo "load at the end: $(cut -d' ' -f1-3 /proc/loadavg)"
