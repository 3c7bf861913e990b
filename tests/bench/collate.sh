#!/bin/bash
# How long and how much memory the aggregated report takes:
#
#   BUILD=… SRC=… tests/bench/collate.sh [REPORTS]
#
# An office with that many units (200), each of which has handed in a
# sample report of its own; prints seconds, the peak of all processes in
# MiB, and what was written. What is owed: 10 seconds and 64 MiB for 200.
# shellcheck disable=SC1091,SC2154
reports=${1:-200}
. "$SRC/tests/lib-unprivileged.sh"
set -eu
. "$SRC/tests/lib-office.sh"
o=$T/a
tn() { "$BUILD/tiepnhan" -c "$o/etc/tiepnhan.conf" "$@"; }

mkdir -p "$o/etc" "$o/state/campaigns" "$o/mail/new" "$o/mail/cur" \
    "$o/mail/tmp" "$T/docs"
{
    head -n 1 "$SRC/docs/examples/units.csv"
    for i in $(seq "$reports"); do
        printf 'U%04d,Chi bộ Tổ dân phố số %d,"%s",u%d@bench.example,,,%s\n' \
            "$i" "$i" \
            "Chi bộ, đảng bộ cơ sở, chi bộ trực thuộc Đảng ủy phường" \
            "$i" "tdp,,,"
    done
    for u in HDND UBND MTTQ; do
        grep "^$u," "$SRC/docs/examples/units.csv"
    done
} > "$o/etc/units.csv"
sed -e "s|^url = imaps:.*|url = maildir:$o/mail|" \
    -e "s|^url = smtps:.*|url = maildir:$o/outgoing|" \
    -e "s|^state = .*|state = $o/state|" \
    "$SRC/docs/examples/tiepnhan.conf" > "$o/etc/tiepnhan.conf"
"$BUILD/tests/tool-campaign" "$o/etc/units.csv" \
    "$samples/letters/cong-van-dan-chu.docx" \
    "$o/state/campaigns/dan-chu" 12-CV/ĐU 2026-05-05 > /dev/null

# the same report under 200 names is one report: a word of its own in each
python3 - "$samples/reports" "$T/docs" "$reports" << 'EOS'
import glob, sys, zipfile
samples = sorted(glob.glob(sys.argv[1] + "/bc-*.docx"))
for i in range(1, int(sys.argv[3]) + 1):
    z = zipfile.ZipFile(samples[i % len(samples)])
    with zipfile.ZipFile(f"{sys.argv[2]}/{i}.docx", "w",
                         zipfile.ZIP_DEFLATED) as out:
        for name in z.namelist():
            data = z.read(name)
            if name == "word/document.xml":
                data = data.replace(b"</w:body>",
                                    b"</w:body><!-- %d -->" % i)
            out.writestr(name, data)
EOS
for i in $(seq "$reports"); do
    tn add "$T/docs/$i.docx" --unit "$(printf 'U%04d' "$i")" \
        --channel usb --received 2026-05-12T08:00:00+07:00 \
        --now 2026-05-12T09:00:00+07:00 > /dev/null
done
# what may not count by itself is accepted, so that all are in it
tn list --json --now 2026-05-12T10:00:00+07:00 | python3 -c '
import json, sys
for m in json.load(sys.stdin):
    if m["needs_clerk"]: print(m["id"])' | while read -r id; do
    tn accept "$id" --now 2026-05-12T10:00:00+07:00 > /dev/null || :
done

python3 - "$BUILD/tiepnhan" "$o/etc/tiepnhan.conf" "$T/all.docx" << 'EOS'
import os, resource, subprocess, sys, time, zipfile
began = time.monotonic()
subprocess.run([sys.argv[1], "-c", sys.argv[2], "collate", "dan-chu",
                "-o", sys.argv[3], "--now", "2026-05-20T09:00:00+07:00"],
               check=True)
seconds = time.monotonic() - began
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
body = zipfile.ZipFile(sys.argv[3]).read("word/document.xml")
print(f"{seconds:.2f} s, {usage.ru_utime + usage.ru_stime:.2f} s of CPU, "
      f"peak {usage.ru_maxrss / 1024:.1f} MiB; "
      f"{body.decode().count('[Nguồn: ')} pieces, "
      f"{len(body) / 1e6:.1f} MB of XML, "
      f"{os.path.getsize(sys.argv[3]) / 1e6:.2f} MB")
EOS
tn status --line --now 2026-05-20T09:00:00+07:00 | cut -d';' -f1
