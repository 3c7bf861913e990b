# SPEC 2 and 10: chain, spool, copies, reading again.
import glob
import hashlib
import os
import re
import shutil
import sqlite3

from office import (AFTER, LAST_DAY, WORK, case, expect, fresh, mail,
                    played, report, run, same)


def ledger(office):
    return run([os.environ["BUILD"] + "/tests/tool-ledger", office.conf,
                AFTER]).out


@case("verify: sound, with head; --head knows every earlier head")
def _():
    office = played().copy("verify")
    first = office.tn("verify", "--json").json()
    same((first["chain"], first["findings"]), ("sound", []), "verify")
    expect(re.fullmatch("[0-9a-f]{64}", first["head"]), first)
    office.tn("excuse", "CD", "--now", AFTER)
    second = office.tn("verify", "--json").json()
    expect(second["head"] != first["head"], "the head stays")
    office.tn("verify", "--head", first["head"])
    office.tn("verify", "--head", "f" * 64, code=65)
    office.tn("verify", "--head", "xyz", code=64)


@case("verify finds a changed and a lost file")
def _():
    office = played().copy("damage")
    files = sorted(glob.glob(office.state + "/spool/*.eml"))
    with open(files[0], "r+b") as f:
        f.write(b"X")
    os.unlink(files[1])
    done = office.tn("verify", "--json", code=65).json()
    same(len(done["findings"]), 2, done["findings"])


@case("the spool holds the mails as received, named by SHA-256")
def _():
    office = played()
    for m in office.list(AFTER):
        raw = open(f"{office.state}/spool/{m['sha256']}.eml", "rb").read()
        same(hashlib.sha256(raw).hexdigest(), m["sha256"], m["id"])


@case("rebuild makes the same ledger from raw mail and events")
def _():
    office = played().copy("rebuild")
    office.tn("excuse", "CD", "--now", AFTER)
    waiting = next(m["id"] for m in office.status(AFTER)["needs_clerk"]
                   if "TDP17" in [g["unit"] for g in m["guesses"]])
    office.tn("assign", waiting, "TDP17", "--now", AFTER)
    before, mails = office.status(AFTER), office.list(AFTER)
    log = office.log()
    office.tn("rebuild", "--now", AFTER)
    same(office.status(AFTER)["units"], before["units"], "units")
    same(office.list(AFTER), mails, "list")
    expect(office.log().startswith(log), "status.log was rewritten")
    same(office.tn("verify", "--json").json()["findings"], [], "verify")


@case("backup DIR is a whole copy that can be used")
def _():
    office = played().copy("backup")
    target = WORK + "/backup-copy"
    office.tn("backup", target)
    other = office.copy("restored")
    shutil.rmtree(other.state)
    shutil.copytree(target, other.state)
    same(other.status(AFTER), office.status(AFTER), "status")
    same(other.tn("verify", "--json").json(),
         office.tn("verify", "--json").json(), "verify")


@case("purge leaves a tombstone and an event; the text is gone")
def _():
    office = fresh("purge")
    content = report("bc-cb-tdp05")
    office.deliver(mail("cb.tdp05@thuynguyen.example",
                        "Chude Dacbietla", ("tep-rieng-biet.docx", content),
                        body="Noidung Khonggiongai trong thu."),
                   "2026-05-12T09:00:00+07:00")
    office.round(LAST_DAY)
    ident = office.list(LAST_DAY)[0]["id"]
    office.tn("purge", ident, "--now", LAST_DAY, code=64)
    office.tn("purge", ident, "--reason", "gửi nhầm", "--now", LAST_DAY)
    office.tn("show", ident, "--raw", code=66)
    expect(not glob.glob(office.state + "/spool/*.eml"), "the file is there")
    found = [p for p, data in office.state_bytes() if p.startswith(
        office.state) and (b"Dacbietla" in data or b"Khonggiongai" in data
                           or "nhà văn hóa".encode() in data)]
    same(found, [], "still there")
    same(len(office.list(LAST_DAY)), 1, "the tombstone")
    same(office.tn("verify", "--json").json()["findings"], [], "verify")
    for words in (["retry", ident], ["purge", ident, "--reason", "nữa"]):
        said = office.tn(*words, "--now", LAST_DAY, code=65)
        same((said.out, "đã xóa nội dung" in said.err), ("", True), words)
    # the unit has handed in, and is not asked for what the clerk deleted
    office.round("2026-05-14T08:05:00+07:00")
    office.tn("rebuild", "--now", AFTER)
    same(office.unit("TDP05", AFTER)["submitted"], True, "after a rebuild")
    same([m["subject"] for m in office.sent() if
          m["to"] == "cb.tdp05@thuynguyen.example" and
          "[Đã nhận]" not in m["subject"]], [], "mails to the unit")


@case("replay with today's parser changes nothing, and says so")
def _():
    office = played().copy("replay")
    before = ledger(office)
    office.tn("replay", "--now", AFTER)
    office.tn("replay", "--campaign", "dan-chu", "--now", AFTER)
    same(ledger(office), before, "ledger")


@case("retry reads a mail again and comes to the same")
def _():
    office = played().copy("retry")
    before = office.list(AFTER)
    ident = next(m["id"] for m in before if m["needs_clerk"])
    office.tn("retry", ident, "--now", AFTER)
    same(office.list(AFTER), before, "list")
    office.tn("retry", "ffffffff", "--now", AFTER, code=66)
    db = sqlite3.connect(office.state + "/tiepnhan.db")
    db.execute("UPDATE outgoing SET state = 3 WHERE outgoing = 1")
    db.commit()
    db.close()
    sent = office.tn("retry", "out-1", "--now", AFTER, code=65)
    expect("out-1: đã gửi; không gửi lại" in sent.err, sent)
    none = office.tn("retry", "out-99999", "--now", AFTER, code=66)
    expect("không có thư nào mang mã" in none.err, none)


@case("queue shows the held mails with their reason")
def _():
    office = played()
    got = office.tn("queue", "--json", "--now", AFTER).json()
    same(list(got), ["mails", "outgoing"], "keys")
    same({m["id"] for m in got["mails"]},
         {m["id"] for m in office.list(AFTER) if m["needs_clerk"]}, "held")


@case("queue speaks Vietnamese to people, with the same mails")
def _():
    office = played().copy("queue")
    shutil.rmtree(office.dir + "/outgoing", ignore_errors=True)
    open(office.dir + "/outgoing", "w").close()  # nothing can go out
    office.deliver(mail("cb.tdp09@thuynguyen.example", "Báo cáo",
                        ("bc.docx", report("bc-tdp12-ngan"))),
                   "2026-05-15T08:55:00+07:00")
    office.round("2026-05-15T09:00:00+07:00", code=None)
    got = office.tn("queue", "--json", "--now", AFTER).json()
    expect(got["mails"] and got["outgoing"], got)
    lines = office.tn("queue", "--now", AFTER).out.splitlines()
    same(len(lines), len(got["mails"]) + len(got["outgoing"]), "lines")
    for m in got["mails"] + got["outgoing"]:
        line = next(x for x in lines if m["id"] in x.split(" ")[0])
        words = re.findall("[a-z-]+", line.replace(m.get("to", ""), ""))
        for key in ("state", "kind"):
            expect(m.get(key) not in words, m, line)
    expect(any("chờ xử lý" in x for x in lines), lines)
    expect(any("thư báo đã nhận" in x for x in lines), lines)
