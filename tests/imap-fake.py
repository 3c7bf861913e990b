#!/usr/bin/env python3
"""A small IMAP server with faults, on loopback, without TLS.

    imap-fake.py PORT FAULT [MAILS]

MAILS messages (default 5) stand in every folder. FAULT is one of the names
below; "none" behaves well.
"""
import random
import socket
import sys
import threading
import time

FAULT = sys.argv[2]
MAILS = int(sys.argv[3]) if len(sys.argv) > 3 else 5
lock = threading.Lock()
state = {"cuts": 0, "log": []}


def mail(uid):
    return (b"From: unit%d@unit.example\r\nSubject: report %d\r\n\r\n" % (uid, uid)
            + b"text of mail %d\r\n" % uid * 20)


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
        for uid in uids:
            data = mail(uid)
            if not body:
                size = 10 if FAULT == "wrong-size" else len(data)
                date = b'INTERNALDATE "12-May-2026 09:14:03 +0700"'
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
                  b"* OK [UIDVALIDITY 7] x\r\n%s" % (MAILS, uidnext)
                  + tag + b" OK [READ-ONLY] done\r\n")

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
                self.send(b"* CAPABILITY IMAP4rev1 UIDPLUS\r\n" + tag + b" OK x\r\n")
            elif verb in (b"EXAMINE", b"SELECT"):
                self.select(tag)
            elif verb == b"UID" and rest.upper().startswith(b"SEARCH"):
                self.send(b"* SEARCH " + b" ".join(b"%d" % u for u in range(1, MAILS + 1))
                          + b"\r\n" + tag + b" OK x\r\n")
            elif verb == b"UID" and rest.upper().startswith(b"FETCH"):
                self.fetch(tag, rest[6:])
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
