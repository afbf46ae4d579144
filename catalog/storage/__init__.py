"""Where catalogues, models and interactions are kept: a folder of this machine, or an address fsspec can reach."""

from catalog.storage.storage import Storage

__all__ = ["Storage"]
