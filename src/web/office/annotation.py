"""The annotation screen (FEATURES J): the document beside the fields of its booking proposal; saving is standing for it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from application import asking, helping, line_reading, rereading, worklist
from application.event_log import ConflictError, Loaded
from application.permissions import Action
from application.worklist import visible_proposal
from domain.booking_proposal import BookingProposal
from domain.counterparty import Counterparty
from domain.document import Document
from domain.dossier import Kind
from domain.iban import parse_iban
from domain.kernel import Refused
from domain.vat_number import parse_vat_number
from projections.counterparties import KnownParty
from projections.worklist import Tab
from web import formats
from web.answers import Answers
from web.errors import BadInput
from web.forms import Form
from web.office import annotation_form as fields
from web.office.annotation_page import Attempt, errors_of_missing, page_values
from web.office.frame import dossier_page
from web.office.selection import colleague_of
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

SUGGESTIONS = 12
_SAVED = {"hold": _("{name} staat on hold"), "help": _("Hulp gevraagd voor {name}"), "ask": _("De klant krijgt je vraag over {name}")}


@get("/office/proposals/{proposal:uuid}", sync_to_thread=True)
def annotation_page(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    proposal: FromPath[UUID],
) -> Response[str]:
    """The screen."""
    fresh = answers.caught_up(visitor, cell.models.worklist)
    return _show(cell, answers, visitor, proposal, Attempt(), fresh=fresh)


@post("/office/proposals/{proposal:uuid}", sync_to_thread=True)
def save(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    proposal: FromPath[UUID],
    form: NamedDependency[Form],
) -> Response[Any]:
    """Save and stand for it (or keep it back); when that is refused the form comes back as it was typed."""
    visible_proposal(cell.bench, visitor.actor, proposal, Action.EDIT_PROPOSALS)
    loaded = cell.bench.log.load(BookingProposal, proposal)
    given = fields.typed(form)
    if form.text("version") != str(loaded.version):
        return _show(cell, answers, visitor, proposal, Attempt(typed=given, faster=_last_actor(cell, proposal)), status=409)
    result = fields.read(given, loaded.state, _ledger(cell, loaded, form))
    if result.errors:
        return _show(cell, answers, visitor, proposal, Attempt(typed=given, errors=result.errors), status=400)
    then = form.text("then")
    following = cell.models.worklist.next_unchecked(loaded.state.dossier, Tab(loaded.state.kind.value), proposal)
    try:
        position = _done(cell, visitor, proposal, result.wanted, form)
    except Refused as refusal:
        errors = errors_of_missing(loaded.state, result.wanted, cell.bench.mirror.dimensions(loaded.state.dossier))
        return _show(cell, answers, visitor, proposal, Attempt(typed=given, errors=errors, refusal=refusal), status=409)
    except ConflictError as conflict:
        return _show(cell, answers, visitor, proposal, Attempt(typed=given, faster=conflict.by), status=409)
    if form.text("line_by_line_shown") and (switched := _remember(cell, visitor, proposal, form)):
        position = max(position, switched)
    name = given.invoice_number or _("Het voorstel")
    back = f"/office/dossiers/{loaded.state.dossier}/worklist" + ("?tab=sales" if loaded.state.kind.value == Tab.SALES else "")
    back_to = {"hold": "release", "help": "close_help", "ask": "close_questions"}.get(then, "uncheck")
    undo = f"/office/dossiers/{loaded.state.dossier}/worklist/undo?do={back_to}&id={proposal}"
    before, *_others = cell.models.worklist.neighbours(loaded.state.dossier, Tab(loaded.state.kind.value), proposal)
    onward = before if then == "previous" else following
    to = back if then == "back" or onward is None else f"/office/proposals/{onward}"
    toast = _SAVED.get(then, _("{name} is nagekeken"))
    return answers.redirect(visitor, to, position=position, toast=toast, undo=undo, name=name)


@post("/office/proposals/{proposal:uuid}/release", sync_to_thread=True)
def release(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], proposal: FromPath[UUID]
) -> Redirect:
    """Keep it back no longer."""
    outcome = worklist.release(cell.bench, visitor.actor, [proposal])
    for refusal in outcome.refused.values():
        raise refusal
    return answers.redirect(visitor, f"/office/proposals/{proposal}", position=outcome.position, toast=_("Het voorstel is vrijgegeven."))


@post("/office/proposals/{proposal:uuid}/lines", sync_to_thread=True)
def read_lines(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    proposal: FromPath[UUID],
    form: NamedDependency[Form],
) -> Response[str]:
    """The lines of the document among what was typed, to look at and save; nothing is changed yet."""
    state = visible_proposal(cell.bench, visitor.actor, proposal, Action.EDIT_PROPOSALS)
    given = fields.typed(form)
    result = fields.read(given, state, _ledger(cell, cell.bench.log.load(BookingProposal, proposal), form))
    if result.errors.keys() & {"total", "base", "vat"}:
        return _show(cell, answers, visitor, proposal, Attempt(typed=given, errors=result.errors), status=400)
    try:
        booked = line_reading.read_lines(cell.bench, visitor.actor, proposal, worklist.folded(state, state.correct(result.wanted)))
    except Refused as refusal:
        return _show(cell, answers, visitor, proposal, Attempt(typed=given, no_lines=written(refusal)), status=409)
    with_lines = fields.with_lines(given, booked.lines, booked.remarks)
    kept = {about: one for about, one in state.why.items() if about.split(".")[0] not in ("account", "vat_code", "lines")}
    return _show(cell, answers, visitor, proposal, Attempt(typed=with_lines, lines=booked.lines, why=kept | booked.why))


@post("/office/proposals/{proposal:uuid}/recognise", sync_to_thread=True)
def recognise(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], proposal: FromPath[UUID]
) -> Redirect:
    """Have the document read again; what somebody corrected stays."""
    state = visible_proposal(cell.bench, visitor.actor, proposal, Action.EDIT_PROPOSALS)
    outcome = rereading.recognise_again(cell.bench, visitor.actor, [state.document])
    for refusal in outcome.refused.values():
        raise refusal
    toast = _("Het document wordt opnieuw herkend.")
    return answers.redirect(visitor, f"/office/proposals/{proposal}", position=outcome.position, toast=toast)


@post("/office/proposals/{proposal:uuid}/part", sync_to_thread=True)
def part(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], proposal: FromPath[UUID]
) -> Redirect:
    """It is an invoice of its own, whatever it looks like."""
    position = worklist.part(cell.bench, visitor.actor, proposal)
    return answers.redirect(visitor, f"/office/proposals/{proposal}", position=position, toast=_("De factuur staat nu op zichzelf."))


@post("/office/proposals/{proposal:uuid}/join", sync_to_thread=True)
def join(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], proposal: FromPath[UUID]
) -> Redirect:
    """Compare it with the others again."""
    position = worklist.join(cell.bench, visitor.actor, proposal)
    return answers.redirect(visitor, f"/office/proposals/{proposal}", position=position, toast=_("De factuur wordt weer vergeleken."))


@post("/office/proposals/{proposal:uuid}/delete", sync_to_thread=True)
def delete(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    proposal: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """Out of the worklist for good, and on to the next."""
    state = visible_proposal(cell.bench, visitor.actor, proposal, Action.EDIT_PROPOSALS)
    following = cell.models.worklist.next_unchecked(state.dossier, Tab(state.kind.value), proposal)
    position = worklist.delete(cell.bench, visitor.actor, proposal, form.text("reason"))
    to = f"/office/proposals/{following}" if following else f"/office/dossiers/{state.dossier}/worklist"
    return answers.redirect(visitor, to, position=position, toast=_("Het voorstel is verwijderd."))


@get("/office/proposals/{proposal:uuid}/parties", sync_to_thread=True)
def suggest_parties(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    proposal: FromPath[UUID],
    q: FromQuery[str] = "",
) -> Response[str]:
    """Counterparties that match what is typed."""
    state = visible_proposal(cell.bench, visitor.actor, proposal)
    found = cell.models.counterparties.suggest(state.dossier, state.kind.value, q[:100])
    parties = [(one, _typed_iban(one, q)) for one in found]
    return answers.fragment(visitor, "office/suggest_parties.html", parties=parties, fresh=_new_party(cell, state, q.strip()))


def _typed_iban(party: KnownParty, typed: str) -> str:
    """Its account number that holds what was typed, to be recognised by."""
    number = re.sub(r"[^A-Z0-9]", "", typed.upper())
    return next((iban for iban in party.ibans if any(map(str.isdigit, number)) and number in iban), "")


class NewParty(NamedTuple):
    """The counterparty that would be new. `is_typed`: its VAT number is what was typed, not what was read."""

    party_name: str
    vat_number: str
    is_typed: bool


def _new_party(cell: Cell, state: BookingProposal, typed: str) -> NewParty:
    """Its name as typed, or as read when only a number was typed; its VAT number as typed or read."""
    read = cell.bench.log.load(Document, state.document).state.recognition
    found = {one.field: one.value for one in (*read.fields, *read.private_fields)} if read else {}
    side = "issuer" if state.kind == Kind.PURCHASE else "buyer"
    vat = parse_vat_number(typed)
    is_number = vat is not None or parse_iban(typed) is not None
    name = (found.get(f"{side}_name") or state.party_name or typed) if is_number else typed
    return NewParty(name, vat or found.get(f"{side}_vat", ""), vat is not None)


@get("/office/proposals/{proposal:uuid}/accounts", sync_to_thread=True)
def suggest_accounts(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    proposal: FromPath[UUID],
    q: FromQuery[str] = "",
) -> Response[str]:
    """Accounts whose code begins with what is typed, or whose name holds it."""
    state = visible_proposal(cell.bench, visitor.actor, proposal)
    found = [one for one in cell.bench.mirror.accounts(state.dossier, q[:100].strip() or None) if one.open_for_annotation]
    return answers.fragment(visitor, "office/suggest_accounts.html", accounts=found[:SUGGESTIONS])


def _show(
    cell: Cell, answers: Answers, visitor: Visitor, proposal: UUID, attempt: Attempt, *, status: int = 200, fresh: bool = True
) -> Response[str]:
    state = visible_proposal(cell.bench, visitor.actor, proposal)
    page = dossier_page(cell, visitor, state.dossier, "worklist")
    values = page_values(cell, visitor, proposal, attempt)
    return answers.page(visitor, "office/annotation.html", page.frame, updating=not fresh, status=status, page=page, **values)


def _done(cell: Cell, visitor: Visitor, proposal: UUID, wanted: Any, form: Form) -> int:
    if form.text("then") == "hold":
        return worklist.correct_and_hold(cell.bench, visitor.actor, proposal, wanted, form.text("hold_reason"))
    if form.text("then") == "help":
        colleague = colleague_of(form.text("colleague"))
        return helping.correct_and_ask_help(cell.bench, visitor.actor, proposal, wanted, form.text("help_reason"), colleague)
    if form.text("then") == "ask":
        text, hold = form.text("ask_reason"), form.flag("ask_hold")
        return asking.correct_and_ask_client(cell.bench, visitor.actor, proposal, wanted, text, hold=hold)
    return worklist.check(cell.bench, visitor.actor, proposal, wanted, confirm_iban=form.flag("confirm_iban"))


def _remember(cell: Cell, visitor: Visitor, proposal: UUID, form: Form) -> int | None:
    """Whether this counterparty's invoices are always booked by their lines, as ticked beside them."""
    return line_reading.remember(cell.bench, visitor.actor, proposal, on=form.flag("line_by_line"))


def written(refusal: Refused) -> Refused:
    """The refusal with its amounts as people here write them."""
    values = {name: formats.amount(value) if isinstance(value, Decimal) else value for name, value in refusal.values.items()}
    return Refused(refusal.sentence, **values)


def _ledger(cell: Cell, loaded: Loaded[BookingProposal], form: Form) -> fields.Ledger:
    """What the fields may point at. A counterparty of another dossier does not exist."""
    state, mirror = loaded.state, cell.bench.mirror
    try:
        chosen = form.id("counterparty")
    except BadInput:
        chosen = None
    party = cell.bench.log.find(Counterparty, chosen) if chosen and chosen == state.counterparty else _party_of(cell, state, chosen)
    return fields.Ledger(
        accounts=frozenset(one.code for one in mirror.accounts(state.dossier)),
        vat_codes=frozenset(one.code for one in mirror.vat_codes(state.dossier, state.kind.value)),
        counterparty=party.state if party else None,
    )


def _party_of(cell: Cell, state: BookingProposal, chosen: UUID | None) -> Loaded[Counterparty] | None:
    known = cell.models.counterparties.find(chosen) if chosen else None
    if known is None or (known.dossier, known.kind) != (state.dossier, state.kind.value):
        return None
    return cell.bench.log.find(Counterparty, known.id)


def _last_actor(cell: Cell, proposal: UUID) -> UUID | None:
    last = cell.bench.log.stream(proposal)[-1:]
    return last[0].context.by if last else None


ROUTES = (annotation_page, save, release, part, join, read_lines, recognise, delete, suggest_parties, suggest_accounts)
