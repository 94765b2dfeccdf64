"""What the annotation screen shows beside the fields: where values were found, what to look at twice, and what is known of the party."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from application import explanations
from application.accounting_package import PackageBooking
from application.ledger_mirror import BookingFilter, BookingOrder
from domain.booking_proposal import BookingProposal, Why, proposal_of
from domain.counterparty import Counterparty
from domain.document import Document
from domain.dossier import Kind
from domain.invoice_number import comparable
from domain.validation import Code, Facts, validate
from projections.sorting import sort_key
from projections.worklist import ListedProposal
from web import formats
from web.office.reasons import sentence_of
from web.seen import Seen
from web.seen import seen as marked
from web.translations import _, translate

if TYPE_CHECKING:
    from web.wiring import Cell

LAST_BOOKINGS = 5


class Caution(msgspec.Struct, frozen=True, kw_only=True):
    """Something to look at twice: the field it is about, what is said of it, perhaps where it leads; `short` is a marked sentence.

    `parts`: the address that takes this invoice and the one it looks like apart.
    """

    field: str
    text: str
    href: str = ""
    short: str = ""
    parts: str = ""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where a value comes from, as a marked sentence. `light`: only a suggestion; `doubt`: look at it; `told`: said without asking."""

    sentence: str
    values: dict[str, Any] = {}
    light: bool = False
    doubt: bool = False
    told: bool = True


_PLAIN_SOURCES = frozenset({"period.invoice_date", "due_date.printed", "counterparty.vat", "vat_code.invoice"})
"""What everybody expects: told only to who asks."""


def why(known: Mapping[str, Why | str]) -> dict[str, Source]:
    """By field, for the values that nobody changed since they were proposed."""
    found = {}
    for about, one in known.items():
        if one:
            sentence, values = explanations.sentence_of(one)
            told = one != "factuurdatum" if isinstance(one, str) else one.code not in _PLAIN_SOURCES
            found[about] = Source(
                sentence=sentence,
                values=values,
                light=explanations.is_suggestion(one),
                doubt=explanations.is_doubt(one),
                told=told,
            )
    return found


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
    return {name: marked(found[field]) for name, (field, value) in wanted.items() if field in found and _same(found[field].value, value)}


def _same(text: str, value: Any) -> bool:
    match value:
        case Decimal():
            with suppress(InvalidOperation):
                return text == str(value) or Decimal(text) == value
            return False
        case date():
            return text == value.isoformat()
    return text == (value or "")


def cautions(state: BookingProposal, facts: Facts, double: ListedProposal | None, language: str) -> list[Caution]:
    """What to look at twice, whatever the person does with it: the reasons of the validation state that are not seen here anyway."""
    reasons = [one for one in validate(facts).reasons if one.code not in SEEN_ANYWAY]
    return [
        Caution(
            field=FIELD_OF.get(one.code, ""),
            text=_double(state, double, language) if one.code == Code.DOUBLE and double else sentence_of(one, language),
            href=f"/office/proposals/{double.id}" if one.code in COMPARED and double else "",
            short=SHORT.get(one.code, ""),
            parts=_parting(state, one.code, double),
        )
        for one in reasons
    ]


def _parting(state: BookingProposal, code: str, double: ListedProposal | None) -> str:
    """The page is what stands apart from its e-invoice, whichever of the two is looked at."""
    if double is None or code not in COMPARED:
        return ""
    return f"/office/proposals/{double.id if code == Code.PAGE_OF_THIS else proposal_of(state.document)}/part"


SEEN_ANYWAY = frozenset(
    {
        Code.OCR,
        Code.EMPTY,
        Code.MISSING,
        Code.LINES_DIFFER,
        Code.NEW_PARTY,
        Code.SUSPENSE,
        Code.GIVEN,
        Code.SAME_FILE,
        Code.BREAKS_RULES,
        Code.AGAINST_ADVICE,
    }
)
"""Reasons this screen shows in a way of its own."""
COMPARED = frozenset({Code.DOUBLE, Code.OF_E_INVOICE, Code.PAGE_OF_THIS})
FIELD_OF: Mapping[str, str] = {
    Code.OWN_VAT: "party",
    Code.IBAN_OTHER: "party_iban",
    Code.IBAN_NEW: "party_iban",
    Code.SUM_DIFFERS: "total",
    Code.VAT_DIFFERS: "vat",
    Code.RATE_OF_OTHER_TIME: "vat",
    Code.DATE_IN_FUTURE: "invoice_date",
    Code.DATE_YEAR_OFF: "invoice_date",
    Code.DATE_AFTER_PERIOD: "invoice_date",
    Code.DATE_BEFORE_PERIOD: "invoice_date",
    Code.DUE_BEFORE_DATE: "due_date",
    Code.NUMBER_GAP: "invoice_number",
    Code.NUMBER_ORDER: "invoice_number",
    Code.CURRENCY_UNKNOWN: "currency",
    Code.RATE_UNKNOWN: "rate",
    Code.RATE_OLD: "rate",
    Code.RATE_FAR: "rate",
    Code.REFERENCE_WRONG: "payment_reference",
}
SHORT: Mapping[str, str] = {
    Code.DATE_IN_FUTURE: _("Datum in de toekomst"),
    Code.DATE_YEAR_OFF: _("Datum buiten periode"),
    Code.DATE_AFTER_PERIOD: _("Datum buiten periode"),
    Code.DATE_BEFORE_PERIOD: _("Datum buiten periode"),
    Code.IBAN_OTHER: _("Ander rekeningnummer"),
    Code.IBAN_NEW: _("Nieuw rekeningnummer"),
    Code.RATE_FAR: _("Koers nakijken"),
    Code.REFERENCE_WRONG: _("Mededeling nakijken"),
}
"""The same in two words, beside the buttons."""


def _double(state: BookingProposal, other: ListedProposal, language: str) -> str:
    same_number = comparable(other.invoice_number) == comparable(state.invoice_number)
    same_day = (other.invoice_date, other.total) == (state.invoice_date, state.total)
    what = _SAME.get((same_number, same_day), _("zelfde tegenpartij en nummer"))
    return translate(
        _("Lijkt op {number} van {date} ({total}): {what}."),
        language,
        number=other.invoice_number or "–",
        date=formats.date(other.invoice_date),
        total=formats.amount(other.total),
        what=translate(what, language),
    )


_SAME = {
    (True, True): _("zelfde nummer, datum en bedrag"),
    (False, True): _("zelfde tegenpartij, datum en bedrag"),
}
"""Whether number, and date with total, are the same → what is."""


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
