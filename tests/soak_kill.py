"""kill -9 again and again while mail comes in.
soak_kill.py TIEPNHAND CONFIG NOW POOL MAILDIR KILLS SEED

Moves the mails of POOL into MAILDIR bit by bit, in their order, and starts
one round of the daemon after the other; each is killed at a random moment.
Prints what was under way at the kills, for the test's figures.
"""
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

daemon, config, now, pool, maildir, kills, seed = sys.argv[1:8]
kills = int(kills)
dice = random.Random(int(seed))
state = os.path.join(os.path.dirname(os.path.dirname(config)), "state")
BACKLOG = 30  # mails under way at a time, about
WIDEST_S = 3  # on a busy machine the last round has the more to do
waiting = sorted(os.listdir(pool))
delivered = 0


def deliver(n):
    """In whole seconds of receipt: what is not there yet came later."""
    global delivered
    while waiting and n > 0:
        second = waiting[0].split(".")[0]
        while waiting and waiting[0].split(".")[0] == second:
            name = waiting.pop(0)
            os.rename(os.path.join(pool, name), os.path.join(maildir, name))
            delivered += 1
            n -= 1


def ledger():
    """How many mails are known, and how many of these are done with."""
    try:
        db = sqlite3.connect("file:%s/tiepnhan.db?mode=ro" % state, uri=True, timeout=5)
        row = db.execute("SELECT count(*), sum(state >= 4) FROM mail").fetchone()
        db.close()
        return row[0], row[1] or 0
    except sqlite3.OperationalError:
        return 0, 0


done = fetching = filing = idle = ended = widest = 0
def start():
    return subprocess.Popen([daemon, "-c", config, "--once", "--now", now], stderr=log)


log = open(os.path.join(os.path.dirname(state), "log"), "ab")
share = max(1, -(-len(waiting) // max(1, kills)))
deliver(share)
began = time.monotonic()
start().wait()
window = time.monotonic() - began  # a round with little to do, on this machine
while done < kills:
    deliver(dice.randrange(2 * share + 1))
    run = start()
    time.sleep(dice.uniform(0.005, window))
    if run.poll() is not None:
        ended += 1  # done before the blow: the next one gets more to do
        continue
    run.send_signal(signal.SIGKILL)
    run.wait()
    done += 1
    known, filed = ledger()
    # So that work neither runs out nor piles up.
    window = min(WIDEST_S, window * (1.1 if delivered - filed > BACKLOG else 0.97))
    widest = max(widest, window)
    if known < delivered:
        fetching += 1
    elif filed < known:
        filing += 1
    else:
        idle += 1
deliver(len(waiting))
print("%d kills within at most %d ms: %d while mail was being fetched, %d while it was read or filed,"
      " %d later in the round; %d rounds were quicker"
      % (done, 1000 * widest, fetching, filing, idle, ended))
