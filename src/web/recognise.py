"""`daybook recognise FILE…`: what recognition reads in each file, one JSON line a file.

Each file is opened in a worker process with limits: a hostile file gives a line with `error`, and the next one is read.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from adapters.inspection.pool import Workshop
from application.ports import TaskFailed
from domain.kernel import Refused
from domain.vat_number import parse_vat_number

if TYPE_CHECKING:
    from typing import TextIO

    from application.recognition.reading import FieldReading, Reading

LARGEST = 100_000_000
"""Bytes; a larger file is not read."""


def run(files: list[str], own_vat: str | None, out: TextIO) -> int:
    """Write the lines; the exit status is 1 when a file could not be read, 2 when `own_vat` is no VAT number."""
    if own_vat is not None and parse_vat_number(own_vat) is None:
        out.write(json.dumps({"error": f"{own_vat} is geen geldig btw-nummer."}, ensure_ascii=False) + "\n")
        return 2
    failed = False
    with Workshop(size=1, modules=("adapters.reading",)) as workshop:
        workshop.run("adapters.reading:ready", b"")  # the clock of the first file must not count the start of the worker
        for file in files:
            line = _line(workshop, file, own_vat)
            failed = failed or "error" in line
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            out.flush()
    return int(failed)


def _line(workshop: Workshop, file: str, own_vat: str | None) -> dict[str, Any]:
    started = time.perf_counter()
    try:
        reading: Reading = workshop.run("adapters.reading:read_fields", content(Path(file)), own_vat=own_vat)
    except (OSError, Refused) as error:
        return {"file": file, "error": str(error), "seconds": _since(started)}
    except TaskFailed:
        return {"file": file, "error": "Het bestand kan niet gelezen worden.", "seconds": _since(started)}
    fields = {name: _field(field) for name, field in reading.fields.items()}
    return {"file": file, "kind": str(reading.kind), "fields": fields, "seconds": _since(started)}


def content(path: Path) -> bytes:
    """The bytes of a file that is not too large to be one of ours."""
    if path.stat().st_size > LARGEST:
        raise Refused("Het bestand is groter dan {limit} MB.", limit=LARGEST // 1_000_000)
    return path.read_bytes()


def _field(field: FieldReading) -> dict[str, Any]:
    """All five keys, also where there is no place on a page."""
    return {
        "value": field.value,
        "confidence": field.confidence,
        "page": field.page,
        "box": msgspec.to_builtins(field.box),
        "source": field.source,
    }


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 4)
