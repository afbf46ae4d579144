"""How much of a feed is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings of one feed; counted while reading, never taken from what an archive says of itself."""

    file_bytes: int = 512 * MIB
    """Of the file as it came."""
    unpacked_bytes: int = 2048 * MIB
    ratio: int = 50
    """Most bytes unpacked per byte packed, asked beyond ``ratio_from`` bytes."""
    ratio_from: int = 64 * MIB
    rows: int = 1_000_000
    columns: int = 200
    line_bytes: int = 1_000_000
    """Of one line, one JSON object, or one tag, comment or attribute of XML."""
    value_characters: int = 131_072
    memory_bytes: int = 256 * MIB
    """All the memory the reading process may address."""
    seconds: float = 20.0
    """Processor time a feed of few rows may take; it grows by ``seconds_a_row``."""
    seconds_a_row: float = 0.001
    silence: float = 60.0
    """Seconds the reading process may take for its next word."""
    hopeless_rows: int = 10_000
    """Where not one of so many first rows can be taken, the rest is not looked at."""
