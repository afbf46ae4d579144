"""``python -m tests.chaos --kills 500 --shoppers 500 --messages 20``: the whole programme, figures printed as JSON."""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import json
import random
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.chaos.broken import FAULTS
from tests.chaos.fleet import fleet
from tests.chaos.programme import Outcome, Programme, run

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {
    "GIFTBOT_SENDING_SETTLE_DELAY_S": "4",
    "GIFTBOT_X_SEND_TIMEOUT_S": "1",
    "GIFTBOT_DIALOGUE_LEASE_S": "3",
    "GIFTBOT_DIALOGUE_BURST_GAP_S": "0",
}
"""Short waits, so that a run ends; one message one turn, so that each answer can be told from the others."""


async def once(
    programme: Programme,
    *,
    fault: str = "",
    folder: Path | None = None,
    settings: Mapping[str, str] | None = None,
    clustered: bool = False,
) -> Outcome:
    """One run of the programme in a folder of its own."""
    broken = {FAULTS[fault][0]: fault} if fault else {}
    laid_over = {**SETTINGS, **(settings or {})}
    with tempfile.TemporaryDirectory(prefix="gbc") as made:
        place = folder or Path(made)
        async with fleet(ROOT, place, settings=laid_over, broken=broken, clustered=clustered) as running:
            return await run(running, programme)


def main() -> None:
    """Run and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--shoppers", type=int, default=500)
    asked.add_argument("--messages", type=int, default=20)
    asked.add_argument("--kills", type=int, default=500)
    asked.add_argument("--pause", type=float, default=0.08, help="seconds between two messages")
    asked.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    asked.add_argument("--fault", choices=sorted(FAULTS), default="", help="build this fault into giftbot")
    asked.add_argument("--kill-gap", type=float, default=1.5, help="seconds between two kills, on average")
    asked.add_argument("--folder", type=Path, help="keep what the processes wrote in this new folder")
    asked.add_argument("--allowed", type=int, default=9000, help="answers X allows in a quarter of an hour")
    asked.add_argument("--drain", type=float, default=1800.0, help="seconds the last answers may take")
    asked.add_argument("--cluster", action="store_true", help="six Redis nodes, whose masters are killed")
    chosen = asked.parse_args()
    programme = Programme(
        chosen.shoppers,
        chosen.messages,
        chosen.kills,
        chosen.seed,
        pause_s=chosen.pause,
        kill_gap_s=chosen.kill_gap,
        drain_s=chosen.drain,
        windows=((chosen.allowed, 900.0),),
    )
    limits = {"GIFTBOT_SENDING_PER_15_MIN": str(chosen.allowed), "GIFTBOT_SENDING_WORD_AFTER_MIN": "0"}
    outcome = asyncio.run(
        once(programme, fault=chosen.fault, folder=chosen.folder, settings=limits, clustered=chosen.cluster)
    )
    print(json.dumps({"programme": dataclasses.asdict(programme), **dataclasses.asdict(outcome)}, indent=1))


if __name__ == "__main__":
    main()
