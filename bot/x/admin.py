"""The app's own affairs at X: its webhook, what is delivered there, and delivering it again.

Apart from the client that sends: these calls are made by a person's command and by the watch role, as the app itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from bot.errors import InDoubt, Refused, Retryable
from bot.settings import XSettings
from bot.x.caller import NO_ANSWER, Caller
from bot.x.outcome import RateLimit, failed_send, lost_call, rate_limit
from bot.x.token_endpoint import ask_for_app_token
from bot.x.tokens import UserTokens
from bot.x.transport import Answer
from bot.x.webhooks import (
    Subscription,
    Webhook,
    read_subscriptions,
    read_webhooks,
    reason_of,
    replay_time,
)

_T = TypeVar("_T")
_PAGES = 20
_OTHER_WAYS = (401, 403)


class XAdmin:
    """Calls X as the app. An async context manager.

    Every method raises ``Refused`` (with X's reason, see `bot.x.webhooks.ADVICE`) or ``Retryable``.
    """

    def __init__(self, settings: XSettings, tokens: UserTokens | None = None) -> None:
        self._settings = settings
        self._tokens = tokens
        self._app = Caller(settings, tokens)
        self._signed = Caller(replace(settings, oauth2_token="")) if settings.access_token else None
        self._token = settings.bearer_token
        self.rates: dict[str, RateLimit] = {}
        """The allowance X told with its latest answer, by method and path."""

    async def __aenter__(self) -> XAdmin:
        await self._app.__aenter__()
        if self._signed is not None:
            await self._signed.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._app.__aexit__()
        if self._signed is not None:
            await self._signed.__aexit__()

    async def webhooks(self) -> tuple[Webhook, ...]:
        """All webhooks of the app."""
        return _read(read_webhooks, await self._as_app("GET", "/2/webhooks"))

    async def register(self, url: str) -> Webhook:
        """Register a webhook; X asks it for a CRC before it answers."""
        found = _read(read_webhooks, await self._as_app("POST", "/2/webhooks", json={"url": url}))
        if not found:
            raise Retryable("unclear_answer")
        return found[0]

    async def validate(self, webhook_id: str) -> bool:
        """Let X ask the webhook for a CRC now, and switch it on again where the answer is right."""
        body = await self._as_app("PUT", f"/2/webhooks/{webhook_id}")
        data = body.get("data") if isinstance(body, dict) else None
        return isinstance(data, dict) and data.get("valid") is True

    async def remove(self, webhook_id: str) -> None:
        """Delete a webhook; nothing is delivered there any more."""
        await self._as_app("DELETE", f"/2/webhooks/{webhook_id}")

    async def subscriptions(self) -> tuple[Subscription, ...]:
        """All subscriptions of the app."""
        found: list[Subscription] = []
        page: dict[str, str] = {}
        for _ in range(_PAGES):
            body = await self._as_app("GET", "/2/activity/subscriptions", params={"max_results": "1000", **page})
            found += _read(read_subscriptions, body)
            meta = body.get("meta") if isinstance(body, dict) else None
            token = meta.get("next_token") if isinstance(meta, dict) else None
            if not isinstance(token, str):
                break
            page = {"pagination_token": token}
        return tuple(found)

    async def subscribe(self, event_type: str, webhook_id: str) -> Subscription:
        """Have one kind of the account's events delivered to the webhook.

        These events are private. X's pages name OAuth 2.0 for them, its description all three ways, and what was seen
        to work is OAuth 1.0a: so that comes first, then the user token, then the app's own.
        """
        body = {
            "event_type": event_type,
            "filter": {"user_id": self._settings.account_id},
            "tag": "giftbot",
            "webhook_id": webhook_id,
        }
        found = _read(read_subscriptions, await self._any_way("POST", "/2/activity/subscriptions", body))
        if not found:
            raise Retryable("unclear_answer")
        return found[0]

    async def unsubscribe(self, subscription_id: str) -> None:
        """End one subscription."""
        await self._as_app("DELETE", f"/2/activity/subscriptions/{subscription_id}")

    async def replay(self, webhook_id: str, since: datetime, till: datetime) -> str:
        """Have everything of a stretch of time delivered again; answers the job's id. X runs one job at a time."""
        asked = {"webhook_id": webhook_id, "from_date": replay_time(since), "to_date": replay_time(till)}
        body = await self._as_app("POST", "/2/webhooks/replay", json=asked)
        data = body.get("data", body) if isinstance(body, dict) else None
        job = data.get("job_id") if isinstance(data, dict) else None
        if not isinstance(job, str) or not job:
            raise Retryable("unclear_answer")
        return job

    async def _any_way(self, method: str, route: str, body: dict[str, Any]) -> Any:
        signed = self._signed
        if signed is not None:
            answer = await self._sent(
                signed.read(lambda: signed.tweepy.request(method, route, params={}, json=body, user_auth=True))
            )
            if answer.status not in _OTHER_WAYS:
                return self._taken(answer, method, route)
        if not self._app.oauth1:
            answer = await self._sent(self._app.read(lambda: self._app.tweepy.request(method, route, json=body)))
            if answer.status not in _OTHER_WAYS:
                return self._taken(answer, method, route)
        return await self._as_app(method, route, json=body)

    async def _as_app(self, method: str, route: str, **more: Any) -> Any:
        """The JSON of a call with the app's own token, which is fetched anew once where X refuses it."""
        fetched = not self._token
        if fetched:
            self._token = await ask_for_app_token(self._settings)
        answer = await self._sent(self._app.as_app(self._token, method, route, **more))
        if answer.status == 401 and not fetched and self._settings.consumer_key:
            self._token = await ask_for_app_token(self._settings)
            answer = await self._sent(self._app.as_app(self._token, method, route, **more))
        return self._taken(answer, method, route)

    async def _sent(self, call: Any) -> Answer:
        try:
            answer: Answer = await call
        except NO_ANSWER as error:
            raise Retryable(str(lost_call(error))) from error
        return answer

    def _taken(self, answer: Answer, method: str, route: str) -> Any:
        rate = rate_limit(answer.headers)
        if rate is not None:
            self.rates[f"{method} {route}"] = rate
        body = answer.parsed()
        reason = reason_of(body)
        if 200 <= answer.status < 300 and isinstance(body, dict) and ("data" in body or not reason):
            return body
        if reason:
            raise Refused(reason)
        failed = failed_send(answer)
        # asked twice, these calls do no harm: there is nothing to look for first
        raise Retryable(failed.reason) if isinstance(failed, InDoubt) else failed


def _read(reader: Callable[[Any], tuple[_T, ...]], body: Any) -> tuple[_T, ...]:
    try:
        return reader(body)
    except ValueError:
        raise Retryable("unclear_answer") from None
