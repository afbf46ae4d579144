"""Ask or suggest? At most two questions before the first ideas, none twice, none about what was said. Pure."""

from __future__ import annotations

from actions.talk import TalkSoFar

MAX_QUESTIONS = 2

RECIPIENT, INTERESTS_AND_BUDGET, INTERESTS = "recipient", "interests_and_budget", "interests"


def question(talk: TalkSoFar) -> str | None:
    """The question to ask next, or None when it is time for ideas.

    X lets an account write about once a minute, so ideas come as soon as there is something to go by; a budget alone
    is never worth a message, since "cheaper" finds it in one.
    """
    brief = talk.brief
    if talk.shown or len(talk.asked) >= MAX_QUESTIONS or brief.interests:
        return None
    figures = brief.budget_max is not None or brief.budget_min is not None
    has_budget = brief.no_budget or figures or brief.budget_vague is not None
    if brief.recipient is None and brief.recipient_gender is None:
        wanted = RECIPIENT
    else:
        wanted = INTERESTS if has_budget else INTERESTS_AND_BUDGET
    if wanted in talk.asked or (wanted == INTERESTS and INTERESTS_AND_BUDGET in talk.asked):
        return None
    return wanted
