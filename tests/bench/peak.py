#!/usr/bin/env python3
"""peak.py COMMAND...: runs it; prints the peak RSS in KiB of it and of each
kind of child (and what of that is no file's page), the CPU seconds of all, and the wall time, one line each."""
import os
import resource
import subprocess
import sys
import threading
import time

peaks, anon, stop = {}, {}, threading.Event()


def tree(root):
    kids = {}
    for p in os.listdir("/proc"):
        if p.isdigit():
            try:
                stat = open(f"/proc/{p}/stat").read()
                kids.setdefault(int(stat.rsplit(")", 1)[1].split()[1]), []).append(int(p))
            except OSError:
                pass
    todo, all_ = [root], []
    while todo:
        p = todo.pop()
        all_.append(p)
        todo += kids.get(p, [])
    return all_


def watch(root):
    while not stop.is_set():
        for p in tree(root):
            try:
                lines = open(f"/proc/{p}/status").read().split("\n")
                name = lines[0].split("\t")[1]
                peak = [int(x.split()[1]) for x in lines if x.startswith("VmHWM")]
                own = [int(x.split()[1]) for x in lines if x.startswith("RssAnon")]
                if peak:
                    peaks[name] = max(peaks.get(name, 0), peak[0])
                if own:
                    anon[name] = max(anon.get(name, 0), own[0])
            except (OSError, IndexError):
                pass
        time.sleep(0.01)


began = time.monotonic()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
t = threading.Thread(target=watch, args=(child.pid,))
t.start()
child.wait()
stop.set()
t.join()
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
for name, kib in sorted(peaks.items()):
    print("rss", name, kib)
for name, kib in sorted(anon.items()):
    print("anon", name, kib)
print("cpu", "user", round(usage.ru_utime, 3))
print("cpu", "system", round(usage.ru_stime, 3))
print("wall", "s", round(time.monotonic() - began, 3))
print("exit", "code", child.returncode)
