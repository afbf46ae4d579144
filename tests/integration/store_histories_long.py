"""The machine of store_histories, over weeks: marks end, X replays, shoppers are forgotten, clocks are a day apart."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.clock import to_ms
from bot.intake.taking import MAX_AGE
from bot.model import ShopperId
from bot.pseudonyms import hush_name
from bot.store.inbound.door import Accepted, EchoOutcome
from nlu.optout.wishes import OptWish
from tests.integration.conftest import PRIVACY_KEY
from tests.integration.store_histories import Histories
from tests.integration.store_machine import SHOPPERS
from tests.integration.store_talk import after, echo

DAY = 86_400.0
MOST_WEEKS_S = 80 * DAY
"""All leaps of a history together: consent ends 90 days after the last message, and with it what is owed."""
APART = (0.0, 600.0, -600.0, DAY, -DAY)


class LongHistories(Histories):
    """What intake and workers believe of the time is `skew` seconds off; senders go by one clock, as in production."""

    steps = 50

    def __init__(self) -> None:
        self.skew = 0.0
        self.leapt = 0.0
        super().__init__()

    # ------------------------------------------------------------ time
    @rule(seconds=st.sampled_from([600.0, DAY, 20 * DAY, 36 * DAY]))
    def time_passes(self, seconds: float) -> None:
        """For Redis too: whatever has less than so long to live is gone."""
        if self.leapt + seconds > MOST_WEEKS_S:
            return
        self.leapt += seconds
        self.at += seconds
        self.run(self._age(int(seconds * 1000)))
        self.happened["weeks passed"] += seconds > DAY

    async def _age(self, by_ms: int) -> None:
        redis = self.store._wire.commands
        keys = await redis.keys(f"{{{self.store._wire.keys.prefix}:*")
        async with redis.pipeline(transaction=False) as pipe:
            for key in keys:
                pipe.pttl(key)
            lives = await pipe.execute()
            for key, left in zip(keys, lives, strict=True):
                if left > 0:
                    pipe.pexpire(key, max(0, left - by_ms))
            await pipe.execute()

    @rule(skew=st.sampled_from(APART))
    def clocks_jump(self, skew: float) -> None:
        self.happened["jumped back"] += skew < self.skew
        self.skew = skew

    def _believed(self) -> float:
        return self.at + self.skew

    @precondition(lambda self: self.said)
    @rule(data=st.data(), wish=st.sampled_from(OptWish))
    def delivered_again(self, data: st.DataObject, wish: OptWish) -> None:
        """A signed body posted again, as late as intake takes one: nothing comes of it, whatever it says."""
        again = data.draw(st.sampled_from(self.said))
        if after(self._believed()) - again.sent_at > MAX_AGE:
            return
        self.happened["replayed late"] += after(self.at) - again.sent_at > timedelta(days=19)
        said = self.run(self.store.door.accept(again, wish=wish, too_old=False, now=after(self._believed())))
        assert said is Accepted.DUPLICATE, "taken twice"

    # ------------------------------------------------------------ forgetting
    @rule(shopper=st.sampled_from(SHOPPERS))
    def forgets(self, shopper: ShopperId) -> None:
        """All of before is called off, a stop outlives it; calls under way end with it."""
        self.claims = [claim for claim in self.claims if claim.send.shopper_id != shopper]
        self.run(self.store.forgetting.forget(shopper))
        # Redis' own clock is months ahead of the history's
        keys, now = self.store._wire.keys, to_ms(after(self.at))
        gone = keys.of(keys.partition_of(shopper), f"gone:{hush_name(PRIVACY_KEY)(shopper)}")
        self.run(self.store._wire.commands.set(gone, f"{now} {now}", keepttl=True))
        self.stopped_at[shopper] = len(self.accepted)
        self.happened["forgotten"] += 1

    @precondition(lambda self: self.unechoed)
    @rule(data=st.data(), again=st.booleans())
    def echoed(self, data: st.DataObject, again: bool) -> None:
        claim, dm = data.draw(st.sampled_from(self.unechoed))
        if after(self.at) - claim.claimed_at > MAX_AGE:
            return  # older than X tells
        if not again:
            self.unechoed.remove((claim, dm))
        said = self.run(self.store.door.accept_echo(echo(claim.send, dm), now=after(self._believed())))
        self.happened[said.value] += 1
        assert said in (EchoOutcome.SETTLED, EchoOutcome.KNOWN), "taken for a colleague's"

    def finish(self) -> None:
        self.skew = 0.0
        self.at += 2 * DAY  # what a clock ahead put off is due
        super().finish()
