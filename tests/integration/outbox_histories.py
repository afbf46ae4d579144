"""A machine that makes histories of departments, senders, crashes, late accepts, echoes, looks, stops and pauses.

X is a list nobody kills: what it took, when, and which Send's call that was. From it alone, and from what the door was
told, is checked: no Send twice, none claimed after a stop, answers in order, never over the cap, nothing stuck.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.clock import to_ms
from bot.governance.facts import ConsentFacts, Spent
from bot.governance.text_mark import text_mark
from bot.governance.verdict import May, Verdict
from bot.model import Purpose, Send, SendId, SendState, ShopperId
from bot.store.inbound.door import EchoOutcome
from bot.store.outbound.holds import Hold
from bot.store.outbound.outbox import Claim
from bot.store.outbound.proposals import Changed, Proposed
from nlu.optout.wishes import OptWish
from tests.integration.store_machine import SHOPPERS, StoreMachine
from tests.integration.store_talk import after, echo, message

TEXTS = ("Hello", "See https://shop.example/p", "On its way")
OUTCOMES = ("told", "died after", "in doubt", "late", "not taken", "died before", "refused")
MEDDLING = ("nothing", "stop", "writes", "answer goes", "same claim", "cancel")
CAP_S = 100
REVISIT_S = 120
WRONG_BY_S = 36_000
"""How far clocks differ: longer than all that waits takes to drain."""
MET = ("answer", "service", "reminder", "marketing", "look", "called off", "meddled", "settled", "known", "late")
"""What a run of many histories must have met, or it proves little."""


@dataclasses.dataclass(frozen=True)
class AtX:
    """A message X took."""

    dm: str
    send: Send
    claimed_at: float
    mark: str


class OutboxHistories(StoreMachine):
    """Any number of senders and departments.

    Redis' clock is the machine's, and so is the senders', who ask Redis; the others' are hours ahead or behind.
    """

    steps = 30

    def __init__(self) -> None:
        super().__init__(at=1000.0)
        self.asked: list[Send] = []
        self.called_off: set[SendId] = set()  # by a stop, or cancelled
        self.stopped: set[ShopperId] = set()
        self.claims: list[tuple[Claim, float]] = []
        self.x: list[AtX] = []
        self.late: list[tuple[float, AtX]] = []  # X takes it at that time
        self.unechoed: list[AtX] = []
        self.handed: list[tuple[float, Send]] = []  # calls X may have taken, by the time of their claim
        self.meddle: Callable[[], Coroutine[Any, Any, None]] | None = None
        self.wrong_by = 0.0  # seconds the clock of the next caller who is no sender is ahead
        self.store._wire.moment = lambda now: to_ms(after(self.at))  # type: ignore[method-assign]
        self._run_script = self.store._wire.run
        self.store._wire.run = self._wired  # type: ignore[method-assign]
        for shopper in SHOPPERS:
            self._writes(shopper, OptWish.START)

    async def _wired(self, script: str, keys: Any, args: Any = (), **more: Any) -> Any:
        """The way to Redis; something may happen between a judge's look and the claim."""
        if script == "claim_send" and self.meddle is not None:
            meddle, self.meddle = self.meddle, None
            await meddle()
        return await self._run_script(script, keys, self._argued(script, args), **more)

    def _their_clock(self) -> datetime:
        """Another one each time: ten hours ahead, right, ten hours behind."""
        self.wrong_by = WRONG_BY_S if self.wrong_by < 0 else self.wrong_by - WRONG_BY_S
        return after(self.at + self.wrong_by)

    def _argued(self, script: str, args: Any) -> Any:
        return args

    # ------------------------------------------------------------ shoppers
    @rule(shopper=st.sampled_from(SHOPPERS), again=st.sampled_from([True, True, False]))
    def stops(self, shopper: ShopperId, again: bool) -> None:
        self._writes(shopper, OptWish.STOP)
        if again:
            self._writes(shopper, OptWish.START)

    @precondition(lambda self: self.stopped)
    @rule(data=st.data())
    def starts(self, data: st.DataObject) -> None:
        self._writes(data.draw(st.sampled_from(sorted(self.stopped))), OptWish.START)

    def _writes(self, shopper: ShopperId, wish: OptWish) -> None:
        self.run(self._written(shopper, wish))

    async def _written(self, shopper: ShopperId, wish: OptWish) -> None:
        self.numbers += 1
        self.at += 1
        inbound = message(self.numbers, shopper, sent=self.at)
        await self.store.door.accept(inbound, wish=wish, too_old=True, now=after(self.at))
        if wish is OptWish.STOP:
            self.stopped.add(shopper)
            self.called_off |= {send.id for send in self.asked if send.shopper_id == shopper}
        elif wish is OptWish.START:
            self.stopped.discard(shopper)

    # ------------------------------------------------------------ departments
    @rule(
        shopper=st.sampled_from(SHOPPERS),
        purpose=st.sampled_from([Purpose.ANSWER, *Purpose]),
        text=st.sampled_from(TEXTS),
        later=st.sampled_from([0, 0, 0, 300]),
        twice=st.booleans(),
    )
    def asks(self, shopper: ShopperId, purpose: Purpose, text: str, later: float, twice: bool) -> None:
        send = self.run(self._asked(shopper, purpose, text, 0 if purpose is Purpose.ANSWER else later))
        if twice:
            assert self.run(self.store.outbox.propose(send, self._their_clock())) is Proposed.KNOWN

    async def _asked(self, shopper: ShopperId, purpose: Purpose, text: str, later: float) -> Send:
        self.numbers += 1
        wanted = after(self.at + later) if later else None
        department = "giftbot" if purpose is Purpose.ANSWER else f"d{self.numbers % 3}"
        send = Send(
            SendId(f"s{self.numbers}"), shopper, text, message(self.numbers, shopper).id, after(self.at),
            purpose=purpose, department=department, not_before=wanted,
        )  # fmt: skip
        assert await self.store.outbox.propose(send, self._their_clock()) is Proposed.ADDED
        self.asked.append(send)
        if shopper in self.stopped:
            self.called_off.add(send.id)
        return send

    @precondition(lambda self: self.asked)
    @rule(data=st.data())
    def cancels(self, data: st.DataObject) -> None:
        self.run(self._cancelled(data.draw(st.sampled_from(self.asked))))

    async def _cancelled(self, send: Send) -> None:
        said = await self.store.outbox.cancel(send.shopper_id, send.id, self._their_clock())
        if said is Changed.DONE:
            self.called_off.add(send.id)
            self.happened["cancelled"] += 1

    # ------------------------------------------------------------ people
    @rule(hold=st.sampled_from([Hold.PAUSE, Hold.DRAIN]), partition=st.integers(0, 1))
    def pauses_a_while(self, hold: Hold, partition: int) -> None:
        self.run(self.store.outbox.holds.hold(hold, why="r", now=after(self.at)))
        for others in (False, True):
            claim = self._claim(partition, others, 0, "nothing", SHOPPERS[0])
            assert claim is None or (claim.look and hold is Hold.DRAIN), "claimed while paused"
            if claim is not None:
                self.claims.append((claim, self.at))
        self.run(self.store.outbox.holds.resume())

    # ------------------------------------------------------------ senders
    @rule(
        shopper=st.sampled_from(SHOPPERS),
        purpose=st.sampled_from([Purpose.ANSWER, *Purpose]),
        text=st.sampled_from(TEXTS),
        later=st.sampled_from([0, 1, 30, 130]),
        what=st.sampled_from(OUTCOMES),
        meddling=st.sampled_from(MEDDLING),
    )
    def asks_and_sends(
        self, shopper: ShopperId, purpose: Purpose, text: str, later: float, what: str, meddling: str
    ) -> None:
        """From asking to X, as most often happens; what the sender meets at the end differs."""
        self.run(self._asked(shopper, purpose, text, 0))
        self.sends(shopper=shopper, others=purpose is not Purpose.ANSWER, later=later, what=what, meddling=meddling)

    @rule(
        shopper=st.sampled_from(SHOPPERS),
        others=st.booleans(),
        later=st.sampled_from([0, 1, 30, 130]),
        what=st.sampled_from(OUTCOMES),
        meddling=st.sampled_from(MEDDLING),
    )
    def sends(self, shopper: ShopperId, others: bool, later: float, what: str, meddling: str) -> None:
        """A claim in the shopper's partition and what comes of it at once."""
        claim = self._claim(self.store.partition_of(shopper), others, later, meddling, shopper)
        if claim is not None:
            self._deal(claim, self.at, what)

    @rule(partition=st.integers(0, 1), others=st.booleans(), later=st.sampled_from([0, 1, 130]))
    def claims_one(self, partition: int, others: bool, later: float) -> None:
        claim = self._claim(partition, others, later, "nothing", SHOPPERS[0])
        if claim is not None:
            self.claims.append((claim, self.at))

    @precondition(lambda self: self.claims)
    @rule(data=st.data(), what=st.sampled_from(OUTCOMES))
    def deals_with(self, data: st.DataObject, what: str) -> None:
        claim, at = data.draw(st.sampled_from(self.claims))
        self.claims.remove((claim, at))
        self._deal(claim, at, what)

    def _claim(self, partition: int, others: bool, later: float, meddling: str, shopper: ShopperId) -> Claim | None:
        self._passes(later)
        if meddling != "nothing":
            self.meddle = lambda: self._meddled(meddling, shopper)
        claim = self.run(self._claimed(partition, others))
        self.meddle = None
        return claim

    async def _claimed(self, partition: int, others: bool) -> Claim | None:
        self.numbers += 1
        claim = await self.store.outbox.claim(
            partition,
            token=f"t{self.numbers}",
            now=after(self.at),
            revisit_at=after(self.at + REVISIT_S),
            judge=self._judge,
            others=others,
        )
        if claim is None:
            return None
        self.happened["look" if claim.look else claim.send.purpose.value] += 1
        if not claim.look:
            self._check_claim(claim)
            self.handed.append((self.at, claim.send))
        return claim

    def _judge(self, send: Send, consent: ConsentFacts, spent: Spent) -> Verdict:
        now = after(self.at)
        recent = [one for one in spent.handed if (now - one.at).total_seconds() < CAP_S]
        if send.purpose is Purpose.ANSWER or not recent:
            return Verdict(May.GO, "allowed", "")
        wait = CAP_S - (now - recent[0].at).total_seconds()
        return Verdict(May.WAIT, "gap", "Too soon after another message.", after(self.at + wait))

    def _check_claim(self, claim: Claim) -> None:
        send = claim.send
        assert send.shopper_id not in self.stopped, "claimed after a stop"
        assert send.id not in self.called_off, "claimed after it was called off"
        if send.purpose is not Purpose.ANSWER:
            assert send.not_before is None or send.not_before <= after(self.at), "claimed before its time"
            recent = [
                one for at, one in self.handed
                if one.shopper_id == send.shopper_id and one.id != send.id and self.at - at < CAP_S
            ]  # fmt: skip
            assert not recent, "over the cap"

    async def _meddled(self, what: str, shopper: ShopperId) -> None:
        """Another process is faster than the one that thinks."""
        self.happened["meddled"] += 1
        if what == "stop":
            await self._written(shopper, OptWish.STOP)
        elif what == "writes":
            await self._asked(shopper, Purpose.ANSWER, TEXTS[0], 0)
        elif what == "cancel":
            for send in [one for one in self.asked if one.shopper_id == shopper][-2:]:
                await self._cancelled(send)
        else:
            partition = self.store.partition_of(shopper)
            if what == "answer goes" and shopper not in self.stopped:
                await self._asked(shopper, Purpose.ANSWER, TEXTS[1], 0)
            claim = await self._claimed(partition, others=what == "same claim")
            if claim is not None and not claim.look:
                await self._taken(claim, self.at, "told")
            elif claim is not None:
                self.claims.append((claim, self.at))

    def _deal(self, claim: Claim, claimed_at: float, what: str) -> None:
        self.run(self._looked(claim) if claim.look else self._taken(claim, claimed_at, what))

    async def _looked(self, claim: Claim) -> None:
        """As the sender looks: the same words, at X since the first try, accounted for by no other Send."""
        outbox, now, shopper = self.store.outbox, after(self.at), claim.send.shopper_id
        known = await outbox.known_dm_event_ids(shopper)
        mark = text_mark(claim.send.text)
        seen = [one for one in self.x if one.send.shopper_id == shopper and one.mark == mark and one.dm not in known]
        seen = [one for one in seen if after(one.claimed_at) >= claim.claimed_at]
        if seen:
            await outbox.settle_sent(claim, dm_event_id=seen[0].dm, now=now)
        elif claim.send.purpose is Purpose.ANSWER:
            await outbox.settle_retry(claim, reason="not_found", at=now, now=now)
        else:
            await outbox.settle_refused(claim, reason="not_found", now=now)

    async def _taken(self, claim: Claim, claimed_at: float, what: str) -> None:
        outbox, now = self.store.outbox, after(self.at)
        if what == "died before" or claimed_at < self.at - REVISIT_S / 2:
            return  # the sender's own guard: no call with a claim that may have been revisited
        if what in ("not taken", "refused"):
            if what == "not taken":
                done = await outbox.settle_retry(claim, reason="429", at=after(self.at + 1), now=now)
            else:
                done = await outbox.settle_refused(claim, reason="blocked", now=now)
                self.called_off.add(claim.send.id)
            if done:
                self.handed.remove((claimed_at, claim.send))
            return
        self.numbers += 1
        one = AtX(f"9{self.numbers:05}", claim.send, claimed_at, text_mark(claim.send.text))
        if what == "late":
            self.late.append((self.at + 20, one))
            await outbox.settle_in_doubt(claim, reason="timeout", look_at=after(self.at + REVISIT_S), now=now)
            return
        self._x_takes(one)
        if what == "told":
            assert await outbox.settle_sent(claim, dm_event_id=one.dm, now=now)
        elif what == "in doubt":
            await outbox.settle_in_doubt(claim, reason="timeout", look_at=after(self.at + REVISIT_S), now=now)

    def _passes(self, seconds: float) -> None:
        self.at += seconds
        for due, one in [*self.late]:
            if due <= self.at:
                self.late.remove((due, one))
                self._x_takes(one)
                self.happened["late"] += 1

    # ------------------------------------------------------------ X
    def _x_takes(self, one: AtX) -> None:
        assert one.send.id not in {other.send.id for other in self.x}, "twice at X"
        self.x.append(one)
        self.unechoed.append(one)

    @precondition(lambda self: self.unechoed)
    @rule(data=st.data(), again=st.booleans())
    def echoed(self, data: st.DataObject, again: bool) -> None:
        one = data.draw(st.sampled_from(self.unechoed))
        if not again:
            self.unechoed.remove(one)
        said = self.run(self.store.door.accept_echo(echo(one.send, one.dm), now=self._their_clock()))
        self.happened[said.value] += 1
        assert said in (EchoOutcome.SETTLED, EchoOutcome.KNOWN), "ours taken for a person's"
        assert self.state_of(one.send) is SendState.SENT, "an echo settled another Send than its own"

    @rule(shopper=st.sampled_from(SHOPPERS))
    def a_colleague_types(self, shopper: ShopperId) -> None:
        self.numbers += 1
        typed = dataclasses.replace(
            echo(self._nothing(shopper), f"7{self.numbers:05}"), text=f"Ann here {self.numbers}"
        )
        assert self.run(self.store.door.accept_echo(typed, now=after(self.at))) is EchoOutcome.FOREIGN

    def _nothing(self, shopper: ShopperId) -> Send:
        return Send(SendId(""), shopper, "", message().id, after(self.at))

    # ------------------------------------------------------------ the end: everything drains
    def finish(self) -> None:
        rounds = 0
        while self.run(self.store.outbox.waiting()):
            rounds += 1
            assert rounds < 200, "a Send never ends"
            self._passes(200)
            for partition in range(2):
                for others in (False, True):
                    while (claim := self._claim(partition, others, 0, "nothing", SHOPPERS[0])) is not None:
                        self._deal(claim, self.at, "told")
        self._check_ends()

    def _check_ends(self) -> None:
        at_x = {one.send.id for one in self.x}
        for shopper in SHOPPERS:
            answers = [one.id for one in self.asked if one.shopper_id == shopper and one.purpose is Purpose.ANSWER]
            got = [one.send.id for one in self.x if one.send.shopper_id == shopper and one.send.id in answers]
            assert got == [one for one in answers if one in got], "answers out of order"
        for send in self.asked:
            kept = self.run(self.store.outbox.get(send.shopper_id, send.id))
            assert kept is not None
            assert (kept.state is SendState.SENT) == (send.id in at_x), f"{kept.state} {kept.reason} is not what X has"
            if send.id not in at_x and send.id not in self.called_off:
                assert send.purpose is not Purpose.ANSWER, "an answer is lost"
                assert kept.reason == "not_found", kept.reason
            self.happened["called off"] += send.id not in at_x
