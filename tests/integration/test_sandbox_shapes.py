"""X's endpoints as the sandbox plays them: who may call, what a request may hold, what comes back."""

from __future__ import annotations

import aiohttp
import pytest

from bot.x.limits import Window
from tests.fakes.x_side import SHOPPER, SandboxHand, sandbox

TOKEN = {"Authorization": "Bearer user-token"}
TO = f"/2/dm_conversations/with/{SHOPPER}/messages"


async def test_a_message_is_answered_201_with_its_two_ids_and_the_allowance():
    """tweepy and giftbot read exactly these names."""
    async with sandbox(send_windows=(Window(15, 900),)) as url, aiohttp.ClientSession(headers=TOKEN) as session:
        async with session.post(url + TO, json={"text": "hello"}) as answer:
            body = await answer.json()
            assert answer.status == 201
            assert body.keys() == {"data"}
            assert body["data"].keys() == {"dm_conversation_id", "dm_event_id"}
            assert answer.headers["x-rate-limit-limit"] == "15"
            assert answer.headers["x-rate-limit-remaining"] == "14"
        conversation = body["data"]["dm_conversation_id"]
        async with session.post(f"{url}/2/dm_conversations/{conversation}/messages", json={"text": "again"}) as answer:
            assert answer.status == 201
        talk = await SandboxHand(session, url).get(f"/sandbox/talks/{SHOPPER}")
    assert [message["text"] for message in talk["messages"]] == ["hello", "again"]


@pytest.mark.parametrize(
    "body",
    [
        {}, {"text": ""}, {"text": 1}, {"text": "x" * 10_001}, {"text": "x", "quick_reply": {}}, [], "x", None,
        {"attachments": []}, {"attachments": [{"media_id": 1}]}, {"attachments": [{"media_id": "1", "x": 1}]},
        {"text": "x", "attachments": {}},
    ],
)  # fmt: skip
async def test_a_request_x_does_not_document_is_a_problem_400(body):
    """Buttons and quick replies do not exist in direct messages; the sandbox must not pretend they do."""
    async with sandbox() as url, aiohttp.ClientSession(headers=TOKEN) as session:
        async with session.post(url + TO, json=body) as answer:
            problem = await answer.json()
            assert answer.status == 400
            assert answer.content_type == "application/problem+json"
            assert problem.keys() == {"title", "type", "status", "detail"}
        assert await SandboxHand(session, url).accepted_texts() == []


@pytest.mark.parametrize(
    "path",
    [
        "/2/dm_conversations/with/abc/messages",
        "/2/dm_conversations/1-2/messages",
        "/2/dm_conversations/with/1001/messages",
    ],
)
async def test_a_path_to_nobody_is_400(path):
    """A talk the account is not in is not ours to write to."""
    async with (
        sandbox() as url,
        aiohttp.ClientSession(headers=TOKEN) as session,
        session.post(url + path, json={"text": "x"}) as answer,
    ):
        assert answer.status == 400


OAUTH = 'OAuth oauth_consumer_key="consumer", oauth_token="access", oauth_timestamp="{stamp}", oauth_signature="AAAA"'


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer wrong",
        "Basic dXNlci10b2tlbg==",
        OAUTH.format(stamp=0),
        OAUTH.format(stamp="x"),
        "OAuth \udcff",
    ],
)
@pytest.mark.parametrize(("method", "path"), [("POST", TO), ("GET", "/2/dm_events"), ("GET", "/2/users/me")])
async def test_without_the_accounts_keys_nothing_opens(header, method, path):
    """A bot that forgets to sign must fail here and not only at X."""
    async with (
        sandbox() as url,
        aiohttp.ClientSession(headers={"Authorization": header}) as session,
        session.request(method, url + path, json={"text": "x"} if method == "POST" else None) as answer,
    ):
        assert answer.status == 401


async def test_the_allowance_of_a_day_holds_beside_that_of_15_minutes():
    """X counts both; 1,440 a day is what a busy brand meets first."""
    windows = (Window(3, 900), Window(2, 86_400))
    async with sandbox(send_windows=windows) as url, aiohttp.ClientSession(headers=TOKEN) as session:
        statuses = []
        for _ in range(3):
            async with session.post(url + TO, json={"text": "x"}) as answer:
                statuses.append(answer.status)
        assert statuses == [201, 201, 429]
        assert answer.headers["x-rate-limit-remaining"] == "0"
        assert answer.headers["x-rate-limit-limit"] == "2"


async def test_talks_are_read_newest_first_in_pages_with_the_fields_asked_for():
    """What find_sent builds on."""
    async with sandbox() as url, aiohttp.ClientSession(headers=TOKEN) as session:
        hand = SandboxHand(session, url)
        ids = [await hand.says(f"message {number}") for number in range(5)]
        seen: list[str] = []
        query = {"max_results": "2", "dm_event.fields": "id,text,created_at", "expansions": "sender_id"}
        address = f"{url}/2/dm_conversations/with/{SHOPPER}/dm_events"
        while True:
            async with session.get(address, params=query) as answer:
                page = await answer.json()
            seen += [event["id"] for event in page["data"]]
            assert all(
                event.keys() == {"id", "text", "event_type", "created_at", "sender_id"} for event in page["data"]
            )
            if "next_token" not in page["meta"]:
                break
            query["pagination_token"] = page["meta"]["next_token"]
        assert seen == ids[::-1]
        async with session.get(f"{url}/2/dm_events") as answer:
            assert [event["id"] for event in (await answer.json())["data"]] == ids[::-1]
        async with session.get(f"{url}/2/dm_conversations/with/77/dm_events") as answer:
            assert await answer.json() == {"meta": {"result_count": 0}}


@pytest.mark.parametrize(
    "query",
    [
        "max_results=0",
        "max_results=101",
        "max_results=x",
        "dm_event.fields=secret",
        "nonsense=1",
        "pagination_token=short",
    ],
)
async def test_a_query_x_does_not_document_is_400(query):
    """A misspelt field must show here, not as a silent empty answer at X."""
    async with (
        sandbox() as url,
        aiohttp.ClientSession(headers=TOKEN) as session,
        session.get(f"{url}/2/dm_events?{query}") as answer,
    ):
        assert answer.status == 400
