# SPEC 4 and 5: letters and reports read without any state.
import glob
import io
import json
import os
import re
import zipfile

from office import (LETTER, OTHER_LETTER, REPORTS, SAMPLES, WORK, case,
                    changed_docx, expect, report, same, tiepnhan)

CODES = {"unfilled-outline", "last-period", "other-campaign", "secret",
         "tracked-changes", "embedded-not-read", "legacy-text", "other"}


def typed(value, kind, what):
    """Types as the page shows them: {"key": type, …} in this order."""
    if isinstance(kind, dict):
        expect(isinstance(value, dict), what, "is no object")
        same(list(value), list(kind), what + ": keys")
        for key, sub in kind.items():
            typed(value[key], sub, f"{what}.{key}")
    elif isinstance(kind, list):
        expect(isinstance(value, list), what, "is no list")
        for n, item in enumerate(value):
            typed(item, kind[0], f"{what}[{n}]")
    elif kind is float:
        expect(isinstance(value, (int, float)) and
               not isinstance(value, bool), what, repr(value))
    else:
        expect(type(value) is kind, what, repr(value), "is no", kind)


LETTER_FORM = {
    "issuer": str, "number": str, "date": str, "subject": str,
    "deadline": {"date": str, "reading": str, "time": str},
    "recipients": [str],
    "outline": [{"id": str, "level": int, "kind": str, "label": str,
                 "text": str, "optional": bool}]}
MAP_FORM = {
    "headings": [{"text": str, "label": str, "level": int,
                  "sections": [str], "score": float}],
    "sections": [{"id": str, "state": str, "sure": bool, "words": int,
                  "evidence": str}],
    "document": {"issuer": str, "number": str, "date": str, "title": str,
                 "period": str, "signed": bool, "secret": bool},
    "warnings": [{"code": str, "text": str}]}


def put(name, content):
    path = f"{WORK}/{name}"
    open(path, "wb").write(content)
    return path


def replaced_body(content, body, **parts):
    """The document with another body, and perhaps other parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as z, \
            zipfile.ZipFile(out, "w") as w:
        for item in z.infolist():
            data = z.read(item)
            name = os.path.basename(item.filename).split(".")[0]
            if item.filename == "word/document.xml":
                text = data.decode()
                head = text[:text.index("<w:body>") + 8]
                data = f"{head}{body}</w:body></w:document>".encode()
            elif item.filename == f"word/{name}.xml" and name in parts:
                data = parts[name].encode()
            w.writestr(item, data)
    return out.getvalue()


def mapped(content, letter=LETTER, *more):
    path = content if isinstance(content, str) else put("m.docx", content)
    return tiepnhan("map", letter, path, "--json", *more).json()


@case("letter --json has the promised keys and types")
def _():
    for path in glob.glob(SAMPLES + "/letters/*.docx"):
        got = tiepnhan("letter", "--json", path).json()
        typed(got, LETTER_FORM, os.path.basename(path))
        same({n["kind"] for n in got["outline"]} -
             {"heading", "subheading", "guidance"}, set(), "kinds")
        expect(got["deadline"]["reading"] in
               ("before-day", "by-day", "at-time"), got["deadline"])


@case("outline ids are the path of labels; (nếu có) makes a node optional")
def _():
    nodes = {n["id"]: n for n in tiepnhan("letter", "--json",
                                          LETTER).json()["outline"]}
    for wanted in ("I", "II.1", "II.1.b1", "II.2.b1.p4", "III.5.t1", "VI"):
        expect(wanted in nodes, "no", wanted, list(nodes))
    same([i for i, n in nodes.items() if n["optional"]], ["III.4"],
         "optional")
    same(nodes["II.2.b1"]["kind"], "subheading", "II.2.b1")


@case("the three readings of a deadline, from the letter's own words")
def _():
    content = open(OTHER_LETTER, "rb").read()
    for new, want in (
            ("trước ngày ", ("2026-06-10", "before-day", "")),
            ("chậm nhất ngày ", ("2026-06-10", "by-day", "")),
            ("trước 16 giờ 30 ngày ", ("2026-06-10", "at-time", "16:30"))):
        path = put("l.docx", changed_docx(content, "chậm nhất ngày ", new))
        got = tiepnhan("letter", "--json", path).json()
        same(tuple(got["deadline"].values()), want, new)


@case("letter speaks Vietnamese, days as dd/mm/yyyy")
def _():
    out = tiepnhan("letter", LETTER).out
    expect("before-day" not in out and "2026-05" not in out, out[:700])
    expect("trước ngày 14/5/2026" in out, out[:700])
    out = tiepnhan("letter", OTHER_LETTER).out
    expect("22/5/2026" in out or "22/05/2026" in out, out[:500])


@case("outline --json and map --json have the promised keys and types")
def _():
    for name in ("bc-cb-tdp05", "bc-ubnd-phuong", "cchc-q2-th-le-loi"):
        path = REPORTS + name + ".docx"
        typed(tiepnhan("outline", "--json", path).json(), MAP_FORM, name)
        got = tiepnhan("map", "--json", LETTER, path).json()
        typed(got, MAP_FORM, name)
        same({s["state"] for s in got["sections"]} -
             {"filled", "empty", "missing"}, set(), "states")
        same({w["code"] for w in got["warnings"]} - CODES, set(), "codes")


@case("map lists each heading and sub-heading of the outline once, in order")
def _():
    want = [n["id"] for n in tiepnhan("letter", "--json",
                                      LETTER).json()["outline"]
            if n["kind"] != "guidance"]
    got = [s["id"] for s in mapped(REPORTS + "bc-cb-tdp05.docx")["sections"]]
    same(got, want, "sections")


@case("a merged heading has two ids, one outside the outline none")
def _():
    got = mapped(REPORTS + "bc-thcs-nguyen-trai.docx")["headings"]
    expect(any({"IV.2", "IV.3"} <= set(h["sections"]) for h in got), got)
    got = mapped(REPORTS + "bc-hoi-lhpn.docx")["headings"]
    expect(any(h["sections"] == [] for h in got), got)


@case("an unfilled copy of the outline is empty, and warned of")
def _():
    # the outline's page alone, without the letter before it
    with zipfile.ZipFile(LETTER) as z:
        text = z.read("word/document.xml").decode()
    paragraphs = re.split(r"(?=<w:p[ >])", text[text.index("ĐỀ CƯƠNG"):])
    kept = [p for p in paragraphs[1:] if "</w:p>" in p]
    kept = [p[:p.index("</w:p>") + 6] for p in kept]
    path = put("copy.docx", replaced_body(open(LETTER, "rb").read(),
                                          "".join(kept)))
    got = mapped(path)
    expect([h for h in got["headings"] if h["sections"] == ["VI"]], got)
    same([s for s in got["sections"] if s["state"] == "filled"], [],
         "filled")
    expect("unfilled-outline" in [w["code"] for w in got["warnings"]],
           got["warnings"])
    # … and so is the whole letter sent back
    got = mapped(LETTER)
    same([s for s in got["sections"] if s["state"] == "filled"], [],
         "filled")


@case("of what a kind does not owe nothing is surely missing")
def _():
    got = mapped(REPORTS + "bc-may-mac-thu-nghiem.docx", LETTER, "--kind",
                 "company")
    same([s["id"] for s in got["sections"]
          if s["state"] == "missing" and s["sure"]], ["V"], "surely missing")


@case("the title says what the report is about")
def _():
    got = mapped(REPORTS + "bc-cb-tdp05.docx")["document"]["title"]
    expect(got.startswith("BÁO CÁO ") and "năm 2026" in got, got)


@case("Không có, Không phát sinh is an answer; nothing below is empty")
def _():
    states = {s["id"]: s["state"] for s in
              mapped(REPORTS + "bc-htx-nong-nghiep.docx")["sections"]}
    want = json.load(open(REPORTS + "bc-htx-nong-nghiep.expect.json"))
    for section, state in want["sections"].items():
        if state == "filled":
            same(states[section], "filled", section)
    states = {s["id"]: s["state"] for s in
              mapped(REPORTS + "bc-cb-tram-y-te.docx")["sections"]}
    same(states["IV.3"], "empty", "IV.3 of the health station")


@case("guidance never makes a section missing")
def _():
    got = mapped(REPORTS + "bc-may-mac-thu-nghiem.docx", LETTER, "--kind",
                 "company")
    gone = [s for s in got["sections"] if s["state"] == "missing"]
    expect("V" in [s["id"] for s in gone], gone)
    guidance = {n["id"] for n in tiepnhan("letter", "--json", LETTER)
                .json()["outline"] if n["kind"] == "guidance"}
    same({s["id"] for s in gone} & guidance, set(), "guidance missing")


@case("map --kind keeps the form")
def _():
    path = REPORTS + "bc-cb-tdp05.docx"
    one = mapped(path, LETTER, "--kind", "tdp")
    two = mapped(path, LETTER, "--kind", "hdnd")
    typed(one, MAP_FORM, "map --kind tdp")
    expect(one["document"] == two["document"], "the document differs")


@case("warnings: secret, last-period, other-campaign, tracked-changes, "
      "legacy-text")
def _():
    def codes(got):
        return [w["code"] for w in got["warnings"]]
    expect("tracked-changes" in codes(mapped(REPORTS +
                                             "bc-ubnd-phuong.docx")), "UBND")
    expect("legacy-text" in codes(mapped(REPORTS + "bc-cb-quan-su.docx")),
           "Quân sự")
    other = changed_docx(report("cchc-q2-hanh-chinh-cong"), "quý II",
                         "6 tháng đầu", -1)
    expect("other-campaign" in codes(mapped(other)), "another subject",
           mapped(other)["warnings"])
    old = changed_docx(report("bc-cb-tdp05"), "2026", "2025", -1)
    expect("last-period" in codes(mapped(old)), "last year's")


@case("a secret document is warned of, without its text")
def _():
    stamped = changed_docx(
        report("bc-cb-tdp05"), "<w:body>",
        "<w:body><w:p><w:r><w:t>MẬT</w:t></w:r></w:p>")
    for words in (["outline"], ["map", LETTER]):
        got = tiepnhan(*words, put("secret.docx", stamped), "--json").json()
        expect(got["document"]["secret"] is True, got["document"])
        expect("secret" in [w["code"] for w in got["warnings"]],
               got["warnings"])
        same([s["evidence"] for s in got["sections"] if s["evidence"]], [],
             "evidence")


@case("DOCX by content, never by name")
def _():
    path = put("anh.jpg", report("bc-cb-tdp05"))
    same(len(tiepnhan("outline", "--json", path).json()["headings"]),
         len(tiepnhan("outline", "--json", REPORTS + "bc-cb-tdp05.docx")
             .json()["headings"]), "headings")
    tiepnhan("outline", put("x.docx", b"%PDF-1.4 nothing"), code=65)


@case("outline works on any foreign document: all headings by style")
def _():
    styles = {"Heading1": "Introduction", "Heading2": "Related work",
              "Heading3": "A third, deeper one"}
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}'
        "</w:t></w:r></w:p><w:p><w:r><w:t>Some text that is not a heading "
        "goes on and on here.</w:t></w:r></w:p>"
        for style, text in styles.items())
    style_part = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/'
        'wordprocessingml/2006/main">' + "".join(
            f'<w:style w:type="paragraph" w:styleId="{s}"><w:name '
            f'w:val="heading {s[-1]}"/><w:pPr><w:outlineLvl w:val="'
            f'{int(s[-1]) - 1}"/></w:pPr></w:style>' for s in styles)
        + "</w:styles>")
    content = replaced_body(report("bc-mn-hoa-sen"), body,
                            styles=style_part)
    got = tiepnhan("outline", "--json", put("foreign.docx", content)).json()
    texts = {h["text"]: h["level"] for h in got["headings"]}
    for level, text in enumerate(styles.values(), 1):
        same(texts.get(text), level, text)
