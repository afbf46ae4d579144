"""Every reason the governor gives, in the order it looks at them; docs/governance.md is held true by a test."""

from __future__ import annotations

from bot.governance.verdict import May

GO, WAIT, NEVER = May.GO, May.WAIT, May.NEVER

REASONS: dict[str, tuple[frozenset[May], str]] = {
    "never_wrote": (frozenset({NEVER}), "They never wrote to us; X forbids writing first."),
    "opted_out": (frozenset({NEVER}), "They told us to stop, or the message answers something from before they did."),
    "recipient_closed": (frozenset({NEVER}), "X said they blocked us or take no messages; until they write again."),
    "not_an_answer": (frozenset({NEVER}), "Only giftbot itself answers; a department's message is service or another."),
    "expired": (frozenset({NEVER}), "Its time is over: its own end, or the age at which its purpose is dropped."),
    "campaign_over": (frozenset({NEVER}), "The campaign has ended."),
    "not_recently_wrote": (frozenset({NEVER}), "They wrote too long ago for this purpose, or nobody knows when."),
    "newer_answer": (frozenset({NEVER}), "An old answer, and a newer one to the same shopper waits too."),
    "department_unknown": (frozenset({NEVER}), "No rule lets this department send."),
    "department_purpose": (frozenset({NEVER}), "The department's rule does not have this purpose."),
    "campaign_missing": (frozenset({NEVER}), "Marketing must name its campaign."),
    "campaign_unknown": (frozenset({NEVER}), "No rule names this campaign."),
    "campaign_department": (frozenset({NEVER}), "The campaign is not this department's."),
    "no_consent": (frozenset({NEVER}), "They were never asked for this purpose, or took their yes back."),
    "same_text": (frozenset({NEVER}), "They got these words before, within the rule's time."),
    "not_approved": (frozenset({WAIT, NEVER}), "Waits for an approver until its own end."),
    "campaign_not_begun": (frozenset({WAIT, NEVER}), "The campaign begins later."),
    "in_a_talk": (frozenset({WAIT, NEVER}), "They are writing with us; nobody is interrupted."),
    "gap": (frozenset({WAIT, NEVER}), "Too soon after another message."),
    "cap": (frozenset({WAIT, NEVER}), "They got as many messages as the rule allows."),
    "quiet_hours": (frozenset({WAIT, NEVER}), "It is night where they are."),
    "department_budget": (frozenset({WAIT, NEVER}), "The department has sent as many as its rule allows."),
    "campaign_budget": (frozenset({WAIT, NEVER}), "The campaign has sent as many as its rule allows."),
    "bulk": (frozenset({NEVER}), "These words went to as many people as the rule allows; X forbids bulk messages."),
    "not_yet": (frozenset({WAIT}), "Whoever made it wants it later, and nothing will stand against it then."),
    "allowed": (frozenset({GO}), "Nothing speaks against it."),
}
"""What each code may be, and its meaning. A NEVER with a reason of waiting: its own end comes before the wait's."""
