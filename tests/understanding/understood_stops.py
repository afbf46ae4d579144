"""What the classifier makes of wishes to stop and of ordinary sentences that the door lets in; no text shown.

python -m tests.understanding.understood_stops PART

Prints, by confidence, how many of each are taken for the intent opt_out: what `SURE_OF_STOP` of actions.stopping is
chosen by on the part `tuned`. PART `sealed` is for reporting, once a change.
"""

from __future__ import annotations

import asyncio
import json
import warnings
from pathlib import Path

import click

from actions.stopping import wants_silence
from actions.turn import heard_in
from nlu.optout.wishes import OptWish, read_wish

HERE = Path(__file__).parent
STEPS = (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98)


@click.command()
@click.argument("part", type=click.Choice(["tuned", "sealed"]))
def main(part: str) -> None:
    """Count for each set of the part."""
    warnings.simplefilter("ignore")
    from bot import log
    from bot.rasa_host import prepare

    log.configure("understood-stops", "error")  # Rasa would print each message

    prepare()
    asyncio.run(_count(part))


def _texts(part: str) -> dict[str, list[str]]:
    rows = {
        name: [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()]
        for name in ("stop_wishes", "ordinary_sentences", f"messages_{part}")
    }
    return {
        "wishes to stop": [row["text"] for row in rows["stop_wishes"] if row["part"] == part],
        "ordinary sentences": [row["text"] for row in rows["ordinary_sentences"] if row["part"] == part],
        "messages": [row["text"] for row in rows[f"messages_{part}"] if row.get("wish") != "opt_out"],
    }


async def _count(part: str) -> None:
    from rasa.core.agent import Agent
    from rasa.model import get_latest_model

    agent = Agent.load(str(get_latest_model("models")))
    for name, texts in _texts(part).items():
        found = []
        for text in texts:
            parsed = await agent.parse_message(text)
            heard = heard_in(parsed, "1")
            sure = heard.confidence if heard.intent == "opt_out" else 0.0
            found.append((read_wish(text) is OptWish.STOP, sure, wants_silence(heard)))
        for door, what in ((True, "obeyed at the door"), (False, "let in by it")):
            mine = [sure for obeyed, sure, _ in found if obeyed is door]
            silent = sum(silence for obeyed, _, silence in found if obeyed is door)
            told = ", ".join(f"≥{step}: {sum(sure >= step for sure in mine)}" for step in STEPS)
            click.echo(f"{part} {name}, {what}: {len(mine)}, taken for a stop: {silent}; {told}")


if __name__ == "__main__":
    main()
