"""The document number of a sales invoice: its own number, written in the journal's format (FEATURES K7). Never invented."""

from __future__ import annotations

import re

from domain.kernel import Refused
from domain.number_format import parse_number_format


def sales_number(number_format: str, book_year: int, invoice_number: str) -> tuple[str, int]:
    """The document number and its running number: the last digits of the invoice's number, without the book year they may begin with.

    `2026/0012` and `20260012` in `yy000###` and book year 2026 give `26000012`, 12. A number already in the format is kept. Refused
    without digits.
    """
    form = parse_number_format(number_format)
    written = form.read(invoice_number.strip())
    if written is not None and written.year in (None, book_year):
        return invoice_number.strip(), written.number
    running = running_number(book_year, invoice_number)
    if running == 0:
        raise Refused("Factuurnummer “{number}” bevat geen volgnummer.", number=invoice_number)
    return form.render(book_year, running), running


def running_number(book_year: int, invoice_number: str) -> int:
    """The last digits of an invoice's number, without the book year they may begin with; 0 when it has none."""
    runs = re.findall(r"[0-9]+", invoice_number)
    runs = [run for run in runs if int(run) != book_year] or runs
    return int(runs[-1].removeprefix(str(book_year)) or runs[-1]) if runs else 0
