"""The sandbox refuses what X's own description refuses, and answers as it describes."""

from __future__ import annotations

import re
from typing import Any

import aiohttp
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.hooks import EVENT_TYPES, Hooks
from bot.sandbox.media import wrong_alt, wrong_begin
from tests.fakes.x_side import sandbox

IDS = st.sampled_from(["1", "x", "", "12345678901234567890", 5])
ODD = st.none() | st.integers() | st.text(max_size=3)
LAX = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
BRAND_KEY, APP_KEY = {"Authorization": "Bearer user-token"}, {"Authorization": "Bearer app-token"}
BEGIN = {"media_category": "dm_image", "media_type": "image/png", "total_bytes": 108}
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


def valid(description: dict[str, Any], schema: dict[str, Any], body: object) -> bool:
    whole = schema | {"components": description["components"]}
    return bool(jsonschema.Draft202012Validator(whole).is_valid(body))


def asked(description: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    return dict(description["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"])


def answered(description: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    answer = description["paths"][path][method]["responses"]["200"]
    while "$ref" in answer:
        answer = description["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
    return dict(answer["content"]["application/json"]["schema"])


@given(
    body=st.fixed_dictionaries(
        {},
        optional={
            "event_type": st.sampled_from([*sorted(EVENT_TYPES), "oauth.revoke", "dm.recieved", ""]) | ODD,
            "filter": st.fixed_dictionaries({}, optional={"user_id": IDS, "direction": ODD, "more": ODD}) | ODD,
            "tag": st.text(max_size=201) | ODD,
            "webhook_id": IDS,
            "more": ODD,
        },
    )
)
@LAX
def test_subscriptions_x_would_refuse_are_refused(x_description, body):
    """A misspelt type must fail here and not only at X."""
    if not valid(x_description, asked(x_description, "post", "/2/activity/subscriptions"), body):
        assert Hooks().wrong_subscription(body)


def test_every_type_the_sandbox_knows_is_one_of_xs(x_description):
    """What only the sandbox takes would be found out in production."""
    schema = asked(x_description, "post", "/2/activity/subscriptions")
    for event_type in EVENT_TYPES:
        body = {"event_type": event_type, "filter": {"user_id": "1"}}
        assert valid(x_description, schema, body), event_type


@given(
    body=st.fixed_dictionaries(
        {},
        optional={
            "media_category": st.sampled_from(["dm_image", "tweet_image", "avatar"]) | ODD,
            "media_type": st.sampled_from(["image/png", "image/svg+xml"]) | ODD,
            "total_bytes": st.integers(-1, 6_000_000) | ODD,
            "shared": st.booleans(),
            "more": ODD,
        },
    )
)
@LAX
def test_uploads_x_would_refuse_are_refused(x_description, body):
    """A wrong category is found out only when the message is sent."""
    if not valid(x_description, asked(x_description, "post", "/2/media/upload/initialize"), body):
        assert wrong_begin(body)


@given(
    body=st.fixed_dictionaries(
        {},
        optional={
            "id": IDS,
            "metadata": st.fixed_dictionaries(
                {}, optional={"alt_text": st.fixed_dictionaries({}, optional={"text": ODD})}
            )
            | ODD,
        },
    )
)
@LAX
def test_descriptions_of_pictures_x_would_refuse_are_refused(x_description, body):
    """Alt text is for who cannot see the picture; lost, nobody notices."""
    if not valid(x_description, asked(x_description, "post", "/2/media/metadata"), body):
        assert wrong_alt(body) or not re.fullmatch("[0-9]{1,19}", str(body["id"])), body


async def test_every_answer_has_the_shape_x_describes(x_description):
    """The commands read these; X's shapes, not ours."""
    calls: list[tuple[str, str, str, dict[str, str], Any]] = [
        ("get", "/2/webhooks", "/2/webhooks", APP_KEY, None),
        ("get", "/2/activity/subscriptions", "/2/activity/subscriptions", APP_KEY, None),
        ("post", "/2/media/upload/initialize", "/2/media/upload/initialize", BRAND_KEY, BEGIN),
        ("get", "/2/users/me", "/2/users/me", BRAND_KEY, None),
    ]  # fmt: skip
    async with (
        sandbox(webhook_url="http://127.0.0.1:9/x", bearer_token="app-token") as url,
        aiohttp.ClientSession() as session,
    ):
        (hook,) = (await (await session.get(f"{url}/2/webhooks", headers=APP_KEY)).json())["data"]
        new = {"event_type": "chat.received", "filter": {"user_id": "1001"}, "webhook_id": hook["id"]}
        calls.append(("post", "/2/activity/subscriptions", "/2/activity/subscriptions", BRAND_KEY, new))
        calls.append(("put", f"/2/webhooks/{hook['id']}", "/2/webhooks/{webhook_id}", APP_KEY, None))
        calls.append(("delete", f"/2/webhooks/{hook['id']}", "/2/webhooks/{webhook_id}", APP_KEY, None))
        for method, path, described, key, body in calls:
            async with session.request(method, url + path, headers=key, json=body) as answer:
                told = await answer.json()
                assert answer.status == 200, (path, told)
                assert valid(x_description, answered(x_description, method, described), told), (path, told)
                assert told["data"] is not None


async def test_a_picture_goes_through_each_of_xs_steps_and_into_a_message():
    """Begun, sent in two parts, finished, described, sent; and each step out of turn is refused."""
    async with sandbox() as url, aiohttp.ClientSession(headers=BRAND_KEY) as session:

        async def post(path: str, status: int = 200, **sent: Any) -> dict[str, Any]:
            async with session.post(url + path, **sent) as answer:
                assert answer.status == status, await answer.text()
                return dict(await answer.json())

        begin = {"media_category": "dm_image", "media_type": "image/png", "total_bytes": len(PNG)}
        id_ = (await post("/2/media/upload/initialize", json=begin))["data"]["id"]
        await post(f"/2/media/upload/{id_}/finalize", 400)
        for number, part in enumerate((PNG[:50], PNG[50:])):
            form = aiohttp.FormData({"segment_index": str(number)})
            form.add_field("media", part, filename="part")
            await post(f"/2/media/upload/{id_}/append", data=form)
        message = {"text": "three ideas", "attachments": [{"media_id": id_}]}
        await post("/2/dm_conversations/with/2002/messages", 400, json=message)
        done = (await post(f"/2/media/upload/{id_}/finalize"))["data"]
        assert done["size"] == len(PNG)
        alt = {"id": id_, "metadata": {"alt_text": {"text": "1 a mug, £9"}}}
        await post("/2/media/metadata", json=alt)
        await post("/2/dm_conversations/with/2002/messages", 201, json=message)
        async with session.get(f"{url}/sandbox/ledger") as answer:
            assert (await answer.json())["accepted"][0]["media"] == [id_]
        async with session.get(f"{url}/sandbox/media/{id_}") as answer:
            assert await answer.read() == PNG
        wrong = aiohttp.FormData({"media_category": "tweet_image"})
        wrong.add_field("media", PNG, filename="p.png")
        post_only = (await post("/2/media/upload", data=wrong))["data"]["id"]
        message["attachments"] = [{"media_id": post_only}]
        await post("/2/dm_conversations/with/2002/messages", 400, json=message)


@pytest.mark.parametrize(
    ("body", "category"),
    [(PNG + b"\0" * 5_000_000, "dm_image"), (b"<svg/>", "dm_image"), (PNG, "dm_video"), (b"", "dm_image")],
)
async def test_a_picture_beyond_xs_limits_is_refused(body, category):
    """5 MB, and a picture X knows."""
    async with sandbox() as url, aiohttp.ClientSession(headers=BRAND_KEY) as session:
        form = aiohttp.FormData({"media_category": category})
        form.add_field("media", body, filename="p")
        async with session.post(f"{url}/2/media/upload", data=form) as answer:
            assert answer.status == 400
