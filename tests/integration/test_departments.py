"""What other departments may count on at the interface, with a real Redis behind it."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.departments.document import Document
from bot.departments.roles import MAY, Role
from bot.governance.judging import may_send
from bot.model import SendId, SendState, ShopperId
from bot.settings import StoreSettings
from bot.store.connection import Store
from nlu.optout.wishes import OptWish
from tests.integration.conftest import PRIVACY_KEY
from tests.integration.departments_desk import ANN, ROLES, SETTINGS, Asking, asking, item
from tests.unit.governance.cases import RULES

MARKETING = {"purpose": "marketing", "campaign": "spring"}


@pytest.fixture
async def ask(store: Store, tmp_path: Path) -> AsyncIterator[Asking]:
    """The interface, and Ann who wrote to the brand."""
    async with asking(store, tmp_path) as found:
        await found.writes()
        yield found


async def kept(ask: Asking, send_id: str) -> SendState | None:
    """The state of a Send in the store."""
    send = await ask.store.outbox.get(ShopperId(ANN), SendId(send_id))
    return send.state if send else None


async def test_a_message_that_may_go_is_queued_with_its_verdict(ask: Asking) -> None:
    """The department learns at once what becomes of it."""
    [result] = await ask.propose(item())

    assert (result["outcome"], result["verdict"]["may"]) == ("queued", "go")
    assert await kept(ask, result["id"]) is SendState.PENDING


async def test_a_dry_run_keeps_nothing(ask: Asking) -> None:
    """Whoever asks first sends nothing by asking."""
    [result] = await ask.propose(item(), dry_run=True)

    assert (result["outcome"], result["verdict"]["may"]) == ("judged", "go")
    assert "id" not in result
    assert (await ask("GET", "/v1/sends"))[1] == {"sends": []}


async def test_each_of_many_is_judged_by_itself(ask: Asking) -> None:
    """One that is refused or cannot be read keeps none of the others back."""
    results = await ask.propose(
        item("a"),
        item("b", shopper="999"),
        item("c", text=" "),
        item("d", not_before="2026-02-30T10:00:00Z"),
        item("e", purpose="reminder"),
        item("f", expires_at="2026-11-24T11:00:00Z"),
    )

    assert [one["outcome"] for one in results] == ["queued", "refused", "invalid", "invalid", "refused", "invalid"]
    assert results[1]["verdict"]["reason"] == "never_wrote"
    assert results[4]["verdict"]["reason"] == "no_consent"
    assert "blank" in results[2]["detail"]


async def test_asking_again_never_sends_again(ask: Asking) -> None:
    """A request whose answer was lost is simply made again; another text under the same key is told."""
    [first], [again] = await ask.propose(item()), await ask.propose(item())
    [other] = await ask.propose(item(text="Something else"))

    assert (first["id"], again["outcome"], other["outcome"]) == (again["id"], "known", "conflict")


async def test_one_asked_for_before_a_stop_is_known_after_it(ask: Asking) -> None:
    """The verdict changed meanwhile; that it was asked for did not."""
    await ask.propose(item())
    await ask.writes(wish=OptWish.STOP, number=2)
    [again] = await ask.propose(item())

    assert (again["outcome"], again["verdict"]["reason"]) == ("known", "opted_out")


async def test_marketing_goes_only_after_an_approver_of_the_department_approved(ask: Asking) -> None:
    """Its sender cannot approve it; the approver's name stands in it."""
    await ask("POST", "/v1/consents", consent("marketing"), token="marketing-sender")
    [result] = await ask.propose(item(**MARKETING), token="marketing-sender")
    assert (result["outcome"], result["verdict"]["reason"]) == ("queued", "not_approved")
    path = f"/v1/sends/{result['id']}"

    assert (await ask("POST", f"{path}/approve", token="marketing-sender"))[0] == 403
    assert (await ask("POST", f"{path}/approve", token="care-approver"))[0] == 404
    assert (await ask("POST", f"{path}/approve", token="marketing-approver"))[0] == 200
    _, said = await ask("GET", path, token="marketing-reader")
    assert (said["send"]["approved_by"], said["verdict"]["may"]) == ("marketing-approver", "go")


async def test_a_cancelled_message_is_never_sent(ask: Asking) -> None:
    """Whoever reads it later learns who cancelled it; a second time it is too late."""
    [result] = await ask.propose(item())
    path = f"/v1/sends/{result['id']}"

    assert await ask("DELETE", path) == (200, {"id": result["id"], "outcome": "cancelled"})
    assert await kept(ask, result["id"]) is SendState.REFUSED
    status, said = await ask("GET", path)
    assert (status, "care-sender" in said["detail"]) == (404, True)
    assert (await ask("DELETE", path))[0] == 409


async def test_a_department_meets_only_its_own_messages(ask: Asking) -> None:
    """Another's look as if they were not there; an admin sees them, but not what they say."""
    [result] = await ask.propose(item())
    path = f"/v1/sends/{result['id']}"

    assert (await ask("GET", path, token="marketing-sender"))[0] == 404
    assert (await ask("DELETE", path, token="marketing-approver"))[0] == 404
    assert (await ask("GET", "/v1/sends", token="marketing-sender"))[1] == {"sends": []}
    assert (await ask("GET", "/v1/sends?department=care", token="marketing-sender"))[0] == 403
    _, own = await ask("GET", "/v1/sends")
    _, seen = await ask("GET", "/v1/sends?department=care&state=pending", token="marketing-admin")
    assert own["sends"][0]["text"] == item()["text"]
    assert [one["id"] for one in seen["sends"]] == [result["id"]]
    assert "text" not in seen["sends"][0]


async def test_a_page_that_comes_up_short_names_nobody_elses_message(
    ask: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its cursor is the place of a message the reader may not see."""
    monkeypatch.setattr("bot.store.outbound.listing.MOST_LOOKED_AT", 1)
    monkeypatch.setattr("bot.store.outbound.listing._AT_ONCE", 2)
    ids = [(await ask.propose(item(f"k{number}", text=f"text {number}")))[0]["id"] for number in range(3)]
    _, page = await ask("GET", "/v1/sends", token="marketing-reader")
    assert page["sends"] == []
    assert page["cursor"]
    assert not [one for one in [ANN, *ids] if one in page["cursor"]]
    _, rest = await ask("GET", "/v1/sends", params={"cursor": page["cursor"]}, token="marketing-admin")
    assert len(rest["sends"]) == 1


async def test_a_list_is_read_in_pages_to_its_end(ask: Asking) -> None:
    """Every message once, the newest first."""
    ids = [(await ask.propose(item(f"k{number}", text=f"text {number}")))[0]["id"] for number in range(5)]
    seen: list[str] = []
    cursor = ""
    while True:
        _, page = await ask("GET", "/v1/sends", params={"limit": "2"} | ({"cursor": cursor} if cursor else {}))
        seen += [one["id"] for one in page["sends"]]
        cursor = page.get("cursor", "")
        if not cursor:
            break

    assert sorted(seen) == sorted(ids)
    assert (await ask("GET", "/v1/sends?cursor=nonsense"))[0] == 404


async def test_standing_tells_what_may_be_sent_now(ask: Asking) -> None:
    """By purpose; of who never wrote each is never, which is no error."""
    _, said = await ask("GET", f"/v1/shoppers/{ANN}/standing?campaign=spring", token="marketing-reader")
    _, unknown = await ask("GET", "/v1/shoppers/999/standing")

    assert {name: one["reason"] for name, one in said["purposes"].items()} == {
        "service": "department_purpose",
        "reminder": "department_purpose",
        "marketing": "no_consent",
    }
    assert {one["reason"] for one in unknown["purposes"].values()} == {"never_wrote"}


async def test_a_yes_needs_the_wording_it_was_said_to(ask: Asking) -> None:
    """Without it nobody can show later what they agreed to; a no needs none."""
    without = {name: value for name, value in consent("reminder").items() if name != "wording"}
    assert (await ask("POST", "/v1/consents", without))[0] == 400
    assert (await ask("POST", "/v1/consents", consent("reminder")))[0] == 200
    assert (await ask("POST", "/v1/consents", {**without, "granted": False}))[0] == 200


@pytest.mark.parametrize("dry_run", [True, False])
async def test_equal_words_to_too_many_are_refused_where_they_are_asked_for(ask: Asking, dry_run: bool) -> None:
    """Sixty in one request, fifty allowed: a dry run that lets all of them go has told nothing."""
    for number in range(60):
        await ask.writes(str(2000 + number))
    asked = [item(shopper=str(2000 + number), text="We are moving house") for number in range(60)]
    told = Counter(one["verdict"]["reason"] for one in await ask.propose(*asked, dry_run=dry_run))
    assert told == {"allowed": 50, "bulk": 10}


async def test_equal_words_wanted_tomorrow_are_counted_too(ask: Asking) -> None:
    """That it is wanted later hides nothing: the last ten can never go."""
    for number in range(60):
        await ask.writes(str(2000 + number))
    asked = [
        item(shopper=str(2000 + number), text="We are moving house", not_before="2026-11-25T12:00:00Z")
        for number in range(60)
    ]
    told = Counter((one["verdict"]["may"], one["verdict"]["reason"]) for one in await ask.propose(*asked, dry_run=True))
    assert told == {("wait", "not_yet"): 50, ("never", "bulk"): 10}


async def test_what_waits_is_told_as_never_from_the_moment_of_a_stop(ask: Asking) -> None:
    """It is wanted tomorrow, and ended when its turn comes; until then nobody is told that it will go."""
    [mine] = await ask.propose(item(not_before="2026-11-25T12:00:00Z"))
    await ask.writes(wish=OptWish.STOP, number=2)
    _, listed = await ask("GET", "/v1/sends?state=pending")
    _, one = await ask("GET", f"/v1/sends/{mine['id']}")

    assert [(each["id"], each["verdict"]["may"], each["verdict"]["reason"]) for each in listed["sends"]] == [
        (mine["id"], "never", "opted_out")
    ]
    assert one["verdict"] == listed["sends"][0]["verdict"]


async def test_a_budget_used_up_is_told_wherever_a_verdict_is(ask: Asking) -> None:
    """Fifty a day for care, and they are gone: in a dry run, of what waits, and in a shopper's standing."""
    [mine] = await ask.propose(item())
    for number in range(50):
        window = ("department:care", 50, 86_400)
        assert await ask.store.quotas.spend([window], ask.now - timedelta(hours=1), token=str(number)) is None
    [dry] = await ask.propose(item("another", text="Another one"), dry_run=True)
    _, one = await ask("GET", f"/v1/sends/{mine['id']}")
    _, standing = await ask("GET", f"/v1/shoppers/{ANN}/standing")
    told = [dry["verdict"], one["verdict"], standing["purposes"]["service"]]
    assert [(each["may"], each["reason"]) for each in told] == [("wait", "department_budget")] * 3
    assert {each["until"][:10] for each in told} == {"2026-11-25"}


async def test_a_consent_holds_at_once_and_stands_in_the_ledger(ask: Asking) -> None:
    """Who said what to whom, under which wording; taken back it holds at once too."""
    await ask("POST", "/v1/consents", consent("reminder"))
    [allowed] = await ask.propose(item(purpose="reminder"), dry_run=True)
    await ask("POST", "/v1/consents", {**consent("reminder"), "granted": False})
    [refused] = await ask.propose(item(purpose="reminder"), dry_run=True)
    _, said = await ask("GET", f"/v1/consents?shopper_id={ANN}")

    assert (allowed["verdict"]["may"], refused["verdict"]["reason"]) == ("go", "no_consent")
    assert [(row["purpose"], row["granted"], row.get("by")) for row in said["ledger"]][-2:] == [
        ("reminder", True, "care-sender"),
        ("reminder", False, "care-sender"),
    ]


async def test_nobody_reopens_what_a_shopper_closed(ask: Asking) -> None:
    """A stop taken by telephone holds; a department cannot grant past it."""
    assert (await ask("POST", "/v1/consents", {**consent("all"), "granted": False}))[0] == 200
    [refused] = await ask.propose(item(), dry_run=True)

    assert refused["verdict"]["reason"] == "opted_out"
    assert (await ask("POST", "/v1/consents", consent("marketing")))[0] == 409


async def test_the_rules_are_told_with_author_date_and_reason(ask: Asking) -> None:
    """Whoever is refused can read why the rule is there."""
    _, said = await ask("GET", "/v1/rules", token="care-reader")

    assert [rule["id"] for rule in said["rules"]] == [rule.id for rule in RULES.entries]
    week = next(rule for rule in said["rules"] if rule["id"] == "others-a-week")
    assert (week["rule"], week["most"], week["within"]) == ("cap", 3, "7 days")


async def test_the_interface_and_the_claim_judge_alike(ask: Asking) -> None:
    """What is told at the door is what holds when it is due, as both ask the same governor of the same facts."""
    [result] = await ask.propose(item(not_before="2026-11-24T22:30:00Z"))
    send = await ask.store.outbox.get(ShopperId(ANN), SendId(result["id"]))
    assert send is not None
    consents, spent = await ask.store.outbox.facts(send.shopper_id, send.id)
    verdict = may_send(send, consents, spent, RULES, ask.now + timedelta(seconds=1))

    assert (result["verdict"]["reason"], verdict.reason) == ("quiet_hours", "quiet_hours")
    assert result["verdict"]["until"].startswith("2026-11-25T08:01")  # 22:30 is in the quiet hours


# ---------------------------------------------------------------- the door itself
ROUTES: dict[str, tuple[str, str, Any]] = {
    "propose": ("POST", "/v1/sends?dry_run=true", {"sends": [item()]}),
    "list_sends": ("GET", "/v1/sends", None),
    "read_send": ("GET", "/v1/sends/none", None),
    "cancel": ("DELETE", "/v1/sends/none", None),
    "approve": ("POST", "/v1/sends/none/approve", None),
    "read_rules": ("GET", "/v1/rules", None),
    "read_standing": ("GET", f"/v1/shoppers/{ANN}/standing", None),
    "read_consents": ("GET", f"/v1/consents?shopper_id={ANN}", None),
    "record_consent": ("POST", "/v1/consents", {}),
}


def test_every_route_stands_in_the_role_table_and_in_this_test() -> None:
    """No route is forgotten when one is added."""
    guarded = {operation.id for operation in Document().operations if not operation.open_to_all}

    assert guarded == set(MAY) == set(ROUTES)


async def test_every_route_asked_as_every_role(ask: Asking) -> None:
    """Only the roles of the table pass; without a token nobody does, whatever the form of it."""
    for name, (method, path, body) in ROUTES.items():
        for role in ROLES:
            status, _ = await ask(method, path, body, token=f"care-{role}")
            assert (status != 403) == (Role(role) in MAY[name]), (name, role, status)
        for wrong in ("", "nobody", "care-sender2", "x" * 5000, "care-sender care-admin"):
            assert (await ask(method, path, body, token=wrong))[0] == 401
        assert (await ask(method, path, body, headers={"Authorization": "Basic care-admin"}))[0] == 401


@pytest.mark.parametrize(
    ("data", "headers", "status"),
    [
        (b"{", {}, 400),
        (b"[" * 50_000, {}, 400),
        (b'{"sends": NaN}', {}, 400),
        (b"\xff\xfe", {}, 400),
        (b"{}", {}, 400),
        (b"{}", {"Content-Type": "text/plain"}, 415),
        (b"{}", {"Content-Encoding": "identity"}, 415),
        (b" " * 100_001, {}, 413),
        (json.dumps({"sends": [item(text="x" * 10_001)]}).encode(), {}, 400),
        (json.dumps({"sends": [item(shopper="1\n")]}).encode(), {}, 400),
        (json.dumps({"sends": [item(approved_by="me")]}).encode(), {}, 400),
        (json.dumps({"sends": [item(purpose="answer")]}).encode(), {}, 400),
        (json.dumps({"sends": [item(text="half \ud800")]}).encode(), {}, 200),
    ],
)
async def test_what_does_not_fit_is_refused_with_what_to_do(
    ask: Asking, data: bytes, headers: dict[str, str], status: int
) -> None:
    """Size, form, depth, encoding, and fields nobody may set; nothing of it is done."""
    answered, said = await ask("POST", "/v1/sends", headers={"Content-Type": "application/json"} | headers, data=data)

    assert answered == status
    if status == 200:
        assert said["results"][0]["outcome"] == "invalid"
    else:
        assert said["detail"]
        assert (await ask("GET", "/v1/sends"))[1] == {"sends": []}


async def test_a_refusal_never_repeats_the_message(ask: Asking) -> None:
    """A problem names places, not what was written there."""
    _, said = await ask("POST", "/v1/sends", {"sends": [item(text="secret " * 2000), {**item(), "secret word": 1}]})

    assert "secret" not in json.dumps(said)
    assert {error["at"] for error in said["errors"]} == {"sends/0/text", "sends/1"}


async def test_a_token_that_asks_too_often_is_told_when_to_ask_again(store: Store, tmp_path: Path) -> None:
    """One department's loop leaves the others their turn."""
    async with asking(store, tmp_path, dataclasses.replace(SETTINGS, per_minute=2)) as ask:
        statuses = [(await ask("GET", "/v1/rules"))[0] for _ in range(3)]
        other, _ = await ask("GET", "/v1/rules", token="marketing-sender")

    assert (statuses, other) == ([200, 200, 429], 200)


async def test_two_processes_count_the_requests_of_a_token_together(
    store: Store, store_settings: StoreSettings, tmp_path: Path
) -> None:
    """A second process, or a restart, is no way round the limit; who is over it is told for how long."""
    few = dataclasses.replace(SETTINGS, per_minute=5)
    async with (
        Store(store_settings, PRIVACY_KEY) as second_store,
        asking(store, tmp_path, few) as first,
        asking(second_store, tmp_path, few) as second,
    ):
        told = await asyncio.gather(*(ask("GET", "/v1/rules") for ask in (first, second) for _ in range(6)))
        headers = {"Authorization": "Bearer care-sender"}
        async with second.client.get("/v1/rules", headers=headers) as answer:
            wait = int(answer.headers["Retry-After"])

    assert Counter(status for status, _ in told) == {200: 5, 429: 7}
    assert 0 < wait <= 60


async def test_while_the_store_is_away_the_interface_says_so(store_settings: StoreSettings, tmp_path: Path) -> None:
    """A department is told to ask again; asking again is safe."""
    nowhere = dataclasses.replace(store_settings, redis_url="redis://127.0.0.1:1/0")
    async with Store(nowhere) as away, asking(away, tmp_path) as ask:
        status, said = await ask("POST", "/v1/sends", {"sends": [item()]})

    assert (status, "again" in said["detail"]) == (503, True)


async def test_the_document_is_served_to_everybody(ask: Asking) -> None:
    """Who writes a client needs no token to read how."""
    async with ask.client.get("/v1/openapi.yml") as answer:
        assert (answer.status, await answer.text()) == (200, Document().text)


def consent(purpose: str) -> dict[str, Any]:
    """A consent given in a form."""
    return {"shopper_id": ANN, "purpose": purpose, "granted": True, "source": "shop-form", "wording": "v3"}
