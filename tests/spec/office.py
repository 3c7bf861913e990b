# A made-up office to play with, the built programs as a script runs them,
# and the cases' way of saying what is wrong.
import datetime
import email
import email.message
import email.policy
import email.utils
import glob
import io
import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile

BUILD, SRC = os.environ["BUILD"], os.environ["SRC"]
SAMPLES = SRC + "/tests/samples"
LETTER = SAMPLES + "/letters/cong-van-dan-chu.docx"
OTHER_LETTER = SAMPLES + "/letters/cong-van-cai-cach-hanh-chinh.docx"
REPORTS = SAMPLES + "/reports/"
DOCX_TYPE = ("application", "vnd.openxmlformats-officedocument."
             "wordprocessingml.document")
WORK = tempfile.mkdtemp(prefix="tiepnhan-spec.")
ENV = dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC0",
           TIEPNHAN_DATADIR=BUILD + "/data")
OPENED = "2026-05-05T08:00:00+07:00"
LAST_DAY = "2026-05-13T16:00:00+07:00"
AFTER = "2026-05-14T21:00:00+07:00"

cases = []


class Departure(Exception):
    """The product does not do what it promised."""


def case(promise):
    def keep(function):
        cases.append((promise, function))
        return function
    return keep


def expect(condition, *what):
    if not condition:
        raise Departure(" ".join(str(w) for w in what))


def same(got, want, what):
    expect(got == want, f"{what}: got {got!r}, wanted {want!r}")


class Result:
    def __init__(self, words, done):
        self.words, self.code = words, done.returncode
        self.bytes = done.stdout
        self.out = done.stdout.decode("utf-8", "replace")
        self.err = done.stderr.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.out)

    def __str__(self):
        return (f"{' '.join(self.words)}: exit {self.code}\n"
                f"{self.out[-600:]}\n{self.err[-900:]}")


def run(words, code=0, stdin=b"", **env):
    done = subprocess.run(words, input=stdin, capture_output=True,
                          env={**ENV, **env}, timeout=120)
    result = Result([os.path.basename(words[0])] + list(words[1:]), done)
    codes = code if isinstance(code, tuple) else (code,)
    expect(code is None or result.code in codes,
           f"wanted exit {code}: {result}")
    return result


def tiepnhan(*words, **more):
    """A verb that needs no office."""
    return run([BUILD + "/tiepnhan", *words], **more)


class Office:
    """A folder with etc/, state/, mail/ and outgoing/."""

    def __init__(self, name):
        self.dir = f"{WORK}/{name}"
        self.conf = self.dir + "/etc/tiepnhan.conf"
        self.state = self.dir + "/state"

    def make(self):
        for sub in ("etc", "state", "mail/new", "mail/cur", "mail/tmp"):
            os.makedirs(f"{self.dir}/{sub}")
        # not its mode: the source may be read-only
        shutil.copyfile(SRC + "/docs/examples/units.csv",
                        self.dir + "/etc/units.csv")
        text = open(SRC + "/docs/examples/tiepnhan.conf").read()
        for key, value in (("url = imaps:", "url = maildir:../mail"),
                           ("url = smtps:", "url = maildir:../outgoing"),
                           ("state = ", "state = ../state")):
            text = re.sub(f"(?m)^{key}.*", value, text, count=1)
        open(self.conf, "w").write(text)
        return self

    def copy(self, name):
        other = Office(name)
        shutil.rmtree(other.dir, ignore_errors=True)
        shutil.copytree(self.dir, other.dir)
        return other

    def tn(self, *words, **more):
        return run([BUILD + "/tiepnhan", "-c", self.conf, *words], **more)

    def daemon(self, *words, **more):
        return run([BUILD + "/tiepnhand", "-c", self.conf, *words], **more)

    def round(self, now, code=0):
        return self.daemon("--once", "--now", now, code=code)

    def status(self, now, *words):
        return self.tn("status", *words, "--json", "--now", now).json()

    def unit(self, code, now):
        return next(u for u in self.status(now)["units"]
                    if u["code"] == code)

    def list(self, now, *words):
        return self.tn("list", "--json", "--now", now, *words).json()

    def log(self):
        path = self.state + "/status/status.log"
        return open(path).read() if os.path.exists(path) else ""

    def campaign(self, name):
        """Path of a file of the first campaign."""
        return f"{self.state}/campaigns/dan-chu/{name}"

    def edit(self, old, new, path=None):
        path = path or self.campaign("campaign.conf")
        text = open(path).read()
        changed = re.sub("(?m)" + old, lambda m: new, text, count=1)
        expect(changed != text, f"the test's own edit {old!r} changed nothing")
        open(path, "w").write(changed)

    def deliver(self, message, received):
        """Put a mail (bytes or message) into the maildir."""
        raw = message if isinstance(message, bytes) else bytes(message)
        when = datetime.datetime.fromisoformat(received).timestamp()
        n = len(os.listdir(self.dir + "/mail/new"))
        path = f"{self.dir}/mail/new/{int(when)}.{n}.spec"
        open(path, "wb").write(raw)
        os.utime(path, (when, when))
        return raw

    def sent(self):
        found = []
        for path in sorted(glob.glob(self.dir + "/outgoing/new/*")):
            found.append(email.message_from_binary_file(
                open(path, "rb"), policy=email.policy.default))
        return found

    def state_bytes(self):
        """Every file of state and outgoing mail: (path, content)."""
        for top in (self.state, self.dir + "/outgoing"):
            for folder, _, names in os.walk(top):
                for name in names:
                    path = f"{folder}/{name}"
                    yield path, open(path, "rb").read()


def received_time(path):
    """The date of the top Received line, as ISO."""
    message = email.message_from_binary_file(open(path, "rb"))
    stamp = str(message["Received"]).rsplit(";", 1)[1]
    return email.utils.parsedate_to_datetime(stamp).isoformat()


def mail(sender, subject, *files, body="Kính gửi báo cáo.", **headers):
    """files: (name, content, type/subtype or None)."""
    m = email.message.EmailMessage(policy=email.policy.SMTP)
    m["From"], m["To"] = sender, "baocao@dangbo-thuynguyen.example"
    m["Subject"] = subject
    m["Date"] = "Tue, 12 May 2026 09:00:00 +0700"
    m["Message-ID"] = email.utils.make_msgid(domain="don-vi.example")
    for name, value in headers.items():
        m[name.replace("_", "-")] = value
    m.set_content(body)
    for name, content, *kind in files:
        major, minor = kind[0].split("/") if kind else DOCX_TYPE
        m.add_attachment(content, maintype=major, subtype=minor,
                         filename=name)
    return m


def report(name):
    return open(REPORTS + name + ".docx", "rb").read()


def changed_docx(content, old, new, count=1):
    """The same document with words of its text changed."""
    out = io.BytesIO()
    done = 0
    with zipfile.ZipFile(io.BytesIO(content)) as source, \
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "word/document.xml":
                text = data.decode()
                done = text.count(old)
                data = text.replace(old, new, count).encode()
            target.writestr(item, data)
    expect(done > 0, f"the test's own edit: no {old!r} in the document")
    return out.getvalue()


_played = _opened = None


def fresh(name):
    """An open campaign, nothing received."""
    global _opened
    if _opened is None:
        _opened = Office("opened").make()
        _opened.tn("campaign", "new", LETTER, "--id", "dan-chu", "--number",
                   "12-CV/ĐU", "--date", "5/5/2026", "--now", OPENED)
        _opened.tn("campaign", "open", "dan-chu", "--now", OPENED)
    return _opened.copy(name)


def played():
    """All sample mails taken in, until the evening of the named day."""
    global _played
    if _played is None:
        _played = fresh("played")
        for path in sorted(glob.glob(SAMPLES + "/mail/*.eml")):
            _played.deliver(open(path, "rb").read(), received_time(path))
        _played.round(AFTER)
    return _played
