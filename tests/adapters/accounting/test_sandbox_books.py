"""A hundred generated bookings, their books kept twice: by the ledger and by an independent hand."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import independent_books as independent
import pytest
from some_bookings import DOSSIER

from adapters.accounting.sandbox.ledger import SandboxLedger
from application.accounting_package import Booking, BookingLine, BookingParty, ForeignAmounts
from domain.booking_proposal import Line
from domain.exchange_rate import ExchangeRate
from domain.in_euro import InEuro, converted

MONTHS = ("2025-01", "2025-02", "2025-03")
COST_ACCOUNTS = {"goods": ("604000", "600000"), "services": ("612300", "614000", "499000"), "investment": ("241000", "242000")}
LETTERS = {"goods": "H", "services": "D", "investment": "I"}
SALES_CODES = {"co-contractor": "VMC", "eu-goods": "VEUG", "eu-services": "VEUD", "export": "VEX"}
CURRENCIES = {10842: "USD", 8433: "GBP", 1_613_500: "JPY", 93_115: "NOK"}
"""How many ten-thousandths of a currency are one euro."""
BUYER_OWES = {"co-contractor": "MC", "eu": "EU", "import": "IN"}


def vat_code(purchase: bool, line: independent.Line) -> str:  # noqa: FBT001 - which of two tables
    """What the ledger calls this treatment."""
    if not purchase:
        return SALES_CODES.get(line.treatment) or f"V{line.rate}"
    suffix = BUYER_OWES.get(line.treatment) or ("" if line.deductible == 100 else f"-{line.deductible}")
    return f"A{LETTERS[line.category]}{line.rate}{suffix}"


def some_purchase_line(chance: random.Random) -> independent.Line:
    category = chance.choice(tuple(COST_ACCOUNTS))
    treatment = chance.choice(("ordinary",) * 4 + tuple(BUYER_OWES))
    rate = chance.choice((21, 21, 12, 6, 0) if treatment == "ordinary" else (21, 12, 6))
    deductible = chance.choice((100, 100, 50, 35, 85, 0)) if treatment == "ordinary" and rate == 21 else 100
    base = chance.randint(1, 500_000)
    printed = independent.per_cent(base, rate) + (chance.choice((-1, 0, 0, 1)) if rate else 0)
    return independent.Line(
        account=chance.choice(COST_ACCOUNTS[category]),
        treatment=treatment,
        category=category,
        rate=rate,
        base=base,
        vat=max(printed, 0) if treatment == "ordinary" else 0,
        deductible=deductible,
    )


def some_sales_line(chance: random.Random) -> independent.Line:
    treatment = chance.choice(("ordinary",) * 4 + tuple(SALES_CODES))
    rate = chance.choice((21, 12, 6, 0)) if treatment == "ordinary" else 0
    base = chance.randint(1, 500_000)
    return independent.Line(
        account=chance.choice(("700000", "705000")),
        treatment=treatment,
        category="",
        rate=rate,
        base=base,
        vat=independent.per_cent(base, rate),
    )


def some_invoice(chance: random.Random, number: int) -> independent.Invoice:
    purchase = chance.random() < 0.6
    line = some_purchase_line if purchase else some_sales_line
    lines = tuple(line(chance) for _ in range(chance.randint(1, 4)))
    total = sum(entry.base + entry.vat for entry in lines)
    per_euro = chance.choice((0, 0, 0, *CURRENCIES))
    whole = independent.in_euro(total, per_euro) if per_euro else total
    paid = chance.choice((0, 0, whole, chance.randint(1, whole) if whole else 0))
    return independent.Invoice(
        id=f"b-{number}",
        purchase=purchase,
        credit_note=chance.random() < 0.25,
        period=chance.choice(MONTHS),
        total=total,
        paid=paid,
        paid_in="2025-04" if paid else "",
        lines=lines,
        per_euro=per_euro,
    )


def euros(cents: int) -> Decimal:
    return Decimal(cents) / 100


def foreign_amounts(invoice: independent.Invoice) -> ForeignAmounts | None:
    if not invoice.per_euro:
        return None
    return ForeignAmounts(
        currency=CURRENCIES[invoice.per_euro],
        total=euros(invoice.total),
        lines=tuple((euros(line.base), euros(line.vat)) for line in invoice.lines),
        per_euro=Decimal(invoice.per_euro) / 10_000,
        rate_day=date(2025, 1, 31),
    )


def booking(invoice: independent.Invoice) -> Booking:
    """As it is handed over: in euro, by our own conversion."""
    foreign = foreign_amounts(invoice)
    proposed = [
        Line(account=line.account, vat_code=vat_code(invoice.purchase, line), base=euros(line.base), vat=euros(line.vat))
        for line in invoice.lines
    ]
    euro = InEuro(total=euros(invoice.total), lines=tuple(proposed))
    if foreign:
        euro = converted(ExchangeRate(currency=foreign.currency, per_euro=foreign.per_euro), foreign.total, proposed)
    journals = {(True, False): "CFAAN", (True, True): "CFCNAK", (False, False): "CFVER", (False, True): "CFCNVK"}
    return Booking(
        id=invoice.id,
        kind="purchase" if invoice.purchase else "sales",
        credit_note=invoice.credit_note,
        journal=journals[invoice.purchase, invoice.credit_note],
        number=invoice.id,
        period=invoice.period,
        party=BookingParty(id=f"party-{invoice.id[-1]}", name="Een partij"),
        invoice_number=invoice.id,
        invoice_date=date.fromisoformat(f"{invoice.period}-15"),
        due_date=None,
        currency="EUR",
        total=euro.total,
        lines=tuple(BookingLine(account=line.account, vat_code=line.vat_code, base=line.base, vat=line.vat) for line in euro.lines),
        foreign=foreign,
    )


@pytest.mark.parametrize("seed", [20250101, 20250102, 20250103])
def test_a_hundred_bookings_give_the_books_an_independent_hand_keeps(ledger: SandboxLedger, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - invoices, no secrets
    invoices = [some_invoice(chance, number) for number in range(100)]
    for invoice in invoices:
        package_id = ledger.push(DOSSIER, booking(invoice), None).package_id
        if invoice.paid:
            ledger.register_payment(DOSSIER, str(package_id), euros(invoice.paid), date(2025, 4, 10))
    books = independent.keep(invoices)
    snapshot = ledger.synchronise(DOSSIER)

    assert {(row.account, row.period): row.amount for row in snapshot.balances} == {
        key: euros(amount) for key, amount in books.balances.items()
    }
    ours = {booked.package_id: booked.booking_id for booked in snapshot.bookings}
    assert {booked.booking_id: booked.foreign for booked in snapshot.bookings} == {one.id: foreign_amounts(one) for one in invoices}
    assert {ours[item.package_id]: item.open for item in snapshot.open_items} == {
        key: euros(amount) for key, amount in books.open_items.items()
    }
    for months in (MONTHS[:1], MONTHS):
        grids = independent.keep([replace(one, paid=0) for one in invoices if one.period in months]).grids
        due = independent.balance_of_return(grids)
        grids["71" if due > 0 else "72"] = abs(due)
        assert ledger.vat_return(DOSSIER, months) == {grid: euros(amount) for grid, amount in grids.items() if amount}


def test_the_trial_balance_of_a_quarter_is_that_of_its_months(ledger: SandboxLedger) -> None:
    chance = random.Random(7)  # noqa: S311 - invoices, no secrets
    invoices = [replace(some_invoice(chance, number), paid=0) for number in range(20)]
    for invoice in invoices:
        ledger.push(DOSSIER, booking(invoice), None)
    expected = independent.keep([replace(invoice, period="quarter") for invoice in invoices]).balances
    rows = ledger.trial_balance(DOSSIER, MONTHS[0], MONTHS[-1])
    assert {(row.account, "quarter"): row.balance for row in rows if row.balance} == {
        key: euros(amount) for key, amount in expected.items()
    }
    assert sum(row.debit for row in rows) == sum(row.credit for row in rows)
