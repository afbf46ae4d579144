"""Decide what to say next: a Brief in, Suggestions and questions out. Runs in the rasa_sdk server; writes nothing.

talk        what is known in a talk (the slots, typed) and how a message changes it
next_move   ask or suggest? pure
search      the talk as the catalogue understands it
refusals    which kind of thing "not the first one" rules out
offers      what was shown as it stands now: taken, asked about, compared, explained, or gone
known       what a talk has kept of its shopper
unsure      one short question where a message may mean two things
besides     what a message wants besides its main wish
wording     what to say, as names of responses in domain.yml with their values
turn        one turn as an action sees it, and the base of every action
showing     ask or show: what every action ends in that looks for ideas
moves       the Action classes rasa_sdk finds: thin
server      the action server, and the same executor for in-process use

rasa_sdk builds actions without arguments; `configure` is the one place where a process hands them what they need.
"""

from __future__ import annotations

from actions.desk import Desk, configure

__all__ = ["Desk", "configure"]
