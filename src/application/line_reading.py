"""Reading the lines of an invoice on demand, and remembering whose invoices are always booked by them (FEATURES J5).

An electronic invoice has its lines. Those of one on paper are read in a limited process, and only when they make up its totals: what does
not add up is told and not proposed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from application import gathering
from application.enrichment.facts import UNKNOWN_RATE, Facts, facts_of
from application.enrichment.own_lines import by_own_lines
from application.file_types import MediaType
from application.permissions import Action, Actor
from application.ports import ObjectMissing, TaskFailed
from application.recognition.items import Outcome, Sums, cents
from application.recognition.reading import ReadLine, VatRate
from application.worklist import visible_proposal
from domain.booking_proposal import Why
from domain.counterparty import Counterparty
from domain.document import Document, FoundLine
from domain.kernel import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from application.enrichment.booking_lines import Booked
    from application.event_log import Context
    from application.workbench import Workbench
    from domain.booking_proposal import BookingProposal

_NO_TOTAL = Refused("Vul eerst het totaal in: de lijnen moeten er samen gelijk aan zijn.")
_NO_TABLE = Refused("Op dit document zijn geen lijnen gevonden. Er is niets ingevuld.")
_UNRATED = Refused("De lijnen zijn samen gelijk aan het totaal, maar zeggen niet welk btw-tarief elk heeft. Er is niets ingevuld.")
_STUCK = Refused("Het lezen van de lijnen is vastgelopen op dit bestand. Er is niets ingevuld.")
_OWN_DIFFER = Refused("De lijnen van deze e-factuur zijn samen niet gelijk aan haar btw-tabel. Er is niets ingevuld.")


def read_lines(bench: Workbench, actor: Actor, proposal: UUID, state: BookingProposal) -> Booked:
    """The lines of the document as booking lines, for a proposal as it stands or as somebody typed it; nothing of it is changed.

    Refused with a sentence when there are none that add up to its totals.
    """
    visible_proposal(bench, actor, proposal, Action.EDIT_PROPOSALS)
    document = bench.log.load(Document, state.document).state
    facts = _as_typed(facts_of(document, state.kind), state)
    lines = document.lines if by_xml(document) else lines_on_paper(bench, state.document, facts, actor.context)
    facts = replace(facts, lines=lines)
    made = by_own_lines(facts, gathering.circumstances(bench, state.dossier, facts), wanted=True)
    if made is None:
        raise _OWN_DIFFER if by_xml(document) and document.lines else _NO_TABLE
    return made


def by_xml(document: Document) -> bool:
    """Whether the document says its lines itself."""
    return document.recognition is not None and document.recognition.kind in ("ubl", "cii", "factur-x")


def wanted_lines(bench: Workbench, document: UUID, facts: Facts, context: Context) -> tuple[tuple[FoundLine, ...], Why | None]:
    """The lines for a counterparty whose invoices are always booked by them; none with the reason why, where they cannot be read."""
    try:
        return lines_on_paper(bench, document, facts, context), None
    except Refused as refusal:
        return (), Why(code=_WHY.get(refusal.sentence, "lines.differ"))


_WHY = {
    _NO_TABLE.sentence: "lines.none",
    _UNRATED.sentence: "lines.unrated",
    _STUCK.sentence: "lines.stuck",
    _NO_TOTAL.sentence: "lines.none",
}


def lines_on_paper(bench: Workbench, document: UUID, facts: Facts, context: Context) -> tuple[FoundLine, ...]:
    """Read the lines that make up these totals, and keep them with the document. Refused when there are none."""
    state = bench.log.load(Document, document).state
    if facts.total is None and facts.base is None:
        raise _NO_TOTAL
    sums = _sums(facts)
    outcome = _read(bench, state, sums)
    if not outcome.lines:
        raise _why_none(outcome, sums)
    lines = tuple(map(found_line, outcome.lines))
    bench.log.decide(Document, document, lambda now: now.read_lines(lines), context=context)
    return lines


def remember(bench: Workbench, actor: Actor, proposal: UUID, *, on: bool) -> int | None:
    """Book the invoices of this proposal's counterparty line by line from now on, or no longer; None when it has none yet."""
    state = visible_proposal(bench, actor, proposal, Action.EDIT_PROPOSALS)
    if state.counterparty is None:
        return None
    return bench.log.decide(Counterparty, state.counterparty, lambda now: now.switch_line_by_line(on=on), context=actor.context)


def found_line(one: ReadLine) -> FoundLine:
    """A line as the log keeps it."""
    return FoundLine(
        name=one.name,
        description=one.description,
        article=one.article,
        standard_id=one.standard_id,
        quantity=Decimal(one.quantity) if one.quantity else None,
        unit=one.unit,
        base=Decimal(one.base) if one.base else None,
        rate=Decimal(one.rate) if one.rate else None,
        category=one.category,
        cost=one.cost,
        adjustment=one.adjustment,
    )


def _as_typed(facts: Facts, state: BookingProposal) -> Facts:
    """What is on the invoice, by whoever knows best: the person who corrected its totals."""
    if (facts.total, facts.base, facts.vat) == (state.total, state.base, state.vat):
        return facts
    return replace(facts, total=state.total, base=state.base, vat=state.vat, rates=())


def _sums(facts: Facts) -> Sums:
    rates = tuple(
        VatRate(rate=str(one.rate), base=str(one.base), vat=str(one.vat), category=one.category)
        for one in facts.breakdown
        if one.rate != UNKNOWN_RATE
    )
    net, total = (None if amount is None else cents(amount) for amount in (facts.base, facts.total))
    return Sums(net, total, rates)


def _read(bench: Workbench, state: Document, sums: Sums) -> Outcome:
    """By the file where it is a PDF with text, else by the words that OCR read."""
    outcome, words = Outcome(), state.recognition.words if state.recognition else None
    try:
        if state.media_type == MediaType.PDF:
            outcome = bench.workshop.run("adapters.item_tables:lines_of_pdf", bench.objects.get(state.sha256), sums=sums)
        if not outcome.lines and words:
            by_words: Outcome = bench.workshop.run("adapters.item_tables:lines_of_words", bench.objects.get(words), sums=sums)
            outcome = by_words if by_words.lines or outcome.nearest is None else outcome
    except TaskFailed:
        raise _STUCK from None
    except ObjectMissing:
        raise _NO_TABLE from None
    return outcome


def _why_none(outcome: Outcome, sums: Sums) -> Refused:
    if outcome.unrated:
        return _UNRATED
    if not outcome.nearest:
        return _NO_TABLE
    known = sums.total if sums.net is None else sums.net
    return Refused(
        "De lijnen op dit document zijn samen {sum}, de factuur is {total}. Er is niets ingevuld.",
        sum=Decimal(abs(outcome.nearest)).scaleb(-2),
        total=Decimal(abs(known or 0)).scaleb(-2),
    )
