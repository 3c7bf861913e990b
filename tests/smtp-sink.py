#!/usr/bin/env python3
"""A scripted SMTP server for faults, on loopback.

    smtp-sink.py PORT DIR [--tls CERT KEY] [--starttls CERT KEY] [RULE...]

Accepted mails are written to DIR/N.eml with the envelope in DIR/N.env.
A RULE is WHAT=REPLY: WHAT is greeting, auth, mail, data, dot, or an address
(its RCPT); REPLY is an SMTP reply ("450 4.2.1 later"), "hang", "hang N"
(silent for N seconds, then gone), or "drop". For dot, "drop-after" stores
the mail and closes without an answer. Lines of DIR/rules, where there are
any, take the place of the rules from the next connection on.
"""
import os
import socket
import ssl
import sys
import threading
import time


class Session:
    def __init__(self, sock, rules, outdir, starttls, counter):
        self.sock, self.rules, self.outdir = sock, rules, outdir
        self.starttls, self.counter = starttls, counter
        self.buf = b""

    def line(self):
        while b"\n" not in self.buf:
            more = self.sock.recv(65536)
            if not more:
                raise EOFError
            self.buf += more
        line, self.buf = self.buf.split(b"\n", 1)
        return line.rstrip(b"\r")

    def say(self, text):
        self.sock.sendall(text.encode() + b"\r\n")

    def answer(self, what, default):
        """Follow a rule; True when the command went well."""
        reply = self.rules.get(what, default)
        if reply[:4] == "hang":
            time.sleep(int(reply[4:] or 600))
            raise EOFError
        if reply == "drop":
            raise EOFError
        self.say(reply)
        return reply[:1] in "23"

    def data(self, sender, rcpt):
        if not self.answer("data", "354 go on"):
            return
        lines = []
        while True:
            line = self.line()
            if line == b".":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
        rule = self.rules.get("dot", "250 2.0.0 queued")
        if rule[:1] == "2" or rule == "drop-after":
            with self.counter[1]:
                self.counter[0] += 1
                n = self.counter[0]
            with open(os.path.join(self.outdir, "%d.eml" % n), "wb") as f:
                f.write(b"\r\n".join(lines) + b"\r\n")
            with open(os.path.join(self.outdir, "%d.env" % n), "wb") as f:
                f.write(sender + b"\n" + b"\n".join(rcpt) + b"\n")
        if rule == "drop-after":
            raise EOFError
        self.answer("dot", "250 2.0.0 queued")

    def run(self):
        sender, rcpt = b"", []
        if not self.answer("greeting", "220 sink ready"):
            return
        while True:
            line = self.line()
            verb = line.split(b" ")[0].upper()
            if verb == b"EHLO":
                self.say("250-sink")
                if self.starttls:
                    self.say("250-STARTTLS")
                self.say("250 AUTH PLAIN XOAUTH2")
            elif verb == b"STARTTLS":
                self.say("220 go ahead")
                self.sock = self.starttls.wrap_socket(self.sock,
                                                      server_side=True)
                self.starttls, self.buf = None, b""
            elif verb == b"AUTH":
                if len(line.split(b" ")) < 3:
                    self.say("334 ")
                    self.line()
                self.answer("auth", "235 2.7.0 ok")
            elif verb == b"MAIL":
                sender, rcpt = line[10:], []
                self.answer("mail", "250 ok")
            elif verb == b"RCPT":
                to = line.split(b"<")[1].split(b">")[0].decode()
                if self.answer(to, "250 ok"):
                    rcpt.append(to.encode())
            elif verb == b"DATA":
                self.data(sender, rcpt)
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


def context(cert, key):
    ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ctx.load_cert_chain(cert, key)
    return ctx


def main():
    args = sys.argv[1:]
    port, outdir = int(args.pop(0)), args.pop(0)
    tls = starttls = None
    rules = {}
    while args:
        arg = args.pop(0)
        if arg == "--tls":
            tls = context(args.pop(0), args.pop(0))
        elif arg == "--starttls":
            starttls = context(args.pop(0), args.pop(0))
        else:
            what, reply = arg.split("=", 1)
            rules[what] = reply
    os.makedirs(outdir, exist_ok=True)
    server = socket.create_server(("127.0.0.1", port))
    counter = [0, threading.Lock()]

    def serve(sock):
        try:
            now = rules
            if os.path.exists(os.path.join(outdir, "rules")):
                with open(os.path.join(outdir, "rules")) as f:
                    now = dict(l.rstrip("\n").split("=", 1) for l in f)
            if tls:
                sock = tls.wrap_socket(sock, server_side=True)
            Session(sock, now, outdir, starttls, counter).run()
        except (EOFError, OSError):
            pass
        finally:
            sock.close()

    while True:
        sock, _ = server.accept()
        threading.Thread(target=serve, args=(sock,), daemon=True).start()


if __name__ == "__main__":
    main()
