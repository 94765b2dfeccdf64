"""An independent hand that keeps books from the invoices themselves, to compare with what the sandbox ledger says.

It shares no code and no table with the ledger. It works in whole cents, by the rules of the Belgian return (which grid for which
treatment) and of double entry, written down here once more in another way. `python independent_books.py INVOICES.json` prints its books.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

CATEGORY_GRID = {"goods": "81", "services": "82", "investment": "83"}
SALES_GRID = {21: "03", 12: "02", 6: "01", 0: "00"}
SALES_ELSEWHERE = {"co-contractor": "45", "eu-services": "44", "eu-goods": "46", "export": "47"}
GRID_ACCOUNT = {"54": "451054", "55": "451055", "56": "451056", "57": "451057", "63": "451063", "59": "411059", "64": "411064"}


@dataclass(frozen=True)
class Line:
    """Amounts in cents of the invoice's currency. `deductible`: per cent of the VAT that may be deducted."""

    account: str
    treatment: str
    category: str
    rate: int
    base: int
    vat: int
    deductible: int = 100


@dataclass(frozen=True)
class Invoice:
    """`per_euro`: how many ten-thousandths of its currency are one euro; 0 for an invoice in euro. What is paid is in euro."""

    id: str
    purchase: bool
    credit_note: bool
    period: str
    total: int
    paid: int
    lines: tuple[Line, ...]
    paid_in: str = ""
    per_euro: int = 0


def in_euro(amount: int, per_euro: int) -> int:
    """Cents of another currency, of which so many ten-thousandths are one euro; a half cent goes away from zero."""
    sign = -1 if amount < 0 else 1
    return sign * ((abs(amount) * 20_000 + per_euro) // (2 * per_euro))


def converted(invoice: Invoice) -> Invoice:
    """The same invoice in euro: each amount by itself, and what is then left of the total on the largest base (the first of equals)."""
    if not invoice.per_euro:
        return invoice
    total = in_euro(invoice.total, invoice.per_euro)
    lines = [replace(line, base=in_euro(line.base, invoice.per_euro), vat=in_euro(line.vat, invoice.per_euro)) for line in invoice.lines]
    left = total - sum(line.base + line.vat for line in lines)
    largest = max(lines, key=lambda line: line.base)
    place = lines.index(largest)
    lines[place] = replace(largest, base=largest.base + left)
    return replace(invoice, total=total, lines=tuple(lines), per_euro=0)


def per_cent(amount: int, rate: int) -> int:
    """Rounded to the cent, halves away from zero."""
    sign = -1 if amount < 0 else 1
    return sign * ((abs(amount) * rate + 50) // 100)


@dataclass
class Books:
    balances: Counter[tuple[str, str]]
    grids: Counter[str]
    open_items: dict[str, int]


def keep(invoices: list[Invoice]) -> Books:
    """Balances by (account, period), grids and what is open by invoice, in cents, without zeros."""
    books = Books(Counter(), Counter(), {})
    for invoice in map(converted, invoices):
        if invoice.purchase:
            _purchase(books, invoice)
        else:
            _sale(books, invoice)
        _pay(books, invoice)
    books.balances = Counter({key: amount for key, amount in books.balances.items() if amount})
    books.grids = Counter({grid: amount for grid, amount in books.grids.items() if amount})
    return books


def _by_treatment(lines: tuple[Line, ...]) -> dict[tuple[str, str, int, int], list[Line]]:
    groups: dict[tuple[str, str, int, int], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.treatment, line.category, line.rate, line.deductible), []).append(line)
    return groups


def _purchase(books: Books, invoice: Invoice) -> None:
    sign = -1 if invoice.credit_note else 1
    books.balances["440000", invoice.period] -= sign * invoice.total
    for (treatment, category, _, deductible), lines in _by_treatment(invoice.lines).items():
        deducted = 0
        cost = 0
        for line in lines:
            part = per_cent(line.vat, deductible)
            deducted += part
            cost += line.base + line.vat - part
            books.balances[line.account, invoice.period] += sign * (line.base + line.vat - part)
        books.grids[CATEGORY_GRID[category]] += sign * cost
        if treatment == "ordinary":
            if invoice.credit_note:
                books.grids["85"] += cost
                books.grids["63"] += deducted
                books.balances["451063", invoice.period] -= deducted
            else:
                books.grids["59"] += deducted
                books.balances["411059", invoice.period] += deducted
        else:
            _buyer_owes(books, invoice, lines[0], cost)


def _buyer_owes(books: Books, invoice: Invoice, like: Line, base: int) -> None:
    """Lines treated alike with their base together: the same VAT is owed and deducted; a credit note takes both back."""
    services = like.category == "services"
    extra, due, credit = {
        "co-contractor": ("87", "56", "85"),
        "eu": ("88" if services else "86", "55", "84"),
        "import": ("87", "56" if services else "57", "85"),
    }[like.treatment]
    sign = -1 if invoice.credit_note else 1
    vat = sign * per_cent(base, like.rate)
    books.grids[extra] += sign * base
    if invoice.credit_note:
        books.grids[credit] += base
    books.grids[due] += vat
    books.grids["59"] += vat
    books.balances[GRID_ACCOUNT[due], invoice.period] -= vat
    books.balances["411059", invoice.period] += vat


def _sale(books: Books, invoice: Invoice) -> None:
    sign = -1 if invoice.credit_note else 1
    books.balances["400000", invoice.period] += sign * invoice.total
    for line in invoice.lines:
        books.balances[line.account, invoice.period] -= sign * line.base
        if invoice.credit_note:
            books.grids["48" if line.treatment in {"eu-goods", "eu-services"} else "49"] += line.base
            books.grids["64"] += line.vat
            books.balances["411064", invoice.period] += line.vat
        else:
            books.grids[SALES_ELSEWHERE.get(line.treatment) or SALES_GRID[line.rate]] += line.base
            books.grids["54"] += line.vat
            books.balances["451054", invoice.period] -= line.vat


def _pay(books: Books, invoice: Invoice) -> None:
    if invoice.total != invoice.paid:
        books.open_items[invoice.id] = (-1 if invoice.credit_note else 1) * (invoice.total - invoice.paid)
    if invoice.paid:
        money_out = invoice.paid if invoice.purchase != invoice.credit_note else -invoice.paid
        books.balances["440000" if invoice.purchase else "400000", invoice.paid_in] += money_out
        books.balances["550000", invoice.paid_in] -= money_out


def balance_of_return(grids: Counter[str]) -> int:
    """Positive: to pay to the State."""
    return sum(grids[grid] for grid in ("54", "55", "56", "57", "61", "63")) - sum(grids[grid] for grid in ("59", "62", "64"))


def read(text: str) -> list[Invoice]:
    """Invoices from a JSON array whose objects have the fields of `Invoice` and `Line`."""
    return [Invoice(**{**row, "lines": tuple(Line(**line) for line in row["lines"])}) for row in json.loads(text)]


if __name__ == "__main__":
    kept = keep(read(Path(sys.argv[1]).read_text(encoding="utf-8")))
    balances = {" ".join(key): amount for key, amount in sorted(kept.balances.items())}
    print(json.dumps({"balances": balances, "grids": dict(sorted(kept.grids.items())), "open_items": kept.open_items}, indent=1))  # noqa: T201 - its purpose
