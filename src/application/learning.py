"""What the office's corrections teach recognition (FEATURES K5): a job after the check of a proposal, since it takes the page's words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import UNSET

from application.processing import words_of
from application.recognition.layout import Layout
from application.recognition.learned import read_anchor
from application.recognition.printed import same
from application.recognition.reader import telling
from application.recognition.teaching import teach
from application.remembering import ON_PAPER, Supplier
from domain.anchor import Lesson, remembered
from domain.booking_proposal import BookingProposal, ProposalCorrected
from domain.counterparty import Counterparty
from domain.document import Document, DocumentTaught
from domain.dossier import Dossier, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID

    from application.event_log import Moment
    from application.jobs import Job
    from application.workbench import Workbench
    from domain.anchor import Anchor, KnownAnchor
    from domain.document import DocumentRecognised

FIELDS = {
    "invoice_number": "invoice_number",
    "issue_date": "invoice_date",
    "due_date": "due_date",
    "total_incl": "total",
    "total_excl": "base",
    "vat": "vat",
    "iban": "party_iban",
    "payment_reference": "payment_reference",
}
"""Field of recognition → of the proposal."""


class Corrections(NamedTuple):
    """What a person stands for on one document.

    `made`: the fields he changed, as text (empty: the document does not say it). `read`: what recognition read there. `names`: the
    parties', which stand in no label.
    """

    made: Mapping[str, str]
    read: Mapping[str, str] = {}
    names: Collection[str] = ()


def teach_supplier(bench: Workbench, job: Job) -> None:
    """A checked proposal teaches where its supplier prints what a person had to correct. Done again it teaches the same."""
    state = bench.log.load(BookingProposal, job.subject).state
    document = bench.log.load(Document, state.document).state
    supplier = _supplier(bench, state)
    if supplier is None or document.erased or document.recognition is None or document.recognition.kind not in ON_PAPER:
        return
    corrections = _corrections(bench, state, document.recognition, bench.log.stream(job.subject))
    digest = supplier.digest(bench)
    if not corrections.made and document.lesson is None:
        return
    known = remembered(one for one in bench.lessons.of(digest) if one.document != state.document)
    lesson = lesson_of(state.document, corrections, known, Layout(telling(words_of(bench, document))))
    taught = DocumentTaught(
        supplier=digest,
        fields=tuple(dict.fromkeys(one.field for one in lesson.learnt)),
        learnt=lesson.learnt,
        refuted=lesson.refuted,
    )
    bench.log.decide(Document, state.document, lambda now: now.teach(taught), context=job.context)


def lesson_of(document: UUID, corrections: Corrections, known: Sequence[KnownAnchor], layout: Layout) -> Lesson:
    """What follows for a supplier's anchors: those that read a corrected field wrongly are refuted, the right place is learnt."""
    learnt: list[Anchor] = []
    refuted: list[Anchor] = []
    for field, value in corrections.made.items():
        mine = [one.anchor for one in known if one.anchor.field == field]
        refuted += [anchor for anchor in mine if _is_wrong(anchor, value, layout)]
        sought = value or corrections.read.get(field, "")
        anchor = teach(field, sought, layout, corrections.names, absent=not value) if sought and layout.segments else None
        if anchor is not None and not any(anchor.agrees(one) for one in mine if one not in refuted):
            learnt.append(anchor)
    return Lesson(document=document, learnt=tuple(learnt), refuted=tuple(refuted))


def _is_wrong(anchor: Anchor, value: str, layout: Layout) -> bool:
    """Whether an anchor reads something else than what it is, or finds what should be nowhere."""
    found = read_anchor(anchor, layout)
    return found is not None and same(anchor.field, found.value, value) == anchor.absent


def _supplier(bench: Workbench, state: BookingProposal) -> Supplier | None:
    """Whose paper the document is: the dossier's own on a sale, else the counterparty's."""
    if state.kind == Kind.SALES:
        return Supplier(bench.log.load(Dossier, state.dossier).state.vat_number, None)
    party = bench.log.find(Counterparty, state.counterparty) if state.counterparty else None
    return Supplier(party.state.vat_number, state.counterparty) if party else None


def _corrections(bench: Workbench, state: BookingProposal, found: DocumentRecognised, history: Sequence[Moment]) -> Corrections:
    read = {one.field: one.value for one in (*found.fields, *found.private_fields)}
    touched = _touched(history)
    given = {field: _text(getattr(state, name)) for field, name in FIELDS.items() if name in touched}
    made = {field: value for field, value in given.items() if not same(field, value, read.get(field, ""))}
    dossier = bench.log.load(Dossier, state.dossier).state
    return Corrections(made, read, (state.party_name, dossier.dossier_name, read.get("issuer_name", ""), read.get("buyer_name", "")))


def _touched(history: Sequence[Moment]) -> frozenset[str]:
    """The proposal's fields that people changed: what enrichment filled in, a due date from the terms, is not on the page."""
    corrections = [moment.event for moment in history if isinstance(moment.event, ProposalCorrected) and moment.context.by]
    return frozenset(name for one in corrections for name, value in msgspec.structs.asdict(one).items() if value is not UNSET)


def _text(value: object) -> str:
    """As recognition would have read it."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
