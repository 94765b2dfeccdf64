"""The fields of the annotation screen as texts, and what a person changed with them: only that goes into `ProposalCorrected`.

What cannot be read is refused per field; nothing typed is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import msgspec
from msgspec import structs

from domain.booking_proposal import BookingProposal, Line, ProposalCorrected
from domain.cash_discount import check_discount
from domain.counterparty import Counterparty
from domain.currency import EURO
from domain.exchange_rate import ExchangeRate, typed_rate
from domain.iban import parse_iban
from domain.kernel import Refused
from domain.money import calculate, round_amount
from domain.private_share import PrivateShare, check_private
from domain.structured_communication import format_payment_reference, parse_structured_communication
from domain.vat_number import parse_vat_number
from web import formats

if TYPE_CHECKING:
    from web.forms import Form

CREDIT_NOTE = "credit_note"
DIMENSION = "line_dimension."
"""What the name of a field begins with that holds the value of an analytic dimension."""
SEPARATOR = " · "
"""Between a known counterparty's name and its VAT number, as shown in its field."""
_DIGITS = re.compile(r"(\d\d)(\d\d)(\d{4}|\d\d)")

V = TypeVar("V")


class TypedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One booking line as texts. `private` is a percentage or an amount; `dimensions`: value by analytic dimension, chosen ones only."""

    account: str = ""
    vat_code: str = ""
    base: str = ""
    vat: str = ""
    remark: str = ""
    private: str = ""
    dimensions: dict[str, str] = {}


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """All fields as texts. `counterparty` is the id of a known one, or empty: then `party` is the name of a new one.

    `rate` is how much of the currency one euro is; `rate_typed` is set when a person filled it in, so that no published one replaces it.
    `locks` names the amounts that are not computed by themselves: for the screen alone, nothing of it is kept.
    """

    counterparty: str = ""
    party: str = ""
    party_vat: str = ""
    party_iban: str = ""
    journal: str = ""
    document_kind: str = ""
    period: str = ""
    invoice_number: str = ""
    invoice_date: str = ""
    due_date: str = ""
    currency: str = ""
    rate: str = ""
    rate_typed: str = ""
    payment_reference: str = ""
    total: str = ""
    base: str = ""
    vat: str = ""
    discount: str = ""
    instruction: str = ""
    pay: str = ""
    locks: str = ""
    lines: tuple[TypedLine, ...] = ()


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What a person changed, and which fields could not be read (then the change is not to be used)."""

    wanted: ProposalCorrected
    errors: dict[str, Refused]


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """What a proposal may point at: accounts and VAT codes of its dossier (none known: anything goes), and the counterparty chosen."""

    accounts: Collection[str] = ()
    vat_codes: Collection[str] = ()
    counterparty: Counterparty | None = None


def shown(state: BookingProposal) -> Typed:
    """The proposal as it stands, in the fields of the screen."""
    vat = formats.vat(state.party_vat) if state.party_vat else ""
    known = state.counterparty is not None
    return Typed(
        counterparty=str(state.counterparty or ""),
        party=SEPARATOR.join(filter(None, (state.party_name, vat if known else ""))),
        party_vat=vat,
        party_iban=formats.iban(state.party_iban) if state.party_iban else "",
        journal=state.journal,
        document_kind=CREDIT_NOTE if state.credit_note else "",
        period=state.period or "",
        invoice_number=state.invoice_number,
        invoice_date=formats.date(state.invoice_date) if state.invoice_date else "",
        due_date=formats.date(state.due_date) if state.due_date else "",
        currency=state.currency,
        rate=formats.rate(state.rate.per_euro) if state.rate and state.rate.currency == state.currency else "",
        rate_typed="1" if state.rate and state.rate.is_typed else "",
        payment_reference=format_payment_reference(state.payment_reference),
        total=_written(state.total),
        base=_written(state.base),
        vat=_written(state.vat),
        discount=formats.percent(state.discount) if state.discount else "",
        instruction=state.instruction,
        pay="1" if state.pay else "",
        lines=_shown_lines(state.lines, state.remarks),
    )


def with_lines(given: Typed, lines: Sequence[Line], remarks: Sequence[str]) -> Typed:
    """What was typed, with other lines."""
    return msgspec.structs.replace(given, lines=_shown_lines(lines, remarks))


def _shown_lines(lines: Sequence[Line], remarks: Sequence[str]) -> tuple[TypedLine, ...]:
    said = dict(enumerate(remarks))
    return tuple(
        TypedLine(
            account=one.account,
            vat_code=one.vat_code,
            base=_written(one.base),
            vat=_written(one.vat),
            remark=said.get(place, ""),
            private=formats.private(one.private),
            dimensions=one.dimensions,
        )
        for place, one in enumerate(lines)
    )


def typed(form: Form) -> Typed:
    """The fields as a form sent them. The fields of the lines come once for each line, in order; a line without anything is none."""
    columns = {name: form.texts(f"line_{name}") for name in TypedLine.__struct_fields__ if name != "dimensions"}
    analytic = {name.removeprefix(DIMENSION): form.texts(name) for name in form.names if name.startswith(DIMENSION)}
    count = max(map(len, columns.values()))
    lines = [
        TypedLine(**_at(place, columns), dimensions={code: value for code, value in _at(place, analytic).items() if value})
        for place in range(count)
    ]
    texts = {name: form.text(name) for name in Typed.__struct_fields__ if name != "lines"}
    return Typed(**texts, lines=tuple(one for one in lines if one != TypedLine()))


def _at(place: int, columns: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {name: found[place] if place < len(found) else "" for name, found in columns.items()}


def read(given: Typed, state: BookingProposal, ledger: Ledger) -> Read:
    """Read what was typed and compare it with the proposal; a field that still says what was shown was not touched."""
    before, reader = shown(state), _Reader(given.currency or state.currency)
    values: dict[str, Any] = {}
    for name, how in _SIMPLE.items():
        if (text := getattr(given, name)) != getattr(before, name):
            values[_STORED.get(name, name)] = how(reader, name, text)
    values |= _rate(given, before, reader)
    if (given.counterparty, given.party, given.party_vat) != (before.counterparty, before.party, before.party_vat):
        values |= _party(given, ledger, reader)
    if given.lines != before.lines:
        values["lines"] = tuple(reader.line(place, one, ledger) for place, one in enumerate(given.lines))
        values["remarks"] = tuple(one.remark for one in given.lines)
        if _trimmed(values["remarks"]) == _trimmed(state.remarks):
            del values["remarks"]
    changed = {name: value for name, value in values.items() if name not in reader.errors and value != getattr(state, name)}
    return Read(wanted=ProposalCorrected(**changed), errors=reader.errors)


def read_lines(given: Typed, currency: str, ledger: Ledger) -> tuple[Line, ...]:
    """The lines alone. Raises `Refused` for the first thing in them that cannot be read."""
    reader = _Reader(given.currency or currency)
    lines = tuple(reader.line(place, one, ledger) for place, one in enumerate(given.lines))
    for refusal in reader.errors.values():
        raise refusal
    return lines


def _rate(given: Typed, before: Typed, reader: _Reader) -> dict[str, ExchangeRate | None]:
    """The rate a person filled in, or None when he gave his own up; nothing when it is for the published ones to tell.

    A rate that was changed while currency and date were not is his, also when the page's script did not say so.
    """
    if given.currency == EURO:
        return {}
    same_day = (given.currency, given.invoice_date) == (before.currency, before.invoice_date)
    if given.rate and (given.rate_typed or (same_day and given.rate != before.rate)):
        rate = reader.field("rate", given.rate, lambda text: typed_rate(given.currency, calculate(text)))
        return {"rate": rate}
    return {"rate": None} if before.rate_typed and (not given.rate_typed or not given.rate) else {}


def read_date(text: str) -> date:
    """A date as typed: also only its digits, `050326` or `05032026`. Raises `Refused`."""
    if match := _DIGITS.fullmatch(text):
        text = "/".join(match.groups())
    try:
        found = formats.read_date(text)
    except ValueError:
        found = None
    if found is None:
        raise Refused("“{text}” is geen datum. Schrijf ze als 31/12/2026.", text=text)
    return found


def read_private(text: str, currency: str) -> PrivateShare | None:
    """The private part of a line: `30 %`, or an amount with VAT. Raises `Refused`."""
    number = text.removesuffix("%")
    is_percent = number != text
    value = calculate(number)
    return PrivateShare(value=value if is_percent else round_amount(value, currency), percent=is_percent) if value else None


def read_account(text: str, accounts: Collection[str]) -> str:
    """The account's code, from its code or from code and name as chosen. Raises `Refused` when the ledger does not have it."""
    code = text.split(maxsplit=1)[0] if text else ""
    if code and (not code.isdecimal() or (accounts and code not in accounts)):
        raise Refused("Rekening “{text}” bestaat niet in dit dossier. Kies ze uit de lijst.", text=text)
    return code


class _Reader:
    """Reads field by field and keeps what is refused."""

    def __init__(self, currency: str) -> None:
        self.errors: dict[str, Refused] = {}
        self._currency = currency

    def field(self, name: str, text: str, how: Callable[[str], V]) -> V | None:
        """The value of a field, None when it is empty or cannot be read."""
        try:
            return how(text) if text else None
        except Refused as refusal:
            self.errors[name] = refusal
            return None

    def amount(self, name: str, text: str) -> Decimal | None:
        """An amount or calculation, rounded to what the currency has."""
        return self.field(name, text, lambda typed_text: round_amount(calculate(typed_text), self._currency))

    def line(self, place: int, given: TypedLine, ledger: Ledger) -> Line:
        """One line; what cannot be read is noted under `lines` too, so that none of them is changed."""
        before = len(self.errors)
        account = self.field(f"line_account.{place}", given.account, lambda text: read_account(text, ledger.accounts)) or ""
        base, vat = (self.amount(f"line_{name}.{place}", getattr(given, name)) for name in ("base", "vat"))
        if given.vat_code and ledger.vat_codes and given.vat_code not in ledger.vat_codes:
            self.errors[f"line_vat_code.{place}"] = Refused("Btw-code {code} bestaat niet in dit dossier.", code=given.vat_code)
        zero = Decimal(0)
        line = Line(
            account=account,
            vat_code=given.vat_code,
            base=zero if base is None else base,
            vat=zero if vat is None else vat,
            dimensions=given.dimensions,
        )
        private = self.field(f"line_private.{place}", given.private, lambda text: _private_of(line, text, self._currency))
        if len(self.errors) > before:
            self.errors.setdefault("lines", Refused("Kijk de lijnen na."))
        return structs.replace(line, private=private)


def _private_of(line: Line, text: str, currency: str) -> PrivateShare | None:
    private = read_private(text, currency)
    check_private(structs.replace(line, private=private))
    return private


def _as_typed(_: _Reader, __: str, text: str) -> str:
    return text


_SIMPLE: Mapping[str, Callable[[_Reader, str, str], Any]] = {
    "journal": _as_typed,
    "document_kind": lambda _reader, _name, text: text == CREDIT_NOTE,
    "period": lambda _reader, _name, text: text or None,
    "invoice_number": _as_typed,
    "currency": _as_typed,
    "payment_reference": lambda _reader, _name, text: parse_structured_communication(text) or text,
    "party_iban": lambda reader, name, text: reader.field(name, text, _iban) or "",
    "invoice_date": lambda reader, name, text: reader.field(name, text, read_date),
    "due_date": lambda reader, name, text: reader.field(name, text, read_date),
    "total": lambda reader, name, text: reader.amount(name, text),
    "base": lambda reader, name, text: reader.amount(name, text),
    "vat": lambda reader, name, text: reader.amount(name, text),
    "discount": lambda reader, name, text: reader.field(name, text.removesuffix("%"), _discount) or Decimal(0),
    "instruction": _as_typed,
    "pay": lambda _reader, _name, text: text == "1",
}
"""Field of the screen → how its text becomes a value."""
_STORED = {"document_kind": "credit_note"}


def _party(given: Typed, ledger: Ledger, reader: _Reader) -> Mapping[str, Any]:
    """The counterparty chosen, or the name and VAT number of a new one."""
    if given.counterparty:
        if ledger.counterparty is None:
            reader.errors["party"] = Refused("Deze tegenpartij bestaat niet in dit dossier. Kies ze opnieuw.")
            return {}
        known = ledger.counterparty
        return {"counterparty": UUID(given.counterparty), "party_name": known.party_name, "party_vat": known.vat_number}
    name = given.party.split(SEPARATOR)[0].strip()
    return {"counterparty": None, "party_name": name, "party_vat": reader.field("party_vat", given.party_vat, _vat_number)}


def _vat_number(text: str) -> str:
    number = parse_vat_number(text)
    if number is None:
        raise Refused("Dit btw-nummer klopt niet. Kijk de laatste cijfers na.")
    return number


def _discount(text: str) -> Decimal:
    percent = calculate(text)
    check_discount(percent)
    return percent


def _iban(text: str) -> str:
    iban = parse_iban(text)
    if iban is None:
        raise Refused("Dit IBAN-nummer klopt niet. Kijk de laatste cijfers na.")
    return iban


def _written(value: Decimal | None) -> str:
    return "" if value is None else formats.amount(value)


def _trimmed(remarks: tuple[str, ...]) -> tuple[str, ...]:
    """Remarks without the empty ones at the end."""
    last = max((place for place, one in enumerate(remarks, 1) if one), default=0)
    return remarks[:last]
