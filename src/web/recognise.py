"""`daybook recognise FILE…`: what recognition reads in each file, one JSON line a file.

Each file is opened in a worker process with limits: a hostile file gives a line with `error`, and the next one is read.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from adapters.inspection.pool import TaskInterrupted
from application.ports import TaskFailed, WorkshopUnfit
from application.recognition.calibration import is_sure
from application.recognition.items import sums_of
from application.recognition.reading import Kind
from domain.kernel import Refused
from domain.vat_number import parse_vat_number
from web.settings import Settings
from web.workshops import scan_workshop, text_workshop

if TYPE_CHECKING:
    from typing import TextIO

    from adapters.inspection.pool import Workshop
    from application.recognition.reading import FieldReading, ReadDocument

AT_HAND = 3600.0
"""Seconds for which the worker for scans is kept: until the last file."""
LARGEST = 100_000_000
"""Bytes; a larger file is not read."""


def run(files: list[str], own_vat: str | None, out: TextIO, settings: Settings | None = None, *, items: bool = False) -> int:
    """Write the lines, with `items` each with those of its invoice.

    The exit status is 1 when a file could not be read, 2 when `own_vat` is no VAT number.
    """
    if own_vat is not None and parse_vat_number(own_vat) is None:
        out.write(json.dumps({"error": f"{own_vat} is geen geldig btw-nummer."}, ensure_ascii=False) + "\n")
        return 2
    failed = False
    with text_workshop(1) as workshop, scan_workshop(settings or Settings(), 1, AT_HAND) as scans:
        workshop.run("adapters.reading:ready", b"")  # the clock of the first file must not count the start of the worker
        for file in files:
            line = _line(workshop, scans, file, own_vat, items=items)
            failed = failed or "error" in line
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            out.flush()
    return int(failed)


def _line(workshop: Workshop, scans: Workshop, file: str, own_vat: str | None, *, items: bool) -> dict[str, Any]:
    started = time.perf_counter()
    try:
        data = content(Path(file))
        read: ReadDocument | None = workshop.run("adapters.reading:read_print", data, own_vat=own_vat)
        if read is None:
            waited = time.perf_counter()
            scans.run("adapters.reading:ready", b"")
            started += time.perf_counter() - waited  # the first scan must not count the start of its worker
            read = scans.run("adapters.reading:read_document", data, own_vat=own_vat)
        told = _told(file, read) | ({"lines": _items(workshop, data, read)} if items else {})
    except (OSError, Refused) as error:
        return {"file": file, "error": str(error), "seconds": _since(started)}
    except TaskFailed:
        return {"file": file, "error": "Het bestand kan niet gelezen worden.", "seconds": _since(started)}
    except WorkshopUnfit as unfit:
        return {"file": file, "error": str(unfit), "seconds": _since(started)}
    except TaskInterrupted as interrupted:
        return {"file": file, "error": f"De OCR kan niet beginnen: {str(interrupted).splitlines()[-1]}", "seconds": _since(started)}
    return told | {"seconds": _since(started)}


def _told(file: str, read: ReadDocument) -> dict[str, Any]:
    """`ocr` is the engine, where one read; `unread` are pages that were too many for it, `failed` those it broke down on."""
    told: dict[str, Any] = {"file": file, "kind": str(read.reading.kind)}
    if read.ocr:
        told["ocr"] = read.ocr
    if read.unread:
        told["unread"] = read.unread
    if read.failed:
        told["failed"] = read.failed
    return told | {"fields": {name: _field(field) for name, field in read.reading.fields.items()}}


def _items(workshop: Workshop, data: bytes, read: ReadDocument) -> list[dict[str, Any]]:
    """The lines of the invoice: of an electronic one as it says them, on paper those that add up to its totals; else none."""
    found = read.reading.lines
    match read.reading.kind:
        case Kind.TEXT_PDF if not read.ocr:
            found = workshop.run("adapters.item_tables:lines_of_pdf", data, sums=sums_of(read.reading)).lines
        case Kind.SCAN | Kind.TEXT_PDF:
            words = msgspec.json.encode(read.pages)
            found = workshop.run("adapters.item_tables:lines_of_words", words, sums=sums_of(read.reading)).lines
    return [msgspec.to_builtins(line) for line in found]


def content(path: Path) -> bytes:
    """The bytes of a file that is not too large to be one of ours."""
    if path.stat().st_size > LARGEST:
        raise Refused("Het bestand is groter dan {limit} MB.", limit=LARGEST // 1_000_000)
    return path.read_bytes()


def _field(field: FieldReading) -> dict[str, Any]:
    """All six keys, also where there is no place on a page."""
    return {
        "value": field.value,
        "confidence": field.confidence,
        "sure": is_sure(field.confidence),
        "page": field.page,
        "box": msgspec.to_builtins(field.box),
        "source": field.source,
    }


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 4)
