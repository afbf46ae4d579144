"""Writes the words of products as they come by; the same index as :meth:`TextIndex.build`, with flat memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.publishing.array_file import ArrayFile
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

    def add(self, texts: Iterable[tuple[str, ...]]) -> None:
        """Add products, each given as the tuple of its text fields."""
        flat, starts = array("i"), array("i")
        number = self._seen
        for fields in texts:
            for text in fields:
                flat.extend(number.setdefault(word, len(number)) for word in _phrase(text))
                flat.append(0)
            starts.append(self._raw.length + len(flat))
        if flat:
            self._raw.append(np.frombuffer(flat, dtype=np.int32))
        if starts:
            self._starts.append(np.frombuffer(starts, dtype=np.int32))

    def finish(self) -> None:
        """Write ``words.txt``, ``text_sequence.npy`` and ``text_order.npy``, and close all."""
        self._raw.close()
        self._starts.close()
        words = sorted(self._seen)
        rank = np.empty(len(words), dtype=np.int32)
        rank[[self._seen[word] for word in words]] = np.arange(len(words), dtype=np.int32)
        raw = np.load(self._raw.path, mmap_mode="r")
        counts = np.zeros(len(words), dtype=np.int64)
        with ArrayFile(self._folder / "text_sequence.npy", "<i4") as sequence:
            for _, piece in _pieces(raw):
                numbered = rank[piece]
                counts += np.bincount(numbered, minlength=len(words))
                sequence.append(numbered)
        self._sort(np.load(self._folder / "text_sequence.npy", mmap_mode="r"), counts)
        (self._folder / "words.txt").write_text("\n".join(words), encoding="utf-8")
        self._raw.path.unlink()

    def _sort(self, sequence: NDArray[np.int32], counts: NDArray[np.int64]) -> None:
        """Write the positions of the sequence sorted by word: a counting sort, one piece at a time."""
        path = self._folder / "text_order.npy"
        if not len(sequence):
            ArrayFile(path, "<i4").close()
            return
        mapped: Any = np.lib.format.open_memmap  # numpy gives it no types
        order = mapped(path, mode="w+", dtype=np.int32, shape=sequence.shape)
        free = np.concatenate([[0], np.cumsum(counts)[:-1]])
        for start, piece in _pieces(sequence):
            by_word = np.argsort(piece, kind="stable")
            held, begins, here = np.unique(piece[by_word], return_index=True, return_counts=True)
            nth = np.arange(len(piece)) - np.repeat(begins, here)
            order[np.repeat(free[held], here) + nth] = by_word + start
            free[held] += here
        order.flush()


def _pieces(values: NDArray[np.int32]) -> Iterator[tuple[int, NDArray[np.int32]]]:
    return ((start, np.asarray(values[start : start + _PIECE])) for start in range(0, len(values), _PIECE))


@lru_cache(maxsize=4_000)
def _phrase(text: str) -> tuple[str, ...]:
    """Cut a text; types and brands come again and again."""
    return phrase(text)
