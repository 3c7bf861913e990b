#!/bin/bash
# The aggregated report: every section's text of every unit stands under
# the right heading and name, nothing is lost, and the files are sound.
# shellcheck disable=SC1091,SC2154
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"
tn() { "$BUILD/tiepnhan" -c "$T/a/etc/tiepnhan.conf" "$@"; }
now=2026-05-14T17:00:00+07:00
letter=$samples/letters/cong-van-dan-chu.docx

echo 1..20
new_office a
deliver a
round a $now
tn collate dan-chu -o "$T/all.docx" --now $now > "$T/out" 2>&1
ok $? "it is written" "$T/out"
tn status --json --now $now > "$T/status.json"
"$BUILD/tiepnhan" letter --json "$letter" > "$T/letter.json"
for e in "$samples"/reports/bc-*.expect.json; do
    r=${e%.expect.json}
    kind=$(sed -n 's/.*"unit_kind": "\([a-z]*\)".*/\1/p' "$e")
    "$BUILD/tiepnhan" map --json "$letter" "$r.docx" --kind "$kind" \
        > "$T/$(basename "$r").map.json"
done

cat > "$T/read.py" << 'EOS'
import json, os, sys, glob, re, zipfile
import xml.etree.ElementTree as ET
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

def text(p):
    out = []
    for e in p.iter():
        if e.tag == W + "t":
            out.append(e.text or "")
        elif e.tag in (W + "br", W + "tab"):
            out.append(" ")
    return re.sub(r"\s+", " ", "".join(out)).strip()

def paragraphs(path):
    root = ET.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
    for p in root.iter(W + "p"):
        s = p.find(f"{W}pPr/{W}pStyle")
        yield (s.get(W + "val") if s is not None else ""), text(p)

T, samples = sys.argv[1:3]
status = json.load(open(T + "/status.json"))
outline = json.load(open(T + "/letter.json"))["outline"]
names = {u["code"]: u["name"] for u in status["units"]}
heads = {(n["label"] + " " + n["text"]).strip(): n["id"]
         for n in outline if n["kind"] != "guidance"}
order, sections, section, unit = [], {}, None, None
marks, notes = [], {}
for style, line in paragraphs(T + "/all.docx"):
    if style.startswith("Heading"):
        section = heads.get(line, line)
        unit = None
        order.append(section)
    elif style == "Unit":
        unit = line
    elif style == "Source":
        marks.append((section, unit, line))
    elif style == "Note":
        notes.setdefault(section, []).append(line)
    elif section and unit:
        sections.setdefault((section, unit), []).append(line)

reports = {}
for path in glob.glob(samples + "/reports/bc-*.expect.json"):
    e = json.load(open(path))
    u = [u for u in status["units"] if u["code"] == e["unit"]][0]
    if u["submitted"] and u["content"] in ("complete", "incomplete"):
        base = os.path.basename(path)[:-len(".expect.json")]
        reports[e["unit"]] = (e, json.load(open(f"{T}/{base}.map.json")),
                              path.replace(".expect.json", ".docx"))
EOS
# check NAME: a script on standard input, behind read.py
check() {
    cat "$T/read.py" - > "$T/check.py"
    python3 "$T/check.py" "$T" "$samples" > "$T/why" 2>&1 &&
        [ ! -s "$T/why" ]
    ok $? "$1" "$T/why"
}

check "its sections stand in the order of the outline" << 'EOS'
want = [n["id"] for n in outline if n["kind"] != "guidance"]
if order[:len(want)] != want:
    print(order)
if not any("NGOÀI" in o for o in order):
    print("nothing outside the outline")
EOS
check "each labelled section of each report is under its heading" << 'EOS'
if len(reports) < 10:
    print(len(reports), "reports")
ids = {n["id"]: n for n in outline}
for code, (e, m, path) in sorted(reports.items()):
    state = {s["id"]: s for s in e["sections"]} \
        if isinstance(e["sections"], list) else e["sections"]
    found = {s["id"]: s for s in m["sections"]}
    for h in e["headings"]:
        for s in h["sections"]:
            if found[s]["state"] != "filled":
                continue
            below = [k for k in sections if k[1] == names[code] and
                     (k[0] == s or k[0].startswith(s + "."))]
            if not below:
                print(code, s, "has no text")
                continue
            words = found[s]["evidence"].rstrip(" …")[:40]
            if not any(words in " ".join(sections[k]) for k in below):
                print(code, s, "lacks", words)
EOS
check "what is under a heading was meant for it" << 'EOS'
for code, (e, m, path) in sorted(reports.items()):
    meant = set()
    for h in e["headings"]:
        meant |= set(h["sections"]) | set(h.get("allowed", []))
    for s, unit in sections:
        if unit == names[code] and s in heads.values() and s not in meant:
            print(code, s)
EOS
check "no paragraph of a report's sections is lost or changed" << 'EOS'
e, m, path = reports["TDP05"]
titles = {h["text"] for h in e["headings"]}
whole = " ".join(" ".join(v) for k, v in sections.items()
                 if k[1] == names["TDP05"])
began, n = False, 0
for style, line in paragraphs(path):
    began = began or line in titles
    if line.startswith("Nơi nhận"):
        break
    if began and len(line) > 30 and line not in titles:
        n += 1
        if line not in whole:
            print(line)
if n < 10:
    print(n, "paragraphs")
EOS
check "each paragraph of each report stands under the heading it is of" << 'EOS'
# Boundaries by the samples' labels, not by what our own reader found; the
# sections of a heading are those that labels and mapping agree on.
import unicodedata
def plain(s):
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", s)).strip()

def opens(h, line):
    whole, bare = plain(h["text"]), plain(h["text"][len(h["label"]):])
    if h.get("run_in"):
        return line.startswith(whole) or line.startswith(bare)
    return line in (whole, bare)

def compare(code, e, m, path, mine):
    mapped = {plain(h["text"]): h["sections"] for h in m["headings"]}
    rest, where, n = list(e["headings"]), None, 0
    for style, line in paragraphs(path):
        line = plain(line)
        if re.match("Nơi nhận|T/M|TM\\.|PHỤ LỤC", line):
            break
        if rest and opens(rest[0], line):
            h = rest.pop(0)
            found = mapped.get(plain(h["text"]), [])
            where = [s for s in h["sections"] if s in found]
            if not h.get("run_in"):
                continue
        if where is None or len(line) < 30:
            continue
        n += 1
        for s in where or [""]:
            if not any(line in x for k, v in mine.items() for x in v
                       if s == "" or k == s or k.startswith(s + ".")):
                print(code, s, line[:60])
    for h in rest:
        print(code, "heading not met:", h["text"][:50])
    return n

compared = seen = 0
for code, (e, m, path) in sorted(reports.items()):
    raw = zipfile.ZipFile(path).read("word/document.xml")
    if b".VnTime" in raw: # in bytes of another alphabet: below
        continue
    mine = {}
    for (s, unit), lines in sections.items():
        if names[code] in unit.split(" (")[0].split("; "):
            mine.setdefault(s, []).extend(plain(x) for x in lines)
    if code == "HDND": # a field that nobody filled is no text
        mine.setdefault("VI", []).append("Bấm vào đây để nhập văn bản.")
    compared += compare(code, e, m, path, mine)
    seen += 1
if seen < 12 or compared < 200:
    print(seen, "reports", compared, "paragraphs")
EOS
check "text in an old font is Unicode" << 'EOS'
mine = {s: " ".join(v) for (s, unit), v in sections.items()
        if unit == names["CB-QS"]}
whole = " ".join(mine.values())
if len(whole) < 2000 or "lãnh đạo" not in whole or "dân chủ" not in whole:
    print(whole[:200])
# letters that TCVN3 puts where Vietnamese has none of its own
odd = re.findall("[¸µ¹¶®¦§¨©ª«¬­¾¿ÆÇÐÑÞßåæçëîïðöøþÿ]", whole)
if odd:
    print(odd[:20])
EOS
check "each piece bears the mark of its source" << 'EOS'
if len(marks) < len(sections):
    print(len(marks), len(sections))
for s, unit, line in marks:
    if not re.match(r"\[Nguồn: .*nhận \d\d/\d\d/2026 \d\d:\d\d; #[0-9a-f]{6,}\]$", line):
        print(line)
EOS
check "units with nothing there are named" << 'EOS'
submitted = [u for u in status["units"] if u["submitted"]]
for n in outline:
    if n["kind"] == "guidance":
        continue
    said = " ".join(notes.get(n["id"], []))
    for u in submitted:
        has = any(k[1] and u["name"] in k[1].split("; ") + [k[1]] and
                  (k[0] == n["id"] or k[0].startswith(n["id"] + "."))
                  for k in sections)
        if has == (u["name"] in re.split(r"[:;.] ?", said)
                   or u["name"] + "." in said or u["name"] + ";" in said):
            print(n["id"], u["code"], "has" if has else "has not")
EOS
check "the annexes add up" << 'EOS'
body = [line for style, line in paragraphs(T + "/all.docx")]
missing = body[body.index("Phụ lục 3. Đơn vị chưa nộp báo cáo") + 1:
               [i for i, l in enumerate(body) if l.startswith("Phụ lục 4")][0]]
missing = [l for l in missing if l]
if len(missing) != status["counts"]["not_submitted"]:
    print(len(missing), status["counts"])
if not any("tổng hợp tạm" in l for l in body[:8]):
    print(body[:8])
if not re.search(r"[0-9a-f]{64}", body[-1] or body[-2]):
    print(body[-3:])
EOS
check "the package is sound" << 'EOS'
z = zipfile.ZipFile(T + "/all.docx")
if z.testzip() or z.namelist()[0] != "[Content_Types].xml":
    print(z.namelist())
for name in z.namelist():
    ET.fromstring(z.read(name))
root = ET.fromstring(z.read("word/document.xml"))
used = {e.get(W + "val") for e in root.iter(W + "pStyle")}
styles = ET.fromstring(z.read("word/styles.xml"))
there = {e.get(W + "styleId") for e in styles.iter(W + "style")}
if used - there:
    print("styles", used - there)
for tc in root.iter(W + "tc"):
    if list(tc)[-1].tag != W + "p":
        print("a cell without a paragraph at its end")
for tbl in root.iter(W + "tbl"):
    grid = len(tbl.findall(f"{W}tblGrid/{W}gridCol"))
    for tr in tbl.findall(W + "tr"):
        spans = [tc.find(f"{W}tcPr/{W}gridSpan") for tc in tr.findall(W + "tc")]
        if sum(1 if s is None else int(s.get(W + "val")) for s in spans) != grid:
            print("a row that does not fill its table")
body = root.find(W + "body")
if list(body)[-1].tag != W + "sectPr":
    print("no page at the end")
kinds = [list(body)[i].tag for i in range(len(list(body)))]
if any(a == b == W + "tbl" for a, b in zip(kinds, kinds[1:])):
    print("two tables touch")
EOS
check "bold, tables and lists are kept" << 'EOS'
root = ET.fromstring(zipfile.ZipFile(T + "/all.docx").read(
    "word/document.xml"))
body = list(root.find(W + "body"))
landscape = [i for i, e in enumerate(body) if e.find(f"{W}pPr/{W}sectPr")
             is not None]
tables = [e for e in body[:landscape[0]] if e.tag == W + "tbl"]
cells = " ".join(text(p) for t in tables for p in t.iter(W + "p"))
bold = [text(p) for p in body[:landscape[0]] if p.tag == W + "p" and
        p.find(f"{W}pPr/{W}pStyle").get(W + "val") == "Normal" and
        p.find(f".//{W}b") is not None]
listed = [text(p) for p in body[:landscape[0]] if p.tag == W + "p" and
          re.match("[-–+•*] ", text(p))]
if len(tables) < 2 or len(cells) < 100:
    print(len(tables), "tables", cells[:80])
if len(bold) < 5 or len(listed) < 20:
    print(len(bold), "with bold", len(listed), "list lines")
EOS
tn collate dan-chu -o "$T/first.docx" --concerns --now $now
cat > "$T/first.py" << 'EOS'
lines = list(paragraphs(T + "/first.docx"))
at = [i for i, (s, l) in enumerate(lines) if s == "Heading1" and
      l.startswith("Phụ lục ")]
heads = [lines[i][1] for i in at]
if [h.split(".")[0] for h in heads] != [f"Phụ lục {i}" for i in range(1, 6)]:
    print(heads)
first = lines[at[0]:at[1]]
if [l.split(". ")[0] for s, l in first if s == "Subtitle"] != ["IV.2", "VI"]:
    print([l for s, l in first if s == "Subtitle"])
there = [l for s, l in first]
for (s, unit), v in sections.items():
    if s in ("IV.2", "VI") and not all(x in there for x in v):
        print(s, unit)
EOS
check "--concerns gathers shortcomings and proposals first" < "$T/first.py"
tn collate dan-chu -o "$T/one.docx" --section IV.2 --now $now &&
    "$BUILD/tiepnhan" outline "$T/one.docx" > "$T/out" &&
    grep -q 'Hạn chế, khó khăn' "$T/out" && ! grep -q 'Phụ lục' "$T/out"
ok $? "one section alone" "$T/out"
tn collate dan-chu -o "$T/no.docx" --section IX 2> "$T/out"
[ $? -eq 66 ]
ok $? "a section that is none is said" "$T/out"
tn collate dan-chu -o "$T/all.html" --html --now $now &&
    grep -q "default-src 'none'" "$T/all.html" &&
    grep -q '<h2>I\. KHÁI QUÁT' "$T/all.html" &&
    ! grep -q '<script' "$T/all.html"
ok $? "as HTML too" "$T/out"

cat > "$T/flat.py" << 'EOS'
import sys, zipfile
w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
lines = ["ĐẢNG BỘ PHƯỜNG THỦY NGUYÊN", "CHI BỘ TỔ DÂN PHỐ SỐ 6",
         "Số 08-BC/CB", "BÁO CÁO", "Thực hiện dân chủ 6 tháng năm 2026",
         "Chi bộ có 30 đảng viên, mọi việc đều được bàn bạc dân chủ.",
         "Chi bộ tiếp tục thực hiện tốt các quy định của cấp trên."]
z = zipfile.ZipFile(sys.argv[1], "w")
z.writestr("word/document.xml", f'<w:document xmlns:w="{w}"><w:body>' +
           "".join(f"<w:p><w:r>{'<w:rPr><w:b/></w:rPr>' * (i in (1, 3, 4))}"
                   f"<w:t>{l}</w:t></w:r></w:p>"
                   for i, l in enumerate(lines)) +
           "</w:body></w:document>")
z.close()
EOS
python3 "$T/flat.py" "$T/flat.docx"
tn add "$T/flat.docx" --unit TDP06 --received 2026-05-13T10:00 --now $now \
    > "$T/out" 2>&1
tn collate dan-chu -o "$T/flat-all.docx" --now $now >> "$T/out" 2>&1
cat > "$T/whole.py" << 'EOS'
lines = [l for s, l in paragraphs(T + "/flat-all.docx")]
outside = lines[lines.index("NỘI DUNG NGOÀI ĐỀ CƯƠNG"):]
at = outside.index("Chi bộ Tổ dân phố số 6")
if [l[:14] for l in outside[at + 3:at + 5]] != ["Chi bộ có 30 đ",
                                                "Chi bộ tiếp tụ"]:
    print(outside[at:at + 6])
EOS
check "a report without headings stands outside the outline, whole" \
    < "$T/whole.py"

# a report's notes go along, where their marks stand
python3 "$SRC/tests/noted_report.py" "$T/noted.docx" \
    "Chi bộ Tổ dân phố số 9"
tn add "$T/noted.docx" --unit TDP09 --received 2026-05-13T10:00 --now $now \
    > "$T/out" 2>&1
tn collate dan-chu -o "$T/noted-all.docx" --now $now >> "$T/out" 2>&1
cat > "$T/noted.py" << 'EOS'
z = zipfile.ZipFile(T + "/noted-all.docx")
root = ET.fromstring(z.read("word/document.xml"))
notes = {n.get(W + "id"): text(n) for n in ET.fromstring(
    z.read("word/footnotes.xml")).iter(W + "footnote") if n.get(W + "type")
    is None}
def told(p): # text with its notes in their places
    out = ""
    for e in p.iter():
        if e.tag == W + "t":
            out += e.text or ""
        elif e.tag == W + "footnoteReference":
            out += "[" + notes.pop(e.get(W + "id")) + "]"
    return out
lines = [told(p) for p in root.iter(W + "p")]
for want in ("Chi bộ có 30 đảng viên[Theo danh sách ngày 30/6/2026.], trong "
             "đó có 12 đảng viên nữ[Tăng 02 đồng chí.].",
             "Chi bộ tiếp tục thực hiện tốt các quy định."
             "[Nghị quyết của chi bộ <số 05>.]",
             "Hội nghị[Họp bất thường.]",
             "Chú thích ở đề mục: Số liệu tính đến hết tháng Sáu."):
    if want not in lines:
        print("not there:", want)
if notes:
    print("without a mark:", notes)
EOS
check "foot- and endnotes are footnotes at their marks" < "$T/noted.py"
cat > "$T/parts.py" << 'EOS'
z = zipfile.ZipFile(T + "/noted-all.docx")
for part, word in (("[Content_Types].xml", "/word/footnotes.xml"),
                   ("word/_rels/document.xml.rels", "footnotes.xml"),
                   ("word/settings.xml", "footnotePr"),
                   ("word/styles.xml", "FootnoteReference")):
    ET.fromstring(z.read(part))
    if word not in z.read(part).decode():
        print(part, "lacks", word)
if "word/footnotes.xml" in zipfile.ZipFile(T + "/one.docx").namelist():
    print("a part without need")
EOS
check "and the package tells of them, where there are any" < "$T/parts.py"
tn collate dan-chu -o "$T/noted-all.html" --html --now $now &&
    grep -q 'đảng viên<sup><a id="m1" href="#n1">\[1\]</a></sup>, trong' \
        "$T/noted-all.html" &&
    grep -q 'id="n1"><a href="#m1">\[1\]</a> Theo danh sách' \
        "$T/noted-all.html" &&
    grep -q 'Nghị quyết của chi bộ &lt;số 05&gt;' "$T/noted-all.html"
ok $? "in HTML they stand at the end" "$T/out"
