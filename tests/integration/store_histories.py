"""A machine that makes histories of deliveries, workers, senders, crashes, echoes and stops.

A model beside the store holds only what happened outside it: what the door was told, what X took. Checked after
every step and at the end: no message lost, none answered twice, order kept, nothing sent after a stop.
"""

from __future__ import annotations

import contextlib

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.errors import StaleLease
from bot.model import InboundMessage, SendState, ShopperId
from bot.store.inbound.door import Accepted, EchoOutcome
from bot.store.inbound.turns import Lease, QueuedTurn, Talk
from bot.store.outbound.outbox import Claim
from nlu.optout.wishes import OptWish
from tests.integration.store_machine import SHOPPERS, StoreMachine
from tests.integration.store_talk import after, answer, echo, message, record, until

WORKERS = ("ada", "bob")
WHAT = ("told", "died after", "in doubt", "not taken", "died before")


class Histories(StoreMachine):
    """Two workers, any number of senders."""

    steps = 40

    def __init__(self) -> None:
        super().__init__(at=0.0)
        self.said: list[InboundMessage] = []
        self.accepted: list[InboundMessage] = []  # 200 was said and an answer is owed
        self.stopped_at: dict[ShopperId, int] = {}  # length of `accepted` when the latest stop came
        self.stopped: set[ShopperId] = set()
        self.leases: dict[tuple[str, int], Lease] = {}
        self.turns: list[tuple[Lease, QueuedTurn]] = []
        self.claims: list[Claim] = []
        self.at_x: list[tuple[Claim, str]] = []  # what X took, in order, with X's id
        self.unechoed: list[tuple[Claim, str]] = []
        for partition in range(2):
            self.takes("ada", partition, steal=False)

    def _believed(self) -> float:
        """What intake and workers take for the time; senders go by one clock."""
        return self.at

    # ------------------------------------------------------------ the door
    @rule(shopper=st.sampled_from(SHOPPERS))
    def writes(self, shopper: ShopperId) -> None:
        self._say(shopper, OptWish.NONE)

    @rule(shopper=st.sampled_from(SHOPPERS))
    def stops(self, shopper: ShopperId) -> None:
        assert self._say(shopper, OptWish.STOP) is Accepted.STOPPED

    @rule(shopper=st.sampled_from(SHOPPERS))
    def starts(self, shopper: ShopperId) -> None:
        assert self._say(shopper, OptWish.START) is Accepted.STARTED

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def delivered_again(self, data: st.DataObject) -> None:
        again = data.draw(st.sampled_from(self.said))
        said = self.run(self.store.door.accept(again, wish=OptWish.NONE, too_old=False, now=after(self.at)))
        assert said is Accepted.DUPLICATE

    def _say(self, shopper: ShopperId, wish: OptWish) -> Accepted:
        self.numbers += 1
        self.at += 1
        inbound = message(self.numbers, shopper, sent=self.at)
        said = self.run(self.store.door.accept(inbound, wish=wish, too_old=False, now=after(self._believed())))
        self.said.append(inbound)
        if wish is OptWish.STOP:
            self.stopped.add(shopper)
            self.stopped_at[shopper] = len(self.accepted)
        elif wish is OptWish.START:
            self.stopped.discard(shopper)
        assert (said is Accepted.SILENCED) == (shopper in self.stopped and wish is OptWish.NONE)
        if said in (Accepted.QUEUED, Accepted.STARTED):
            self.accepted.append(inbound)
        return said

    # ------------------------------------------------------------ workers, of which any may be a zombie
    @rule(worker=st.sampled_from(WORKERS), partition=st.integers(0, 1), steal=st.booleans())
    def takes(self, worker: str, partition: int, steal: bool) -> None:
        if steal:  # the lease ran out: the holder does not know
            self.run(self.store._wire.commands.delete(self.store._wire.keys.of(partition, "lease")))
        lease = self.run(self.store.turns.take_lease(partition, worker, 60_000))
        if lease is not None:
            assert all(lease.fence > old.fence for old in self._of_partition(partition))
            self.leases[worker, partition] = lease

    @rule(partition=st.integers(0, 1), bury=st.booleans())
    def works(self, partition: int, bury: bool) -> None:
        """Whoever owns the partition answers its next message, as most often happens."""
        lease = max(self._of_partition(partition), key=lambda one: one.fence)
        turn = self.run(self.store.turns.next(lease, 0))
        if turn is not None:
            self.run(self._end(lease, turn, bury))

    @rule(data=st.data())
    def reads(self, data: st.DataObject) -> None:
        lease = data.draw(st.sampled_from(list(self.leases.values())))
        with self._stale_only_if_overtaken(lease):
            turn = self.run(self.store.turns.next(lease, 0))
            if turn is not None:
                self.turns.append((lease, turn))

    @precondition(lambda self: self.turns)
    @rule(data=st.data(), bury=st.booleans())
    def commits(self, data: st.DataObject, bury: bool) -> None:
        lease, turn = data.draw(st.sampled_from(self.turns))
        with self._stale_only_if_overtaken(lease):
            self.run(self._end(lease, turn, bury))

    async def _end(self, lease: Lease, turn: QueuedTurn, bury: bool) -> None:
        send, kept, now = answer(turn.message, at=self._believed()), record(turn.message), after(self._believed())
        if bury:
            await self.store.turns.bury(lease, turn, reason="r", send=send, record=kept, now=now)
        else:
            await self.store.turns.commit(lease, turn, talk=Talk(b"t"), send=send, record=kept, now=now)

    def _of_partition(self, partition: int) -> list[Lease]:
        return [lease for lease in self.leases.values() if lease.partition == partition]

    @contextlib.contextmanager
    def _stale_only_if_overtaken(self, lease: Lease):  # type: ignore[no-untyped-def]
        newest = max(self._of_partition(lease.partition), key=lambda one: one.fence)
        try:
            yield
            assert lease == newest, "a zombie did something"
        except StaleLease:
            assert lease != newest, "the owner was turned away"
            self.happened["stale"] += 1

    # ------------------------------------------------------------ senders, which may die at any point
    @rule(partition=st.integers(0, 1), later=st.sampled_from([0, 1, 200]))
    def claims_one(self, partition: int, later: float) -> None:
        self.at += later
        claim = self._claim(partition)
        if claim is not None:
            self.claims.append(claim)

    @rule(shopper=st.sampled_from(SHOPPERS), later=st.sampled_from([0, 200]), what=st.sampled_from(WHAT))
    def sends(self, shopper: ShopperId, later: float, what: str) -> None:
        """A message from the door to X, as most often happens; what the sender meets at the end differs."""
        partition = self.store.partition_of(shopper)
        self._say(shopper, OptWish.NONE)
        self.works(partition, bury=False)
        self.at += later
        claim = self._claim(partition)
        if claim is not None:
            self._deal(claim, what)

    @precondition(lambda self: self.claims)
    @rule(data=st.data(), what=st.sampled_from(WHAT))
    def deals_with(self, data: st.DataObject, what: str) -> None:
        claim = data.draw(st.sampled_from(self.claims))
        self.claims.remove(claim)
        self._deal(claim, what)

    @precondition(lambda self: self.unechoed)
    @rule(data=st.data(), again=st.booleans())
    def echoed(self, data: st.DataObject, again: bool) -> None:
        claim, dm = data.draw(st.sampled_from(self.unechoed))
        if not again:
            self.unechoed.remove((claim, dm))
        said = self.run(self.store.door.accept_echo(echo(claim.send, dm), now=after(self.at)))
        self.happened[said.value] += 1
        assert said in (EchoOutcome.SETTLED, EchoOutcome.KNOWN)
        assert self.state_of(claim.send) is SendState.SENT

    def _claim(self, partition: int) -> Claim | None:
        self.numbers += 1
        claim = self.run(
            self.store.outbox.claim(
                partition,
                token=f"t{self.numbers}",
                now=after(self.at),
                revisit_at=after(self.at + 120),
                judge=until(-1_000_000),
            )
        )
        if claim is not None:
            self.happened["look" if claim.look else "claim"] += 1
        if claim is not None and not claim.look:
            shopper = claim.send.shopper_id
            assert shopper not in self.stopped, "claimed after a stop"
            place = [inbound.id for inbound in self.accepted].index(claim.send.in_reply_to)
            assert place >= self.stopped_at.get(shopper, 0), "answers what the stop had called off"
        return claim

    def _deal(self, claim: Claim, what: str) -> None:
        outbox, now = self.store.outbox, after(self.at)
        if claim.look:
            had = [dm for other, dm in self.at_x if other.send.id == claim.send.id]
            if had:
                self.run(outbox.settle_sent(claim, dm_event_id=had[0], now=now))
            else:
                self.run(outbox.settle_retry(claim, reason="not_found", at=now, now=now))
            return
        if what == "died before":
            return
        if what == "not taken":
            self.run(outbox.settle_retry(claim, reason="r", at=after(self.at + 1), now=now))
            return
        # the sender's own guard: no call with a claim that may have been revisited
        if claim.claimed_at < after(self.at - 60):
            return
        dm = f"9{len(self.at_x):05}"
        self.at_x.append((claim, dm))
        self.unechoed.append((claim, dm))
        if what == "told":
            assert self.run(outbox.settle_sent(claim, dm_event_id=dm, now=now))
        elif what == "in doubt":
            self.run(outbox.settle_in_doubt(claim, reason="r", look_at=after(self.at + 120), now=now))

    # ------------------------------------------------------------ the end: everything runs again and drains
    def finish(self) -> None:
        for partition in range(2):
            self.takes("heir", partition, steal=True)
            lease = self.leases["heir", partition]
            while (turn := self.run(self.store.turns.next(lease, 0))) is not None:
                self.run(self._end(lease, turn, bury=False))
        rounds = 0
        while self.run(self.store.outbox.waiting()):
            rounds += 1
            assert rounds < 100, "a Send never ends"
            self.at += 200
            for partition in range(2):
                while (claim := self._claim(partition)) is not None:
                    self._deal(claim, "told")
        assert self.run(self.store.turns.waiting()) == 0
        assert self.run(self.store.outbox.waiting()) == 0
        self._check_ledgers()

    def _check_ledgers(self) -> None:
        """From what the door was told and what X took alone."""
        taken = [claim.send.in_reply_to for claim, _ in self.at_x]
        assert len(taken) == len(set(taken)), "answered twice"
        for shopper in SHOPPERS:
            owed = [one.id for one in self.accepted if one.shopper_id == shopper]
            got = [claim.send.in_reply_to for claim, _ in self.at_x if claim.send.shopper_id == shopper]
            assert got == [one for one in owed if one in got], "out of order"
            self.happened["called off"] += len(owed) - len(got)
            called_off = self.stopped_at.get(shopper, 0)
            due = [one.id for one in self.accepted[called_off:] if one.shopper_id == shopper]
            if shopper not in self.stopped:
                assert got[len(got) - len(due) :] == due, "lost"
