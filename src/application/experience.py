"""What enrichment may ask about earlier work: the dossier's counterparties, how invoices were booked, what other dossiers do, and rates.

Read models answer. They may lag behind the log or be empty while they are rebuilt: what they say is a suggestion, never a decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol
from uuid import UUID

from application.enrichment.circumstances import PastBooking
from application.enrichment.counterparties import Card
from domain.exchange_rate import ExchangeRate


class BookedOn(NamedTuple):
    """The account and VAT code of an invoice's largest line."""

    account: str
    vat_code: str


class KnownParties(Protocol):
    """The counterparties of dossiers. `kind` is purchase or sales."""

    def with_iban(self, dossier: UUID, kind: str, iban: str) -> Sequence[Card]:
        """Those that are known to have this account number."""
        ...

    def everybody(self, dossier: UUID, kind: str) -> Sequence[Card]:
        """All of a dossier, on one side of trade."""
        ...


class PastBookings(Protocol):
    """How proposals that people checked were booked."""

    def of_party(self, dossier: UUID, counterparty: UUID) -> Sequence[PastBooking]:
        """Those of one counterparty, latest first."""
        ...

    def elsewhere(self, dossier: UUID, kind: str, vat_number: str) -> Mapping[UUID, BookedOn]:
        """The last one of this VAT number in every other dossier, by dossier."""
        ...


class KnownRates(Protocol):
    """The exchange rates of the euro that were published and taken in."""

    def on(self, currency: str, day: date) -> ExchangeRate | None:
        """The rate of a currency that was published last, on `day` or before it; None when none is known."""
        ...

    def wait_for(self, position: int) -> bool:
        """Wait a second at most for what was taken in up to this log position; whether it can be looked up."""
        ...


class ForeignProposals(Protocol):
    """The proposals in another currency than the euro that have not been sent."""

    def in_other_currencies(self) -> Sequence[UUID]:
        """Those nobody stands for yet, in every dossier."""
        ...

    def wait_for(self, position: int) -> bool:
        """Wait a second at most for what happened up to this log position; whether it is in the list."""
        ...
