"""What the ledger refuses on sight of a booking alone, and how it writes amounts in its sentences."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from adapters.accounting.sandbox.chart import AUTOMATIC
from adapters.accounting.sandbox.vat_codes import VAT_CODES
from application.ports import PackageRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from application.accounting_package import Booking, BookingLine, ForeignAmounts, VatCode

CENT = Decimal("0.01")
LARGEST = Decimal("999999999.99")
TOLERANCE_PER_LINE = Decimal("0.01")
TOLERANCE = Decimal("0.05")
"""Suppliers round the VAT per article, so the printed VAT may lie some cents beside the rate on the total base."""

KINDS = {"purchase": "aankoop", "sales": "verkoop"}


def cents(amount: Decimal) -> Decimal:
    """Rounded to the cent, halves away from zero as invoices do."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def euro(amount: Decimal) -> str:
    """As Belgians write it: 1.234,56."""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def discounted(base: Decimal, discount: Decimal) -> Decimal:
    """What VAT is due on: the base less the financial discount in percent, whether it is taken or not."""
    return base * (100 - discount) / 100


def lines_by_vat_code(booking: Booking) -> Iterator[tuple[VatCode, tuple[BookingLine, ...]]]:
    """The lines of each VAT code together: VAT is computed on the total base of a code, not on each line."""
    by_code = sorted(booking.lines, key=lambda line: line.vat_code)
    for code, lines in groupby(by_code, key=lambda line: line.vat_code):
        yield VAT_CODES[code], tuple(lines)


def check_booking(booking: Booking) -> None:
    """Raise `PackageRefused` when the booking is wrong in itself, whatever the books hold."""
    if booking.kind not in KINDS:
        raise PackageRefused(f"Soort {booking.kind} is geen aankoop of verkoop.")
    if booking.currency != "EUR":
        raise PackageRefused(f"Munt {booking.currency} wordt niet ondersteund: deze boekhouding wordt in EUR gevoerd.")
    if not booking.lines:
        raise PackageRefused("Een boeking heeft minstens één lijn.")
    if not 0 <= booking.discount < 100:  # noqa: PLR2004 - percent
        raise PackageRefused(f"Financiële korting {booking.discount} is geen percentage.")
    _check_amounts(booking)
    if booking.foreign is not None:
        _check_foreign(booking, booking.foreign)
    for line in booking.lines:
        _check_line(booking.kind, line)
    for code, lines in lines_by_vat_code(booking):
        _check_vat(code, lines, _in_euro(TOLERANCE, booking.foreign), booking.discount)


def _check_amounts(booking: Booking) -> None:
    for amount in (booking.total, *(amount for line in booking.lines for amount in (line.base, line.vat))):
        if not amount.is_finite() or abs(amount) > LARGEST:
            raise PackageRefused(f"Bedrag {amount} kan niet geboekt worden.")
        if amount != cents(amount):
            raise PackageRefused(f"Bedrag {amount} heeft meer dan twee decimalen.")
    if booking.total < 0:
        raise PackageRefused(f"Totaal {euro(booking.total)} is negatief: boek een creditnota.")
    total = sum((line.base + line.vat for line in booking.lines), Decimal(0))
    if total != booking.total:
        raise PackageRefused(
            f"De lijnen tellen op tot {euro(total)} maar het totaal is {euro(booking.total)}: de boeking is niet in evenwicht."
        )


def _check_foreign(booking: Booking, foreign: ForeignAmounts) -> None:
    """What is booked must be what the invoice says, converted; cents that are left over when lines are rounded stand on one of them."""
    if foreign.currency == booking.currency or len(foreign.lines) != len(booking.lines) or foreign.per_euro <= 0:
        raise PackageRefused(f"De bedragen in {foreign.currency} horen niet bij deze boeking.")
    if sum((base + vat for base, vat in foreign.lines), Decimal(0)) != foreign.total:
        raise PackageRefused(f"De lijnen in {foreign.currency} tellen niet op tot {euro(foreign.total)}.")
    if _in_euro(foreign.total, foreign) != booking.total:
        rate = f"{foreign.per_euro:f}".replace(".", ",")
        raise PackageRefused(f"{euro(foreign.total)} {foreign.currency} aan {rate} is niet {euro(booking.total)} euro.")
    left_over = CENT * 2 * len(foreign.lines)
    for line, (base, vat) in zip(booking.lines, foreign.lines, strict=True):
        if abs(_in_euro(base, foreign) - line.base) > left_over or _in_euro(vat, foreign) != line.vat:
            raise PackageRefused(f"Een lijn van {euro(base)} {foreign.currency} is verkeerd omgerekend.")


def _in_euro(amount: Decimal, foreign: ForeignAmounts | None) -> Decimal:
    return cents(amount / foreign.per_euro) if foreign else amount


def _check_line(kind: str, line: BookingLine) -> None:
    if line.account in AUTOMATIC:
        raise PackageRefused(f"Rekening {line.account} wordt automatisch geboekt en mag niet op een lijn staan.")
    code = VAT_CODES.get(line.vat_code)
    if code is None:
        raise PackageRefused(f"Btw-code {line.vat_code} bestaat niet.")
    if code.kind != kind:
        raise PackageRefused(f"Btw-code {line.vat_code} dient niet voor een {KINDS[kind]}.")


def _check_vat(code: VatCode, lines: tuple[BookingLine, ...], tolerance: Decimal, discount: Decimal) -> None:
    """VAT as printed must be what the rate makes of the base less the discount, save rounding; none where the buyer owes it or at 0 %."""
    base = sum((line.base for line in lines), Decimal(0))
    vat = sum((line.vat for line in lines), Decimal(0))
    name, rate = code.code, code.rate
    if code.reverse_charge or not rate:
        if any(line.vat for line in lines):
            raise PackageRefused(f"Bij btw-code {name} staat er geen btw op de factuur, maar de boeking heeft {euro(vat)} btw.")
        return
    taxed = discounted(base, discount)
    expected = cents(taxed * rate / 100)
    if abs(vat - expected) > max(TOLERANCE, tolerance, TOLERANCE_PER_LINE * len(lines)):
        raise PackageRefused(f"De btw van code {name} is {euro(vat)}, maar {rate} % van {euro(taxed)} is {euro(expected)}.")
