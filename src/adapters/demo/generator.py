"""Invoices of the demo world, computed from a seed: what a client receives from its suppliers and what it sends to its customers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from heapq import merge
from itertools import groupby, islice
from typing import TYPE_CHECKING

import msgspec

from adapters.demo.chance import seeded
from adapters.demo.invoice import DemoInvoice, DemoLine, DemoParty
from domain.booking_period import booking_period_of
from domain.structured_communication import structured_communication

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from adapters.demo.trade import Item, Seller
    from adapters.demo.world import DemoDossier

CREDIT_NOTE_CHANCE = 0.15
"""Of an invoice that has an earlier one to credit."""

_DAYS_BETWEEN_PURCHASES = (6, 40)
_DAYS_BETWEEN_SALES = (1, 7)
_LARGEST_BASE = 10**10


def demo_invoices(seed: int, buyer: DemoDossier, today: date, count: int) -> tuple[DemoInvoice, ...]:
    """The last `count` purchase invoices and credit notes of one client, oldest first, none dated after `today`.

    A client buys about twenty times a month, so 100 reach back five months, into the year before if need be. A monthly supplier sends
    one a month, on the same day. Numbers of one supplier rise with the date.
    """
    streams = [_days_of(seeded(seed, buyer.id, supplier.id, "days"), supplier, today) for supplier in buyer.suppliers]
    days: dict[str, list[date]] = {supplier.id: [] for supplier in buyer.suppliers}
    for day, supplier_id in islice(merge(*streams, reverse=True), count):
        days[supplier_id].insert(0, day)
    return _oldest_first(
        invoice for supplier in buyer.suppliers for invoice in _invoices_of(seed, supplier, buyer.party, days[supplier.id])
    )


def demo_sales_invoices(seed: int, seller: DemoDossier, today: date, count: int) -> tuple[DemoInvoice, ...]:
    """The last `count` sales invoices of one client, oldest first, numbered without holes from 1 in each calendar year."""
    random = seeded(seed, seller.id, "sales")
    days = sorted(islice(_days_back(random, today, _DAYS_BETWEEN_SALES), count))
    made: list[DemoInvoice] = []
    for _year, of_year in groupby(days, key=lambda day: day.year):
        for sequence, day in enumerate(of_year, start=1):
            made.append(_invoice(random, seller.sells, random.choice(seller.customers), day, sequence, made))
    return tuple(made)


def _days_of(random: Random, supplier: Seller, today: date) -> Iterator[tuple[date, str]]:
    """The days on which a supplier sends something, latest first, without end."""
    days = _same_day_each_month(random, today) if supplier.monthly else _days_back(random, today, _DAYS_BETWEEN_PURCHASES)
    return ((day, supplier.id) for day in days)


def _days_back(random: Random, today: date, between: tuple[int, int]) -> Iterator[date]:
    day = today - timedelta(days=random.randrange(between[1]))
    while True:
        yield day
        day -= timedelta(days=random.randint(*between))


def _same_day_each_month(random: Random, today: date) -> Iterator[date]:
    day, period = random.randint(1, 28), booking_period_of(today)
    while True:
        sent = date(period.year, period.month, day)
        if sent <= today:
            yield sent
        period = period.previous()


def _invoices_of(seed: int, seller: Seller, buyer: DemoParty, days: list[date]) -> list[DemoInvoice]:
    """One supplier's invoices to one buyer. Two buyers never get the same number: each has its own remainder of the sequence."""
    random = seeded(seed, seller.id, buyer.vat_number)
    made: list[DemoInvoice] = []
    for day in days:
        sequence = (day.timetuple().tm_yday - 1) * 97 + int(buyer.vat_number[-4:]) % 97 + 1
        made.append(_invoice(random, seller, buyer, day, sequence, made))
    return made


def _invoice(random: Random, seller: Seller, buyer: DemoParty, day: date, sequence: int, earlier: list[DemoInvoice]) -> DemoInvoice:
    paper = seller.paper
    customer = f"{int(buyer.vat_number[-6:]) % 9000 + 1000}"
    number = paper.number.format(year=day.year, yy=f"{day.year % 100:02d}", month=day.month, sequence=sequence, customer=customer)
    invoice = DemoInvoice(
        seller=seller.party,
        buyer=buyer,
        number=number,
        issue_date=day,
        due_date=None if paper.term_days is None else day + timedelta(days=paper.term_days),
        lines=_lines(random, seller),
        account=seller.account,
        payment_reference=_reference(number) if paper.structured_communication else None,
        language=paper.language,
        layout=paper.layout,
        style=paper.style,
        accent=paper.accent,
        customer_number=customer,
        order_reference=f"{random.randrange(10_000, 99_999)}" if random.random() < 0.3 else "",  # noqa: PLR2004 - three in ten have an order
        direct_debit=paper.direct_debit,
    )
    credited = next((one for one in reversed(earlier) if one.buyer == buyer and not one.credit_note), None)
    if seller.gives_credit and credited is not None and random.random() < CREDIT_NOTE_CHANCE:
        return _credit_note(random, invoice, credited, negative=paper.negative_credit_notes)
    return invoice


def _credit_note(random: Random, invoice: DemoInvoice, credited: DemoInvoice, *, negative: bool) -> DemoInvoice:
    """Part of an earlier invoice given back: one of its lines, sometimes only some of the pieces."""
    line = random.choice(credited.lines)
    quantity = max(Decimal(1), (line.quantity * random.choice((1, 1, 2)) / 4).to_integral_value())
    return msgspec.structs.replace(
        invoice,
        lines=(msgspec.structs.replace(line, quantity=min(quantity, line.quantity)),),
        credit_note=True,
        negative=negative,
        credited_number=credited.number,
        due_date=None,
        payment_reference=None,
        order_reference="",
        direct_debit=False,
    )


def _lines(random: Random, seller: Seller) -> tuple[DemoLine, ...]:
    least, most = seller.lines
    wanted = random.randint(least, most)
    chosen = sorted(random.sample(range(len(seller.items)), min(wanted, len(seller.items))))
    again = [random.randrange(len(seller.items)) for _ in range(max(0, wanted - len(seller.items)))]
    return tuple(_line(random, seller.items[place], fixed=seller.monthly) for place in (*chosen, *again))


def _line(random: Random, item: Item, *, fixed: bool) -> DemoLine:
    """A price moves a few percent around the usual one, unless it is that of a subscription; a tariff keeps its four decimals."""
    price = item.price if fixed else item.price * random.randint(97, 104) / 100
    decimals = Decimal("0.0001") if item.price.as_tuple().exponent == -4 else Decimal("0.01")  # noqa: PLR2004 - decimals of a tariff
    return DemoLine(
        description=item.description,
        quantity=Decimal(random.randint(item.least, item.most)),
        unit_price=price.quantize(decimals),
        rate=Decimal(item.rate),
        unit=item.unit,
        category=item.category,
    )


def _reference(number: str) -> str:
    """The structured communication a supplier makes of its invoice number: its last ten digits."""
    digits = "".join(sign for sign in number if sign.isdigit())
    return structured_communication(int(digits) % _LARGEST_BASE)


def _oldest_first(invoices: Iterable[DemoInvoice]) -> tuple[DemoInvoice, ...]:
    return tuple(sorted(invoices, key=lambda invoice: (invoice.issue_date, invoice.seller.name, invoice.number)))
