"""A small world by chance: shoppers, departments, several senders with wrong clocks, crashes, and an X beside them.

Senders do as the real ones do: read facts with a version, judge, claim only if the version is still the one judged,
find room in the budgets (by the store's one clock, under the Send's id, anew at each try), call X, settle. Each does
one step at a time, and anything may happen in between. When a Send in doubt is looked after goes by true time here:
that is a matter of delivery, not of rules.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from bot.governance.budgets import budgets, over_budget
from bot.governance.facts import ConsentFacts, Handed, Spent
from bot.governance.judging import may_send
from bot.governance.rule_file import read_rules
from bot.governance.rules import Rules
from bot.governance.text_mark import text_mark
from bot.governance.verdict import May, Verdict
from bot.model import GIFTBOT, MessageId, Purpose, Send, SendId, ShopperId
from tests.unit.governance.drawn_rules import CLOCKS, START, as_text, draw
from tests.unit.governance.history_checker import Did, Ledgers, Wish

Judge = Callable[[Send, ConsentFacts, Spent, Rules, datetime], Verdict]
SETTLE = timedelta(seconds=120)
SLOWEST_START, SLOWEST_CALL = timedelta(seconds=30), 85


@dataclass
class Shopper:
    """One shopper's part of the store."""

    id: ShopperId
    consent: ConsentFacts = field(default_factory=lambda: ConsentFacts(opened=False, closed=False))
    stops: int = 0
    version: int = 0
    spent: list[Handed] = field(default_factory=list)
    queue: list[Queued] = field(default_factory=list)


@dataclass
class Queued:
    """A Send in the store. ``under`` is the number of stops it was asked for under."""

    send: Send
    under: int
    due: datetime
    state: str = "pending"
    x_has_it: bool = False
    revisit: datetime = START


@dataclass
class Hand:
    """What a sender holds between two of its steps."""

    step: str
    shopper: Shopper
    queued: Queued
    version: int
    verdict: Verdict | None = None
    judged: datetime = START


@dataclass
class Sender:
    """One process that calls X; a crash forgets what it holds."""

    clock: timedelta
    hand: Hand | None = None
    full: dict[str, datetime] = field(default_factory=dict)
    """Budgets it met without room, and when there is room again."""


class World:
    """One history. ``run`` gives the ledgers; ``checks_version`` and ``counts_anew`` off are faults to be found."""

    def __init__(
        self,
        seed: int,
        judge: Judge = may_send,
        *,
        checks_version: bool = True,
        counts_anew: bool = True,
        steps: int = 110,
    ) -> None:
        self.chance = Random(seed)
        drawn = draw(self.chance)
        self.rules = read_rules(as_text(drawn))
        self.ledgers = Ledgers(drawn)
        self.judge, self.checks_version, self.counts_anew, self.steps = judge, checks_version, counts_anew, steps
        self.now = START
        self.shoppers = [Shopper(ShopperId(str(number))) for number in range(self.chance.randint(2, 4))]
        self.senders = [Sender(self._drift()) for _ in range(self.chance.randint(1, 4))]
        self.windows: dict[str, dict[str, datetime]] = {}
        self.calls: list[tuple[datetime, int, Queued]] = []
        self.count = 0

    def run(self) -> Ledgers:
        """Live it to its end."""
        for one in self.shoppers:
            if self.chance.random() < 0.8:
                self._opens(one)
        for _ in range(self.steps):
            self._pass_time()
            happens = self.chance.random()
            if happens < 0.12:
                self._shopper_does()
            elif happens < 0.40:
                self._somebody_asks()
            elif happens < 0.44:
                self._approver_approves()
            elif happens < 0.47:
                self.chance.choice(self.senders).clock = self._drift()
            else:
                for _ in range(self.chance.choice((1, 6, 25))):
                    self._sender_does(self.chance.choice(self.senders))
        return self.ledgers

    def _drift(self) -> timedelta:
        return timedelta(seconds=self.chance.randint(-CLOCKS * 60, CLOCKS * 60))

    def _pass_time(self) -> None:
        seconds = self.chance.choice((0, 0, 1, 20, 90, 600, 3600, 3600, 20_000))
        self._until(self.now + timedelta(seconds=self.chance.randint(0, seconds)))

    def _until(self, then: datetime) -> None:
        while self.calls and self.calls[0][0] <= then:
            at, _, queued = heapq.heappop(self.calls)
            queued.x_has_it = True
            self.ledgers.accepted.append((at, queued.send.id))
        self.now = then

    # ------------------------------------------------------------ people
    def _note(self, who: str, what: str, value: str = "") -> None:
        self.ledgers.did.append(Did(self.now, who, what, value))

    def _opens(self, one: Shopper) -> None:
        """They wrote, and said yes to everything."""
        both = (Purpose.REMINDER, Purpose.MARKETING)
        one.consent = ConsentFacts(
            opened=True, closed=False, last_wrote_at=self.now + self._drift(), granted=dict.fromkeys(both, True)
        )
        self._note(one.id, "wrote")
        for purpose in both:
            self._note(one.id, "grant", purpose.value)

    def _shopper_does(self) -> None:
        one = self.chance.choice(self.shoppers)
        facts, stamp = one.consent, self.now + self._drift()
        what = self.chance.choice(
            ["wrote"] * 7 + ["stop", "start", "start", "zone", "grant", "grant", "grant", "withdraw"]
        )
        purpose = self.chance.choice([Purpose.REMINDER, Purpose.MARKETING])
        if what in ("wrote", "start", "stop"):
            self._note(one.id, "wrote")
            wrote = max(stamp, facts.last_wrote_at or stamp)
            facts = replace(facts, opened=True, last_wrote_at=wrote)
        if what == "stop":
            one.stops += 1
            facts = replace(facts, closed=True, granted={})
        elif what == "start":
            facts = replace(facts, closed=False)
        elif what == "zone":
            zone = self.chance.choice(["America/New_York", "Asia/Kathmandu", "Pacific/Auckland"])
            facts = replace(facts, time_zone=zone)
            self._note(one.id, what, zone)
        elif what in ("grant", "withdraw"):
            if facts.closed:
                return
            facts = replace(facts, granted={**facts.granted, purpose: what == "grant"})
            self._note(one.id, what, purpose.value)
        if what in ("stop", "start"):
            self._note(one.id, what)
        one.consent = facts
        one.version += 1
        if what == "wrote" and not facts.closed:
            self._ask(one, Purpose.ANSWER, GIFTBOT, "")

    def _somebody_asks(self) -> None:
        department = self.chance.choice(["care", "marketing", "press", GIFTBOT])
        purpose = self.chance.choice([Purpose.SERVICE, Purpose.REMINDER, Purpose.MARKETING])
        campaign = "spring" if purpose is Purpose.MARKETING else self.chance.choice(["", "", "spring"])
        for one in self.chance.sample(self.shoppers, self.chance.randint(1, len(self.shoppers))):
            self._ask(one, purpose, department, campaign)

    def _ask(self, one: Shopper, purpose: Purpose, department: str, campaign: str) -> None:
        self.count += 1
        made, minutes = self.now + self._drift(), self.chance.choice([None, None, 30, 600, 3000])
        answer = purpose is Purpose.ANSWER
        wish = Wish(
            f"w{self.count}",
            self.now,
            one.id,
            f"answer {self.count}" if answer else self.chance.choice(["sale", "parcel", f"news {self.count}"]),
            purpose.value,
            department,
            campaign,
            None if minutes is None or answer else made + timedelta(minutes=minutes),
            None if answer or self.chance.random() < 0.8 else made + timedelta(minutes=self.chance.randint(0, 900)),
        )
        self.ledgers.wishes[wish.id] = wish
        approved = self.chance.random() < 0.6
        if approved:
            self._note(wish.id, "approve")
        send = Send(
            SendId(wish.id), one.id, wish.text, MessageId(wish.id if answer else ""), made,
            purpose=purpose, department=department, campaign=campaign, not_before=wish.not_before,
            approved_by="boss" if approved else "", expires_at=wish.expires,
        )  # fmt: skip
        one.queue.append(Queued(send, one.stops, wish.not_before or made))
        one.version += 1

    def _approver_approves(self) -> None:
        one = self.chance.choice(self.shoppers)
        for queued in one.queue:
            if queued.state == "pending" and not queued.send.approved_by:
                queued.send = replace(queued.send, approved_by="boss")
                queued.due = self.now
                one.version += 1
                self._note(queued.send.id, "approve")
                return

    # ------------------------------------------------------------ senders
    def _sender_does(self, sender: Sender) -> None:
        if sender.hand is not None and self.chance.random() < 0.03:
            sender.hand, sender.full, sender.clock = None, {}, self._drift()  # killed, and started on another machine
            return
        if sender.hand is None:
            sender.hand = self._peek(sender)
            return
        step = {"judge": self._judge, "claim": self._claim, "call": self._call, "settle": self._settle}
        step[sender.hand.step](sender, sender.hand)

    def _peek(self, sender: Sender) -> Hand | None:
        clock = self.now + sender.clock
        one = self.chance.choice(self.shoppers)
        unfinished = [queued for queued in one.queue if queued.state != "ended"]
        answers = sorted(
            (q for q in unfinished if q.send.purpose is Purpose.ANSWER), key=lambda q: q.send.id[1:].zfill(6)
        )
        others = [queued for queued in unfinished if queued.send.purpose is not Purpose.ANSWER]
        active = [queued for queued in others if queued.state == "sending"]
        waiting = [queued for queued in others if queued.due <= clock]  # in any order: no rule may need the queue's
        heads = [*answers[:1], *(active or waiting)]
        ready = [q for q in heads if (q.due <= clock if q.state == "pending" else q.revisit <= self.now)]
        if not ready:
            return None
        chosen = self.chance.choice(ready)
        if chosen.state == "sending":
            self._look(one, chosen, clock)
            return None
        return Hand("judge", one, chosen, one.version)

    def _look(self, one: Shopper, queued: Queued, clock: datetime) -> None:
        """X is asked whether it has it; a lost answer is sent again, another message is not."""
        if any(call[2] is queued for call in self.calls):
            return  # under way still
        if queued.x_has_it or queued.send.purpose is not Purpose.ANSWER:
            queued.state = "ended"
        else:
            queued.state, queued.due = "pending", clock
            one.spent = [each for each in one.spent if each.send_id != queued.send.id]
        one.version += 1

    def _judge(self, sender: Sender, hand: Hand) -> None:
        one, queued, clock = hand.shopper, hand.queued, self.now + sender.clock
        if one.version != hand.version:  # the facts are read again, as those of a version
            sender.hand = None
            return
        newer = any(
            q.state == "pending" and q.send.purpose is Purpose.ANSWER and int(q.send.id[1:]) > int(queued.send.id[1:])
            for q in one.queue
        )
        allows = replace(one.consent, overruled=queued.under != one.stops)
        hand.verdict = self.judge(queued.send, allows, Spent(tuple(one.spent), newer), self.rules, clock)
        if hand.verdict.may is May.GO:
            for window in budgets(queued.send, self.rules):
                again = sender.full.get(window.name)
                if again is not None and again > clock:
                    hand.verdict = over_budget(queued.send, window, again, one.consent, self.rules, clock)
                    break
        hand.step, hand.judged = "claim", self.now

    def _spend(self, sender: Sender, send: Send) -> bool:
        """Count it at this very try, in every window or in none; False where one has no room."""
        wanted = budgets(send, self.rules)
        for window in wanted:
            used = self.windows.setdefault(window.name, {})
            if not self.counts_anew and send.id in used:
                return True
            for token in [each for each, at in used.items() if at <= self.now - timedelta(seconds=window.seconds)]:
                del used[token]
            others = sorted(at for each, at in used.items() if each != send.id)
            if len(others) >= window.limit:
                sender.full[window.name] = others[len(others) - window.limit] + timedelta(seconds=window.seconds)
                return False
        for window in wanted:
            self.windows[window.name][send.id] = self.now
        return True

    def _refund(self, send: Send) -> None:
        for window in budgets(send, self.rules):
            self.windows.setdefault(window.name, {}).pop(send.id, None)

    def _claim(self, sender: Sender, hand: Hand) -> None:
        one, queued, clock, verdict = hand.shopper, hand.queued, self.now + sender.clock, hand.verdict
        assert verdict is not None
        stale = one.version != hand.version if self.checks_version else queued.state != "pending"
        refused = one.consent.closed or queued.under != one.stops
        sender.hand = None
        if stale or (verdict.may is May.GO and refused):
            pass
        elif verdict.may is May.NEVER:
            queued.state = "ended"
        elif verdict.may is May.WAIT:
            assert verdict.until is not None
            queued.due = verdict.until
        else:
            queued.state, queued.revisit, hand.step = "sending", self.now + SETTLE, "call"
            send = queued.send
            one.spent.append(Handed(send.id, clock, send.purpose, send.department, send.campaign, text_mark(send.text)))
            sender.hand = hand
        if not stale:
            one.version += 1

    def _call(self, sender: Sender, hand: Hand) -> None:
        hand.step, queued = "settle", hand.queued
        if queued.state == "sending" and not self._spend(sender, queued.send):
            self._back(hand.shopper, queued, self.now + sender.clock)
            sender.hand = None
            return
        if self.now - hand.judged > SLOWEST_START or queued.state != "sending":
            return  # stood still: a call now might not end within the claim's time
        if self.chance.random() < 0.85:
            at = self.now + timedelta(seconds=self.chance.choice((0, 1, 5, self.chance.randint(0, SLOWEST_CALL))))
            heapq.heappush(self.calls, (at, id(queued), queued))

    def _settle(self, sender: Sender, hand: Hand) -> None:
        """What the sender heard of X: most often the truth, else nothing, and then the Send is looked after."""
        one, queued = hand.shopper, hand.queued
        sender.hand = None
        if queued.state != "sending" or self.chance.random() < 0.2:
            return
        under_way = any(call[2] is queued for call in self.calls)
        if queued.x_has_it:
            queued.state = "ended"
        elif not under_way and self.chance.random() < 0.5:  # certainly not taken: again, or refused by X
            if self.chance.random() < 0.5:
                self._refund(queued.send)
                queued.state = "ended"
            self._back(one, queued, self.now + sender.clock)
        one.version += 1

    def _back(self, one: Shopper, queued: Queued, due: datetime) -> None:
        """X certainly has not got it: it counts for nobody, and waits again unless it has ended."""
        one.spent = [each for each in one.spent if each.send_id != queued.send.id]
        queued.due = due
        if queued.state == "sending":
            queued.state = "pending"
        one.version += 1
