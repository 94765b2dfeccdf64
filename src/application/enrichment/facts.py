"""What recognition read on one invoice, as values that enrichment reasons with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

import msgspec

from domain.document import Document, FoundField, FoundLine, FoundRate
from domain.dossier import Kind
from domain.vat_rates import rates_on

CREDIT_NOTES = frozenset({"381", "261", "396"})
ELECTRONIC = frozenset({"ubl", "cii", "factur-x"})
_ROUNDING = Decimal("0.05")
"""Euro by which printed VAT may lie beside its rate: suppliers round by article."""
UNKNOWN_RATE = Decimal(-1)
"""The rate of VAT that fits no Belgian one."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """One invoice as read; what is None or empty was not found. Amounts of a credit note are positive. `iban` is the issuer's.

    `electronic`: from XML, whose VAT categories are the issuer's own word. `terms`: the due date was computed from printed terms.
    """

    kind: Kind
    electronic: bool = False
    credit_note: bool = False
    party_name: str = ""
    party_vat: str | None = None
    iban: str = ""
    invoice_number: str = ""
    invoice_date: date | None = None
    due_date: date | None = None
    terms: bool = False
    currency: str = "EUR"
    total: Decimal | None = None
    base: Decimal | None = None
    vat: Decimal | None = None
    payment_reference: str = ""
    rates: tuple[FoundRate, ...] = ()
    lines: tuple[FoundLine, ...] = ()
    """Its own lines, where they are known."""
    texts: tuple[str, ...] = ()
    """Descriptions of the lines where they are known, else the text of the pages, and the other party's name."""
    confidence: Mapping[str, float] = {}
    """By the proposal's field names."""

    @property
    def breakdown(self) -> tuple[FoundRate, ...]:
        """The VAT by rate: as read, else what the totals tell. Empty when not even the total is known."""
        if self.rates or self.total is None:
            return self.rates
        if self.base is None or self.vat is None:
            return (FoundRate(rate=UNKNOWN_RATE, base=self.total, vat=Decimal(0)),)
        near = [rate for rate in rates_on(self.invoice_date) if abs(self.base * rate / 100 - self.vat) <= _ROUNDING]
        return (FoundRate(rate=near[0] if near else UNKNOWN_RATE, base=self.base, vat=self.vat),)


def facts_of(document: Document, kind: Kind, page_texts: tuple[str, ...] = ()) -> Facts:
    """The facts of a document that was read, or could not be."""
    recognition = document.recognition
    if recognition is None:
        return Facts(kind=kind)
    found = {one.field: one for one in (*recognition.fields, *recognition.private_fields)}
    party = "issuer" if kind == Kind.PURCHASE else "buyer"
    return Facts(
        kind=kind,
        electronic=recognition.kind in ELECTRONIC,
        credit_note=_text(found, "type_code") in CREDIT_NOTES,
        party_name=_text(found, f"{party}_name"),
        party_vat=_text(found, f"{party}_vat") or None,
        iban=_text(found, "iban") if kind == Kind.PURCHASE else "",
        invoice_number=_text(found, "invoice_number"),
        invoice_date=_date(found, "issue_date"),
        due_date=_date(found, "due_date"),
        terms="due_date" in found and found["due_date"].source == "terms",
        currency=_text(found, "currency") or "EUR",
        total=_amount(found, "total_incl"),
        base=_amount(found, "total_excl"),
        vat=_amount(found, "vat"),
        payment_reference=_text(found, "payment_reference"),
        rates=recognition.rates,
        lines=document.lines,
        texts=(*(recognition.line_texts or page_texts), _text(found, f"{party}_name")),
        confidence=_confidence(found, party),
    )


def _text(found: Mapping[str, FoundField], name: str) -> str:
    return found[name].value if name in found else ""


def _date(found: Mapping[str, FoundField], name: str) -> date | None:
    try:
        return date.fromisoformat(found[name].value) if name in found else None
    except ValueError:
        return None


def _amount(found: Mapping[str, FoundField], name: str) -> Decimal | None:
    try:
        return Decimal(found[name].value) if name in found else None
    except InvalidOperation:
        return None


def _confidence(found: Mapping[str, FoundField], party: str) -> dict[str, float]:
    names = {
        "counterparty": f"{party}_vat" if f"{party}_vat" in found else f"{party}_name",
        "invoice_number": "invoice_number",
        "invoice_date": "issue_date",
        "due_date": "due_date",
        "total": "total_incl",
        "base": "total_excl",
        "vat": "vat",
        "payment_reference": "payment_reference",
    }
    return {ours: found[theirs].confidence for ours, theirs in names.items() if theirs in found}
