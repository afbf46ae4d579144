"""X's token endpoints: a refresh token for a new pair, the app's key and secret for its own token."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

import aiohttp
from aiohttp import web

from bot.sandbox.world import World


class TokenApi:
    """Handlers over one World."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Give the paths as X documents them."""
        return [web.post("/2/oauth2/token", self._user), web.post("/oauth2/token", self._app)]

    async def _user(self, request: web.Request) -> web.StreamResponse:
        """A confidential client shows its secret by basic authentication; a public one names its id in the form."""
        form, config = {name: str(value) for name, value in (await request.post()).items()}, self._world.config
        right = (config.oauth2_client_id, config.oauth2_client_secret)
        if config.oauth2_client_secret:
            known = _basic(request) == right
        else:
            known = bool(config.oauth2_client_id) and form.get("client_id") == config.oauth2_client_id
        if not known:
            return _error(401, "unauthorized_client", "Missing valid authorization header")
        if form.get("grant_type") != "refresh_token":
            return _error(400, "unsupported_grant_type", "Only refresh_token is played here")
        fault = self._world.faults.for_token()
        if fault == "unavailable_before":
            return web.Response(status=503, text="<html>over capacity</html>", content_type="text/html")
        given = self._world.grants.refresh(form.get("refresh_token", ""), self._world.clock())
        if given is None:
            return _error(400, "invalid_request", "Value passed for the token was invalid.")
        if fault == "reset_after" and request.transport is not None:
            request.transport.abort()
        return web.json_response(given)

    async def _app(self, request: web.Request) -> web.Response:
        config = self._world.config
        form: Mapping[str, object] = await request.post()
        shown = _basic(request)
        right = (config.consumer_key, config.consumer_secret)
        if shown is None or not all(map(hmac.compare_digest, map(str.encode, shown), map(str.encode, right))):
            return _error(403, "authenticity_token_error", "Unable to verify your credentials")
        if form.get("grant_type") != "client_credentials":
            return _error(403, "unsupported_grant_type", "Missing or invalid parameter: grant_type")
        return web.json_response({"token_type": "bearer", "access_token": self._world.app_token})


def _basic(request: web.Request) -> tuple[str, str] | None:
    try:
        shown = aiohttp.BasicAuth.decode(request.headers.get("Authorization", ""))
    except ValueError:
        return None
    return shown.login, shown.password


def _error(status: int, name: str, detail: str) -> web.Response:
    return web.json_response({"error": name, "error_description": detail}, status=status)
