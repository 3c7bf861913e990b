#!/bin/bash
# What we write: read alike by two independent readers, whatever stands in
# it; the page for reading is current; a wrong template is refused.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"

echo "1..7"
mkdir "$T/made"
"$BUILD/tests/tool-templates" "$SRC/docs/examples/templates" "$T/made" \
    2> "$T/why"
ok $? "every template takes hostile values" "$T/why"
judge() { # judge NAME < PYTHON: sees each mail as raw, m (Python), g (GMime)
    {
        cat << 'PY'
import collections, email, email.policy, glob, json, re, sys
mails = []
for path in sorted(glob.glob(sys.argv[1] + "/*.eml")):
    raw = open(path, "rb").read()
    m = email.message_from_bytes(raw, policy=email.policy.default)
    g = json.load(open(path[:-3] + "json"))
    g["body"] = g["body"].replace("\r\n", "\n")
    mails.append((raw, m, g))
assert len(mails) > 100, len(mails)
PY
        cat
    } > "$T/judge.py"
    python3 "$T/judge.py" "$T/made" > "$T/why" 2>&1
    ok $? "$1" "$T/why"
}
judge "GMime and Python read the same in them" << 'PY'
for raw, m, g in mails:
    text = m.get_body().get_content().replace("\r\n", "\n")
    have = {"subject": m["subject"], "body": text, "template": g["template"],
            "message_id": m["message-id"].strip("<>"),
            "in_reply_to": m["in-reply-to"] or "",
            "from": m["from"].addresses[0].addr_spec,
            "from_name": m["from"].addresses[0].display_name,
            "date": m["date"].datetime.strftime("%Y-%m-%d %H:%M:%S %z"),
            "attachments": [a.get_filename() for a in m.iter_attachments()]}
    for key in g:
        assert have[key] == g[key], (g["template"], key, have[key], g[key])
    assert g["date"].endswith(" +0700"), g["date"]
PY
judge "no defect, short lines of ASCII, CRLF and nothing else" << 'PY'
for raw, m, g in mails:
    assert all(b < 127 for b in raw), g["template"]
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 78, g["template"]
    for part in m.walk():
        assert not part.defects, part.defects
        for name, value in part.items():
            assert not getattr(value, "defects", ()), (name, value.defects)
PY
judge "no value adds a header field or a line" << 'PY'
lines = {}
for raw, m, g in mails:
    want = ["Date", "From", "To", "Reply-To", "Subject", "Message-ID",
            "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version",
            "Content-Type"]
    if g["in_reply_to"]:
        want[6:6] = ["In-Reply-To", "References"]
    if not g["attachments"]:
        want.append("Content-Transfer-Encoding")
    assert m.keys() == want, (g["template"], m.keys())
    n = g["body"].count("\n")
    # the first of each template has a plain word everywhere
    most = lines.setdefault(g["template"], n)
    assert n <= most, (g["template"], n, most)
    for c in g["subject"] + g["body"] + g["from_name"]:
        assert c == "\n" or c.isprintable(), (g["template"], c)
PY

# ---- the page for reading
mails=$SRC/docs/mails.md
bash "$SRC/tests/make-mails.sh" "$BUILD" "$SRC" > "$T/mails.md"
diff "$mails" "$T/mails.md" > "$T/why"
ok $? "docs/mails.md is current (tests/make-mails.sh BUILD SRC makes it)" \
    "$T/why"
python3 - "$T/mails.md" > "$T/why" 2>&1 << 'PY'
import re, sys, unicodedata
text = open(sys.argv[1], encoding="utf-8").read()
assert text == unicodedata.normalize("NFC", text)
body = [l[4:] for l in text.split("\n") if l.startswith("    ")]
for line in body:
    if "<" in line: continue  # a link of the clerk
    assert not re.search(r"[{}]|\bbạn\b|!(?!\d)|\s$|  ", line), line
    # who is asked for something by a day is told its weekday
    if re.search(r"(trước|trong|hết|nhất) ngày \d", line) and "Tiêu đề" not in line:
        assert re.search(r"thứ|Chủ nhật|thời hạn|Thời hạn", line), line
PY
ok $? "the mails keep to the register: NFC, no left-over variable, weekdays" \
    "$T/why"

# ---- a wrong template
new_office a
mkdir "$T/a/etc/templates"
printf 'Tiêu đề: Nhắc\n\nKính gửi {don_vj}\n' \
    > "$T/a/etc/templates/overdue.txt"
sed -i "s|^# templates = .*|templates = templates|" "$T/a/etc/tiepnhan.conf"
"$BUILD/tiepnhand" -c "$T/a/etc/tiepnhan.conf" -t > "$T/why" 2>&1
[ $? -eq 78 ] && grep -q 'templates/overdue.txt:3: {don_vj} is no variable; did you mean {don_vi}' "$T/why"
ok $? "-t refuses a variable that does not exist, with file and line" "$T/why"
