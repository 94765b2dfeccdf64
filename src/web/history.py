"""A document's history as it is shown: names for ids, Belgian formats, and «then» beside «now» (FEATURES O1).

`history_values` fills `history_panes.html` for the office and the portal; `print_history` is the same for the command line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from application.event_log import Via
from application.history import Difference, Entry, StateThen, document_of, history_of, state_at
from application.validating import Fault
from domain.booking_proposal import BookingProposal, Line, Stage
from domain.document import Document, FoundWarning, Mailbox
from domain.exchange_rate import ExchangeRate
from domain.structured_communication import format_payment_reference
from domain.validation import Reason
from web import faults, formats
from web.formats import OFFICE_TIME
from web.office import reasons
from web.translations import REFERENCE, _, translate

if TYPE_CHECKING:
    from web.wiring import Cell

CHANNELS = {
    Via.PORTAL: _("Portaal"),
    Via.OFFICE: _("Kantoor"),
    Via.API: _("API"),
    Via.MAIL: _("E-mail"),
    Via.JOB: _("Systeem"),
    Via.CLI: _("Beheer"),
}
ICONS = {
    "document.received": "inbox",
    "document.inspected": "file-search",
    "document.recognised": "scan",
    "document.recognition_requested": "scan",
    "document.stamped": "rubber-stamp",
    "document.validated": "list-check",
    "document.renamed": "pencil",
    "document.handled": "check",
    "document.submitted": "send",
    "document.deleted": "trash",
    "document.erased": "eraser",
    "document.replaced": "cut",
    "document.put_back": "arrow-back-up",
    "document.withdrawn": "arrow-back-up",
    "proposal.withdrawn": "file-off",
    "proposal.returned": "arrow-back-up",
    "proposal.drafted": "file-invoice",
    "proposal.redrafted": "file-invoice",
    "proposal.corrected": "pencil",
    "proposal.checked": "checks",
    "proposal.held": "player-pause",
    "proposal.released": "player-play",
    "proposal.parted": "link-off",
    "proposal.joined": "link",
    "proposal.numbered": "send",
    "proposal.accepted": "book-2",
    "proposal.confirmed": "book-2",
    "proposal.refused": "alert-octagon",
    "proposal.outcome_unknown": "help-circle",
    "proposal.deleted": "trash",
    "control.picked": "dice-3",
    "control.passed": "shield-check",
    "control.remarked": "shield-exclamation",
    "help.asked": "lifebuoy",
    "help.answered": "message-reply",
    "help.closed": "message-off",
    "question.asked": "message-question",
    "question.answered": "message-reply",
    "question.closed": "message-off",
}
FIELDS = {
    "stage": _("Stand"),
    "number": _("Documentnummer"),
    "file_name": _("Titel"),
    "mailbox": _("Postbus"),
    "handled": _("Behandeld"),
    "submitted": _("Verzonden"),
    "party_name": _("Tegenpartij"),
    "counterparty": _("Gekende tegenpartij"),
    "party_vat": _("Btw-nummer"),
    "party_iban": _("Rekeningnummer"),
    "invoice_number": _("Factuurnummer"),
    "invoice_date": _("Factuurdatum"),
    "due_date": _("Vervaldatum"),
    "period": _("Boekperiode"),
    "journal": _("Dagboek"),
    "credit_note": _("Creditnota"),
    "currency": _("Munt"),
    "rate": _("Wisselkoers"),
    "payment_reference": _("Mededeling"),
    "total": _("Totaal"),
    "base": _("Excl. btw"),
    "vat": _("Btw"),
    "discount": _("Financiële korting (%)"),
    "instruction": _("Boekingsinstructie"),
    "pay": _("Klaarzetten voor betaling"),
    "lines": _("Lijnen"),
    "remarks": _("Opmerkingen"),
}
"""Field → its name, in the order of the state pane."""
STAGES = {
    Stage.OPEN: _("Te valideren"),
    Stage.HELD: _("On hold"),
    Stage.CHECKED: _("Nagekeken"),
    Stage.NUMBERED: _("Genummerd"),
    Stage.SENDING: _("Onderweg"),
    Stage.HANDED_OVER: _("Afgegeven"),
    Stage.ACCEPTED: _("Aanvaard"),
    Stage.REFUSED: _("Geweigerd door pakket"),
    Stage.UNKNOWN: _("Antwoord onbekend"),
    Stage.CONFIRMED: _("Geboekt"),
    Stage.REMOVING: _("Wordt verwijderd uit het pakket"),
    Stage.DELETED: _("Verwijderd"),
}
MAILBOXES = {Mailbox.PURCHASE: _("Aankoop"), Mailbox.SALES: _("Verkoop"), Mailbox.MISC: _("Diverse")}
_DOCUMENT_FIELDS = ("file_name", "mailbox", "handled", "submitted")
NOTHING = "–"
PRIVATE = _("Privé")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with the person's name (None: the system) and its differences as texts."""

    entry: Entry
    who: str | None
    channel: str
    icon: str
    differences: tuple[tuple[str, str, str], ...]
    details: tuple[str, ...]
    later: bool = False
    chosen: bool = False


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One field of the state: its name, its text then and now."""

    label: str
    then: str
    now: str

    @property
    def changed(self) -> bool:
        """Whether it has become something else since."""
        return self.then != self.now


def history_values(
    cell: Cell, document: UUID, language: str, *, at: int | None = None, quick: str = "", for_client: bool = False
) -> dict[str, Any]:
    """What the two panes show. `at`: the position of the chosen event (None: now); `quick`: people, system, or both."""
    log = cell.bench.log
    entries = history_of(log, document, for_client=for_client)
    now = state_at(log, document)
    chosen = at if at is not None and at < entries[-1].position else None
    then = state_at(log, document, chosen) if chosen is not None else now
    names = cell.models.directory.names({entry.by for entry in entries})
    told = [_told(entry, names, language, chosen) for entry in entries]
    shown = [one for one in told if quick not in ("people", "system") or (one.who is not None) == (quick == "people")]
    days = groupby(reversed(shown), key=lambda one: one.entry.at.astimezone(OFFICE_TIME).date())
    place = max((index for index, entry in enumerate(entries) if entry.position <= then.position), default=0)
    return {
        "days": [(day, list(group)) for day, group in days],
        "links": _links(cell, document, entries, for_client=for_client),
        "document_id": str(document),
        "rows": _rows(then, now, language),
        "positions": [entry.position for entry in entries],
        "place": place,
        "then_at": entries[place].at,
        "first_at": entries[0].at,
        "last_at": entries[-1].at,
        "is_past": chosen is not None,
        "counts": {
            "": len(entries),
            "people": sum(one.who is not None for one in told),
            "system": sum(one.who is None for one in told),
        },
        "quick_history": quick if quick in ("people", "system") else "",
    }


def _links(cell: Cell, document: UUID, entries: Sequence[Entry], *, for_client: bool) -> dict[UUID, str]:
    """The documents it was made of or that were made of it, by name; those of another dossier only for the office, without name."""
    log = cell.bench.log
    here = log.load(Document, document).state.dossier
    states = {one: found.state for entry in entries for one in entry.others if (found := log.find(Document, one))}
    return {
        one: state.file_name if state.dossier == here else "" for one, state in states.items() if state.dossier == here or not for_client
    }


def position_on(cell: Cell, document: UUID, text: str) -> int | None:
    """The position of the last event at or before a moment as typed (`10/02/2026 09:30`, or a day's end); None when it is none."""
    day, _space, clock = text.strip().partition(" ")
    try:
        found = formats.read_date(day)
        hour, minute = (int(part) for part in clock.split(":")) if clock else (23, 59)
        moment = datetime(found.year, found.month, found.day, hour, minute, 59, tzinfo=OFFICE_TIME) if found else None
    except (ValueError, OverflowError):  # OverflowError: an hour of more digits than a number of a clock can have
        moment = None
    if moment is None:
        return None
    return max((entry.position for entry in history_of(cell.bench.log, document) if entry.at <= moment), default=0)


def print_history(cell: Cell, identity: UUID, at: datetime | None = None) -> list[str]:
    """The history of a document (or of a proposal's document) in plain lines, and its state now or at a moment."""
    document = document_of(cell.bench.log, identity)
    entries = [entry for entry in history_of(cell.bench.log, document) if at is None or entry.at <= at]
    names = cell.models.directory.names({entry.by for entry in entries})
    lines = []
    for one in (_told(entry, names, REFERENCE, None) for entry in entries):
        lines.append(f"{formats.moment(one.entry.at)}  {one.channel:<8}  {_sentence(one, REFERENCE)}")
        lines += [f"{'':28}{label}: {before} → {after}" for label, before, after in one.differences]
        lines += [f"{'':28}{detail}" for detail in one.details]
    state = state_at(cell.bench.log, document, at)
    lines += ["", f"Toestand op {formats.moment(at)}" if at else "Toestand nu"]
    return lines + [f"  {row.label:<20} {row.then}" for row in _rows(state, state, REFERENCE)]


def _sentence(one: Told, language: str) -> str:
    entry = one.entry
    if one.who is None:
        return translate(entry.happened, language, **entry.values)
    return f"{one.who} {translate(entry.done, language, **entry.values)}"


def _told(entry: Entry, names: Mapping[UUID, str], language: str, chosen: int | None) -> Told:
    return Told(
        entry=entry,
        who=names.get(entry.by, translate(_("Iemand"), language)) if entry.by else None,
        channel=translate(CHANNELS[entry.via], language),
        icon=ICONS.get(entry.name, "point"),
        differences=tuple(_texts(one, language) for one in entry.differences if one.field != "counterparty"),
        details=tuple(_detail(sentence, values, language) for sentence, values in entry.details),
        later=chosen is not None and entry.position > chosen,
        chosen=entry.position == chosen,
    )


def _detail(sentence: str, values: Mapping[str, Any], language: str) -> str:
    return translate(sentence, language, **{name: _spoken(value, language) for name, value in values.items()})


def _spoken(value: Any, language: str) -> Any:
    match value:
        case Fault():
            return faults.line_of(value, language)
        case FoundWarning(code=code, values=values):
            return reasons.sentence_of(Reason(code, values), language)
    return value


def _texts(one: Difference, language: str) -> tuple[str, str, str]:
    label = translate(FIELDS.get(one.field, one.field), language)
    return label, text_of(one.field, one.before, language), text_of(one.field, one.after, language)


def _rows(then: StateThen, now: StateThen, language: str) -> list[Row]:
    """Every field that ever had a value."""
    found = []
    for field, label in FIELDS.items():
        texts = [text_of(field, _value(state, field), language) for state in (then, now)]
        if field != "counterparty" and texts != [NOTHING, NOTHING]:
            found.append(Row(label=translate(label, language), then=texts[0], now=texts[1]))
    return found


def _value(state: StateThen, field: str) -> Any:
    source: Document | BookingProposal | None = state.document if field in _DOCUMENT_FIELDS else state.proposal
    return getattr(source, field, None)


def text_of(field: str, value: Any, language: str) -> str:
    """A value of a field as people read it."""
    match field, value:
        case _, None | "" | ():
            return NOTHING
        case "period", str():
            return formats.period(value)
        case "party_vat", str():
            return formats.vat(value)
        case "payment_reference", str():
            return format_payment_reference(value)
        case "party_iban", str():
            return formats.iban(value)
        case _, bool():
            return translate(_("Ja") if value else _("Nee"), language)
        case _, Stage():
            return translate(STAGES[value], language)
        case _, Mailbox():
            return translate(MAILBOXES[value], language)
        case _, Decimal():
            return formats.amount(value)
        case _, ExchangeRate():
            when = translate(_("zelf ingevuld"), language) if value.is_typed else f"ECB {formats.date(value.day)}"
            return f"1 EUR = {formats.rate(value.per_euro)} {value.currency} ({when})"
        case _, date():
            return formats.date(value)
        case _, tuple():
            return _listed(value, language)
        case _, Enum():
            return str(value.value)
    return str(value)


def _line(one: Line, language: str) -> str:
    amounts = f"{one.account or NOTHING} {one.vat_code or NOTHING} {formats.amount(one.base)} + {formats.amount(one.vat)}"
    private = f"{translate(PRIVATE, language)} {formats.private(one.private)}" if one.private else ""
    dimensions = ", ".join(f"{dimension} {value}" for dimension, value in one.dimensions.items())
    return " ".join(filter(None, (amounts, private, dimensions and f"({dimensions})")))


def _listed(values: Sequence[Any], language: str) -> str:
    return " · ".join(_line(one, language) if isinstance(one, Line) else str(one) for one in values if one)
