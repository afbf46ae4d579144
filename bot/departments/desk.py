"""What departments ask of giftbot, done: each operation of the document, over the store and the governor."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.departments.asking import Unusable, moment_of, send_of
from bot.departments.presenting import consent_json, rule_json, send_json, step_json, told, verdict_json
from bot.departments.problems import Problem, not_found
from bot.departments.roles import EVERY_DEPARTMENT
from bot.departments.tokens import Token
from bot.governance.rules import OTHERS, Rules
from bot.governance.verdict import May, Verdict
from bot.metrics import DEPARTMENT_VERDICTS
from bot.model import MessageId, Purpose, Send, SendId, SendState, ShopperId
from bot.store.connection import Store
from bot.store.outbound.proposals import Changed, Proposed
from bot.store.outbound.room import Room, judged_as_kept
from bot.store.outbound.sends import Life
from bot.store.shoppers.consents import Allows, ConsentRecord, GrantRefused

Said = dict[str, Any]
_AT_ONCE = 32
"""Shoppers of one request dealt with together; the store carries them in one batch."""


class Desk:
    """The operations, by their operationId. Each gets the token, the parameters and the body, checked already."""

    def __init__(self, store: Store, rules: Callable[[], Rules], clock: Clock) -> None:
        self._store = store
        self._outbox = store.outbox
        self._rules = rules
        self._clock = clock

    async def propose(self, token: Token, given: Said, body: Said) -> Said:
        """Judge each message by itself, and queue what may go now or later."""
        rules, items, now = self._rules(), body["sends"], self._clock()
        room = Room(self._store.quotas, rules, now)
        results: list[Said] = [{} for _ in items]
        turn = asyncio.Semaphore(_AT_ONCE)

        async def of_one_shopper(places: list[int]) -> None:
            async with turn:
                for place in places:  # in the order asked: the first of two with one key is the one that counts
                    results[place] = await self._proposed(items[place], token, rules, room, now, given["dry_run"])

        shoppers: dict[str, list[int]] = {}
        for place, item in enumerate(items):
            shoppers.setdefault(item["shopper_id"], []).append(place)
        await asyncio.gather(*(of_one_shopper(places) for places in shoppers.values()))
        return {"results": results}

    async def list_sends(self, token: Token, given: Said, _: Any) -> Said:
        """Messages of the token's department; of any for an admin. Of those that wait, what is said of each now."""
        department = given.get("department", "")
        if token.role not in EVERY_DEPARTMENT:
            if department not in ("", token.department):
                raise Problem(403, f"This token sees messages of {token.department} only.")
            department = token.department
        shopper = given.get("shopper_id")
        try:
            page = await self._outbox.listed(
                state=SendState(given["state"]) if "state" in given else None,
                department=department,
                shopper_id=ShopperId(shopper) if shopper else None,
                limit=given["limit"],
                cursor=given.get("cursor", ""),
            )
        except ValueError as error:
            raise Problem(404, "There is no such page: take the cursor from the page before, as it is.") from error
        room = Room(self._store.quotas, self._rules(), self._clock())
        verdicts = await judged_as_kept(self._outbox, room, page.sends)
        sends = [
            {
                **send_json(send, with_text=send.department == token.department),
                **({"verdict": verdict_json(verdict)} if verdict else {}),
            }
            for send, verdict in zip(page.sends, verdicts, strict=True)
        ]
        return {"sends": sends, **({"cursor": page.cursor} if page.cursor else {})}

    async def read_send(self, token: Token, given: Said, _: Any) -> Said:
        """One message, and what the governor says of it now."""
        life = await self._life(token, given)
        send = life.send
        if send.state is SendState.REFUSED and send.reason == "cancelled":
            raise Problem(404, f"{life.sentence} It was never sent.")
        said: Said = {
            "send": send_json(send, with_text=send.department == token.department),
            "steps": [step_json(step) for step in life.steps],
        }
        if life.sentence:
            said["sentence"] = life.sentence
        if life.due is not None:
            said["due"] = told(life.due)
        room = Room(self._store.quotas, self._rules(), self._clock())
        [verdict] = await judged_as_kept(self._outbox, room, [send])
        if verdict is not None:
            said["verdict"] = verdict_json(verdict)
        return said

    async def cancel(self, token: Token, given: Said, _: Any) -> Said:
        """Cancel a message that waits."""
        send = (await self._life(token, given)).send
        changed = await self._outbox.cancel(send.shopper_id, send.id, self._clock(), by=token.name)
        return _done(send.id, changed, "cancelled")

    async def approve(self, token: Token, given: Said, _: Any) -> Said:
        """Approve a message that waits; the token's name is written into it."""
        send = (await self._life(token, given)).send
        changed = await self._outbox.approve(send.shopper_id, send.id, self._clock(), by=token.name)
        return _done(send.id, changed, "approved")

    async def read_rules(self, _: Token, __: Said, ___: Any) -> Said:
        """The rules in force."""
        return {"rules": [rule_json(rule) for rule in self._rules().entries]}

    async def read_standing(self, token: Token, given: Said, _: Any) -> Said:
        """What the department may send a shopper now, by purpose, supposed it is approved."""
        shopper_id, now, rules = ShopperId(given["shopper_id"]), self._clock(), self._rules()
        consent, spent = await self._outbox.facts(shopper_id)
        thought_of = Send(
            SendId(""), shopper_id, "", MessageId(""), now,
            department=token.department, campaign=given.get("campaign", ""), approved_by="supposed",
        )  # fmt: skip
        purposes = {}
        for purpose in [one for one in Purpose if one in OTHERS]:
            room = Room(self._store.quotas, rules, now)  # each is supposed to go alone
            verdict = await room.judge(replace(thought_of, purpose=purpose), consent, spent)
            purposes[purpose.value] = verdict_json(verdict)
        return {"shopper_id": shopper_id, "purposes": purposes}

    async def read_consents(self, _: Token, given: Said, __: Any) -> Said:
        """The ledger of one shopper."""
        ledger = await self._store.consents.ledger(ShopperId(given["shopper_id"]))
        return {"shopper_id": given["shopper_id"], "ledger": [consent_json(record) for record in ledger]}

    async def record_consent(self, token: Token, _: Said, body: Said) -> Said:
        """Note what a shopper said elsewhere."""
        now = self._clock()
        said_at = self._said_at(body, now)
        record = ConsentRecord(
            shopper_id=ShopperId(body["shopper_id"]),
            purpose=Allows(body["purpose"]),
            granted=body["granted"],
            source=body["source"],
            how="api",
            at=now,
            wording=body.get("wording", ""),
            by=token.name,
            said_at=said_at,
        )
        try:
            await self._store.consents.record(record)
        except GrantRefused as error:
            raise Problem(409, f"{str(error).capitalize()}.") from error
        return {**{name: body[name] for name in ("shopper_id", "purpose", "granted")}, "at": told(now)}

    def _said_at(self, body: Said, now: datetime) -> datetime | None:
        if "said_at" not in body:
            return None
        try:
            said_at = moment_of(body["said_at"])
        except Unusable as error:
            raise Problem(409, f"said_at: {error}") from error
        if said_at > now:
            raise Problem(409, "said_at must not be in the future.")
        return said_at

    async def _proposed(
        self, item: Mapping[str, Any], token: Token, rules: Rules, room: Room, now: datetime, dry_run: bool
    ) -> Said:
        result: Said = {"shopper_id": item["shopper_id"]}
        try:
            send = send_of(item, token, rules, now)
        except Unusable as error:
            return {**result, "outcome": "invalid", "detail": str(error)}
        consent, spent = await self._outbox.facts(send.shopper_id)
        verdict = await room.judge(send, consent, spent)
        result["verdict"] = verdict_json(verdict)
        if dry_run:
            return {**result, "outcome": "judged"}
        return {**result, **await self._queued(send, verdict, now)}

    async def _queued(self, send: Send, verdict: Verdict, now: datetime) -> Said:
        DEPARTMENT_VERDICTS.labels(verdict.may.value, verdict.reason).inc()
        known = verdict.may is May.NEVER and await self._outbox.get(send.shopper_id, send.id) is not None
        if verdict.may is May.NEVER and not known:
            return {"outcome": "refused"}
        proposed = await self._outbox.propose(send, now)
        if proposed is Proposed.DIFFERENT:
            return {"outcome": "conflict", "detail": "Another message has this idempotency_key; take a new one."}
        if proposed is Proposed.FULL:
            return {"outcome": "full", "detail": "Too many messages wait for this shopper already."}
        if proposed is Proposed.STRANGER:
            return {
                "outcome": "refused",
                "detail": "They never wrote to the brand, or nothing is known of them any more.",
            }
        return {"id": send.id, "outcome": "queued" if proposed is Proposed.ADDED else "known"}

    async def _life(self, token: Token, given: Said) -> Life:
        """The message, if it is the department's; what is not there and what is another's look alike."""
        for life in await self._outbox.lives(SendId(given["send_id"])):
            if token.role in EVERY_DEPARTMENT or life.send.department == token.department:
                return life
        raise not_found()


def _done(send_id: SendId, changed: Changed, outcome: str) -> Said:
    if changed is Changed.UNKNOWN:
        raise not_found()
    if changed is Changed.TOO_LATE:
        raise Problem(409, "It is too late: X may have the message already, or it has ended.")
    return {"id": send_id, "outcome": outcome}
