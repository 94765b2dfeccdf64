"""Reading one file as the product does, in the process that is measured."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from adapters.reading import read_document
from adapters.unreadable import Unreadable

if TYPE_CHECKING:
    from pathlib import Path

    from application.recognition.reading import FieldReading

_MEGABYTE = 1024
"""In the kilobytes of `getrusage`."""


Reader = Callable[["Path", "str | None"], "Read"]
"""From a file and the dossier's own VAT number (or None) to what it says."""


class Read(NamedTuple):
    """What one file gave: its fields, pages, and the seconds it took."""

    fields: dict[str, FieldReading]
    pages: int
    seconds: float


def read(file: Path, own_vat: str | None) -> Read:
    """One file as the product reads it."""
    started = time.perf_counter()
    try:
        document = read_document(file.read_bytes(), None, own_vat)
    except Unreadable:
        return Read({}, 1, time.perf_counter() - started)
    return Read(dict(document.reading.fields), max(1, len(document.pages)), time.perf_counter() - started)


def peak_memory() -> int:
    """The most memory this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MEGABYTE
