#!/bin/bash
# `make bench`: every line of docs/performance.md against its floor or peer,
# in one run; prints the table as Markdown. Counts (instructions, syncs,
# memory) are steady; wall and CPU times are only worth something on a
# machine with nothing else to do: the load is printed with them.
# Smaller with MAILS=…; a tool that is missing leaves its line out.
# shellcheck disable=SC1091
set -u
if [ "$(id -u)" -eq 0 ]; then
    # as root the limits of the jail would prove nothing
    exec setpriv --reuid=65534 --regid=65534 --clear-groups -- \
        env HOME=/tmp bash "$0"
fi
port='' dovecot_pid='' # set by lib-net.sh
. "$SRC/tests/lib-office.sh"
bench=$SRC/tests/bench
mails=${MAILS:-1000}
make() { python3 "$bench/make_reports.py" "$@"; }

row() { # row LINE WHAT VALUE MUST VERDICT
    printf '| %s | %s | %s | %s | %s |\n' "$@"
}
calc() { # calc EXPRESSION [DECIMALS]
    awk -v d="${2:-2}" "BEGIN { printf \"%.\" d \"f\", $1 }"
}
meets() { # meets VALUE MOST
    awk "BEGIN { exit !($1 <= $2) }" && echo met || echo missed
}
ir() { # ir COMMAND…: instructions, in all
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}
per_document() { # per_document MODE FILE: Minstr, start-up taken off
    local a b
    a=$(ir "$BUILD/tests/bench/bench-docx" "$1" "$2" 1)
    b=$(ir "$BUILD/tests/bench/bench-docx" "$1" "$2" 5)
    calc "($b - $a) / 4e6"
}
value() { # value NAME KEY: of peak.py's output
    awk -v n="$1" -v k="$2" '$1 == n && $2 == k { print $3 }' "$T/peak"
}
peak() { python3 "$bench/peak.py" "$@" > "$T/peak"; }

cat << EOF
| line | measure | value | must | |
|---|---|---|---|---|
EOF

# ---- P1, P2, P3: documents
make report "$T/report.docx"
floor=$(per_document floor "$T/report.docx")
map=$(per_document map "$T/report.docx")
ratio=$(calc "$map / $floor")
row P1 "one report, zip to mapped headings: $map Minstr; inflate + SAX2 of the same parts: $floor" "$ratio×" "≤ 1.35×" "$(meets "$ratio" 1.35)"

if command -v docx2txt > /dev/null; then
    TIMEFORMAT=%R
    ours=$({ time for _ in 1 2 3 4 5 6 7 8 9 10; do
        "$BUILD/tests/bench/bench-docx" read "$T/report.docx" 1
    done > /dev/null; } 2>&1)
    theirs=$({ time for _ in 1 2 3 4 5 6 7 8 9 10; do
        docx2txt "$T/report.docx" -
    done > /dev/null; } 2>&1)
    ratio=$(calc "$ours / $theirs")
    row P2 "one document in one process, to its paragraphs, ten times: $ours s; docx2txt $theirs s (wall)" "$ratio×" "≤ 0.6×" "$(meets "$ratio" 0.6)"
fi

make report "$T/long.docx" 100000
rss=$("$BUILD/tests/bench/bench-docx" read "$T/long.docx" 1 |
    sed 's/.*: \([0-9]*\) KiB.*/\1/')
# a tenth of it is enough to count
make report "$T/tenth.docx" 10000
a=$(ir "$BUILD/tests/bench/bench-docx" read "$T/tenth.docx" 1)
b=$(ir "$BUILD/tests/bench/bench-docx" floor "$T/tenth.docx" 1)
ratio=$(calc "$a / $b")
row P3 "100,000 paragraphs: peak RSS" "$(calc "$rss / 1024" 1) MiB" "≤ 24 MiB" "$(meets "$rss" 24576)"
row P3 "10,000 paragraphs: instructions against SAX2" "$ratio×" "≤ 1.5×" "$(meets "$ratio" 1.5)"

# ---- P12: matching
match() { # match LINES: Minstr of one report; the matcher is there
    calc "$(ir --toggle-collect=matcher_cover \
        "$BUILD/tests/bench/bench-match" "$1" 2) / 2e6"
}
a=$(match 150)
b=$(match 600)
row P12 "matching 150 lines to 49 nodes" "$a Minstr" "≤ 3" "$(meets "$a" 3)"
ratio=$(calc "$b / $a")
row P12 "600 lines against 150" "$ratio×" "≤ 5×" "$(meets "$ratio" 5)"

# ---- P7: syncs
syncs() { # syncs OFFICE NOW: of one round: "RECEIVED ALL"
    strace -f -qq -o "$T/strace" \
        -e trace=execve,clone,clone3,fork,vfork,fsync,fdatasync,sync_file_range,syncfs \
        "$BUILD/tiepnhand" -c "$T/$1/etc/tiepnhan.conf" \
        --once --now "$2" 2>> "$T/$1/log"
    # by program, its threads with it; of the daemon, what is left before
    # the first parse is the registering of the mail
    awk '/execve\(/ { split($0, q, "\""); sub(/.*\//, "", q[2])
            told[$1] = q[2] }
        /execve(\(| resumed)/ && / = 0$/ { name[$1] = told[$1] }
        /(clone3?|v?fork)(\(| resumed)/ && / = [0-9]+$/ { parent[$NF] = $1 }
        /(fsync|fdatasync|syncfs|sync_file_range)\(/ { all++; n[$1]++ }
        END { for (p in n) {
                for (who = p; !(who in name) && who in parent; )
                    who = parent[who]
                if (name[who] == "tiepnhan-fetch") fetched += n[p]
            }
            print fetched + 0, all + 0 }' "$T/strace"
}
now=2026-05-12T17:00:00+07:00
new_office syncs
# rounds without mail first: what a round costs by itself is taken off
syncs syncs $now > /dev/null
read -r idle_fetch idle < <(syncs syncs $now)
make mails "$T/one" 1 "$T/syncs/etc/units.csv"
cp -p "$T"/one/new/* "$T/syncs/mail/new/"
read -r one_fetch one < <(syncs syncs $now)
make mails "$T/many" 201 "$T/syncs/etc/units.csv"
cp -p "$T"/many/new/* "$T/syncs/mail/new/"
rm -f "$T/syncs/mail/new/"*.m1.bench
read -r many_fetch many < <(syncs syncs $now)
a=$(calc "($many_fetch - $idle_fetch) / 200")
row P7 "syncs a message to receive it, backlog of 200 (and two for each group to register it)" "$a" "≤ 1.1" "$(meets "$a" 1.1)"
a=$((one_fetch - idle_fetch + 2))
row P7 "syncs of a single one, received and registered" "$a" "≤ 4" "$(meets "$a" 4)"
a=$(calc "($many - $idle) / 200")
row P7 "besides: syncs a message of the whole intake, with reading, filing, receipts and their sending, backlog of 200" "$a" "≤ 2.5" "$(meets "$a" 2.5)"
row P7 "the same of a single one" "$((one - idle))" "" ""

# ---- P4: instructions of the whole intake, all its processes, against the
# floor's; of both two runs, so that starting and ending are taken off
both() { # both MAILS: "WHOLE FLOOR PROCESSES"
    local o=$T/both$1
    new_office "both$1"
    make mails "$o/mail" "$1" "$o/etc/units.csv"
    mkdir "$o/floor"
    LD_PRELOAD=$BUILD/tests/bench/unjail.so valgrind --tool=callgrind \
        --trace-children=yes --callgrind-out-file=/dev/null \
        --log-file="$o/ir.%p" "$BUILD/tiepnhand" \
        -c "$o/etc/tiepnhan.conf" --once --now $now 2>> "$o/log" || return
    [ "$(find "$o/outgoing/new" -type f | wc -l)" = "$1" ] || return
    # one that has not told its count would make the sum too small
    [ -z "$(grep -L 'Collected :' "$o"/ir.*)" ] || return
    echo "$(sed -n 's/.*Collected : //p' "$o"/ir.* |
        awk '{ s += $1 } END { print s }')" \
        "$(ir "$BUILD/tests/bench/bench-floor" "$o/mail/new" "$o/floor")" \
        "$(find "$o" -name 'ir.*' | wc -l)"
}
read -r a floor_a _ < <(both 10)
read -r b floor_b processes < <(both 60)
if [ -n "${a:-}" ] && [ -n "${b:-}" ]; then
    a=$(calc "($b - $a) / 50e6")
    floor=$(calc "($floor_b - $floor_a) / 50e6")
    ratio=$(calc "$a / $floor")
    row P4 "whole intake, all $processes processes, user instructions a message: $a Minstr; floor $floor" "$ratio×" "≤ 1.5×" "$(meets "$ratio" 1.5)"
fi

# ---- P5: the whole intake against one thread without a jail, alternately
# and with nobody watching, since there are only two cores
make mails "$T/backlog" "$mails" "$T/syncs/etc/units.csv"
timed() { # timed COMMAND…: "WALL USER SYSTEM"
    local TIMEFORMAT='%R %U %S'
    { time "$@" > /dev/null 2>&1; } 2>&1
}
for k in 1 2 3; do
    new_office "pair$k"
    cp -al "$T/backlog/new" "$T/pair$k/mail/"
    mkdir "$T/floor$k"
    read -r floor_wall floor_cpu _ < <(timed \
        "$BUILD/tests/bench/bench-floor" "$T/backlog/new" "$T/floor$k")
    read -r wall cpu system < <(timed "$BUILD/tiepnhand" \
        -c "$T/pair$k/etc/tiepnhan.conf" --once --now $now)
    echo "$(calc "$wall / $floor_wall") $wall $floor_wall $cpu $floor_cpu $system"
    rm -rf "$T/floor$k" "$T/pair$k"
done | sort -n > "$T/pairs"
read -r ratio wall floor_wall cpu floor_cpu system < <(sed -n 2p "$T/pairs")
row P4 "besides: intake of $mails, user CPU, with page faults and what else is no instruction: $cpu s; floor $floor_cpu s" "$(calc "$cpu / $floor_cpu")×" "" ""
row P5 "intake of $mails, jail on, two workers, wall, the middle of three pairs: $wall s (user $cpu, system $system); floor on one thread $floor_wall s" "$ratio×" "≤ 1.1×" "$(meets "$ratio" 1.1)"

# ---- P10: memory of the same
new_office intake
mv "$T/backlog/new" "$T/intake/mail/"
peak "$BUILD/tiepnhand" -c "$T/intake/etc/tiepnhan.conf" --once --now $now
for p in tiepnhand tiepnhan-parse tiepnhan-fetch; do
    rss=$(value rss $p)
    [ -n "$rss" ] || continue
    row P10 "peak RSS of $p, intake of $mails" "$(calc "$rss / 1024" 1) MiB" "≤ 32 MiB" "$(meets "$rss" 32768)"
done

# ---- P10: one mail with an attachment of 50 MiB, against those of before
cp "$T/peak" "$T/peak.before"
new_office big small
make big "$T/big/mail" 50
peak "$BUILD/tiepnhand" -c "$T/big/etc/tiepnhan.conf" --once --now $now
more() { # more KEY PROGRAM: KiB with the attachment less KiB without
    awk -v n="$1" -v k="$2" '$1 == n && $2 == k { d = $3 - d } END { print d }' \
        "$T/peak.before" "$T/peak"
}
for p in tiepnhand tiepnhan-parse tiepnhan-fetch; do
    rss=$(more rss $p)
    row P10 "extra peak RSS of $p for an attachment of 50 MiB (of it no file's page: $(calc "$(more anon $p) / 1024" 1) MiB)" "$(calc "$rss / 1024" 1) MiB" "≤ 8 MiB" "$(meets "$rss" 8192)"
done

# ---- P13: doing nothing
rm -rf "$T/intake/mail/new" && mkdir "$T/intake/mail/new"
sed -i 's/^poll = .*/poll = 60s/' "$T/intake/etc/tiepnhan.conf"
"$BUILD/tiepnhand" -d -c "$T/intake/etc/tiepnhan.conf" 2>> "$T/intake/log" &
pid=$!
sleep 15
count() { sed -n 's/^voluntary_ctxt_switches:\t//p' /proc/$pid/status; }
ticks() { sed 's/.*) //' /proc/$pid/stat | awk '{ print $12 + $13 }'; }
a=$(count)
b=$(ticks)
sleep 40
a=$(($(count) - a))
b=$(($(ticks) - b))
kill $pid
wait $pid
row P13 "wake-ups of the daemon in 40 s between polls" "$a" "0" "$(meets "$a" 0)"
row P13 "CPU of the daemon in those 40 s, reckoned to a day" "$(calc "$b / 100 * 2160" 1) s" "≤ 10 s" "$(meets "$(calc "$b / 100 * 2160")" 10)"

# ---- P11: many
new_office large
make units "$T/large/etc/units.csv" 10000
# the recipients of the letter: all of that kind
sed -i 's/^recipients\.\([0-9]*\) = .*/recipients.\1 =/; s/^recipients.1 =$/recipients.1 = kind:tdp/' \
    "$T/large/state/campaigns/dan-chu/campaign.conf"
round large $now
# The roster takes most of such a command, and no two runs of that are
# equally long: so the verb's share is told by instructions.
page() { "$@" "$BUILD/tiepnhan" -c "$T/large/etc/tiepnhan.conf" status dan-chu \
    --html "$T/page.html" --now $now; }
page peak
all=$(calc "($(value cpu user) + $(value cpu system)) * 1000" 0)
a=$(page ir --toggle-collect=cli_status)
b=$(page ir)
share=$(calc "$all * $a / $b" 0)
row P11 "the page of 10,000 units: $(calc "$a / 1e6" 0) of the $(calc "$b / 1e6" 0) Minstr of the command, which takes $all ms; the rest is reading the roster" "$share ms" "≤ 100 ms" "$(meets "$share" 100)"

# ---- P6, P8, P9: receiving by IMAP
if command -v dovecot > /dev/null && command -v mbsync > /dev/null; then
    keep=$T
    . "$SRC/tests/lib-net.sh"
    N=$T
    make_ca
    cert good localhost 10
    dovecot_start box good
    make mails "$N/box/mail" "$mails" "$keep/syncs/etc/units.csv"
    receive() { # receive SPOOL PORT
        mkdir -p "$N/$1/tmp" "$N/$1/incoming"
        "$BUILD/tests/tool-fetch" "imaps://localhost:$2" reader secret \
            "$N/ca.pem" "$N/$1" INBOX > "$N/$1.out" 2>&1
        grep -c ^message "$N/$1.out"
    }
    receive warm "$port" > /dev/null
    TIMEFORMAT=%R
    ours=$({ time receive ours "$port" > "$N/count"; } 2>&1)
    mkdir -p "$N/theirs"
    cat > "$N/mbsyncrc" << EOF
FSync yes
IMAPStore far
Host localhost
Port $port
User reader
Pass secret
SSLType IMAPS
CertificateFile $N/ca.pem

MaildirStore near
Path $N/theirs/
Inbox $N/theirs/INBOX

Channel c
Far :far:
Near :near:
Patterns INBOX
Sync Pull New
Create Near
SyncState $N/theirs/
EOF
    theirs=$({ time mbsync -q -c "$N/mbsyncrc" c > "$N/mbsync.out" 2>&1; } 2>&1)
    got=$(find "$N/theirs/INBOX/new" "$N/theirs/INBOX/cur" -type f 2> /dev/null | wc -l)
    ratio=$(calc "$ours / $theirs")
    row P6 "$(cat "$N/count") mails durably spooled: $ours s; mbsync with FSync: $got in $theirs s (wall)" "$ratio×" "≤ 1.0×" "$(meets "$ratio" 1.0)"
    relay=$(free_port)
    python3 "$bench/delay.py" "$relay" "$port" 10 &
    relay_pid=$!
    sleep 1
    far=$({ time receive far "$relay" > "$N/count"; } 2>&1)
    kill $relay_pid
    row P9 "$(cat "$N/count") mails at 20 ms round trip, receive only (wall)" "$far s" "≤ 1.0 s" "$(meets "$far" 1.0)"
    kill "$dovecot_pid"
    poll() { # poll MAILS: Minstr of a poll with nothing new
        local server=$! p
        p=$(free_port)
        python3 "$SRC/tests/imap-fake.py" "$p" none "$1" > /dev/null 2>&1 &
        server=$!
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            sleep 1
            (: < "/dev/tcp/127.0.0.1/$p") 2> /dev/null && break
        done
        mkdir -p "$N/poll/tmp" "$N/poll/incoming"
        valgrind --tool=callgrind --trace-children=yes \
            --callgrind-out-file=/dev/null "$BUILD/tests/tool-fetch" \
            "imap://127.0.0.1:$p" reader secret "" "$N/poll" \
            "INBOX:7:$(($1 + 1))" 2>&1 |
            sed -n 's/.*Collected : \([0-9]*\).*/\1/p' |
            awk '{ s += $1 } END { printf "%.2f", s / 1e6 }'
        kill $server
    }
    a=$(poll 1000)
    b=$(poll 100000)
    ratio=$(calc "$b / ($a + 0.0001)")
    row P8 "a poll with nothing new at 100,000 mails: $b Minstr, at 1,000: $a" "$ratio×" "≤ 1.2×" "$(meets "$ratio" 1.2)"
    rm -rf "$N"
    T=$keep
fi

cat << EOF

Machine: $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), $(nproc) cores, Linux $(uname -r), load $(cut -d' ' -f1 /proc/loadavg) at the end.
Versions: $("$BUILD/tiepnhand" --version 2>&1 | head -1), libxml2 $(pkg-config --modversion libxml-2.0), libzip $(pkg-config --modversion libzip), SQLite $(pkg-config --modversion sqlite3), $(gcc --version | head -1), $(valgrind --version).
Date: $(date -u +%Y-%m-%d).
EOF
