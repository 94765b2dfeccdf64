"""Opening a company's books and looking things up in them. Every function works inside the caller's transaction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from adapters.accounting.sandbox.chart import CHART
from application.accounting_package import Journal
from application.ports import PackageRefused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg import Connection

FINANCIAL = Journal(code="FIN", name="Financieel", kind="financial")
JOURNALS = (
    (Journal(code="CFAAN", name="Aankopen", kind="purchase"), False),
    (Journal(code="CFCNAK", name="Creditnota's aankopen", kind="purchase"), True),
    (Journal(code="CFVER", name="Verkopen", kind="sales"), False),
    (Journal(code="CFCNVK", name="Creditnota's verkopen", kind="sales"), True),
    (FINANCIAL, False),
    (Journal(code="DIV", name="Diversen", kind="miscellaneous"), False),
)
"""The journals of a new company, each with whether it takes credit notes only."""

PERIOD = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def open_books(connection: Connection[Any], company: str, name: str, first_year: int, open_periods: Iterable[str]) -> None:
    """The books of a company: chart, journals and the twelve periods of each calendar year. What exists already is left as it is."""
    wanted = frozenset(open_periods)
    for period in wanted:
        if not PERIOD.fullmatch(period) or int(period[:4]) < first_year:
            raise PackageRefused(f"Periode {period} kan niet geopend worden: verwacht JJJJ-MM vanaf {first_year}.")
    last_year = max((int(period[:4]) for period in wanted), default=first_year)
    periods = [(year, f"{year}-{month:02}") for year in range(first_year, last_year + 1) for month in range(1, 13)]
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO companies (code, name) VALUES (%s, %s) ON CONFLICT DO NOTHING", (company, name))
        cursor.executemany(
            "INSERT INTO accounts (company, code, name, open_for_annotation) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [(company, account.code, account.name, account.open_for_annotation) for account in CHART],
        )
        cursor.executemany(
            "INSERT INTO journals (company, code, name, kind, credit_notes_only) VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [(company, journal.code, journal.name, journal.kind, credit_notes_only) for journal, credit_notes_only in JOURNALS],
        )
        cursor.executemany(
            "INSERT INTO periods (company, period, book_year, open) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [(company, period, year, period in wanted) for year, period in periods],
        )


def lock_company(connection: Connection[Any], company: str) -> None:
    """One at a time writes in a company's books, as at a clerk's desk; raises `PackageRefused` when there are none."""
    if connection.execute("SELECT 1 FROM companies WHERE code = %s FOR NO KEY UPDATE", (company,)).fetchone() is None:
        raise PackageRefused(_unknown(company))


def known_company(connection: Connection[Any], company: str) -> None:
    """Raise `PackageRefused` when the company has no books here."""
    if connection.execute("SELECT 1 FROM companies WHERE code = %s", (company,)).fetchone() is None:
        raise PackageRefused(_unknown(company))


def _unknown(company: str) -> str:
    return f"Dossier {company} bestaat niet in de boekhouding."


def set_period(connection: Connection[Any], company: str, period: str, *, is_open: bool) -> None:
    """Open or close a period for bookings."""
    lock_company(connection, company)
    changed = connection.execute("UPDATE periods SET open = %s WHERE company = %s AND period = %s", (is_open, company, period))
    if not changed.rowcount:
        raise PackageRefused(_unknown_period(period))


def open_book_year(connection: Connection[Any], company: str, period: str) -> int:
    """The book year of a period that takes bookings; refuses a closed or unknown one."""
    row = connection.execute("SELECT book_year, open FROM periods WHERE company = %s AND period = %s", (company, period)).fetchone()
    if row is None:
        raise PackageRefused(_unknown_period(period))
    if not row[1]:
        raise PackageRefused(f"Periode {period} is afgesloten.")
    return int(row[0])


def _unknown_period(period: str) -> str:
    return f"Periode {period} bestaat niet in de boekhouding."


def check_journal(connection: Connection[Any], company: str, journal: str, kind: str, *, credit_note: bool) -> None:
    """Refuse a journal that does not exist or does not take this kind of document."""
    row = connection.execute("SELECT kind, credit_notes_only FROM journals WHERE company = %s AND code = %s", (company, journal)).fetchone()
    if row is None:
        raise PackageRefused(f"Dagboek {journal} bestaat niet in de boekhouding.")
    if row[0] != kind:
        raise PackageRefused(f"Dagboek {journal} neemt geen {'aankopen' if kind == 'purchase' else 'verkopen'} op.")
    if row[1] and not credit_note:
        raise PackageRefused(f"Dagboek {journal} neemt alleen creditnota's op.")


def check_accounts(connection: Connection[Any], company: str, accounts: set[str]) -> None:
    """Refuse the first account that is not in the company's chart."""
    rows = connection.execute("SELECT code FROM accounts WHERE company = %s AND code = ANY(%s)", (company, list(accounts)))
    missing = accounts - {code for (code,) in rows}
    if missing:
        raise PackageRefused(f"Rekening {min(missing)} bestaat niet in het rekeningstelsel.")


def set_account(connection: Connection[Any], company: str, code: str, name: str, *, open_for_annotation: bool) -> None:
    """A new account, or a new name for one that is there."""
    lock_company(connection, company)
    connection.execute(
        "INSERT INTO accounts (company, code, name, open_for_annotation) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT (company, code) DO UPDATE SET name = excluded.name, open_for_annotation = excluded.open_for_annotation",
        (company, code, name, open_for_annotation),
    )
