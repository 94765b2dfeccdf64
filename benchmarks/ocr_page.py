"""What reading a scanned page costs, as a ratio to its engine alone (`recognise/ocr-page`).

Ours is all of it, from the bytes of a scanner's JPEG to the fields: unpacking, straightening, white paper, words with boxes, recognition.
The floor is the same engine called by itself, with the same settings, on the unpacked picture. In turns, in one warm process.
"""

from __future__ import annotations

import io
import time
from datetime import date
from typing import TYPE_CHECKING

import cv2
import numpy as np
from _measure import figure
from PIL import Image

from adapters.demo.generator import demo_invoices
from adapters.demo.paper import render_scan
from adapters.demo.world import DOSSIERS
from adapters.ocr.engines import engine_in_use
from adapters.reading import read_document

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = 12


def alone(data: bytes) -> Callable[[], object]:
    """The engine on a picture, which is unpacked beforehand."""
    engine = engine_in_use()._engine  # type: ignore[attr-defined]  # noqa: SLF001 - what is ours is around it
    picture = cv2.cvtColor(np.array(Image.open(io.BytesIO(data)).convert("L"), np.uint8), cv2.COLOR_GRAY2BGR)
    return lambda: engine(picture)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes once."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """One round a page; the first warms up."""
    scans = [render_scan(invoice) for invoice in demo_invoices(1, DOSSIERS[0], date(2026, 11, 1), PAGES + 1)]
    ours, floor = [], []
    for data in scans:
        work = alone(data)
        floor.append(seconds(work))
        ours.append(seconds(lambda data=data: read_document(data)))
    figure("recognise/ocr-page", ours[1:], floor[1:], "s a page")


if __name__ == "__main__":
    main()
