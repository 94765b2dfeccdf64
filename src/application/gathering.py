"""What a dossier knows about an invoice before it is enriched: from the log, the ledger mirror and the read models, in a few questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from application.accounting_package import PackageBooking
from application.article_lists import rules_for
from application.enrichment import counterparties
from application.enrichment.circumstances import Circumstances, OfficeHabit, Party, PastBooking
from application.enrichment.counterparties import Card
from application.enrichment.facts import Facts
from application.ledger_mirror import BookingFilter, BookingOrder
from application.offices import office_of
from application.worklist import SUSPENSE_ACCOUNT, counterparty_by_vat
from domain.booking_proposal import Line
from domain.booking_template import TemplateLine
from domain.counterparty import Counterparty
from domain.currency import EURO
from domain.dossier import Dossier, Kind
from domain.private_share import booked as split

if TYPE_CHECKING:
    from application.workbench import Workbench

REMEMBERED = 40
"""Invoices of one party back that say how it is booked."""


def circumstances(bench: Workbench, dossier_id: UUID, facts: Facts) -> Circumstances:
    """Everything enrichment reasons with besides the invoice itself."""
    fallback = _fallback(bench, bench.log.load(Dossier, dossier_id).state, facts.kind)
    party = counterparties.find(facts, DossierParties(bench, dossier_id, facts.kind), fallback)
    return around_party(bench, dossier_id, facts.kind, party)


def around_party(bench: Workbench, dossier_id: UUID, kind: Kind, party: Party) -> Circumstances:
    """The same for an invoice of this party."""
    dossier = bench.log.load(Dossier, dossier_id).state
    office = office_of(bench)
    vat_codes = tuple(code for code in bench.mirror.vat_codes(dossier_id, kind) if code.code not in dossier.vat_codes_off)
    return Circumstances(
        kind=kind,
        dossier=dossier,
        party=party,
        accounts=tuple(bench.mirror.accounts(dossier_id)),
        vat_codes=vat_codes,
        suspense_account=SUSPENSE_ACCOUNT,
        past=() if party.by_fallback else past_bookings(bench, dossier_id, kind, party),
        saved_templates=_saved_templates(bench, party),
        office_habits=_office_habits(bench, dossier_id, kind, party.vat_number),
        templates_from=office.templates_from,
        articles=rules_for(bench, dossier_id, party.vat_number) if kind == Kind.PURCHASE else (),
        dimensions=bench.mirror.dimensions(dossier_id),
        deductible=office.deductible | dossier.deductible,
    )


class DossierParties:
    """`enrichment.counterparties.PartyBook` of one dossier: its own counterparties, then those that only its books know."""

    def __init__(self, bench: Workbench, dossier: UUID, kind: Kind) -> None:
        self._bench, self._dossier, self._kind = bench, dossier, kind

    def with_vat(self, vat_number: str) -> Card | None:
        """By the claim on the number, so without any delay; else from the books."""
        known = counterparty_by_vat(self._bench, self._dossier, self._kind, vat_number)
        if known is not None:
            return card_of(known.id, known.state)
        return next((card for card in self._of_books() if card.vat_number == vat_number), None)

    def with_iban(self, iban: str) -> Sequence[Card]:
        """Of the dossier; of the books only when the dossier has none."""
        own = self._bench.known_parties.with_iban(self._dossier, self._kind, iban)
        return own or [card for card in self._of_books() if iban in card.ibans]

    def everybody(self) -> Sequence[Card]:
        """Of the dossier, and those of the books whose VAT number and name it does not have."""
        own = self._bench.known_parties.everybody(self._dossier, self._kind)
        numbers, names = {card.vat_number for card in own if card.vat_number}, {card.party_name for card in own}
        return [*own, *(card for card in self._of_books() if card.vat_number not in numbers and card.party_name not in names)]

    def _of_books(self) -> list[Card]:
        parties = self._bench.mirror.parties(self._dossier, self._kind)
        return [Card(id=None, party_name=one.name, vat_number=one.vat_number, ibans=(one.iban,) if one.iban else ()) for one in parties]


def card_of(counterparty: UUID, state: Counterparty) -> Card:
    """A counterparty as the cascade sees it."""
    return Card(
        id=counterparty,
        party_name=state.party_name,
        vat_number=state.vat_number,
        ibans=state.ibans,
        account=state.account,
        vat_code=state.vat_code,
        line_by_line=state.line_by_line,
    )


def past_bookings(bench: Workbench, dossier: UUID, kind: Kind, party: Party) -> tuple[PastBooking, ...]:
    """Own and synchronised bookings of a party, latest first. What the books say of one that is in both counts: they are the master."""
    own = bench.past_bookings.of_party(dossier, party.counterparty) if party.counterparty else ()
    found = {one.id: one for one in own}
    for booking in _in_the_books(bench, dossier, kind, party):
        key = booking.booking_id or f"package/{booking.package_id}"
        found[key] = _as_entered(found.get(key), _past(key, booking, own=key in found))
    latest = sorted(found.values(), key=lambda one: (one.day is not None, one.day), reverse=True)
    return tuple(latest[:REMEMBERED])


def _in_the_books(bench: Workbench, dossier: UUID, kind: Kind, party: Party) -> Sequence[PackageBooking]:
    if not party.party_name and not party.vat_number:
        return ()
    found: list[PackageBooking] = []
    for known in bench.mirror.parties(dossier, kind, vat_number=party.vat_number, name=party.party_name):
        wanted = BookingFilter(kind=kind.value, party_id=known.id)
        page = bench.mirror.bookings(dossier, wanted, order=BookingOrder.INVOICE_DATE, descending=True, offset=0, limit=REMEMBERED)
        found += page.bookings
    return found


def _past(key: str, booking: PackageBooking, *, own: bool) -> PastBooking:
    due = (booking.due_date - booking.invoice_date).days if booking.due_date and not booking.credit_note else None
    return PastBooking(
        id=key,
        day=booking.invoice_date,
        lines=tuple(
            Line(account=one.account, vat_code=one.vat_code, base=one.base, vat=one.vat, dimensions=one.dimensions) for one in booking.lines
        ),
        due_days=due if due is not None and due >= 0 else None,
        own=own,
    )


def _as_entered(own: PastBooking | None, booked: PastBooking) -> PastBooking:
    """Where the books still hold what was sent, the lines as people entered them: the books have each private part on a line of its own."""
    if own is None or not any(line.private for line in own.lines):
        return booked
    sent = [None if one.is_private else (one.line.account, one.line.vat_code) for one in split(own.lines, "", "", EURO)]
    held = [(line.account, line.vat_code) for line in booked.lines]
    same = len(sent) == len(held) and all(one is None or one == there for one, there in zip(sent, held, strict=True))
    return msgspec.structs.replace(booked, lines=own.lines) if same else booked


def _saved_templates(bench: Workbench, party: Party) -> tuple[tuple[TemplateLine, ...], ...]:
    known = bench.log.find(Counterparty, party.counterparty) if party.counterparty else None
    return tuple(known.state.templates.values()) if known else ()


def _office_habits(bench: Workbench, dossier: UUID, kind: Kind, vat_number: str | None) -> tuple[OfficeHabit, ...]:
    """Account and VAT code by how many other dossiers use them; nothing else of another client comes along."""
    if not vat_number:
        return ()
    booked = {**bench.mirror.booked_elsewhere(dossier, kind, vat_number), **bench.past_bookings.elsewhere(dossier, kind, vat_number)}
    ways = Counter(one for one in booked.values() if one.account != SUSPENSE_ACCOUNT)
    return tuple(OfficeHabit(account=way.account, vat_code=way.vat_code, dossiers=times) for way, times in ways.most_common())


def _fallback(bench: Workbench, dossier: Dossier, kind: Kind) -> Card | None:
    chosen = dossier.fallbacks.get(kind)
    found = bench.log.find(Counterparty, chosen) if chosen else None
    return card_of(found.id, found.state) if found else None
