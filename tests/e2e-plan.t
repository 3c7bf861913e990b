#!/bin/bash
# The plan of reminders where the calendar, the clerk or the clock is
# difficult. Every round is run twice.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"

echo "1..16"

# ---- over Tết: off from 14 to 22 February 2026
new_office tet small
edit tet date 2026-02-02
edit tet from 2026-02-02
edit tet close 2026-03-31
edit tet day 2026-02-25
walk tet 2026 02-11T16:30 02-12T08:00 02-13T08:00 02-13T16:30 02-14T08:00 \
    02-16T16:30 02-20T08:00 02-22T08:00 02-23T08:00 02-24T14:00 \
    02-25T08:30 02-25T16:30 02-26T08:30 02-27T08:30 02-27T16:30 \
    03-01T08:30 03-02T08:30 03-03T08:30 03-04T08:30
cat > "$T/want" << 'EOF2'
first 12/02 08:00
last 23/02 08:00
call-list 24/02 14:00
overdue-1 26/02 08:30
overdue-2 02/03 08:30
escalation 03/03 08:30
EOF2
steps tet > "$T/have"
same "Tết lies between the first reminder and the last" "$T/want" "$T/have"
previewed() { # previewed NAME DAY: the days that a summary showed
    python3 - "$T/$1/outgoing/new" << 'PY'
import email, email.policy, os, re, sys
for name in sorted(os.listdir(sys.argv[1])):
    with open(os.path.join(sys.argv[1], name), "rb") as f:
        m = email.message_from_binary_file(f, policy=email.policy.default)
    if not m["subject"].startswith("[Tổng hợp"):
        continue
    text = m.get_body().get_content()
    shown = re.search(r"tiếp theo, (\S+) \(.*\):\r?\n- (.*)", text)
    if shown and "không có" not in shown[2]:
        print(m["date"].datetime.strftime("%d/%m"), shown[1])
PY
}
previewed tet > "$T/have"
cat > "$T/want" << 'EOF2'
11/02 12/02/2026
13/02 23/02/2026
25/02 26/02/2026
27/02 02/3/2026
EOF2
same "each step is shown on the working day before" "$T/want" "$T/have"

# ---- a Saturday that is worked: 10 January 2026, for Friday the 2nd
new_office saturday small
edit saturday date 2025-12-29
edit saturday from 2025-12-29
edit saturday close 2026-02-28
edit saturday day 2026-01-13
walk saturday 2026 01-02T08:00 01-07T16:30 01-08T08:00 01-09T08:00 \
    01-10T08:00 01-11T08:00 01-12T14:00 01-14T08:30 01-15T08:30 \
    01-16T08:30 01-17T08:30 01-19T08:30
cat > "$T/want" << 'EOF2'
first 08/01 08:00
last 10/01 08:00
call-list 12/01 14:00
overdue-1 14/01 08:30
overdue-2 16/01 08:30
escalation 19/01 08:30
EOF2
steps saturday > "$T/have"
same "an exchanged Saturday is a working day" "$T/want" "$T/have"

# ---- the deadline moved forward, and back again
new_office moved small
walk moved 2026 05-08T08:00
edit moved day 2026-05-21
walk moved 2026 05-11T10:00 05-12T08:00 05-13T14:00 05-15T08:00 05-15T08:30
edit moved day 2026-05-14
walk moved 2026 05-18T10:00 05-19T08:00 05-19T08:30 05-20T08:30 05-21T08:30
cat > "$T/want" << 'EOF2'
first 08/05 08:00
first 15/05 08:00
overdue-2 19/05 08:30
escalation 20/05 08:30
EOF2
steps moved > "$T/have"
same "a changed due makes new steps lawful, each once" "$T/want" "$T/have"

# ---- one unit has longer; its own plan, its own lists
new_office longer small
command_at longer 2026-05-06T09:00:00+07:00 extend TDP05 2026-05-29
walk longer 2026 05-08T08:00 05-13T14:00 05-20T08:30 05-26T08:00 05-28T08:00 05-29T14:00 \
    06-01T08:30 06-03T08:30 06-04T08:30 06-05T08:30
ledger longer 2026-06-05T09:00:00+07:00 | python3 -c '
import datetime, json, sys
tz = datetime.timezone(datetime.timedelta(hours=7))
for o in json.load(sys.stdin)["outgoing"]:
    day = datetime.datetime.fromtimestamp(o["created"], tz)
    if "TDP05" in o["units"] or day.month == 6 or (
            o["kind"] in ("call-list", "escalation")):
        print(o["step"], day.strftime("%d/%m"), *o["units"])' > "$T/have"
cat > "$T/want" << 'EOF2'
call-list 13/05
escalation 20/05
first 26/05 TDP05
last 28/05 TDP05
call-list 29/05
overdue-1 01/06 TDP05
overdue-2 03/06 TDP05
escalation 04/06
EOF2
same "an extension has its own steps and nobody else's" "$T/want" "$T/have"
python3 - "$T/longer/outgoing/new" > "$T/have" << 'PY'
import email, email.policy, os, re, sys
for name in sorted(os.listdir(sys.argv[1])):
    with open(os.path.join(sys.argv[1], name), "rb") as f:
        m = email.message_from_binary_file(f, policy=email.policy.default)
    found = re.match(r"\[(Cần gọi điện|Hết các bước nhắc)\] (\d+)",
                     m["subject"])
    if found:
        print(found[1], found[2], "số 5:" in m.get_body().get_content())
PY
cat > "$T/want" << 'EOF2'
Cần gọi điện 16 False
Hết các bước nhắc 16 False
Cần gọi điện 1 True
Hết các bước nhắc 1 True
EOF2
same "the clerk calls it on its own last day" "$T/want" "$T/have"

# ---- the clock a day ahead, and a day behind
new_office clock small
walk clock 2026 05-08T08:00 05-09T08:05 05-08T09:00 05-11T08:00 05-12T08:00 \
    05-11T09:00 05-12T08:10 05-13T14:00 05-12T14:05 05-13T14:10 05-14T08:30 \
    05-13T08:30 05-15T08:30 05-16T08:30 05-15T09:00 05-19T08:30 05-18T08:30 \
    05-19T08:40 05-20T08:30
cat > "$T/want" << 'EOF2'
first 08/05 08:00
last 12/05 08:00
call-list 13/05 14:00
overdue-1 15/05 08:30
overdue-2 19/05 08:30
escalation 20/05 08:30
EOF2
steps clock > "$T/have"
same "a clock that jumps a day repeats nothing and loses nothing" \
    "$T/want" "$T/have"

# ---- the machine off for a day
new_office off small
walk off 2026 05-07T16:30 05-11T08:00 05-12T15:00 05-13T16:50 05-15T08:30
cat > "$T/want" << 'EOF2'
last 12/05 15:00
call-list 13/05 16:50
overdue-1 15/05 08:30
EOF2
steps off > "$T/have"
same "what was missed goes that day or not at all" "$T/want" "$T/have"
grep -c 'NHẮC.*lần đầu.*không gửi trong ngày: hệ thống không chạy' \
    "$T/off/state/status/status.log" > "$T/why"
[ "$(cat "$T/why")" -eq 1 ]
ok $? "and status.log says so in one line" "$T/off/state/status/status.log"

# ---- the clerk holds a step, a unit, all
new_office held small
command_at held 2026-05-07T17:00:00+07:00 hold first
command_at held 2026-05-07T17:00:00+07:00 hold TDP05
walk held 2026 05-08T08:00 05-11T08:00 05-12T08:00
command_at held 2026-05-14T17:00:00+07:00 pause
walk held 2026 05-15T08:30
command_at held 2026-05-15T14:00:00+07:00 resume
walk held 2026 05-15T14:10 05-18T08:30
ledger held 2026-05-18T09:00:00+07:00 > "$T/ledger"
cat > "$T/want" << 'EOF2'
last 12/05 08:00
overdue-1 15/05 14:10
EOF2
steps held > "$T/have"
same "a step held, then a pause that ends the same day" "$T/want" "$T/have"
python3 - "$T/ledger" > "$T/why" 2>&1 << 'PY'
import json, sys
d = json.load(open(sys.argv[1]))
assert not [o for o in d["outgoing"] if "TDP05" in o["units"]]
assert {s["outcome"] for s in d["steps"] if s["step"] == "first" and
        s["unit"] == "TDP01"} == {"lapsed"}
PY
ok $? "the held unit has no mail; the held step is over" "$T/why"

# ---- two letters side by side, their steps on the same days
new_office two small
"$BUILD/tests/tool-campaign" "$T/two/etc/units.csv" \
    "$samples/letters/cong-van-cai-cach-hanh-chinh.docx" \
    "$T/two/state/campaigns/cchc" 5-CV/UBND 2026-05-04
walk two 2026 05-08T08:00
sed -i 's/^day = .*/day = 2026-05-13/' \
    "$T/two/state/campaigns/cchc/campaign.conf"
walk two 2026 05-12T08:00 05-13T14:00 05-14T08:30 05-15T08:30 05-18T08:30 \
    05-19T08:30 05-20T08:30
ledger two 2026-05-20T09:00:00+07:00 > "$T/ledger"
python3 - "$T/ledger" > "$T/why" 2>&1 << 'PY'
import collections, datetime, json, sys
tz = datetime.timezone(datetime.timedelta(hours=7))
d = json.load(open(sys.argv[1]))
asked = [o for o in d["outgoing"] if o["kind"] == "reminder"]
c = collections.Counter()
for o in asked:
    day = datetime.datetime.fromtimestamp(o["created"], tz).day
    for u in o["units"]:
        c[u, day] += 1
    c[o["to"], day] += 1
assert max(c.values()) == 1, [k for k in c if c[k] > 1]
# for both: school and clinic owe twice, and are told of one a day
by = collections.defaultdict(set)
for o in asked:
    for u in o["units"]:
        by[u].add(o["campaign"])
assert by["MN-HS"] == {"cchc", "dan-chu"}, by["MN-HS"]
assert by["TDP01"] == {"dan-chu"}, by["TDP01"]
PY
ok $? "of two letters a unit has one mail a day" "$T/why"
grep -q 'không gửi trong ngày: đơn vị đã nhận một thư trong ngày' \
    "$T/two/state/status/status.log"
ok $? "what gives way is told" "$T/two/state/status/status.log"

# ---- a year without a calendar
new_office year small
mkdir "$T/year/etc/holidays"
cp "$SRC/docs/examples/holidays/holidays-2026.txt" "$T/year/etc/holidays/"
sed -i 's|^# holidays = .*|holidays = holidays|' "$T/year/etc/tiepnhan.conf"
edit year close 2026-12-31
summary_says() {
    python3 - "$T/year/outgoing/new" << 'PY'
import email, email.policy, os, sys
for name in sorted(os.listdir(sys.argv[1])):
    with open(os.path.join(sys.argv[1], name), "rb") as f:
        m = email.message_from_binary_file(f, policy=email.policy.default)
    if m["subject"].startswith("[Tổng hợp"):
        print(m["date"].datetime.strftime("%d/%m"),
              "thiếu lịch nghỉ năm 2027" in m.get_body().get_content())
PY
}
walk year 2026 10-29T16:30 10-30T16:30 11-02T16:30
summary_says > "$T/have"
printf '29/10 False\n02/11 True\n' > "$T/want"
same "from November on the clerk is told that the next year is missing" \
    "$T/want" "$T/have"

# ---- reports that lie in a mailbox out of reach stop the step
new_office stale small
walk stale 2026 05-07T16:30
deliver stale 2026-05-08T07:59:00+07:00
mv "$T/stale/mail" "$T/stale/away"
round stale 2026-05-08T08:00:00+07:00
[ $? -eq 69 ]
ok $? "a round without the mailbox says so" "$T/stale/log"
round stale 2026-05-08T12:00:00+07:00
round stale 2026-05-08T16:59:00+07:00
mv "$T/stale/away" "$T/stale/mail"
round stale 2026-05-11T07:45:00+07:00
ledger stale 2026-05-11T07:45:00+07:00 > "$T/ledger"
python3 - "$T/ledger" > "$T/why" 2>&1 << 'PY'
import collections, json, sys
d = json.load(open(sys.argv[1]))
kinds = collections.Counter(o["kind"] for o in d["outgoing"])
assert kinds["reminder"] == 0, kinds
assert kinds["fetch-trouble"] == kinds["fetch-recovered"] == 1, kinds
assert {s["outcome"] for s in d["steps"] if s["step"] == "first" and
        s["unit"] == "TDP01"} == {"lapsed"}
PY
ok $? "the step lapses with its day; the clerk is told once, and the end" \
    "$T/why"
