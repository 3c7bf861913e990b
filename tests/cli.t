#!/bin/bash
# The command without a state: what it prints of documents, its exit codes,
# and --help of every verb.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"
tn=$BUILD/tiepnhan
letter=$samples/letters/cong-van-dan-chu.docx
report=$samples/reports/bc-hoi-lhpn.docx

# exits CODE NAME COMMAND...: leaves $T/out and $T/err
exits() {
    local code=$1 name=$2 got
    shift 2
    "$@" > "$T/out" 2> "$T/err" < /dev/null
    got=$?
    [ $got -eq "$code" ] || echo "exit $got, wanted $code" >> "$T/err"
    [ $got -eq "$code" ]
    ok $? "$name" "$T/err"
}
# says PATTERN NAME: in what the last command wrote
says() {
    grep -qe "$1" "$T/out" "$T/err"
    ok $? "$2" "$T/err"
}
# python NAME ARG...: a script on standard input says why not, or nothing
python() {
    local name=$1
    shift
    python3 - "$@" > "$T/why" 2>&1 && [ ! -s "$T/why" ]
    ok $? "$name" "$T/why"
}

mapfile -t verbs < <("$tn" --help | sed -n 's/^  \([a-z][a-z -]*[a-z]\).*/\1/p')
echo "1..$((35 + ${#verbs[@]}))"

# ---- help and usage
exits 0 "--help lists the verbs" "$tn" --help
"$tn" --help > /dev/full 2> "$T/why"
[ $? -eq 75 ]
ok $? "what could not be printed is not said to be done" "$T/why"
exits 0 "--version says which program this is" "$tn" --version
says '^tiepnhan ' "with name and number"
bad=
for v in "${verbs[@]}"; do
    # shellcheck disable=SC2086
    exits 0 "help of $v" "$tn" $v --help
    grep -q "^usage: tiepnhan \[-c FILE\] $v" "$T/out" || bad="$bad, $v"
done
echo "$bad" > "$T/why"
[ -z "$bad" ]
ok $? "each begins with its usage" "$T/why"
exits 64 "no verb is a usage error" "$tn"
exits 64 "so is an unknown verb" "$tn" stauts
says "did you mean 'status'" "and the nearest is named"
exits 64 "so is half a verb" "$tn" campaign
says 'campaign open ID' "and its family is listed"
exits 64 "so is an unknown option" "$tn" letter --jsn "$letter"
says 'did you mean --json' "and the nearest is named"
exits 64 "so is a missing word" "$tn" map "$letter"
exits 64 "so is one word too many" "$tn" letter "$letter" "$report"
exits 64 "so is a time that is none" "$tn" status --now yesterday

# ---- documents
for l in "$samples"/letters/*.docx; do
    "$tn" letter --json "$l" > "$T/$(basename "$l" .docx).json" || break
done
python "letter --json has exactly the fields and values" "$samples" "$T" << 'EOS'
import glob, json, os, sys
for path in sorted(glob.glob(sys.argv[1] + "/letters/*.expect.json")):
    want = json.load(open(path))
    name = os.path.basename(path)[:-len(".expect.json")]
    got = json.load(open(f"{sys.argv[2]}/{name}.json"))
    keys = ["issuer", "number", "date", "subject", "deadline", "recipients",
            "outline"]
    if list(got) != keys:
        print(name, "keys", list(got))
    if list(got["deadline"]) != ["date", "reading", "time"]:
        print(name, "deadline", got["deadline"])
    for k in ("issuer", "number", "date", "subject", "recipients"):
        if got[k] != want[k]:
            print(name, k, got[k])
    for k in ("date", "reading"):
        if got["deadline"][k] != want["deadline"][k]:
            print(name, k, got["deadline"])
    for g, w in zip(got["outline"], want["outline"]):
        if list(g) != ["id", "level", "kind", "label", "text", "optional"]:
            print(name, "node", list(g))
        for k in ("id", "level", "kind", "label", "text"):
            if g[k] != w[k]:
                print(name, g["id"], k, g[k])
    if len(got["outline"]) != len(want["outline"]):
        print(name, len(got["outline"]), "nodes")
EOS
"$tn" map --json "$letter" "$report" --kind doanthe > "$T/map.json"
"$tn" outline --json "$report" > "$T/outline.json"
python "map and outline --json have exactly the fields" "$T" << 'EOS'
import json, sys
m = json.load(open(sys.argv[1] + "/map.json"))
o = json.load(open(sys.argv[1] + "/outline.json"))
for j in m, o:
    if list(j) != ["headings", "sections", "document", "warnings"]:
        print(list(j))
    for h in j["headings"]:
        if list(h) != ["text", "label", "level", "sections", "score"]:
            print(list(h))
        if not 0 <= h["score"] <= 1:
            print(h)
    if list(j["document"]) != ["issuer", "number", "date", "title",
                               "period", "signed", "secret"]:
        print(list(j["document"]))
for s in m["sections"]:
    if list(s) != ["id", "state", "sure", "words", "evidence"]:
        print(list(s))
    if s["state"] not in ("filled", "empty", "missing"):
        print(s)
if o["sections"] or any(h["sections"] for h in o["headings"]):
    print("outline maps")
if m["document"]["number"] != "22/BC-BTV" or o["warnings"]:
    print(m["document"], o["warnings"])
EOS
"$tn" map --json "$samples/letters/cong-van-cai-cach-hanh-chinh.docx" \
    "$report" > "$T/other.json"
python "a report on another subject is warned of" "$T" << 'EOS'
import json, sys
w = json.load(open(sys.argv[1] + "/other.json"))["warnings"]
codes = [x["code"] for x in w]
if not {"other-campaign", "last-period"} & set(codes):
    print(w)
EOS
exits 0 "a letter is shown to people" "$tn" letter "$letter"
says 'Kính gửi:' "in Vietnamese"
exits 66 "a file that is not there" "$tn" letter "$T/no-such.docx"
exits 65 "a file that is no document" "$tn" outline "$SRC/README.md"
exits 66 "a folder is no file" "$tn" outline "$T"
"$tn" outline - < "$report" > "$T/out" 2> "$T/err"
ok $? "a document may come on standard input" "$T/err"

# ---- units and configuration
new_office a
conf=$T/a/etc/tiepnhan.conf
exits 0 "the roster is checked" "$tn" -c "$conf" units check
exits 0 "a workbook that says the same changes nothing" \
    "$tn" -c "$conf" units import "$samples/roster/units.xlsx"
says 'thay đổi: 0' "and says so"
sed 's/^TDP05,[^,]*/TDP05,Chi bộ Năm/' "$T/a/etc/units.csv" > "$T/new.csv"
exits 0 "a rehearsed import" "$tn" -c "$conf" units import -n "$T/new.csv"
says '^~ TDP05' "says what would change, and leaves the file alone"
echo 'code,name,kind' > "$T/bad.csv"
echo 'A,,tdp' >> "$T/bad.csv"
exits 65 "mistakes of an import are told by row" \
    "$tn" -c "$conf" units import "$T/bad.csv"
printf 'code,name,kind\nA,Chi b\364 m\364t,tdp\n' > "$T/old.csv"
exits 65 "a list in an old encoding is not taken with broken names" \
    "$tn" -c "$conf" units import "$T/old.csv"
says 'old.csv:2: is not UTF-8' "and its line is named"

# ---- a table of many
new_office many
for i in $(seq 1500); do
    sed -n "s/^TDP15,[^,]*,/M$i,Chi bộ Tổ dân phố mới số $i,/p" \
        "$T/many/etc/units.csv"
done > "$T/more"
# the copy of a file that may only be read may only be read
cat "$T/many/etc/units.csv" "$T/more" > "$T/many.csv"
mv -f "$T/many.csv" "$T/many/etc/units.csv"
round many 2026-05-06T08:00:00+07:00
"$tn" -c "$T/many/etc/tiepnhan.conf" status --xlsx "$T/many.xlsx" \
    > "$T/out" 2>&1
python3 - "$T/many.xlsx" << 'EOF' > "$T/err" 2>&1
import re, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
heights = re.findall(r' ht="([0-9.]+)"',
                     z.read("xl/worksheets/sheet1.xml").decode())
strings = z.read("xl/sharedStrings.xml").decode()
print(max(map(float, heights)), "nộp 1560: " in strings)
assert max(map(float, heights)) < 409.5 and "nộp 1560: " in strings
EOF
ok $? "the sentence above a long table is there, its row not too high" \
    "$T/err"

# ---- who may
chmod 000 "$conf"
exits 77 "without rights the right line is named" "$tn" -c "$conf" status
says "sudo -u tiepnhan .*status" "with the command's own words"
chmod 600 "$conf"
