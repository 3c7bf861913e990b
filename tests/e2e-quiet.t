#!/bin/bash
# The service while nothing happens: it sleeps until the next poll, and yet
# notices at once what people edit.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"

echo "1..7"
new_office a small
# nothing is polled while this runs but once, at the start
sed -i 's|^poll = .*|poll = 1h|' "$T/a/etc/tiepnhan.conf"
folder=$T/a/state/campaigns/dan-chu
"$BUILD/tiepnhand" -d -c "$T/a/etc/tiepnhan.conf" 2> "$T/log" &
daemon=$!
trap 'kill $daemon 2> /dev/null; rm -rf "$T"' EXIT
switches() { # switches PID: how often it has slept
    sed -n 's/^voluntary_ctxt_switches:\t//p' "/proc/$1/status"
}
settled() { # settled PID: it has slept for two seconds without waking
    local before
    before=$(switches "$1")
    sleep 2
    [ "$(switches "$1")" = "$before" ]
}
edits() { # edits COUNT: so many changes of campaigns are told
    [ "$(grep -c 'ĐỢT.*sửa' "$T/a/state/status/status.log")" -eq "$1" ]
}
pages_name() { grep -q "$1" "$T/a/state/status/index.html"; }
waits 20 test -s "$T/a/state/status/index.html"

sed -i 's|^short_name = .*|short_name = lần một|' "$folder/campaign.conf"
waits 10 edits 1
ok $? "a file that an editor writes aside and renames is noticed" "$T/log"

sed 's|^short_name = .*|short_name = lần hai|' "$folder/campaign.conf" \
    > "$T/new.conf"
cat "$T/new.conf" > "$folder/campaign.conf"
waits 10 edits 2
ok $? "so is one that is written over" "$T/log"

cp -r "$folder" "$T/copy"
sed -i 's|^short_name = .*|short_name = đợt hai|' "$T/copy/campaign.conf"
mkdir "$T/a/state/campaigns/dot-hai"
cp "$T/copy/outline.txt" "$T/a/state/campaigns/dot-hai"
sleep 3
cp "$T/copy/campaign.conf" "$T/a/state/campaigns/dot-hai"
waits 10 pages_name "đợt hai"
ok $? "a folder that comes later is watched as well" "$T/log"

sed -i 's|^short_name = .*|short_name = lần ba|' \
    "$T/a/state/campaigns/dot-hai/campaign.conf"
waits 10 edits 3
ok $? "and so is what is edited in it" "$T/log"

waits 10 pages_name "lần ba" || echo "# the page never named it"
mv "$T/a/state/campaigns/dot-hai" "$T/gone"
absent() { ! pages_name "lần ba"; }
waits 10 absent
ok $? "a folder that is taken away is gone from the pages" "$T/log"

# ---- and nothing else wakes it
waits 60 settled $daemon
a=$(switches $daemon)
sleep 35
b=$(switches $daemon)
echo "# woken $((b - a)) times in 35 s without work"
[ "$a" -eq "$b" ]
ok $? "it is not woken while there is nothing to do" "$T/log"

kill -TERM $daemon
wait $daemon
ok $? "and leaves when it is asked to" "$T/log"
daemon=
