"""What an employee does with booking proposals before they are sent (FEATURES I, J)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from msgspec import UNSET, structs

from application import lines_of_dossier as lines
from application.claims import AlreadyClaimed
from application.enrichment.vat_choice import code_without_vat
from application.event_log import Change, Loaded
from application.exchange_rates import rate_on, with_rate
from application.mailboxes import Outcome, each
from application.permissions import Action, Actor
from application.quality_control import draw
from domain.booking_proposal import BookingProposal, ProposalCorrected
from domain.counterparty import Counterparty, CounterpartyCreated
from domain.dossier import Dossier, Kind
from domain.exchange_rate import ExchangeRate
from domain.journal_book import JournalBook, journal_book_of
from domain.kernel import Event, Refused
from domain.vat_number import parse_vat_number

if TYPE_CHECKING:
    from application.workbench import Workbench

SUSPENSE_ACCOUNT = "499000"
"""Where a line goes whose account nobody knows yet (wachtrekening)."""


def visible_proposal(bench: Workbench, actor: Actor, proposal: UUID, action: Action = Action.SEE_WORKLIST) -> BookingProposal:
    """The proposal, if this employee may see it."""
    loaded = bench.log.load(BookingProposal, proposal)
    bench.authority.require(actor, action, loaded.state.dossier)
    return loaded.state


def correct(bench: Workbench, actor: Actor, proposal: UUID, wanted: ProposalCorrected) -> int:
    """Change fields of a proposal. Refused when journal, period or counterparty are not this dossier's."""
    return _edit(bench, actor, proposal, lambda state: corrections(bench, state, wanted))


def corrections(bench: Workbench, state: BookingProposal, wanted: ProposalCorrected) -> list[Event]:
    """What changing these fields comes to, for a use-case that does more with it."""
    events = _corrected(bench, state, wanted)
    _must_fit(bench, folded(state, events), wanted)
    return events


def correct_and_hold(bench: Workbench, actor: Actor, proposal: UUID, wanted: ProposalCorrected, reason: str) -> int:
    """Save what was changed and keep the proposal back, in one go."""

    def decision(state: BookingProposal) -> Sequence[Event]:
        events = corrections(bench, state, wanted)
        return [*events, *folded(state, events).hold(reason)]

    return _edit(bench, actor, proposal, decision)


def check(bench: Workbench, actor: Actor, proposal: UUID, wanted: ProposalCorrected | None = None, *, confirm_iban: bool = False) -> int:
    """Save what was changed and stand for it, in one go. A party that is new becomes a counterparty of the dossier.

    What somebody looked at and left without lines goes to the suspense account.
    `confirm_iban`: the employee looked at the account number, which its counterparty is known to have from now on.
    """
    visible_proposal(bench, actor, proposal, Action.EDIT_PROPOSALS)

    def attempt() -> int:
        loaded = bench.log.load(BookingProposal, proposal)
        events = _corrected(bench, loaded.state, wanted) if wanted else []
        state = folded(loaded.state, events)
        _must_fit(bench, state, wanted)
        party_changes: list[Change] = []
        if state.counterparty is None and state.party_name:
            counterparty, party_changes = new_counterparty(bench, state)
            events += state.correct(ProposalCorrected(counterparty=counterparty))
            state = folded(loaded.state, events)
        events += _on_suspense(bench, state) if wanted else []
        state = folded(loaded.state, events)
        lines.must_fit(bench, state)
        checked = state.check(SUSPENSE_ACCOUNT)
        events += checked
        drawn = draw(bench, actor.user, state.dossier, state.document) if checked else []
        if confirm_iban and not party_changes:
            party_changes = _iban_confirmed(bench, state)
        return bench.log.append(loaded.change(events), *party_changes, *drawn, context=actor.context)

    return bench.log.twice(attempt, proposal)


def check_all(bench: Workbench, actor: Actor, proposals: Sequence[UUID]) -> Outcome:
    """Check a selection."""
    return each(proposals, lambda one: check(bench, actor, one))


def uncheck(bench: Workbench, actor: Actor, proposals: Sequence[UUID]) -> Outcome:
    """Back among what is still to be looked at: undoes `check_all`."""
    return each(proposals, lambda one: _edit(bench, actor, one, BookingProposal.uncheck))


def hold(bench: Workbench, actor: Actor, proposals: Sequence[UUID], reason: str = "") -> Outcome:
    """Keep a selection back."""
    return each(proposals, lambda one: _edit(bench, actor, one, lambda state: state.hold(reason)))


def release(bench: Workbench, actor: Actor, proposals: Sequence[UUID]) -> Outcome:
    """Keep a selection back no longer: undoes `hold`."""
    return each(proposals, lambda one: _edit(bench, actor, one, BookingProposal.release))


def part(bench: Workbench, actor: Actor, proposal: UUID) -> int:
    """It is an invoice of its own, whatever it looks like: not the page of an e-invoice, nor a double."""
    return _edit(bench, actor, proposal, BookingProposal.part)


def join(bench: Workbench, actor: Actor, proposal: UUID) -> int:
    """Compare it with the others again: undoes `part`."""
    return _edit(bench, actor, proposal, BookingProposal.join)


def delete(bench: Workbench, actor: Actor, proposal: UUID, reason: str) -> int:
    """Delete a proposal for good; its number, if it had one, is freed when it was the last, else listed as void."""
    visible_proposal(bench, actor, proposal, Action.EDIT_PROPOSALS)

    def attempt() -> int:
        loaded = bench.log.load(BookingProposal, proposal)
        changes = [loaded.change(loaded.state.delete(reason))]
        if loaded.state.number is not None and loaded.state.book_year is not None:
            book = bench.log.load(JournalBook, journal_book_of(loaded.state.dossier, loaded.state.journal, loaded.state.book_year))
            changes.append(book.change(book.state.withdraw(proposal, reason)))
        return bench.log.append(*changes, context=actor.context)

    return bench.log.twice(attempt, proposal)


def new_counterparty(bench: Workbench, state: BookingProposal) -> tuple[UUID, list[Change]]:
    """The counterparty of a proposal's party: the one that already has its VAT number, or a new one with the changes that create it."""
    vat_number = parse_vat_number(state.party_vat) if state.party_vat else None
    if state.party_vat and vat_number is None:
        raise Refused("Het btw-nummer van de tegenpartij klopt niet. Kijk de laatste cijfers na.")
    counterparty = bench.new_id()
    changes: list[Change] = []
    if vat_number is not None:
        try:
            changes.append(bench.claims.take(counterparty, "counterparty", str(state.dossier), state.kind, vat_number))
        except AlreadyClaimed as known:
            return known.owner, []
    created = CounterpartyCreated(
        dossier=state.dossier,
        kind=state.kind,
        party_name=state.party_name,
        vat_number=vat_number,
        ibans=(state.party_iban,) if state.party_iban else (),
    )
    return counterparty, [*changes, Change(stream=counterparty, version=0, events=[created])]


def counterparty_by_vat(bench: Workbench, dossier: UUID, kind: str, vat_number: str) -> Loaded[Counterparty] | None:
    """The dossier's counterparty with this VAT number."""
    owner = bench.claims.owner("counterparty", str(dossier), kind, vat_number)
    return bench.log.find(Counterparty, owner) if owner else None


def _iban_confirmed(bench: Workbench, state: BookingProposal) -> list[Change]:
    """The counterparty of the proposal has the account number on it."""
    if state.counterparty is None or not state.party_iban:
        return []
    party = bench.log.load(Counterparty, state.counterparty)
    return [party.change(party.state.confirm_iban(state.party_iban))]


def _corrected(bench: Workbench, state: BookingProposal, wanted: ProposalCorrected) -> list[Event]:
    """What a person changed, and the rate that follows from another currency, date or wish."""
    events = list(state.correct(_beside_published(bench, state, wanted)))
    if any(getattr(one, field, UNSET) is not UNSET for one in events for field in ("currency", "invoice_date", "rate")):
        events += with_rate(bench, folded(state, events))
    return events


def _beside_published(bench: Workbench, state: BookingProposal, wanted: ProposalCorrected) -> ProposalCorrected:
    """A rate that was typed, with what was published for the invoice's day."""
    if not isinstance(wanted.rate, ExchangeRate) or not wanted.rate.is_typed:
        return wanted
    day = state.invoice_date if wanted.invoice_date is UNSET else wanted.invoice_date
    published = rate_on(bench, wanted.rate.currency, day)
    rate = structs.replace(wanted.rate, published=published.per_euro if published else None)
    return structs.replace(wanted, rate=rate)


def _on_suspense(bench: Workbench, state: BookingProposal) -> Sequence[Event]:
    """An invoice without lines is booked as a whole on the suspense account, outside the VAT return until somebody looks at it again."""
    if state.lines:
        return []
    return state.on_suspense(SUSPENSE_ACCOUNT, code_without_vat(bench.mirror.vat_codes(state.dossier, state.kind), state.kind))


def _must_fit(bench: Workbench, state: BookingProposal, wanted: ProposalCorrected | None) -> None:
    """What a person chose must belong to the dossier; a field he left alone was not his choice."""
    if wanted is None:
        return
    dossier = bench.log.load(Dossier, state.dossier).state
    if wanted.journal is not UNSET and state.journal:
        journal = dossier.journals.get(state.journal)
        if journal is None or not journal.active or journal.kind != state.kind:
            raise Refused("Dagboek {journal} is niet voor deze soort facturen.", journal=state.journal)
    if wanted.pay is True and (state.kind != Kind.PURCHASE or not dossier.payment_preparation):
        raise Refused("In dit dossier worden hier geen betalingen klaargezet.")
    if wanted.period is not UNSET and state.period and state.period not in dossier.periods:
        raise Refused("Boekperiode {period} bestaat niet in dit dossier.", period=state.period)
    if wanted.counterparty is not UNSET and state.counterparty is not None:
        party = bench.log.find(Counterparty, state.counterparty)
        if party is None or (party.state.dossier, party.state.kind) != (state.dossier, state.kind):
            raise Refused("Deze tegenpartij hoort niet bij dit dossier.")


def folded(state: BookingProposal, events: Sequence[Event]) -> BookingProposal:
    """The proposal after these events."""
    for event in events:
        state = BookingProposal.evolve(state, event)
    return state


def _edit(bench: Workbench, actor: Actor, proposal: UUID, decision: Callable[[BookingProposal], Sequence[Event]]) -> int:
    visible_proposal(bench, actor, proposal, Action.EDIT_PROPOSALS)
    return bench.log.decide(BookingProposal, proposal, decision, context=actor.context)
