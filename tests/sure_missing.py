#!/usr/bin/env python3
"""Counts what a mapper calls missing surely, and what of it is wrong.

    sure_missing.py SET TOOL      TOOL LETTER REPORT prints map's JSON

SET is a labelled set as evaluate_mapping.py reads it. Prints the counts as
a TAP comment; exit status 1 when a section called missing surely is there.
"""
import json
import pathlib
import subprocess
import sys


def main():
    root, tool = pathlib.Path(sys.argv[1]), sys.argv[2]
    sections = missing = sure = unsure = 0
    wrong = []
    for path in sorted((root / "reports").glob("*.expect.json")):
        expect = json.loads(path.read_text(encoding="utf-8"))
        letter = root / "letters" / (expect["letter"].removesuffix(".docx") + ".docx")
        done = subprocess.run([tool, str(letter), str(path.parent / expect["report"])],
                              stdout=subprocess.PIPE, check=True)
        for section in json.loads(done.stdout)["sections"]:
            label = expect["sections"].get(section["id"])
            if label is None:
                continue
            sections += 1
            unsure += not section["sure"]
            missing += label == "missing"
            if section["state"] == "missing" and section["sure"]:
                sure += 1
                if label != "missing":
                    wrong.append("%s %s" % (path.stem, section["id"]))
    print("# %s: %d sections, %d unsure; %d missing, %d of them surely, %d wrongly"
          % (root.name, sections, unsure, missing, sure, len(wrong)))
    for name in wrong:
        print("#   %s" % name)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
