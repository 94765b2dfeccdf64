"""Bookings that are right, to be made wrong by the tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from application.accounting_package import Booking, BookingLine, BookingParty

DOSSIER = "0566988259"

SUPPLIER = BookingParty(id="party-1", name="Drukkerij Claes", vat_number="BE0400000185", iban="BE68539007547034")

PURCHASE = Booking(
    id="b-1",
    kind="purchase",
    credit_note=False,
    journal="CFAAN",
    number="25000001",
    period="2025-03",
    party=SUPPLIER,
    invoice_number="F-2025-17",
    invoice_date=date(2025, 3, 4),
    due_date=date(2025, 4, 3),
    currency="EUR",
    total=Decimal("121.00"),
    lines=(BookingLine(account="614000", vat_code="AD21", base=Decimal("100.00"), vat=Decimal("21.00"), description="Folders"),),
    payment_reference="+++317/6096/94647+++",
    instruction="Kosten van de opendeurdag",
)

SALE = replace(
    PURCHASE,
    id="s-1",
    kind="sales",
    journal="CFVER",
    party=BookingParty(id="party-9", name="Bistro Noord", vat_number="BE0403019261"),
    invoice_number="V-1",
    number="1",
    lines=(BookingLine(account="700000", vat_code="V21", base=Decimal("100.00"), vat=Decimal("21.00")),),
)


def line(account: str, vat_code: str, base: str, vat: str = "0") -> BookingLine:
    return BookingLine(account=account, vat_code=vat_code, base=Decimal(base), vat=Decimal(vat))


def purchase(nth: int = 1, **changes: Any) -> Booking:
    """The purchase with an id, number and invoice number of its own."""
    return replace(PURCHASE, **{"id": f"b-{nth}", "number": f"25{nth:06}", "invoice_number": f"F-2025-{nth}", **changes})


def purchase_of(*lines: BookingLine, **changes: Any) -> Booking:
    return purchase(lines=lines, total=sum((entry.base + entry.vat for entry in lines), Decimal(0)), **changes)
