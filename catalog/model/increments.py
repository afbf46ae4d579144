"""Changes of an inverse that are exact and cheap: one outer product more or less at a time (Sherman and Morrison).

The inverse itself (hundreds of megabytes, mapped from a file and shared by all processes) stays as it is; changes are
kept beside it as vectors: P now = P - sum of share x vector vectorᵀ.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.model.gram import Square

Vector = NDArray[np.float64]
At = NDArray[np.int64]
_ROOM = 256
"""Changes there is room for at first: memory is taken as they come, nothing is copied until it is full."""


@dataclass(frozen=True)
class Inverse:
    """The inverse of a sum of outer products, and how it changed since it was computed."""

    base: Square
    """n x n, symmetric; only read."""
    diagonal: Vector
    """Of the inverse as it is now."""
    vectors: NDArray[np.float64]
    """Room for changes; the first ``used`` rows are this one's. Shared with those it came from, which use fewer."""
    shares: Vector
    used: int = 0

    @classmethod
    def of(cls, base: Square, diagonal: Vector | None = None) -> Inverse:
        """Begin with no changes; a diagonal that is known saves reading all of ``base``, which may lie in a file."""
        return cls(
            base, np.diagonal(base).copy() if diagonal is None else diagonal, np.empty((0, len(base))), np.empty(0)
        )

    @property
    def size(self) -> int:
        """Side of the matrix."""
        return len(self.base)

    def times(self, at: At, values: Vector) -> Vector:
        """Inverse x a vector that is zero except at ``at``."""
        found = np.asarray(values @ self.base[at])
        if self.used:
            changes = self.vectors[: self.used]
            found -= (self.shares[: self.used] * (changes[:, at] @ values)) @ changes
        return found

    def times_at(self, at: At, values: Vector) -> Vector:
        """Return only the entries ``at`` of :meth:`times`: a few numbers, without reading whole rows."""
        found = np.asarray(values @ self.base[np.ix_(at, at)])
        if self.used:
            changes = self.vectors[: self.used][:, at]
            found -= (self.shares[: self.used] * (changes @ values)) @ changes
        return found

    def entries(self, at: At, other: int) -> Vector:
        """Entries of column ``other`` in rows ``at``."""
        found = np.array(self.base[other][at])  # symmetric: a row lies together, a column does not
        if self.used:
            changes = self.vectors[: self.used]
            found -= (self.shares[: self.used] * changes[:, other]) @ changes[:, at]
        return np.asarray(found)

    def exchanged(self, old: tuple[At, Vector], new: tuple[At, Vector]) -> Inverse:
        """Return the inverse after y yᵀ left the sum and z zᵀ came; ``old`` is y, ``new`` is z, each as at and values.

        Exact for any z, and for any y that is part of the sum. Reads the rows of y and of what differs in z only.
        """
        at = np.union1d(old[0], new[0])
        y, z = _spread(old, at), _spread(new, at)
        differs = z != y
        if not differs.any():
            return self
        of_old = self.times(*old)
        of_new = of_old + self.times(at[differs], (z - y)[differs])
        added = self._with(of_new, at, z, 1.0) if len(new[0]) else self
        if not len(old[0]):
            return added
        if added is not self:
            of_old -= added.shares[self.used] * float(of_new[at] @ y) * of_new
        return added._with(of_old, at, y, -1.0)

    def _with(self, vector: Vector, at: At, values: Vector, sign: float) -> Inverse:
        """Return the inverse after ``sign`` x y yᵀ was added to the sum; ``vector`` is the inverse x y."""
        share = sign / (1.0 + sign * float(values @ vector[at]))
        vectors, shares = self.vectors, self.shares
        if self.used == len(vectors) or shares[self.used] != 0.0:  # full, or the room after us belongs to another
            room = max(2 * self.used, _ROOM)
            vectors, shares = np.empty((room, self.size)), np.zeros(room)
            vectors[: self.used], shares[: self.used] = self.vectors[: self.used], self.shares[: self.used]
        vectors[self.used], shares[self.used] = vector, share
        return Inverse(self.base, self.diagonal - share * vector**2, vectors, shares, self.used + 1)

    def folded(self) -> Inverse:
        """Work the changes into a matrix of its own: as much memory again, and then as fast as at first."""
        if not self.used:
            return self
        base, changes = np.array(self.base), self.vectors[: self.used]
        for start in range(0, len(base), 512):
            rows = slice(start, start + 512)
            base[rows] -= (changes[:, rows].T * self.shares[: self.used]) @ changes
        return Inverse.of(base)


def _spread(sparse: tuple[At, Vector], at: At) -> Vector:
    """Values of a sparse vector at sorted positions that hold all of its own."""
    found = np.zeros(len(at))
    found[np.searchsorted(at, sparse[0])] = sparse[1]
    return found
