"""The same sums on a Dask cluster: the ledger's files are read, shuffled by shopper and summed where the workers are.

Rows never come together on the client: what it gets are sums (one dense matrix, added up as a tree) and the finished
pasts, share after share. docs/scale_of_fitting.md has the arithmetic. Needs the extra ``cluster``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from catalog.interactions import parts as parquet
from catalog.interactions.files import LedgerFiles
from catalog.interactions.records import Histories, Interactions
from catalog.model.engines import partition
from catalog.model.engines.engine import About, Totals
from catalog.model.engines.local import LocalEngine
from catalog.model.gram import Square
from catalog.model.popularity import Popularity
from catalog.model.purchases import Purchases
from catalog.storage import Storage

if TYPE_CHECKING:
    from distributed import Client, Future

SHARES_PER_WORKER = 4
"""More than one, so that a share fits into memory beside the sums and work evens out."""


class DaskEngine:
    """Sums over a ledger's purchases. See :class:`~catalog.model.engines.engine.Engine`."""

    def __init__(self, client: Client, ledger: Storage, products: Sequence[str], *, shares: int | None = None) -> None:
        self._client = client
        workers = len(client.scheduler_info()["workers"])
        shares = shares or max(SHARES_PER_WORKER * workers, 1)
        files = LedgerFiles(ledger, partition.no_key, partition.no_name)
        manifest = files.manifest()
        live = files.live_rows(manifest)
        cuts = [client.submit(partition.read_shares, ledger.address, part, shares) for part in manifest.parts]
        if live:
            table = parquet.table_of([one.row for one in live], [one.mark for one in live], [0] * len(live))
            cuts.append(
                client.submit(partition.cut, parquet.with_dictionaries(table.select(list(partition.READ))), shares)
            )
        known = client.scatter(list(products), broadcast=True)
        self._shares = [
            client.submit(partition.gather, known, [client.submit(_item, cut, share) for cut in cuts])
            for share in range(shares)
        ]
        self._number = max([manifest.number, *(one.number for one in live)])

    def about(self) -> About:
        """Tell what was read."""
        found: list[About] = self._client.gather([self._client.submit(LocalEngine.about, one) for one in self._shares])
        days = [one.last_day for one in found if one.last_day is not None]
        return About(
            sum(one.purchases for one in found),
            sum(one.shoppers for one in found),
            sum(one.unknown for one in found),
            max(days) if days else None,
            self._number,
        )

    def totals(self, products: int, *, today: int, half_life: float | None) -> Totals:
        """Count each product's buyers, and sum their squared weights."""
        found: Totals = self._summed(partition.totals_of, partition.add_totals, products, today, half_life)
        return found

    def gram(self, head: NDArray[np.int64], products: int, *, today: int, half_life: float | None) -> Square:
        """Sum y yᵀ over shoppers: a matrix a worker, added in pairs."""
        lent: Square = self._summed(partition.gram_of, partition.add_grams, head, products, today, half_life)
        return np.require(lent, requirements="W")

    def popularity(self, products: int, *, until: int) -> Popularity:
        """Count what sells."""
        found: Popularity = self._summed(partition.popularity_of, Popularity.plus, products, until)
        return found

    def pasts(self) -> tuple[Histories, Purchases]:
        """Return every shopper's past: fetched share by share, sorted by id."""
        fetched = [self._client.submit(_interactions, one).result() for one in self._shares]
        joined = _joined(fetched)
        return Histories.of(joined), Purchases.of(joined)

    def _summed(self, of_worker: Callable[..., Any], add: Callable[[Any, Any], Any], *asked: object) -> Any:
        """Sum up where the shares lie, then in pairs; a worker that dies is made up for by others."""
        from distributed import wait

        wait(self._shares)
        where: dict[str, list[Future]] = {}
        for share, holders in zip(self._shares, self._client.who_has(self._shares).values(), strict=True):
            where.setdefault(min(holders, default=""), []).append(share)
        sums = [
            self._client.submit(
                of_worker, shares, *asked, workers=[worker] if worker else None, allow_other_workers=True, pure=False
            )
            for worker, shares in where.items()
        ]
        while len(sums) > 1:
            pairs = [self._client.submit(add, *pair, pure=False) for pair in zip(sums[::2], sums[1::2], strict=False)]
            sums = pairs + (sums[-1:] if len(sums) % 2 else [])
        return sums[0].result()


@contextlib.contextmanager
def on_cluster(
    scheduler: str, ledger: Storage, *, wait_s: float = 10.0
) -> Iterator[Callable[[Sequence[str]], DaskEngine]]:
    """Connect to a scheduler (``tcp://…:8786``) and give what makes an engine over a list of products.

    The workers must reach the ledger under the same address. Raises ClusterMissing where Dask is not installed or
    nobody answers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterMissing("fitting on a cluster needs Dask: pip install 'giftbot[cluster]'") from error
    try:
        client = Client(scheduler, timeout=wait_s)
    except (OSError, ValueError) as error:
        raise ClusterMissing(f"no Dask scheduler answers at {scheduler}: {error}") from error
    with client:
        yield lambda products: DaskEngine(client, ledger, products)


class ClusterMissing(OSError):
    """There is no cluster to fit on: start one (docs/scale_of_fitting.md), or fit here with ``--engine local``."""


def _item(parts: Sequence[Any], at: int) -> Any:
    return parts[at]


def _interactions(share: LocalEngine) -> Interactions:
    return share.interactions


def _joined(shares: Sequence[Interactions]) -> Interactions:
    """Join interactions of different shoppers, sorted by shopper again."""
    names = [name for one in shares for name in one.shoppers]
    order = sorted(range(len(names)), key=names.__getitem__)
    rank = np.empty(len(names), dtype=np.int32)
    rank[order] = np.arange(len(names), dtype=np.int32)
    offsets = np.cumsum([0, *(len(one.shoppers) for one in shares)])
    shopper = np.concatenate([rank[one.shopper + offset] for one, offset in zip(shares, offsets, strict=False)])
    sort = np.argsort(shopper, kind="stable")
    columns = {
        name: np.concatenate([getattr(one, name) for one in shares])[sort]
        for name in ("product", "day", "quantity", "kind")
    }
    return replace(shares[0], shoppers=tuple(names[at] for at in order), shopper=shopper[sort], **columns)
