"""Let Rasa's modules import where TensorFlow is not installed.

Rasa imports TensorFlow whatever the pipeline says: `rasa.core.agent` reaches it through one chain of imports, for
classes our pipeline never uses (380 MB a process and 2 GB of environment for nothing). `install` puts a finder at the
end of ``sys.meta_path`` that answers for TensorFlow's family with inert modules: any attribute is a class that can be
subclassed, called, indexed and used as a decorator, and does nothing. Being last, it never hides an installed
TensorFlow (the ``tensorflow`` extra). Training a TensorFlow component against it fails with a clear error.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
from typing import Any

FAMILY = frozenset({"tensorflow", "tensorflow_addons", "tensorflow_text", "tensorflow_hub", "keras"})


class _InertMeta(type):
    """Answers every attribute of the inert class with another inert class; as a decorator it changes nothing."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and isinstance(args[0], (types.FunctionType, type)):
            return args[0]
        return super().__call__(*args, **kwargs)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _inert(f"{cls.__name__}.{name}")

    def __getitem__(cls, _: object) -> Any:
        return cls

    def __or__(cls, _: object) -> Any:
        return cls

    __ror__ = __or__


def _call(self: Any, *_: Any, **__: Any) -> Any:
    """Work was asked for: say what is missing."""
    raise RuntimeError(
        "This Rasa component needs TensorFlow, which giftbot leaves out. "
        "Install the extra (pip install 'giftbot[tensorflow]') or take the component out of config.yml."
    )


def _init(self: Any, *_: Any, **__: Any) -> None:
    """Accept whatever the real class would."""


def _inert(name: str) -> Any:
    return _InertMeta(name, (), {"__call__": _call, "__init__": _init, "__module__": "tensorflow", "__version__": "0"})


class _InertModule(types.ModuleType):
    """A module whose every missing attribute is an inert class."""

    __path__ = []  # noqa: RUF012 -- what makes a module a package

    def __getattr__(self, name: str) -> Any:
        if name == "__version__":
            return "0.0.0"
        if name.startswith("__"):
            raise AttributeError(name)
        made = _inert(name)
        setattr(self, name, made)
        return made


class Inert(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads inert modules; who derives from it says which."""

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _InertModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run."""


class _Finder(Inert):
    """Answers for TensorFlow's family, after every real finder has said no."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] in FAMILY:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None


def install() -> bool:
    """Put the stand-in in place where TensorFlow is missing; answers whether it is in place."""
    if any(isinstance(finder, _Finder) for finder in sys.meta_path):
        return True
    if importlib.util.find_spec("tensorflow") is not None:
        return False
    sys.meta_path.append(_Finder())
    return True
