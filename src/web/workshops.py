"""The worker processes that open submitted files: for text, always there; for OCR and for the rules of e-invoices, when there is work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from adapters.inspection.pool import DEFAULT_LIMITS, TASK_MODULES, Workshop
from adapters.inspection.protocol import Limits, Task
from adapters.ocr import installed

if TYPE_CHECKING:
    from application.ocr import OcrState
    from web.settings import Settings

SCAN_MODULES = ("adapters.reading", "adapters.scans", "adapters.ocr.engines")
"""Whose functions a worker for OCR may run."""
SCAN_LIMITS = {
    "rapidocr": Limits(memory=4_000_000_000, cpu=600, wall=300.0),
    "tesseract": Limits(memory=3_000_000_000, cpu=600, wall=300.0),
    "easyocr": Limits(memory=8_000_000_000, cpu=2400, wall=1200.0),
}
"""For all scanned pages of a document together (20 at most; 2, 1 and 14 s a page), on a slow machine. Of the memory 0.8, 0.3 and 1.6 GB are
used: libraries reserve much more than they touch."""


def text_workshop(size: int, limits: Limits = DEFAULT_LIMITS) -> Workshop:
    """Processes that open files and read text."""
    return Workshop(size, limits, TASK_MODULES)


def ocr_state(settings: Settings) -> OcrState:
    """What scans would be read with on this machine, without loading it."""
    return installed.state(settings.ocr_choice)


def scan_workshop(settings: Settings, size: int, idle: float) -> Workshop:
    """Processes that read scans with the engine of the settings, ended after `idle` seconds without work."""
    opening = Task("adapters.ocr.engines", "use", msgspec.to_builtins(settings.ocr_choice))
    return Workshop(size, SCAN_LIMITS[settings.ocr_engine], SCAN_MODULES, opening=opening, idle=idle)


RULE_MODULES = ("adapters.validation.checking", "adapters.validation.official")
"""Whose functions the worker for the rules of electronic invoices may run."""
RULE_LIMITS = Limits(memory=1_500_000_000, reserves=True, cpu=90, wall=180.0)
"""For one document, on a slow machine: one of 10 MB with 16,000 lines takes 15 s and 0.7 GB. The processor reserves 32 GB of addresses."""


def rule_workshop(settings: Settings, size: int, idle: float) -> Workshop:
    """One process at most (`size` 0: none) that checks electronic invoices, ended after `idle` seconds without work."""
    opening = Task("adapters.validation.official", "load", {"folder": settings.rules})
    return Workshop(min(size, 1), RULE_LIMITS, RULE_MODULES, opening=opening, idle=idle)
