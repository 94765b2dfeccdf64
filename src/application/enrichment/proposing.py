"""A booking proposal from what recognition read and what the dossier knows. Every choice says where it comes from (`why`)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.enrichment.certainty import certainty
from application.enrichment.circumstances import Circumstances
from application.enrichment.due_dates import due_date
from application.enrichment.facts import Facts, facts_of
from application.enrichment.lines import booked
from domain.booking_period import booking_period_of
from domain.booking_proposal import ProposalDrafted, Why
from domain.document import Document, Progress
from domain.dossier import Dossier

_SOURCES = {"ubl": "UBL", "cii": "UBL", "factur-x": "UBL"}


def propose(document_id: UUID, document: Document, around: Circumstances, facts: Facts | None = None) -> ProposalDrafted:
    """The proposal of one document. Fields recognition did not find stay empty; an account nobody can tell is the suspense account."""
    facts = facts or facts_of(document, around.kind)
    party, lines = around.party, booked(facts, around)
    journal = around.dossier.journal_for(around.kind, credit_note=facts.credit_note)
    period, period_why = _period(facts.invoice_date, around.dossier)
    due, due_why = due_date(facts, around)
    confidence = _confidence(facts, around, lines.confidence)
    certain, weakest = certainty(confidence)
    why = {"counterparty": party.why, **lines.why, "period": period_why, "due_date": due_why}
    return ProposalDrafted(
        dossier=document.dossier,
        document=document_id,
        kind=around.kind,
        source=_SOURCES.get(document.recognition.kind, "AIR") if document.recognition else "AIR",
        journal=journal.code if journal else "",
        credit_note=facts.credit_note,
        period=period,
        counterparty=party.counterparty,
        party_name=party.party_name,
        party_vat=party.vat_number,
        party_iban=party.iban,
        invoice_number=facts.invoice_number,
        invoice_date=facts.invoice_date,
        due_date=due,
        currency=facts.currency,
        total=facts.total,
        base=facts.base,
        vat=facts.vat,
        payment_reference=facts.payment_reference,
        lines=lines.lines,
        remarks=lines.remarks,
        confidence=confidence,
        certainty=certain,
        weakest=weakest,
        why={about: one for about, one in why.items() if one is not None},
        unread=document.progress == Progress.FAILED,
    )


def _period(invoice_date: date | None, dossier: Dossier) -> tuple[str | None, Why | None]:
    """The period of the invoice date when it is open, else the first open one after it, else the last open one."""
    if invoice_date is None:
        return None, None
    wanted, periods = str(booking_period_of(invoice_date)), dossier.open_periods
    if wanted in periods:
        return wanted, Why(code="period.invoice_date")
    later = [period for period in periods if period > wanted]
    if later:
        return later[0], Why(code="period.first_open")
    return (periods[-1], Why(code="period.last_open")) if periods else (None, None)


def _confidence(facts: Facts, around: Circumstances, account: float) -> dict[str, float]:
    """As sure as each field was read; the counterparty as sure as the way it was found."""
    found = {**facts.confidence, "account": account}
    if around.party.confidence is not None:
        found["counterparty"] = around.party.confidence
    return found
