"""A product's photo as the shop's server sent it: opened within limits, or refused."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
"""What shops use; Pillow reads sixty formats, and each of the others is only a way in."""
MOST_PIXELS = 40_000_000
"""A photo of 8,000 by 5,000; more is a bomb or a mistake."""
MOST_UNPACKED = 6_000_000
"""Pixels held in memory at once, four bytes each, several times over. A plain JPEG is read at the size it is needed,
so it may be as large as a camera makes it; whatever else would have to be unpacked whole."""
MOST_BYTES = 10 << 20


class NoPhoto(ValueError):
    """This is no photo that can be shown; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def open_photo(data: bytes, side: int) -> Image.Image:
    """The photo as RGB, upright, at most ``side`` pixels wide and high; see-through parts become white.

    Raises:
        NoPhoto: not one of FORMATS, too many pixels, or broken.
    """
    if len(data) > MOST_BYTES:
        raise NoPhoto("too_many_bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                _check_size(image, MOST_PIXELS)
                if "progressive" not in image.info:  # of such a one all is kept until the last is read, at any size
                    image.draft("RGB", (side, side))  # any other JPEG is read at the size it is needed
                _check_size(image, MOST_UNPACKED)
                image.thumbnail((side, side))
                return _on_white(ImageOps.exif_transpose(image))
    except NoPhoto:
        raise
    # what Pillow's readers raise over a broken file is not bounded: SyntaxError, struct.error, EOFError and others
    except (UnidentifiedImageError, Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise NoPhoto(type(error).__name__) from error
    except Exception as error:
        raise NoPhoto(f"broken.{type(error).__name__}") from error


def _check_size(image: Image.Image, most: int) -> None:
    if image.width * image.height > most or min(image.size) < 2:
        raise NoPhoto("too_many_pixels_or_none")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        seen = image.convert("RGBA")
        white = Image.new("RGB", seen.size, "white")
        white.paste(seen, mask=seen.getchannel("A"))
        return white
    return image.convert("RGB")
