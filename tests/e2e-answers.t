#!/bin/bash
# What units write below and above our letters: an answer that quotes the
# outline is no report, one that fills it in is; a failure notice that is
# sent on hides no document.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"

echo "1..5"
new_office a small
"$BUILD/tiepnhan" letter --json "$samples/letters/cong-van-dan-chu.docx" \
    > "$T/letter.json"
python3 - "$T/letter.json" "$samples/reports/bc-cb-tdp05.docx" \
    "$T/a/mail/new" << 'EOF'
import email.message, email.mime.application, email.policy, json, sys
outline = json.load(open(sys.argv[1]))["outline"]
head = ("\n\n________________________________\nTừ: Văn phòng <vp@xa.example>\n"
        "Đã gửi: 05/05/2026 8:00\nTới: Chi bộ\nChủ đề: V/v báo cáo dân chủ\n\n")
empty = "\n".join(o["label"] + " " + o["text"] for o in outline)
full = "\n".join(o["label"] + " " + o["text"] + "\nTrong sáu tháng chi bộ đã "
                 "lãnh đạo, tổ chức học tập đầy đủ cho 45 đảng viên."
                 for o in outline if o["kind"] != "guidance")
notice = email.message_from_string(
    "From: MAILER-DAEMON@u.example\nSubject: Undelivered\n"
    "MIME-Version: 1.0\nContent-Type: multipart/report; "
    "report-type=delivery-status; boundary=d\n\n"
    "--d\nContent-Type: text/plain\n\nfailed\n"
    "--d\nContent-Type: message/delivery-status\n\n"
    "Reporting-MTA: dns; u.example\n\n"
    "Final-Recipient: rfc822; vp@xa.example\nAction: failed\n"
    "Status: 5.2.2\n\n--d--\n", policy=email.policy.default)
report = open(sys.argv[2], "rb").read()
mails = [("quoted", "mnhoasen@giaoduc.thuynguyen.example", head + empty, []),
         ("stranger", "ai@la.example", head + empty, []),
         ("typed", "congdoan@thuynguyen.example", head + full, []),
         ("notice", "cb.tdp05@thuynguyen.example", "", [notice, report])]
for subject, sender, text, files in mails:
    m = email.message.EmailMessage(policy=email.policy.default)
    m["From"], m["To"], m["Subject"] = sender, "vp@xa.example", subject
    m["Message-ID"] = "<%s@u.example>" % subject
    m.set_content("Vâng, chi bộ sẽ gửi." + text)
    for f in files:
        if isinstance(f, bytes):
            m.add_attachment(f, maintype="application",
                             subtype="octet-stream", filename="bc.docx")
        else:
            m.add_attachment(f)
    open("%s/%s" % (sys.argv[3], subject), "wb").write(m.as_bytes())
EOF
touch -d 2026-05-11T10:00:00+07:00 "$T"/a/mail/new/*
round a 2026-05-12T09:00:00+07:00
"$BUILD/tiepnhan" -c "$T/a/etc/tiepnhan.conf" list --json > "$T/list"
is() { # is SUBJECT KIND CLERK UNITS
    python3 - "$T/list" "$@" << 'EOF'
import json, sys
m = [m for m in json.load(open(sys.argv[1])) if m["subject"] == sys.argv[2]][0]
got = [m["kind"], str(m["needs_clerk"]), " ".join(m["units"])]
if got != sys.argv[3:]:
    sys.exit("%s: %s" % (m["subject"], got))
EOF
}
is quoted question True '' 2> "$T/why"
ok $? "an answer with our letter below it is no report" "$T/why"
is stranger question True '' 2> "$T/why"
ok $? "nor is a stranger's, and the clerk sees it" "$T/why"
is typed submission True '' 2> "$T/why"
ok $? "one that fills the outline in is" "$T/why"
is notice submission False TDP05 2> "$T/why"
ok $? "a report beside the notice that it failed before counts" "$T/why"
log=$T/a/state/status/status.log
grep -q 'NHẮC *MN-HS' "$log" && ! grep -q 'NHẮC *\(TDP05\|CD \)' "$log"
ok $? "only who has sent nothing is reminded" "$log"
