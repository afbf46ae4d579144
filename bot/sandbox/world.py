"""The sandbox's one mutable thing: talks, allowances, failures in force and deliveries, with the clock."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from datetime import datetime, timedelta

from aiohttp import web

from bot.clock import Clock
from bot.sandbox.allowance import Allowance
from bot.sandbox.config import SandboxConfig
from bot.sandbox.deliveries import Deliveries
from bot.sandbox.faults import Faults
from bot.sandbox.grants import Grants
from bot.sandbox.hooks import Hooks
from bot.sandbox.media import Media
from bot.sandbox.oauth import is_brand
from bot.sandbox.talks import Message, Talks
from bot.x.limits import Window
from bot.x.webhooks import EVENTS


class World:
    """What every handler works on; all in one event loop."""

    def __init__(self, config: SandboxConfig, clock: Clock, faults: Faults, deliveries: Deliveries) -> None:
        self.config = config
        self.clock = clock
        self.faults = faults
        self.deliveries = deliveries
        self.talks = Talks()
        self.sends = Allowance(config.send_windows)
        self.reads = Allowance(config.read_windows)
        self.admin = Allowance((Window(500, 900),))
        self.hooks = Hooks()
        self.grants = Grants(config.oauth2_refresh_token, config.token_life_s, lambda: secrets.token_urlsafe(24))
        self.media = Media()
        self.app_token = config.bearer_token or secrets.token_urlsafe(24)
        if config.registered and config.webhook_url:
            self._register()
        self.stopping = asyncio.Event()
        self._changed = asyncio.Event()

    async def accept(self, shopper_id: str, text: str, media: tuple[str, ...] = (), *, typed: bool = False) -> Message:
        """Take a message of the brand: it stands in the talk, and X reports it as ``dm.sent``.

        ``typed``: a person wrote it in X's app.
        """
        message = self.talks.add(shopper_id, text, self.clock(), from_brand=True, media=media, typed=typed)
        self._tell()
        echo = self.faults.plan.delivery.echo
        if echo == "before":
            if self.hooks.delivers("dm.sent"):
                await self.deliveries.deliver(message)
        elif echo == "after":
            self._deliver(message, "dm.sent")
        return message

    def write(self, shopper_id: str, text: str, id_: str = "", at: datetime | None = None, group: str = "") -> Message:
        """Let the shopper write; the webhook gets it, unless they write in a group: that is only read.

        Raises:
            ValueError: the id is in use.
        """
        message = self.talks.add(shopper_id, text, at or self.clock(), from_brand=False, id_=id_, group=group)
        self._tell()
        if not group:
            self._deliver(message, "dm.received")
        return message

    async def replay(self, job: str, webhook_id: str, since: datetime, till: datetime) -> None:
        """Deliver again what happened from ``since`` to ``till``, both minutes included; then tell of the end."""
        ends = till + timedelta(minutes=1)
        found = [one for one in self.talks.newest(None) if since <= one.at < ends and not one.group]
        taken = [await self.deliveries.deliver(message) for message in reversed(found)]
        complete = all(taken) and self.faults.plan.replay != "incomplete"
        self.hooks.replaying = ""
        if self.faults.plan.replay != "silent":
            await self.deliveries.tell(
                {
                    "replay_job_status": {
                        "webhook_id": webhook_id,
                        "job_state": "Complete" if complete else "Incomplete",
                        "job_state_description": "Job completed successfully"
                        if complete
                        else "Job failed to deliver all events, please retry your replay job",
                        "job_id": job,
                    }
                }
            )

    def is_brand(self, request: web.Request) -> bool:
        """Whether a call is made as the brand's account: its signature, its fixed token or one of its grants."""
        header = request.headers.get("Authorization", "")
        scheme, _, token = header.partition(" ")
        if scheme.lower() == "bearer" and self.grants.is_good(token.strip(), self.clock()):
            return True
        return is_brand(
            self.config, request.method, request.rel_url.raw_path, request.rel_url.raw_query_string, header,
            self.clock().timestamp(),
        )  # fmt: skip

    def is_app(self, request: web.Request) -> bool:
        """Whether a call is made with the app's own token."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        given = token.strip().encode("utf-8", "surrogatepass")
        return scheme.lower() == "bearer" and hmac.compare_digest(given, self.app_token.encode())

    def _register(self) -> None:
        now, config = self.clock(), self.config
        hook = self.hooks.add(self.talks.new_id(now), config.public_url, now)
        for event_type in EVENTS:
            body = {"event_type": event_type, "filter": {"user_id": config.account_id}, "webhook_id": hook.id}
            self.hooks.subscribe(self.talks.new_id(now), body, now)

    def _deliver(self, message: Message, kind: str) -> None:
        if self.hooks.delivers(kind) and not self.faults.hits(self.faults.plan.delivery.lost_rate):
            self.deliveries.start(message)

    async def pause(self, seconds: float) -> None:
        """Wait so long, or until the sandbox stops."""
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except asyncio.TimeoutError:
            return

    async def next_change(self, seconds: float) -> None:
        """Wait until any talk changes, so many seconds at most."""
        changed = self._changed
        try:
            await asyncio.wait_for(changed.wait(), seconds)
        except asyncio.TimeoutError:
            return

    def stop(self) -> None:
        """Let everybody who waits go."""
        self.stopping.set()
        self._tell()

    def _tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
