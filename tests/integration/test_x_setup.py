"""`giftbot x` sets X up, twice without harm, and says what to do about each refusal; over real HTTP on the sandbox."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from click.testing import CliRunner

from bot.cli import giftbot
from bot.clock import utc_now
from bot.errors import Refused
from bot.settings import StoreSettings
from bot.store.connection import Store
from bot.x.admin import XAdmin
from bot.x.setup import set_up, subscribe_all
from tests.fakes.fake_door import FakeDoor
from tests.fakes.x_side import BRAND, SECRET, SandboxHand, intake, sandbox, settings, x_settings

URL = "https://giftbot.example/webhooks/x"


@asynccontextmanager
async def admin(**changes: Any) -> AsyncIterator[tuple[XAdmin, SandboxHand, str]]:
    """The app's side of a sandbox that knows no webhook yet, with intake behind the address."""
    async with intake(FakeDoor()) as hook:
        changes = {"webhook_url": hook, "registered": False, "bearer_token": "app-token", **changes}
        async with sandbox(**changes) as url, aiohttp.ClientSession() as session:
            chosen = dataclasses.replace(x_settings(url), bearer_token="app-token")
            async with XAdmin(chosen) as x:
                yield x, SandboxHand(session, url), url


async def test_setting_up_registers_and_doing_it_again_only_validates():
    """A deployment may run it at every start; a second webhook would deliver everything twice."""
    async with admin() as (x, _, _url):
        first = await set_up(x, URL)
        assert (first.done, first.webhook.valid) == ("registered", True)
        second = await set_up(x, URL)
        assert (second.done, second.webhook.id) == ("validated", first.webhook.id)
        assert len(await x.webhooks()) == 1


async def test_an_invalid_webhook_is_switched_on_again():
    """X delivers nothing to one it calls invalid."""
    async with admin() as (x, hand, _):
        await set_up(x, URL)
        await hand.put("/sandbox/webhook", valid=False)
        assert not (await x.webhooks())[0].valid
        assert (await set_up(x, URL)).webhook.valid


@pytest.mark.parametrize("shape", ["list", "object", "subscription"])
async def test_subscribing_adds_what_is_missing_whatever_shape_x_answers_in(shape):
    """X's pages show three; doing it again must add nothing."""
    async with admin() as (x, hand, _):
        await hand.faults(subscription_shape=shape)
        hook = (await set_up(x, URL)).webhook
        there, new = await subscribe_all(x, BRAND, hook.id)
        assert {one.event_type for one in there} == {"dm.received", "dm.sent", "chat.received"}
        assert new == ["dm.received", "dm.sent", "chat.received"]
        assert (await subscribe_all(x, BRAND, hook.id))[1] == []
        assert len(await x.subscriptions()) == 3
        assert x.rates["GET /2/webhooks"].limit == 500


@pytest.mark.parametrize(
    ("reason", "url", "changes"),
    [
        ("UrlValidationFailed", "https://giftbot.example:8443/x", {}),
        ("CrcValidationFailed", "https://elsewhere.example/webhooks/x", {}),
        ("CrcValidationFailed", URL, {"consumer_secret": "another-secret-of-another-app"}),
    ],
)
async def test_each_reason_not_to_register_is_xs_own(reason, url, changes):
    """What to do differs for each, and is told by name."""
    async with admin(**changes) as (x, _, _url):
        with pytest.raises(Refused) as raised:
            await set_up(x, url)
        assert raised.value.reason == reason


async def test_a_second_address_meets_the_limit_and_removing_makes_room():
    """A self-serve app has one webhook."""
    async with admin() as (x, _, _url):
        hook = (await set_up(x, URL)).webhook
        with pytest.raises(Refused) as raised:
            await x.register("https://elsewhere.example/x")
        assert raised.value.reason == "WebhookLimitExceeded"
        with pytest.raises(Refused) as raised:
            await x.register(URL)
        assert raised.value.reason == "DuplicateUrlFailed"
        await x.remove(hook.id)
        with pytest.raises(Refused) as raised:
            await x.remove(hook.id)
        assert raised.value.reason == "WebhookIdInvalid"


async def test_the_apps_own_token_is_fetched_where_none_is_set():
    """One key less to copy, and none that can be forgotten in a rotation."""
    async with admin() as (_, _hand, url):
        chosen = x_settings(url)
        assert chosen.bearer_token == ""
        async with XAdmin(chosen) as x:
            assert await x.webhooks() == ()
        async with XAdmin(dataclasses.replace(chosen, bearer_token="of-last-year")) as x:
            assert await x.webhooks() == ()


async def test_private_events_are_subscribed_by_the_user_token_where_there_is_no_signature():
    """OAuth 1.0a comes first; an app of OAuth 2.0 alone has none."""
    async with admin(oauth2_token="user-token") as (_, _hand, url):
        chosen = dataclasses.replace(
            x_settings(url), bearer_token="app-token", access_token="", oauth2_token="user-token"
        )
        async with XAdmin(chosen) as x:
            hook = (await set_up(x, URL)).webhook
            assert len((await subscribe_all(x, BRAND, hook.id))[1]) == 3


def environment(url: str, store: StoreSettings) -> dict[str, str]:
    x = settings().x
    return {
        "GIFTBOT_X_ACCOUNT_ID": BRAND,
        "GIFTBOT_X_CONSUMER_SECRET": SECRET,
        "GIFTBOT_X_CONSUMER_KEY": x.consumer_key,
        "GIFTBOT_X_ACCESS_TOKEN": x.access_token,
        "GIFTBOT_X_ACCESS_TOKEN_SECRET": x.access_token_secret,
        "GIFTBOT_X_API_BASE_URL": url,
        "GIFTBOT_X_WEBHOOK_URL": URL,
        "GIFTBOT_STORE_REDIS_URL": store.redis_url,
        "GIFTBOT_STORE_PARTITIONS": str(store.partitions),
        "GIFTBOT_STORE_KEY_PREFIX": store.key_prefix,
        "GIFTBOT_PRIVACY_KEY": "not-a-secret-privacy-key-0123456789",
    }


async def test_the_commands_lead_from_nothing_to_a_clean_status(store_settings: StoreSettings):
    """Each says what comes next, exits by it, and speaks JSON."""
    async with admin() as (_, hand, url):

        async def run(*arguments: str) -> tuple[int, dict[str, Any]]:
            done = await asyncio.to_thread(
                CliRunner().invoke, giftbot, ["x", *arguments, "--json"], env=environment(url, store_settings)
            )
            assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
            return done.exit_code, json.loads(done.stdout)

        code, told = await run("status")
        assert code == 1
        assert "giftbot x setup" in told["trouble"][0]
        code, told = await run("subscribe")
        assert (code, "giftbot x setup" in told["error"]) == (1, True)
        code, told = await run("setup", "--url", "https://giftbot.example:8443/x")
        assert code == 1
        assert "no port" in told["error"]
        code, told = await run("setup")
        assert (code, told["done"]) == (0, "registered")
        code, told = await run("status")
        assert "giftbot x subscribe" in told["trouble"][0]
        assert (await run("subscribe"))[0] == 0
        code, told = await run("status")
        assert (code, told["trouble"], len(told["subscriptions"])) == (0, [], 3)
        async with Store(store_settings) as store:
            await store.quotas.pause_until(utc_now() + timedelta(minutes=1), "no_credits")
        code, told = await run("status")
        assert code == 1
        assert "top them up" in told["trouble"][0]
        await hand.put("/sandbox/webhook", valid=False)
        code, told = await run("status")
        assert code == 1
        assert "invalid" in told["trouble"][0]
        assert (await run("remove", told["webhooks"][0]["id"]))[0] == 0
