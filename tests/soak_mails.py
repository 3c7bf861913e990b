"""Mails of many units for the soak. soak_mails.py SAMPLES UNITS.csv N FOLDER

Writes N mails, one a file, named and dated in the order of receipt: reports
(each file's bytes of its own), the same file once more, other subjects,
questions, automatic answers and bounces.
"""
import csv
import datetime
import email.message
import email.policy
import glob
import io
import os
import random
import sys
import zipfile

SAMPLES, UNITS, N, FOLDER = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
FIRST = datetime.datetime(2026, 5, 5, 8, 0, 0,
                          tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
SPAN_S = 48 * 3600
dice = random.Random(20260505)

with open(UNITS, encoding="utf-8-sig", newline="") as f:
    units = [(row["code"], row["emails"].split(";")[0])
             for row in csv.DictReader(f) if row["emails"]]
reports = []
for path in sorted(glob.glob(os.path.join(SAMPLES, "reports", "*.docx"))):
    with open(path, "rb") as f:
        reports.append(f.read())


def own_bytes(docx, i):
    """The same document in a file of its own: a zip comment."""
    out = io.BytesIO(docx)
    with zipfile.ZipFile(out, "a") as z:
        z.comment = b"%d" % i
    return out.getvalue()


def mail(i, when):
    m = email.message.EmailMessage(policy=email.policy.SMTP)
    code, address = units[i % len(units)]
    m["Received"] = "from a.example by b.example; " + email.utils.format_datetime(when)
    m["Date"] = email.utils.format_datetime(when)
    m["From"] = address
    m["To"] = "baocao@dangbo-thuynguyen.example"
    m["Message-ID"] = "<soak.%d@units.example>" % i
    kind = dice.random()
    if kind < 0.80:
        m["Subject"] = "Báo cáo dân chủ cơ sở 6 tháng đầu năm 2026, %s, lần %d" % (code, i)
        m.set_content("Kính gửi báo cáo.\n")
        if kind >= 0.60 and sent:
            docx = dice.choice(sent)
        else:
            docx = own_bytes(dice.choice(reports), i)
            sent.append(docx)
        m.add_attachment(docx, maintype="application", subtype="octet-stream",
                         filename="Báo cáo %s %d.docx" % (code, i))
    elif kind < 0.90:
        m["Subject"] = "Hỏi về đề cương báo cáo dân chủ, lần %d" % i
        m.set_content("Đề nghị cho biết mục II có phải báo cáo không?\n")
    elif kind < 0.95:
        m["Subject"] = "Trả lời tự động: vắng mặt %d" % i
        m["Auto-Submitted"] = "auto-replied"
        m.set_content("Tôi đi công tác.\n")
    else:
        m.replace_header("From", "MAILER-DAEMON@mail.example")
        m["Subject"] = "Undelivered Mail Returned to Sender %d" % i
        m["Auto-Submitted"] = "auto-replied"
        m.set_content("The mail could not be delivered to <x%d@y.example>.\n" % i)
    return m.as_bytes()


sent = []
for i in range(N):
    when = FIRST + datetime.timedelta(seconds=i * SPAN_S // N)
    path = os.path.join(FOLDER, "%d.M%06d.test" % (when.timestamp(), i))
    with open(path, "wb") as f:
        f.write(mail(i, when))
    os.utime(path, (when.timestamp(), when.timestamp()))
