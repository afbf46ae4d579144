"""The one settings object, read from the environment, frozen, printed without secrets.

Every variable begins with ``GIFTBOT_``; section and name follow (``GIFTBOT_X_ACCOUNT_ID`` is
``settings.x.account_id``). ``docs/settings.md`` is held true by a test. Nothing else reads the environment.

sections  what can be set, with its sentence
reading   how it is read and checked
"""

from bot.settings.reading import PREFIX, catalog, describe, inherited, load, ops
from bot.settings.sections import (
    ActionsSettings,
    CatalogSettings,
    DepartmentsSettings,
    DialogueSettings,
    GapsSettings,
    IntakeSettings,
    OpsSettings,
    PrivacySettings,
    SandboxSettings,
    SendingSettings,
    Settings,
    StoreSettings,
    XSettings,
)

__all__ = [
    "PREFIX",
    "ActionsSettings",
    "CatalogSettings",
    "DepartmentsSettings",
    "DialogueSettings",
    "GapsSettings",
    "IntakeSettings",
    "OpsSettings",
    "PrivacySettings",
    "SandboxSettings",
    "SendingSettings",
    "Settings",
    "StoreSettings",
    "XSettings",
    "catalog",
    "describe",
    "inherited",
    "load",
    "ops",
]
