"""The mail reader over a corpus of real mails, against what Python's email
package finds in them. corpus_mail.py FOLDER-OF-TOOLS CORPUS"""
import base64
import email
import email.policy
import os
import subprocess
import sys
import tempfile
import unicodedata

TOOLS, CORPUS = sys.argv[1:3]
number = 0
failed = False


def ok(good, name, notes=()):
    global number, failed
    number += 1
    failed = failed or not good
    print("%s %d - %s" % ("ok" if good else "not ok", number, name))
    for note in notes:
        print("# " + note)


def manifest():
    """file -> what it exercises"""
    with open(os.path.join(CORPUS, "MANIFEST.tsv"), encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f]
    return {row[0]: row[-1].split(",") for row in rows[1:]}


def read(path):
    """The lines of tool-mail, or None when it did not end well."""
    try:
        run = subprocess.run([os.path.join(TOOLS, "tool-mail"), path],
                             capture_output=True, timeout=30)
    except subprocess.TimeoutExpired:
        return None
    if run.returncode != 0:
        return None
    return run.stdout.decode("utf-8").splitlines()


def jailed(path):
    """The status of the jailed parser."""
    run = subprocess.run([os.path.join(TOOLS, "parse-client"), "1", path,
                          "0", "20000"], capture_output=True)
    return run.stdout.split()[0].decode()


def our_names(lines):
    return [line[len("attachment: "):].split(" | ")[0]
            for line in lines if line.startswith("attachment: ")]


def their_names(path):
    with open(path, "rb") as f:
        mail = email.message_from_binary_file(f, policy=email.policy.default)
    names = []
    for part in mail.walk():
        if part.get_content_maintype() in ("multipart", "message"):
            continue
        name = part.get_filename()
        if name:
            names.append(unicodedata.normalize("NFC", name))
    return names


def is_found(name, ours):
    """Python cuts names that are not quoted, and mangles some."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    if "?" in name or "\ufffd" in name:
        return True
    clean = " ".join(name.split())
    return any(one == clean or one.startswith(clean) for one in ours)


def signs(lines):
    for line in lines:
        if line.startswith("signs:"):
            return line.split()[1:]
    return []


def wrapped(blob):
    """A mail around a bare winmail.dat."""
    return (b"From: a@b.example\r\nContent-Type: application/ms-tnef\r\n"
            b"Content-Transfer-Encoding: base64\r\n\r\n" +
            base64.encodebytes(blob))


def main():
    kinds = manifest()
    mails = {}
    dead, unjailed, unnamed, unseen = [], [], [], []
    for name in sorted(kinds):
        path = os.path.join(CORPUS, name)
        lines = read(path)
        if lines is None:
            dead.append(name)
            continue
        mails[name] = lines
        if jailed(path) != "0":
            unjailed.append(name)
        if "tnef-blob" in kinds[name]:
            continue
        theirs = their_names(path)
        ours = our_names(lines)
        unnamed += ["%s: %s" % (name, one) for one in theirs
                    if not is_found(one, ours)]
        if len([one for one in ours if one]) < len(theirs):
            unseen.append(name)
    ok(not dead, "every mail of %d ends in a verdict" % len(kinds), dead)
    ok(not unjailed, "and does so in the jail", unjailed)
    ok(not unnamed, "each name that Python finds is found", unnamed)
    ok(not unseen, "and as many files have one", unseen)

    # a mailing list's refusal is no delivery report
    bounces = [name for name in mails
               if any(k in ("bounce-dsn", "bounce-hard", "bounce-CRLF",
                            "bounce-CR-lineends") for k in kinds[name])
               and "feedback-report" not in "".join(mails[name])
               and not any(part in name for part in
                           ("-fml-", "__aol", "__yahoo"))]
    missed = [name for name in bounces if "dsn" not in signs(mails[name])]
    ok(not missed, "%d bounces are recognised" % len(bounces), missed)
    silent = [name for name in bounces if not any(
        line.startswith(("bounce: ", "returned: ")) for line in mails[name])]
    ok(not silent, "and each says who or what", silent)
    replies = [name for name in mails if "auto-reply" in kinds[name]]
    missed = [name for name in replies if not set(signs(mails[name])) &
              {"vacation", "auto-replied"}]
    ok(not missed, "%d automatic replies are recognised" % len(replies),
       missed)
    loud = [name for name in mails if not set(kinds[name]) &
            {"bounce-dsn", "bounce-dsn-mdn", "bounce-hard", "bounce-CRLF",
             "bounce-CR-lineends", "not-a-bounce", "mbox"} and
            "dsn" in signs(mails[name])]
    ok(not loud, "nothing else is taken for a bounce", loud)

    files = 0
    for name in sorted(kinds):
        if "tnef-blob" not in kinds[name]:
            continue
        with open(os.path.join(CORPUS, name), "rb") as f:
            blob = f.read()
        with tempfile.NamedTemporaryFile() as mail:
            mail.write(wrapped(blob))
            mail.flush()
            files += len(our_names(read(mail.name) or [])) - 1
    ok(files >= 5, "files are found in winmail.dat", ["%d" % files])
    print("1..%d" % number)
    sys.exit(failed)


main()
