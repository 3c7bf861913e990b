#!/bin/bash
# What we write, read back by LibreOffice: workbook, CSV, register and
# documents keep their accents, formulas stay text, nothing is lost.
# Part of ./check.sh --full.
# shellcheck disable=SC1091,SC2154
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"
command -v soffice > /dev/null || {
    echo "1..0 # SKIP no LibreOffice"
    exit 0
}
tn() { "$BUILD/tiepnhan" -c "$T/a/etc/tiepnhan.conf" "$@"; }
# office FORMAT FILE…: converted into $T/out
office() {
    soffice "-env:UserInstallation=file://$T/profile" --headless \
        --convert-to "$@" --outdir "$T/out" > "$T/log" 2>&1
}
now=2026-05-20T09:00:00+07:00

echo 1..10
new_office a
# a unit whose name would be a formula, and a file name of the same kind
sed -i 's|^TDP18,Chi bộ Tổ dân phố số 18,|TDP18,=1+1 tổ 18,|' \
    "$T/a/etc/units.csv"
deliver a
round a $now
cp "$samples/reports/bc-cb-tdp05.docx" "$T/=2+3.docx"
tn add "$T/=2+3.docx" --unit TDP18 --channel usb --now $now > /dev/null
python3 "$SRC/tests/noted_report.py" "$T/noted.docx" \
    "Chi bộ Tổ dân phố số 9"
tn add "$T/noted.docx" --unit TDP09 --now $now > /dev/null
cd "$T" || exit 1
tn status --json --now $now > status.json
tn status --csv --now $now > table.csv
tn status --xlsx table.xlsx --now $now
tn list --register --now $now > register.csv
tn status --annex annex.docx --now $now
tn remind --letter letter.docx --now $now
tn collate -o all.docx --now $now 2> /dev/null

# CSV as Excel would have it: ; and UTF-8
mkdir out
csv='csv:Text - txt - csv (StarCalc):44,34,76,1,,1066,false,true,false'
office "$csv,false,false,-1" table.xlsx &&
    for f in out/table-*.csv; do mv "$f" "sheet-${f#out/table-}"; done
ok $? "the workbook opens" "$T/log"
office pdf table.xlsx && pdftotext -layout out/table.pdf book.txt
ok $? "and prints" "$T/log"
for f in table register; do
    office 'xlsx' --infilter='CSV:59,34,76,1,,1066' $f.csv &&
        (cd out && soffice "-env:UserInstallation=file://$T/profile" \
            --headless --convert-to "$csv" $f.xlsx > "$T/log" 2>&1 && mv $f.csv ../$f-back.csv)
    ok $? "$f.csv opens" "$T/log"
done
cat > read.py << 'EOS'
import csv, glob, json
status = json.load(open("status.json"))
def rows(name):
    return list(csv.reader(open(name, encoding="utf-8-sig")))
def semicolons(name):
    return list(csv.reader(open(name, encoding="utf-8-sig"), delimiter=";"))
EOS
check() { # check NAME < PYTHON
    cat read.py - > check.py
    python3 check.py > why 2>&1 && [ ! -s why ]
    ok $? "$1" why
}
check "the workbook says what the status says, in letters and signs" << 'EOS'
sheets = [rows(n) for n in glob.glob("sheet-*.csv")]
book = [s for s in sheets if any("BẢNG THEO DÕI" in c for r in s for c in r)]
if len(sheets) != 3 or len(book) != 1:
    print(len(sheets), "sheets")
book = book[0]
units = {r[1]: r for r in book if len(r) > 2 and r[0].isdigit()}
for u in status["units"]:
    r = units.pop(u["code"])
    if r[2] != u["name"] or r[4] != u["number"] or r[9] != u["file"]:
        print(r, u)
if units:
    print(units)
total = [r for r in book if r[2] == "Tổng cộng"]
n = status["counts"]
if [t[3] for t in total] != [f"{n['submitted']}/{n['units']}"]:
    print(total)
if len([r for r in book if r[2] == "Cộng"]) != 4:
    print("sums of groups")
EOS
check "CSV and register come back as they were" << 'EOS'
for name in "table", "register":
    sent, back = semicolons(name + ".csv"), rows(name + "-back.csv")
    for a, b in zip(sent, back):
        # days may have become days, of another look; the sign that keeps
        # a spreadsheet from reckoning may be taken off
        for x, y in zip(a, b):
            if x.lstrip("'") != y.lstrip("'") and \
                    not x.replace("/", "").replace(":", "").replace(
                        " ", "").isdigit():
                print(name, repr(x), repr(y))
    if len(sent) != len(back) or len(sent) < 20:
        print(name, len(sent), len(back))
EOS
check "no cell became a formula" << 'EOS'
for name in ["table-back.csv", "register-back.csv"] + glob.glob("sheet-*.csv"):
    text = open(name, encoding="utf-8-sig").read()
    if "sheet" in name and "BẢNG THEO DÕI" not in text:
        continue
    if "=2+3.docx" not in text or "=1+1 tổ 18" not in text:
        print(name, "lost a name that looks like a formula")
    if "#NAME" in text or "Err:" in text:
        print(name, "reckons")
EOS
office txt:Text all.docx letter.docx annex.docx
ok $? "the documents open" "$T/log"
check "with all their units and headings" << 'EOS'
def text(name):
    return open(f"out/{name}.txt", encoding="utf-8-sig").read()
whole, letter, annex = text("all"), text("letter"), text("annex")
for u in status["units"]:
    if u["name"] not in annex:
        print("annex lacks", u["name"])
    if u["name"] not in whole:
        print("collation lacks", u["name"])
    if (u["name"] in letter) == u["submitted"]:
        print("letter:", u["name"])
for head in ("I. KHÁI QUÁT ĐẶC ĐIỂM", "VI. KIẾN NGHỊ", "Phụ lục 4."):
    if head not in whole:
        print("collation lacks", head)
EOS
office pdf all.docx && pdftotext -layout out/all.pdf all.txt
check "footnotes stand at the foot of their page" << 'EOS'
pages = open("all.txt").read().split("\f")
page = [p for p in pages if "Chi bộ có 30 đảng viên" in p][0]
if page.find("Theo danh sách ngày 30/6/2026.") < page.find("30 đảng viên"):
    print(page)
EOS
