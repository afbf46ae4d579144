"""What is kept of a talk: every slot, few events, no words; and it reads back as the talk it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rasa_host import prepare

prepare()

from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402

from bot.dialogue.tracker_store import StagedTrackerStore, dump, load  # noqa: E402

KEPT = 12


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load("domain.yml")


def _turn(number: int) -> list[Event]:
    return [
        ActionExecuted("action_listen"),
        UserUttered(
            f"my secret words {number}",
            {"name": "ask_gift", "confidence": 0.91234},
            [{"entity": "recipient", "value": f"person {number}"}],
        ),
        ActionExecuted("action_suggest"),
        BotUttered(f"my answer {number}"),
        SlotSet("seen", [f"p{number}"]),
    ]


def _talk(domain: Domain, turns: int) -> DialogueStateTracker:
    events = [event for number in range(turns) for event in _turn(number)]
    events.insert(0, SlotSet("brief", {"recipient": "mom"}))
    return DialogueStateTracker.from_events("1", events, domain.slots)


def test_a_slot_set_long_ago_is_still_known(domain: Domain) -> None:
    """Events are trimmed, what was understood is not."""
    back = load(dump(_talk(domain, 50), KEPT), "1", domain)

    assert back is not None
    assert back.get_slot("brief") == {"recipient": "mom"}
    assert back.get_slot("seen") == ["p49"]


def test_a_long_talk_takes_no_more_room_than_a_short_one(domain: Domain) -> None:
    """So that a turn costs the same at any length of talk."""
    assert len(dump(_talk(domain, 1000), KEPT)) <= len(dump(_talk(domain, 10), KEPT)) + 40


def test_no_words_of_either_side_are_kept(domain: Domain) -> None:
    """X asks for consent before direct messages are stored; the slots hold what is needed."""
    stored = dump(_talk(domain, 5), 100).decode()

    assert "secret words" not in stored
    assert "my answer" not in stored
    assert "person" not in stored


def test_the_policies_see_the_same_last_turns(domain: Domain) -> None:
    """Trimming begins at a turn, so the intents and actions after it stand as they were."""
    whole = _talk(domain, 20)
    back = load(dump(whole, KEPT), "1", domain)
    assert back is not None

    def steps(tracker: DialogueStateTracker) -> list[Any]:
        return [
            event.intent_name if isinstance(event, UserUttered) else event.action_name
            for event in tracker.events
            if isinstance(event, UserUttered | ActionExecuted)
        ]

    kept = steps(back)[1:]
    assert len(kept) >= 6
    assert steps(whole)[-len(kept) :] == kept
    assert kept[0] == "ask_gift"


@given(slots=st.dictionaries(st.sampled_from(["brief", "shown", "seen", "asked", "refined"]), st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)))  # fmt: skip
def test_any_slot_value_reads_back_as_it_was(domain: Domain, slots: dict[str, Any]) -> None:
    """Nothing the actions set is lost or changed by being stored."""
    tracker = DialogueStateTracker.from_events("1", [SlotSet(k, v) for k, v in slots.items()], domain.slots)

    back = load(dump(tracker, KEPT), "1", domain)

    assert back is not None
    assert {name: back.get_slot(name) for name in slots} == slots


def test_a_slot_the_domain_no_longer_has_is_dropped(domain: Domain) -> None:
    """A marketer's edit must not break the talks under way."""
    stored = json.dumps({"format": 1, "slots": {"gone": 1, "asked": ["recipient"]}, "events": []}).encode()

    back = load(stored, "1", domain)

    assert back is not None
    assert back.get_slot("asked") == ["recipient"]
    assert "gone" not in back.slots


def test_a_stored_form_of_another_version_begins_the_talk_anew(domain: Domain) -> None:
    """Better to ask again than to guess at unknown data."""
    assert load(b'{"format": 99}', "1", domain) is None


async def test_the_store_stages_the_save_and_forgets_the_talk(domain: Domain) -> None:
    """The worker commits the bytes; nothing of a talk stays behind in the process."""
    store = StagedTrackerStore(domain, kept_events=KEPT)
    store.put("1", None)
    talk = _talk(domain, 1)
    await store.save(talk)

    assert store.take("1") == dump(talk, KEPT)
    assert await store.retrieve("1") is None
    assert list(await store.keys()) == []
