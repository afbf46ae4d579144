"""A turn becomes one direct message: X lets an account send about one a minute."""

from __future__ import annotations

from bot.dialogue.channel import Piece
from bot.dialogue.replies import MAX_CHARACTERS, fold


def test_all_that_was_said_becomes_one_text_in_order() -> None:
    """Two messages for one turn would double the wait of everybody behind."""
    assert fold([Piece("Here:"), Piece("1. Trowel, £5")]).text == "Here:\n1. Trowel, £5"


def test_of_several_reasons_one_is_said_and_all_are_recorded() -> None:
    """The message stays short; whoever looks into the turn sees everything."""
    folded = fold(
        [
            Piece("1. Trowel"),
            Piece("   For gardening.", mark="reason", of="p1"),
            Piece("   Popular.", mark="reason", of="p1"),
            Piece(data={"suggestions": [{"id": "p1"}], "brief": {"recipient": "mom"}}),
        ]
    )

    assert folded.text == "1. Trowel\n   For gardening."
    assert folded.suggestions == ({"id": "p1", "reasons": ["For gardening.", "Popular."]},)
    assert folded.brief == {"recipient": "mom"}


def test_a_reason_that_is_always_said_stands_beside_the_first() -> None:
    """A shopper is told when their own purchases were used."""
    pieces = [
        Piece("For gardening.", mark="reason", of="p1"),
        Piece("Popular.", mark="reason", of="p1"),
        Piece("Goes with the teapot you bought.", mark="reason_always", of="p1"),
    ]
    assert fold(pieces).text == "For gardening.\nGoes with the teapot you bought."


def test_a_reason_that_tells_something_sensitive_is_said_and_never_recorded() -> None:
    """X forbids to store it, and the record of the turn is kept for days."""
    pieces = [
        Piece("Suits the occasion: eid.", mark="reason_passing", of="p1"),
        Piece("Popular.", mark="reason", of="p1"),
        Piece(data={"suggestions": [{"id": "p1"}]}),
    ]

    folded = fold(pieces)

    assert folded.text == "Suits the occasion: eid."
    assert folded.suggestions == ({"id": "p1", "reasons": ["Popular."]},)


def test_a_line_that_tells_something_sensitive_is_said_and_never_recorded() -> None:
    """The record keeps the rest of the answer, each stretch as it was sent."""
    pieces = [
        Piece("1. Trowel"),
        Piece("Suits the occasion: eid.", mark="reason_passing", of="p1"),
        Piece("Popular.", mark="reason", of="p1"),
        Piece("2. Gloves"),
        Piece("I couldn't filter for pork.", mark="passing"),
        Piece("Say cheaper."),
    ]

    folded = fold(pieces)

    assert folded.recorded == ("1. Trowel", "2. Gloves", "Say cheaper.")
    assert all(one in folded.text for one in folded.recorded)
    assert "eid" in folded.text


def test_what_tells_nothing_sensitive_is_recorded_as_sent() -> None:
    """Whoever looks into a turn sees the very message."""
    folded = fold([Piece("Here:"), Piece("1. Trowel")], intro="I'm a bot")
    assert folded.recorded == (folded.text,)


def test_the_first_message_says_who_is_talking() -> None:
    """X asks bots to say so, and how to stop them."""
    assert fold([Piece("Hello")], intro="I'm a bot").text == "Hello\n\nI'm a bot"


def test_silence_stays_silence() -> None:
    """A turn without words makes no Send, not even for the introduction."""
    assert fold([Piece(data={"brief": {}})], intro="I'm a bot").text == ""


def test_a_request_for_a_person_is_seen() -> None:
    """The worker mutes the bot by this flag."""
    assert fold([Piece("A colleague will write."), Piece(data={"hand_over": True})]).hand_over


def test_a_text_beyond_x_limit_is_cut_at_a_line() -> None:
    """X would refuse the whole message."""
    text = fold([Piece("word " * 100)] * 40).text

    assert len(text) <= MAX_CHARACTERS
    assert text.endswith("word")
