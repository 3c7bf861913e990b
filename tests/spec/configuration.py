# SPEC 3 and 4: the files that people write, and campaigns.
import csv
import os
import re
import shutil

from office import (AFTER, LETTER, OPENED, OTHER_LETTER, REPORTS,
                    SAMPLES, SRC, WORK, Office, case, expect, fresh, mail, played,
                    report, run, same)

SETTING = r"(?m)^([a-z_0-9.+-]+) *= *(.*)$"


def errors(office):
    return office.daemon("-t", code=78).err.strip().splitlines()


@case("-t prints all errors at once, as FILE:LINE: what, and what is right")
def _():
    office = fresh("errors")
    conf = open(office.conf).read()
    conf = conf.replace("poll = 120s", "poll = often")
    conf = conf.replace("after = nothing", "after = delete")
    conf = conf.replace("folders = INBOX, Junk", "foldrs = INBOX")
    conf = conf.replace("clerk = vanthu@", "clerk = vanthu")
    open(office.conf, "w").write(conf)
    with open(office.dir + "/etc/units.csv", "a") as f:
        f.write("TDP05,Trùng mã,,,,,tdp,,,\nX Y,Mã sai,,,,,tdp,,,\n")
    shutil.copytree(SRC + "/docs/examples/holidays",
                    office.dir + "/etc/holidays")
    with open(office.dir + "/etc/holidays/z.txt", "w") as f:
        f.write("of 2026-05-01 nghỉ\noff 2026-13-01 nghỉ\n")
    shutil.copytree(SRC + "/docs/examples/templates",
                    office.dir + "/etc/templates")
    one = "receipt.txt"
    with open(f"{office.dir}/etc/templates/{one}", "a") as f:
        f.write("{khong_co_bien_nay}\n")
    office.edit("^# holidays = .*", "holidays = holidays", office.conf)
    office.edit("^# templates = .*", "templates = templates", office.conf)
    office.edit("^supplement = .*", "supplement = perhaps")
    office.edit("^II.1 ?heading|^  II.1 heading", "  II.1 heding",
                office.campaign("outline.txt"))
    got = errors(office)
    for line in got:
        expect(re.match(r"\S+:\d+: \S", line), "form:", line)
    text = "\n".join(got)
    for part in (r"tiepnhan\.conf:\d+: .*poll", r"tiepnhan\.conf:\d+: .*after",
                 r"tiepnhan\.conf:\d+: .*foldrs.*folders",
                 r"tiepnhan\.conf:\d+: .*clerk", r"units\.csv:62: .*TDP05",
                 r"units\.csv:63: ", r"z\.txt:1: ", r"z\.txt:2: ",
                 rf"{re.escape(one)}:\d+: .*khong_co_bien_nay",
                 r"campaign\.conf:\d+: .*perhaps.*ask, auto or never",
                 r"outline\.txt:\d+: .*hed"):
        expect(re.search(part, text), "no", part, "in\n" + text)


@case("an error in outline.txt is one error, not one a section")
def _():
    office = fresh("outline1")
    with open(office.campaign("outline.txt"), "a") as f:
        f.write("VII heading without a bar\n")
    got = errors(office)
    same(len(got), 1, "\n".join(got))


@case("comments only at the start of a line, with # or ;")
def _():
    office = fresh("comments")
    office.edit("^name = .*", "; a comment\n# another\nname = Đảng ủy # phường;"
                " Thủy Nguyên", office.conf)
    expect("name = Đảng ủy # phường; Thủy Nguyên" in
           office.tn("config", "show").out, "cut at a # or ;")


@case("paths are relative to the configuration, wherever one stands")
def _():
    office = fresh("relative")
    here = os.getcwd()
    os.chdir(office.dir)
    try:
        run([os.environ["BUILD"] + "/tiepnhan", "-c", "etc/tiepnhan.conf",
             "status", "--line", "--now", OPENED])
        run([os.environ["BUILD"] + "/tiepnhand", "-c", "etc/tiepnhan.conf",
             "--once", "--now", OPENED])
    finally:
        os.chdir(here)
    expect(os.path.exists(office.state + "/status/dan-chu.html"), "state")


@case("no secret may stand in the configuration")
def _():
    office = fresh("password")
    office.edit("^user = .*", "user = a@b.example\npassword = x", office.conf)
    expect(any("password" in e for e in errors(office)), "taken")


@case("plain imap and smtp are for loopback only")
def _():
    for key, old in (("url = imap://mail.example", "url = maildir:../mail"),
                     ("url = smtp://mail.example:25",
                      "url = maildir:../outgoing")):
        office = fresh("plain")
        office.edit("^" + re.escape(old), key, office.conf)
        if "imap" in key:
            expect(errors(office), key)
        office.edit("^" + re.escape(key), key.replace("mail.example",
                                                      "127.0.0.1"),
                    office.conf)
        office.daemon("-t")


@case("units.csv: BOM allowed, columns by name in any order")
def _():
    office = fresh("columns")
    path = office.dir + "/etc/units.csv"
    rows = list(csv.DictReader(open(path, encoding="utf-8-sig")))
    before = office.tn("units", "list", "--json").json()
    names = ("code,name,group,kind,tags,aliases,emails,phone,contact_role,"
             "no_mail").split(",")
    same(set(rows[0]), set(names), "columns of the example")
    with open(path, "w", encoding="utf-8-sig", newline="") as f:
        out = csv.DictWriter(f, list(reversed(names)))
        out.writeheader()
        out.writerows(rows)
    same(office.tn("units", "list", "--json").json(), before, "units list")
    office.tn("units", "check")


@case("units check and import tell every error by row")
def _():
    office = fresh("rows")
    bad = WORK + "/bad.csv"
    open(bad, "w").write(
        "code,name,kind,emails,no_mail\nA,Một,tdp,a@x.example,\n"
        "A,Hai,tdp,,\nB,,tdp,,\nC,Ba,tdp,khong-phai-thu,\n"
        "D,Bốn,tdp,,maybe\n")
    before = open(office.dir + "/etc/units.csv").read()
    done = office.tn("units", "import", bad, code=65)
    for row in (3, 4, 5, 6):
        expect(re.search(rf":{row}: ", done.err), "row", row, done)
    same(open(office.dir + "/etc/units.csv").read(), before, "units.csv")
    shutil.copyfile(bad, office.dir + "/etc/units.csv")
    done = office.tn("units", "check", code=(65, 78))
    same(len(done.err.strip().splitlines()), 4, done)


@case("units import takes xlsx and csv")
def _():
    office = fresh("import")
    before = office.tn("units", "list", "--json").json()
    office.tn("units", "import", SAMPLES + "/roster/units.xlsx")
    same(office.tn("units", "list", "--json").json(), before, "xlsx")
    open(WORK + "/few.csv", "w").write("name;code;kind\nTổ mới;TM;tdp\n")
    office.tn("units", "import", WORK + "/few.csv", code=(0, 65))
    open(WORK + "/few.csv", "w").write("name,code,kind\nTổ mới,TM,tdp\n")
    office.tn("units", "import", WORK + "/few.csv")
    same([u["code"] for u in office.tn("units", "list", "--json").json()],
         ["TM"], "csv")


@case("recipients.N takes kind: tag: group: name: +CODE -CODE")
def _():
    office = fresh("select")

    def units(selectors):
        office.edit(r"^recipients\.3 = .*", "recipients.3 = " + selectors)
        return set(office.tn("campaign", "show", "--json").json()
                   ["recipients"][2]["units"])
    same(units("kind:mttq kind:doanthe +CB-HCC -CB-CHO"),
         {"MTTQ", "CD", "CCB", "HND", "LHPN", "DTN", "CB-HCC"}, "the page's")
    same(units("kind:doanthe -CD -CCB"), {"HND", "LHPN", "DTN"}, "-CODE")
    expect("TH-LL" in units("tag:tieu-hoc"), "tag:")
    same(units('name:"Hội Nông"'), {"HND"}, "name:")
    expect("MTTQ" in units('group:"Ủy ban MTTQ Việt Nam và các tổ chức '
                           'chính trị - xã hội phường"'), "group:")
    office.edit(r"^recipients\.3 = .*", "recipients.3 = +KHONGCO kind:xyz")
    text = "\n".join(errors(office))
    expect("KHONGCO" in text, text)


@case("campaign.conf has all that the clerk confirms, each explained")
def _():
    office = fresh("keys")
    text = open(office.campaign("campaign.conf")).read()
    keys = [k for k, _ in re.findall(SETTING, text)]
    for key in ("state", "number", "date", "subject", "short_name",
                "report_to", "from", "close", "supplement", "day", "reading",
                "time", "tolerance", "roll", "recipients.1",
                "recipients.4.text", "required.all", "required.tdp"):
        expect(key in keys, "no", key)
    expect(any(k.startswith("step.") for k in keys), "no plan")
    expect(text.count("\n#") > 10, "no comments")
    expect(os.path.exists(office.campaign("letter.docx")), "letter.docx")
    same(open(office.campaign("letter.docx"), "rb").read(),
         open(LETTER, "rb").read(), "letter.docx")


@case("from is by default the letter's date, else the first of its month")
def _():
    office = Office("from").make()
    for more, want in (([], "2026-05-01"),
                       (["--date", "2026-05-05"], "2026-05-05")):
        got = office.tn("campaign", "new", LETTER, "-n", "--json", "--now",
                        OPENED, *more).json()
        same(got["from"][:10], want, more)


@case("campaign new refuses a report in place of the letter, and says why")
def _():
    office = Office("areport").make()
    for name in ("bc-cb-tdp05", "cchc-q2-th-le-loi"):
        done = office.tn("campaign", "new", REPORTS + name + ".docx",
                         "--now", OPENED, code=65)
        expect("BÁO CÁO" in done.err and "tiepnhan add" in done.err, done)
        same(office.tn("campaign", "list", "--json").json(), [], "list")


@case("open refuses while number or date is blank, unless --no-number")
def _():
    for number, date in (("", "2026-05"), ("1-CV", "2026-05"),
                         ("", "2026-05-05")):
        office = fresh("blank")
        office.edit("^state = .*", "state = draft")
        office.edit("^number = .*", "number = " + number)
        office.edit("^date = .*\n", f"date = {date}\n\n")
        done = office.tn("campaign", "open", "dan-chu", "--now", OPENED,
                         code=65)
        expect(re.search(r"campaign\.conf:\d+: chưa có (số|ngày) công văn; "
                         "ghi (number|date) = ", done.err), done)
        expect(not re.search("the letter|write", done.err), done)
        checked = office.tn("campaign", "check", "dan-chu", code=78)
        same(checked.err.splitlines()[1:], done.err.splitlines()[1:],
             "what check and open say")
        same(office.tn("campaign", "list", "--json").json()[0]["state"],
             "draft", "state")
    office.tn("campaign", "open", "dan-chu", "--no-number", "--now", OPENED)


@case("open refuses while a Kính gửi line has no unit")
def _():
    office = fresh("nobody")
    office.edit("^state = .*", "state = draft")
    office.edit(r"^recipients\.2 = .*", "recipients.2 =")
    done = office.tn("campaign", "open", "dan-chu", "--now", OPENED,
                     code=65)
    expect("Lãnh đạo" in done.err or "recipients.2" in done.err, done)


@case("campaign check speaks Vietnamese of what is open to doubt")
def _():
    office = fresh("doubt")
    office.edit(r"^recipients\.2 = .*", "recipients.2 =")
    office.edit("^close = .*", "close = 2026-05-10")
    done = office.tn("campaign", "check", "dan-chu", code=78)
    for line in ("recipients.2: chưa rõ đơn vị của dòng Kính gửi",
                 "ngày đóng (close) trước khi hết hạn"):
        expect(line in done.out, line, done.out)
    expect(not re.search("has no|lies before|write ", done.out + done.err),
           "English is left", done.out, done.err)


@case("--like takes the plan of an older campaign")
def _():
    office = fresh("like")
    office.edit(r"^step\.call-list = .*",
                "step.call-list = call-list, day of due, 15:30")
    office.tn("campaign", "new", OTHER_LETTER, "--id", "cchc", "--like",
              "dan-chu", "--now", OPENED)
    text = open(office.state + "/campaigns/cchc/campaign.conf").read()
    expect("day of due, 15:30" in text, text)


@case("a draft sends nothing and counts for nobody")
def _():
    office = fresh("draft")
    office.edit("^state = .*", "state = draft")
    for now in ("2026-05-08T08:00:00+07:00", "2026-05-12T08:00:00+07:00"):
        office.round(now)
    same([str(m["Subject"]) for m in office.sent()], [], "mails")


@case("an edit while open is read at once, and is an event and a log line")
def _():
    office = fresh("edited")
    office.round("2026-05-06T08:00:00+07:00")
    before = office.tn("verify", "--json").json()["head"]
    office.edit("^day = .*", "day = 2026-05-20")
    same(office.status("2026-05-06T09:00:00+07:00")["due"],
         "2026-05-19T23:59:59+07:00", "due")
    office.round("2026-05-06T09:00:00+07:00")
    expect(office.tn("verify", "--json").json()["head"] != before, "no event")
    last = office.log().splitlines()[-1]
    expect(re.search(r"09:00:00  ĐỢT BC     —      .*dan-chu.*20/5/2026",
                     last), office.log())
    lines = len(office.log().splitlines())
    office.round("2026-05-06T09:05:00+07:00")
    same(len(office.log().splitlines()), lines, "lines")


@case("an opening that a crash cut short is finished by the next round")
def _():
    for how in ("round", "open"):
        office = Office("cut-" + how).make()
        office.tn("campaign", "new", LETTER, "--id", "dan-chu", "--number",
                  "12-CV/ĐU", "--date", "5/5/2026", "--now", OPENED)
        # the folder is written, then comes the kill -9
        office.edit("^state = draft", "state = open")
        now = "2026-05-06T08:00:00+07:00"
        if how == "open":
            office.tn("campaign", "open", "dan-chu", "--now", now)
        office.round(now)
        told = [line for line in office.log().splitlines()
                if "ĐỢT BC" in line]
        expect(len(told) == 1 and "mở" in told[0], office.log())
        office.round("2026-05-06T08:05:00+07:00")
        office.tn("campaign", "open", "dan-chu", "--now", now, code=65)
        same(len(office.log().splitlines()), 1, "lines")
        event = re.search(r"!(\d+)", told[0]).group(1)
        office.tn("undo", event, "--now", now)
        same(office.tn("campaign", "list", "--json").json()[0]["state"],
             "draft", "undone")


@case("what a decision changes in the file is told once, by itself")
def _():
    office = fresh("once")
    office.tn("pause", "--now", "2026-05-06T08:00:00+07:00")
    office.tn("resume", "--now", "2026-05-06T08:01:00+07:00")
    office.round("2026-05-06T08:02:00+07:00")
    lines = [x for x in office.log().splitlines() if "ĐỢT BC" in x]
    same(len(lines), 3, "\n".join(lines))


@case("of a wrong file the last good version stays in force")
def _():
    office = fresh("wrong")
    office.round(OPENED)
    office.edit("^day = .*", "day = 2026-05-20\nnonsense here")
    status = office.status("2026-05-06T09:00:00+07:00")
    same(status["due"], "2026-05-13T23:59:59+07:00", "due")
    office.round("2026-05-06T09:00:00+07:00")
    expect(office.tn("campaign", "list", "--json").json()[0]["trouble"],
           "list does not say so")
    errors(office)
    office.edit("^nonsense here\n", "")
    same(office.status("2026-05-06T09:00:00+07:00")["due"],
         "2026-05-19T23:59:59+07:00", "due when right again")


@case("campaign edit ID KEY=VALUE takes what is right, refuses the rest")
def _():
    office = fresh("edit")
    office.tn("campaign", "edit", "dan-chu", "supplement=never", "--now",
              OPENED)
    text = open(office.campaign("campaign.conf")).read()
    expect("\nsupplement = never\n" in text, text)
    for wrong in ("supplement=maybe", "nokey=1", "day=31/2/2026",
                  "recipients.1=+KHONGCO", "required.tdp=IX"):
        done = office.tn("campaign", "edit", "dan-chu", wrong, "--now",
                         OPENED, code=65)
        expect(re.search(r"campaign\.conf:\d+: ", done.err), done)
        same(open(office.campaign("campaign.conf")).read(), text, wrong)
    office.tn("campaign", "edit", "dan-chu", "day=20/5/2026",
              "tolerance=none", "--now", OPENED)
    same(office.status(OPENED)["tolerated_until"],
         "2026-05-19T23:59:59+07:00", "tolerated")


@case("campaign edit without words opens both files in EDITOR")
def _():
    office = fresh("editor")
    script = WORK + "/editor.sh"
    open(script, "w").write("#!/bin/sh\necho \"$@\" > " + WORK + "/opened.txt\n")
    os.chmod(script, 0o755)
    office.tn("campaign", "edit", "dan-chu", "--now", OPENED, EDITOR=script,
              VISUAL="")
    same(open(WORK + "/opened.txt").read(), "campaign.conf outline.txt\n",
         "files")


@case("roll: a last day that is off moves to the next working day")
def _():
    office = fresh("roll")
    office.edit("^day = .*", "day = 2026-05-17")
    office.edit("^reading = .*", "reading = by-day")
    office.edit("^tolerance = .*", "tolerance = none")
    same(office.status(OPENED)["due"], "2026-05-18T23:59:59+07:00", "rolled")
    office.edit("^roll = .*", "roll = no")
    same(office.status(OPENED)["due"], "2026-05-17T23:59:59+07:00", "as is")


@case("required sections follow campaign.conf: what is not asked for is "
      "never missing")
def _():
    office = played().copy("required")
    office.edit("^required.company = .*", "required.company = I II")
    unit = office.unit("DN-MM", AFTER)
    same((unit["content"], unit["missing"]), ("complete", []), "DN-MM")


@case("a pause stops unasked mail only; receipts go on")
def _():
    office = fresh("pause")
    office.tn("pause", "--now", OPENED)
    office.deliver(mail("cb.tdp05@thuynguyen.example", "Nộp",
                        ("bc.docx", report("bc-cb-tdp05"))),
                   "2026-05-08T07:50:00+07:00")
    office.round("2026-05-08T08:00:00+07:00")
    to = [str(m["To"]) for m in office.sent()]
    expect(all("tdp05" in t or "vanthu" in t for t in to), to)
    expect(any("tdp05" in t for t in to), "no receipt", to)
