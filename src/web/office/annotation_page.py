"""Everything the annotation screen is filled with: fields as typed or as they stand, choices, warnings, neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from application.accounting_package import Dimension
from application.asking import questions_about
from application.exchange_rates import rate_on
from application.file_types import MediaType
from application.permissions import Action
from application.processing import shown_object
from application.recognition.reading import Kind as ReadAs
from domain.booking_proposal import ON_ITS_WAY, BookingProposal, Line, ProposalCorrected, Stage, Why
from domain.counterparty import Counterparty
from domain.document import Document
from domain.dossier import Dossier, Kind
from domain.in_euro import in_euro
from domain.kernel import Refused
from domain.validation import facts_of
from projections.worklist import Tab
from web import faults, formats
from web.office import annotation_form as fields
from web.office import annotation_known
from web.office import annotation_view as view
from web.office.worklist_rows import Names, around, line_of
from web.translations import _

if TYPE_CHECKING:
    from web.visiting import Visitor
    from web.wiring import Cell

FIELDS = {
    "tegenpartij": ("party", _("Kies een tegenpartij, of typ de naam van een nieuwe.")),
    "factuurnummer": ("invoice_number", _("Nog in te vullen.")),
    "factuurdatum": ("invoice_date", _("Nog in te vullen.")),
    "boekperiode": ("period", _("Nog te kiezen.")),
    "dagboek": ("journal", _("Nog te kiezen.")),
    "totaal": ("total", _("Nog in te vullen.")),
    "wisselkoers": ("rate", _("Geen koers gekend: vul ze in, of lees de koersen van de ECB in.")),
    "rekening": ("line_account", _("Kies een rekening.")),
    "btw-code": ("line_vat_code", _("Kies een btw-code.")),
}
"""Mandatory field → field of the screen and what is asked."""
CURRENCIES = ("EUR", "USD", "GBP", "CHF", "DKK", "SEK", "NOK", "PLN")


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A save that did not happen: what was typed, what was wrong with it, who was faster. Empty: the screen is shown afresh."""

    typed: fields.Typed | None = None
    errors: Mapping[str, Refused] = {}
    refusal: Refused | None = None
    faster: UUID | None = None
    lines: Sequence[Line] = ()
    """The lines that were read from the document and now stand among what was typed."""
    no_lines: Refused | None = None
    why: Mapping[str, Why | str] | None = None
    """Where the lines come from, when they are not those of the proposal."""


def errors_of_missing(state: BookingProposal, wanted: ProposalCorrected, asked: Sequence[Dimension] = ()) -> dict[str, Refused]:
    """What the proposal would still lack, by field of the screen. `asked`: the analytic dimensions of the package."""
    for event in state.correct(wanted):
        state = BookingProposal.evolve(state, event)
    found: dict[str, Refused] = {}
    for name in state.missing():
        field, sentence = FIELDS[name]
        if field.startswith("line_"):
            attribute = field.removeprefix("line_")
            places = [place for place, line in enumerate(state.lines) if not getattr(line, attribute)] or [0]
            found |= {f"{field}.{place}": Refused(sentence) for place in places}
        else:
            found[field] = Refused(sentence)
    for place, line in enumerate(state.lines):
        lacking = (one for one in asked if one.mandatory and one.code not in line.dimensions)
        found |= {f"{fields.DIMENSION}{one.code}.{place}": Refused(_("Nog te kiezen.")) for one in lacking}
    return found


def page_values(cell: Cell, visitor: Visitor, proposal: UUID, attempt: Attempt) -> dict[str, Any]:
    """The values of the template."""
    loaded = cell.bench.log.load(BookingProposal, proposal)
    state = loaded.state
    document = cell.bench.log.load(Document, state.document).state
    row = cell.models.worklist.find(proposal)
    double = cell.models.worklist.find(row.double_of) if row and row.double_of else None
    party = cell.bench.log.find(Counterparty, state.counterparty) if state.counterparty else None
    allowed = cell.bench.authority.allowed(visitor.actor, state.dossier)
    gone = state.stage in ON_ITS_WAY or state.stage == Stage.DELETED
    open_now = not gone and Action.EDIT_PROPOSALS in allowed
    names = Names.of(cell, state.dossier, [row])
    facts = around(facts_of(state), row, names) if row else facts_of(state)
    facts = msgspec.structs.replace(facts, known_ibans=party.state.ibans if party else None)
    before, after, place, count = cell.models.worklist.neighbours(state.dossier, Tab(state.kind.value), proposal)
    dimensions = cell.bench.mirror.dimensions(state.dossier)
    reading_lines = bool(attempt.lines) or attempt.no_lines is not None
    people = [attempt.faster] + (
        [row.delivered_by, row.help_by, row.help_from, row.help_answered_by, row.control_of, row.control_by] if row else []
    )
    questions = questions_about(cell.bench, visitor.actor, state.document)
    people += [one for question in questions for one in (question.asker, question.answerer)]
    return {
        "questions": questions,
        "proposal": proposal,
        "version": loaded.version,
        "state": state,
        "document": document,
        "typed": attempt.typed or fields.shown(state),
        "is_typed": attempt.typed is not None,
        "errors": dict(attempt.errors)
        if attempt.typed
        else (errors_of_missing(state, ProposalCorrected(), dimensions) if open_now else {}),
        "refusal": attempt.refusal,
        "faster": attempt.faster,
        "changed_meanwhile": attempt.typed is not None and not attempt.errors and attempt.refusal is None and not reading_lines,
        "lines_read": len(attempt.lines),
        "no_lines": attempt.no_lines,
        "line_by_line": party is not None and party.state.line_by_line,
        "seen": view.seen(state, document),
        "faults": faults.shown(document.validation, visitor.language),
        "why": view.why(state.why if attempt.why is None else attempt.why),
        "warnings": view.cautions(state, facts, double, visitor.language),
        "row": row,
        "line": line_of(row, names, visitor.language) if row else None,
        "names": names,
        "people": cell.models.directory.names(people),
        "open": open_now,
        "me": visitor.actor.user,
        "may_help": Action.EDIT_PROPOSALS in allowed,
        "colleagues": cell.models.directory.colleagues(state.dossier, visitor.actor.user) if open_now else [],
        "may_recognise": open_now and state.stage in (Stage.OPEN, Stage.HELD),
        "before": before,
        "after": after,
        "place": place,
        "count": count,
        "may_open_portal": Action.OPEN_PORTAL in allowed,
        "shown": shown_beside(state.document, document),
        "ahead": _ahead(cell, state, proposal),
        "euro": in_euro(state),
        "published": rate_on(cell.bench, state.currency, state.invoice_date),
        "last": view.last_bookings(cell, state.dossier, state.kind, party.state if party else None),
        "account_names": names.accounts,
        "dimensions": dimensions,
        "lines_of": annotation_known.shown_lines,
        **annotation_known.known_values(cell, state, _chosen_party(attempt, state), visitor.language),
        **_choices(cell, state),
    }


def _errors(attempt: Attempt, state: BookingProposal, asked: Sequence[Dimension], *, open_now: bool) -> dict[str, Refused]:
    if attempt.typed:
        return dict(attempt.errors)
    return errors_of_missing(state, ProposalCorrected(), asked) if open_now else {}


def _chosen_party(attempt: Attempt, state: BookingProposal) -> UUID | None:
    """The counterparty on the screen, which may not have been saved."""
    if attempt.typed is None:
        return state.counterparty
    try:
        return UUID(attempt.typed.counterparty) if attempt.typed.counterparty else None
    except ValueError:
        return None


def shown_beside(document: UUID, state: Document) -> dict[str, str]:
    """What stands on the left: address and kind (pdf, image, or none when an electronic invoice came without a picture)."""
    _digest, media_type = shown_object(state)
    base = f"/documents/{document}"
    if media_type == MediaType.XML:
        return {"url": "", "kind": "none", "words": ""}
    kind = "pdf" if media_type == MediaType.PDF else "image"
    read = state.recognition
    has_words = read is not None and read.words is not None and (read.kind == ReadAs.SCAN or bool(read.ocr))
    return {"url": f"{base}/shown", "kind": kind, "words": f"{base}/words" if has_words else ""}


def _ahead(cell: Cell, state: BookingProposal, proposal: UUID) -> dict[str, str]:
    """What will stand on the left after saving: the browser reads it meanwhile."""
    following = cell.models.worklist.next_unchecked(state.dossier, Tab(state.kind.value), proposal)
    row = cell.models.worklist.find(following) if following else None
    return shown_beside(row.document, cell.bench.log.load(Document, row.document).state) if row else {}


def _choices(cell: Cell, state: BookingProposal) -> dict[str, Any]:
    """What can be chosen: open periods, active journals, VAT codes that are on; what the proposal has now is always among them."""
    dossier = cell.bench.log.load(Dossier, state.dossier).state
    periods = sorted({*dossier.open_periods, *filter(None, [state.period])}, reverse=True)
    journals = [one for one in dossier.journals.values() if one.kind == state.kind and (one.active or one.code == state.journal)]
    used = {line.vat_code for line in state.lines}
    private = dossier.private_account is not None or any(line.private for line in state.lines)
    codes = cell.bench.mirror.vat_codes(state.dossier, state.kind.value)
    return {
        "periods_shown": [(one, formats.period(one)) for one in periods],
        "closed": {period for period in periods if not dossier.periods.get(period)},
        "journals_shown": [(one.code, one.code) for one in journals],
        "vat_codes": [one for one in codes if one.code not in dossier.vat_codes_off or one.code in used],
        "has_private": private,
        "private_account": dossier.private_account,
        "may_prepare_payment": dossier.payment_preparation and state.kind == Kind.PURCHASE,
        "currencies_shown": [(one, one) for one in dict.fromkeys([*CURRENCIES, state.currency])],
    }
