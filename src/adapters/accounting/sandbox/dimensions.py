"""The analytic dimensions of a company: what may be booked on, and refusing what may not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from adapters.accounting.sandbox.books import lock_company
from application.accounting_package import Dimension
from application.ports import PackageRefused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg import Connection

    from application.accounting_package import BookingLine

_DIMENSIONS = 'SELECT code, name, mandatory, "values" FROM dimensions WHERE company = %s ORDER BY position, code'
_SET = """
INSERT INTO dimensions (company, code, position, name, mandatory, "values")
VALUES (%(company)s, %(code)s, (SELECT count(*) FROM dimensions WHERE company = %(company)s), %(name)s, %(mandatory)s, %(values)s)
ON CONFLICT (company, code) DO UPDATE SET name = excluded.name, mandatory = excluded.mandatory, "values" = excluded."values"
"""


def dimensions_of(connection: Connection[Any], company: str) -> tuple[Dimension, ...]:
    """Those of a company, in its order."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return tuple(msgspec.convert(row, Dimension) for row in cursor.execute(_DIMENSIONS, (company,)))


def set_dimension(connection: Connection[Any], company: str, dimension: Dimension) -> None:
    """A new dimension, or another name, other values or another rule for one that is there."""
    lock_company(connection, company)
    values = msgspec.structs.asdict(dimension) | {"values": Jsonb(msgspec.to_builtins(dimension.values)), "company": company}
    connection.execute(_SET, values)


def check_dimensions(connection: Connection[Any], company: str, lines: Iterable[BookingLine]) -> None:
    """Refuse the first line that is booked on what does not exist, or on nothing where something is asked for."""
    known = {one.code: one for one in dimensions_of(connection, company)}
    for line in lines:
        for dimension, value in line.dimensions.items():
            if dimension not in known or value not in {one.code for one in known[dimension].values}:
                raise PackageRefused(f"{value} bestaat niet als {dimension} in de boekhouding.")
        missing = [one.name for one in known.values() if one.mandatory and one.code not in line.dimensions]
        if missing:
            raise PackageRefused(f"Elke lijn heeft een {missing[0]} nodig.")
