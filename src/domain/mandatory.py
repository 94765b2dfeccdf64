"""Which fields of a booking proposal must be filled in before it can be checked, by their Dutch names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal


def missing_fields(
    *,
    party: bool,
    invoice_number: str,
    invoice_date: date | None,
    period: str | None,
    journal: str,
    total: Decimal | None,
    rate: bool,
    accounts: Sequence[str],
    vat_codes: Sequence[str],
) -> tuple[str, ...]:
    """The names of those still empty. `rate`: whether it is in euro, or can be converted to it.

    `accounts` and `vat_codes` are those of the lines: an empty text is missing, no line at all too.
    """
    wanted = {
        "tegenpartij": party,
        "factuurnummer": bool(invoice_number),
        "factuurdatum": invoice_date is not None,
        "boekperiode": bool(period),
        "dagboek": bool(journal),
        "totaal": total is not None,
        "wisselkoers": rate,
        "rekening": bool(accounts) and all(accounts),
        "btw-code": bool(vat_codes) and all(vat_codes),
    }
    return tuple(name for name, filled in wanted.items() if not filled)
