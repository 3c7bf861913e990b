# SPEC 5 to 7: mails taken in, and every form in which the state is shown.
import csv
import hashlib
import io
import json
import os
import re
import zipfile

from documents import typed
from office import (AFTER, LAST_DAY, SAMPLES, case, changed_docx, expect,
                    fresh, mail, played, report, same)

STATUS_FORM = {
    "campaign": str, "subject": str, "due": str, "tolerated_until": str,
    "now": str, "last_fetch": str,
    "counts": {k: int for k in (
        "units", "submitted", "not_submitted", "excused", "on_time", "late",
        "complete", "incomplete", "unreadable", "in_review",
        "needs_clerk")},
    "units": [{
        "code": str, "name": str, "recipient": int, "kind": str,
        "submitted": bool, "excused": bool, "channel": str, "due": str,
        "time": str, "days_late": int, "content": str, "missing": [str],
        "empty": [str], "unsure": [str], "received": str, "number": str,
        "file": str, "submission": str, "versions": int,
        "reminders": [str], "bounced": [str], "note": str}],
    "needs_clerk": [{
        "id": str, "from": str, "subject": str, "received": str,
        "reason": str, "guesses": [{"unit": str, "why": str}]}]}
LIST_FORM = {
    "id": str, "sha256": str, "received": str, "from": str, "subject": str,
    "kind": str, "campaign": str, "units": [str], "basis": str,
    "counted": bool, "needs_clerk": bool, "quarantined": bool,
    "reason": str, "duplicate_of": str, "attachments": list}
COLUMNS = ("STT, Mã, Đơn vị, Kính gửi, Nộp, Ngày nhận, Hạn, Đúng hạn, "
           "Nội dung, Thiếu mục, Số ký hiệu, Tệp, Đã nhắc, Ghi chú")
INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00"
FORMATS = set("docx docx-encrypted doc odt rtf pdf zip html text image "
              "other".split())


def adds_up(status):
    c = status["counts"]
    same(c["units"], c["submitted"] + c["not_submitted"] + c["excused"],
         "units")
    same(c["submitted"], c["on_time"] + c["late"], "submitted by time")
    same(c["submitted"], c["complete"] + c["incomplete"] + c["unreadable"] +
         c["in_review"], "submitted by content")
    units = status["units"]
    same(c["units"], len(units), "rows")
    same(c["submitted"], sum(u["submitted"] for u in units), "rows submitted")
    same(c["excused"], sum(u["excused"] for u in units), "rows excused")
    for content in ("complete", "incomplete", "unreadable", "in-review"):
        same(c[content.replace("-", "_")],
             sum(u["submitted"] and u["content"] == content for u in units),
             content)
    same(c["late"], sum(u["submitted"] and u["time"] == "late"
                        for u in units), "late rows")
    same(c["needs_clerk"], len(status["needs_clerk"]), "needs_clerk")


@case("status --json has the promised keys, types and words")
def _():
    status = played().status(AFTER)
    typed(status, STATUS_FORM, "status")
    for u in status["units"]:
        expect(u["time"] in ("not-due", "on-time", "late", "overdue",
                             "excused"), u)
        expect(u["content"] in ("none", "complete", "incomplete",
                                "unreadable", "in-review"), u)
        expect(u["channel"] in ("", "email", "paper", "usb", "zalo",
                                "other"), u)
        for key in ("due", "received"):
            expect(not u[key] or re.fullmatch(INSTANT, u[key]), key, u)
        same(u["submitted"], u["versions"] > 0, u["code"] + " versions")
    same(status["due"], "2026-05-13T23:59:59+07:00", "due")
    same(status["tolerated_until"], "2026-05-14T23:59:59+07:00", "tolerated")
    same(status["last_fetch"], AFTER, "last_fetch")
    same(status["now"], AFTER, "now")


@case("the counts add up, before, within and after the term")
def _():
    for now in ("2026-05-05T08:00:00+07:00", LAST_DAY, AFTER,
                "2026-05-16T08:00:00+07:00", "2026-08-01T08:00:00+07:00"):
        adds_up(played().status(now))


@case("the samples come to the labelled counts")
def _():
    same({k: v for k, v in played().status(AFTER)["counts"].items()},
         {"units": 60, "submitted": 19, "not_submitted": 41, "excused": 0,
          "on_time": 19, "late": 0, "complete": 15, "incomplete": 1,
          "unreadable": 3, "in_review": 0, "needs_clerk": 9}, "counts")


@case("rows stand in the order of the Kính gửi lines")
def _():
    lines = [u["recipient"] for u in played().status(AFTER)["units"]]
    same(lines, sorted(lines), "recipient")
    same(set(lines), {1, 2, 3, 4}, "lines, from 1")


@case("within the day of the letter on time, with the note trong ngày hạn")
def _():
    unit = played().unit("DN-MM", AFTER)
    same((unit["time"], unit["days_late"]), ("on-time", 0), "DN-MM")
    expect("trong ngày hạn" in unit["note"], unit)
    same(unit["missing"], ["V"], "missing")


@case("a changed deadline re-judges everything; days count from tolerance")
def _():
    office = played().copy("judge")
    office.edit("^tolerance = .*", "tolerance = none")
    status = office.status(AFTER)
    same((status["counts"]["on_time"], status["counts"]["late"]), (18, 1),
         "no tolerance")
    unit = next(u for u in status["units"] if u["code"] == "DN-MM")
    same((unit["time"], unit["days_late"]), ("late", 1), "DN-MM")
    same(next(u for u in status["units"] if u["code"] == "CD")["time"],
         "overdue", "CD")
    adds_up(status)


@case("status --line is the leader's sentence")
def _():
    status = played().status(AFTER)
    line = played().tn("status", "--line", "--now", AFTER).out
    got = re.fullmatch(
        r"Đến 21 giờ 00 ngày 14/5/2026: (\d+)/(\d+) đơn vị đã nộp "
        r"\((\d+,\d)%\), đúng hạn (\d+), trễ hạn (\d+); thiếu mục (\d+); "
        r"cần xem xét (\d+); chưa nộp (\d+): (.+)\n", line)
    expect(got, line)
    c = status["counts"]
    same([int(got[n]) for n in (1, 2, 4, 5, 6, 8)],
         [c["submitted"], c["units"], c["on_time"], c["late"],
          c["incomplete"], c["not_submitted"]], "figures")
    same(got[3], "31,7", "share")
    owing = [u["name"] for u in status["units"] if not u["submitted"]]
    same(got[9].rstrip("."), ", ".join(owing), "names")


@case("list --json has the promised keys, types and words")
def _():
    for m in played().list(AFTER):
        typed({k: v for k, v in m.items() if k != "attachments"}, {
            k: v for k, v in LIST_FORM.items() if k != "attachments"},
            m["id"])
        same(list(m), list(LIST_FORM), "keys")
        expect(re.fullmatch("[0-9a-f]{64}", m["sha256"]), m["sha256"])
        expect(m["sha256"].startswith(m["id"]), m["id"])
        expect(re.fullmatch(INSTANT, m["received"]), m["received"])
        expect(m["kind"] in ("submission", "bounce", "auto-reply",
                             "question", "other"), m["kind"])
        expect(m["basis"] in ("address", "letterhead", "reply", "subject",
                              "file-name", "display-name", "signature",
                              "clerk", "none"), m["basis"])
        for a in m["attachments"]:
            same([k for k in a if k != "in"],
                 ["name", "format", "role", "unit"], "attachment")
            expect(a["format"] in FORMATS, a)
            expect(a["role"] in ("report", "companion", "ignored"), a)


@case("list: every sample mail is what its label says")
def _():
    got = {m["sha256"]: m for m in played().list(AFTER)}
    same(len(got), 28, "mails")
    wrong = []
    folder = SAMPLES + "/mail/"
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".eml"):
            continue
        raw = open(folder + name, "rb").read()
        want = json.load(open(folder + name[:-4] + ".expect.json"))
        m = got[hashlib.sha256(raw).hexdigest()]
        waits = want["needs_clerk"] and not want["counted"]
        units = want.get("units") or \
            ([want["unit"]] if want.get("unit") else [])
        for key, right in (("kind", want["kind"]),
                           ("basis", want["unit_basis"]),
                           ("needs_clerk", want["needs_clerk"]),
                           ("counted", want["counted"]),
                           ("units", [] if waits else units)):
            if m[key] != right:
                wrong.append(f"{name}: {key} {m[key]!r}, not {right!r}")
        files = [(a["name"], a["format"], a["role"])
                 for a in m["attachments"] if "in" not in a]
        right = [(a["name"], a["format"], a["role"])
                 for a in want["attachments"]]
        if files != right:
            wrong.append(f"{name}: {files}, not {right}")
        if bool(m["duplicate_of"]) != bool(want.get("duplicate_of")):
            wrong.append(f"{name}: duplicate_of {m['duplicate_of']!r}")
    expect(not wrong, "\n".join(wrong))


@case("what stands in a zip is listed with in and the zip's name")
def _():
    m = next(m for m in played().list(AFTER)
             if any(a["format"] == "zip" for a in m["attachments"]))
    inner = [a for a in m["attachments"] if "in" in a]
    same([(a["name"], a["in"], a["format"], a["role"], a["unit"])
          for a in inner],
         [("BC QCDC noi lam viec 6T.2026.docx", "BaoCao_DCCS_MayMac.zip",
           "docx", "report", "DN-MM")], "inner files")


@case("a guess names at most three units, each with its why")
def _():
    waiting = played().status(AFTER)["needs_clerk"]
    expect(any(m["guesses"] for m in waiting), "no guess at all")
    for m in waiting:
        expect(len(m["guesses"]) <= 3 and m["reason"], m)
        expect(all(g["unit"] and g["why"] for g in m["guesses"]), m)
    same([m["id"] for m in waiting],
         [m["id"] for m in played().list(AFTER, "--needs-clerk")],
         "list --needs-clerk")


@case("CSV: BOM, semicolons, the promised columns, a row for each unit")
def _():
    office = played()
    printed = office.tn("status", "--csv", "--now", AFTER).bytes
    stored = open(office.state + "/status/dan-chu.csv", "rb").read()
    for data in (printed, stored):
        expect(data.startswith(b"\xef\xbb\xbf"), "no BOM")
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")),
                               delimiter=";"))
        same(", ".join(rows[0]), COLUMNS, "columns")
        same(len(rows) - 1, 60, "rows")
        same([r[1] for r in rows[1:]],
             [u["code"] for u in office.status(AFTER)["units"]], "order")
        same({len(r) for r in rows}, {14}, "cells")


@case("a cell of the CSV cannot become a formula")
def _():
    office = fresh("formula")
    office.edit("^TDP05,[^,]*", "TDP05,=cmd|calc", office.dir +
                "/etc/units.csv")
    for n, sign in enumerate("=+-@"):
        office.deliver(mail(f"cb.tdp0{n + 5}@thuynguyen.example", "Nộp",
                            (f"{sign}1+1.docx", changed_docx(
                                report("bc-cb-tdp05"), "NĂM", f"NĂM {n}",
                                -1))),
                       f"2026-05-12T09:0{n}:00+07:00")
    office.round(LAST_DAY)
    data = office.tn("status", "--csv", "--now", LAST_DAY).bytes
    cells = [c for row in csv.reader(io.StringIO(data.decode("utf-8-sig")),
                                     delimiter=";") for c in row]
    same([c for c in cells if c[:1] in ("=", "+", "-", "@")], [], "formulas")
    expect(any("1+1.docx" in c for c in cells), "no file name at all")


@case("status.log: one line an event, in columns, with # ids of mails")
def _():
    office = played()
    ids = {m["id"] for m in office.list(AFTER)}
    seen = set()
    for line in office.log().splitlines():
        got = re.fullmatch(
            r"(\d\d/\d\d/\d{4} \d\d:\d\d:\d\d)  (\S.*?) +(\S+) +(\S.*)", line)
        expect(got, repr(line))
        same(line[21:32].rstrip(), line[21:32].rstrip().upper(), "event word")
        expect(line[19:21] == "  " and line[30:32] == "  ", repr(line))
        seen |= set(re.findall(r"#([0-9a-f]{6,}) ?", line))
    counted = {m["id"] for m in office.list(AFTER) if m["counted"]}
    expect(counted <= seen and seen <= ids, "ids:", counted - seen,
           seen - ids)
    line = next(x for x in office.log().splitlines() if "TDP05 " in x and
                "ĐÃ NỘP" in x)
    expect(re.search(r"ĐÃ NỘP     TDP05  Chi bộ Tổ dân phố số 5 · (nhận .* · "
                     r")?đúng hạn · đủ mục · .*\.docx · số 08-BC/CB · "
                     r"#[0-9a-f]{6}$", line), line)
    line = next(x for x in office.log().splitlines() if "THIẾU MỤC" in x)
    expect(re.search(r"THIẾU MỤC  DN-MM  .* · thiếu V · ", line), line)
    line = next(x for x in office.log().splitlines() if "TDP17)" in x)
    expect(re.search(r"CẦN XEM    —      từ \S+@\S+ · .*\(gợi ý: TDP17\)",
                     line), line)


@case("log prints status.log; -n its last lines")
def _():
    office = played()
    same(office.tn("log", "-n", "100000").out, office.log(), "all")
    same(office.tn("log", "-n", "3").out,
         "".join(office.log().splitlines(True)[-3:]), "-n 3")


@case("a half line at the end of status.log is cut, what is missing added")
def _():
    office = played().copy("half")
    path = office.state + "/status/status.log"
    whole = office.log()
    lines = whole.splitlines(True)
    open(path, "w").write("".join(lines[:-2]) + lines[-2][:20])
    office.round("2026-05-14T21:05:00+07:00")
    same(office.log(), whole, "status.log")
    os.unlink(path)
    office.round("2026-05-14T21:10:00+07:00")
    same(office.log(), whole, "status.log made anew")


@case("the status folder: page, table, index, readable by the group only")
def _():
    office = played()
    for name in ("status.log", "dan-chu.html", "dan-chu.csv", "index.html"):
        mode = os.stat(f"{office.state}/status/{name}").st_mode & 0o777
        same(oct(mode), oct(0o640), name)


@case("publish gets copies of the status files")
def _():
    office = fresh("publish")
    os.mkdir(office.dir + "/share")
    office.edit("^publish =.*", "publish = ../share", office.conf)
    office.round(LAST_DAY)
    for name in ("dan-chu.html", "dan-chu.csv", "index.html"):
        same(open(f"{office.dir}/share/{name}", "rb").read(),
             open(f"{office.state}/status/{name}", "rb").read(), name)
    expect(os.path.exists(office.dir + "/share/status.log"), "status.log")


@case("status --html and --xlsx write files")
def _():
    office = played()
    office.tn("status", "--html", office.dir + "/p.html", "--now", AFTER)
    page = open(office.dir + "/p.html").read()
    expect("19/60" in page and "<script src" not in page and
           not re.search(r'(src|href)="https?:', page), "the page")
    office.tn("status", "--xlsx", office.dir + "/p.xlsx", "--now", AFTER)
    with zipfile.ZipFile(office.dir + "/p.xlsx") as z:
        expect("xl/workbook.xml" in z.namelist(), z.namelist())


@case("a secret report leaves no text, no excerpt and no file name anywhere")
def _():
    office = fresh("secret")
    for n, stamp in enumerate(("MẬT", "TỐI MẬT", "TUYỆT MẬT")):
        stamped = changed_docx(
            report("bc-cb-tdp05"), "<w:body>", "<w:body><w:p><w:r><w:t>"
            f"{stamp}</w:t></w:r></w:p>")
        stamped = changed_docx(stamped, "</w:body>", "<w:p><w:r><w:t>"
                               f"Bimatquocgia{n} trong báo cáo.</w:t></w:r>"
                               "</w:p></w:body>")
        office.deliver(mail(f"cb.tdp0{n + 5}@thuynguyen.example",
                            f"Chude Kinhmat{n}",
                            (f"tep-hiemcoten{n}.docx", stamped)),
                       f"2026-05-12T09:0{n}:00+07:00")
    office.round("2026-05-12T09:30:00+07:00")
    office.round("2026-05-12T16:30:00+07:00")
    now = "2026-05-12T16:31:00+07:00"
    mails = office.list(now)
    same(len(mails), 3, "mails")
    for m in mails:
        same((m["quarantined"], m["needs_clerk"], m["subject"]),
             (True, True, ""), m["id"])
        same([a["name"] for a in m["attachments"] if a["name"]], [],
             "file names")
    expect(len(office.status(now)["needs_clerk"]) == 3, "clerk is not told")
    found = []
    for path, data in office.state_bytes():
        if "/spool/" in path:
            continue  # the mail as received
        for word in (b"hiemcoten", b"Bimatquocgia", b"Kinhmat"):
            for form in (word, word.decode().encode("utf-16-le")):
                if form in data:
                    found.append((path, word))
    expect(not found, found)
    for words in (["show", mails[0]["id"]], ["list"], ["status"],
                  ["queue"], ["log"], ["show", mails[0]["id"], "--json"],
                  ["list", "--json"], ["status", "--json"]):
        out = office.tn(*words, *(["--now", now] if words != ["log"] else
                                  [])).out
        expect(not re.search("hiemcoten|Bimatquocgia|Kinhmat", out), words,
               out)
    for message in office.sent():
        expect(not re.search("hiemcoten|Bimatquocgia|Kinhmat",
                             message.as_string()), "a mail of ours")


@case("nor does a secret file that the clerk adds")
def _():
    office = fresh("secretfile")
    path = office.dir + "/tep-hiemcoten.docx"
    open(path, "wb").write(changed_docx(
        report("bc-cb-tdp05"), "<w:body>",
        "<w:body><w:p><w:r><w:t>MẬT</w:t></w:r></w:p>"))
    now = "2026-05-12T16:31:00+07:00"
    office.tn("add", path, "--unit", "TDP05", "--channel", "usb",
              "--now", now)
    office.round(now)
    m = office.list(now)[0]
    same((m["quarantined"], [a["name"] for a in m["attachments"]]),
         (True, [""]), "the mail")
    found = [path for path, data in office.state_bytes()
             if "/spool/" not in path and (
                 b"hiemcoten" in data or
                 "hiemcoten".encode("utf-16-le") in data)]
    same(found, [], "files with its name")
    for words in (["show", m["id"]], ["list"], ["show", m["id"], "--json"],
                  ["list", "--json"], ["status", "--json"], ["queue"]):
        out = office.tn(*words, "--now", now).out
        expect("hiemcoten" not in out, words, out)


@case("formats are told by content, whatever name and type say")
def _():
    office = fresh("formats")
    jpeg = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + \
        b"\0" * 4000
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as z:
        z.writestr("a.txt", "hello")
    odt = io.BytesIO()
    with zipfile.ZipFile(odt, "w") as z:
        z.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        z.writestr("content.xml", "<x/>")
    xlsx = io.BytesIO()
    with zipfile.ZipFile(xlsx, "w") as z:
        z.writestr("[Content_Types].xml", "<Types/>")
        z.writestr("xl/workbook.xml", "<workbook/>")
    whole = report("bc-cb-tdp05")
    files = [("a.pdf", whole, "docx"), ("b.docx", b"%PDF-1.4\nx", "pdf"),
             ("c.docx", b"{\\rtf1 hello}", "rtf"), ("d.docx", jpeg, "image"),
             ("e.docx", odt.getvalue(), "odt"),
             ("g.docx", xlsx.getvalue(), "other"),
             ("h.docx", inner.getvalue(), "zip"),
             ("i.docx", b"Rar!\x1a\x07\x00" + b"\0" * 90, "other"),
             ("j.docx", b"", "other"),
             ("l.docx", b"<html><body>x</body></html>", "html"),
             ("winmail.dat", bytes.fromhex("789f3e22") + b"\0" * 90,
              "other"), ("n.docx", whole[:len(whole) // 2], "docx")]
    office.deliver(mail("cb.tdp05@thuynguyen.example", "Nộp báo cáo",
                        *[(n, c, "application/octet-stream")
                          for n, c, _ in files]),
                   "2026-05-12T09:00:00+07:00")
    office.round(LAST_DAY)
    got = {a["name"]: a["format"] for a in
           office.list(LAST_DAY)[0]["attachments"] if "in" not in a}
    same(got, {n: f for n, _, f in files}, "formats")


@case("same bytes again count once; a newer version replaces, the first "
      "keeps the time")
def _():
    office = fresh("versions")
    one = report("bc-cb-tdp05")
    two = changed_docx(one, "</w:body>", "<w:p><w:r><w:t>Bản sửa đổi, bổ "
                       "sung.</w:t></w:r></w:p></w:body>")
    who = "cb.tdp05@thuynguyen.example"
    office.deliver(mail(who, "Nộp", ("bc.docx", one)),
                   "2026-05-12T09:00:00+07:00")
    office.round("2026-05-12T09:05:00+07:00")
    office.deliver(mail(who, "Nộp lại", ("bc-khac-ten.docx", one)),
                   "2026-05-12T10:00:00+07:00")
    office.round("2026-05-12T10:05:00+07:00")
    unit = office.unit("TDP05", LAST_DAY)
    same(unit["versions"], 1, "versions after the repeat")
    mails = office.list(LAST_DAY)
    same([m["duplicate_of"] for m in mails], ["", mails[0]["id"]],
         "duplicate_of")
    same([m["counted"] for m in mails], [True, False], "counted")
    office.deliver(mail(who, "Bản sửa", ("bc2.docx", two)),
                   "2026-05-15T09:00:00+07:00")
    office.round("2026-05-15T09:05:00+07:00")
    later = office.unit("TDP05", "2026-05-15T10:00:00+07:00")
    same((later["versions"], later["received"], later["time"],
          later["file"]),
         (2, "2026-05-12T09:00:00+07:00", "on-time", "bc2.docx"),
         "the newer version")
    same(len(office.status(AFTER)["units"]), 60, "rows")


@case("show has the verdict's reason and evidence; --raw the very bytes")
def _():
    office = played()
    path = SAMPLES + "/mail/m01-zimbra-web.eml"
    raw = open(path, "rb").read()
    ident = hashlib.sha256(raw).hexdigest()[:8]
    same(office.tn("show", ident, "--raw").bytes, raw, "raw")
    out = office.tn("show", ident, "--now", AFTER).out
    expect("TDP05" in out and "cb.tdp05@thuynguyen.example" in out, out)


@case("--now filters nothing: mail from after it is taken in")
def _():
    office = fresh("future")
    office.deliver(mail("cb.tdp05@thuynguyen.example", "Nộp",
                        ("bc.docx", report("bc-cb-tdp05"))),
                   "2026-05-13T09:00:00+07:00")
    office.round("2026-05-12T08:00:00+07:00")
    mails = office.list("2026-05-12T08:00:00+07:00")
    same(len(mails), 1, "mails")
    expect(office.unit("TDP05", LAST_DAY)["submitted"], "not counted")


@case("two letters with different lists run side by side")
def _():
    office = fresh("two")
    office.tn("campaign", "new", SAMPLES +
              "/letters/cong-van-cai-cach-hanh-chinh.docx", "--id", "cchc",
              "--now", "2026-05-22T08:00:00+07:00")
    office.tn("campaign", "open", "cchc", "--now",
              "2026-05-22T08:00:00+07:00")
    office.deliver(mail("hanhchinhcong@thuynguyen.example",
                        "Báo cáo dân chủ cơ sở",
                        ("dc.docx", report("bc-cb-hanh-chinh-cong"))),
                   "2026-05-25T08:00:00+07:00")
    office.deliver(mail("hanhchinhcong@thuynguyen.example",
                        "Báo cáo CCHC quý II",
                        ("cc.docx", report("cchc-q2-hanh-chinh-cong"))),
                   "2026-05-25T09:00:00+07:00")
    now = "2026-05-25T09:05:00+07:00"
    office.round(now)
    one, two = office.status(now, "dan-chu"), office.status(now, "cchc")
    adds_up(one)
    adds_up(two)
    expect(one["counts"]["units"] == 60 and two["counts"]["units"] < 60,
           two["counts"])
    same([m["campaign"] for m in office.list(now)], ["dan-chu", "cchc"],
         "campaigns")
    for status, time in ((one, "late"), (two, "on-time")):
        unit = next(u for u in status["units"] if u["code"] == "CB-HCC")
        same((unit["submitted"], unit["time"]), (True, time),
             status["campaign"])


@case("a mail belongs by from ≤ received; open looks at what is filed")
def _():
    office = fresh("window")
    for day, unit in (("2026-04-29", 5), ("2026-05-06", 6)):
        office.deliver(mail(
            f"cb.tdp0{unit}@thuynguyen.example", "Nộp", (
                "bc.docx", changed_docx(report("bc-cb-tdp05"), "SỐ 5",
                                        f"SỐ {unit}", -1))),
            day + "T09:00:00+07:00")
    office.edit("^since = .*", "since = 2026-04-01", office.conf)
    office.edit("^state = open", "state = draft")
    now = "2026-05-07T08:00:00+07:00"
    office.round(now)
    office.tn("campaign", "open", "dan-chu", "--now", now)
    got = {u["code"] for u in office.status(now)["units"] if u["submitted"]}
    same(got, {"TDP06"}, "submitted after open")


@case("after close a late report is filed and counted late, nothing mailed")
def _():
    office = fresh("closed")
    office.round("2026-05-05T08:05:00+07:00")
    office.tn("campaign", "close", "dan-chu", "--now",
              "2026-05-20T08:00:00+07:00")
    before = len(office.sent())
    office.deliver(mail("cb.tdp05@thuynguyen.example", "Nộp",
                        ("bc.docx", report("bc-cb-tdp05"))),
                   "2026-05-20T09:00:00+07:00")
    now = "2026-05-20T09:05:00+07:00"
    office.round(now)
    unit = next(u for u in office.status(now, "dan-chu")["units"]
                if u["code"] == "TDP05")
    same((unit["submitted"], unit["time"]), (True, "late"), "TDP05")
    same(len(office.sent()), before, "mails sent")


@case("automatic replies, bounces, questions stand in list, counted never")
def _():
    for m in played().list(AFTER):
        if m["kind"] != "submission":
            same(m["counted"], False, m["id"])
    kinds = [m["kind"] for m in played().list(AFTER)]
    same({k: kinds.count(k) for k in ("bounce", "auto-reply", "question")},
         {"bounce": 1, "auto-reply": 2, "question": 1}, "kinds")
