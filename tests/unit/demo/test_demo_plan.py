"""One run's ports, secrets and settings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot import settings
from bot.demo.plan import ROLES, TAKEOVER_H, make_plan, redis_conf


@pytest.mark.parametrize("role", ROLES)
def test_every_role_starts_from_settings_that_load(role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt variable would silently leave a role on its production default."""
    plan = make_plan(Path("/srv/giftbot"))
    for name in [name for name in os.environ if name.startswith("GIFTBOT_")]:
        monkeypatch.delenv(name)
    values = plan.settings(role)
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    loaded = settings.load()
    known = {variable for variable, _, _ in settings.describe(loaded)}
    assert set(values) <= known
    assert loaded.ops.port == plan.ports.ops[role]
    assert loaded.dialogue.takeover_h == TAKEOVER_H
    assert loaded.x.api_base_url == loaded.sandbox.webhook_url.replace(
        f":{loaded.intake.port}{loaded.intake.path}", f":{loaded.sandbox.port}"
    )


def test_no_two_starts_share_a_secret_and_no_two_parts_a_port() -> None:
    """A secret that outlived its run could be replayed against the next one."""
    one, two = make_plan(Path()), make_plan(Path())
    secrets = [value for plan in (one, two) for value in _values(plan.keys)]
    assert len(set(secrets)) == len(secrets)
    own = [getattr(one.ports, name) for name in ("redis", "sandbox", "intake", "actions", "departments")]
    assert len({*own, *one.ports.ops.values()}) == 5 + len(ROLES)


def test_secrets_stay_out_of_what_is_printed() -> None:
    """A traceback or a log line shows reprs."""
    plan = make_plan(Path())
    assert not [value for value in _values(plan.keys) if value in repr(plan)]


def test_redis_writes_every_message_down_before_it_says_so() -> None:
    """X never sends again what was answered 200."""
    conf = redis_conf(make_plan(Path()), Path("/data/with space"))
    assert {"appendonly yes", "appendfsync always", "bind 127.0.0.1", 'dir "/data/with space"'} <= set(
        conf.splitlines()
    )


def test_a_real_account_never_reaches_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who runs giftbot in production tries the demo in the same shell."""
    monkeypatch.setenv("GIFTBOT_X_OAUTH2_TOKEN", "real")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    inherited = settings.inherited()
    assert "GIFTBOT_X_OAUTH2_TOKEN" not in inherited
    assert inherited["LC_ALL"] == "C.UTF-8"


def _values(keys: object) -> list[str]:
    return [getattr(keys, name) for name in keys.__slots__]  # type: ignore[attr-defined]
