#!/usr/bin/env python3
"""Mails and documents that nobody means well with, each with its outcome.

    hostile.py FOLDER    writes FOLDER/NAME.eml and FOLDER/expected.tsv

expected.tsv: NAME, and what must become of it: FORMAT:STATUS of its first
attachment (status as in parsers/status.h, several allowed with |), or "-"
where it need only be taken in and listed. Nothing here is random.
"""
import base64
import io
import os
import struct
import sys
import warnings
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.'
         'org/package/2006/content-types"><Default Extension="xml" '
         'ContentType="application/xml"/><Override PartName="/word/document'
         '.xml" ContentType="application/vnd.openxmlformats-officedocument.'
         'wordprocessingml.document.main+xml"/></Types>')
REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
RELS = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxml'
        'formats.org/package/2006/relationships"><Relationship Id="r1" Type='
        '"%sofficeDocument" Target="word/document.xml"/></Relationships>'
        % REL)
TEXT = ("BÁO CÁO", "I. ĐẶC ĐIỂM TÌNH HÌNH", "Đơn vị có 45 đảng viên.",
        "II. KẾT QUẢ", "Đã tổ chức 12 cuộc họp.")
cases = []
warnings.simplefilter("ignore")  # of zipfile, about what is meant here


def para(text):
    text = (text.replace("&", "&amp;").replace("<", "&lt;"))
    return "<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % text


def body(inner=None):
    inner = "".join(map(para, TEXT)) if inner is None else inner
    return ('<?xml version="1.0" encoding="UTF-8"?><w:document %s><w:body>%s'
            '</w:body></w:document>' % (W, inner))


def package(document=None, extra=(), drop=()):
    out = io.BytesIO()
    parts = [("[Content_Types].xml", TYPES), ("_rels/.rels", RELS),
             ("word/document.xml", body() if document is None else document)]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in parts + list(extra):
            if name not in drop:
                z.writestr(name, data)
    return out.getvalue()


def mail(name, data, filename="bao cao.docx", subject="Báo cáo",
         sender="Chi bộ <cb.tdp09@thuynguyen.example>", raw_name=None):
    """One mail with one attachment; raw_name: the parameter as it stands."""
    word = "=?utf-8?B?%s?=" % base64.b64encode(subject.encode()).decode()
    if raw_name is None:
        raw_name = "filename*=utf-8''" + "".join(
            "%%%02X" % b for b in filename.encode())
    head = ("From: %s\r\nTo: baocao@office.example\r\nSubject: %s\r\n"
            "Message-ID: <%s@hostile.example>\r\nMIME-Version: 1.0\r\n"
            "Date: Tue, 12 May 2026 09:00:00 +0700\r\n"
            'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
            "Content-Type: text/plain\r\n\r\nGui bao cao.\r\n--b\r\n"
            "Content-Type: application/octet-stream\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            "Content-Disposition: attachment; %s\r\n\r\n"
            % (sender, word, name, raw_name))
    return (head.encode("utf-8", "surrogateescape") +
            base64.encodebytes(data).replace(b"\n", b"\r\n") + b"--b--\r\n")


def docx(name, expected, data):
    cases.append((name, expected, mail(name, data)))


def letter(name, raw, expected="-"):
    if isinstance(raw, str):
        raw = raw.encode("utf-8", "surrogateescape")
    cases.append((name, expected, raw))


HEAD = ("From: Chi bộ <cb.tdp09@thuynguyen.example>\r\n"
        "To: baocao@office.example\r\n"
        "Date: Tue, 12 May 2026 09:00:00 +0700\r\n")


def zips():
    good = package()
    docx("zip-good", "docx:0", good)
    docx("zip-empty", "other:2", b"")
    docx("zip-garbage", "other:1", bytes(range(256)) * 40)
    docx("zip-half", "docx:3|zip:3|other:1|other:3", good[:len(good) // 2])
    docx("zip-no-document", "docx:1", package(drop=("word/document.xml",)))
    docx("zip-bomb", "docx:6", package(body(para("A" * (200 << 20)))))
    docx("zip-bomb-spaces", "docx:6",
         package(body(" " * (200 << 20))))
    docx("zip-twice", "docx:6", package(
        extra=[("word/document.xml", body(para("other")))]))
    docx("zip-parent-path", "docx:0", package(
        extra=[("../../../../etc/cron.d/x", "* * * * * root id\n")]))
    docx("zip-absolute-path", "docx:0", package(
        extra=[("/etc/passwd", "root::0:0::/:/bin/sh\n")]))
    docx("zip-many-entries", "docx:5|docx:0", package(
        extra=[("x/%d" % i, "") for i in range(5000)]))
    crc = bytearray(good)
    at = crc.rindex(b"PK\x01\x02")
    crc[at + 16] ^= 0xff
    docx("zip-wrong-crc", "docx:3", bytes(crc))
    sizes = bytearray(good)
    struct.pack_into("<I", sizes, at + 24, 0xfffffff0)
    docx("zip-huge-size", "docx:0|docx:3|docx:5", bytes(sizes))
    secret = bytearray(good)
    secret[at + 8] |= 1
    docx("zip-password", "docx:3|docx:4|docx-encrypted:4", bytes(secret))
    method = bytearray(good)
    struct.pack_into("<H", method, at + 10, 99)
    docx("zip-method", "docx:1|docx:3|docx:4", bytes(method))
    over = bytearray(good)
    first = over.index(b"PK\x01\x02")
    struct.pack_into("<I", over, at + 42, struct.unpack_from(
        "<I", over, first + 42)[0])
    docx("zip-overlap", "docx:1", bytes(over))
    docx("zip-appended", "docx:0|docx:3", good + b"PK\x05\x06" + b"\0" * 18)
    docx("zip-prefixed", "docx:0|docx:3|other:1", b"MZ" + b"\x90" * 64 + good)
    docx("zip-comment", "docx:0|docx:3", good[:-2] + b"\xff\xff" +
         b"x" * 65535)
    names = ["a\nb.xml", "\u202ecod.xml", "x" * 60000, "con", "a\u0000b"]
    docx("zip-names", "docx:0|docx:3", package(
        extra=[(n, "x") for n in names]))
    inner = good
    for i in range(6):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
            z.writestr("inner%d.zip" % i, inner)
        inner = out.getvalue()
    cases.append(("zip-nested", "zip:0|zip:1|zip:5",
                  mail("zip-nested", inner, "a.zip")))
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as z:
        for i in range(300):
            z.writestr("%d.docx" % i, b"PK\x03\x04")
    cases.append(("zip-of-stumps", "zip:0|zip:1|zip:5",
                  mail("zip-of-stumps", many.getvalue(), "b.zip")))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("a.docx", b"\0" * (300 << 20))
    cases.append(("zip-of-bomb", "zip:0|zip:1|zip:5",
                  mail("zip-of-bomb", bomb.getvalue(), "c.zip")))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4000
    docx("ole-garbage", "doc:1|doc:3|other:1|other:3|docx-encrypted:4", ole)
    docx("ole-short", "doc:1|doc:3|other:1|other:3", ole[:9])


def xmls():
    laughs = "".join('<!ENTITY l%d "%s">' % (i, "&l%d;" % (i - 1) * 10)
                     for i in range(1, 12))
    doctype = '<!DOCTYPE d [<!ENTITY l0 "ha">%s]>' % laughs
    plain = body()
    start = plain.index("<w:document")
    docx("xml-laughs", "docx:6", package(
        plain[:start] + doctype + body(para("@"))[start:].replace(
            "@", "&l11;")))
    for name, uri in (("file", "file:///etc/passwd"), ("http",
                      "http://127.0.0.1:1/x"), ("dev", "/dev/urandom")):
        docx("xml-xxe-" + name, "docx:6", package(
            plain[:start] + '<!DOCTYPE d [<!ENTITY x SYSTEM "%s">]>' % uri +
            body(para("@"))[start:].replace("@", "&x;")))
    docx("xml-external-dtd", "docx:6", package(
        plain[:start] + '<!DOCTYPE d SYSTEM "http://127.0.0.1:1/d">' +
        plain[start:]))
    docx("xml-deep", "docx:3|docx:5", package(
        body("<w:p>" * 100000 + "</w:p>" * 100000)))
    docx("xml-attributes", "docx:3|docx:5", package(body(
        "<w:p %s/>" % " ".join('a%d=""' % i for i in range(80000)))))
    docx("xml-open", "docx:3", package(body()[:-20]))
    docx("xml-none", "docx:3", package(""))
    docx("xml-spaces", "docx:3", package("   \n"))
    docx("xml-latin", "docx:3", package(body().encode("utf-8") + b"\xff"))
    docx("xml-bad-utf8", "docx:3", package(
        body(para("@")).encode().replace(b"@", b"\xc3\x28\xf5\x80")))
    docx("xml-utf16", "docx:0|docx:3", package(body().replace(
        "UTF-8", "UTF-16").encode("utf-16")))
    docx("xml-nul", "docx:3", package(body(para("@")).replace("@", "&#0;")))
    docx("xml-undefined", "docx:3", package(
        body(para("@")).replace("@", "&nbsp;")))
    docx("xml-million", "docx:0|docx:5|docx:8", package(
        body("<w:p/>" * 1000000)))
    docx("xml-runs", "docx:6", package(body(
        "<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 300000 + "</w:p>")))
    docx("xml-comment", "docx:6", package(
        body("<!--" + "x" * (20 << 20) + "-->" + para(TEXT[1]))))
    docx("xml-pi", "docx:0|docx:3", package(
        body("<?a b?>" * 100000 + para(TEXT[1]))))
    docx("xml-cdata", "docx:0|docx:8", package(body(
        "<w:p><w:r><w:t><![CDATA[</w:t></w:r><script>]]></w:t></w:r></w:p>")))
    docx("xml-tables", "docx:0|docx:3|docx:5|docx:8", package(body(
        "<w:tbl><w:tr><w:tc>" * 400 + "<w:p/>" + "</w:tc></w:tr></w:tbl>"
        * 400)))
    docx("xml-other-root", "docx:1", package("<a><b/></a>"))
    docx("xml-two-roots", "docx:3", package(body() + body()))
    for name, lvl in (("minus", "-1"), ("huge", "99999999999999999999"),
                      ("word", "x"), ("none", "")):
        docx("xml-level-" + name, "docx:0", package(body(
            '<w:p><w:pPr><w:outlineLvl w:val="%s"/><w:numPr><w:ilvl w:val='
            '"%s"/><w:numId w:val="%s"/></w:numPr></w:pPr><w:r><w:t>I. A'
            '</w:t></w:r></w:p>' % (lvl, lvl, lvl))))
    rels = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.open'
            'xmlformats.org/package/2006/relationships">%s</Relationships>')
    one = '<Relationship Id="r%d" Type="%s%s" Target="%s"%s/>'
    outside = ' TargetMode="External"'
    for name, rel in (
            ("template", one % (1, REL, "attachedTemplate",
                                "http://127.0.0.1:1/t.dotm", outside)),
            ("parent", one % (1, REL, "styles", "../../../etc/passwd", "")),
            ("self", one % (1, REL, "styles", "document.xml", "")),
            ("chunk", one % (1, REL, "aFChunk", "x.html", "")),
            ("many", "".join(one % (i, REL, "styles", "s%d.xml" % i, "")
                             for i in range(3000)))):
        docx("rel-" + name, "docx:0|docx:3|docx:5|docx:6", package(
            extra=[("word/_rels/document.xml.rels", rels % rel)]))
    styles = ('<?xml version="1.0"?><w:styles %s>%s</w:styles>')
    cycle = ('<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"'
             '/></w:style><w:style w:type="paragraph" w:styleId="B">'
             '<w:basedOn w:val="A"/></w:style>')
    docx("style-cycle", "docx:0", package(
        body('<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>I. A</w:t>'
             '</w:r></w:p>'),
        extra=[("word/styles.xml", styles % (W, cycle)),
               ("word/_rels/document.xml.rels", rels % (
                   one % (1, REL, "styles", "styles.xml", "")))]))
    docx("style-doctype", "docx:6", package(
        extra=[("word/styles.xml", '<!DOCTYPE x>' + styles % (W, "")),
               ("word/_rels/document.xml.rels", rels % (
                   one % (1, REL, "styles", "styles.xml", "")))]))
    docx("field-dde", "docx:0", package(body(
        "<w:p><w:r><w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe \"/k calc\""
        "</w:instrText></w:r></w:p>" + para(TEXT[1]))))


NAMES = [
    "../../../../etc/cron.d/x.docx", "/etc/passwd", "C:\\x\\..\\y.docx",
    "..", ".", "", "CON.docx", "a" * 5000 + ".docx", "\u202excod.exe.docx",
    "a\x00b.docx", "a\nb.docx", "a\r\nBcc: x@y.example\r\n\r\n.docx",
    "$(id).docx", "`id`.docx", "; rm -rf ~ ;.docx", "%s%n%x.docx",
    "<img src=x onerror=alert(1)>.docx", "</script><script>alert(1)//.docx",
    "\"onmouseover=alert(1) x=\".docx", "=HYPERLINK(\"http:x\").docx",
    "+1+cmd|' /C calc'!A0.docx", "-2+3.docx", "@SUM(A1).docx",
    "\t=1.docx", "a\u2028b.docx", "a\u0085b.docx", "\x1b[31mred\x1b[0m.docx",
    "\x1b]0;title\x07.docx", "\ufeff.docx", "\U0001f4a9.docx",
    "Báo cáo.docx", "~$bao cao.docx", "a;b,c|d.docx"]


def names():
    for i, name in enumerate(NAMES):
        expected = "docx:0" if "~$" not in name else "docx:0|docx:7"
        cases.append(("name-%02d" % i, expected, mail(
            "name-%02d" % i, package(body(para("I. TÊN %d" % i))), name,
            sender="Ai đó <ai%d@hopthu.example>" % i)))
    pieces = "; ".join("filename*%d=a" % i for i in range(3000))
    cases.append(("name-2231-many", "docx:0", mail(
        "name-2231-many", package(body(para("I. X"))), raw_name=pieces)))
    cases.append(("name-2231-holes", "docx:0", mail(
        "name-2231-holes", package(body(para("I. Y"))),
        raw_name="filename*9=b; filename*2*=utf-8''%ff%00; filename*1=a")))
    cases.append(("name-2047-open", "docx:0", mail(
        "name-2047-open", package(body(para("I. Z"))),
        raw_name='filename="=?utf-8?B?4b?= =?x?Q?=FF?=.docx"')))


def mimes():
    text = "\r\n\r\nGui bao cao.\r\n"
    letter("mime-nothing", "")
    letter("mime-newline", "\r\n")
    letter("mime-no-header", "chi co chu\r\n" * 3)
    letter("mime-only-header", HEAD)
    letter("mime-mbox", "From x Tue May 12 2026\r\n" + HEAD + text)
    letter("mime-cr", (HEAD + text).replace("\r\n", "\r"))
    letter("mime-nul", HEAD + "Subject: a\0b" + text)
    letter("mime-8bit", HEAD.encode() + b"Subject: \xe1\xba\xff\xfe" +
           text.encode())
    letter("mime-no-colon", HEAD + "Subject\r\n nothing\r\n: x" + text)
    letter("mime-long-header", HEAD + "Subject: " + "x" * (1 << 20) + text)
    letter("mime-many-headers", HEAD + "X: y\r\n" * 100000 + text)
    letter("mime-many-addresses", "From: %s\r\n" % ", ".join(
        "a%d@b.example" % i for i in range(10000)) + text)
    letter("mime-comment-bomb", "From: " + "(" * 100000 +
           "\r\nTo: x@y.example" + text)
    letter("mime-quote-bomb", 'From: "' + "\\" * 100001 + text)
    letter("mime-word-bomb", HEAD + "Subject: " +
           " ".join(["=?utf-8?Q?=C3?="] * 20000) + text)
    letter("mime-long-line", HEAD + "\r\n" + "x" * (3 << 20))
    nested = "x"
    for i in range(300):
        nested = ('Content-Type: multipart/mixed; boundary="n%d"\r\n\r\n--n%d'
                  '\r\n%s\r\n--n%d--\r\n' % (i, i, nested, i))
    letter("mime-deep", HEAD + nested)
    letter("mime-parts", HEAD + 'Content-Type: multipart/mixed; boundary=p'
           '\r\n\r\n' + "--p\r\n\r\nx\r\n" * 20000 + "--p--\r\n")
    for name, boundary in (("missing", ""), ("empty", '; boundary=""'),
                           ("long", '; boundary="%s"' % ("b" * 5000)),
                           ("quote", '; boundary="a"b"'),
                           ("twice", '; boundary=a; boundary=b')):
        letter("mime-boundary-" + name, HEAD + "Content-Type: multipart/mixed"
               + boundary + "\r\n\r\n--a\r\n\r\nx\r\n--b\r\n\r\ny\r\n")
    inner = HEAD + text
    for _ in range(60):
        inner = HEAD + "Content-Type: message/rfc822\r\n\r\n" + inner
    letter("mime-forwarded", inner)
    for name, enc in (("base64", "base64"), ("qp", "quoted-printable"),
                      ("uu", "x-uuencode"), ("unknown", "x-what")):
        letter("mime-junk-" + name, HEAD + "Content-Transfer-Encoding: " +
               enc + "\r\n\r\n=ZZ!!\x01 begin 644 x\r\n=\r\n%%%\r\n")
    for charset in ("x-none", "utf-7", "iso-2022-kr", "utf-16", "'\"",
                    "a" * 3000):
        letter("mime-charset-%s" % charset[:8].strip("'\""),
               HEAD + "Content-Type: text/plain; charset=\"%s\"\r\n\r\n"
               "+ADw-script+AD4-\x1b$)C\x0e\r\n" % charset)
    for name, date in (("past", "Mon, 1 Jan 0001 00:00:00 +0000"),
                       ("far", "Fri, 31 Dec 99999 23:59:59 +9999"),
                       ("none", "hom nay"), ("zone", "Tue, 12 May 2026 "
                       "09:00:00 +99999999999")):
        letter("mime-date-" + name, HEAD.replace(
            "Tue, 12 May 2026 09:00:00 +0700", date) + text)
    tnef = struct.pack("<IH", 0x223e9f78, 1) + b"\x01" + b"\xff" * 4000
    cases.append(("mime-tnef", "-", mail("mime-tnef", tnef, "winmail.dat")))
    letter("mime-signed", HEAD + "Content-Type: multipart/signed; boundary=s;"
           " protocol=x\r\n\r\n--s\r\n\r\nx\r\n--s\r\nContent-Type: "
           "application/pkcs7-signature\r\n\r\n\x30\x84\xff\xff\xff\xff\r\n"
           "--s--\r\n")
    letter("mime-p7m", HEAD + "Content-Type: application/pkcs7-mime; name="
           "smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n"
           "MIT/////MIT/////BgkqhkiG9w0BBwI=\r\n")
    letter("mime-html", HEAD + "Content-Type: text/html\r\n\r\n" +
           "<div>" * 50000 + "<script>alert(1)</script>&#x110000;&bogus;")


LINE = "13/05/2026 09:14:03  ĐÃ NỘP     TDP05  giả"
SUBJECTS = [
    "Báo cáo\n" + LINE, "Báo cáo\r\nBcc: x@y.example", "x\x00y",
    "</title><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A0", "+SUM(1)", "@x", "\u202eđảo\u202c", "\x1b[2J",
    "a\u2028" + LINE, "x" * 20000, "{don_vi} {ma} {chan_thu}", "%s%n"]


def words():
    for i, subject in enumerate(SUBJECTS):
        cases.append(("word-%02d" % i, "docx:0", mail(
            "word-%02d" % i, package(body(
                para("Số: " + subject.replace("\x00", " ").replace(
                    "\x1b", " ")[:200]) + para("I. CHỮ %d" % i))),
            subject=subject,
            sender="=?utf-8?B?%s?= <ai%d@hopthu.example>" % (
                base64.b64encode(subject[:60].encode()).decode(), i))))
    for i, sender in enumerate((
            "<>", "a", "@", "<script>@x.example", '"a\\"b"@x.example',
            "x@y.example, cb.tdp09@thuynguyen.example",
            "cb.tdp09@thuynguyen.example <x@y.example>",
            "=?utf-8?Q?cb=2Etdp09=40thuynguyen=2Eexample=0D=0ATo=3A_a=40b?= "
            "<x@y.example>")):
        cases.append(("from-%d" % i, "docx:0", mail(
            "from-%d" % i, package(body(para("I. TỪ %d" % i))),
            sender=sender)))


def main():
    zips()
    xmls()
    names()
    mimes()
    words()
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    assert len({c[0] for c in cases}) == len(cases)
    with open(os.path.join(folder, "expected.tsv"), "w") as f:
        for name, expected, raw in cases:
            f.write("%s\t%s\n" % (name, expected))
            with open(os.path.join(folder, name + ".eml"), "wb") as m:
                m.write(raw)


if __name__ == "__main__":
    main()
