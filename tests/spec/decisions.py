# SPEC 2, 6, 7: what the clerk decides, and how it is taken back.
import os
import re
import sqlite3

from office import (AFTER, LAST_DAY, LETTER, OTHER_LETTER, REPORTS, WORK, case,
                    changed_docx, expect, fresh, mail, played, report, same)
from intake import adds_up

NEXT = "2026-05-14T21:30:00+07:00"


def event_of(result):
    got = re.search(r"undo (\d+)", result.out)
    expect(got, "names no event to undo:", result)
    return got.group(1)


def waiting(office, unit):
    """The mail that waits with this guess."""
    return next(m["id"] for m in office.status(AFTER)["needs_clerk"]
                if unit in [g["unit"] for g in m["guesses"]])


def of_unit(office, unit):
    return next(m["id"] for m in office.list(AFTER)
                if m["counted"] and unit in m["units"])


@case("assign places a mail; undo takes it back; both are events")
def _():
    office = played().copy("assign")
    ident = waiting(office, "TDP17")
    before = office.status(AFTER)
    done = office.tn("assign", ident, "TDP17", "--now", AFTER)
    unit = office.unit("TDP17", AFTER)
    same((unit["submitted"], unit["time"]), (True, "on-time"), "TDP17")
    m = next(m for m in office.list(AFTER) if m["id"] == ident)
    same((m["units"], m["basis"], m["counted"], m["needs_clerk"]),
         (["TDP17"], "clerk", True, False), "the mail")
    adds_up(office.status(AFTER))
    expect("TDP17" in office.log().splitlines()[-1], office.log()[-300:])
    office.tn("undo", event_of(done), "--now", AFTER)
    after = office.status(AFTER)
    same(after["units"], before["units"], "units")
    same(after["counts"], before["counts"], "counts")


@case("assign to several units is one report for all of them")
def _():
    office = played().copy("joint")
    ident = of_unit(office, "MTTQ")
    office.tn("assign", ident, "MTTQ", "CD", "CCB", "--now", AFTER)
    for code in ("MTTQ", "CD", "CCB"):
        expect(office.unit(code, AFTER)["submitted"], code)
    adds_up(office.status(AFTER))


@case("--remember learns the address, for the next mail")
def _():
    office = played().copy("remember")
    office.tn("assign", waiting(office, "TDP17"), "TDP17", "--remember",
              "--now", AFTER)
    office.deliver(mail("phamu.1971@thudientu.example", "Bản sửa",
                        ("x.docx", changed_docx(
                            report("bc-tdp17-theo-de-cuong"), "</w:body>",
                            "<w:p><w:r><w:t>Thêm một đoạn.</w:t></w:r></w:p>"
                            "</w:body>"))), NEXT)
    office.round(NEXT)
    m = office.list(NEXT)[-1]
    same((m["units"], m["basis"]), (["TDP17"], "address"), "the next mail")


@case("return: it no longer counts, with a day until; accept: complete")
def _():
    office = played().copy("return")
    ident = of_unit(office, "DN-MM")
    done = office.tn("accept", ident, "--now", AFTER)
    same(office.unit("DN-MM", AFTER)["content"], "complete", "accepted")
    office.tn("undo", event_of(done), "--now", AFTER)
    same(office.unit("DN-MM", AFTER)["content"], "incomplete", "undone")
    office.tn("return", ident, "--reason", "thiếu chữ ký", "--until",
              "18/5/2026", "--now", AFTER)
    unit = office.unit("DN-MM", AFTER)
    same(unit["submitted"], False, "returned")
    adds_up(office.status(AFTER))
    expect("thiếu chữ ký" in office.log(), "the reason is not in the log")
    office.tn("return", ident, "--now", AFTER, code=64)


@case("return tells the unit why and by when; until then it is not reminded")
def _():
    office = played().copy("returned")
    ident = of_unit(office, "TDP12")
    office.tn("return", ident, "--reason", "báo cáo chưa ký",
              "--until", "20/5/2026", "--now", "2026-05-15T08:00:00+07:00")
    unit = office.unit("TDP12", "2026-05-18T09:00:00+07:00")
    same((unit["submitted"], unit["due"], unit["time"]),
         (False, "2026-05-20T23:59:59+07:00", "not-due"), "its term")
    office.round("2026-05-15T08:05:00+07:00")
    told = [m for m in office.sent() if "tdp12" in str(m["To"]) and
            "Đề nghị gửi lại" in str(m["Subject"])]
    same(len(told), 1, "mails")
    body = told[0].get_content()
    for words in ("báo cáo chưa ký", "20/5/2026", "bao cao tdp 12.docx"):
        expect(words in body, "no", words, body)
    for now in ("2026-05-15T08:30", "2026-05-19T08:30", "2026-05-20T14:00"):
        office.round(now + ":00+07:00")
    same(len([m for m in office.sent() if "tdp12" in str(m["To"])
              and m["Auto-Submitted"] == "auto-generated"]), 1,
         "mails that nobody asked for")
    same(office.unit("TDP12", "2026-05-21T08:00:00+07:00")["time"],
         "overdue", "after that day")
    office.tn("accept", ident, "--now", "2026-05-20T15:00:00+07:00")
    unit = office.unit("TDP12", "2026-05-21T08:00:00+07:00")
    same((unit["submitted"], unit["due"]),
         (True, "2026-05-13T23:59:59+07:00"), "accepted after all")


@case("not-a-report: it counts no more and needs nobody")
def _():
    office = played().copy("nareport")
    ident = of_unit(office, "TDP05")
    office.tn("not-a-report", ident, "--now", AFTER)
    same(office.unit("TDP05", AFTER)["submitted"], False, "TDP05")
    m = next(m for m in office.list(AFTER) if m["id"] == ident)
    same((m["counted"], m["needs_clerk"]), (False, False), "the mail")


@case("excuse: a unit is excused; with --section only that section")
def _():
    office = played().copy("excuse")
    office.tn("excuse", "CD", "--reason", "giải thể", "--now", AFTER)
    unit = office.unit("CD", AFTER)
    same((unit["submitted"], unit["excused"], unit["time"]),
         (False, True, "excused"), "CD")
    same(office.status(AFTER)["counts"]["excused"], 1, "excused")
    office.tn("excuse", "DN-MM", "--section", "V", "--now", AFTER)
    unit = office.unit("DN-MM", AFTER)
    same((unit["content"], unit["missing"], unit["excused"]),
         ("complete", [], False), "DN-MM without V")
    office.tn("excuse", "DN-MM", "--section", "IX", "--now", AFTER,
              code=(64, 65, 66))
    adds_up(office.status(AFTER))


@case("extend: another due for one unit, judged by it")
def _():
    office = played().copy("extend")
    office.tn("extend", "TDP02", "20/5/2026", "--now", AFTER)
    now = "2026-05-18T08:00:00+07:00"
    unit = office.unit("TDP02", now)
    same((unit["due"], unit["time"]),
         ("2026-05-20T23:59:59+07:00", "not-due"), "TDP02")
    same(office.unit("TDP03", now)["time"], "overdue", "TDP03")


@case("undo of an unknown or undone event is refused, and of no number 64")
def _():
    office = played().copy("undo")
    number = event_of(office.tn("excuse", "CD", "--now", AFTER))
    office.tn("undo", number, "--now", AFTER)
    office.tn("undo", number, "--now", AFTER, code=65)
    office.tn("undo", "999999", "--now", AFTER, code=(65, 66))
    office.tn("undo", "abc", "--now", AFTER, code=64)


@case("add without a file: on paper, counted complete, with its channel")
def _():
    office = fresh("paper")
    office.tn("add", "--unit", "TDP01", "--channel", "paper", "--received",
              "2026-05-12T10:00:00+07:00", "--now", LAST_DAY)
    unit = office.unit("TDP01", LAST_DAY)
    same((unit["submitted"], unit["channel"], unit["received"],
          unit["time"], unit["content"]),
         (True, "paper", "2026-05-12T10:00:00+07:00", "on-time",
          "complete"), "TDP01")
    adds_up(office.status(LAST_DAY))


@case("add FILE: read as a mail's file would be, with channel and time")
def _():
    office = fresh("usb")
    for channel, unit in (("usb", "TDP05"), ("zalo", "TDP12")):
        path = REPORTS + {"TDP05": "bc-cb-tdp05", "TDP12": "bc-tdp12-ngan"}[
            unit] + ".docx"
        office.tn("add", path, "--unit", unit, "--channel", channel,
                  "--received", "2026-05-12T10:00:00+07:00", "--now",
                  LAST_DAY)
        row = office.unit(unit, LAST_DAY)
        same((row["submitted"], row["channel"], row["content"],
              row["received"], row["file"]),
             (True, channel, "complete", "2026-05-12T10:00:00+07:00",
              os.path.basename(path)), unit)
    same(office.tn("verify", "--json").json()["findings"], [], "findings")


@case("remind --preview says what goes to whom and when; hold takes it out")
def _():
    office = fresh("preview")
    now = "2026-05-07T08:00:00+07:00"
    text = office.tn("remind", "--preview", "--json", "--now", now).out
    expect("2026-05-08T08:00:00+07:00" in text and
           "cb.tdp05@thuynguyen.example" in text, text[:600])
    shown = office.tn("remind", "--preview", "--now", now).out
    steps = [line for line in shown.splitlines() if line[0] != " "]
    times = ["".join(re.match(r"(\d\d) giờ (\d\d) ngày (\d\d)/(\d+)/",
                              line).group(4, 3, 1, 2)) for line in steps]
    expect(len(steps) > 4 and times == sorted(times), "not in order", steps)
    expect("lần đầu" in office.tn("remind", "--preview", "--now", now).out,
           "no word for people")
    office.tn("hold", "TDP05", "--now", now)
    office.round("2026-05-08T08:00:00+07:00")
    to = " ".join(str(m["To"]) for m in office.sent())
    expect("cb.tdp05@" not in to and "cb.tdp06@" in to, to)


@case("hold STEP holds that step for all, undo lets it go")
def _():
    office = fresh("hold")
    now = "2026-05-07T08:00:00+07:00"
    done = office.tn("hold", "first", "--now", now)
    other = office.copy("hold2")
    office.round("2026-05-08T08:00:00+07:00")
    same([str(m["To"]) for m in office.sent()
          if "vanthu@" not in str(m["To"])], [], "reminders")
    other.tn("undo", event_of(done), "--now", now)
    other.round("2026-05-08T08:00:00+07:00")
    expect(len(other.sent()) > 30, "none went out after undo")


@case("supplement asks the incomplete for what is missing, once agreed")
def _():
    office = played().copy("supplement")
    before = len(office.sent())
    office.round("2026-05-15T08:05:00+07:00")
    asked = [m for m in office.sent()[before:] if "nhansu@maymac" in
             str(m["To"])]
    same([str(m["Subject"]) for m in asked if "bổ sung" in
          str(m["Subject"]).lower()], [], "asked without leave")
    office.tn("supplement", "dan-chu", "DN-MM", "--now",
              "2026-05-15T08:10:00+07:00")
    office.round("2026-05-15T14:00:00+07:00")
    asked = [m.get_content() for m in office.sent()[before:]
             if "nhansu@maymac" in str(m["To"]) and
             m["Auto-Submitted"] == "auto-generated"]
    expect(len(asked) == 1 and "Các mục chưa thấy: V." in asked[0], asked)


@case("supplement of a closed campaign is refused: nothing would go")
def _():
    office = played().copy("closed")
    office.tn("campaign", "close", "dan-chu", "--now", NEXT)
    said = office.tn("supplement", "dan-chu", "--now", NEXT, code=65)
    expect("đã đóng" in said.err, said)


@case("a campaign whose closing day is past is not opened: it would be closed")
def _():
    office = played().copy("past")
    office.tn("campaign", "new", LETTER, "--id", "again", "--number",
              "13-CV/ĐU", "--date", "5/5/2026", "--now", NEXT)
    said = office.tn("campaign", "open", "again", "--now",
                     "2026-11-28T08:00:00+07:00", code=65)
    expect("close" in said.err, said)
    office.tn("campaign", "open", "again", "--now", NEXT)


@case("a campaign past its closing day is not open: the other one is meant")
def _():
    office = fresh("past-close")
    later = "2026-06-20T08:00:00+07:00"
    office.tn("campaign", "new", OTHER_LETTER, "--id", "cchc", "--number",
              "20-CV/VP", "--date", "16/6/2026", "--now", later)
    office.tn("campaign", "edit", "cchc", "day=2026-07-10", "from=2026-06-16",
              "close=2026-08-10", "--now", later)
    office.tn("status", "--json", "--now", later)  # closed, but the only one
    office.tn("campaign", "open", "cchc", "--now", later)
    same(office.tn("status", "--json", "--now", later).json()["campaign"],
         "cchc", "which campaign")
    same({c["id"]: c["state"] for c in office.tn(
        "campaign", "list", "--json", "--now", later).json()},
         {"cchc": "open", "dan-chu": "closed"}, "states")
    office.tn("status", "--now", LAST_DAY, code=64)  # then both were
    office.tn("add", "--unit", "TDP02", "--campaign", "dan-chu", "--received",
              LAST_DAY, "--now", later)
    office.tn("add", "--unit", "CB-HCC", "--campaign", "cchc", "--now", later)
    rows = office.tn("list", "--register", "--campaign", "cchc", "--now",
                     later).out.splitlines()
    same([r[:2] for r in rows[1:]], ["02"], "of the register, its rows")
    office.tn("list", "--register", "--campaign", "nosuch", code=66)


@case("a unit named twice is one; undo says what it takes back")
def _():
    office = played().copy("twice")
    ident = waiting(office, "TDP17")
    office.tn("assign", ident, "TDP17", "TDP17", "--now", NEXT)
    same(next(m for m in office.list(NEXT) if m["id"] == ident)["units"],
         ["TDP17"], "units")
    for words, said in ((["add", "--unit", "TDP01", "--channel", "paper"],
                         "(ghi nhận báo cáo)"),
                        (["hold", "overdue-1"], "(giữ lại thư nhắc)")):
        done = office.tn(*words, "--now", NEXT)
        undone = office.tn("undo", event_of(done), "--now", NEXT)
        expect(said in undone.out, undone)


@case("inject reads a mail as if fetched; --received gives its time")
def _():
    office = fresh("inject")
    path = WORK + "/inject.eml"
    open(path, "wb").write(bytes(mail(
        "cb.tdp05@thuynguyen.example", "Nộp",
        ("bc.docx", report("bc-cb-tdp05")))))
    office.tn("inject", path, "--received", "2026-05-12T10:00:00+07:00",
              "--now", LAST_DAY)
    unit = office.unit("TDP05", LAST_DAY)
    same((unit["submitted"], unit["received"], unit["channel"]),
         (True, "2026-05-12T10:00:00+07:00", "email"), "TDP05")
    office.tn("inject", path, "--now", LAST_DAY)
    same(office.unit("TDP05", LAST_DAY)["versions"], 1, "versions")
    office.tn("inject", "-", "--now", LAST_DAY,
              stdin=open(path, "rb").read())


@case("who, when, why of each decision are in its event")
def _():
    office = played().copy("who")
    office.tn("excuse", "CD", "--reason", "giải thể từ tháng 4", "--now",
              AFTER)
    db = sqlite3.connect(office.state + "/tiepnhan.db")
    row = db.execute("SELECT who, verb, unit, reason, time_utc FROM event"
                     " ORDER BY seq DESC LIMIT 1").fetchone()
    db.close()
    expect(row[0], "nobody decided it")
    same(row[1:], ("excuse", "CD", "giải thể từ tháng 4", 1778767200),
         "event")
    line = office.log().splitlines()[-1]
    expect(re.search(r"14/05/2026 21:00:00  MIỄN .*CD .*giải thể từ tháng 4",
                     line), line)
