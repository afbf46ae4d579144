"""X's endpoints for the app's webhook, its subscriptions and replay jobs, and the CRC behind them."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from bot.sandbox.answers import bad_request, json_of, problem, unauthorized
from bot.sandbox.hooks import MOST_SUBSCRIPTIONS, read_time
from bot.sandbox.world import World


class HookApi:
    """Handlers over one World."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._jobs: set[asyncio.Task[None]] = set()

    def routes(self) -> list[web.RouteDef]:
        """Give the paths as X documents them."""
        return [
            web.get("/2/webhooks", self._list),
            web.post("/2/webhooks", self._register),
            web.post("/2/webhooks/replay", self._replay),
            web.put("/2/webhooks/{id}", self._validate),
            web.delete("/2/webhooks/{id}", self._remove),
            web.get("/2/activity/subscriptions", self._subscriptions),
            web.post("/2/activity/subscriptions", self._subscribe),
            web.delete("/2/activity/subscriptions/{id}", self._unsubscribe),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        if not self._world.is_app(request):
            return unauthorized()
        hooks = [hook.shown() for hook in self._world.hooks.webhooks.values()]
        return self._answer({"data": hooks, "meta": {"result_count": len(hooks)}})

    async def _register(self, request: web.Request) -> web.Response:
        if not self._world.is_app(request):
            return unauthorized()
        body = await json_of(request)
        url = body.get("url") if isinstance(body, dict) and body.keys() == {"url"} else None
        if not isinstance(url, str) or not url:
            return bad_request("The body is not an object of url alone")
        reason = self._world.hooks.refuses(url)
        if reason:
            return bad_request(f"{reason}: this address cannot be registered")
        if not (await self._crc(url))[0]:
            return bad_request("CrcValidationFailed: the address did not answer the CRC")
        now = self._world.clock()
        hook = self._world.hooks.add(self._world.talks.new_id(now), url, now)
        return self._answer({"data": hook.shown()})

    async def _validate(self, request: web.Request) -> web.Response:
        if not self._world.is_app(request):
            return unauthorized()
        hook = self._world.hooks.webhooks.get(request.match_info["id"])
        if hook is None:
            return problem(404, "Not Found Error", "WebhookIdInvalid: no such webhook of this app")
        valid, status = await self._crc(hook.url)
        # a wrong answer or a redirect ends it at once; who cannot be reached has more than a day
        if valid or 200 <= status < 400:
            self._world.hooks.judge(hook.id, valid)
        return self._answer({"data": {"valid": valid}})

    async def _remove(self, request: web.Request) -> web.Response:
        if not self._world.is_app(request):
            return unauthorized()
        if self._world.hooks.webhooks.pop(request.match_info["id"], None) is None:
            return problem(404, "Not Found Error", "WebhookIdInvalid: no such webhook of this app")
        return self._answer({"data": {"deleted": True}})

    async def _subscriptions(self, request: web.Request) -> web.Response:
        if not self._world.is_app(request):
            return unauthorized()
        wanted = [one.shown() for one in self._world.hooks.wanted.values()]
        return self._answer({"data": wanted, "meta": {"total_subscriptions": len(wanted)}})

    async def _subscribe(self, request: web.Request) -> web.Response:
        """Private events need the account's own word: its signature or user token, never the app's."""
        if not self._world.is_brand(request):
            if self._world.is_app(request):
                return problem(403, "Forbidden", "The account must have allowed this app; use its own token")
            return unauthorized()
        body, hooks = await json_of(request), self._world.hooks
        wrong = hooks.wrong_subscription(body)
        if wrong:
            return bad_request(wrong)
        if body["filter"]["user_id"] != self._world.config.account_id:
            return problem(403, "Forbidden", "filter.user_id is another account than the one that calls")
        if hooks.has(body):
            return bad_request("DuplicateSubscriptionFailed: this subscription is there already")
        if len(hooks.wanted) >= MOST_SUBSCRIPTIONS:
            return bad_request("SubscriptionLimitExceeded: no more subscriptions for this app")
        now = self._world.clock()
        one = hooks.subscribe(self._world.talks.new_id(now), body, now).shown()
        shape: Any = {"list": [one], "object": one}.get(
            self._world.faults.plan.subscription_shape, {"subscription": one}
        )
        return self._answer({"data": shape, "meta": {"total_subscriptions": len(hooks.wanted)}})

    async def _unsubscribe(self, request: web.Request) -> web.Response:
        if not self._world.is_app(request):
            return unauthorized()
        if self._world.hooks.wanted.pop(request.match_info["id"], None) is None:
            return problem(404, "Not Found Error", "No such subscription of this app")
        return self._answer({"data": {"deleted": True}, "meta": {"total_subscriptions": len(self._world.hooks.wanted)}})

    async def _replay(self, request: web.Request) -> web.Response:
        if not self._world.is_app(request):
            return unauthorized()
        body, world = await json_of(request), self._world
        wrong = world.hooks.wrong_replay(body, world.clock())
        if wrong:
            return bad_request(wrong)
        if world.faults.plan.replay == "refused":
            return problem(403, "Forbidden", "Replay is not part of this app's tier")
        if world.hooks.replaying:
            return problem(409, "Conflict", "ReplayConflictError: a replay job is running for this webhook")
        hook = world.hooks.webhooks[body["webhook_id"]]
        if not (await self._crc(hook.url))[0]:
            return bad_request("CrcValidationFailed: the webhook did not answer the CRC")
        now = world.clock()
        job, since, till = world.talks.new_id(now), read_time(body["from_date"]), read_time(body["to_date"])
        assert since is not None
        assert till is not None
        world.hooks.replaying = job
        task = asyncio.create_task(world.replay(job, hook.id, since, till))
        self._jobs.add(task)
        task.add_done_callback(self._jobs.discard)
        return self._answer({"data": {"job_id": job, "created_at": now.strftime("%Y-%m-%dT%H:%M:%S.000Z")}})

    async def _crc(self, url: str) -> tuple[bool, int]:
        """Whether the webhook answered rightly, and its status; 0 where nobody answers.

        Only the address of the config leads anywhere; every other one is as if nobody lived there.
        """
        if url != self._world.config.public_url or not self._world.config.webhook_url:
            return False, 0
        told = await self._world.deliveries.challenge()
        return bool(told["valid"]), int(told["status"])

    def _answer(self, body: dict[str, Any]) -> web.Response:
        _, headers = self._world.admin.spend(self._world.clock())
        return web.json_response(body, headers=headers)
