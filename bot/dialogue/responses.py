"""Fill in the responses of domain.yml, with the same texts as Rasa's own generator and less work for each."""

from __future__ import annotations

import re
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator

_TAG = re.compile(r"{([^\n{}]+?)}")


class Responses(TemplatedNaturalLanguageGenerator):
    """Rasa's generator, with each response that is one plain text prepared once.

    Variations, conditions, buttons and texts with a value that is missing go Rasa's own way.
    """

    def __init__(self, responses: dict[str, list[dict[str, Any]]]) -> None:
        super().__init__(responses)
        texts = {
            name: said[0]["text"] for name, said in responses.items() if len(said) == 1 and set(said[0]) == {"text"}
        }
        self._prepared = {name: _TAG.sub(r"{0[\1]}", text) for name, text in texts.items() if "0[" not in text}
        """Texts whose tags are in the form of `str.format`, as Rasa puts them each time."""

    def generate_from_slots(
        self, utter_action: str, filled_slots: dict[str, Any], output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The response with its tags filled from slots and keyword arguments; None if there is none of this name."""
        prepared = self._prepared.get(utter_action)
        if prepared is not None:
            try:
                text = prepared.format({**filled_slots, **kwargs})
            except KeyError:
                text = "0["
            if "0[" not in text:
                return {"text": text}
        answer: dict[str, Any] | None = super().generate_from_slots(
            utter_action, filled_slots, output_channel, **kwargs
        )
        return answer
