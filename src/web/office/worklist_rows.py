"""One row of the worklist as it is shown: state with its reasons, accounts by name, VAT rates, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from application.worklist import SUSPENSE_ACCOUNT
from domain.validation import ValidationState
from projections.worklist import ListedProposal
from web import badges
from web.badges import Badge
from web.translations import _

if TYPE_CHECKING:
    from web.wiring import Cell

BADGES = {
    ValidationState.OK: badges.OK,
    ValidationState.OK_NEW: badges.OK_NEW,
    ValidationState.OCR: badges.OCR_ERROR,
    ValidationState.EMPTY: badges.EMPTY,
    ValidationState.NOK: badges.NOT_OK,
    ValidationState.CHECKED: badges.CHECKED,
    ValidationState.CHECKED_SUSPENSE: badges.CHECKED_ON_SUSPENSE,
    ValidationState.HELD: badges.ON_HOLD,
    ValidationState.REFUSED: badges.REFUSED_BY_PACKAGE,
    ValidationState.SENT: badges.SENT,
}
FIELDS = {
    "tegenpartij": _("tegenpartij"),
    "factuurnummer": _("factuurnummer"),
    "factuurdatum": _("factuurdatum"),
    "boekperiode": _("boekperiode"),
    "dagboek": _("dagboek"),
    "totaal": _("totaal"),
    "rekening": _("rekening"),
    "btw-code": _("btw-code"),
}
"""Mandatory fields by their Dutch name, marked for translation."""

_CHECKED = (ValidationState.CHECKED, ValidationState.CHECKED_SUSPENSE)


class Reason(msgspec.Struct, frozen=True):
    """Why a row is in its state: a marked sentence and its values."""

    sentence: str
    values: dict[str, Any] = {}


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A row with everything its template needs. `total` is negative for a credit note; `can` names the actions that make sense."""

    row: ListedProposal
    waiting: bool
    badge: Badge
    reasons: tuple[Reason, ...]
    accounts: tuple[tuple[str, str], ...]
    suspense: bool
    rates: str
    can: str
    new_party: bool
    total: Decimal | None
    after_period: bool


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """What codes mean in one dossier: account → name, VAT code → rate in percent."""

    accounts: Mapping[str, str]
    rates: Mapping[str, Decimal]

    @classmethod
    def of(cls, cell: Cell, dossier: UUID) -> Names:
        """From the ledger mirror."""
        mirror = cell.bench.mirror
        return cls(
            accounts={one.code: one.name for one in mirror.accounts(dossier)},
            rates={code.code: code.rate for kind in ("purchase", "sales") for code in mirror.vat_codes(dossier, kind)},
        )

    def percent(self, vat_codes: Sequence[str]) -> str:
        """The rates of some lines, each once: `6 · 21`."""
        found = sorted({self.rates[code] for code in vat_codes if code in self.rates})
        return " · ".join(f"{rate.normalize():f}".replace(".", ",") for rate in found)


def line_of(row: ListedProposal, names: Names) -> Line:
    """The row to show."""
    waiting = row.drafted_at is None
    state = ValidationState(row.state) if row.state else None
    badge = BADGES[state] if state else badges.BEING_RECOGNISED
    if row.double_of and state in (ValidationState.OK, ValidationState.OK_NEW):
        badge = badges.LOOK_TWICE
    return Line(
        row=row,
        waiting=waiting,
        badge=badge,
        reasons=tuple(_reasons(row, state)),
        accounts=tuple((code, names.accounts.get(code, "")) for code in dict.fromkeys(row.accounts)),
        suspense=SUSPENSE_ACCOUNT in row.accounts or not all(row.accounts),
        rates=names.percent(row.vat_codes),
        can=" ".join(_possible(row, state)),
        new_party=row.counterparty is None and bool(row.party),
        total=signed(row),
        after_period=bool(row.period and row.invoice_date and f"{row.invoice_date:%Y-%m}" > row.period),
    )


def signed(row: ListedProposal) -> Decimal | None:
    """The total, negative for a credit note."""
    return -row.total if row.total is not None and row.credit_note else row.total


def _possible(row: ListedProposal, state: ValidationState | None) -> list[str]:
    if row.kind == "misc":
        return ["process"]
    if state is None:
        return []
    possible = ["delete"]
    if not row.missing and row.line_total == row.total:
        possible.append("check")
    possible.append("release" if state == ValidationState.HELD else "hold")
    if state in _CHECKED:
        possible.append("send")
    return possible


def _reasons(row: ListedProposal, state: ValidationState | None) -> list[Reason]:
    found: list[Reason] = []
    if row.missing and state not in (ValidationState.OCR, ValidationState.EMPTY):
        found.append(Reason(_("Nog in te vullen: {fields}."), {"fields": ", ".join(row.missing)}))
    elif state == ValidationState.NOK and row.total is not None:
        found.append(Reason(_("De lijnen zijn samen niet gelijk aan het totaal.")))
    if state in _BY_STATE:
        found.append(Reason(_BY_STATE[state]))
    if state in (ValidationState.HELD, ValidationState.REFUSED) and row.reason:
        found.append(Reason("{reason}", {"reason": row.reason}))
    if row.double_of:
        found.append(Reason(_("Lijkt op een andere factuur in dit dossier: kijk na of ze niet dubbel is.")))
    if row.twin:
        found.append(Reason(_("Hetzelfde bestand werd al eerder aangeleverd.")))
    return found


_BY_STATE = {
    ValidationState.OK_NEW: _("De tegenpartij is nieuw en wordt aangemaakt bij het nakijken."),
    ValidationState.OCR: _("De herkenning is vastgelopen op dit bestand. Vul het voorstel zelf aan."),
    ValidationState.EMPTY: _("Geen enkel verplicht gegeven werd herkend. Vul het voorstel zelf aan."),
    ValidationState.CHECKED_SUSPENSE: _("Minstens één lijn staat op de wachtrekening."),
}
