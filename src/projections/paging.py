"""A page of a long list, read from the end of the list it is nearer to: the last page costs what the first does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

R = TypeVar("R")


class Column(NamedTuple):
    """What a list can be sorted by: an SQL expression, and whether it may be null (which comes last in both directions)."""

    sql: str
    nullable: bool = False


class Part(NamedTuple):
    """What to read, and whether it comes in reverse."""

    order: str
    limit: int
    offset: int
    backwards: bool

    @property
    def sql(self) -> str:
        """The end of the question."""
        return f"ORDER BY {self.order} LIMIT {self.limit} OFFSET {self.offset}"

    def turned(self, rows: list[R]) -> list[R]:
        """The rows in the order they were asked for."""
        return rows[::-1] if self.backwards else rows


def part(columns: Mapping[str, Column], sort: str, *, total: int, limit: int, offset: int) -> Part:
    """A part of a list of `total` rows. `sort` is a column's name, `-` before it for descending; ties are told apart by `id`.

    A column under a name with its `-` is used for that direction only. An unknown name is the first column.
    """
    column = columns.get(sort) or columns.get(sort.lstrip("-")) or next(iter(columns.values()))
    limit = max(min(limit, total - offset), 0)
    backwards = offset * 2 > total
    direction = "DESC" if sort.startswith("-") is not backwards else "ASC"
    nulls = f" NULLS {'FIRST' if backwards else 'LAST'}" if column.nullable else ""
    start = max(total - offset - limit, 0) if backwards else offset
    return Part(f"{column.sql} {direction}{nulls}, id {direction}", limit, start, backwards)
