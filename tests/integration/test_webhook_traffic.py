"""What tells how fast intake is must not spare it: a stall is counted against everything that was due meanwhile."""

from __future__ import annotations

import socket
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.bench.webhook_traffic import answered, send_all

STALL_S = 0.3
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
REQUEST = b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"


@contextmanager
def server(answers: list[bytes], stall_s: float = 0.0) -> Iterator[int]:
    """A server that gives these answers, one a request, the first of them after a stall; b"" hangs up instead."""
    listening = socket.create_server(("127.0.0.1", 0))
    left = deque(answers)

    def serve() -> None:
        stall = threading.Event()
        while left:
            client, _ = listening.accept()
            with client:
                while left and client.recv(65_536):
                    stall.wait(stall_s if len(left) == len(answers) else 0)
                    answer = left.popleft()
                    if not answer:
                        break
                    client.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        thread.join()
        listening.close()


def test_a_stall_is_counted_against_all_that_was_due_meanwhile():
    """Closed loops ask a stalled server nothing, and then report one slow answer of a hundred."""
    with server([OK] * 101, STALL_S) as port:
        sent = send_all(port, [REQUEST] * 101, connections=1, rate=1000.0)
    assert sent.not_200 == 0
    took = sorted(sent.took)
    assert len(took) == 101
    assert took[0] >= STALL_S - 0.1 - 0.001  # the last was due 0.1 s after the first
    assert took[-1] >= STALL_S - 0.001


def test_a_connection_hung_up_is_no_answer_and_the_rest_still_goes_out():
    with server([OK, b"", OK, OK]) as port:
        sent = send_all(port, [REQUEST] * 4, connections=1, rate=0.0)
    assert (len(sent.took), sent.not_200) == (4, 1)


@pytest.mark.parametrize(
    ("got", "status"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Le", None),
        (b"HTTP/1.1 503 Later\r\nContent-Length: 4\r\n\r\nla", None),
        (b"HTTP/1.1 503 Later\r\nContent-Length: 4\r\n\r\nlate", 503),
        (OK, 200),
    ],
)
def test_an_answer_counts_once_all_of_it_is_here(got: bytes, status: int | None):
    assert answered(got) == status
