#!/bin/bash
# The status page of the sample office in headless Chromium: filters by
# keyboard, nothing loaded, hostile mail as text, policy, axe-core, phone,
# paper. Part of ./check.sh --full: it installs two packages from npm.
#
#   BUILD=… SRC=… tests/browser/page.sh [FOLDER FOR PICTURES]
# shellcheck disable=SC1091,SC2154
out=${1:-}
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"

if ! command -v npm > /dev/null || ! command -v chromium > /dev/null; then
    echo "1..0 # SKIP no npm or no chromium"
    exit 0
fi
[ -n "$out" ] || { out=$T/pictures && mkdir "$out"; }
export HOME="$T" npm_config_cache="$T/npm"
cp -r "$SRC/tests/browser" "$T/browser"
(cd "$T/browser" && npm install --no-audit --no-fund --ignore-scripts) \
    > "$T/log" 2>&1 || {
    sed 's/^/# /' "$T/log"
    echo "Bail out! npm install failed"
    exit 1
}

# hostile FILE: a report of a unit and a mail of a stranger, full of markup
hostile() {
    python3 - "$samples/reports/bc-cb-tdp05.docx" "$1" << 'EOS'
import email.message, io, sys, zipfile
bad = "<img src=x onerror=alert(1)>"
escaped = bad.replace("<", "&lt;").replace(">", "&gt;")

def report(unit):
    z = zipfile.ZipFile(sys.argv[1])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as w:
        for name in z.namelist():
            data = z.read(name)
            if name == "word/document.xml":
                data = data.decode().replace("SỐ 5", unit).encode()
            w.writestr(name, data)
    return out.getvalue()

for i, (sender, unit) in enumerate([
        ("cb.tdp18@thuynguyen.example", "SỐ 18"),
        ("nguoila@hopthu.example", escaped)]):
    m = email.message.EmailMessage()
    m["From"] = f'"{bad}" <{sender}>'
    m["To"] = "baocao@dangbo-thuynguyen.example"
    m["Subject"] = f"Báo cáo dân chủ {bad} {i}"
    m["Date"] = "Wed, 13 May 2026 10:00:00 +0700"
    m["Message-ID"] = f"<hostile{i}@thuynguyen.example>"
    m.set_content("Kính gửi báo cáo.")
    m.add_attachment(report(unit), maintype="application",
                     subtype="octet-stream",
                     filename=f"BC {bad}{i}.docx")
    open(f"{sys.argv[2]}.{i}", "wb").write(m.as_bytes())
EOS
}

new_office a
deliver a 2026-05-14T16:00:00+07:00
hostile "$T/a/mail/new/1778641200.hostile.test"
touch -d 2026-05-13T10:00:00+07:00 "$T"/a/mail/new/*.hostile.test.*
round a 2026-05-14T16:30:00+07:00
node "$T/browser/page.mjs" "$T/a/state/status" "$out"
# shellcheck disable=SC2034 # ok counts on
n=12
pdfinfo "$out/page.pdf" > "$T/info" &&
    grep -q '^Page size: *84[12]\.[0-9]* x 59[45]\.[0-9]* pts (A4)' "$T/info"
ok $? "it prints on A4, on its side" "$T/info"
pages=$(sed -n 's/^Pages: *//p' "$T/info")
tables=0
for i in $(seq "$pages"); do
    pdftotext -layout -f "$i" -l "$i" "$out/page.pdf" "$T/page.txt"
    grep -qE '^ *[0-9]+ +(Chi bộ|Đảng bộ)' "$T/page.txt" || continue
    tables=$((tables + 1))
    grep -q 'STT' "$T/page.txt" || echo "page $i has no head"
done > "$T/heads"
[ "$tables" -ge 3 ] && [ ! -s "$T/heads" ]
ok $? "each page of the table bears its head" "$T/heads"
