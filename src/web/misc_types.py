"""The types of miscellaneous documents as they are chosen from."""

from __future__ import annotations

from application.history import TYPES
from application.offices import office_of
from domain.misc_types import BASE
from web.translations import translate
from web.wiring import Cell


def misc_types(cell: Cell, language: str) -> list[tuple[str, str, bool]]:
    """Every type: what is stored, its name in a language, and whether it usually is for the permanent file."""
    fixed = [(code, translate(TYPES[code], language), permanent) for code, permanent in BASE.items()]
    return [*fixed, *((name, name, permanent) for name, permanent in sorted(office_of(cell.bench).misc_types.items()))]
