"""The validation state of a proposal in the worklist with all its reasons (FEATURES I3, J4), computed in this one place.

A reason is data: a code and its values. What it says, and in which language, is for whoever shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec

from domain.booking_period import parse_booking_period
from domain.booking_proposal import ON_ITS_WAY, BookingProposal, Line, Stage
from domain.cash_discount import taxed
from domain.currency import CURRENCIES, EURO
from domain.exchange_rate import ExchangeRate
from domain.structured_communication import is_miswritten
from domain.target_calendar import publication_day
from domain.vat_rates import existed


class ValidationState(StrEnum):
    """What the worklist says of a proposal."""

    OK = "ok"
    OK_NEW = "ok_new"
    WARNING = "warning"
    OCR = "ocr"
    EMPTY = "empty"
    NOK = "nok"
    E_INVOICE_DOUBLE = "e_invoice_double"
    CHECKED = "checked"
    CHECKED_SUSPENSE = "checked_suspense"
    HELD = "held"
    REFUSED = "refused"
    SENT = "sent"


class Code(StrEnum):
    """Why a proposal is in its state, worst first."""

    OCR = "ocr"
    EMPTY = "empty"
    OF_E_INVOICE = "of_e_invoice"
    MISSING = "missing"
    LINES_DIFFER = "lines_differ"
    DOUBLE = "double"
    PAGE_OF_THIS = "page_of_this"
    SAME_FILE = "same_file"
    BREAKS_RULES = "breaks_rules"
    OWN_VAT = "own_vat"
    IBAN_OTHER = "iban_other"
    IBAN_NEW = "iban_new"
    SUM_DIFFERS = "sum_differs"
    VAT_DIFFERS = "vat_differs"
    RATE_OF_OTHER_TIME = "rate_of_other_time"
    DATE_IN_FUTURE = "date_in_future"
    DATE_YEAR_OFF = "date_year_off"
    DATE_AFTER_PERIOD = "date_after_period"
    DATE_BEFORE_PERIOD = "date_before_period"
    DUE_BEFORE_DATE = "due_before_date"
    NUMBER_GAP = "number_gap"
    NUMBER_ORDER = "number_order"
    CURRENCY_UNKNOWN = "currency_unknown"
    RATE_UNKNOWN = "rate_unknown"
    RATE_OLD = "rate_old"
    RATE_FAR = "rate_far"
    REFERENCE_WRONG = "reference_wrong"
    NEW_PARTY = "new_party"
    SUSPENSE = "suspense"
    AGAINST_ADVICE = "against_advice"
    GIVEN = "given"


_BLOCKS = frozenset({Code.MISSING, Code.LINES_DIFFER})
_ONLY_TOLD = frozenset(
    {
        Code.PAGE_OF_THIS,
        Code.IBAN_NEW,
        Code.DATE_BEFORE_PERIOD,
        Code.NEW_PARTY,
        Code.SUSPENSE,
        Code.AGAINST_ADVICE,
        Code.GIVEN,
    }
)
"""Reasons that go with a proposal that is fine; every other asks for a second look."""
_TOLD_BY_READING = frozenset({"direct-debit", "self-billed", "xml-misnamed", "xml-unrelated", "xml-undeclared", "xml-other-profile"})
"""The same of what recognition warns of: something to know, nothing that may be wrong with the figures."""
_FINE = _ONLY_TOLD | _TOLD_BY_READING
READ_FROM_PAGE = frozenset({"tegenpartij", "factuurnummer", "factuurdatum", "totaal"})
"""Mandatory fields that recognition has to find; the rest follows from them."""
YEAR = 12
"""Months between invoice date and booking period from which on a person looks twice."""
TOLERANCE = Decimal("0.05")
"""How far VAT may be from its rate, in the invoice's currency: rounding per line."""
_CENT = Decimal("0.01")


class Reason(msgspec.Struct, frozen=True):
    """One reason: its code and what its sentence speaks of. `code` is a `Code`, or that of a warning recognition gave with its reading."""

    code: str
    values: dict[str, Any] = {}


class EarlierSale(msgspec.Struct, frozen=True):
    """The sales invoice with the next lower number in the same journal and book year; `running` is its running number."""

    number: str
    day: date | None
    running: int


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal and what is known around it. What is None or empty is not known, and nothing is said about it.

    `missing`: mandatory fields still empty. `lines_total`: base and VAT of all lines. `vat`: VAT code → base and VAT of its lines.
    `rates`: VAT code → percent that is charged (0: reverse charge). `received`: the day it came in. `known_ibans`: accounts of its
    counterparty. `double`: the source of another proposal that looks the same. `reason`: why it was held or refused. `given`: what
    recognition warned of. `broken`, `advised`: how many rules of its standard an e-invoice breaks, and how many that only advise.
    `discount`: the financial discount in percent. `bad_reference`: its payment reference is one with check digits, and they are wrong.
    """

    stage: Stage
    missing: Sequence[str] = ()
    unread: bool = False
    suspense: bool = False
    new_party: bool = False
    reason: str = ""
    source: str = ""
    period: str | None = None
    invoice_date: date | None = None
    due_date: date | None = None
    currency: str = "EUR"
    rate: ExchangeRate | None = None
    total: Decimal | None = None
    base_and_vat: Decimal | None = None
    lines_total: Decimal = Decimal(0)
    vat: Mapping[str, tuple[Decimal, Decimal]] = {}
    rates: Mapping[str, Decimal] = {}
    received: date | None = None
    party_vat: str | None = None
    own_vat: str | None = None
    iban: str = ""
    known_ibans: Sequence[str] | None = None
    running: int | None = None
    sale_before: EarlierSale | None = None
    double: str | None = None
    same_file: bool = False
    given: Sequence[Reason] = ()
    broken: int = 0
    advised: int = 0
    discount: Decimal = Decimal(0)
    bad_reference: bool = False


class Validation(msgspec.Struct, frozen=True):
    """The state to show, and every reason for it: the worst first."""

    state: ValidationState
    reasons: tuple[Reason, ...]

    @property
    def looks_twice(self) -> bool:
        """Whether something asks for a second look, whatever the state says."""
        return any(reason.code not in _FINE for reason in self.reasons)


def validate(facts: Facts) -> Validation:
    """State and reasons of a proposal. What left the worklist has nothing to be looked at."""
    if facts.stage in ON_ITS_WAY:
        return Validation(ValidationState.SENT, ())
    reasons = (*_state_of_reading(facts), *_amounts(facts), *_doubles(facts), *_party(facts), *_dates(facts), *_rest(facts))
    return Validation(_state(facts, {reason.code for reason in reasons}), tuple(sorted(reasons, key=_rank)))


def _state(facts: Facts, codes: set[str]) -> ValidationState:
    match facts.stage:
        case Stage.CHECKED:
            return ValidationState.CHECKED_SUSPENSE if facts.suspense else ValidationState.CHECKED
        case Stage.HELD:
            return ValidationState.HELD
        case Stage.REFUSED:
            return ValidationState.REFUSED
    for code, state in _STATES.items():
        if code in codes:
            return state
    if codes & _BLOCKS:
        return ValidationState.NOK
    if codes - _FINE:
        return ValidationState.WARNING
    return ValidationState.OK_NEW if facts.new_party else ValidationState.OK


_STATES = {
    Code.OF_E_INVOICE: ValidationState.E_INVOICE_DOUBLE,
    Code.OCR: ValidationState.OCR,
    Code.EMPTY: ValidationState.EMPTY,
}
_ORDER = {code.value: place for place, code in enumerate(sorted(Code, key=_ONLY_TOLD.__contains__))}


def _rank(reason: Reason) -> int:
    """Where a reason stands among the others; what recognition warned of stands first, what it only mentions last."""
    return _ORDER.get(reason.code, len(_ORDER) if reason.code in _TOLD_BY_READING else 0)


def _state_of_reading(facts: Facts) -> Iterator[Reason]:
    """A technical failure is one until somebody has filled in what it left empty."""
    if facts.unread and facts.missing:
        yield Reason(Code.OCR)
    elif READ_FROM_PAGE.issubset(facts.missing):
        yield Reason(Code.EMPTY)
    elif facts.missing:
        yield Reason(Code.MISSING, {"fields": tuple(facts.missing)})
    yield from facts.given
    if facts.broken:
        yield Reason(Code.BREAKS_RULES, {"count": facts.broken})
    if facts.advised:
        yield Reason(Code.AGAINST_ADVICE, {"count": facts.advised})


def _amounts(facts: Facts) -> Iterator[Reason]:
    if facts.total is None:
        return
    if facts.lines_total != facts.total:
        yield Reason(Code.LINES_DIFFER, {"difference": abs(facts.lines_total - facts.total)})
    if facts.base_and_vat is not None and abs(facts.base_and_vat - facts.total) > _CENT:
        yield Reason(Code.SUM_DIFFERS, {"difference": abs(facts.base_and_vat - facts.total)})
    for code, (base, vat) in facts.vat.items():
        if facts.invoice_date and code in facts.rates and not existed(facts.rates[code], facts.invoice_date):
            yield Reason(Code.RATE_OF_OTHER_TIME, {"rate": facts.rates[code], "date": facts.invoice_date})
        off = abs(vat - taxed(base, facts.discount) * facts.rates.get(code, Decimal(0)) / 100)
        if code in facts.rates and off > TOLERANCE:
            yield Reason(Code.VAT_DIFFERS, {"code": code, "rate": facts.rates[code], "difference": off.quantize(_CENT)})


def _doubles(facts: Facts) -> Iterator[Reason]:
    """The page of an e-invoice is no second invoice: the e-invoice is the original (FEATURES K6)."""
    if facts.double is not None:
        electronic = facts.source == E_INVOICE, facts.double == E_INVOICE
        yield Reason({(False, True): Code.OF_E_INVOICE, (True, False): Code.PAGE_OF_THIS}.get(electronic, Code.DOUBLE))
    if facts.same_file:
        yield Reason(Code.SAME_FILE)


E_INVOICE = "UBL"
"""The source of a proposal that was read from XML."""


def _party(facts: Facts) -> Iterator[Reason]:
    if facts.new_party:
        yield Reason(Code.NEW_PARTY)
    if facts.party_vat is not None and facts.party_vat == facts.own_vat:
        yield Reason(Code.OWN_VAT)
    if facts.iban and facts.known_ibans is not None and facts.iban not in facts.known_ibans:
        yield Reason(Code.IBAN_OTHER, {"known": tuple(facts.known_ibans)}) if facts.known_ibans else Reason(Code.IBAN_NEW)


def _dates(facts: Facts) -> Iterator[Reason]:
    day = facts.invoice_date
    if day is None:
        return
    if facts.received is not None and day > facts.received:
        yield Reason(Code.DATE_IN_FUTURE)
    if facts.due_date is not None and facts.due_date < day:
        yield Reason(Code.DUE_BEFORE_DATE)
    if facts.period:
        period = parse_booking_period(facts.period)
        months = (day.year - period.year) * YEAR + day.month - period.month
        if months:
            code = Code.DATE_YEAR_OFF if abs(months) > YEAR else Code.DATE_AFTER_PERIOD if months > 0 else Code.DATE_BEFORE_PERIOD
            yield Reason(code, {"period": period.shown()})


def _rest(facts: Facts) -> Iterator[Reason]:
    before = facts.sale_before
    if before is not None and facts.running is not None:
        if facts.running > before.running + 1:
            yield Reason(Code.NUMBER_GAP, {"number": before.number})
        if facts.invoice_date is not None and before.day is not None and before.day > facts.invoice_date:
            yield Reason(Code.NUMBER_ORDER, {"number": before.number, "date": before.day})
    if facts.currency not in CURRENCIES:
        yield Reason(Code.CURRENCY_UNKNOWN, {"currency": facts.currency})
    yield from _rate(facts)
    if facts.bad_reference:
        yield Reason(Code.REFERENCE_WRONG)
    if facts.suspense:
        yield Reason(Code.SUSPENSE)
    if facts.stage in (Stage.HELD, Stage.REFUSED) and facts.reason:
        yield Reason(Code.GIVEN, {"reason": facts.reason})


def _rate(facts: Facts) -> Iterator[Reason]:
    """Whether an invoice in another currency has the rate of its day, an older one, or none."""
    day, rate = facts.invoice_date, facts.rate
    if facts.currency == EURO or facts.currency not in CURRENCIES or day is None:
        return
    if rate is None or rate.currency != facts.currency:
        yield Reason(Code.RATE_UNKNOWN, {"currency": facts.currency, "date": day})
    elif rate.is_far:
        yield Reason(Code.RATE_FAR, {"currency": facts.currency, "per_euro": rate.per_euro, "published": rate.published})
    elif rate.is_older_than(day):
        yield Reason(Code.RATE_OLD, {"currency": facts.currency, "date": rate.day, "wanted": publication_day(day)})


def facts_of(state: BookingProposal) -> Facts:
    """What the proposal itself tells."""
    return Facts(
        stage=state.stage,
        missing=state.missing(),
        unread=state.unread,
        suspense=state.suspense and state.stage == Stage.CHECKED,
        new_party=state.counterparty is None and bool(state.party_name),
        reason=state.reason,
        source=state.source,
        period=state.period,
        invoice_date=state.invoice_date,
        due_date=state.due_date,
        currency=state.currency,
        rate=state.rate,
        total=state.total,
        base_and_vat=None if state.base is None or state.vat is None else state.base + state.vat,
        lines_total=sum((line.total for line in state.lines), Decimal(0)),
        vat=vat_by_code(state.lines),
        party_vat=state.party_vat,
        iban=state.party_iban,
        discount=state.discount,
        bad_reference=is_miswritten(state.payment_reference),
    )


def vat_by_code(lines: Sequence[Line]) -> dict[str, tuple[Decimal, Decimal]]:
    """VAT code → base and VAT of its lines."""
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for line in lines:
        base, vat = found.get(line.vat_code, (Decimal(0), Decimal(0)))
        found[line.vat_code] = (base + line.base, vat + line.vat)
    return found
