"""One row of the worklist as it is shown: state with its reasons, accounts by name, VAT rates, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from application.worklist import SUSPENSE_ACCOUNT
from domain.booking_proposal import Stage
from domain.dossier import Dossier
from domain.validation import EarlierSale, Facts, ValidationState, validate
from projections.worklist import ListedProposal
from projections.worklist_row import facts_of
from web import badges
from web.badges import Badge
from web.office.reasons import sentences_of

if TYPE_CHECKING:
    from web.wiring import Cell

BADGES = {
    ValidationState.OK: badges.OK,
    ValidationState.OK_NEW: badges.OK_NEW,
    ValidationState.WARNING: badges.LOOK_TWICE,
    ValidationState.E_INVOICE_DOUBLE: badges.OF_E_INVOICE,
    ValidationState.OCR: badges.OCR_ERROR,
    ValidationState.EMPTY: badges.EMPTY,
    ValidationState.NOK: badges.NOT_OK,
    ValidationState.CHECKED: badges.CHECKED,
    ValidationState.CHECKED_SUSPENSE: badges.CHECKED_ON_SUSPENSE,
    ValidationState.HELD: badges.ON_HOLD,
    ValidationState.REFUSED: badges.REFUSED_BY_PACKAGE,
    ValidationState.SENT: badges.SENT,
}
_CHECKED = (ValidationState.CHECKED, ValidationState.CHECKED_SUSPENSE)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A row with everything its template needs. Totals are negative for a credit note; `can` names the actions that make sense."""

    row: ListedProposal
    waiting: bool
    badge: Badge
    why: str
    page_of_e_invoice: bool
    accounts: tuple[tuple[str, str], ...]
    suspense: bool
    rates: str
    can: str
    new_party: bool
    total: Decimal | None
    total_eur: Decimal | None
    after_period: bool


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """What is known in one dossier around its proposals.

    Account → name; VAT code → rate in percent, and what of it an invoice charges (0: reverse charge); counterparty → its accounts; the
    dossier's own VAT number.
    """

    accounts: Mapping[str, str]
    rates: Mapping[str, Decimal]
    charged: Mapping[str, Decimal]
    ibans: Mapping[UUID, Sequence[str]]
    own_vat: str | None

    @classmethod
    def of(cls, cell: Cell, dossier: UUID, rows: Iterable[ListedProposal | None] = ()) -> Names:
        """From the ledger mirror; accounts of the counterparties of these rows."""
        mirror = cell.bench.mirror
        codes = [code for kind in ("purchase", "sales") for code in mirror.vat_codes(dossier, kind)]
        parties = {row.counterparty for row in rows if row and row.counterparty and row.party_iban}
        return cls(
            accounts={one.code: one.name for one in mirror.accounts(dossier)},
            rates={code.code: code.rate for code in codes},
            charged={code.code: Decimal(0) if code.reverse_charge else code.rate for code in codes},
            ibans=cell.models.counterparties.ibans(parties) if parties else {},
            own_vat=cell.bench.log.load(Dossier, dossier).state.vat_number,
        )

    def percent(self, vat_codes: Sequence[str]) -> str:
        """The rates of some lines, each once: `6 · 21`."""
        found = sorted({self.rates[code] for code in vat_codes if code in self.rates})
        return " · ".join(f"{rate.normalize():f}".replace(".", ",") for rate in found)


def around(facts: Facts, row: ListedProposal, names: Names) -> Facts:
    """A proposal's own facts with those that other rows and the dossier tell."""
    before, own = row.sale_before, facts_of(row)
    return msgspec.structs.replace(
        facts,
        rates=names.charged,
        own_vat=names.own_vat,
        received=row.delivered_at.date(),
        known_ibans=names.ibans.get(row.counterparty) if row.counterparty else None,
        running=row.sale_run,
        sale_before=EarlierSale(before[0], date.fromisoformat(before[1]) if before[1] else None, before[2]) if before else None,
        double=row.double_source,
        same_file=own.same_file,
        given=own.given,
        broken=own.broken,
        advised=own.advised,
    )


def line_of(row: ListedProposal, names: Names, language: str) -> Line:
    """The row to show."""
    waiting = row.drafted_at is None
    validation = None if waiting else validate(around(facts_of(row), row, names))
    state = validation.state if validation else None
    return Line(
        row=row,
        waiting=waiting,
        badge=BADGES[state] if state else badges.BEING_RECOGNISED,
        why=sentences_of(validation.reasons, language) if validation else "",
        page_of_e_invoice=state == ValidationState.E_INVOICE_DOUBLE,
        accounts=tuple((code, names.accounts.get(code, "")) for code in dict.fromkeys(row.accounts)),
        suspense=SUSPENSE_ACCOUNT in row.accounts or not all(row.accounts),
        rates=names.percent(row.vat_codes),
        can=" ".join(_possible(row, state)),
        new_party=row.counterparty is None and bool(row.party),
        total=signed(row),
        total_eur=None if row.total_eur is None else row.signed,
        after_period=bool(row.period and row.invoice_date and f"{row.invoice_date:%Y-%m}" > row.period),
    )


def signed(row: ListedProposal) -> Decimal | None:
    """The total, negative for a credit note."""
    return -row.total if row.total is not None and row.credit_note else row.total


def _possible(row: ListedProposal, state: ValidationState | None) -> list[str]:
    possible = [] if row.help == "asked" else ["help"]
    if row.kind == "misc":
        return [*possible, "process"]
    if state is None:
        return []
    possible += ["delete", "edit"]
    if row.stage in (Stage.OPEN, Stage.HELD):
        possible.append("recognise")
    if not row.missing and row.line_total == row.total and state != ValidationState.E_INVOICE_DOUBLE:
        possible.append("check")
    possible.append("release" if state == ValidationState.HELD else "hold")
    if state in _CHECKED:
        possible.append("send")
    return possible
