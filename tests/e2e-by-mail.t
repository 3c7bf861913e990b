#!/bin/bash
# A whole campaign by mail alone: the clerk sends the letter, opens, decides,
# asks and closes with nothing but a mail program; and whoever only writes
# in the clerk's name changes nothing.
# shellcheck disable=SC1091,SC2034
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"
. "$SRC/tests/lib-clerk.sh"
NONE=/dev/null
conf=$T/a/etc/tiepnhan.conf
tn() { "$BUILD/tiepnhan" -c "$conf" "$@"; }

# What counts: the decisions in force, and where every unit stands.
stand() { # stand NOW
    python3 - "$T/a/state/tiepnhan.db" << 'EOF'
import sqlite3, sys
db = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
for row in db.execute(
        "SELECT verb, unit, mail FROM event WHERE verb NOT IN ('file',"
        " 'order', 'undo', 'campaign-changed') AND seq NOT IN (SELECT undoes FROM event WHERE"
        " undoes > 0 AND seq NOT IN (SELECT undoes FROM event))"
        " ORDER BY seq"):
    print(*row)
EOF
    tn status --json --now "$1" | python3 -c '
import json, sys
s = json.load(sys.stdin)
for u in s["units"]:
    print(u["code"], u["submitted"], u["excused"], u["time"], u["content"],
          u["due"], u["channel"], u["missing"])'
}
adds_up() { # adds_up NOW: counts agree, the chain is sound
    tn status --json --now "$1" | python3 -c '
import json, sys
c = json.load(sys.stdin)["counts"]
assert c["units"] == c["submitted"] + c["not_submitted"] + c["excused"], c
assert c["submitted"] == c["on_time"] + c["late"], c
assert c["submitted"] == (c["complete"] + c["incomplete"] +
                          c["unreadable"] + c["in_review"]), c' &&
        tn verify
}
# last_mail SUBJECT [TEXT]: did such a mail to the clerk go out last round?
last_mail() {
    mailed a | python3 -c '
import json, re, sys
mails = [json.loads(line) for line in sys.stdin]
now = mails[-1]["date"]
for m in mails:
    if m["date"] == now and re.search(sys.argv[1], m["subject"]) and (
            re.search(sys.argv[2], m["text"])):
        sys.exit(0)
sys.exit("\n".join([now] + [m["subject"] for m in mails[-9:]]))' \
        "$1" "${2:-}"
}
why_of() { # why_of SUBJECT: reason of the newest mail of that subject
    tn list --json | python3 -c '
import json, sys
hits = [m for m in json.load(sys.stdin) if sys.argv[1] in m["subject"]]
hits.sort(key=lambda m: m["received"])
print(hits[-1]["reason"], hits[-1]["needs_clerk"], hits[-1]["kind"])' "$1"
}

echo "1..40"
new_office a
rm -rf "$T/a/state/campaigns/dan-chu"

# ---- the letter
enclose a 2026-05-05T08:00+07:00 "Công văn mới" \
    "$samples/letters/cong-van-dan-chu.docx" < $NONE
round a 2026-05-05T08:05:00+07:00
last_mail '^\[Đã đọc công văn\]' 'trước ngày 14/5/2026' > "$T/why"
ok $? "the letter is answered with what was understood" "$T/why"
[ -z "$(ls "$T/a/state/campaigns")" ]
ok $? "and nothing comes of it by itself"
click a 2026-05-05T08:10+07:00 '^\[Đã đọc' '^Mở đợt'
round a 2026-05-05T08:15:00+07:00
last_mail '^\[Chưa thực hiện\]' 'chưa có số công văn' > "$T/why"
ok $? "without number and date it is not opened, and the clerk told" "$T/why"
[ -z "$(ls "$T/a/state/campaigns")" ]
ok $? "and nothing is left behind"
subject=$(link a '^\[Chưa thực hiện' '^Mở đợt')
sed -i -e 's|^Số công văn:.*|Số công văn: 12-CV/ĐU|' \
    -e 's|^Ngày công văn:.*|Ngày công văn: 05/5/2026|' "$T/body"
clerk a 2026-05-05T08:20+07:00 "$subject" < "$T/body"
round a 2026-05-05T08:25:00+07:00
last_mail '^\[Đã thực hiện\] mở đợt' > "$T/why"
ok $? "with them it is opened, and confirmed" "$T/why"
grep -q '^number = 12-CV/ĐU' "$T"/a/state/campaigns/*/campaign.conf &&
    tn campaign list --now 2026-05-05T08:25:00+07:00 | grep -q 'đang mở'
ok $? "number and date are those that the clerk wrote"
clerk a 2026-05-05T08:30+07:00 "$subject" < "$T/body"
round a 2026-05-05T08:35:00+07:00
last_mail '^\[Chưa thực hiện\]' 'mã xác nhận đã được dùng' > "$T/why"
ok $? "the same mail once more has no effect" "$T/why"

# ---- reports come; the summary offers what may be done
for now in 2026-05-12T08:00:00+07:00 2026-05-13T16:30:00+07:00 \
    2026-05-14T16:30:00+07:00; do
    deliver a $now
    round a $now || echo "# $now: $?"
done
last_mail '^\[Tổng hợp' '<mailto:' > "$T/why"
ok $? "the summary bears links" "$T/why"
now=2026-05-14T17:00:00+07:00
stand $now > "$T/before"
unsure=$(tn list --json --needs-clerk | python3 -c '
import json, sys
print(next(m["id"] for m in json.load(sys.stdin)
           if m["kind"] == "submission" and not m["units"]))')
filed=$(tn list --json | python3 -c '
import json, sys
print(next(m["id"] for m in json.load(sys.stdin)
           if m["units"] == ["LHPN"] and m["counted"]))')

# ---- in the clerk's name, without a token
orders=("Giao thư #$unsure cho TDP01" "Xác nhận báo cáo #$filed" \
    "Trả lại báo cáo #$filed, lý do: thiếu chữ ký" \
    "Thư #$unsure không phải báo cáo" "Miễn báo cáo cho TDP02" \
    "mien muc II.1 cho TDP03" "Gia hạn cho Chi bộ Tổ dân phố số 4 đến ngày \
20/5/2026" "Giữ lại thư nhắc" "Không nhắc TDP06" "Đề nghị bổ sung DN-MM" \
    "Tạm dừng gửi thư")
for order in "${orders[@]}"; do
    clerk a 2026-05-14T16:40+07:00 "$order" < $NONE
done
round a 2026-05-14T16:45:00+07:00
stand $now > "$T/after"
cmp "$T/before" "$T/after" > "$T/why" 2>&1
ok $? "orders without a token change nothing" "$T/why"
asked=$(mailed a | grep -c 'Cần xác nhận')
[ "$asked" -eq ${#orders[@]} ]
ok $? "each is answered with a link that carries it out"
mailed a | grep 'Cần xác nhận' | python3 -c '
import json, sys
for line in sys.stdin:
    m = json.loads(line)
    assert m["auto"] == "auto-replied", m
    assert m["answers"].endswith("@test.example>"), m
    assert len(m["links"]) == 1, m["links"]' 2> "$T/why"
ok $? "as a reply, marked automatic" "$T/why"

clerk a 2026-05-14T16:46+07:00 \
    "Giao thư #$unsure cho http://evil.example/x <b> {lien_ket}" < $NONE
clerk a 2026-05-14T16:46+07:00 "Trả lại #$unsure, lý do: www.evil.example" \
    < $NONE
round a 2026-05-14T16:47:00+07:00
mailed a | python3 -c '
import json, sys
mails = [json.loads(s) for s in sys.stdin]
mails = [m for m in mails if m["date"].startswith("2026-05-14T16:47")]
assert len(mails) == 2, len(mails)
for m in mails:
    shown = m["subject"] + m["text"].replace("<mailto:", "")
    for bad in ("http://", "www.", "<b>"):
        assert bad not in shown, m
assert "evil" in mails[0]["text"] + mails[1]["text"]' 2> "$T/why"
ok $? "what somebody wrote is no live link in our answers" "$T/why"

# ---- what must never decide
link a 'Cần xác nhận.*Không phải báo cáo' 'Thực hiện' > "$T/subject"
token_subject=$(cat "$T/subject")
write_as an@hopthu.example a 2026-05-14T16:50+07:00 "$token_subject" < $NONE
clerk a 2026-05-14T16:50+07:00 "$token_subject" \
    'Auto-Submitted: auto-replied' < $NONE
clerk a 2026-05-14T16:50+07:00 "$token_subject" 'Return-Path: <>' < $NONE
clerk a 2026-05-14T16:50+07:00 "$token_subject" 'Precedence: bulk' < $NONE
clerk a 2026-05-14T16:50+07:00 \
    "Hoàn tác !3 (mã xác nhận abcdefghijkmnpqrstuvwxyz23)" < $NONE
clerk a 2026-05-14T16:50+07:00 "Hỏi" << EOF
Cảm ơn.
> $token_subject
EOF
# the token of one thing is none for another
clerk a 2026-05-14T16:50+07:00 \
    "${token_subject/Không phải báo cáo/Xác nhận báo cáo}" < $NONE
clerk a 2026-05-14T16:50+07:00 "Re: [Cần xác nhận] $token_subject" << EOF
Tôi đi công tác đến hết tuần.
EOF
round a 2026-05-14T16:55:00+07:00
stand $now > "$T/after"
cmp "$T/before" "$T/after" > "$T/why" 2>&1
ok $? "other addresses, machines, invented and mistaken tokens: nothing" \
    "$T/why"
tn list --json | python3 -c '
import json, sys
mails = [m for m in json.load(sys.stdin)
         if m["received"].startswith("2026-05-14T16:50")]
assert len(mails) == 8, len(mails)
stranger = [m for m in mails if m["from"] == "an@hopthu.example"]
assert stranger[0]["needs_clerk"], stranger
reasons = "\n".join(m["reason"] for m in mails)
for r in ("gửi từ địa chỉ khác", "không đúng", "của việc khác", "Đồng ý"):
    assert r in reasons, reasons
assert not any("abcdefghijk" in m["subject"] for m in mails)' 2> "$T/why"
ok $? "they are listed with the reason, and without the token" "$T/why"
[ -z "$(python3 "$SRC/tests/mailed.py" "$T/a/outgoing" an@hopthu.example)" ]
ok $? "nobody but the clerk hears of it"

# ---- the clerk clicks
new_links=0
for order in 'Giao thư' 'Xác nhận báo' "Trả lại báo cáo #$filed" 'Miễn báo cáo' \
    'Miễn mục' 'Gia hạn' 'Không nhắc' 'Giữ lại thư nhắc ngày' 'Đề nghị bổ sung' \
    'Tạm dừng'; do
    case $order in
    'Không nhắc') pattern='Giữ lại thư nhắc cho TDP06' ;;
    *) pattern=$order ;;
    esac
    click a 2026-05-15T08:00:0$new_links+07:00 \
        "Cần xác nhận\\] $pattern" 'Thực hiện' &&
        new_links=$((new_links + 1))
done
round a 2026-05-15T08:05:00+07:00
done_mails=$(mailed a | grep -c 'Đã thực hiện.*2026-05-15T08:05')
[ "$new_links" -eq 10 ] && [ "$done_mails" -eq 10 ]
ok $? "a link that is sent is carried out and confirmed, ten of ten"
adds_up 2026-05-15T08:05:00+07:00 > "$T/why" 2>&1
ok $? "the counts add up, the chain is sound" "$T/why"
tn status --json --now 2026-05-15T08:05:00+07:00 | python3 -c '
import json, sys
s = json.load(sys.stdin)
u = {x["code"]: x for x in s["units"]}
assert u["TDP01"]["submitted"], u["TDP01"]
assert u["TDP02"]["excused"], u["TDP02"]
assert u["TDP04"]["due"].startswith("2026-05-20"), u["TDP04"]
assert u["TDP03"]["due"] == u["TDP05"]["due"]' 2> "$T/why"
ok $? "status shows what was decided" "$T/why"
grep -q "XỬ LÝ.*giao thư #$unsure cho TDP01.*$CLERK" \
    "$T/a/state/status/status.log"
ok $? "status.log tells it, with the clerk's address"
tn show "$filed" | grep -q 'thiếu chữ ký'
ok $? "the reason that was written goes along"

# ---- and takes all of it back
mailed a | grep 'Đã thực hiện.*2026-05-15T08:05' | python3 -c '
import json, sys
for line in reversed(sys.stdin.readlines()):
    for k in json.loads(line)["links"]:
        print(k["subject"])' > "$T/undo"
while read -r subject; do
    clerk a 2026-05-15T08:10+07:00 "$subject" < $NONE
done < "$T/undo"
round a 2026-05-15T08:15:00+07:00
stand $now > "$T/after"
diff "$T/before" "$T/after" > "$T/why"
ok $? "undone by mail, everything stands as before" "$T/why"
adds_up 2026-05-15T08:15:00+07:00 > "$T/why" 2>&1
ok $? "and the chain is sound still" "$T/why"
[ "$(mailed a | grep -c 'Đã thực hiện\] hoàn tác')" -eq 10 ]
ok $? "undoing is confirmed too"

# ---- from the summary
click a 2026-05-15T08:20+07:00 '^\[Tổng hợp' "^Giao thư #$unsure cho Chi"
click a 2026-05-15T08:20+07:00 '^\[Tổng hợp' '^Gửi thư đề nghị bổ sung'
grep -q '^- DN-MM' "$T/body"
ok $? "the link for missing sections names the units, to be struck out"
round a 2026-05-15T08:25:00+07:00
last_mail '^\[Đã thực hiện\] đề nghị bổ sung' > "$T/why"
ok $? "and asks them" "$T/why"
why_of "Giao thư #$unsure cho " > "$T/why"
grep -q '^đã thực hiện' "$T/why"
ok $? "a guess is confirmed by its link" "$T/why"

# ---- answering our answer
clerk a 2026-05-15T09:00+07:00 "Gia hạn TDP07 20/5/2026" < $NONE
round a 2026-05-15T09:05:00+07:00
subject=$(mailed a | python3 -c '
import json, sys
print([json.loads(s)["subject"] for s in sys.stdin][-1])')
clerk a 2026-05-15T09:10+07:00 "Re: $subject" << EOF
Đồng ý

Vào 15/5/2026, Ban Xây dựng Đảng đã viết:
> Kính gửi: Đầu mối tiếp nhận báo cáo
EOF
round a 2026-05-15T09:15:00+07:00
last_mail '^\[Đã thực hiện\] gia hạn' > "$T/why"
ok $? "Đồng ý in an answer is a click, too" "$T/why"

# ---- a report that came to the clerk
enclose a 2026-05-15T10:00+07:00 "Fwd: BC" \
    "$samples/reports/bc-cb-tram-y-te.docx" << EOF
---------- Forwarded message ----------
From: Trạm Y tế <tramyte@thuynguyen.example>
Date: Wed, 13 May 2026 15:00:00 +0700
Subject: BC
To: Văn thư <$CLERK>
EOF
round a 2026-05-15T10:05:00+07:00
last_mail '^\[Cần xác nhận\] Ghi nhận báo cáo' > "$T/why"
ok $? "a report that the clerk forwards is asked about" "$T/why"
subject=$(link a '\] Ghi nhận báo' 'của đơn vị khác')
sed -i 's/^Đơn vị:.*/Đơn vị: TDP08/; s/^Hình thức:.*/Hình thức: Zalo/' \
    "$T/body"
sed 's/^Nhận lúc:.*/Nhận lúc: sáng thứ Tư/' "$T/body" > "$T/body.vague"
clerk a 2026-05-15T10:06+07:00 "$subject" < "$T/body.vague"
round a 2026-05-15T10:08:00+07:00
last_mail '^\[Chưa thực hiện\]' 'chưa hiểu: sáng thứ Tư' > "$T/why"
ok $? "a time that is not understood is not taken for now" "$T/why"
sed 's|^Nhận lúc:.*|Nhận lúc: 8 giờ 00 ngày 16/5/2026|' "$T/body" \
    > "$T/body.ahead"
clerk a 2026-05-15T10:08+07:00 "$subject" < "$T/body.ahead"
round a 2026-05-15T10:09:00+07:00
last_mail '^\[Chưa thực hiện\]' 'thời điểm nhận ở sau hiện tại' > "$T/why"
ok $? "nor is a day taken that is still to come" "$T/why"
clerk a 2026-05-15T10:10+07:00 "$subject" < "$T/body"
round a 2026-05-15T10:15:00+07:00
tn status --json --now 2026-05-15T10:15:00+07:00 | python3 -c '
import json, sys
u = {x["code"]: x for x in json.load(sys.stdin)["units"]}["TDP08"]
assert u["submitted"] and u["time"] == "on-time", u
assert u["received"] == "2026-05-13T15:00:00+07:00", u
assert u["channel"] == "zalo", u' 2> "$T/why"
ok $? "and counts for the unit written in, from when it first came" "$T/why"

# ---- words that name a unit, and nothing to take
clerk a 2026-05-15T10:20+07:00 "Ghi nhận báo cáo của TDP08" < $NONE
round a 2026-05-15T10:25:00+07:00
last_mail '^\[Chưa thực hiện\]' 'chưa có tệp; đề nghị chuyển tiếp' > "$T/why"
ok $? "an order that lacks its file is answered" "$T/why"
clerk a 2026-05-15T10:26+07:00 \
    "Gia hạn cho TDP08 đến hết ngày 22 tháng 5 năm 2026" < $NONE
round a 2026-05-15T10:28:00+07:00
last_mail '^\[Cần xác nhận\] Gia hạn cho TDP08 đến ngày 22/5/2026' > "$T/why"
ok $? "a day may be spelled" "$T/why"

clerk a 2026-05-15T10:30+07:00 \
    "Ghi nhận báo cáo giấy của TDP14, nhận ngày 13/5/2026" < $NONE
round a 2026-05-15T10:31:00+07:00
click a 2026-05-15T10:32+07:00 '\] Ghi nhận báo cáo giấy cho TDP14' 'Thực hiện'
round a 2026-05-15T10:33:00+07:00
tn status --json --now 2026-05-15T10:35:00+07:00 | python3 -c '
import json, sys
u = {x["code"]: x for x in json.load(sys.stdin)["units"]}["TDP14"]
assert u["submitted"] and u["channel"] == "paper", u
assert u["content"] == "complete", u
assert u["received"] == "2026-05-13T00:00:00+07:00", u' 2> "$T/why"
ok $? "paper is entered by a word and a click" "$T/why"

# ---- questions
for question in "Còn đơn vị nào chưa?" "Gửi trang theo dõi" \
    "Gửi bảng theo dõi" "Gửi báo cáo tổng hợp"; do
    clerk a 2026-05-15T11:00+07:00 "$question" < $NONE
done
round a 2026-05-15T11:05:00+07:00
mailed a | python3 -c '
import email, email.policy, io, json, sys, zipfile
got = {}
for line in sys.stdin:
    m = json.loads(line)
    if m["date"].startswith("2026-05-15T11:05"):
        with open(m["path"], "rb") as f:
            parsed = email.message_from_binary_file(
                f, policy=email.policy.default)
        for a in parsed.iter_attachments():
            got[a.get_filename().rsplit(".")[-1]] = a.get_content()
assert sorted(got) == ["docx", "html", "xlsx"], sorted(got)
text = zipfile.ZipFile(io.BytesIO(got["docx"])).read("word/document.xml")
assert "Trạm Y tế" in text.decode(), "not in the aggregated report"
zipfile.ZipFile(io.BytesIO(got["xlsx"])).testzip()
assert "mailto:" in got["html"], "no links on the page"' 2> "$T/why"
ok $? "state, page, table and aggregated report come by mail" "$T/why"
last_mail '^\[Trả lời\] Tình hình' '(?m)^- Chi bộ Tổ dân phố số 2$' > "$T/why"
ok $? "who has not submitted is named" "$T/why"

# ---- the end
clerk a 2026-05-25T07:50+07:00 "$token_subject" < $NONE
round a 2026-05-25T07:55:00+07:00
last_mail '^\[Chưa thực hiện' 'mã xác nhận đã hết hạn' > "$T/why"
ok $? "after seven days a token is worth nothing" "$T/why"
adds_up 2026-05-25T07:55:00+07:00 > "$T/why" 2>&1
ok $? "counts and chain are right at the end" "$T/why"
clerk a 2026-05-25T08:00+07:00 "Đóng đợt báo cáo" < $NONE
round a 2026-05-25T08:05:00+07:00
click a 2026-05-25T08:10+07:00 'Cần xác nhận\] Đóng đợt' 'Thực hiện'
round a 2026-05-25T08:15:00+07:00
tn campaign list --now 2026-05-25T08:15:00+07:00 > "$T/why"
grep -q 'đã đóng' "$T/why"
ok $? "the campaign is closed by mail" "$T/why"
round a 2026-05-25T08:15:00+07:00
events=$(tn verify | grep '^head')
round a 2026-05-25T08:16:00+07:00
[ "$events" = "$(tn verify | grep '^head')" ]
ok $? "another round decides nothing again"
