"""The history of a document and its booking proposal: both streams in log order as sentences, and the state at any moment (FEATURES O1).

Sentences are msgids with values, actors are ids: names and formats belong to whoever shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from application.event_log import Moment, NotFoundError, Via
from application.explanations import sentence_of
from application.marking import Marked, _
from application.validating import faults_of
from domain import booking_proposal as proposals
from domain import booking_removal
from domain import document as documents
from domain.booking_proposal import BookingProposal, proposal_of
from domain.client_question import QuestionAnswered, QuestionAsked, QuestionsClosed, questions_of
from domain.document import Document, DocumentRecognised
from domain.document_parts import (
    DocumentPutBack,
    DocumentReplaced,
    DocumentWithdrawn,
    ProposalReturned,
    ProposalWithdrawn,
)
from domain.help import HelpAnswered, HelpAsked, HelpClosed, help_of
from domain.kernel import Event
from domain.quality_control import ControlPassed, ControlRemarked, PickedForControl, control_of

if TYPE_CHECKING:
    from application.event_log import EventLog


OK, BAD, PLAIN = "ok", "bad", ""
"""The mood of an entry: something succeeded, something went wrong, or neither."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One field before and after. `field` is its name on the document or the proposal."""

    field: str
    before: Any
    after: Any


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened. `done` is what a person did («keek het voorstel na»), `happened` the same without a person.

    `by` is the user, or None for the system. `details` are further sentences with their values, which may be a `Fault` or a `FoundWarning`.
    """

    position: int
    at: datetime
    by: UUID | None
    via: Via
    name: str
    done: str
    happened: str
    values: dict[str, Any] = {}
    differences: tuple[Difference, ...] = ()
    details: tuple[tuple[str, dict[str, Any]], ...] = ()
    mood: str = PLAIN
    others: tuple[UUID, ...] = ()
    """The documents it was made of, or that were made of it."""


class StateThen(msgspec.Struct, frozen=True, kw_only=True):
    """Document and proposal as they were after the event at `position`; None: not there yet."""

    position: int
    document: Document | None = None
    proposal: BookingProposal | None = None


def history_of(log: EventLog, document: UUID, *, for_client: bool = False) -> list[Entry]:
    """Everything that happened to a document and its proposal, oldest first; `for_client`: without what employees tell each other.

    Raises `NotFoundError` for an unknown document.
    """
    entries: list[Entry] = []
    state = StateThen(position=0)
    for moment in _moments(log, document, for_client=for_client):
        after = _after(state, moment)
        entries.append(_entry(moment, state, after))
        state = after
    return entries


def state_at(log: EventLog, document: UUID, until: int | datetime | None = None) -> StateThen:
    """The state at a log position or a moment (UTC), or now."""
    state = StateThen(position=0)
    for moment in _moments(log, document):
        if until is None or (moment.position if isinstance(until, int) else moment.at) <= until:  # type: ignore[operator]  # alike by their type
            state = _after(state, moment)
    return state


def document_of(log: EventLog, identity: UUID) -> UUID:
    """The document an id is of: its own, or that of its proposal."""
    first = log.stream(identity, upto=1)
    if not first:
        raise NotFoundError(f"document {identity}")
    event = first[0].event
    return event.document if isinstance(event, proposals.ProposalDrafted) else identity


BETWEEN_EMPLOYEES: tuple[Callable[[UUID], UUID], ...] = (help_of, control_of)
"""The streams beside a document that its client never sees."""


def _moments(log: EventLog, document: UUID, *, for_client: bool = True) -> list[Moment]:
    own = log.stream(document)
    if not own or not isinstance(own[0].event, documents.DocumentReceived):
        raise NotFoundError(f"document {document}")
    beside: tuple[Callable[[UUID], UUID], ...] = (
        (proposal_of, questions_of) if for_client else (proposal_of, questions_of, *BETWEEN_EMPLOYEES)
    )
    return sorted([*own, *(moment for stream in beside for moment in log.stream(stream(document)))], key=lambda moment: moment.position)


def _after(state: StateThen, moment: Moment) -> StateThen:
    if isinstance(moment.event, _BESIDE):
        return msgspec.structs.replace(state, position=moment.position)
    if moment.event.name.startswith("document."):
        return msgspec.structs.replace(state, position=moment.position, document=Document.evolve(state.document, moment.event))
    return msgspec.structs.replace(state, position=moment.position, proposal=BookingProposal.evolve(state.proposal, moment.event))


def _entry(moment: Moment, before: StateThen, after: StateThen) -> Entry:
    done, happened, mood = SENTENCES[type(moment.event)]
    return Entry(
        position=moment.position,
        at=moment.at,
        by=moment.context.by,
        via=moment.context.via,
        name=moment.event.name,
        done=done,
        happened=happened,
        values=_values(moment.event),
        differences=tuple(_differences(moment.event, before, after)),
        details=tuple(_details(moment.event)),
        mood=mood,
        others=_others(moment.event),
    )


def _others(event: Event) -> tuple[UUID, ...]:
    match event:
        case documents.DocumentReceived(origin=origin) if origin is not None:
            return origin.documents
        case DocumentReplaced(parts=parts):
            return parts
    return ()


def _differences(event: Event, before: StateThen, after: StateThen) -> list[Difference]:
    match event:
        case documents.DocumentRenamed():
            return [_difference("file_name", before.document, after.document)]
        case documents.DocumentMoved():
            return [_difference("mailbox", before.document, after.document)]
        case proposals.ProposalRedrafted():
            return [one for name in _REDRAFTED if (one := _difference(name, before.proposal, after.proposal)).before != one.after]
        case proposals.RateApplied():
            return [_difference("rate", before.proposal, after.proposal)]
        case proposals.ProposalCorrected():
            changed = [name for name, value in msgspec.structs.asdict(event).items() if value is not UNSET]
            return [_difference(name, before.proposal, after.proposal) for name in changed]
    if after.proposal is not None and before.proposal is not None and after.proposal.stage != before.proposal.stage:
        return [_difference("stage", before.proposal, after.proposal)]
    return []


_BESIDE = (
    HelpAsked,
    HelpAnswered,
    HelpClosed,
    PickedForControl,
    ControlPassed,
    ControlRemarked,
    QuestionAsked,
    QuestionAnswered,
    QuestionsClosed,
)
"""What leaves document and proposal as they are."""
_REDRAFTED = tuple(name for name in proposals.ProposalCorrected.__struct_fields__ if name in proposals.Draft.__struct_fields__)
"""The fields people know; confidence and reasons change with every reading."""


def _difference(field: str, before: object, after: object) -> Difference:
    return Difference(field=field, before=getattr(before, field, None), after=getattr(after, field, None))


def _values(event: Event) -> dict[str, Any]:
    """What the sentence names."""
    match event:
        case documents.DocumentReceived():
            return {"file_name": event.file_name}
        case documents.DocumentInspected():
            return {"pages": event.pages}
        case documents.DocumentStamped():
            return {"text": event.text}
        case documents.DocumentRecognised():
            return {"count": len(event.fields) + len(event.private_fields)}
        case documents.DocumentValidated(broken=broken):
            return {"told": Marked(_("in orde") if not broken else _("niet alles is in orde"))}
        case documents.LinesRead():
            return {"count": len(event.lines)}
        case documents.DocumentFoundUnusable() | documents.RecognitionFailed() | proposals.BookingRefused():
            return {"reason": event.reason}
        case proposals.ProposalNumbered():
            return {"journal": event.journal, "number": event.number}
        case proposals.BookingAccepted() | proposals.BookingConfirmed():
            return {"package_id": event.package_id}
    return {}


Detail = tuple[str, dict[str, Any]]


def _details(event: Event) -> Sequence[Detail]:
    """What is told below the sentence."""
    match event:
        case documents.DocumentReceived():
            twin: list[Detail] = [(_("Hetzelfde bestand werd al eerder aangeleverd."), {})] if event.twin else []
            return [(_("Vingerafdruk {sha256}"), {"sha256": f"{event.sha256[:8]} … {event.sha256[-4:]}"}), *twin, *_origin(event)]
        case DocumentReplaced(parts=made, kept=kept, moved=moved):
            if moved:
                return [(_("Opnieuw begonnen als een ander type of in een ander dossier."), {})]
            stays = _("Nieuwe documenten: {count}. Dit document blijft ernaast staan.")
            return [(stays if kept else _("Nieuwe documenten: {count}. Dit document is erdoor vervangen."), {"count": len(made)})]
        case proposals.ProposalDrafted():
            why = [sentence_of(event.why[about]) for about in ("counterparty", "account") if event.why.get(about)]
            return [*why, (_("Zekerheid {percent} %"), {"percent": round(event.certainty * 100)})]
        case proposals.ProposalHeld(reason=reason) | proposals.ProposalDeleted(reason=reason) | proposals.OutcomeLost(reason=reason):
            return [(_("Reden: {reason}"), {"reason": reason})] if reason else []
        case proposals.ProposalCorrected(counterparty=UUID()):
            return [(_("Gekoppeld aan een tegenpartij van het dossier."), {})]
        case proposals.ProposalChecked(suspense=True):
            return [(_("Minstens één lijn staat op de wachtrekening."), {})]
        case documents.DocumentRecognised(warnings=warnings):
            engine: list[Detail] = [(_("Gelezen met {engine}"), {"engine": event.ocr})] if event.ocr else []
            return [*engine, *pages_not_read(event), *[("{warning}", {"warning": one}) for one in warnings]]
        case documents.DocumentValidated(broken=broken):
            return [("{fault}", {"fault": one}) for one in faults_of(broken)]
        case documents.DocumentTaught(fields=fields, refuted=refuted):
            wrong: list[Detail] = [(_("Een eerdere les klopte hier niet."), {})] if refuted else []
            return [*((LEARNT[field], {}) for field in fields), *wrong]
        case documents.DocumentProcessed(misc_type=misc_type, permanent=permanent) if misc_type or permanent:
            told: list[Detail] = [(_("Type: {misc_type}"), {"misc_type": Marked(TYPES.get(misc_type, misc_type))})] if misc_type else []
            return [*told, *([(_("In het permanente dossier."), {})] if permanent else [])]
        case documents.DocumentErased():
            return [(_("Grond: {ground}"), {"ground": event.ground})]
        case HelpAsked(question=text) | HelpAnswered(answer=text) | QuestionAsked(question=text) | QuestionAnswered(answer=text):
            return [("“{text}”", {"text": text})]
        case ControlRemarked(remark=text):
            return [("“{text}”", {"text": text})]
    return []


def _origin(event: documents.DocumentReceived) -> list[Detail]:
    """What it was made of."""
    if event.origin is None:
        return []
    if not event.origin.pages:
        return [(_("Overgenomen van een ander document."), {})]
    several = len(event.origin.documents) > 1
    pages = "; ".join(_ranges([one.page for one in event.origin.pages if one.document == source]) for source in event.origin.documents)
    return [
        (
            _("Gemaakt van bladzijden van verschillende documenten: {pages}") if several else _("Gemaakt van bladzijden: {pages}"),
            {"pages": pages},
        )
    ]


def pages_not_read(found: DocumentRecognised) -> list[Detail]:
    """The pages of a scan that nobody read, and why."""
    why = (
        (_("Te veel gescande bladzijden, niet gelezen: {pages}"), found.unread),
        (_("Lezen mislukt op bladzijde: {pages}"), found.failed),
    )
    return [(sentence, {"pages": _ranges(pages)}) for sentence, pages in why if pages]


def _ranges(pages: Sequence[int]) -> str:
    """`3, 7–12`."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


LEARNT = {
    "invoice_number": _("Factuurnummer"),
    "issue_date": _("Factuurdatum"),
    "due_date": _("Vervaldatum"),
    "total_incl": _("Totaal"),
    "total_excl": _("Excl. btw"),
    "vat": _("Btw"),
    "iban": _("Rekeningnummer"),
    "payment_reference": _("Mededeling"),
}
"""What can be learnt → its name."""
TYPES = {
    "bank_statement": _("Bankafschriften"),
    "vat_account": _("Btw-rekeninguittreksels"),
    "reminder": _("Aanmaningen en herinneringen"),
    "accident": _("Ongeval"),
    "tax": _("Belastingen"),
    "payroll": _("Lonen"),
    "insurance": _("Verzekeringen"),
    "contract": _("Contracten"),
    "statutes": _("Statuten en akten"),
    "other": _("Andere"),
}
"""Code of a type of miscellaneous document → its name."""
SENTENCES: dict[type[Event], tuple[str, str, str]] = {
    documents.DocumentReceived: (_("leverde {file_name} aan"), _("Ontvangen: {file_name}"), PLAIN),
    documents.DocumentInspected: (_("opende het bestand"), _("Bestand geopend, bladzijden: {pages}"), PLAIN),
    documents.DocumentFoundUnusable: (_("kon het bestand niet openen: {reason}"), _("Het bestand kan niet geopend worden: {reason}"), BAD),
    documents.DocumentRecognised: (_("liet het document lezen"), _("Gegevens gelezen, velden: {count}"), PLAIN),
    documents.DocumentValidated: (_("toetste de e-factuur aan haar norm"), _("E-factuur getoetst aan haar norm: {told}"), PLAIN),
    documents.LinesRead: (_("liet de lijnen lezen"), _("Lijnen gelezen: {count}"), PLAIN),
    documents.DocumentTaught: (_("leerde hieruit"), _("Geleerd voor de volgende facturen van deze leverancier"), PLAIN),
    documents.DocumentStamped: (_("zette het nummer {text} op een kopie"), _("Nummer {text} op een kopie van de PDF gezet"), PLAIN),
    documents.RecognitionRequested: (_("vroeg om het document opnieuw te herkennen"), _("Opnieuw te herkennen"), PLAIN),
    documents.RecognitionFailed: (_("liet het document lezen"), _("{reason}"), BAD),
    documents.DocumentRenamed: (_("gaf het document een andere titel"), _("Andere titel"), PLAIN),
    documents.DocumentHandled: (_("zette het document op behandeld"), _("Op behandeld gezet"), PLAIN),
    documents.DocumentUnhandled: (_("zette het document terug op niet behandeld"), _("Terug op niet behandeld gezet"), PLAIN),
    documents.DocumentMoved: (_("verplaatste het document"), _("Verplaatst"), PLAIN),
    documents.DocumentDeleted: (_("verwijderde het document uit de postbus"), _("Uit de postbus verwijderd"), BAD),
    documents.DocumentRestored: (_("zette het document terug in de postbus"), _("Teruggezet in de postbus"), PLAIN),
    DocumentReplaced: (_("maakte er andere documenten van"), _("Er zijn andere documenten van gemaakt"), PLAIN),
    DocumentPutBack: (_("maakte dat ongedaan"), _("Teruggezet zoals het was"), PLAIN),
    DocumentWithdrawn: (_("maakte ongedaan dat dit document gemaakt werd"), _("Ongedaan gemaakt"), BAD),
    ProposalWithdrawn: (_("nam het voorstel weg met zijn document"), _("Voorstel weggenomen met zijn document"), PLAIN),
    ProposalReturned: (_("zette het voorstel terug met zijn document"), _("Voorstel teruggezet met zijn document"), PLAIN),
    documents.DocumentSubmitted: (_("verzond het document naar de accountant"), _("Verzonden naar de accountant"), OK),
    documents.DocumentProcessed: (_("verwerkte het document"), _("Verwerkt door het kantoor"), OK),
    documents.ProcessingUndone: (_("zette het document terug om te verwerken"), _("Weer te verwerken"), PLAIN),
    documents.DocumentFetched: (_("haalde het document op"), _("Gedownload door het kantoor"), PLAIN),
    documents.DocumentErased: (_("wiste het document"), _("Gewist"), BAD),
    proposals.ProposalDrafted: (_("maakte een boekingsvoorstel"), _("Boekingsvoorstel gemaakt"), PLAIN),
    proposals.ProposalRedrafted: (_("liet het voorstel opnieuw maken"), _("Voorstel opnieuw gemaakt na herkenning"), PLAIN),
    proposals.ProposalCorrected: (_("wijzigde het voorstel"), _("Voorstel gewijzigd"), PLAIN),
    proposals.RateApplied: (_("paste een wisselkoers toe"), _("Wisselkoers toegepast"), PLAIN),
    proposals.ProposalChecked: (_("keek het voorstel na"), _("Voorstel nagekeken"), OK),
    proposals.ProposalUnchecked: (_("zette het voorstel terug op niet nagekeken"), _("Voorstel terug op niet nagekeken"), PLAIN),
    proposals.ProposalHeld: (_("zette het voorstel on hold"), _("Voorstel on hold gezet"), PLAIN),
    proposals.ProposalReleased: (_("gaf het voorstel vrij"), _("Voorstel vrijgegeven"), PLAIN),
    proposals.ProposalParted: (_("maakte het voorstel los van wat erop lijkt"), _("Losgemaakt van wat erop lijkt"), PLAIN),
    proposals.ProposalJoined: (_("liet het voorstel weer met andere vergelijken"), _("Weer vergeleken met andere"), PLAIN),
    proposals.ProposalNumbered: (_("verzond het voorstel als {journal} {number}"), _("Verzonden als {journal} {number}"), OK),
    proposals.SendingStarted: (_("bood het voorstel aan het pakket aan"), _("Aan het pakket aangeboden"), PLAIN),
    proposals.SendingAbandoned: (_("kon het pakket niet bereiken"), _("Het pakket was niet bereikbaar; er is niets afgegeven"), BAD),
    proposals.HandedOver: (_("gaf het voorstel af"), _("Afgegeven aan het pakket"), PLAIN),
    proposals.BookingAccepted: (_("boekte het voorstel als {package_id}"), _("Geboekt in het pakket als {package_id}"), OK),
    proposals.BookingRefused: (_("kreeg een weigering: {reason}"), _("Geweigerd door het pakket: {reason}"), BAD),
    proposals.OutcomeLost: (_("kreeg geen antwoord"), _("Er kwam geen antwoord van het pakket"), BAD),
    proposals.BookingNotFound: (_("vond de boeking niet in het pakket"), _("Nagekeken: de boeking staat niet in het pakket"), BAD),
    proposals.ResendDecided: (_("verzond het voorstel opnieuw"), _("Opnieuw verzonden"), PLAIN),
    proposals.BookingConfirmed: (_("las de boeking terug als {package_id}"), _("Teruggelezen uit de boekhouding als {package_id}"), OK),
    booking_removal.RemovalRequested: (_("vroeg het pakket de boeking te verwijderen"), _("Te verwijderen uit het pakket"), BAD),
    booking_removal.BookingRemoved: (
        _("verwijderde de boeking uit het pakket"),
        _("Uit het pakket verwijderd; terug in de werklijst"),
        PLAIN,
    ),
    booking_removal.RemovalRefused: (_("mocht de boeking niet verwijderen: {reason}"), _("Het pakket behoudt de boeking: {reason}"), BAD),
    proposals.ProposalDeleted: (_("verwijderde het voorstel"), _("Voorstel verwijderd"), BAD),
    HelpAsked: (_("vroeg een collega om hulp"), _("Hulp gevraagd"), PLAIN),
    HelpAnswered: (_("antwoordde op de vraag om hulp"), _("Antwoord op de vraag om hulp"), OK),
    PickedForControl: (_("keek het voorstel na; het is geloot voor kwaliteitscontrole"), _("Geloot voor kwaliteitscontrole"), PLAIN),
    ControlPassed: (_("controleerde het voorstel: in orde"), _("Kwaliteitscontrole: in orde"), OK),
    ControlRemarked: (_("controleerde het voorstel en maakte een opmerking"), _("Kwaliteitscontrole: opmerking"), BAD),
    QuestionAsked: (_("stelde de klant een vraag"), _("Vraag aan de klant"), PLAIN),
    QuestionAnswered: (_("antwoordde op de vraag aan de klant"), _("Antwoord van de klant"), OK),
    QuestionsClosed: (_("sloot de vraag aan de klant"), _("Vraag aan de klant gesloten"), PLAIN),
    HelpClosed: (_("sloot de vraag om hulp"), _("Vraag om hulp gesloten"), PLAIN),
}
"""Event → what a person did, the same without a person, its mood."""
