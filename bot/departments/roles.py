"""Who may do what: the one table of roles. Every route of the document stands in it; a test asks each as every role."""

from __future__ import annotations

import enum


class Role(str, enum.Enum):
    """What a token may do, within its own department unless it is an admin's."""

    READER = "reader"
    SENDER = "sender"
    APPROVER = "approver"
    ADMIN = "admin"
    """Sees and cancels every department's messages. Proposes none: nobody both proposes and approves."""


_ALL = frozenset(Role)

MAY: dict[str, frozenset[Role]] = {
    "propose": frozenset({Role.SENDER}),
    "list_sends": _ALL,
    "read_send": _ALL,
    "cancel": frozenset({Role.SENDER, Role.APPROVER, Role.ADMIN}),
    "approve": frozenset({Role.APPROVER, Role.ADMIN}),
    "read_rules": _ALL,
    "read_standing": _ALL,
    "read_consents": frozenset({Role.SENDER, Role.APPROVER, Role.ADMIN}),
    "record_consent": frozenset({Role.SENDER, Role.ADMIN}),
}
"""By operationId of openapi.yml. What needs no token (the document itself) is not here."""
EVERY_DEPARTMENT = frozenset({Role.ADMIN})
"""Who reaches beyond their own department."""
