"""The ways in which earlier invoices of a counterparty were booked, to choose from for this one, and saving one (FEATURES J6)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from application import gathering
from application.enrichment import lines, templates
from application.enrichment.circumstances import Party
from application.enrichment.facts import Facts, facts_of
from application.permissions import Action, Actor
from application.worklist import visible_proposal
from domain.booking_template import TemplateLine, key_of
from domain.counterparty import Counterparty
from domain.document import Document
from domain.kernel import Event, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from application.enrichment.templates import Template
    from application.workbench import Workbench
    from domain.booking_proposal import BookingProposal, Line


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """A template and the lines it makes of this invoice. `chosen`: the proposal's lines stand so now."""

    template: Template
    lines: tuple[Line, ...]
    chosen: bool


def ways_of(bench: Workbench, state: BookingProposal, counterparty: UUID | None) -> list[Way]:
    """Those of a counterparty of the dossier that fit the invoice's VAT rates, the first being what would be proposed."""
    known = bench.log.find(Counterparty, counterparty) if counterparty else None
    if known is None or (known.state.dossier, known.state.kind) != (state.dossier, state.kind):
        return []
    party = Party(counterparty=counterparty, party_name=known.state.party_name, vat_number=known.state.vat_number)
    around = gathering.around_party(bench, state.dossier, state.kind, party)
    found = templates.templates_of(around.past, around.vat_codes, around.templates_from, around.saved_templates)
    now = _key(state.lines)
    return [
        Way(template=template, lines=made, chosen=template.key == now)
        for template, made in lines.fitting(found, _facts(bench, state), around)
    ]


def save_template(bench: Workbench, actor: Actor, proposal: UUID, counterparty: UUID | None, booked: Sequence[Line]) -> int:
    """Keep these lines as a template of the counterparty."""
    state = visible_proposal(bench, actor, proposal, Action.EDIT_PROPOSALS)
    codes = bench.mirror.vat_codes(state.dossier, state.kind)
    return _decide(bench, actor, state, counterparty, lambda party: party.save_template(templates.saved_lines(booked, codes)))


def drop_template(bench: Workbench, actor: Actor, proposal: UUID, counterparty: UUID | None, template: str) -> int:
    """Use a saved template no more."""
    state = visible_proposal(bench, actor, proposal, Action.EDIT_PROPOSALS)
    return _decide(bench, actor, state, counterparty, lambda party: party.drop_template(template))


def _decide(
    bench: Workbench, actor: Actor, state: BookingProposal, counterparty: UUID | None, decision: Callable[[Counterparty], Sequence[Event]]
) -> int:
    known = bench.log.find(Counterparty, counterparty) if counterparty else None
    if counterparty is None or known is None or (known.state.dossier, known.state.kind) != (state.dossier, state.kind):
        raise Refused("Een sjabloon hoort bij een gekende tegenpartij. Bewaar het voorstel eerst.")
    return bench.log.decide(Counterparty, counterparty, decision, context=actor.context)


def _facts(bench: Workbench, state: BookingProposal) -> Facts:
    """The invoice as it was read, with what a person corrected in its amounts."""
    read = facts_of(bench.log.load(Document, state.document).state, state.kind)
    if (read.total, read.base, read.vat) == (state.total, state.base, state.vat):
        return read
    return msgspec.structs.replace(read, total=state.total, base=state.base, vat=state.vat, rates=(), invoice_date=state.invoice_date)


def _key(booked: Sequence[Line]) -> str:
    return key_of([TemplateLine(account=line.account, vat_code=line.vat_code) for line in booked])
