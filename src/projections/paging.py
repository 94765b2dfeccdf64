"""A page of a long list, read from the end of the list it is nearer to: the last page costs what the first does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

R = TypeVar("R")


class Column(NamedTuple):
    """What a list can be sorted by: an SQL expression, and whether it may be null (which comes last in both directions)."""

    sql: str
    nullable: bool = False


class Part(NamedTuple):
    """What to read, and whether it comes in reverse."""

    limit: int
    offset: int
    backwards: bool

    def order(self, columns: Mapping[str, Sequence[Column]], sort: str) -> str:
        """The terms of `ORDER BY`. `sort` is the name of columns, `-` before it for descending.

        Columns under a name with its `-` are used for that direction only. An unknown name is the first.
        """
        chosen = columns.get(sort) or columns.get(sort.lstrip("-")) or next(iter(columns.values()))
        direction = "DESC" if sort.startswith("-") is not self.backwards else "ASC"
        empty = " NULLS FIRST" if self.backwards else " NULLS LAST"
        return ", ".join(f"{column.sql} {direction}{empty if column.nullable else ''}" for column in chosen)

    def turned(self, rows: list[R]) -> list[R]:
        """The rows in the order they were asked for."""
        return rows[::-1] if self.backwards else rows


def part(total: int, limit: int, offset: int) -> Part:
    """A part of a list of `total` rows."""
    limit = max(min(limit, total - offset), 0)
    backwards = offset * 2 > total
    return Part(limit, max(total - offset - limit, 0) if backwards else offset, backwards)
