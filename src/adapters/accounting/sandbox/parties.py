"""Suppliers and customers of the books: known by the ids others give them, then by VAT number, else created on first use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psycopg import Connection

    from application.accounting_package import BookingParty

_PREFIXES = {"supplier": "L", "customer": "K"}
_BY_OWN_ID = "SELECT id FROM parties WHERE company = %s AND kind = %s AND id = %s"
_BY_ALIAS = "SELECT party FROM party_aliases WHERE company = %s AND kind = %s AND alias = %s"
_BY_VAT_NUMBER = "SELECT id FROM parties WHERE company = %s AND kind = %s AND vat_number = %s"


def party_of(connection: Connection[Any], company: str, kind: str, named: BookingParty) -> str:
    """The id of the counterparty meant, created when it is new. The caller has locked the company, so no two are created for one."""
    party = _find(connection, company, kind, named) or _create(connection, company, kind, named)
    connection.execute(
        "INSERT INTO party_aliases (company, kind, alias, party) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (company, kind, named.id, party),
    )
    return party


def _find(connection: Connection[Any], company: str, kind: str, named: BookingParty) -> str | None:
    for question, value in ((_BY_OWN_ID, named.id), (_BY_ALIAS, named.id), (_BY_VAT_NUMBER, named.vat_number)):
        row = connection.execute(question, (company, kind, value)).fetchone()
        if row is not None:
            return str(row[0])
    return None


def _create(connection: Connection[Any], company: str, kind: str, named: BookingParty) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) + 1 FROM parties WHERE company = %s AND kind = %s", (company, kind))
        [(number,)] = cursor.fetchall()
        party = f"{_PREFIXES[kind]}{number:05}"
        cursor.execute(
            "INSERT INTO parties (company, id, kind, name, vat_number, iban) VALUES (%s, %s, %s, %s, %s, %s)",
            (company, party, kind, named.name, named.vat_number or None, named.iban or None),
        )
    return party
