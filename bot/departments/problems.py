"""What a department is told where its request cannot be done: problem+json that says what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from aiohttp import web


class Problem(Exception):
    """Ends a request with this status. ``errors`` are places in the request and what is wrong there."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, tuple(errors)
        self.headers = dict(headers or {})

    def response(self) -> web.Response:
        """The problem as an answer (RFC 9457)."""
        body = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = [{"at": at, "trouble": trouble} for at, trouble in self.errors]
        return web.json_response(
            body, status=self.status, content_type="application/problem+json", headers=self.headers
        )


def not_found() -> Problem:
    """The same for what is not there and for what is another department's."""
    return Problem(404, "There is no such message of your department; ended ones are kept for three days.")
