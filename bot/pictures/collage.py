"""Draws the ideas of one answer side by side, numbered as in the text; and tells the same in words. Pure."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont

SIDE = 512
"""Pixels of a photo's place: three of them fill X's preview on a telephone."""
STRIP = 96
"""Below it: the price."""
BADGE = 88
GAP = 12
MOST_BYTES = 5_000_000
"""X's limit for a picture in a direct message."""
MOST_ALT = 1000
"""X's limit for the words that stand for a picture."""
_INK, _PAPER, _QUIET = "#1a1a1a", "#ffffff", "#eef0f2"


@dataclass(frozen=True, slots=True)
class Tile:
    """One idea: its number in the text, and its photo where the shop has one (RGB, at most SIDE each way)."""

    number: int
    title: str
    price: str
    photo: Image.Image | None = None


def draw(tiles: Sequence[Tile]) -> bytes:
    """The picture as JPEG, within MOST_BYTES. The same tiles give the same bytes."""
    width = len(tiles) * (SIDE + GAP) + GAP
    sheet = Image.new("RGB", (width, SIDE + STRIP + 2 * GAP), _PAPER)
    for place, tile in enumerate(tiles):
        _draw_tile(sheet, tile, GAP + place * (SIDE + GAP))
    for quality in (85, 70, 50):
        out = io.BytesIO()
        sheet.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()


def alt_text(tiles: Sequence[Tile]) -> str:
    """What the picture shows, in words, for who cannot see it; within MOST_ALT."""
    room = MOST_ALT // max(1, len(tiles)) - 2
    return "\n".join(_within(f"{tile.number}. {tile.title}, {tile.price}", room) for tile in tiles)


def _within(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def _draw_tile(sheet: Image.Image, tile: Tile, left: int) -> None:
    pen = ImageDraw.Draw(sheet)
    box = (left, GAP, left + SIDE, GAP + SIDE)
    if tile.photo is None:
        pen.rectangle(box, fill=_QUIET)
        _title(pen, tile.title, box)
    else:
        photo = tile.photo
        sheet.paste(photo, (left + (SIDE - photo.width) // 2, GAP + (SIDE - photo.height) // 2))
    pen.ellipse((left + 8, GAP + 8, left + 8 + BADGE, GAP + 8 + BADGE), fill=_INK)
    pen.text((left + 8 + BADGE / 2, GAP + 8 + BADGE / 2), str(tile.number), fill=_PAPER, font=_font(56), anchor="mm")
    pen.text((left + SIDE / 2, GAP + SIDE + STRIP / 2), tile.price, fill=_INK, font=_font(52), anchor="mm")


def _title(pen: ImageDraw.ImageDraw, title: str, box: tuple[int, int, int, int]) -> None:
    """Where there is no photo: the name, in lines that fit."""
    font, lines, line = _font(40), [], ""
    for word in title.split():
        longer = f"{line} {word}".strip()
        if font.getlength(longer) <= SIDE - 48 or not line:
            line = longer
        else:
            lines.append(line)
            line = word
    middle = (box[0] + SIDE / 2, box[1] + SIDE / 2)
    text = "\n".join([*lines, line][:6])
    pen.multiline_text(middle, text, fill=_INK, font=font, anchor="mm", align="center", spacing=8)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = files("bot.pictures") / "font" / "DejaVuSans-Bold-subset.ttf"
    return ImageFont.truetype(io.BytesIO(font.read_bytes()), size)
