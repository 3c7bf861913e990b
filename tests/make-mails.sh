#!/bin/bash
# make-mails.sh BUILD SOURCE: every mail that we write, as docs/mails.md has
# them, on standard output. They are those of the sample office in May 2026,
# with the sample mails; nothing is made up for the page.
# shellcheck disable=SC1091
set -u
BUILD=$1
SRC=$2
. "$SRC/tests/lib-office.sh"

at() { # at TIME: the mail of that moment, and a round
    deliver o "2026-05-$1:00+07:00"
    round o "2026-05-$1:00+07:00"
}
clerk() { # clerk TIME VERB…: a word of the clerk's
    local when=2026-05-$1:00+07:00
    shift
    "$BUILD/tiepnhan" -c "$T/o/etc/tiepnhan.conf" "$@" --now "$when" \
        > /dev/null
}
# from_clerk TIME click NAME: the clerk clicks NAME's link in the newest mail
# that has one, and sends what opens
# from_clerk TIME write SUBJECT [FILE]: a request by hand, with a letter or a
# mail of a unit attached
from_clerk() {
    python3 - "$T/o" "$@" << 'PY'
import email, email.policy, os, re, sys, urllib.parse
from email.message import EmailMessage
office, when, how, subject = sys.argv[1:5]
m = EmailMessage()
m["From"] = "Văn thư <vanthu@dangbo-thuynguyen.example>"
m["To"] = "baocao@dangbo-thuynguyen.example"
m["Message-ID"] = f"<{when}@dangbo-thuynguyen.example>"
new = office + "/outgoing/new/"
for path in sorted(os.listdir(new)) if how == "click" else []:
    with open(new + path, "rb") as f:
        sent = email.message_from_binary_file(f, policy=email.policy.default)
    found = re.search(subject + r".*<mailto:[^?]*\?subject=([^&>]*)",
                      sent.get_body().get_content())
    if found:
        link = urllib.parse.unquote(found[1])
m["Subject"] = link if how == "click" else subject
m.set_content("")
for path in sys.argv[5:]:
    with open(path, "rb") as f:
        if path.endswith(".eml"):
            m.add_attachment(email.message_from_binary_file(
                f, policy=email.policy.default))
        else:
            m.add_attachment(f.read(), maintype="application",
                             subtype="octet-stream", filename="cong-van.docx")
    m.set_boundary("always-the-same")
with open(f"{office}/mail/tmp/clerk", "wb") as f:
    f.write(m.as_bytes())
PY
    touch -d "2026-05-$1:00+07:00" "$T/o/mail/tmp/clerk"
    mv "$T/o/mail/tmp/clerk" "$T/o/mail/new/${1/:/.}.clerk"
}
new_office o
at 07T16:30
at 08T08:00
at 11T16:30
at 12T07:30
from_clerk 12T07:35 click "Không nhắc Công đoàn phường"
from_clerk 12T07:36 write "Gửi bảng theo dõi, đợt dan-chu"
from_clerk 12T07:37 write "Gia hạn TDP05 đến 20/5/2026, đợt dan-chu"
from_clerk 12T07:38 write "Hoàn tác !1 (mã xác nhận aaaaaaaaaaaaaaaaaaaaaaaaaa)"
from_clerk 12T07:39 write "Fwd: báo cáo" "$samples/mail/m04-gmail-web.eml"
at 12T07:40
from_clerk 12T07:45 write "Công văn mới" \
    "$samples/letters/cong-van-cai-cach-hanh-chinh.docx"
at 12T07:50
at 12T08:00
at 12T11:00
at 12T16:30

at 13T14:00
mv "$T/o/mail" "$T/o/away"
at 14T08:00 2> /dev/null
mv "$T/o/away" "$T/o/mail"
at 14T08:30
at 14T16:30
clerk 14T16:40 supplement dan-chu DN-MM
clerk 14T16:41 return fa38ec --reason "báo cáo chưa có chữ ký" --until 20/5/2026
at 15T08:30
at 20T08:30

python3 - "$T/o/outgoing/new" << 'PY'
import email, email.policy, os, re, sys, urllib.parse

ORDER = ["Đã nhận", "Nhắc", "Nhắc lần cuối", "Đã hết hạn",
         "Đề nghị bổ sung", "Đề nghị gửi lại tệp", "Đề nghị gửi lại", "Sắp gửi",
         "Tổng hợp", "Cần xác định đơn vị", "Đề nghị cho ý kiến",
         "Cần gọi điện", "Hết các bước nhắc", "Đã đọc công văn",
         "Cần xác nhận", "Ghi nhận báo cáo chuyển tiếp", "Đã thực hiện",
         "Chưa thực hiện", "Trả lời", "Sự cố", "Đã khắc phục"]
FORWARDED = "Ghi nhận báo cáo chuyển tiếp"
first = {}
for name in sorted(os.listdir(sys.argv[1])):
    with open(os.path.join(sys.argv[1], name), "rb") as f:
        m = email.message_from_binary_file(f, policy=email.policy.default)
    mark = re.match(r"\[([^\]]*?)( \d+/\d+/\d+)?\]", m["subject"])[1]
    if FORWARDED in m["subject"]:
        mark = FORWARDED # the same mark, another template
    first.setdefault(mark, m)
print("""# The mails that we write

Made by `tests/make-mails.sh` from the sample office and the sample mails, in
the order in which a campaign meets them; `tests/mails.t` fails when they
have changed. The wording stands in `docs/examples/templates`.
""")
for mark in sorted(first, key=lambda k: ORDER.index(k)):
    m = first[mark]
    text = m.get_body().get_content().replace("\r\n", "\n").rstrip()
    text = re.sub(r"\b[0-9a-f]{64}\b", "(64 chữ số)", text)
    # what a link opens, without its one-time token
    text = re.sub(r"<mailto:[^?>]*\?subject=([^&>]*)[^>]*>", lambda x: "<" +
                  re.sub(r"(mã xác nhận) \w+", r"\1 …",
                         urllib.parse.unquote(x[1])) + ">", text)
    print(f"## [{mark}]\n")
    print(f"    Đến: {m['to']}")
    print(f"    Ngày: {m['date']}")
    print("    Tiêu đề: " + re.sub(r"(mã xác nhận) \w+", r"\1 …", m["subject"]))
    for part in m.iter_attachments():
        print(f"    Kèm theo: {part.get_filename()}")
    print()
    for line in text.split("\n"):
        print(("    " + line).rstrip())
    print()
PY
