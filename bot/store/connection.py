"""Store: one connection to Redis and the six parts that use it."""

from __future__ import annotations

from types import TracebackType

from bot.model import ShopperId
from bot.pseudonyms import hush_name, window_name
from bot.settings import StoreSettings
from bot.store.access.redis_files import RedisFiles
from bot.store.access.shared_clock import SharedClock
from bot.store.access.wire import Wire
from bot.store.inbound.backlog import Backlog
from bot.store.inbound.dead import DeadLetters
from bot.store.inbound.door import Door
from bot.store.inbound.gaps import Gaps
from bot.store.inbound.interactions import Interactions
from bot.store.inbound.restored import Restored
from bot.store.inbound.talks import Talks
from bot.store.inbound.turns import Turns
from bot.store.inbound.workers import Workers
from bot.store.outbound.figures import FiguresReader
from bot.store.outbound.outbox import Outbox
from bot.store.outbound.quotas import Quotas
from bot.store.outbound.records import Records
from bot.store.outbound.tokens import Tokens
from bot.store.outbound.words import QueueWords
from bot.store.shoppers.consents import Consents
from bot.store.shoppers.finding import Finding
from bot.store.shoppers.forgetting import Forgetting
from bot.store.shoppers.withdrawals import Withdrawals


class Store:
    """Everything giftbot keeps, behind Redis. An async context manager; one per process.

    Building it opens no connection. Every method of its parts raises ``errors.Unavailable`` where Redis did
    not do what was asked; what it changed is then unknown, and asking again is safe. They raise
    ``errors.GiftbotError`` where what Redis keeps is divided into another number of partitions. Without the privacy
    key it takes no message in and forgets nobody: enough for who only looks.

    With ``own_time`` Redis' clock tells when a Send is due, served and looked after, whatever ``now`` a method is told:
    clocks of machines differ. So it is in production; tests that move time do without.
    """

    def __init__(self, settings: StoreSettings, privacy_key: str | None = None, *, own_time: bool = False) -> None:
        self._wire = Wire(settings, own_time=own_time)
        self.partitions = settings.partitions
        self.door = Door(self._wire, hush_name(privacy_key))
        self.turns = Turns(self._wire)
        self.backlog = Backlog(self._wire)
        self.workers = Workers(self._wire)
        self.dead = DeadLetters(self._wire)
        self.talks = Talks(self._wire)
        self.consents = Consents(self._wire, hush_name(privacy_key))
        self.withdrawals = Withdrawals(self._wire, hush_name(privacy_key))
        self.finding = Finding(self._wire)
        self.forgetting = Forgetting(self._wire, self.finding, hush_name(privacy_key))
        self.files = RedisFiles(self._wire)
        self.outbox = Outbox(self._wire)
        self.quotas = Quotas(self._wire, window_name(privacy_key))
        self.clock = SharedClock(self._wire)
        self.words = QueueWords(self._wire)
        self.figures = FiguresReader(self._wire)
        self.gaps = Gaps(self._wire)
        self.restored = Restored(self._wire, self.gaps, self.outbox.holds)
        self.tokens = Tokens(self._wire)
        self.records = Records(self._wire)
        self.interactions = Interactions(self._wire)

    async def __aenter__(self) -> Store:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._wire.close()

    async def ping(self) -> None:
        """Do nothing, if Redis answers on the way scripts go and keeps what our number of partitions can find.

        Raises:
            Unavailable: it does not answer.
            GiftbotError: what it keeps is divided into another number of partitions; says what to do.
        """
        await self._wire.run("tell_time", [self._wire.keys.account("layout")])

    def partition_of(self, shopper_id: ShopperId) -> int:
        """The partition that holds everything of this shopper."""
        return self._wire.keys.partition_of(shopper_id)
