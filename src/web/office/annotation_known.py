"""What the annotation screen knows of the counterparty: its card, and the ways its invoices are booked (FEATURES J3, J6)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from application import ways_of_booking
from application.enrichment.circumstances import Party, PastBooking
from application.enrichment.due_dates import usual_days
from application.gathering import past_bookings
from application.permissions import Action
from application.ways_of_booking import ways_of
from application.worklist import visible_proposal
from domain.booking_proposal import BookingProposal, Line
from domain.counterparty import Counterparty
from web import formats
from web.answers import Answers
from web.errors import BadInput
from web.forms import Form
from web.office import annotation_form as fields
from web.translations import _, translate
from web.visiting import Visitor
from web.wiring import Cell

SHOWN = 5
"""Earlier invoices on the card."""
PARTS = {
    "counterparty": _("tegenpartij"),
    "invoice_number": _("factuurnummer"),
    "invoice_date": _("factuurdatum"),
    "due_date": _("vervaldatum"),
    "total": _("totaal"),
    "account": _("rekening"),
    "period": _("boekperiode"),
    "journal": _("dagboek"),
    "party_iban": _("rekeningnummer"),
    "payment_reference": _("mededeling"),
    "currency": _("munt"),
    "credit_note": _("soort"),
    "remarks": _("opmerkingen"),
    "discount": _("financiële korting"),
}
"""Part of a proposal that people correct → its name."""


@get("/office/proposals/{proposal:uuid}/known", sync_to_thread=True)
def known_of_party(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    proposal: FromPath[UUID],
    counterparty: FromQuery[str] = "",
) -> Response[str]:
    """For another counterparty than the proposal has, before it is saved."""
    state = visible_proposal(cell.bench, visitor.actor, proposal)
    return _fragment(cell, answers, visitor, proposal, state, _id(counterparty))


@post("/office/proposals/{proposal:uuid}/templates", sync_to_thread=True)
def change_templates(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    proposal: FromPath[UUID],
    form: NamedDependency[Form],
) -> Response[str]:
    """Save the lines as they are typed as a template of the counterparty, or use a saved one (`drop`) no more."""
    bench, actor = cell.bench, visitor.actor
    state = visible_proposal(bench, actor, proposal, Action.EDIT_PROPOSALS)
    counterparty = _id(form.text("counterparty"))
    if dropped := form.text("drop"):
        ways_of_booking.drop_template(bench, actor, proposal, counterparty, dropped)
        toast = _("Het sjabloon is weg.")
    else:
        ways_of_booking.save_template(bench, actor, proposal, counterparty, _typed_lines(cell, state, form))
        toast = _("Het sjabloon is bewaard.")
    return _fragment(cell, answers, visitor, proposal, state, counterparty, toast)


def known_values(cell: Cell, state: BookingProposal, counterparty: UUID | None, language: str) -> dict[str, Any]:
    """What the fragment shows: the card (None for a party that is new) and the ways of booking."""
    return {"card": _card(cell, state, counterparty, language), "ways": ways_of(cell.bench, state, counterparty)}


class PartyCard(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a counterparty. `days`: its usual term; `record`: how its latest invoices fared, in words."""

    party: Counterparty
    days: int | None
    past: tuple[PastBooking, ...]
    count: int
    record: str


def _card(cell: Cell, state: BookingProposal, counterparty: UUID | None, language: str) -> PartyCard | None:
    known = cell.bench.log.find(Counterparty, counterparty) if counterparty else None
    if counterparty is None or known is None or (known.state.dossier, known.state.kind) != (state.dossier, state.kind):
        return None
    party = Party(counterparty=counterparty, party_name=known.state.party_name, vat_number=known.state.vat_number)
    past = past_bookings(cell.bench, state.dossier, state.kind, party)
    return PartyCard(
        party=known.state, days=usual_days(past), past=past[:SHOWN], count=len(past), record=_record(cell, state, counterparty, language)
    )


def _record(cell: Cell, state: BookingProposal, counterparty: UUID, language: str) -> str:
    record = cell.bench.track_records.of(state.dossier, counterparty)
    if not record.invoices:
        return ""
    told = translate(
        _("{unchanged} van de laatste {invoices} nagekeken zonder wijziging"),
        language,
        unchanged=record.unchanged,
        invoices=record.invoices,
    )
    changed = sorted(record.changed.items(), key=lambda one: -one[1])
    parts = ", ".join(f"{translate(PARTS.get(part, part), language)} {times}×" for part, times in changed)
    return f"{told} · {translate(_('gewijzigd: {parts}'), language, parts=parts)}" if parts else told


def shown_lines(lines: tuple[Line, ...]) -> list[dict[str, str]]:
    """Lines by the names of the screen's fields."""
    return [
        {
            "account": one.account,
            "vat_code": one.vat_code,
            "base": formats.amount(one.base),
            "vat": formats.amount(one.vat),
            "private": formats.private(one.private),
        }
        | {f"dimension.{dimension}": value for dimension, value in one.dimensions.items()}
        for one in lines
    ]


def _typed_lines(cell: Cell, state: BookingProposal, form: Form) -> tuple[Line, ...]:
    mirror = cell.bench.mirror
    ledger = fields.Ledger(
        accounts=frozenset(one.code for one in mirror.accounts(state.dossier)),
        vat_codes=frozenset(one.code for one in mirror.vat_codes(state.dossier, state.kind.value)),
    )
    return fields.read_lines(fields.typed(form), state.currency, ledger)


def _fragment(
    cell: Cell, answers: Answers, visitor: Visitor, proposal: UUID, state: BookingProposal, counterparty: UUID | None, toast: str = ""
) -> Response[str]:
    names = {one.code: one.name for one in cell.bench.mirror.accounts(state.dossier)}
    values = known_values(cell, state, counterparty, visitor.language)
    return answers.fragment(
        visitor,
        "office/annotation_known.html",
        toast=toast,
        proposal=proposal,
        account_names=names,
        open=True,
        lines_of=shown_lines,
        **values,
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as wrong:
        raise BadInput("counterparty", _("Deze tegenpartij bestaat niet in dit dossier. Kies ze opnieuw.")) from wrong


ROUTES = (known_of_party, change_templates)
