# SPEC 2: the programs, their verbs, options and exit codes.
import glob
import os
import re
import shutil

from office import (AFTER, BUILD, LETTER, OPENED, REPORTS, SAMPLES, WORK,
                    Office, case, expect, fresh, mail, played, report, run,
                    same, tiepnhan)

# verb: options that it has, besides --help
VERBS = {
    "letter": "--json", "outline": "--json", "map": "--json --kind",
    "campaign new": "--id --number --date --like --dry-run --now",
    "campaign check": "--now", "campaign open": "--no-number --dry-run --now",
    "campaign close": "--dry-run --now", "campaign edit": "--dry-run --now",
    "campaign show": "--json --now", "campaign list": "--json --now",
    "units check": "", "units list": "--json", "units import": "--dry-run",
    "status": "--line --json --csv --xlsx --html --now", "log": "-f -n",
    "list": "--needs-clerk --json --now", "show": "--raw --json --now",
    "assign": "--remember --dry-run --now", "accept": "--dry-run --now",
    "return": "--reason --until --dry-run --now",
    "not-a-report": "--dry-run --now",
    "add": "--unit --received --channel --dry-run --now",
    "excuse": "--section --dry-run --now", "extend": "--dry-run --now",
    "undo": "--dry-run --now", "remind": "--preview --now",
    "hold": "--dry-run --now", "pause": "--dry-run --now",
    "resume": "--dry-run --now", "supplement": "--dry-run --now",
    "collate": "-o --section --html --now",
    "inject": "--received --dry-run --now", "queue": "--json --now",
    "retry": "--dry-run --now", "replay": "--campaign --now",
    "config show": "", "verify": "--head --json", "rebuild": "--dry-run",
    "backup": "--dry-run", "purge": "--reason --dry-run --now",
}


@case("every verb has --help, which names its options")
def _():
    wrong = []
    for verb, options in VERBS.items():
        text = tiepnhan(*verb.split(), "--help").out
        if not text.startswith(f"usage: tiepnhan [-c FILE] {verb}"):
            wrong.append(f"{verb}: no usage line")
        for option in options.split():
            if not re.search(r"(^|[\s,\[|])" + option + r"\b", text, re.M):
                wrong.append(f"{verb}: no {option}")
    expect(not wrong, "\n".join(wrong))


@case("what must be given stands in the usage without brackets")
def _():
    for verb, words in (("return", "ID --reason TEXT"),
                        ("purge", "ID --reason TEXT"),
                        ("add", "[FILE]... --unit UNIT"),
                        ("collate", "[CAMPAIGN] -o FILE")):
        line = tiepnhan(verb, "--help").out.splitlines()[0]
        expect(f"{verb} {words} [-" in line.replace("[--", "[-"), line)
        same(line.count(words.split()[-2]), 1, line)


@case("what the clerk is answered is Vietnamese")
def _():
    office = played()
    some = office.list(AFTER)[-1]["id"]
    said = office.tn("show", some, "--now", AFTER).out
    for word in ("filed", "held", "daemon", "file:", "report,", "address ",
                 "letterhead ", "subject "):
        expect(word not in said, word, said)
    for words, wanted in ((["show", "ffffffffff"], "không có thư nào"),
                          (["status", "no-such"], "không có đợt báo cáo"),
                          (["excuse", "NO-SUCH"], "không có đơn vị nào")):
        said = office.tn(*words, "--now", AFTER, code=66)
        expect(wanted in said.err, said)


@case("the daemon has -c -d -t --once --now --dry-run, and --help")
def _():
    text = run([BUILD + "/tiepnhand", "--help"])
    for option in ("-c", "-d", "-t", "--once", "--now", "--dry-run"):
        expect(option in text.out + text.err, "no", option)


@case("wrong usage ends with 64, in the daemon too")
def _():
    office = played()
    for words in (["--sing"], ["--once", "--now", "gestern"],
                  ["--now", AFTER], ["word"]):
        office.daemon(*words, code=64)
    for words in (["status", "dan-chu", "x"], ["assign", "a1"], ["return"],
                  ["extend", "TDP05", "31/2/2026"], ["log", "-n", "x"],
                  ["add", "--channel", "pigeon", "--unit", "TDP05"],
                  ["hold", "a", "b"], ["verify", "--head"]):
        office.tn(*words, code=64)


@case("what is not there ends with 66: file, mail, campaign, unit")
def _():
    office = played()
    for words in (["letter", "/no/such.docx"], ["inject", "/no/such.eml"],
                  ["show", "ffffffffff"], ["status", "no-such"],
                  ["excuse", "NO-SUCH"], ["campaign", "show", "no-such"],
                  ["units", "import", "/no/such.csv"],
                  ["add", "/no/such.docx", "--unit", "TDP05"]):
        office.tn(*words, code=66)


@case("what is no document or mail ends with 65, a wrong setting with 78")
def _():
    tiepnhan("letter", "-", stdin=b"not a document", code=65)
    tiepnhan("map", LETTER, "/etc/passwd", code=65)
    office = fresh("exit78")
    office.edit("^poll = .*", "poll = soon", office.conf)
    office.tn("status", code=78)
    office.daemon("-t", code=78)
    office.daemon("--once", "--now", OPENED, code=78)
    tiepnhan("-c", WORK + "/none.conf", "config", "show", code=(66, 78))


@case("a mailbox that cannot be read ends --once with 69")
def _():
    office = fresh("exit69")
    shutil.rmtree(office.dir + "/mail")
    office.round(OPENED, code=69)


@case("a mail that cannot go out ends --once with 75, and is kept")
def _():
    office = fresh("exit75")
    office.edit("^url = maildir:../outgoing",
                "url = smtp://127.0.0.1:9", office.conf)
    # a reminder step falls due
    office.round("2026-05-08T08:00:00+07:00", code=75)
    queue = office.tn("queue", "--json", "--now",
                      "2026-05-08T08:01:00+07:00").json()
    expect(len(queue["outgoing"]) > 0, "nothing waits in the queue", queue)


@case("nothing new is no trouble: 0, twice, and nothing changes")
def _():
    office = played().copy("again")
    log = office.log()
    sent = len(office.sent())
    office.round("2026-05-14T21:05:00+07:00")
    same(office.log(), log, "status.log")
    same(len(office.sent()), sent, "mails sent")


@case("the state of somebody else is refused with 77 and the sudo line")
def _():
    office = Office("foreign").make()
    office.edit("^state = .*", "state = /", office.conf)  # root's
    done = office.tn("status", "dan-chu", "--line", code=77)
    expect(re.search(r"sudo -u root \S+ .*status dan-chu --line", done.err),
           done)


@case("verbs without state need neither office nor rights")
def _():
    for words in (["letter", LETTER], ["outline", REPORTS + "bc-cb-tdp05.docx"],
                  ["map", LETTER, REPORTS + "bc-cb-tdp05.docx"]):
        tiepnhan("-c", "/no/such.conf", *words)


@case("before the first campaign the way to one is named")
def _():
    office = Office("first").make()
    for words in (["list"], ["status", "--json"], ["log"], ["verify"]):
        done = office.tn(*words, code=66)
        expect("campaign new" in done.err, done)
    shutil.rmtree(office.state)
    expect("campaign new" in office.tn("list", code=66).err, "no folder")


@case("a rehearsal of the first command leaves no trace")
def _():
    office = Office("trace").make()
    office.tn("campaign", "new", "-n", LETTER, "--now", OPENED)
    left = [path for path, _ in office.state_bytes()]
    expect(not left, "left behind:", left)


def snapshot(office):
    """What a rehearsal must leave as it is."""
    found = {}
    for path, data in office.state_bytes():
        if re.search(r"\.db(-wal|-shm)?$|/lock$", path):
            continue
        found[path] = data
    found["ledger"] = run([BUILD + "/tests/tool-ledger", office.conf,
                           AFTER]).bytes
    found["head"] = office.tn("verify", "--json").out
    found["roster"] = open(office.dir + "/etc/units.csv", "rb").read()
    return found


@case("--dry-run changes and sends nothing, whatever the verb")
def _():
    office = played().copy("dry")
    waiting = next(m["id"] for m in office.list(AFTER) if m["needs_clerk"])
    counted = next(m["id"] for m in office.list(AFTER) if m["counted"])
    office.tn("excuse", "CD", "--now", AFTER)
    event = re.search(r"undo (\d+)", office.tn(
        "extend", "HND", "20/5/2026", "--now", AFTER).out).group(1)
    roster = WORK + "/dry.csv"
    open(roster, "w").write("code,name,kind\nX,Đơn vị mới,tdp\n")
    fresh_mail = WORK + "/dry.eml"
    open(fresh_mail, "wb").write(bytes(mail(
        "cb.tdp01@thuynguyen.example", "Nộp báo cáo",
        ("bc.docx", report("bc-cb-tdp05")))))
    before = snapshot(office)
    for words in (
            ["campaign", "new", LETTER, "--id", "x"],
            ["campaign", "close", "dan-chu"],
            ["campaign", "edit", "dan-chu", "supplement=never"],
            ["units", "import", roster], ["assign", waiting, "TDP03"],
            ["accept", counted], ["return", counted, "--reason", "sai"],
            ["not-a-report", waiting],
            ["add", REPORTS + "bc-cb-tdp05.docx", "--unit", "TDP01"],
            ["excuse", "TDP02"], ["extend", "TDP02", "2026-05-20"],
            ["undo", event], ["hold", "overdue-1"], ["hold", "TDP02"],
            ["pause"], ["supplement", "dan-chu"], ["inject", fresh_mail],
            ["retry", waiting], ["purge", waiting, "--reason", "nhầm"],
            ["replay"]):
        clock = ["--now", AFTER] if words[0] != "units" else []
        office.tn(*words, "-n", *clock)
    after = snapshot(office)
    changed = [k for k in {**before, **after} if before.get(k) !=
               after.get(k)]
    expect(not changed, "changed:", changed)
    office.tn("backup", "-n", WORK + "/dry-backup")
    expect(not os.path.exists(WORK + "/dry-backup"), "backup -n wrote")
    office.tn("rebuild", "-n")
    office.deliver(open(fresh_mail, "rb").read(), AFTER)
    said = office.daemon("--once", "--dry-run", "--now",
                         "2026-05-15T08:30:00+07:00")
    expect(snapshot(office) == before, "tiepnhand --dry-run changed it")
    expect("cb.tdp02@thuynguyen.example" in said.out + said.err,
           "tiepnhand --dry-run says nothing of the reminder:", said)


@case("--json is JSON of the promised outer kind")
def _():
    office = played()
    some = office.list(AFTER)[0]["id"]
    for words, kind in ((["status"], dict), (["list"], list),
                        (["show", some], dict), (["queue"], dict),
                        (["campaign", "list"], list),
                        (["campaign", "show"], dict),
                        (["units", "list"], list),
                        (["remind", "--preview"], list)):
        got = office.tn(*words, "--json",
                        *([] if words[0] == "units" else ["--now", AFTER]))
        expect(isinstance(got.json(), kind), words, type(got.json()))


@case("campaign, unit and mail may be shortened while unique")
def _():
    office = played().copy("short")
    full = office.list(AFTER)
    one = next(m for m in full if m["counted"])
    expect(office.tn("show", one["sha256"], "--json", "--now",
                     AFTER).json()["id"] == one["id"], "the whole hash")
    same(office.tn("show", one["id"][:5], "--json", "--now", AFTER)
         .json()["id"], one["id"], "five digits")
    office.tn("show", "#" + one["id"], "--now", AFTER)
    same(office.status(AFTER, "dan")["campaign"], "dan-chu", "status dan")
    office.tn("excuse", "TDP-B", "--now", AFTER)
    same(office.unit("TDP-BM", AFTER)["excused"], True, "TDP-B")
    # TDP1 begins TDP10 to TDP18
    done = office.tn("excuse", "TDP1", "--now", AFTER, code=(64, 65, 66))
    expect("TDP10" in done.err, "does not name the possible ones:", done)
    office.tn("show", "", "--now", AFTER, code=(64, 66))


@case("the campaign may be left out when exactly one is open")
def _():
    office = played().copy("one")
    aggregated = office.dir + "/th.docx"
    for words in (["status"], ["campaign", "show"], ["pause"], ["resume"],
                  ["remind", "--preview"], ["hold"],
                  ["collate", "-o", aggregated],
                  ["add", "--unit", "TDP01", "--channel", "paper"]):
        office.tn(*words, "--now", AFTER)
    expect(open(aggregated, "rb").read(2) == b"PK", "no aggregated report")
    incomplete = [u["code"] for u in office.status(AFTER)["units"]
                  if u["content"] == "incomplete"]
    office.tn("supplement", incomplete[0], "-n", "--now", AFTER)
    office.tn("supplement", "dan-chu", incomplete[0], "-n", "--now", AFTER)
    office.tn("supplement", "no-such", "-n", "--now", AFTER, code=66)
    office.tn("supplement", "--now", AFTER)
    office.tn("campaign", "new", SAMPLES +
              "/letters/cong-van-cai-cach-hanh-chinh.docx", "--id", "cchc",
              "--now", OPENED)
    same(office.status(AFTER)["campaign"], "dan-chu", "beside a draft")
    office.tn("campaign", "open", "cchc", "--now", AFTER)
    said = office.tn("status", "--now", AFTER, code=(64, 66))
    expect("dan-chu" in said.err and "cchc" in said.err,
           "does not name both", said)


@case("a day is ISO or dd/mm/yyyy, a time ISO; nothing else")
def _():
    office = played().copy("days")
    for day in ("2026-05-20", "20/5/2026", "20/05/2026"):
        office.tn("extend", "TDP02", day, "--now", AFTER)
        same(office.unit("TDP02", AFTER)["due"],
             "2026-05-20T23:59:59+07:00", day)
    for day in ("2026-13-01", "5/20/2026", "mai", "29/2/2026"):
        office.tn("extend", "TDP02", day, "--now", AFTER, code=64)
    for now in ("tomorrow", "2026-05-12T25:00:00+07:00", "8:00"):
        office.tn("status", "--line", "--now", now, code=64)


@case("nothing prompts: the gravest verbs ask nothing back")
def _():
    office = played().copy("prompt")
    waiting = next(m["id"] for m in office.list(AFTER) if m["needs_clerk"])
    for words in (["assign", waiting, "TDP03"], ["purge", waiting,
                                                 "--reason", "nhầm"],
                  ["campaign", "close", "dan-chu"], ["rebuild"]):
        office.tn(*words, "--now", AFTER)


@case("config show shows effective settings, secrets masked")
def _():
    office = fresh("masked")
    secret = office.dir + "/etc/secret"
    open(secret, "w").write("h0chim1nh\n")
    os.chmod(secret, 0o600)
    text = open(office.conf).read().replace(
        "[outgoing]", "password_command = printf s3kr1t\n\n[outgoing]", 1)
    open(office.conf, "w").write(text)
    shown = office.tn("config", "show").out
    expect("s3kr1t" not in shown, "shows the secret's command")
    for key in ("name", "receiver", "clerk", "url", "folders", "poll",
                "after", "from", "state", "units"):
        expect(re.search(rf"(?m)^{key} = ", shown), "no", key, shown)


@case("the daemon's -t takes the samples as they are")
def _():
    same(played().daemon("-t").err, "", "-t")
    expect(glob.glob(BUILD + "/tiepnhan-*"), "no workers")
