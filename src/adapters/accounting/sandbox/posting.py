"""Double entry: from one invoice to the moves on accounts and the amounts in the grids of the VAT return. Pure."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from adapters.accounting.sandbox.chart import CUSTOMERS, SUPPLIERS, VAT_ACCOUNTS
from adapters.accounting.sandbox.refusals import cents, discounted, lines_by_vat_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from application.accounting_package import Booking, BookingLine, VatCode


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an entry. `amount` is positive for debit, negative for credit, in EUR."""

    account: str
    amount: Decimal
    description: str = ""
    of_party: bool = False
    """Whether this is the line on the supplier's or customer's account."""


class Posting(msgspec.Struct, frozen=True, kw_only=True):
    """What one booking does to the books. The moves add up to zero."""

    moves: tuple[Move, ...]
    grids: dict[str, Decimal]


def posting(booking: Booking) -> Posting:
    """The entry of an invoice or credit note that passed `check_booking`."""
    side = 1 if (booking.kind == "purchase") != booking.credit_note else -1
    costs = [
        Move(account=line.account, amount=side * _cost(line, code), description=line.description) for code, line in _coded_lines(booking)
    ]
    grids = _grids(booking)
    party = Move(
        account=SUPPLIERS if booking.kind == "purchase" else CUSTOMERS,
        amount=-side * booking.total,
        description=booking.invoice_number,
        of_party=True,
    )
    moves = (*costs, *_vat_moves(grids), party)
    return Posting(moves=tuple(move for move in moves if move.amount), grids=grids)


def _coded_lines(booking: Booking) -> Iterator[tuple[VatCode, BookingLine]]:
    return ((code, line) for code, lines in lines_by_vat_code(booking) for line in lines)


def _deductible(line: BookingLine, code: VatCode) -> Decimal:
    return cents(line.vat * code.deductible / 100)


def _cost(line: BookingLine, code: VatCode) -> Decimal:
    """The base with the VAT that is not deductible: it is part of the cost, and of the base in the return."""
    return line.base + line.vat - _deductible(line, code)


def _taxed(line: BookingLine, code: VatCode, discount: Decimal) -> Decimal:
    """The base that the return is told: the cost less the financial discount, on which no VAT is due."""
    return _cost(line, code) - line.base + discounted(line.base, discount)


def _vat(code: VatCode, lines: tuple[BookingLine, ...], discount: Decimal) -> Decimal:
    """The VAT told to the State: as printed, as far as deductible; computed where we as the buyer owe it."""
    if code.reverse_charge:
        return cents(discounted(sum((line.base for line in lines), Decimal(0)), discount) * code.rate / 100)
    return sum((_deductible(line, code) for line in lines), Decimal(0))


def _grids(booking: Booking) -> dict[str, Decimal]:
    grids: defaultdict[str, Decimal] = defaultdict(Decimal)
    for code, lines in lines_by_vat_code(booking):
        if booking.credit_note:
            base_grids, vat_grids = code.credit_base_grids, (*code.credit_payable_grids, *code.credit_deductible_grids)
        else:
            base_grids, vat_grids = code.base_grids, (*code.payable_grids, *code.deductible_grids)
        base = cents(sum((_taxed(line, code, booking.discount) for line in lines), Decimal(0)))
        vat = _vat(code, lines, booking.discount)
        for grid, amount in (*((grid, base) for grid in base_grids), *((grid, vat) for grid in vat_grids)):
            grids[grid.removeprefix("-")] += -amount if grid.startswith("-") else amount
    return {grid: amount for grid, amount in grids.items() if amount}


def _vat_moves(grids: dict[str, Decimal]) -> Iterator[Move]:
    """Each VAT grid has its account: a receivable one (411) is debited by what its grid gains, a payable one (451) credited."""
    for grid, account in VAT_ACCOUNTS.items():
        amount = grids.get(grid, Decimal(0))
        yield Move(account=account, amount=amount if account.startswith("411") else -amount)
