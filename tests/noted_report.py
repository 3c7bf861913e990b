#!/usr/bin/env python3
"""noted_report.py FILE.docx UNIT: a report of that unit with footnotes in
its text, its headings and a table, and an endnote."""
import sys
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006/relationships"


def run(text, bold=False):
    return "<w:r>%s<w:t xml:space=\"preserve\">%s</w:t></w:r>" % (
        "<w:rPr><w:b/></w:rPr>" if bold else "", text)


def mark(kind, number):
    return '<w:r><w:%sReference w:id="%d"/></w:r>' % (kind, number)


def paragraph(*runs):
    return "<w:p>%s</w:p>" % "".join(runs)


def notes(kind, texts):
    rows = ['<w:%s w:type="separator" w:id="-1"><w:p><w:r><w:separator/>'
            "</w:r></w:p></w:%s>" % (kind, kind)]
    for number, text in texts:
        rows.append('<w:%s w:id="%d">%s</w:%s>' % (
            kind, number, paragraph("<w:r><w:%sRef/></w:r>" % kind,
                                    run(" " + text)), kind))
    return '<w:%ss xmlns:w="%s">%s</w:%ss>' % (kind, W, "".join(rows), kind)


def main():
    path, unit = sys.argv[1:]
    body = "".join([
        paragraph(run("ĐẢNG BỘ PHƯỜNG THỦY NGUYÊN")),
        paragraph(run(unit.upper(), True)),
        paragraph(run("Số 08-BC/CB")),
        paragraph(run("BÁO CÁO", True)),
        paragraph(run("Kết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm "
                      "2026", True)),
        paragraph(run("I. KHÁI QUÁT ĐẶC ĐIỂM, TÌNH HÌNH", True),
                  mark("footnote", 4)),
        paragraph(run("Chi bộ có 30 đảng viên"), mark("footnote", 1),
                  run(", trong đó có 12 đảng viên nữ"),
                  mark("endnote", 1), run(".")),
        paragraph(run("V. NHIỆM VỤ TRỌNG TÂM 6 THÁNG CUỐI NĂM 2026", True)),
        paragraph(run("Chi bộ tiếp tục thực hiện tốt các quy định."),
                  mark("footnote", 2)),
        "<w:tbl><w:tr><w:tc>%s</w:tc><w:tc>%s</w:tc></w:tr></w:tbl>" % (
            paragraph(run("Hội nghị"), mark("footnote", 3)),
            paragraph(run("02"))),
        paragraph(run("Nơi nhận:"))])
    z = zipfile.ZipFile(path, "w")
    z.writestr("_rels/.rels", '<Relationships xmlns="%s"><Relationship '
               'Id="a" Type="%s/officeDocument" Target="word/document.xml"/>'
               "</Relationships>" % (P, R))
    z.writestr("word/_rels/document.xml.rels", '<Relationships xmlns="%s">'
               '<Relationship Id="a" Type="%s/footnotes" '
               'Target="footnotes.xml"/><Relationship Id="b" '
               'Type="%s/endnotes" Target="endnotes.xml"/></Relationships>'
               % (P, R, R))
    z.writestr("word/document.xml", '<w:document xmlns:w="%s"><w:body>%s'
               "</w:body></w:document>" % (W, body))
    z.writestr("word/footnotes.xml", notes("footnote", [
        (1, "Theo danh sách ngày 30/6/2026."),
        (2, "Nghị quyết của chi bộ &lt;số 05&gt;."), (3, "Họp bất thường."),
        (4, "Số liệu tính đến hết tháng Sáu.")]))
    z.writestr("word/endnotes.xml", notes("endnote", [
        (1, "Tăng 02 đồng chí.")]))
    z.close()


main()
