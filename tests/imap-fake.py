#!/usr/bin/env python3
"""A small IMAP server with faults, on loopback, without TLS.

    imap-fake.py PORT FAULT [MAILS]

MAILS messages (default 5) stand in every folder; where MAILS is a folder,
its files do, received at their times. FAULT is one of the names below;
"none" behaves well. Commands are written to PORT.commands.

    rendered    every mail in other bytes: fields folded otherwise, other
                boundaries, another UIDVALIDITY, the UIDs the other way round
    zimbra      UIDPLUS but no MOVE, which is answered with BAD
    move        MOVE and UIDPLUS
    bare        neither
    xoauth2     only AUTHENTICATE XOAUTH2 with the token "good-token"
    idle        IDLE
    idle-cut    IDLE, and the end of the connection
    announce    what it can do stands in the answer to LOGIN: IDLE
    clicked     while sizes are told, people read mails of the folder
    slow        5 ms for each mail
"""
import base64
import email
import email.policy
import os
import random
import socket
import sys
import threading
import time

FAULT = sys.argv[2]
BOX = []  # (bytes, INTERNALDATE), by UID - 1
VALIDITY = 8 if FAULT == "rendered" else 7
CAPABILITIES = {"zimbra": b" UIDPLUS IDLE", "move": b" UIDPLUS MOVE", "bare": b"",
                "xoauth2": b" SASL-IR AUTH=XOAUTH2", "idle": b" IDLE", "idle-cut": b" IDLE"}
lock = threading.Lock()
state = {"cuts": 0, "log": []}


def rendered(data):
    """The same mail as another server would write it."""
    m = email.message_from_bytes(data, policy=email.policy.SMTP.clone(max_line_length=50))
    m["X-Mailbox-Mended"] = "yes"
    for part in m.walk():
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            part.set_boundary("mended-%d" % random.randrange(10 ** 9))
    try:
        return m.as_bytes()
    except Exception:  # Python refuses some fields: then only one is added
        return b"X-Mailbox-Mended: yes\r\n" + data


def fill(what):
    if not os.path.isdir(what):
        for uid in range(1, int(what) + 1):
            data = (b"From: unit%d@unit.example\r\nSubject: report %d\r\n\r\n" % (uid, uid)
                    + b"text of mail %d\r\n" % uid * 20)
            BOX.append((data, "12-May-2026 09:14:03 +0700"))
        return
    for name in sorted(os.listdir(what)):
        path = os.path.join(what, name)
        with open(path, "rb") as f:
            data = f.read().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        when = time.strftime("%d-%b-%Y %H:%M:%S +0000", time.gmtime(os.stat(path).st_mtime))
        BOX.append((rendered(data) if FAULT == "rendered" else data, when))
    if FAULT == "rendered":
        BOX.reverse()


fill(sys.argv[3] if len(sys.argv) > 3 else "5")
MAILS = len(BOX)


class Cut(Exception):
    pass


class Session:
    def __init__(self, sock):
        self.sock, self.buf, self.left = sock, b"", None
        if FAULT == "cut-random":
            with lock:
                state["cuts"] += 1
                if state["cuts"] <= 200:
                    self.left = random.Random(state["cuts"]).randrange(1, 3500)

    def send(self, data):
        if self.left is not None:
            if len(data) >= self.left:
                self.sock.sendall(data[:self.left])
                raise Cut
            self.left -= len(data)
        self.sock.sendall(data)

    def line(self):
        while b"\r\n" not in self.buf:
            more = self.sock.recv(65536)
            if not more:
                raise Cut
            self.buf += more
        line, self.buf = self.buf.split(b"\r\n", 1)
        return line

    def uids(self, spec):
        found = []
        for part in spec.split(b","):
            low, _, high = part.partition(b":")
            high = high or low
            low = int(low) if low != b"*" else MAILS
            high = int(high) if high != b"*" else MAILS
            low, high = min(low, high), max(low, high)
            found += [u for u in range(1, MAILS + 1) if low <= u <= high]
        return found

    def fetch(self, tag, rest):
        spec, items = rest.split(b" ", 1)
        body = b"BODY" in items
        uids = self.uids(spec)
        if FAULT == "surprise" and body:
            self.send(b"* 1 FETCH (FLAGS (\\Seen))\r\n* 7 EXISTS\r\n")
        if FAULT == "clicked" and not body:  # RFC 3501 §7.4.2: with the UID
            for uid in (min(uids), max(uids), MAILS):
                self.send(b"* %d FETCH (UID %d FLAGS (\\Seen))\r\n" % (uid, uid))
        for uid in uids:
            data, when = BOX[uid - 1]
            if not body:
                size = 10 if FAULT == "wrong-size" else len(data)
                date = b'INTERNALDATE "%s"' % when.encode()
                self.send(b"* %d FETCH (UID %d RFC822.SIZE %d %s)\r\n"
                          % (uid, uid, size, date))
                continue
            if FAULT == "poison" and uid == 3:
                self.send(b"* 3 FETCH (UID 3 X-STRANGE (1 2 BODY[] {5}\r\n")
                raise Cut
            if FAULT == "eof-in-literal" and uid == 2:
                self.send(b"* 2 FETCH (UID 2 BODY[] {%d}\r\n" % len(data) + data[:50])
                raise Cut
            if FAULT == "huge-literal" and uid == 2:
                self.send(b"* 2 FETCH (UID 2 BODY[] {4294967299}\r\nabc)\r\n")
                time.sleep(1)
                raise Cut
            if FAULT == "flood" and uid == 2:
                self.send(b"* 2 FETCH (UID 2 BODY[] {2000000000}\r\n")
                for _ in range(2000):
                    self.send(b"x" * 1000000)
                raise Cut
            if FAULT == "endless-line" and uid == 2:
                self.send(b"* 2 FETCH (UID ")
                for _ in range(400):
                    self.send(b"2" * 1000000)
                raise Cut
            if FAULT == "no-body" and uid == 2:
                self.send(b"* 2 FETCH (UID 2 BODY[] NIL)\r\n")
                continue
            if FAULT == "other-uid" and uid == 2:
                self.send(b"* 9 FETCH (UID 99 BODY[] {%d}\r\n%s)\r\n" % (len(data), data))
            literal = b"BODY[] {%d}\r\n%s" % (len(data), data)
            if FAULT == "slow":
                time.sleep(0.005)
            if FAULT == "body-first":
                self.send(b"* %d FETCH (%s UID %d)\r\n" % (uid, literal, uid))
            else:
                self.send(b"* %d FETCH (UID %d %s)\r\n" % (uid, uid, literal))
        self.send(tag + b" OK done\r\n")

    def select(self, tag):
        uidnext = b"" if FAULT == "no-uidnext" else b"* OK [UIDNEXT %d] x\r\n" % (MAILS + 1)
        if FAULT == "unknown-response":
            self.send(b"* XYZZY nothing known\r\n")
        self.send(b"* FLAGS (\\Seen)\r\n* %d EXISTS\r\n* 0 RECENT\r\n"
                  b"* OK [UIDVALIDITY %d] x\r\n%s" % (MAILS, VALIDITY, uidnext)
                  + tag + b" OK [READ-ONLY] done\r\n")

    def xoauth2(self, tag, rest):
        answer = rest.split(b" ", 1)[1] if b" " in rest else None
        if answer is None:
            self.send(b"+ \r\n")
            answer = self.line()
        user = base64.b64decode(answer)
        with open(sys.argv[1] + ".commands", "ab") as f:
            f.write(b"XOAUTH2 " + user.replace(b"\x01", b"^") + b"\n")
        if user.endswith(b"\x01auth=Bearer good-token\x01\x01"):
            self.send(tag + b" OK x\r\n")
            return
        self.send(b"+ " + base64.b64encode(b'{"status":"401"}') + b"\r\n")
        self.line()
        self.send(tag + b" NO expired\r\n")

    def run(self):
        if FAULT == "preauth":
            self.send(b"* PREAUTH welcome\r\n")
        elif FAULT == "silent":
            time.sleep(300)
        else:
            self.send(b"* OK [CAPABILITY IMAP4rev1] hello\r\n")
        while True:
            line = self.line()
            with lock:
                state["log"].append(line)
                open(sys.argv[1] + ".commands", "ab").write(line + b"\n")
            tag, verb, *rest = line.split(b" ", 2)
            verb, rest = verb.upper(), rest[0] if rest else b""
            if verb == b"CAPABILITY":
                self.send(b"* CAPABILITY IMAP4rev1" + CAPABILITIES.get(FAULT, b" UIDPLUS")
                          + b"\r\n" + tag + b" OK x\r\n")
            elif verb == b"LOGIN" and FAULT == "xoauth2":
                self.send(tag + b" NO basic authentication is off\r\n")
            elif verb == b"LOGIN" and FAULT == "announce":
                self.send(tag + b" OK [CAPABILITY IMAP4rev1 IDLE] hello\r\n")
            elif verb == b"AUTHENTICATE":
                self.xoauth2(tag, rest)
            elif verb == b"IDLE":
                self.send(b"+ idling\r\n")
                if FAULT == "idle-cut":
                    raise Cut
                self.line()
                self.send(tag + b" OK x\r\n")
            elif verb in (b"EXAMINE", b"SELECT"):
                self.select(tag)
            elif verb == b"UID" and rest.upper().startswith(b"SEARCH"):
                self.send(b"* SEARCH " + b" ".join(b"%d" % u for u in range(1, MAILS + 1))
                          + b"\r\n" + tag + b" OK x\r\n")
            elif verb == b"UID" and rest.upper().startswith(b"FETCH"):
                self.fetch(tag, rest[6:])
            elif verb == b"UID" and rest.upper().startswith(b"MOVE") and FAULT != "move":
                self.send(tag + b" BAD command not permitted with UID\r\n")
            elif verb == b"UID":
                self.send(tag + b" OK x\r\n")
            elif verb == b"LOGOUT":
                self.send(b"* BYE\r\n" + tag + b" OK x\r\n")
                return
            else:
                self.send(tag + b" OK x\r\n")


def serve(sock):
    try:
        Session(sock).run()
    except (Cut, OSError):
        pass
    finally:
        sock.close()


server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    client, _ = server.accept()
    threading.Thread(target=serve, args=(client,), daemon=True).start()
