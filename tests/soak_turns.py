"""A service that runs on while everything around it goes wrong, in turn.
soak_turns.py TIEPNHAND OFFICE POOL BOX PORT RELAY DISK CLOCK SECONDS

Moves mails of POOL bit by bit into the maildir BOX, which a server gives out
at PORT; the service asks the port RELAY, a relay of ours that can cut. After
each disturbance all that was delivered must be filed. In the first third of
the time the service is killed as well; after that one process has to live to
the end, and its memory and descriptors are watched. CLOCK is libfaketime's
file, or "-". Prints figures; exits 1 when something did not recover.
"""
import datetime
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time

daemon, office, pool, box, port, relay_port, disk, clock, seconds = sys.argv[1:10]
port, relay_port, seconds = int(port), int(relay_port), float(seconds)
state, log_path = office + "/state", office + "/log"
PATIENCE_S = 180
dice = random.Random(20260505)
waiting = sorted(os.listdir(pool))
delivered = 0
cutting = False
# Seconds that the clock is off: the pool's mails are of these days.
shift = datetime.datetime.fromisoformat("2026-05-06T09:00:00+07:00").timestamp() - time.time()


# ---- the relay: as it is, or cut after some bytes

def pump(a, b, left):
    try:
        while True:
            data = a.recv(65536)
            if not data:
                break
            if left is not None:
                data = data[:left]
                left -= len(data)
            b.sendall(data)
            if left == 0:
                break
    except OSError:
        pass
    for s in (a, b):
        try:
            s.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def relay():
    listener = socket.create_server(("127.0.0.1", relay_port))
    while True:
        near, _ = listener.accept()
        try:
            far = socket.create_connection(("127.0.0.1", port))
        except OSError:
            near.close()
            continue
        left = dice.randrange(200, 60000) if cutting else None
        for a, b, n in ((near, far, None), (far, near, left)):
            threading.Thread(target=pump, args=(a, b, n), daemon=True).start()


# ---- the service

def set_clock():
    if clock == "-":
        return
    with open(clock + ".new", "w") as f:
        f.write("%+.0f" % shift)
    os.rename(clock + ".new", clock)


def start():
    env = dict(os.environ)
    if clock != "-":
        env.update(LD_PRELOAD=os.environ["FAKETIME_LIBRARY"], FAKETIME_TIMESTAMP_FILE=clock,
                   FAKETIME_NO_CACHE="1", FAKETIME_DONT_FAKE_MONOTONIC="1")
    with open(log_path, "ab") as log:
        return subprocess.Popen([daemon, "-d", "-c", office + "/etc/tiepnhan.conf"],
                                stderr=log, env=env)


def size_of(pid):
    """KiB of memory that is its own, and descriptors."""
    with open("/proc/%d/status" % pid) as f:
        kib = [int(x.split()[1]) for x in f if x.startswith("RssAnon")]
    return kib[0], len(os.listdir("/proc/%d/fd" % pid))


def decided():
    try:
        db = sqlite3.connect("file:%s/tiepnhan.db?mode=ro" % state, uri=True, timeout=5)
        n = db.execute("SELECT count(*) FROM mail WHERE state >= 4").fetchone()[0]
        db.close()
        return n
    except sqlite3.OperationalError:
        return -1


def deliver(n):
    global delivered
    for name in waiting[:n]:
        os.rename(os.path.join(pool, name), os.path.join(box, name))
        delivered += 1
    del waiting[:n]


# ---- disturbances; each returns with things as they were

def calm():
    time.sleep(3)


def cuts():
    global cutting
    cutting = True
    time.sleep(12)
    cutting = False


def kills():
    global run
    for _ in range(5):
        time.sleep(dice.uniform(0.05, 3))
        run.send_signal(signal.SIGKILL)
        run.wait()
        run = start()


def clock_steps():
    global shift
    for step in (3600, -7200, 86400, -82800):
        shift += step
        set_clock()
        time.sleep(3)


def full_disk():
    ballast = os.path.join(disk, "ballast")
    try:
        with open(ballast, "wb") as f:
            while True:
                f.write(b"\0" * 4096)
                f.flush()
    except OSError:
        pass
    time.sleep(12)
    os.remove(ballast)


threading.Thread(target=relay, daemon=True).start()
set_clock()
run = start()
began = time.monotonic()
rate = len(waiting) / seconds
turns, slowest, trouble, sizes, peak = {}, 0, [], [], 0
order = [calm, cuts, kills, clock_steps, full_disk]
if clock == "-":
    order.remove(clock_steps)
while time.monotonic() - began < seconds and not trouble:
    for disturb in order:
        passed = time.monotonic() - began
        if disturb is kills and passed > seconds / 3:
            continue
        due = int(rate * passed) + 3
        deliver(max(0, due - delivered))
        disturb()
        turns[disturb.__name__] = turns.get(disturb.__name__, 0) + 1
        since = time.monotonic()
        while decided() < delivered and not trouble:
            if run.poll() is not None:
                trouble.append("the service ended with %d after %s" % (run.returncode, disturb.__name__))
            if time.monotonic() - since > PATIENCE_S:
                trouble.append("%d of %d filed, %d s after %s"
                               % (decided(), delivered, PATIENCE_S, disturb.__name__))
            time.sleep(0.2)
        if trouble:
            break
        slowest = max(slowest, time.monotonic() - since)
    if time.monotonic() - began > seconds / 3 and not trouble:
        time.sleep(1)
        sizes.append(size_of(run.pid))
    print("# %4.0f s: %d delivered, %d filed, memory %s KiB, descriptors %s"
          % (time.monotonic() - began, delivered, decided(), *(sizes[-1] if sizes else ("-", "-"))),
          flush=True)
run.send_signal(signal.SIGTERM)
run.wait()
print("turns: %s; %d mails; at most %.0f s until all was filed"
      % (", ".join("%d %s" % (n, name) for name, n in turns.items()), delivered, slowest))
if sizes:
    first = sizes[min(len(sizes) - 1, len(sizes) // 4)]
    print("one process: memory of its own %d KiB, at the end %d; descriptors %d, at the end %d"
          % (*first[:1], sizes[-1][0], first[1], sizes[-1][1]))
    # SQLite's cache and the heap's holes may still settle
    if sizes[-1][0] > first[0] * 1.15 + 2048 or sizes[-1][1] > first[1]:
        trouble.append("it grows")
for t in trouble:
    print("TROUBLE: " + t)
sys.exit(1 if trouble else 0)
