"""A client's dossier: its identity, journals, booking periods and who validates its proposals."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from domain.booking_period import parse_booking_period
from domain.deductible import check_deductible, with_deductible
from domain.kernel import Event, Refused
from domain.number_format import parse_number_format
from domain.service_level import DossierTermSet

if TYPE_CHECKING:
    from collections.abc import Sequence


CENTURY = range(2000, 2100)
"""Years that books are kept of."""


class Kind(StrEnum):
    """Which side of trade a document, journal or proposal is on."""

    PURCHASE = "purchase"
    SALES = "sales"


class Validation(StrEnum):
    """Who validates the booking proposals of a dossier (FEATURES G4)."""

    OFFICE = "office"
    HYBRID = "hybrid"
    CLIENT = "client"


class JournalSettings(msgspec.Struct, frozen=True, kw_only=True):
    """One journal of the dossier. `number_format` is a document-number format such as `yy000###`."""

    code: str
    kind: Kind
    number_format: str
    alias: str = ""
    credit_notes_only: bool = False
    active: bool = True


class DossierOpened(Event, frozen=True, kw_only=True):
    """A client of the office. `enterprise_number` is ten digits, `vat_number` compact with country or None when exempt."""

    name = "dossier.opened"
    dossier_name: str
    enterprise_number: str
    vat_number: str | None
    package: str
    package_code: str
    language: str = "nl"


class JournalSet(Event, frozen=True, kw_only=True):
    """A journal was added or its settings changed."""

    name = "dossier.journal_set"
    journal: JournalSettings


class BookYearOpened(Event, frozen=True, kw_only=True):
    """Twelve monthly periods, all open, the first being `first_period` (`YYYY-MM`)."""

    name = "dossier.book_year_opened"
    first_period: str


class PeriodClosed(Event, frozen=True, kw_only=True):
    """No more bookings in this period (`YYYY-MM`)."""

    name = "dossier.period_closed"
    period: str


class PeriodReopened(Event, frozen=True, kw_only=True):
    """Bookings again in this period."""

    name = "dossier.period_reopened"
    period: str


class ValidationChosen(Event, frozen=True, kw_only=True):
    """Who validates from now on."""

    name = "dossier.validation_chosen"
    by: Validation


class VatCodeSwitched(Event, frozen=True, kw_only=True):
    """A VAT code of the package is offered for this dossier, or is not."""

    name = "dossier.vat_code_switched"
    code: str
    on: bool


class FallbackChosen(Event, frozen=True, kw_only=True):
    """The counterparty of purchases or sales on which none was found; None: leave it empty (FEATURES G5)."""

    name = "dossier.fallback_chosen"
    kind: Kind
    counterparty: UUID | None = None


class PaymentDaysSet(Event, frozen=True, kw_only=True):
    """Days after its date on which an invoice is due when nothing else tells; None: leave it empty."""

    name = "dossier.payment_days_set"
    days: int | None = None


class ImportLicenceSwitched(Event, frozen=True, kw_only=True):
    """VAT on imported goods goes on the return (licence ET 14.000), or is paid at customs."""

    name = "dossier.import_licence_switched"
    on: bool


class PaymentPreparationSwitched(Event, frozen=True, kw_only=True):
    """Payments are prepared from the worklist while purchases are processed, or are not (FEATURES D10)."""

    name = "dossier.payment_preparation_switched"
    on: bool


class DeductibleSet(Event, frozen=True, kw_only=True):
    """The percentage of the VAT on accounts that begin so that may be deducted; None: as the office has it."""

    name = "dossier.deductible_set"
    account: str
    percent: Decimal | None = None


class PrivateAccountSet(Event, frozen=True, kw_only=True):
    """Where the private part of a cost is booked; None: there are no private parts here."""

    name = "dossier.private_account_set"
    account: str | None = None


LONGEST_TERM = 365
"""Days."""


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of one client. `periods` says of each known period whether it is open; `fallbacks` are counterparties by side of trade."""

    dossier_name: str
    enterprise_number: str
    vat_number: str | None
    package: str
    package_code: str
    language: str
    validation: Validation = Validation.OFFICE
    journals: dict[str, JournalSettings] = {}
    periods: dict[str, bool] = {}
    vat_codes_off: frozenset[str] = frozenset()
    fallbacks: dict[Kind, UUID] = {}
    payment_days: int | None = None
    import_licence: bool = False
    payment_preparation: bool = False
    term: int | None = None
    """Working days in which what is submitted is processed; 0: no promise, None: as the office has it."""
    deductible: dict[str, Decimal] = {}
    private_account: str | None = None

    def journal_for(self, kind: Kind, *, credit_note: bool) -> JournalSettings | None:
        """The active journal for a document; credit notes go to the ordinary one when none is only for them."""
        fitting = [journal for journal in self.journals.values() if journal.active and journal.kind == kind]
        special = [journal for journal in fitting if journal.credit_notes_only]
        ordinary = [journal for journal in fitting if not journal.credit_notes_only]
        return next(iter((special if credit_note else []) + ordinary), None)

    @property
    def open_periods(self) -> list[str]:
        """Open periods, oldest first."""
        return sorted(period for period, is_open in self.periods.items() if is_open)

    def set_journal(self, journal: JournalSettings) -> Sequence[Event]:
        """Add a journal or change one. Refused when the number format cannot be read."""
        if not journal.code.strip():
            raise Refused("Geef het dagboek een code.")
        parse_number_format(journal.number_format)
        return [] if self.journals.get(journal.code) == journal else [JournalSet(journal=journal)]

    def open_book_year(self, first_period: str) -> Sequence[Event]:
        """Twelve open periods from this one on; periods already known keep their state."""
        check_first_period(first_period)
        return [] if first_period in self.periods else [BookYearOpened(first_period=first_period)]

    def close_period(self, period: str) -> Sequence[Event]:
        """No more bookings in this period."""
        if period not in self.periods:
            raise Refused("Boekperiode {period} bestaat niet in dit dossier.", period=period)
        return [PeriodClosed(period=period)] if self.periods[period] else []

    def reopen_period(self, period: str) -> Sequence[Event]:
        """Bookings again in this period."""
        if period not in self.periods:
            raise Refused("Boekperiode {period} bestaat niet in dit dossier.", period=period)
        return [] if self.periods[period] else [PeriodReopened(period=period)]

    def choose_validation(self, by: Validation) -> Sequence[Event]:
        """Let the office, the client, or both in turn validate."""
        return [] if by == self.validation else [ValidationChosen(by=by)]

    def switch_vat_code(self, code: str, *, on: bool) -> Sequence[Event]:
        """Offer a VAT code of the package, or stop offering it."""
        return [] if on is (code not in self.vat_codes_off) else [VatCodeSwitched(code=code, on=on)]

    def choose_fallback(self, kind: Kind, counterparty: UUID | None) -> Sequence[Event]:
        """Whose an invoice is on which nobody is found."""
        return [] if self.fallbacks.get(kind) == counterparty else [FallbackChosen(kind=kind, counterparty=counterparty)]

    def set_payment_days(self, days: int | None) -> Sequence[Event]:
        """The usual term of its invoices."""
        if days is not None and not 0 <= days <= LONGEST_TERM:
            raise Refused("Een betalingstermijn is hoogstens {days} dagen.", days=LONGEST_TERM)
        return [] if days == self.payment_days else [PaymentDaysSet(days=days)]

    def switch_payment_preparation(self, *, on: bool) -> Sequence[Event]:
        """Whether an employee may put purchases ready for payment."""
        return [] if on == self.payment_preparation else [PaymentPreparationSwitched(on=on)]

    def switch_import_licence(self, *, on: bool) -> Sequence[Event]:
        """Whether VAT on imported goods goes on the return."""
        return [] if on == self.import_licence else [ImportLicenceSwitched(on=on)]

    def set_deductible(self, account: str, percent: Decimal | None) -> Sequence[Event]:
        """How much of the VAT on these accounts may be deducted, whatever the office has for them."""
        check_deductible(account, percent)
        return [] if self.deductible.get(account) == percent else [DeductibleSet(account=account, percent=percent)]

    def set_private_account(self, account: str | None) -> Sequence[Event]:
        """Where private parts are booked."""
        if account is not None and not (account.isascii() and account.isdecimal()):
            raise Refused("“{account}” is geen rekening. Kies ze uit de lijst.", account=account)
        return [] if account == self.private_account else [PrivateAccountSet(account=account)]

    @classmethod
    def evolve(cls, state: Dossier | None, event: Event) -> Dossier:
        """State after one more event."""
        match state, event:
            case None, DossierOpened():
                return cls(
                    dossier_name=event.dossier_name,
                    enterprise_number=event.enterprise_number,
                    vat_number=event.vat_number,
                    package=event.package,
                    package_code=event.package_code,
                    language=event.language,
                )
            case Dossier(), JournalSet(journal=journal):
                return msgspec.structs.replace(state, journals=state.journals | {journal.code: journal})
            case Dossier(), BookYearOpened(first_period=first):
                return msgspec.structs.replace(state, periods=dict.fromkeys(_year(first), True) | state.periods)
            case Dossier(), PeriodClosed(period=period):
                return msgspec.structs.replace(state, periods=state.periods | {period: False})
            case Dossier(), PeriodReopened(period=period):
                return msgspec.structs.replace(state, periods=state.periods | {period: True})
            case Dossier(), ValidationChosen(by=by):
                return msgspec.structs.replace(state, validation=by)
            case Dossier(), DossierTermSet(days=days):
                return msgspec.structs.replace(state, term=days)
            case Dossier(), VatCodeSwitched(code=code, on=on):
                off = state.vat_codes_off - {code} if on else state.vat_codes_off | {code}
                return msgspec.structs.replace(state, vat_codes_off=off)
            case Dossier(), PaymentPreparationSwitched(on=on):
                return msgspec.structs.replace(state, payment_preparation=on)
            case Dossier(), FallbackChosen() | PaymentDaysSet() | ImportLicenceSwitched() | DeductibleSet() | PrivateAccountSet():
                return msgspec.structs.replace(state, **_enriched(state, event))
        raise AssertionError(f"{event!r} cannot follow {state!r}")


def _enriched(state: Dossier, event: Event) -> dict[str, object]:
    """What the settings of enrichment change."""
    match event:
        case FallbackChosen(kind=kind, counterparty=counterparty):
            others = {one: known for one, known in state.fallbacks.items() if one != kind}
            return {"fallbacks": others | ({kind: counterparty} if counterparty else {})}
        case PaymentDaysSet(days=days):
            return {"payment_days": days}
        case ImportLicenceSwitched(on=on):
            return {"import_licence": on}
        case DeductibleSet(account=account, percent=percent):
            return {"deductible": with_deductible(state.deductible, account, percent)}
        case PrivateAccountSet(account=account):
            return {"private_account": account}
    return {}


def check_first_period(first_period: str) -> None:
    """Refused unless the period is a January of this century: numbers and reports follow calendar years."""
    first = parse_booking_period(first_period)
    if first.year not in CENTURY:
        raise Refused("“{text}” is geen boekperiode. Schrijf ze zoals 03/2026.", text=first.shown())
    if first.month != 1:
        raise Refused("Een boekjaar begint in januari. Andere boekjaren kan Daybook nog niet aan.")


def _year(first_period: str) -> list[str]:
    first = parse_booking_period(first_period)
    return [str(first.plus(months)) for months in range(12)]
