"""An array written piece by piece, so that a feed of any length needs the same memory."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

HEADER_BYTES = 128


class ArrayFile:
    """One ``.npy`` file that grows; it can be read once it is closed."""

    def __init__(self, path: Path, dtype: str) -> None:
        self.path, self.dtype, self.length = path, np.dtype(dtype), 0
        self._file = path.open("wb")
        self._file.write(bytes(HEADER_BYTES))

    def append(self, values: NDArray[np.generic]) -> None:
        """Write further values."""
        self._file.write(np.ascontiguousarray(values, dtype=self.dtype).data)
        self.length += len(values)

    def close(self) -> None:
        """Write the header numpy reads (format 1.0, padded to a fixed length)."""
        says = f"{{'descr': '{self.dtype.str}', 'fortran_order': False, 'shape': ({self.length},), }}".encode()
        body = says.ljust(HEADER_BYTES - 11) + b"\n"
        self._file.seek(0)
        self._file.write(b"\x93NUMPY\x01\x00" + len(body).to_bytes(2, "little") + body)
        self._file.close()

    def __enter__(self) -> ArrayFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
