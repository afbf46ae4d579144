"""Stands in for ``python -m bot``: roles that are ready at once, except the one told to fail.

Only what the demo itself does with its children is tested with it: order, failure, stopping.
"""

from __future__ import annotations

import http.server
import os
import signal
import sys
import threading
from pathlib import Path


def main() -> None:
    """Act as the command line ``rasa train``, ``catalog import sample`` or ``run ROLE``."""
    what, failing = sys.argv[-1], Path("failing").read_text()
    if what in ("train", "sample"):
        made = Path("models" if what == "train" else "var/catalog")
        made.mkdir(parents=True, exist_ok=True)
        (made / "made").write_text("made")
        return
    if what == failing:
        sys.exit(f"{what} cannot start: the reason")
    _serve(int(os.environ["GIFTBOT_OPS_PORT"]))
    if what == "sandbox":
        _serve(int(os.environ["GIFTBOT_SANDBOX_PORT"]))
    signal.sigwait([signal.SIGTERM, signal.SIGUSR1])
    with Path("stopped").open("a") as file:
        file.write(f"{what}\n")


class _Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"status": "ready", "valid": true}')

    do_POST = do_GET  # noqa: N815 - the name http.server calls

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


def _serve(port: int) -> http.server.ThreadingHTTPServer:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), _Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM, signal.SIGUSR1])
main()
