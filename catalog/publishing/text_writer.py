"""Writes the words of products as they come by; the same index as :meth:`TextIndex.build`, with flat memory."""

from __future__ import annotations

import mmap
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.publishing.array_file import HEADER_BYTES, ArrayFile
from catalog.words.stems import phrase

_GAP = ""
_PIECE = 1_000_000


class TextWriter:
    """Collects word sequences; :meth:`finish` numbers the words in their order and sorts where each stands."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[str, int] = {_GAP: 0}
        self._raw = ArrayFile(folder / "text_raw.npy", "<i4")
        self._starts = ArrayFile(folder / "text_starts.npy", "<i4")
        self._starts.append(np.zeros(1, dtype=np.int32))
        self._owner = ArrayFile(folder / "text_owner.npy", "<i4")
        self._field = ArrayFile(folder / "text_field.npy", "|u1")

    def add(self, texts: Iterable[tuple[str, ...]]) -> None:
        """Add products, each given as the tuple of its text fields."""
        flat, starts, which = array("i"), array("i"), bytearray()
        number, first = self._seen, self._starts.length - 1
        for fields in texts:
            for field, text in enumerate(fields):
                words = _phrase(text)
                flat.extend(number.setdefault(word, len(number)) for word in words)
                flat.append(0)
                which += bytes((min(field, 255),)) * (len(words) + 1)
            starts.append(self._raw.length + len(flat))
        if not starts:
            return
        ends = np.frombuffer(starts, dtype=np.int32)
        lengths = np.diff(ends, prepend=np.int32(self._raw.length))
        self._owner.append(np.repeat(np.arange(first, first + len(ends), dtype=np.int32), lengths))
        self._field.append(np.frombuffer(which, dtype=np.uint8))
        self._starts.append(ends)
        if flat:
            self._raw.append(np.frombuffer(flat, dtype=np.int32))

    def finish(self) -> None:
        """Number the words, write where each stands, and close all."""
        for file in (self._raw, self._starts, self._owner, self._field):
            file.close()
        words = sorted(self._seen)
        rank = np.empty(len(words), dtype=np.int32)
        rank[[self._seen[word] for word in words]] = np.arange(len(words), dtype=np.int32)
        counts = np.zeros(len(words), dtype=np.int64)
        with ArrayFile(self._folder / "text_sequence.npy", "<i4") as sequence:
            for _, piece in _pieces(self._raw):
                numbered = rank[piece]
                counts += np.bincount(numbered, minlength=len(words))
                sequence.append(numbered)
        self._sort(sequence, counts)
        np.save(self._folder / "text_bounds.npy", np.concatenate([[0], np.cumsum(counts)]).astype(np.int64))
        (self._folder / "words.txt").write_text("\n".join(words), encoding="utf-8")
        self._raw.path.unlink()

    def _sort(self, sequence: ArrayFile, counts: NDArray[np.int64]) -> None:
        """Write the positions of the sequence sorted by word: a counting sort, one piece at a time."""
        path = self._folder / "text_order.npy"
        if not sequence.length:
            ArrayFile(path, "<i4").close()
            return
        mapped: Any = np.lib.format.open_memmap  # numpy gives it no types
        order = mapped(path, mode="w+", dtype=np.int32, shape=(sequence.length,))
        free = np.concatenate([[0], np.cumsum(counts)[:-1]])
        for start, piece in _pieces(sequence):
            by_word = np.argsort(piece, kind="stable")
            held, begins, here = np.unique(piece[by_word], return_index=True, return_counts=True)
            nth = np.arange(len(piece)) - np.repeat(begins, here)
            order[np.repeat(free[held], here) + nth] = by_word + start
            free[held] += here
            order._mmap.madvise(mmap.MADV_DONTNEED)  # written pages stay in the file, not in this process
        order.flush()


def _pieces(file: ArrayFile) -> Iterator[tuple[int, NDArray[np.int32]]]:
    """Read an array back, a million numbers at a time: mapping it whole would count as this process's memory."""
    with file.path.open("rb") as source:
        source.seek(HEADER_BYTES)
        for start in range(0, file.length, _PIECE):
            yield start, np.fromfile(source, dtype=file.dtype, count=_PIECE)


@lru_cache(maxsize=4_000)
def _phrase(text: str) -> tuple[str, ...]:
    """Cut a text; types and brands come again and again."""
    return phrase(text)
