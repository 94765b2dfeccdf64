"""What an invoice in XML says, whichever of the two syntaxes it is written in, and the reading it makes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from adapters.ubl.xml import CREDIT_TYPES, EXACT, amount, decimal, fields, number
from application.recognition.consistency import contradictions
from application.recognition.reading import Kind, Reading, ReadLine, ReadWarning, VatRate
from application.recognition.reading_warnings import warning
from domain.structured_communication import find_structured_communication, parse_creditor_reference

MOST_LINES = 1000
"""A longer invoice (a year of toll, a call list) is booked by its VAT breakdown: its lines are not handed on."""
LONGEST_TEXT = 2000
"""Characters of one text on a line."""
DIRECT_DEBIT = frozenset({"49", "59"})
TRANSFER = frozenset({"30", "31", "42", "57", "58"})
"""UNTDID 4461: the means of payment that the payer, or the issuer, sets going."""
SELF_BILLED = frozenset({"261", "389", "527"})
CORRECTED = "384"
HIGHEST_RATE = 100
LONGEST_WORD = 60


class Totals(NamedTuple):
    """The totals of a document in its own currency, None where it does not say."""

    exclusive: Decimal | None
    inclusive: Decimal | None
    vat: Decimal | None
    prepaid: Decimal | None
    rounding: Decimal | None
    payable: Decimal | None

    @classmethod
    def read(cls, *texts: str | None) -> Totals:
        """From the texts of the elements; a total that is not said is what the others make of it."""
        said = cls(*map(decimal, texts))
        if said.inclusive is not None or any(texts[1:2]):
            return said
        if said.exclusive is not None and said.vat is not None:
            return said._replace(inclusive=said.exclusive + said.vat)
        return said._replace(inclusive=said.due_back)

    @property
    def due_back(self) -> Decimal | None:
        """The total that belongs to what is still to be paid."""
        return None if self.payable is None else self.payable + (self.prepaid or 0) - (self.rounding or 0)

    def times(self, sign: int) -> Totals:
        """The same with the other sign, or as it is."""
        return Totals(*(None if value is None else value * sign for value in self))


class PaymentMeans(NamedTuple):
    """One way to pay: its code (UNTDID 4461), the texts a payer could put with it, the account."""

    code: str | None
    references: tuple[str, ...] = ()
    iban: str | None = None


class Said(NamedTuple):
    """Everything that becomes a reading. `values` are the fields by name; amounts come from `totals`, the account from `means`."""

    kind: Kind
    values: dict[str, str | None]
    totals: Totals
    sign: int
    rates: Iterable[VatRate]
    lines: Iterable[ReadLine]
    means: tuple[PaymentMeans, ...]
    notes: tuple[str, ...] = ()
    payee: str | None = None
    self_billed: bool = False
    corrects: str | None = None


def sign_of(type_code: str, totals: Totals) -> int:
    """Credit notes are handed on positive, whichever sign they are written with."""
    return -1 if type_code in CREDIT_TYPES and (totals.inclusive or 0) < 0 else 1


def reading_of(said: Said) -> Reading:
    """The reading, with warnings about everything it contradicts itself in."""
    totals = said.totals.times(said.sign)
    chosen = _chosen(said.means)
    values = said.values | {
        "total_incl": amount(totals.inclusive),
        "total_excl": amount(totals.exclusive),
        "vat": amount(totals.vat),
        "amount_due": amount(totals.payable) if totals.payable != totals.inclusive else None,
        "iban": chosen.iban if chosen else None,
        "payment_reference": _reference(said),
    }
    lines = tuple(said.lines)
    reading = Reading(
        kind=said.kind,
        fields=fields(str(said.kind), values),
        vat_rates=tuple(said.rates),
        line_texts=tuple(text for line in lines[:MOST_LINES] if (text := _text(line))),
        lines=lines if len(lines) <= MOST_LINES else (),
    )
    return replace(reading, warnings=(*contradictions(reading), *_payable(totals), *_mistyped(reading), *_remarks(said)))


def line(sign: int, base: str | None, rate: str | None, quantity: str | None = None, **said: str | None) -> ReadLine:
    """A line of the document from the texts of its elements."""
    return _line(sign, decimal(base), decimal(rate), number(quantity), said)


def _line(sign: int, base: Decimal | None, rate: Decimal | None, quantity: Decimal | None, said: dict[str, str | None]) -> ReadLine:
    texts = {name: value[: LONGEST_TEXT if name in {"name", "description"} else LONGEST_WORD] for name, value in said.items() if value}
    return ReadLine(
        base=amount(base * sign if base is not None else None) or "",
        rate=f"{rate.normalize():f}" if rate is not None and 0 <= rate <= HIGHEST_RATE else "",
        quantity=f"{quantity.normalize():f}" if quantity is not None else "",
        **texts,  # type: ignore[arg-type]  # all of them text
    )


def adjustment(sign: int, *, charge: bool, name: str | None, base: str | None, rate: str | None, category: str | None) -> ReadLine:
    """A discount or charge on the whole document."""
    told = line(sign if charge else -sign, name=name, base=base, rate=rate, category=category)
    return ReadLine(name=told.name, base=told.base, rate=told.rate, category=told.category, adjustment=True)


def _text(one: ReadLine) -> str:
    return "" if one.adjustment else " ".join(dict.fromkeys(text for text in (one.name, one.description) if text))


def _chosen(means: tuple[PaymentMeans, ...]) -> PaymentMeans | None:
    """The account to transfer to, before one of another way of paying."""
    with_account = [one for one in means if one.iban]
    return next((one for one in with_account if one.code in TRANSFER), with_account[0] if with_account else None)


def _reference(said: Said) -> str | None:
    """A reference with check digits wherever it is written, before any other text that is given as one."""
    given = [text for one in said.means for text in one.references]
    for text in given:
        if parse_creditor_reference(text):
            return text
    for text in (*given, *said.notes):
        if found := find_structured_communication(text):
            return found
    return given[0] if given else None


def _payable(totals: Totals) -> Iterable[ReadWarning]:
    if totals.payable is None or totals.inclusive is None:
        return
    computed = totals.inclusive - (totals.prepaid or 0) + (totals.rounding or 0)
    if computed != totals.payable:
        yield warning("due-differs", computed=amount(computed), said=amount(totals.payable))
    elif totals.payable != totals.inclusive:
        yield warning("due-not-total", said=amount(totals.payable), total=amount(totals.inclusive))


def _mistyped(reading: Reading) -> Iterable[ReadWarning]:
    for name, field in reading.fields.items():
        if field.confidence < EXACT:
            yield warning("check-digit", field=name, value=field.value)


def _remarks(said: Said) -> Iterable[ReadWarning]:
    values = said.values
    if said.self_billed or values["type_code"] in SELF_BILLED:
        yield warning("self-billed", buyer=values.get("buyer_name") or values.get("buyer_vat") or "?")
    if values["type_code"] == CORRECTED and said.corrects:
        yield warning("corrects", number=said.corrects)
    codes = {one.code for one in said.means}
    if codes and codes <= DIRECT_DEBIT:
        yield warning("direct-debit")
    if said.payee and said.payee not in {values.get("issuer_name"), None}:
        yield warning("other-payee", payee=said.payee)
