"""What a dossier knows when one of its invoices is enriched. Gathered by `application.gathering`; nothing here asks for anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from application.accounting_package import Account, Dimension, VatCode
from domain.article_list import ArticleRule
from domain.booking_proposal import Line, Why
from domain.booking_template import TemplateLine
from domain.dossier import Dossier, Kind

FALLBACK = "counterparty.fallback"
"""How a party was found that is the dossier's fallback."""


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """The other party of an invoice as the cascade found it, and how. `counterparty` None: not one of the dossier's yet.

    `account` and `vat_code` are those of its last checked invoice; `line_by_line`: its invoices are booked with a line for each of theirs.
    """

    counterparty: UUID | None = None
    party_name: str = ""
    vat_number: str | None = None
    iban: str = ""
    account: str | None = None
    vat_code: str | None = None
    line_by_line: bool = False
    why: Why | None = None
    confidence: float | None = None
    """The chance (0–1) that it is the right one, where the way it was found tells that; None: as sure as its number was read."""

    @property
    def by_fallback(self) -> bool:
        """Whether nobody was found on the invoice: what the dossier's fallback was billed before says nothing of this one."""
        return self.why is not None and self.why.code == FALLBACK


class PastBooking(msgspec.Struct, frozen=True, kw_only=True):
    """How an earlier invoice of the same party was booked. `own`: checked here; otherwise made in the package itself."""

    id: str
    day: date | None
    lines: tuple[Line, ...]
    due_days: int | None = None
    """Days between invoice date and due date."""
    own: bool = True


class OfficeHabit(msgspec.Struct, frozen=True, kw_only=True):
    """How other dossiers of the office book the same VAT number: only account and VAT code, and in how many dossiers."""

    account: str
    vat_code: str
    dossiers: int


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """The dossier's settings and ledger, the party, and what is known of how it is booked."""

    kind: Kind
    dossier: Dossier
    party: Party
    accounts: tuple[Account, ...]
    vat_codes: tuple[VatCode, ...]
    """Those offered in the dossier, in the package's order."""
    suspense_account: str
    past: tuple[PastBooking, ...] = ()
    """Latest first."""
    saved_templates: tuple[tuple[TemplateLine, ...], ...] = ()
    """What people saved for this party, oldest first."""
    office_habits: tuple[OfficeHabit, ...] = ()
    """Most dossiers first."""
    templates_from: int = 3
    """So many invoices booked the same way make a template."""
    articles: tuple[ArticleRule, ...] = ()
    """What the article list says of this party, the dossier's before the office's."""
    dimensions: tuple[Dimension, ...] = ()
    """The analytic dimensions of the package."""
    deductible: Mapping[str, Decimal] = {}
    """Percentage of the VAT that is deductible, by the beginning of an account's code; the longest that fits counts."""

    def usual_on(self, account: str) -> dict[str, Any]:
        """What the party's latest invoice had on this account besides its amounts: analytic dimensions, and a private percentage."""
        lines = (line for booking in self.past for line in booking.lines if line.account == account)
        last = next(lines, None)
        if last is None:
            return {}
        private = last.private if last.private and last.private.percent else None
        return {"dimensions": self.still_known(last.dimensions), "private": private}

    def still_known(self, dimensions: Mapping[str, str]) -> dict[str, str]:
        """Those of these that the package still has."""
        known = {one.code: {value.code for value in one.values} for one in self.dimensions}
        return {code: value for code, value in dimensions.items() if value in known.get(code, ())}

    def deductible_of(self, account: str) -> Decimal:
        """The percentage of the VAT on this account that is deductible."""
        fitting = [root for root in self.deductible if account.startswith(root)]
        return self.deductible[max(fitting, key=len)] if fitting else Decimal(100)
