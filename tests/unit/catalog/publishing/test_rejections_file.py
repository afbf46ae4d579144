"""A list of refused rows never costs anybody a file."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from bot.cli.rejections import rejections_file
from catalog.feeds.rejection import Rejection

REFUSED = Rejection(2, "price", "free", "not_a_price", "write it like 15.00")


def _ended_by(error: BaseException, target: Path) -> None:
    with rejections_file(target) as write:
        write(REFUSED)
        raise error


@pytest.mark.parametrize("way", ["same path", "link"])
def test_the_feed_itself_is_never_written_over(tmp_path: Path, way: str) -> None:
    """By whatever name it is meant."""
    feed, named = tmp_path / "feed.csv", tmp_path / "named.csv"
    feed.write_text("id,title")
    if way == "link":
        named.symlink_to(feed)
    with (
        pytest.raises(click.ClickException, match="name another"),
        rejections_file(feed if way == "same path" else named, feed),
    ):
        pass
    assert feed.read_text() == "id,title"


def test_the_list_of_before_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    """Ended in the middle, nothing is lost; a failed import has its rows told all the same."""
    target = tmp_path / "refused.csv"
    target.write_text("of before")
    with pytest.raises(KeyboardInterrupt):
        _ended_by(KeyboardInterrupt(), target)
    assert target.read_text() == "of before"
    with pytest.raises(ValueError, match="braked"):
        _ended_by(ValueError("braked"), target)
    assert "not_a_price" in target.read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["refused.csv"]


def test_what_is_no_file_is_written_to_as_it_is() -> None:
    """Such as /dev/null or /dev/stderr: nothing can be renamed to it."""
    with rejections_file(Path("/dev/null")) as write:
        write(REFUSED)
    assert not Path("/dev/null").is_file()
