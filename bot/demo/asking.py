"""How a person reaches a running demo as another department, and with giftbot's own commands. Pure."""

from __future__ import annotations

import json
from pathlib import Path
from shlex import quote

from bot.demo.plan import Plan
from bot.demo.shoppers import DemoShopper
from bot.departments.tokens import file_line
from bot.model import ShopperId

_NOT_FOR_COMMANDS = ("GIFTBOT_OPS_HOST", "GIFTBOT_OPS_PORT")
"""They name one process; a command beside it has none of its own."""


def tokens_file(plan: Plan) -> str:
    """The file of the departments' tokens: digests, as in production."""
    keys = plan.keys
    lines = [
        file_line("care-desk", "care", "sender", keys.care_token),
        file_line("care-lead", "care", "approver", keys.care_lead_token),
        file_line("support-desk", "support", "sender", keys.support_token),
    ]
    return "\n".join(lines) + "\n"


def environment(plan: Plan, tokens: Path) -> str:
    """Lines a shell reads with ``source``, for giftbot's commands on this run and for asking as a department.

    ``tokens`` is the file of tokens. TOKEN and APPROVER are named as in docs/departments.md.
    """
    ours = {name: value for name, value in plan.settings("sending").items() if name not in _NOT_FOR_COMMANDS}
    values = {
        **ours,
        "GIFTBOT_DEPARTMENTS_TOKENS": str(tokens),
        "DEPARTMENTS": plan.departments_url,
        "TOKEN": plan.keys.care_token,
        "APPROVER": plan.keys.care_lead_token,
        "OTHER_TOKEN": plan.keys.support_token,
    }
    return "".join(f"export {name}={quote(value)}\n" for name, value in values.items())


def told(plan: Plan, shopper: DemoShopper, env: Path) -> str:
    """What a person reads at the start."""
    return (
        f"\nOther departments ask at {plan.departments_url}/v1/sends, for instance to write to {shopper.name}\n"
        f"(who must have written first, on the chat page):\n\n{example(plan, shopper.id)}\n\n"
        f"giftbot's commands work on this demo in another shell, after:  source {quote(str(env))}\n"
    )


def example(plan: Plan, shopper_id: ShopperId) -> str:
    """One request as customer care would make it, ready for a shell."""
    sends = [
        {
            "idempotency_key": "order-4711-dispatched",
            "shopper_id": shopper_id,
            "text": "Your order 4711 is on its way.",
            "purpose": "service",
        }
    ]
    return (
        f"curl -s {plan.departments_url}/v1/sends -H 'Authorization: Bearer {plan.keys.care_token}' "
        f"-H 'Content-Type: application/json' -d {quote(json.dumps({'sends': sends}))}"
    )
