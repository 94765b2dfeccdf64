"""What somebody types to find rows by: part of what a row shows, whatever its case, accents and punctuation."""

from __future__ import annotations

from typing import NamedTuple

from projections.sorting import figures, folded


class TextFilter(NamedTuple):
    """A condition on a column `search` that holds folded text, and its values."""

    sql: str
    values: dict[str, str]


def found_by(text: str) -> TextFilter | None:
    """The condition; None when nothing was asked for. An amount is found however it is written: `1.234,50` is stored as `1234.50`."""
    wanted = {folded(text), folded(figures(text))} - {""}
    if not wanted:
        return None
    values = {f"like_{number}": f"%{one}%" for number, one in enumerate(sorted(wanted))}
    return TextFilter("(" + " OR ".join(f"search LIKE %({name})s" for name in values) + ")", values)
