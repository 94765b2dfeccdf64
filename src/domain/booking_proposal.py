"""A booking proposal: how one invoice would be booked, what people did with it, and what became of it in the accounting package.

Its stream belongs to one document, so there can be only one (FEATURES I, J, L2). Amounts are in `currency`; those of a credit note are
positive with `credit_note` set. Periods are `YYYY-MM`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated
from uuid import UUID, uuid5

import msgspec
from msgspec import UNSET, UnsetType

from domain.booking_removal import BookingRemoved, RemovalRefused, RemovalRequested
from domain.cash_discount import check_discount
from domain.currency import EURO
from domain.document_parts import ProposalReturned, ProposalWithdrawn
from domain.dossier import Kind
from domain.exchange_rate import ExchangeRate
from domain.kernel import PERSONAL, Event, PersonalText, Refused
from domain.mandatory import missing_fields
from domain.private_share import PrivateShare, check_private

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet


class Stage(StrEnum):
    """Where the proposal stands between worklist and books."""

    OPEN = "open"
    HELD = "held"
    CHECKED = "checked"
    NUMBERED = "numbered"
    SENDING = "sending"
    HANDED_OVER = "handed_over"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "outcome_unknown"
    CONFIRMED = "confirmed"
    REMOVING = "removing"
    DELETED = "deleted"


ON_ITS_WAY = frozenset({Stage.NUMBERED, Stage.SENDING, Stage.HANDED_OVER, Stage.ACCEPTED, Stage.UNKNOWN, Stage.CONFIRMED, Stage.REMOVING})
"""Stages in which the proposal has left the worklist and cannot be changed."""
BOOKED = frozenset({Stage.ACCEPTED, Stage.CONFIRMED, Stage.REMOVING})
"""Stages in which the package says that it booked it. What was only handed over is still on its way."""


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One booking line; an empty account or VAT code is still to be filled in.

    `dimensions`: analytic dimension of the package → the value it is booked on. `private`: the part of it that is no cost of the business.
    """

    account: str
    vat_code: str
    base: Decimal
    vat: Decimal
    dimensions: dict[str, str] = {}
    private: PrivateShare | None = None

    @property
    def total(self) -> Decimal:
        """Base and VAT."""
        return self.base + self.vat


class Why(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a value comes from: a lasting code (`account.chart`) and the values of its sentence. Sentences: `application.explanations`."""

    code: str
    values: dict[str, str] = {}


class Draft(Event, frozen=True, kw_only=True):
    """What enrichment proposes for a document. `counterparty` None: the party read on the document is new, or none was found.

    `confidence` is 0–1 by field name, `certainty` for the whole, `weakest` the part that most likely has to be changed; `why` says by
    field where its value comes from: `counterparty`, `account`, `vat_code`, `period`, `due_date`, and `account.0`, `account.1`, … for lines
    that differ, and under `lines` why its own lines are not proposed; a text is a Dutch word of before there were codes. `unread` is a
    technical failure of recognition. `discount`: the financial discount in percent; `instruction`: what is told with the booking.
    """

    dossier: UUID
    document: UUID
    kind: Kind
    source: str
    journal: str
    credit_note: bool = False
    period: str | None = None
    counterparty: UUID | None = None
    party_name: PersonalText = ""
    party_vat: str | None = None
    party_iban: PersonalText = ""
    invoice_number: str = ""
    invoice_date: date | None = None
    due_date: date | None = None
    currency: str = "EUR"
    total: Decimal | None = None
    base: Decimal | None = None
    vat: Decimal | None = None
    payment_reference: PersonalText = ""
    lines: tuple[Line, ...] = ()
    remarks: Annotated[tuple[str, ...], msgspec.Meta(extra={PERSONAL: True})] = ()
    confidence: dict[str, float] = {}
    certainty: float = 0.0
    weakest: str = ""
    why: dict[str, Why | str] = {}
    unread: bool = False
    discount: Decimal = Decimal(0)
    instruction: PersonalText = ""


class ProposalDrafted(Draft, frozen=True, kw_only=True):
    """Enrichment made a proposal of a document."""

    name = "proposal.drafted"


class ProposalRedrafted(Draft, frozen=True, kw_only=True):
    """The document was read again and proposed anew. What a person had corrected has kept his value: those fields are `kept`."""

    name = "proposal.redrafted"
    kept: tuple[str, ...] = ()


class ProposalCorrected(Event, frozen=True, kw_only=True):
    """What a person changed; a field that is not there was left as it was."""

    name = "proposal.corrected"
    journal: str | UnsetType = UNSET
    credit_note: bool | UnsetType = UNSET
    period: str | UnsetType | None = UNSET
    counterparty: UUID | UnsetType | None = UNSET
    party_name: PersonalText | UnsetType = UNSET
    party_vat: str | UnsetType | None = UNSET
    party_iban: PersonalText | UnsetType = UNSET
    invoice_number: str | UnsetType = UNSET
    invoice_date: date | UnsetType | None = UNSET
    due_date: date | UnsetType | None = UNSET
    currency: str | UnsetType = UNSET
    total: Decimal | UnsetType | None = UNSET
    base: Decimal | UnsetType | None = UNSET
    vat: Decimal | UnsetType | None = UNSET
    payment_reference: PersonalText | UnsetType = UNSET
    lines: tuple[Line, ...] | UnsetType = UNSET
    rate: ExchangeRate | UnsetType | None = UNSET
    """One that a person filled in; None: as it was published."""
    remarks: Annotated[tuple[str, ...], msgspec.Meta(extra={PERSONAL: True})] | UnsetType = UNSET
    discount: Decimal | UnsetType = UNSET
    instruction: PersonalText | UnsetType = UNSET
    pay: bool | UnsetType = UNSET
    """Whether its payment is to be prepared (FEATURES D10)."""


class RateApplied(Event, frozen=True, kw_only=True):
    """Amounts in another currency are converted at this published rate; None: none is known, or the invoice is in euro."""

    name = "proposal.rate_applied"
    rate: ExchangeRate | None = None


class ProposalChecked(Event, frozen=True, kw_only=True):
    """A person looked at it and stands for it; `suspense` when a line stands on the suspense account."""

    name = "proposal.checked"
    suspense: bool = False


class ProposalUnchecked(Event, frozen=True, kw_only=True):
    """Back among what is still to be looked at."""

    name = "proposal.unchecked"


class ProposalHeld(Event, frozen=True, kw_only=True):
    """Kept back on purpose."""

    name = "proposal.held"
    reason: PersonalText = ""


class ProposalReleased(Event, frozen=True, kw_only=True):
    """No longer kept back."""

    name = "proposal.released"


class ProposalParted(Event, frozen=True, kw_only=True):
    """A person says it is an invoice of its own: not the page of the e-invoice it looks like, nor a double of another (FEATURES K6)."""

    name = "proposal.parted"


class ProposalJoined(Event, frozen=True, kw_only=True):
    """It is compared with the others again."""

    name = "proposal.joined"


class ProposalNumbered(Event, frozen=True, kw_only=True):
    """The document number is its own from now on, and it is to be sent."""

    name = "proposal.numbered"
    journal: str
    book_year: int
    number: str


class SendingStarted(Event, frozen=True, kw_only=True):
    """A worker is about to hand it to the package. `attempt` counts from 1."""

    name = "proposal.sending_started"
    attempt: int


class SendingAbandoned(Event, frozen=True, kw_only=True):
    """The package could not be reached and got nothing: it is tried again."""

    name = "proposal.sending_abandoned"


class HandedOver(Event, frozen=True, kw_only=True):
    """The package took it, without saying yet whether it books it."""

    name = "proposal.handed_over"


class BookingAccepted(Event, frozen=True, kw_only=True):
    """The package booked it under an id of its own."""

    name = "proposal.accepted"
    package_id: str


class BookingRefused(Event, frozen=True, kw_only=True):
    """The package said no: back in the worklist with its reason, which may name people; the number stays."""

    name = "proposal.refused"
    reason: PersonalText


class OutcomeLost(Event, frozen=True, kw_only=True):
    """No answer came: nobody knows whether it was booked."""

    name = "proposal.outcome_unknown"
    reason: PersonalText = ""


class BookingNotFound(Event, frozen=True, kw_only=True):
    """Read back: the package does not hold it. A person decides whether it is sent again."""

    name = "proposal.not_found_in_package"


class ResendDecided(Event, frozen=True, kw_only=True):
    """A person decided to send it again under the same number."""

    name = "proposal.resend_decided"


class BookingConfirmed(Event, frozen=True, kw_only=True):
    """Read back from the package's books."""

    name = "proposal.confirmed"
    package_id: str


class ProposalDeleted(Event, frozen=True, kw_only=True):
    """Out of the worklist for good."""

    name = "proposal.deleted"
    reason: PersonalText = ""


_STAGE_AFTER: dict[type[Event], Stage] = {
    ProposalDrafted: Stage.OPEN,
    ProposalRedrafted: Stage.OPEN,
    ProposalCorrected: Stage.OPEN,
    ProposalChecked: Stage.CHECKED,
    ProposalUnchecked: Stage.OPEN,
    ProposalHeld: Stage.HELD,
    ProposalReleased: Stage.OPEN,
    ProposalNumbered: Stage.NUMBERED,
    SendingStarted: Stage.SENDING,
    SendingAbandoned: Stage.NUMBERED,
    HandedOver: Stage.HANDED_OVER,
    BookingAccepted: Stage.ACCEPTED,
    BookingRefused: Stage.REFUSED,
    OutcomeLost: Stage.UNKNOWN,
    ResendDecided: Stage.NUMBERED,
    BookingConfirmed: Stage.CONFIRMED,
    RemovalRequested: Stage.REMOVING,
    BookingRemoved: Stage.OPEN,
    RemovalRefused: Stage.CONFIRMED,
    ProposalDeleted: Stage.DELETED,
    ProposalWithdrawn: Stage.DELETED,
    ProposalReturned: Stage.OPEN,
}
STAGE_EVENTS = tuple(_STAGE_AFTER)
"""All that moves a proposal from stage to stage."""


def stage_after(stage: Stage, event: Event) -> Stage:
    """The stage one event later. What was kept back stays so when it is corrected; events that move nothing leave it where it was."""
    if stage == Stage.HELD and isinstance(event, ProposalCorrected | ProposalRedrafted):
        return stage
    return _STAGE_AFTER.get(type(event), stage)


@lru_cache(maxsize=4096)
def proposal_of(document: UUID) -> UUID:
    """The one proposal stream of a document."""
    return uuid5(document, "booking-proposal")


class BookingProposal(msgspec.Struct, frozen=True, kw_only=True):
    """The proposal as it stands. Field names as in `ProposalDrafted`."""

    dossier: UUID
    document: UUID
    kind: Kind
    source: str
    journal: str
    credit_note: bool
    period: str | None
    counterparty: UUID | None
    party_name: str
    party_vat: str | None
    party_iban: str
    invoice_number: str
    invoice_date: date | None
    due_date: date | None
    currency: str
    total: Decimal | None
    base: Decimal | None
    vat: Decimal | None
    payment_reference: str
    lines: tuple[Line, ...]
    confidence: dict[str, float] = {}
    certainty: float = 0.0
    weakest: str = ""
    why: dict[str, Why | str] = {}
    unread: bool = False
    rate: ExchangeRate | None = None
    remarks: tuple[str, ...] = ()
    discount: Decimal = Decimal(0)
    instruction: str = ""
    pay: bool = False
    corrected: frozenset[str] = frozenset()
    """The fields people have filled in or changed."""
    stage: Stage = Stage.OPEN
    suspense: bool = False
    number: str | None = None
    book_year: int | None = None
    attempts: int = 0
    package_id: str | None = None
    reason: str = ""
    not_found: bool = False
    apart: bool = False

    def correct(self, wanted: ProposalCorrected) -> Sequence[Event]:
        """Change what differs from the present state. Refused once it is on its way to the package."""
        self._must_be_in_worklist()
        given = {field: value for field, value in msgspec.structs.asdict(wanted).items() if value is not UNSET}
        changed = {field: value for field, value in given.items() if getattr(self, field) != value}
        typed = changed.get("rate")
        if isinstance(typed, ExchangeRate) and typed.currency != changed.get("currency", self.currency):
            raise Refused("Deze wisselkoers is er een van {currency}.", currency=typed.currency)
        if "journal" in changed and self.number is not None:
            raise Refused("Dit voorstel heeft al documentnummer {number}: het dagboek ligt vast.", number=self.number)
        if "discount" in changed:
            check_discount(changed["discount"])
        return [ProposalCorrected(**changed)] if changed else []

    def apply_rate(self, published: ExchangeRate | None) -> Sequence[Event]:
        """Convert at the rate that was published for it, unless a person filled one in for this currency or stands for the proposal."""
        if self.stage not in (Stage.OPEN, Stage.HELD, Stage.REFUSED) or self.rate == published:
            return []
        is_his = self.rate is not None and self.rate.is_typed and self.rate.currency == self.currency
        return [] if is_his else [RateApplied(rate=published)]

    @property
    def has_rate(self) -> bool:
        """Whether its amounts can be converted to euro, or are in euro already."""
        return self.currency == EURO or (self.rate is not None and self.rate.currency == self.currency)

    def redraft(self, draft: Draft) -> Sequence[Event]:
        """Propose anew what was read again, without touching what a person decided: on a field, or on the whole by checking it."""
        if self.stage not in (Stage.OPEN, Stage.HELD):
            return []
        kept = {field for group in _HANG_TOGETHER if not self.corrected.isdisjoint(group) for field in group} | self.corrected
        kept = {field for field in kept if field in Draft.__struct_fields__}
        proposed = {field: getattr(self if field in kept else draft, field) for field in Draft.__struct_fields__}
        proposed["why"] = _still_why(draft.why, kept)
        if all(getattr(self, field) == value for field, value in proposed.items()):
            return []
        return [ProposalRedrafted(**proposed, kept=tuple(sorted(kept)))]

    def check(self, suspense_account: str) -> Sequence[Event]:
        """Stand for it. Refused while a mandatory field is empty or the lines do not add up to the total."""
        self._must_be_in_worklist()
        if self.stage == Stage.CHECKED:
            return []
        if missing := self.missing():
            raise Refused("Nog in te vullen: {fields}.", fields=", ".join(missing))
        if self.difference():
            raise Refused("De lijnen zijn samen {difference} meer of minder dan het totaal.", difference=abs(self.difference()))
        for line in self.lines:
            check_private(line)
        return [ProposalChecked(suspense=any(line.account == suspense_account for line in self.lines))]

    def on_suspense(self, account: str, vat_code: str) -> Sequence[Event]:
        """Without any line the whole of it is booked on the suspense account (FEATURES J5)."""
        if self.lines or self.total is None:
            return []
        return self.correct(ProposalCorrected(lines=(Line(account=account, vat_code=vat_code, base=self.total, vat=Decimal(0)),)))

    def uncheck(self) -> Sequence[Event]:
        """Back to be looked at."""
        self._must_be_in_worklist()
        return [ProposalUnchecked()] if self.stage == Stage.CHECKED else []

    def hold(self, reason: str = "") -> Sequence[Event]:
        """Keep it back."""
        self._must_be_in_worklist()
        return [] if self.stage == Stage.HELD else [ProposalHeld(reason=reason.strip())]

    def part(self) -> Sequence[Event]:
        """Have it stand apart from what looks like it."""
        self._must_be_in_worklist()
        return [] if self.apart else [ProposalParted()]

    def join(self) -> Sequence[Event]:
        """Have it compared with the others again."""
        self._must_be_in_worklist()
        return [ProposalJoined()] if self.apart else []

    def release(self) -> Sequence[Event]:
        """Keep it back no longer."""
        return [ProposalReleased()] if self.stage == Stage.HELD else []

    def assign_number(self, number: str, book_year: int) -> Sequence[Event]:
        """Give it its number and let it be sent. Only what a person checked is sent."""
        if self.stage != Stage.CHECKED:
            raise Refused("Alleen nagekeken voorstellen kunnen verzonden worden.")
        if self.number is not None and self.number != number:
            raise Refused("Dit voorstel heeft al documentnummer {number}.", number=self.number)
        return [ProposalNumbered(journal=self.journal, book_year=book_year, number=number)]

    def start_sending(self) -> Sequence[Event]:
        """Before each call of the package, so that a crash during it is known."""
        if self.stage != Stage.NUMBERED:
            raise Refused("Dit voorstel staat niet klaar om te verzenden.")
        return [SendingStarted(attempt=self.attempts + 1)]

    def abandon_sending(self) -> Sequence[Event]:
        """Nothing was handed over."""
        return [SendingAbandoned()] if self.stage == Stage.SENDING else []

    def hand_over(self) -> Sequence[Event]:
        """The package took it."""
        return [HandedOver()] if self.stage == Stage.SENDING else []

    def accept(self, package_id: str) -> Sequence[Event]:
        """The package booked it."""
        return [BookingAccepted(package_id=package_id)] if self.stage in (Stage.SENDING, Stage.HANDED_OVER, Stage.UNKNOWN) else []

    def refuse(self, reason: str) -> Sequence[Event]:
        """The package said no."""
        return [BookingRefused(reason=reason)] if self.stage in (Stage.SENDING, Stage.HANDED_OVER, Stage.UNKNOWN) else []

    def lose_outcome(self, reason: str) -> Sequence[Event]:
        """No answer came."""
        return [OutcomeLost(reason=reason)] if self.stage == Stage.SENDING else []

    def miss(self) -> Sequence[Event]:
        """Read back and not found."""
        return [BookingNotFound()] if self.stage == Stage.UNKNOWN and not self.not_found else []

    def decide_resend(self) -> Sequence[Event]:
        """A person sends it again, after the package was read back without finding it."""
        if self.stage != Stage.UNKNOWN or not self.not_found:
            raise Refused("Opnieuw verzenden kan pas als het pakket nagekeken is en de boeking er niet in staat.")
        return [ResendDecided()]

    def confirm(self, package_id: str) -> Sequence[Event]:
        """Found in the package's books."""
        if self.stage in (Stage.SENDING, Stage.HANDED_OVER, Stage.ACCEPTED, Stage.UNKNOWN):
            return [BookingConfirmed(package_id=package_id)]
        return []

    def request_removal(self, reason: str) -> Sequence[Event]:
        """Have the package take it out of the books. Refused while nobody knows whether it is in them."""
        if self.stage == Stage.REMOVING:
            return []
        if self.stage not in BOOKED and not (self.stage == Stage.UNKNOWN and self.not_found):
            raise Refused("Alleen een boeking waarop het pakket geantwoord heeft kan verwijderd worden.")
        return [RemovalRequested(reason=reason.strip())]

    def finish_removal(self) -> Sequence[Event]:
        """The package does not hold it."""
        return [BookingRemoved()] if self.stage == Stage.REMOVING else []

    def refuse_removal(self, reason: str) -> Sequence[Event]:
        """The package keeps it."""
        return [RemovalRefused(reason=reason)] if self.stage == Stage.REMOVING else []

    def delete(self, reason: str) -> Sequence[Event]:
        """Out of the worklist."""
        if self.stage == Stage.DELETED:
            return []
        self._must_be_in_worklist()
        return [ProposalDeleted(reason=reason.strip())]

    def missing(self) -> tuple[str, ...]:
        """The mandatory fields still empty, by their Dutch names."""
        return missing_fields(
            party=bool(self.counterparty or self.party_name),
            invoice_number=self.invoice_number,
            invoice_date=self.invoice_date,
            period=self.period,
            journal=self.journal,
            total=self.total,
            rate=self.has_rate,
            accounts=[line.account for line in self.lines],
            vat_codes=[line.vat_code for line in self.lines],
        )

    def difference(self) -> Decimal:
        """Total minus the lines' totals."""
        return (self.total or Decimal(0)) - sum((line.total for line in self.lines), Decimal(0))

    def withdraw(self) -> Sequence[Event]:
        """Its document is no longer there to be booked. Refused once it has a number."""
        self._must_be_in_worklist()
        if self.number is not None:
            raise Refused("Dit voorstel heeft al documentnummer {number}: verwijder het of verzend het opnieuw.", number=self.number)
        return [ProposalWithdrawn()]

    def give_back(self) -> Sequence[Event]:
        """Its document is back."""
        return [ProposalReturned()] if self.stage == Stage.DELETED else []

    def _must_be_in_worklist(self) -> None:
        if self.stage in ON_ITS_WAY:
            raise Refused("Dit voorstel is al verzonden.")
        if self.stage == Stage.DELETED:
            raise Refused("Dit voorstel is verwijderd.")

    @classmethod
    def evolve(cls, state: BookingProposal | None, event: Event) -> BookingProposal:
        """State after one more event."""
        if state is None:
            if not isinstance(event, ProposalDrafted):
                raise AssertionError(f"{event!r} cannot be a proposal's first event")
            return cls(**msgspec.structs.asdict(event))
        changes = _changes(event)
        if isinstance(event, ProposalCorrected):
            changes |= {"corrected": state.corrected | changes.keys(), "why": _still_why(state.why, changes.keys())}
        return msgspec.structs.replace(state, stage=stage_after(state.stage, event), **changes)


_HANG_TOGETHER = (
    frozenset({"counterparty", "party_name", "party_vat"}),
    frozenset({"total", "base", "vat", "lines", "remarks", "currency", "discount"}),
    frozenset({"period", "journal", "credit_note"}),
)
"""Fields that make no sense mixed: one party's name with another's number, one reading's total with another's lines."""


_EXPLAINED = {"counterparty": "counterparty", "party_name": "counterparty", "period": "period", "due_date": "due_date"}
_OF_LINES = ("account", "vat_code", "lines")


def _still_why(why: dict[str, Why | str], changed: AbstractSet[str]) -> dict[str, Why | str]:
    """What a person changed is explained by nothing any more."""
    unexplained = {about for field, about in _EXPLAINED.items() if field in changed}
    if "lines" in changed:
        unexplained.update(_OF_LINES)
    return {about: one for about, one in why.items() if about.split(".")[0] not in unexplained}


def _changes(event: Event) -> dict[str, object]:
    """What an event changes besides the stage."""
    match event:
        case ProposalRedrafted():
            return {field: getattr(event, field) for field in Draft.__struct_fields__}
        case ProposalCorrected():
            return {field: value for field, value in msgspec.structs.asdict(event).items() if value is not UNSET}
        case RateApplied(rate=rate):
            return {"rate": rate}
        case ProposalChecked(suspense=suspense):
            return {"suspense": suspense}
        case ProposalHeld(reason=reason) | BookingRefused(reason=reason) | ProposalDeleted(reason=reason):
            return {"reason": reason}
        case ProposalParted() | ProposalJoined():
            return {"apart": isinstance(event, ProposalParted)}
        case ProposalNumbered(number=number, book_year=book_year):
            return {"number": number, "book_year": book_year, "reason": "", "not_found": False}
        case SendingStarted(attempt=attempt):
            return {"attempts": attempt}
        case BookingAccepted(package_id=package_id) | BookingConfirmed(package_id=package_id):
            return {"package_id": package_id}
        case OutcomeLost(reason=reason):
            return {"reason": reason, "not_found": False}
        case RemovalRequested(reason=reason) | RemovalRefused(reason=reason):
            return {"reason": reason}
        case BookingRemoved():
            return {"package_id": None, "not_found": False}
        case BookingNotFound():
            return {"not_found": True}
        case ResendDecided():
            return {"reason": "", "not_found": False}
        case ProposalUnchecked() | ProposalReleased() | SendingAbandoned() | HandedOver() | ProposalWithdrawn() | ProposalReturned():
            return {}
    raise AssertionError(f"{event!r} is not about a proposal")
