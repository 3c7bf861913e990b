#!/bin/bash
# Documents that the office signs: the follow-up letter and the annex with
# the state of submissions. They say what the status says.
# shellcheck disable=SC1091,SC2154
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"
tn() { "$BUILD/tiepnhan" -c "$T/a/etc/tiepnhan.conf" "$@"; }
now=2026-05-20T09:00:00+07:00

echo 1..12
new_office a
deliver a
round a $now
tn status --json --now $now > "$T/status.json"
cat > "$T/read.py" << 'EOS'
import json, sys, zipfile
import xml.etree.ElementTree as ET
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
T = sys.argv[1]
status = json.load(open(T + "/status.json"))

class Docx:
    def __init__(self, name):
        z = zipfile.ZipFile(f"{T}/{name}.docx")
        for part in z.namelist():
            ET.fromstring(z.read(part))
        self.root = ET.fromstring(z.read("word/document.xml"))
        self.lines = [self.text(p) for p in self.root.iter(W + "p")]
        self.rows = [[self.text(c) for c in r.iter(W + "tc")]
                     for r in self.root.iter(W + "tr")]
        known = {s.get(W + "styleId") for s in
                 ET.fromstring(z.read("word/styles.xml")).iter(W + "style")}
        used = {s.get(W + "val") for s in self.root.iter(W + "pStyle")}
        if used - known:
            print("styles", used - known)
    def text(self, e):
        return "".join(t.text or "" for t in e.iter(W + "t"))
    def has(self, *words):
        for w in words:
            if not any(w in line for line in self.lines):
                print("lacks", w)
    def lacks(self, word):
        if any(word in line for line in self.lines):
            print("has", word)
EOS
# check NAME: a script on standard input, behind read.py
check() {
    cat "$T/read.py" - > "$T/check.py"
    python3 "$T/check.py" "$T" > "$T/why" 2>&1 && [ ! -s "$T/why" ]
    ok $? "$1" "$T/why"
}
# number N: of the office's letter
number() {
    sed -i "s|^number = .*|number = $1|" \
        "$T/a/state/campaigns/dan-chu/campaign.conf"
}

cp "$samples/letters/cong-van-dan-chu.docx" \
    "$T/a/state/campaigns/dan-chu/letter.docx"
tn remind dan-chu --letter "$T/letter.docx" --now $now > "$T/out" 2>&1
ok $? "the follow-up letter is written" "$T/out"
check "it bears the office, an open number and an open day" << 'EOS'
d = Docx("letter")
d.has("ĐẢNG BỘ THÀNH PHỐ HẢI PHÒNG", "ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG ỦY PHƯỜNG THỦY NGUYÊN",
      "Số ……-CV/ĐU", "Thủy Nguyên, ngày      tháng 5 năm 2026",
      "V/v đôn đốc gửi báo cáo dân chủ ở cơ sở 6 tháng đầu năm 2026")
d.lacks("{")
EOS
check "it names the letter, the term and the new day" << 'EOS'
d = Docx("letter")
d.has("Công văn số 12-CV/ĐU ngày 05/5/2026", "trước ngày 14/5/2026",
      "Đến 09 giờ 00 ngày 20/5/2026, còn %d đơn vị"
      % status["counts"]["not_submitted"], "chậm nhất ngày 25/5/2026")
EOS
check "its list is who owes, in the order of the letter" << 'EOS'
owing = [u["name"] for u in status["units"]
         if not u["submitted"] and not u["excused"]]
have = [r[1] for r in Docx("letter").rows if len(r) == 4 and r[0].isdigit()]
if have != owing:
    print(have)
EOS
tn remind dan-chu --letter "$T/until.docx" --until 29/5/2026 --now $now \
    > "$T/out" 2>&1
check "--until is the day it asks for" << 'EOS'
Docx("until").has("chậm nhất ngày 29/5/2026")
EOS
number 12/UBND-VX
rm "$T/a/state/campaigns/dan-chu/letter.docx"
tn remind dan-chu --letter "$T/state.docx" --now $now > "$T/out" 2>&1
check "an office of the state writes as the state does" << 'EOS'
d = Docx("state")
d.has("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
      "Số: ……/UBND-VX", "(TÊN CƠ QUAN CẤP TRÊN)")
d.lacks("ĐẢNG CỘNG SẢN")
EOS
number 12-CV/ĐU

tn status dan-chu --annex "$T/annex.docx" --now $now > "$T/out" 2>&1
ok $? "the annex is written" "$T/out"
check "it has every unit once, in groups, and adds up" << 'EOS'
d = Docx("annex")
d.has("PHỤ LỤC", "TÌNH HÌNH NỘP BÁO CÁO", "(kèm theo Công văn số ……-CV/ĐU, ")
have = [r[1] for r in d.rows if len(r) == 7 and r[0].isdigit()]
if have != [u["name"] for u in status["units"]]:
    print(have)
groups = [r for r in d.rows if len(r) == 2]
if [g[0] for g in groups] != ["I", "II", "III", "IV"]:
    print(groups)
total = [r for r in d.rows if len(r) > 1 and r[1] == "Tổng cộng"]
n = status["counts"]
if [t[2] for t in total] != [f"đã nộp: {n['submitted']}/{n['units']}"]:
    print(total)
for u in status["units"]:
    r = [r for r in d.rows if len(r) == 7 and r[1] == u["name"]][0]
    if bool(r[2]) != u["submitted"] or r[3] != u["number"]:
        print(r, u)
EOS
check "it lies on its side, from the first page on" << 'EOS'
pages = [s.find(W + "pgSz").get(W + "orient") for s in
         Docx("annex").root.iter(W + "sectPr")]
if pages != ["landscape"]:
    print(pages)
EOS

tn remind dan-chu --letter "$T/none.docx" --until maybe 2> "$T/out"
[ $? -eq 64 ] && [ ! -e "$T/none.docx" ]
ok $? "a day that is none is refused" "$T/out"
tn remind dan-chu --letter "$T/none.docx" --preview 2> "$T/out"
[ $? -eq 64 ]
ok $? "letter or preview, not both" "$T/out"
for unit in $(python3 -c 'import json, sys
for u in json.load(open(sys.argv[1]))["units"]:
    if not u["submitted"]: print(u["code"])' "$T/status.json"); do
    tn excuse "$unit" --now $now > /dev/null
done
tn remind dan-chu --letter "$T/none.docx" --now $now 2> "$T/out"
[ $? -eq 65 ] && [ ! -e "$T/none.docx" ]
ok $? "where nobody owes there is no letter" "$T/out"
