#!/usr/bin/env python3
"""delay.py LISTEN TARGET MS: a TCP relay on loopback that holds everything
back for MS milliseconds in each direction."""
import heapq
import itertools
import selectors
import socket
import sys
import time

listen, target, ms = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
sel = selectors.DefaultSelector()
server = socket.create_server(("127.0.0.1", listen))
sel.register(server, selectors.EVENT_READ)
peer, queue, count = {}, [], itertools.count()
while True:
    wait = max(0, queue[0][0] - time.monotonic()) if queue else None
    for key, _ in sel.select(wait):
        s = key.fileobj
        if s is server:
            a, _ = s.accept()
            b = socket.create_connection(("127.0.0.1", target))
            peer[a], peer[b] = b, a
            sel.register(a, selectors.EVENT_READ)
            sel.register(b, selectors.EVENT_READ)
            continue
        data = s.recv(1 << 18)
        heapq.heappush(queue, (time.monotonic() + ms / 1000, next(count), peer[s], data))
        if not data:
            sel.unregister(s)
    while queue and queue[0][0] <= time.monotonic():
        _, _, to, data = heapq.heappop(queue)
        try:
            to.sendall(data) if data else to.shutdown(socket.SHUT_WR)
        except OSError:
            pass
