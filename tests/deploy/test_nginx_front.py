"""nginx with our configuration, running in front of a real intake: what passes, what does not."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator

import pytest

from bot.demo.plan import free_ports
from tests.deploy.deployed import DEPLOY

SLOW_S = 8.0


def _installed(name: str) -> str:
    if not shutil.which(name) and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", f"{name}-light"]):
            with contextlib.suppress(subprocess.TimeoutExpired):
                subprocess.run(command, capture_output=True, timeout=180, check=False)
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not on the PATH and could not be installed; the file is parsed by test_deploy_files.py")
    return found


class Upstream:
    """Says 200 to whatever comes, and counts: what nginx let pass."""

    def __init__(self, port: int) -> None:
        import threading
        from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

        seen = self.seen = []  # type: ignore[var-annotated]

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                seen.append((self.path, len(body)))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST  # noqa: N815 - the name http.server asks for

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Upstream]]:
    """The port nginx listens on, and what stands behind it; only addresses and the certificate's place differ."""
    nginx, openssl = _installed("nginx"), shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not on the PATH: no certificate for nginx")
    folder = tmp_path_factory.mktemp("nginx")
    public, inside, behind = free_ports(3)
    subprocess.run(
        [
            openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=giftbot.example",
            "-keyout", str(folder / "tls.key"), "-out", str(folder / "tls.crt"),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    ours = (DEPLOY / "nginx" / "giftbot.conf").read_text()
    for old, new in (
        ("/etc/nginx/tls/", f"{folder}/"),
        ("listen 443 ssl", f"listen 127.0.0.1:{public} ssl"),
        ("listen 8443 ssl", f"listen 127.0.0.1:{inside} ssl"),
        ("intake:8080", f"127.0.0.1:{behind}"),
        ("departments:8070", f"127.0.0.1:{behind}"),
        ("/dev/stdout", f"{folder}/access.log"),
    ):
        assert old in ours, old
        ours = ours.replace(old, new)
    (folder / "giftbot.conf").write_text(ours)
    main = (DEPLOY / "nginx" / "nginx.conf").read_text().replace("/tmp/nginx.pid", f"{folder}/nginx.pid")
    temporary = "".join(
        f"    {name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = main.replace("http {\n", "http {\n" + temporary).replace("/dev/stderr", f"{folder}/error.log")
    main = re.sub(r"^worker_processes.*$", "worker_processes 1;\ndaemon off;", main, flags=re.MULTILINE)
    (folder / "nginx.conf").write_text(main)
    command = [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert tried.returncode == 0, tried.stderr
    upstream = Upstream(behind)
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait_for(public)
        yield public, upstream
    finally:
        running.terminate()
        running.wait(10)
        upstream.stop()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
    pytest.fail("nginx does not listen")


def _ask(port: int, method: str, path: str, body: bytes = b"") -> int:
    with _connected(port) as connection:
        head = f"{method} {path} HTTP/1.1\r\nHost: giftbot.example\r\nContent-Length: {len(body)}\r\n"
        head += "Connection: close\r\n\r\n"
        with contextlib.suppress(OSError):  # refused before the body was read
            connection.sendall(head.encode() + body)
        return int(connection.recv(4096).split()[1])


def _connected(port: int) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(socket.create_connection(("127.0.0.1", port), 10), server_hostname="giftbot.example")


def test_a_delivery_passes(front: tuple[int, Upstream]) -> None:
    """Up to the size intake itself takes."""
    port, upstream = front
    assert _ask(port, "POST", "/webhooks/x", b"x" * 65536) == 200
    assert upstream.seen[-1] == ("/webhooks/x", 65536)


def test_a_challenge_passes_with_its_query(front: tuple[int, Upstream]) -> None:
    """A raw plus in it stays one."""
    port, upstream = front
    assert _ask(port, "GET", "/webhooks/x?crc_token=abc+def") == 200
    assert upstream.seen[-1][0] == "/webhooks/x?crc_token=abc+def"


@pytest.mark.parametrize(
    ("method", "path", "size", "status"),
    [
        ("POST", "/webhooks/x", 65537, 413),
        ("PUT", "/webhooks/x", 1, 403),
        ("POST", "/webhooks/x/", 1, 404),
        ("GET", "/metrics", 0, 404),
        ("GET", "/v1/sends", 0, 404),
    ],
)
def test_nothing_else_passes(front: tuple[int, Upstream], method: str, path: str, size: int, status: int) -> None:
    """Neither too much, nor another way in: metrics and the departments' interface are not public."""
    port, upstream = front
    before = len(upstream.seen)
    assert _ask(port, method, path, b"x" * size) == status
    assert len(upstream.seen) == before


def test_a_header_that_never_ends_is_cut_off(front: tuple[int, Upstream]) -> None:
    """Slowloris: the connection is closed while its header is still coming."""
    port, _ = front
    began = time.monotonic()
    with _connected(port) as connection:
        connection.sendall(b"POST /webhooks/x HTTP/1.1\r\nHost: giftbot.example\r\nX-Slow: ")
        connection.settimeout(SLOW_S)
        answer = connection.recv(4096)  # raises where nginx still waits after SLOW_S
    assert answer == b"" or b" 408 " in answer
    assert time.monotonic() - began < SLOW_S
