"""Secrets as container engines hand them over: a file each."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings


@pytest.mark.parametrize(
    ("written", "read"),
    [("secret-of-24-characters.\n", "secret-of-24-characters."), ("secret-of-24-characters.\r\n",
      "secret-of-24-characters."), ("secret-of-24-characters.", "secret-of-24-characters."),
     (" secret of spaces and lines \n\n", " secret of spaces and lines \n")],
)  # fmt: skip
def test_the_line_end_of_a_file_is_not_part_of_the_secret(
    written: str, read: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With it X's signatures would all be wrong, and nobody would see why."""
    file = tmp_path / "consumer_secret"
    file.write_bytes(written.encode())
    monkeypatch.setenv("GIFTBOT_X_ACCOUNT_ID", "1")
    monkeypatch.delenv("GIFTBOT_X_CONSUMER_SECRET", raising=False)
    monkeypatch.setenv("GIFTBOT_X_CONSUMER_SECRET_FILE", str(file))
    assert settings.load().x.consumer_secret == read


def test_a_number_may_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its kind."""
    file = tmp_path / "port"
    file.write_text("9100\n")
    monkeypatch.delenv("GIFTBOT_OPS_PORT", raising=False)
    monkeypatch.setenv("GIFTBOT_OPS_PORT_FILE", str(file))
    assert settings.ops().port == 9100
