"""Signed webhooks sent to an intake, at a rate or as fast as answers come, by a sender that costs little itself.

Everything is signed and laid out as bytes beforehand; what is left in the loop is a write, a read and two looks at the
clock. Between them the process sleeps in epoll, in whole milliseconds, so what falls due within one goes out together.

At a rate the loop is open: latency counts from when a webhook was *due*, not from when it was written. An intake that
stalls, or a sender without a free connection, makes all that was due meanwhile late, and cannot hide it. What of that
is the sender's own doing, because it woke late, is told beside it (``late``).
"""

from __future__ import annotations

import json
import select
import socket
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from bot.x.signature import sign
from tests.fakes.x_side import BRAND, SECRET

MESSAGES = Path(__file__).resolve().parents[1] / "understanding" / "messages_tuned.jsonl"
"""What shoppers write, by our own rows; none goes out twice in the same words."""
_SILENCE_S = 60.0
_MOST = 65_536


@dataclass
class Sent:
    """What became of the webhooks of one run; times in seconds."""

    took: list[float] = field(default_factory=list)
    """Of each answer: since its webhook was due (at a rate) or written."""
    late: list[float] = field(default_factory=list)
    """Of each webhook, at a rate: how long after it was due the sender awoke to it."""
    not_200: int = 0
    seconds: float = 0.0


def requests(count: int, first: int, shoppers: int, port: int) -> list[bytes]:
    """So many signed deliveries, as they go over the wire."""
    said = [json.loads(line)["text"] for line in MESSAGES.read_text("utf-8").splitlines()]
    made = []
    now_ms = str(int(time.time() * 1000))
    for number in range(first, first + count):
        text = f"{said[number % len(said)]} {number}"
        event = {
            "type": "message_create", "id": str(10**18 + number), "created_timestamp": now_ms,
            "message_create": {
                "target": {"recipient_id": BRAND}, "sender_id": str(2 * 10**9 + number % shoppers),
                "message_data": {"text": text, "entities": {"urls": [], "hashtags": []}},
            },
        }  # fmt: skip
        data = {
            "event_uuid": str(number), "filter": {"user_id": BRAND}, "event_type": "dm.received", "tag": "giftbot",
            "payload": {"direct_message_events": [event], "users": {}},
        }  # fmt: skip
        body = json.dumps({"data": data}).encode()
        head = (
            f"POST /webhooks/x HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
            f"x-twitter-webhooks-signature: {sign(SECRET, body).decode()}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        made.append(head.encode() + body)
    return made


class _Kept:
    """One kept connection: a request at a time. What is written always fits, since the one before was answered."""

    __slots__ = ("asked", "counts_from", "got", "port", "socket")

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.asked = False
        self.counts_from = 0.0
        self.got = b""

    def read(self) -> int | None:
        """The answer's status once all of it is here, else None; 0 where the other side hung up."""
        try:
            came = self.socket.recv(_MOST)
        except ConnectionError:
            came = b""
        if not came:
            return 0
        self.got += came
        status = answered(self.got)
        if status is not None:
            self.got = b""
        return status


def answered(got: bytes) -> int | None:
    """The status of a whole HTTP/1.1 answer with a length; None while some of it is missing."""
    head, end, body = got.partition(b"\r\n\r\n")
    if not end:
        return None
    length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
    return int(head[9:12]) if len(body) >= int(length or b"0") else None


def send_all(port: int, prepared: list[bytes], connections: int, rate: float) -> Sent:
    """Send everything over so many connections: so many a second, or (0) as fast as answers come.

    Raises:
        TimeoutError: the intake has been silent for a minute.
    """
    sent, poller = Sent(), select.epoll()
    idle = deque(_Kept(port) for _ in range(connections))
    kept = {one.socket.fileno(): one for one in idle}
    for number in kept:
        poller.register(number, select.EPOLLIN)
    count, written, awoken = len(prepared), 0, 0
    clock = time.perf_counter
    begun = clock()
    while len(sent.took) < count:
        now = clock()
        due = min(count, int((now - begun) * rate) + 1 if rate else written + len(idle))
        while awoken < due and rate:
            sent.late.append(now - begun - awoken / rate)
            awoken += 1
        while written < due and idle:
            line = idle.popleft()  # each in its turn, so that none is idle for long and is hung up on
            line.asked, line.counts_from = True, begun + written / rate if rate else clock()
            line.socket.sendall(prepared[written])
            written += 1
        wait = max(0.0, begun + awoken / rate - now) if rate and awoken < count else _SILENCE_S
        came = poller.poll(wait)
        if not came and wait == _SILENCE_S:
            raise TimeoutError("the intake does not answer")
        for number, _ in came:
            line = kept[number]
            status = line.read()
            if status is None:
                continue
            if line.asked:
                line.asked = False
                sent.took.append(clock() - line.counts_from)
                sent.not_200 += status != 200
            else:
                idle.remove(line)
            idle.append(line if status else _again(line, kept, poller))
    sent.seconds = clock() - begun
    for line in kept.values():
        line.socket.close()
    return sent


def _again(gone: _Kept, kept: dict[int, _Kept], poller: select.epoll) -> _Kept:
    """A new connection for one that was closed."""
    number = gone.socket.fileno()
    poller.unregister(number)
    del kept[number]
    gone.socket.close()
    new = _Kept(gone.port)
    kept[new.socket.fileno()] = new
    poller.register(new.socket.fileno(), select.EPOLLIN)
    return new
