"""Is each sample mail in the ledger as a person would have filed it?
expected_mails.py LEDGER SAMPLES [crlf]

One line a mail: its name, a tab, and what is wrong; nothing when all of it
is right, to the names and bytes of the attachments. crlf: the mails came by
IMAP, which has other line ends.
"""
import glob
import hashlib
import json
import os
import sys

LEDGER, SAMPLES = sys.argv[1:3]
CRLF = "crlf" in sys.argv[3:]
with open(LEDGER, encoding="utf-8") as f:
    mails = {m["sha256"]: m for m in json.load(f)["mails"]}


def read(path):
    with open(path, "rb") as f:
        return f.read()


def sha(path):
    data = read(path)
    if CRLF and path.endswith(".eml"):
        data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return hashlib.sha256(data).hexdigest()


def wrong(folder, name):
    expect = json.loads(read(f"{folder}/{name}.expect.json"))
    got = mails.get(sha(f"{folder}/{name}.eml"))
    if got is None or "kind" not in got:
        return "not filed"
    bad = []

    def check(what, want, have):
        if want != have:
            bad.append(f"{what}: {have!r}, expected {want!r}")
    check("kind", expect["kind"], got["kind"])
    check("counted", expect["counted"], got["counted"])
    check("needs_clerk", expect["needs_clerk"], got["needs_clerk"])
    check("basis", expect["unit_basis"], got["basis"])
    units = expect.get("units") or \
        ([expect["unit"]] if expect["unit"] else [])
    if expect["needs_clerk"] and not expect["counted"]:
        check("units", [], got["units"])
        for g in got["guesses"]:
            if g not in units + expect.get("guesses", []):
                bad.append(f"guess {g} is not to be made")
        for u in units:
            if u not in got["guesses"]:
                bad.append(f"guess {u} is missing")
    else:
        check("units", units, got["units"])
    other = expect.get("duplicate_of")
    check("duplicate_of", sha(f"{folder}/{other}") if other else "",
          got["duplicate_of"])
    want = []
    for a in expect["attachments"]:
        want.append((a["name"], "", a["format"], a["role"], a.get("unit")))
        want += [(c["name"], a["name"], c["format"], c["role"], None)
                 for c in a.get("contains", [])]
    have = [(a["name"], a["in"], a["format"], a["role"], a["unit"])
            for a in got["attachments"]]
    check("attachments", [w[:4] for w in want], [h[:4] for h in have])
    for w, h in zip(want, have):
        if w[4]:
            check("unit of " + w[0], w[4], h[4])
    bytes_of = {a["name"]: a["sha256"] for a in got["attachments"]}
    for a in expect["attachments"]:
        for one in [a] + a.get("contains", []):
            if "same_as" in one:
                check("bytes of " + one["name"],
                      sha(f"{SAMPLES}/{one['same_as']}"),
                      bytes_of.get(one["name"]))
    return "; ".join(bad)


for path in sorted(glob.glob(SAMPLES + "/mail/*.eml")):
    name = os.path.basename(path)[:-4]
    print(name, wrong(SAMPLES + "/mail", name), sep="\t")
