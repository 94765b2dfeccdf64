"""What the annotation screen shows beside the fields: where values were found, what to look at twice, and what is known of the party."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from application.accounting_package import PackageBooking
from application.ledger_mirror import BookingFilter, BookingOrder
from application.recognition.reading import Box
from domain.booking_period import parse_booking_period
from domain.booking_proposal import BookingProposal
from domain.counterparty import Counterparty
from domain.document import Document, FoundField
from domain.dossier import Kind
from projections.sorting import sort_key
from projections.worklist import ListedProposal
from web import formats
from web.translations import _

if TYPE_CHECKING:
    from web.wiring import Cell

YEAR = 12
"""Months between invoice date and booking period from which on a person looks twice."""
LAST_BOOKINGS = 5
TOLERANCE = Decimal("0.05")
"""Euro by which VAT may differ from its rate: rounding per line."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """Where recognition found the value of a field, and how sure it is (0–1)."""

    confidence: float
    page: int | None = None
    box: Box | None = None


class Caution(msgspec.Struct, frozen=True, kw_only=True):
    """Something to look at twice: the field it is about, a marked sentence with its values, perhaps where it leads."""

    field: str
    sentence: str
    values: dict[str, Any] = {}
    href: str = ""


def seen(state: BookingProposal, document: Document) -> dict[str, Seen]:
    """Where each value that still is as it was read was found, by field of the screen."""
    if document.recognition is None:
        return {}
    found = {one.field: one for one in (*document.recognition.fields, *document.recognition.private_fields)}
    party = "issuer" if state.kind == Kind.PURCHASE else "buyer"
    wanted: Mapping[str, tuple[str, Any]] = {
        "party": (f"{party}_vat", state.party_vat) if f"{party}_vat" in found else (f"{party}_name", state.party_name),
        "party_iban": ("iban", state.party_iban),
        "invoice_number": ("invoice_number", state.invoice_number),
        "invoice_date": ("issue_date", state.invoice_date),
        "due_date": ("due_date", state.due_date),
        "payment_reference": ("payment_reference", state.payment_reference),
        "total": ("total_incl", state.total),
        "base": ("total_excl", state.base),
        "vat": ("vat", state.vat),
    }
    return {name: _seen(found[field]) for name, (field, value) in wanted.items() if field in found and _same(found[field].value, value)}


def _seen(found: FoundField) -> Seen:
    return Seen(confidence=found.confidence, page=found.page, box=Box(*found.box) if found.box else None)


def _same(text: str, value: Any) -> bool:
    match value:
        case Decimal():
            with suppress(InvalidOperation):
                return text == str(value) or Decimal(text) == value
            return False
        case date():
            return text == value.isoformat()
    return text == (value or "")


def warnings(state: BookingProposal, party: Counterparty | None, double: ListedProposal | None) -> list[Caution]:
    """What to look at twice, whatever the person does with it."""
    found: list[Caution] = []
    if double is not None:
        found.append(_double(state, double))
    found += _dates(state)
    if party is not None and state.party_iban and state.party_iban not in party.ibans:
        if party.ibans:
            known = ", ".join(map(formats.iban, party.ibans))
            found.append(Caution(field="party_iban", sentence=_("Ander rekeningnummer dan gekend: {known}."), values={"known": known}))
        else:
            found.append(Caution(field="party_iban", sentence=_("Nieuw rekeningnummer voor deze tegenpartij.")))
    return found


def _dates(state: BookingProposal) -> list[Caution]:
    found: list[Caution] = []
    if state.invoice_date and state.period:
        period = parse_booking_period(state.period)
        months = abs((period.year - state.invoice_date.year) * YEAR + period.month - state.invoice_date.month)
        if months > YEAR:
            found.append(Caution(field="invoice_date", sentence=_("Meer dan een jaar buiten boekperiode {period}.")))
        elif months:
            found.append(Caution(field="invoice_date", sentence=_("Valt buiten boekperiode {period}.")))
        found = [msgspec.structs.replace(one, values={"period": period.shown()}) for one in found]
    if state.invoice_date and state.due_date and state.due_date < state.invoice_date:
        found.append(Caution(field="due_date", sentence=_("Valt voor de factuurdatum.")))
    return found


def _double(state: BookingProposal, other: ListedProposal) -> Caution:
    same_number = other.invoice_number == state.invoice_number
    what = _("zelfde tegenpartij en nummer") if same_number else _("zelfde tegenpartij, datum en bedrag")
    values = {
        "number": other.invoice_number or "–",
        "date": formats.date(other.invoice_date),
        "total": formats.amount(other.total),
        "what": what,
    }
    sentence = _("Lijkt op {number} van {date} (€ {total}): {what}.")
    return Caution(field="", sentence=sentence, values=values, href=f"/office/proposals/{other.id}")


def last_bookings(cell: Cell, dossier: UUID, kind: Kind, party: Counterparty | None) -> list[PackageBooking]:
    """How the latest invoices of this counterparty stand in the books. The package has an id of its own for it, found by its name."""
    if party is None:
        return []
    party_id = party.package_id
    if party_id is None:
        named = _bookings(cell, dossier, BookingFilter(kind=kind.value, text=party.party_name))
        party_id = next((one.party_id for one in named if sort_key(one.party_name) == sort_key(party.party_name)), None)
    return _bookings(cell, dossier, BookingFilter(kind=kind.value, party_id=party_id)) if party_id else []


def _bookings(cell: Cell, dossier: UUID, wanted: BookingFilter) -> list[PackageBooking]:
    mirror = cell.bench.mirror
    page = mirror.bookings(dossier, wanted, order=BookingOrder.INVOICE_DATE, descending=True, offset=0, limit=LAST_BOOKINGS)
    return list(page.bookings)
