#!/usr/bin/env python3
"""Made-up reports and mailboxes for the benchmarks.

    make_reports.py report FILE [PARAGRAPHS]    a .docx as Word writes it
    make_reports.py mails FOLDER COUNT UNITS.csv [LATE]
                                                COUNT mails of 43 kB
    make_reports.py units FILE COUNT            a roster of COUNT units

A report has about 15 pages, its headings from outline-49.txt, and the runs
and rsids that Word puts in. Everything is the same on every run. LATE: the
share of mails received in the last three hours of the day.
"""
import base64
import csv
import io
import os
import random
import sys
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SENTENCES = [
    "Đơn vị đã tổ chức quán triệt, phổ biến tới toàn thể cán bộ, đảng viên và nhân dân",
    "Trong kỳ đã ban hành các văn bản lãnh đạo, chỉ đạo, phân công từng đồng chí phụ trách",
    "Việc công khai được niêm yết tại trụ sở và nhà văn hóa, được nhân dân đồng tình",
    "Một số nội dung còn chậm do địa bàn rộng, kinh phí hạn chế, lực lượng kiêm nhiệm",
    "Đã tiếp nhận, giải quyết kịp thời các kiến nghị, không có đơn thư vượt cấp",
]
DAY = 1778551200  # a morning within the campaign


def headings():
    for line in open(HERE + "/outline-49.txt", encoding="utf-8"):
        if line.startswith("#") or " guidance " in line:
            continue
        left, text = line.strip().split(" | ", 1)
        yield left.split(" ")[2] + " " + text


def paragraph(text, bold, rng):
    words = text.split(" ")
    runs, at = [], 0
    while at < len(words):
        n = rng.randint(1, 6)
        look = "<w:rPr>%s<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr>" % (
            "<w:b/><w:bCs/>" if bold else "")
        runs.append('<w:r w:rsidR="%08X" w:rsidRPr="%08X">%s<w:t xml:space='
                    '"preserve">%s</w:t></w:r>' % (
                        rng.getrandbits(24), rng.getrandbits(24), look,
                        " ".join(words[at:at + n]) + " "))
        at += n
    return ('<w:p w:rsidR="%08X" w:rsidRDefault="%08X"><w:pPr><w:spacing '
            'w:before="120" w:after="120"/><w:ind w:firstLine="720"/><w:jc '
            'w:val="both"/></w:pPr>%s</w:p>' % (
                rng.getrandbits(24), rng.getrandbits(24), "".join(runs)))


def report(seed=1, paragraphs=None, unit="Chi bộ số 1"):
    rng = random.Random(seed)
    body = [paragraph(t, True, rng) for t in (
        unit.upper(), "Số %d-BC/CB" % seed, "BÁO CÁO", "kết quả thực hiện "
        "dân chủ ở cơ sở 6 tháng đầu năm 2026, phương hướng, nhiệm vụ trọng "
        "tâm 6 tháng cuối năm 2026")]
    heads = list(headings())
    if paragraphs is None:
        for h in heads:
            body.append(paragraph(h, True, rng))
            for _ in range(4):
                body.append(paragraph(". ".join(rng.choices(SENTENCES, k=3)) +
                                      ", với %d lượt người." % rng.randint(2, 999), False, rng))
    else:
        body += ["<w:p><w:r><w:t>%d. %s</w:t></w:r></w:p>" % (
            i, SENTENCES[i % 5][:40]) for i in range(paragraphs)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        def part(name, text):
            info = zipfile.ZipInfo(name, (2026, 5, 12, 8, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, text)
        part("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
        part("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
        part("word/document.xml", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document %s><w:body>%s</w:body></w:document>' % (W, "".join(body)))
    return out.getvalue()


def mail(n, unit, address, text=None):
    text = text or base64.encodebytes(report(n, unit=unit)).decode()
    return ("From: %s <%s>\r\nTo: <baocao@dangbo-thuynguyen.example>\r\n"
            "Subject: =?utf-8?B?%s?=\r\nDate: Tue, 12 May 2026 09:00:00 +0700\r\n"
            "Message-ID: <m%d@thu.example>\r\nMIME-Version: 1.0\r\n"
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n\r\nBC\r\n--b\r\n"
            "Content-Type: application/octet-stream; name=\"bc%d.docx\"\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\n%s--b--\r\n" % (
                address.split("@")[0], address, base64.b64encode(
                    "Báo cáo 6 tháng".encode()).decode(), n, n,
                text.replace("\n", "\r\n"))).encode()


def big(folder, size):
    """One mail with a report that has a picture of so many MiB."""
    out = io.BytesIO(report(1))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as z:
        z.writestr(zipfile.ZipInfo("word/media/image1.png", (2026, 5, 12, 8, 0, 0)),
                   random.Random(7).randbytes(size << 20))
    text = base64.encodebytes(out.getvalue()).decode()
    os.makedirs(folder + "/new", exist_ok=True)
    path = folder + "/new/1.big.bench"
    with open(path, "wb") as f:
        f.write(mail(1, "", "a@don-vi.example", text))
    os.utime(path, (DAY, DAY))


def mails(folder, count, units, late=0.0):
    rows = [r for r in csv.DictReader(open(units, encoding="utf-8-sig"))
            if r["emails"]]
    rng = random.Random(7)
    os.makedirs(folder + "/new", exist_ok=True)
    for n in range(1, count + 1):
        r = rows[n % len(rows)]
        when = DAY + rng.randint(0, 21600)
        if rng.random() < late:
            when = DAY + 21600 + rng.randint(0, 10800)
        path = "%s/new/%d.m%d.bench" % (folder, when, n)
        with open(path, "wb") as f:
            f.write(mail(n, r["name"], r["emails"].split(";")[0]))
        os.utime(path, (when, when))


def units(path, count):
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write("code,name,group,kind,tags,aliases,emails,phone,contact_role,no_mail\n")
        for n in range(1, count + 1):
            f.write("U%05d,Chi bộ số %d,\"Chi bộ, đảng bộ cơ sở, chi bộ trực "
                    "thuộc Đảng ủy phường\",tdp,,,u%d@don-vi.example,,,\n" % (n, n, n))


if __name__ == "__main__":
    kind, path, *rest = sys.argv[1:]
    if kind == "report":
        open(path, "wb").write(report(1, int(rest[0]) if rest else None))
    elif kind == "big":
        big(path, int(rest[0]))
    elif kind == "mails":
        mails(path, int(rest[0]), rest[1], float(rest[2]) if len(rest) > 2 else 0)
    else:
        units(path, int(rest[0]))
