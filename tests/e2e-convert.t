#!/bin/bash
# Old Word files and PDFs: received and unreadable as a rule; read through
# antiword and pdftotext where the office wants that. Hostile ones end in a
# verdict, and hold nobody up.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
for tool in antiword pdftotext; do
    command -v $tool > /dev/null || {
        echo "1..0 # SKIP $tool is not installed"
        exit 0
    }
done
. "$SRC/tests/lib-office.sh"

# convert_one FILE: prints what tiepnhan-convert says, as records
convert_one() {
    "$BUILD/tiepnhan-convert" < "$1" 3>&- 2> "$T/why"
}
if convert_one "$SRC/tests/cases/convert/bao-cao-tdp12.doc" |
    grep -aq Landlock; then
    echo "1..0 # SKIP this kernel has no Landlock, so nothing is converted"
    exit 0
fi

cat > "$T/mail.py" << 'EOF'
"""mail.py FOLDER FROM NAME=FILE...: a mail with these files, delivered."""
import email.message, os, sys
folder, sender, *files = sys.argv[1:]
m = email.message.EmailMessage()
m["From"] = sender
m["To"] = "baocao@dangbo-thuynguyen.example"
m["Subject"] = "Gửi báo cáo thực hiện dân chủ 6 tháng"
m["Date"] = "Wed, 13 May 2026 09:00:00 +0700"
m["Message-ID"] = f"<{abs(hash(tuple(files)))}@thu.example>"
m.set_content("Kính gửi đồng chí.\n")
for f in files:
    name, path = f.split("=", 1)
    m.add_attachment(open(path, "rb").read(), maintype="application",
                     subtype="octet-stream", filename=name)
name = f"{folder}/new/{abs(hash(sender + str(files)))}.test"
open(name, "wb").write(m.as_bytes())
when = int(os.environ.get("RECEIVED", "1778637600"))
os.utime(name, (when, when))
EOF

cat > "$T/pdf.py" << 'EOF'
"""pdf.py KIND FILE: a small PDF that is a scan, locked, a flood, a loop."""
import sys, zlib
kind, path = sys.argv[1:]
content, extra = b"q Q", b""
if kind == "flood":
    content = b"BT /F1 12 Tf " + b"0 -14 Td (I. MUC LUC DAI) Tj " * 3000000
page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R" \
    b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>>>>>"
kids = b"[3 0 R]" if kind != "loop" else b"[2 0 R 3 0 R]"
if kind == "locked":
    extra = b"/Encrypt<</Filter/Standard/V 1/R 2/O(" + b"x" * 32 + \
        b")/U(" + b"y" * 32 + b")/P -4>>/ID[<00><00>]"
packed = zlib.compress(content, 9)
objects = [b"<</Type/Catalog/Pages 2 0 R>>",
           b"<</Type/Pages/Count 1/Kids " + kids + b">>", page,
           b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) +
           packed + b"\nendstream"]
out, at = b"%PDF-1.4\n", []
for i, o in enumerate(objects):
    at.append(len(out))
    out += b"%d 0 obj\n" % (i + 1) + o + b"\nendobj\n"
xref = len(out)
out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
out += b"".join(b"%010d 00000 n \n" % a for a in at)
out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
    len(objects) + 1, extra, xref)
open(path, "wb").write(out)
EOF

cases=$SRC/tests/cases/convert
now=2026-05-14T17:00:00+07:00
for kind in scan locked flood loop; do
    python3 "$T/pdf.py" $kind "$T/$kind.pdf"
done
head -c 3000 "$cases/bao-cao-tdp12.doc" > "$T/cut.doc"

# office NAME: the same mails for each
office() {
    new_office "$1"
    python3 "$T/mail.py" "$T/$1/mail" tdp12.thuynguyen@hopthu.example \
        "BC tdp12.doc=$cases/bao-cao-tdp12.doc" \
        "BC tdp12 co dau.pdf=$cases/bao-cao-tdp12.pdf"
    RECEIVED=1778551200 python3 "$T/mail.py" "$T/$1/mail" \
        nguoi.gui@rieng.example "BC.pdf=$cases/bao-cao-tdp12.pdf"
    python3 "$T/mail.py" "$T/$1/mail" vanphong@kho.example \
        "scan.pdf=$T/scan.pdf" "locked.pdf=$T/locked.pdf" \
        "loop.pdf=$T/loop.pdf" "cut.doc=$T/cut.doc"
    python3 "$T/mail.py" "$T/$1/mail" bom@xa.example "flood.pdf=$T/flood.pdf"
    python3 "$T/mail.py" "$T/$1/mail" cb.tdp05@thuynguyen.example \
        "BC.docx=$samples/reports/bc-cb-tdp05.docx" \
        "BC.doc=$cases/bao-cao-tdp12.doc"
}

# says OFFICE PYTHON: true when the expression holds of status and list
says() {
    python3 - "$T/$1.status" "$T/$1.list" "$2" << 'EOF' > "$T/why" 2>&1
import json, sys
status = json.load(open(sys.argv[1]))
mails = json.load(open(sys.argv[2]))
unit = {u["code"]: u for u in status["units"]}
files = {a["name"]: a for m in mails for a in m["attachments"]}
names = lambda m: [a["name"] for a in m["attachments"]]
mail = {n: m for m in mails for n in names(m)}
print(json.dumps({k: unit[k] for k in ("TDP12", "TDP05")},
                 ensure_ascii=False, indent=1))
sys.exit(not eval("(" + sys.argv[3] + ")"))
EOF
}
look() { # look OFFICE: what status and list say now
    "$BUILD/tiepnhan" -c "$T/$1/etc/tiepnhan.conf" status --json \
        --now $now > "$T/$1.status" 2>> "$T/$1/log"
    "$BUILD/tiepnhan" -c "$T/$1/etc/tiepnhan.conf" list --json \
        > "$T/$1.list" 2>> "$T/$1/log"
}

echo 1..12
office a
round a $now
ok $? "without the key a round passes" "$T/a/log"
look a
says a 'unit["TDP12"]["content"] == "unreadable"'
ok $? "and an old Word file is received, unreadable" "$T/why"

office b
sed -i 's/^convert = no/convert = yes/' "$T/b/etc/tiepnhan.conf"
round b $now
ok $? "with the key a round passes, whatever the files are" "$T/b/log"
look b
says b 'unit["TDP12"]["content"] == "complete" and
    unit["TDP12"]["submitted"] and unit["TDP12"]["file"] == "BC tdp12.doc"'
ok $? "the old Word file is read, and its PDF left alone" "$T/why"
says b 'not unit["TDP12"]["missing"] and not unit["TDP12"]["empty"]'
ok $? "what is not found in it is never told as missing" "$T/why"
says b 'unit["TDP05"]["file"] == "BC.docx" and
    unit["TDP05"]["content"] == "complete"'
ok $? "beside a .docx nothing is converted" "$T/why"

show() { # show FILE: what is told of the mail with that file
    id=$(python3 -c 'import json, sys
print([m["id"] for m in json.load(open(sys.argv[1]))
    if any(a["name"] == sys.argv[2] for a in m["attachments"])][0])' \
        "$T/b.list" "$1")
    "$BUILD/tiepnhan" -c "$T/b/etc/tiepnhan.conf" show "$id"
}
show "BC tdp12.doc" > "$T/show" 2>&1
grep -q '^ *đã chuyển đổi: doc BC tdp12.doc: ' "$T/show"
ok $? "the evidence says that it was converted" "$T/show"
show BC.pdf > "$T/show" 2>&1
grep -q '^ *đã chuyển đổi: pdf BC.pdf: ' "$T/show" &&
    grep -q '^ *tên cơ quan trong văn bản: TDP12 ' "$T/show"
ok $? "a PDF by itself is read too, and whose it is" "$T/show"

"$BUILD/tiepnhan" -c "$T/b/etc/tiepnhan.conf" collate dan-chu --html \
    -o "$T/collated.html" > "$T/why" 2>&1 &&
    grep -q 'loa hỏng' "$T/collated.html"
ok $? "it stands in the aggregated report" "$T/why"

for file in scan locked loop cut flood; do
    case $file in cut) f=cut.doc ;; *) f=$file.pdf ;; esac
    says b "mail['$f']['needs_clerk'] and not mail['$f']['counted']" ||
        echo "$f is not with the clerk" >> "$T/hostile"
done
test ! -s "$T/hostile"
ok $? "scan, lock, loop, flood and a cut file are the clerk's" "$T/hostile"

convert_one "$T/locked.pdf" | od -An -tu1 | tr -s ' \n' ' ' > "$T/why"
grep -q ' 255 0 4 ' "$T/why"
ok $? "a PDF with a password is known as that" "$T/why"

left=$(pgrep -f "$T" | wc -l)
[ "$left" -eq 0 ]
ok $? "no process is left" /dev/null
