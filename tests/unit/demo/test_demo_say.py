"""What --say prints."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.demo.main import run_demo
from bot.demo.say import as_object, as_text
from bot.demo.talker import Talker
from bot.model import ShopperId

MakeX = Callable[[Any], Any]


async def test_json_has_one_object_per_turn_with_prices_as_numbers(fake_x: MakeX) -> None:
    """Scripts read these keys; the issue names them."""
    x = fake_x(lambda _: (("One\nidea",), "answered"))
    turn = json.loads(json.dumps(as_object(await Talker(x, x, ShopperId("1")).say("tea", 20))))
    assert turn["said"] == "tea"
    assert turn["replies"] == ["One\nidea"]
    assert turn["brief"] == {"recipient": "mum"}
    assert turn["suggestions"] == [
        {
            "id": "22423",
            "title": "Cake stand",
            "price": 12.75,
            "currency": "GBP",
            "reasons": ["For baking."],
        }
    ]
    assert isinstance(turn["ms"], int)


async def test_a_reader_sees_two_speakers_and_every_line(fake_x: MakeX) -> None:
    """Answers have several lines: three suggestions with a reason and a link each."""
    x = fake_x(lambda _: (("One\nidea",), "answered"))
    text = as_text(await Talker(x, x, ShopperId("1")).say("tea\nor cake", 20))
    assert text == "you  tea\n     or cake\n\nbot  One\n     idea\n"


async def test_silence_on_purpose_is_explained(fake_x: MakeX) -> None:
    """An empty answer without a word looks like a fault."""
    x = fake_x(lambda _: None)
    assert "opted out" in as_text(await Talker(x, x, ShopperId("1")).say("STOP", 20))


@pytest.mark.parametrize("shopper", ["mum", "12345678901234567890", "", "١٢"])
def test_a_shopper_who_cannot_be_is_refused_before_anything_starts(
    shopper: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A start takes seconds; a wrong id is known at once."""
    code = run_demo(
        say=("hi",),
        shopper=shopper,
        as_json=True,
        fresh=False,
        port=None,
        timeout_s=1,
        folder=tmp_path / "run",
    )
    assert code == 1
    assert "1 to 19 digits" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()
