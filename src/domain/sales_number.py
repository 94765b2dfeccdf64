"""The document number of a sales invoice: its own number, written in the journal's format (FEATURES K7). Never invented."""

from __future__ import annotations

import re

from domain.kernel import Refused
from domain.number_format import parse_number_format


def sales_number(number_format: str, book_year: int, invoice_number: str) -> tuple[str, int]:
    """The document number and its running number: the last run of digits of the invoice's number that is not the book year itself.

    `2026/0012` in `yy000###` and book year 2026 gives `26000012`, 12. A number already in the format is kept. Refused without digits.
    """
    form = parse_number_format(number_format)
    written = form.read(invoice_number.strip())
    if written is not None and written.year in (None, book_year):
        return invoice_number.strip(), written.number
    runs = [int(run) for run in re.findall(r"[0-9]+", invoice_number)]
    others = [run for run in runs if run != book_year] or runs
    if not others or others[-1] == 0:
        raise Refused("Factuurnummer “{number}” bevat geen volgnummer.", number=invoice_number)
    return form.render(book_year, others[-1]), others[-1]
