"""What a shop calls a photo is opened within limits, or refused; nothing else is ever raised."""

from __future__ import annotations

import contextlib
import io
import struct
import subprocess
import sys
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.pictures.photo import MOST_UNPACKED, NoPhoto, open_photo


def _file(kind: str, image: Image.Image, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_shops_use_is_opened_small(kind: str) -> None:
    """At most the side asked for, in its proportions."""
    photo = open_photo(_file(kind, Image.new("RGB", (1200, 600), "red")), 300)
    assert (photo.size, photo.mode) == ((300, 150), "RGB")


def test_a_photo_taken_sideways_stands_upright() -> None:
    """Telephones write the turn beside the pixels."""
    exif = Image.Exif()
    exif[0x0112] = 6
    assert open_photo(_file("JPEG", Image.new("RGB", (200, 100)), exif=exif), 500).size == (100, 200)


def test_what_is_see_through_is_white() -> None:
    """Not black: cut-out products would vanish."""
    photo = open_photo(_file("PNG", Image.new("RGBA", (50, 50), (255, 0, 0, 0))), 50)
    assert photo.getpixel((25, 25)) == (255, 255, 255)


def test_other_formats_are_refused() -> None:
    """Pillow would open them."""
    for kind in ("BMP", "TIFF", "PPM", "ICO"):
        with pytest.raises(NoPhoto):
            open_photo(_file(kind, Image.new("RGB", (64, 64))), 50)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """60,000 by 60,000 pixels in a few hundred bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )
    with pytest.raises(NoPhoto):
        open_photo(bomb, 50)


def test_only_a_plain_jpeg_may_be_as_large_as_a_camera_makes_it() -> None:
    """A JPEG is read at the size it is needed; all else is unpacked whole, and 40 million pixels are 500 MiB."""
    large = Image.new("L", (6320, 6320))
    assert max(open_photo(_file("JPEG", large), 50).size) == 50
    for file in (_file("PNG", large), _file("GIF", large), _file("JPEG", large, progressive=True)):
        with pytest.raises(NoPhoto):
            open_photo(file, 50)


def test_a_jpeg_that_cannot_be_read_small_is_refused() -> None:
    """A strip: its short side leaves nothing to leave out."""
    with pytest.raises(NoPhoto):
        open_photo(_file("JPEG", Image.new("L", (65_000, 610))), 512)


def test_the_largest_that_is_opened_costs_less_than_a_sender_has() -> None:
    """A sender's pod has 384 MiB, of which it uses a hundred itself."""
    side = int(MOST_UNPACKED**0.5)
    file = _file("PNG", Image.new("RGBA", (side, side), (1, 2, 3, 4)))
    said = subprocess.run([sys.executable, "-c", _PEAK], input=file, capture_output=True, check=True, timeout=60)
    before, after = (int(number) for number in said.stdout.split())
    assert after - before < 120 * 1024, (before, after)


_PEAK = """
import re, sys
from pathlib import Path
from bot.pictures.photo import open_photo
data = sys.stdin.buffer.read()
peak = lambda: int(re.search(r"VmHWM:\\s+([0-9]+)", Path("/proc/self/status").read_text())[1])
before = peak()
open_photo(data, 512)
print(before, peak())
"""

GOOD = [_file(kind, Image.effect_noise((80, 60), 50).convert("RGB")) for kind in ("JPEG", "PNG", "WEBP", "GIF")]


@given(st.sampled_from(GOOD), st.data())
@settings(max_examples=150, deadline=None)
def test_a_spoilt_file_raises_nothing_else(good: bytes, data: st.DataObject) -> None:
    """Cut short, or with bytes changed."""
    spoilt = bytearray(good[: data.draw(st.integers(0, len(good)))])
    for _ in range(data.draw(st.integers(0, 8))):
        if spoilt:
            spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(NoPhoto):
        assert max(open_photo(bytes(spoilt), 40).size) <= 40


@given(st.binary(max_size=300))
def test_any_bytes_raise_nothing_else(junk: bytes) -> None:
    """A login page, half a header, nothing."""
    with pytest.raises(NoPhoto):
        open_photo(junk, 40)
