#!/usr/bin/env python3
"""mailed.py FOLDER ADDRESS: mails in a maildir to that address, oldest
first, one JSON object a line: subject, text, prepared links, files."""
import email
import email.policy
import json
import os
import re
import sys
import urllib.parse


def links_of(text):
    for words, url in re.findall(r"^(.*): <mailto:([^>]*)>", text, re.M):
        to, _, query = url.partition("?")
        fields = dict(p.split("=", 1) for p in query.split("&"))
        fields = {k: urllib.parse.unquote(v) for k, v in fields.items()}
        yield {"words": words, "to": to, "subject": fields["subject"],
               "body": fields.get("body", "").replace("\r\n", "\n")}


def read(path):
    with open(path, "rb") as f:
        m = email.message_from_binary_file(f, policy=email.policy.default)
    text = m.get_body(("plain",)).get_content().replace("\r\n", "\n")
    return {"to": m["To"].strip("<> "), "subject": m["Subject"],
            "date": m["Date"].datetime.isoformat(), "text": text,
            "id": m["Message-ID"], "links": list(links_of(text)),
            "answers": m["In-Reply-To"] or "", "auto": m["Auto-Submitted"],
            "files": [a.get_filename() for a in m.iter_attachments()],
            "path": path}


def main():
    folder, address = sys.argv[1:]
    mails = []
    for sub in ("new", "cur"):
        path = os.path.join(folder, sub)
        for name in os.listdir(path) if os.path.isdir(path) else []:
            mails.append(read(os.path.join(path, name)))
    for m in sorted(mails, key=lambda m: (m["date"], m["path"])):
        if m["to"] == address:
            print(json.dumps(m, ensure_ascii=False))


main()
