"""Every event the system has ever recorded, by the name it is stored under.

Classes are found by importing the aggregates; a test compares this catalogue with the stored samples, one per name and version.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import domain
from domain.kernel import Event


def _all_events() -> dict[str, type[Event]]:
    for module in pkgutil.iter_modules(domain.__path__, "domain."):
        importlib.import_module(module.name)
    found: dict[str, type[Event]] = {}
    for kind in _kinds(Event):
        if not kind.__module__.startswith("domain.") or "name" not in vars(kind):
            continue
        if kind.name in found:
            raise TypeError(f"two events are stored as {kind.name}")
        found[kind.name] = kind
    return found


def _kinds(of: type[Event]) -> Iterator[type[Event]]:
    for kind in of.__subclasses__():
        yield kind
        yield from _kinds(kind)


EVENTS: dict[str, type[Event]] = _all_events()
