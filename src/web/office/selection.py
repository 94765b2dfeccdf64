"""What is done to a selection of the worklist, and what the message about it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from application import asking, helping, misc_documents, page_cutting, rereading, sending, worklist
from application.event_log import NotFoundError
from application.mailboxes import Outcome, each
from application.misc_documents import Filing
from application.permissions import Action
from domain.booking_proposal import ProposalCorrected, Stage
from domain.document import Mailbox
from domain.kernel import Refused
from domain.vat_number import enterprise_number
from projections.worklist import Tab
from web.errors import BadInput
from web.translations import _, explained, translate, translate_count

if TYPE_CHECKING:
    from litestar.datastructures import MultiDict

    from web.forms import Form
    from web.listing import Listing
    from web.visiting import Visitor
    from web.wiring import Cell

MOST = 2000
"""Proposals sent in one go."""
MOST_UNDONE = 500
"""Rows of an act that can be undone: they stand in an address."""


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do with some rows: `do` is its name; `reason` for holding, deleting, asking; `period`, `journal`: what to change.

    `colleague` is who is asked for help, empty: anyone; `filing` how miscellaneous documents are filed.
    """

    do: str
    ids: Sequence[UUID]
    reason: str = ""
    period: str = ""
    journal: str = ""
    colleague: str = ""
    filing: Filing = Filing()
    to_type: str = ""
    to_dossier: str = ""

    @classmethod
    def of(cls, form: Form, ids: Sequence[UUID]) -> Act:
        """As the form says it."""
        do = form.text("do")
        reason, colleague = form.text(f"{do}_reason"), form.text("colleague")
        filing = Filing(misc_type=form.text("misc_type"), permanent=form.flag("permanent"), to_download=form.flag("to_download"))
        edited = {name: form.text(name) for name in ("period", "journal", "to_type", "to_dossier")}
        if do == "edit" and (edited["to_type"] or edited["to_dossier"]):
            do = "elsewhere"
        return cls(do=do, ids=ids, reason=reason, colleague=colleague, filing=filing, **edited)

    @property
    def wanted(self) -> ProposalCorrected:
        """What is changed in the rows."""
        return ProposalCorrected(**{name: value for name in _EDITED if (value := getattr(self, name))})


class Before(NamedTuple):
    """What undoing gives back of a row: whether it was checked, its period and its journal."""

    checked: bool
    period: str | None
    journal: str


def ids_of(cell: Cell, dossier: UUID, form: Form, tab: Tab) -> list[UUID]:
    """The selected rows, or all that are checked when the form asks to send those."""
    if form.text("do") != "send_checked":
        return form.ids()
    rows, _total, _amount = cell.models.worklist.page(dossier, tab, quick="checked", sort="date", limit=MOST)
    return [row.id for row in rows]


def perform(cell: Cell, visitor: Visitor, dossier: UUID, act: Act) -> Outcome:
    """Do it. Rows of another dossier, and acts that do not exist, are told not to exist."""
    bench, actor = cell.bench, visitor.actor
    bench.authority.require(actor, Action.SEE_WORKLIST, dossier)
    rows = [cell.models.worklist.find(one) for one in act.ids]
    if any(row is None or row.dossier != dossier for row in rows):
        raise NotFoundError("proposal")
    if act.do == "edit" and not (act.period or act.journal):
        raise Refused("Kies een dagboek of een boekperiode.")
    documents = {row.id: row.document for row in rows if row}
    acts: dict[str, Callable[[], Outcome]] = {
        "check": lambda: worklist.check_all(bench, actor, act.ids),
        "uncheck": lambda: worklist.uncheck(bench, actor, act.ids),
        "hold": lambda: worklist.hold(bench, actor, act.ids, act.reason),
        "release": lambda: worklist.release(bench, actor, act.ids),
        "delete": lambda: each(act.ids, lambda one: worklist.delete(bench, actor, one, act.reason)),
        "recognise": lambda: _by_proposal(rereading.recognise_again(bench, actor, list(documents.values())), documents),
        "send": lambda: sending.send(bench, actor, act.ids),
        "send_checked": lambda: sending.send(bench, actor, act.ids),
        "process": lambda: _by_proposal(misc_documents.process(bench, actor, list(documents.values()), act.filing), documents),
        "unprocess": lambda: _by_proposal(misc_documents.undo_processing(bench, actor, list(documents.values())), documents),
        "help": lambda: _by_proposal(
            helping.ask_help_with_all(bench, actor, list(documents.values()), act.reason, colleague_of(act.colleague)), documents
        ),
        "close_help": lambda: _by_proposal(helping.close_help_with_all(bench, actor, list(documents.values())), documents),
        "close_questions": lambda: _by_proposal(asking.close_questions_of_all(bench, actor, list(documents.values())), documents),
        "edit": lambda: each(act.ids, lambda one: worklist.correct(bench, actor, one, act.wanted)),
        "elsewhere": lambda: _elsewhere(cell, visitor, act, documents),
        "put_back": lambda: each(act.ids, lambda one: page_cutting.undo(bench, actor, documents[one])),
    }
    if act.do not in acts:
        raise NotFoundError(act.do)
    return acts[act.do]()


def _elsewhere(cell: Cell, visitor: Visitor, act: Act, documents: Mapping[UUID, UUID]) -> Outcome:
    """Each begins anew as another type, or in another dossier."""
    if act.to_type and act.to_type not in set(Mailbox):
        raise BadInput("to_type", _("Deze keuze bestaat niet."))
    dossier, mailbox = _dossier_named(cell, visitor, act.to_dossier), Mailbox(act.to_type) if act.to_type else None

    def one_of(row: UUID) -> int:
        return page_cutting.begin_again(cell.bench, visitor.actor, documents[row], dossier=dossier, mailbox=mailbox).position

    return each(act.ids, one_of)


def _dossier_named(cell: Cell, visitor: Visitor, text: str) -> UUID | None:
    """The one dossier this employee reaches that has such a name or number. Refused when there is none, or more than one."""
    if not text:
        return None
    digits = enterprise_number(text.rpartition("·")[2])
    found, _total = cell.models.directory.office_dossiers(visitor.actor.user, str(visitor.profile), text=digits or text, limit=2)
    if len(found) != 1:
        raise Refused("Er is niet één dossier met naam of nummer “{text}”. Typ het ondernemingsnummer.", text=text)
    return found[0].id


def colleague_of(value: str) -> UUID | None:
    """Who is asked for help; nothing chosen is anyone."""
    try:
        return UUID(value) if value else None
    except ValueError as wrong:
        raise BadInput("colleague", _("Deze keuze bestaat niet.")) from wrong


def _by_proposal(outcome: Outcome, documents: Mapping[UUID, UUID]) -> Outcome:
    """An outcome by document, told by the rows' own ids."""
    rows = {document: proposal for proposal, document in documents.items()}
    refused = {rows[one]: refusal for one, refusal in outcome.refused.items()}
    return msgspec.structs.replace(outcome, done=tuple(rows[one] for one in outcome.done), refused=refused)


def before(cell: Cell, act: Act) -> dict[UUID, Before]:
    """The rows as they were, for what undoing the act has to give back."""
    rows = [cell.models.worklist.find(one) for one in act.ids] if act.do in _UNDO and len(act.ids) <= MOST_UNDONE else []
    return {row.id: Before(row.stage == Stage.CHECKED, row.period, row.journal) for row in rows if row}


def undo(cell: Cell, visitor: Visitor, dossier: UUID, asked: MultiDict[str]) -> Outcome:
    """Take back an act: `do` is what undoes it, `id` the rows it was about, `again` those checked before, `was` what stood in which row."""
    try:
        ids, again = ([UUID(one) for one in asked.getall(name, [])] for name in ("id", "again"))
        were = [(UUID(row), period, journal) for row, period, journal in (one.split("/", 2) for one in asked.getall("was", []))]
    except ValueError as wrong:
        raise NotFoundError("proposal") from wrong
    acts = [Act(do="edit", ids=[row], period=period, journal=journal) for row, period, journal in were]
    if not acts:
        acts = [Act(do=asked.get("do", ""), ids=ids)]
    if again:
        acts.append(Act(do="check", ids=again))
    outcomes = [perform(cell, visitor, dossier, act) for act in acts]
    return Outcome(
        position=max(one.position for one in outcomes),
        done=tuple(row for one in outcomes[: len(acts) - bool(again)] for row in one.done),
        refused={row: refusal for one in outcomes for row, refusal in one.refused.items()},
    )


def told(visitor: Visitor, listing: Listing, act: Act, outcome: Outcome, rows: Mapping[UUID, Before]) -> tuple[str, str]:
    """The message about what was done, in the person's language, and the address that undoes it (empty: it cannot be undone)."""
    one, many = _SENTENCES[act.do]
    sentence = translate_count(one, many, len(outcome.done), visitor.language) if outcome.done else ""
    if outcome.refused:
        sentence += (" · " if sentence else "") + translate_count(*_NOT_DONE, len(outcome.refused), visitor.language)
        if len(outcome.refused) == 1:
            sentence += f": {explained(next(iter(outcome.refused.values())), visitor.language)}"
    if not outcome.done or not all(one in rows for one in outcome.done):
        return sentence or translate(_("Er is niets gewijzigd."), visitor.language), ""
    asked = urlencode(_taken_back(act, outcome.done, rows))
    return sentence, f"{listing.path}/undo?{'&'.join(filter(None, (listing.query, asked)))}"


def _taken_back(act: Act, done: Sequence[UUID], rows: Mapping[UUID, Before]) -> list[tuple[str, str]]:
    """What undoing an act asks: `again` are those that holding took the check from."""
    again = [("again", str(one)) for one in done if rows[one].checked] if act.do in _UNCHECKS else []
    if act.do == "edit":
        return [*(("was", f"{one}/{rows[one].period or ''}/{rows[one].journal}") for one in done), *again]
    return [("do", _UNDO[act.do]), *(("id", str(one)) for one in done), *again]


_SENTENCES = {
    "check": (_("{n} voorstel is nagekeken"), _("{n} voorstellen zijn nagekeken")),
    "uncheck": (_("{n} voorstel is niet meer nagekeken"), _("{n} voorstellen zijn niet meer nagekeken")),
    "hold": (_("{n} voorstel staat on hold"), _("{n} voorstellen staan on hold")),
    "release": (_("{n} voorstel is vrijgegeven"), _("{n} voorstellen zijn vrijgegeven")),
    "delete": (_("{n} voorstel is verwijderd"), _("{n} voorstellen zijn verwijderd")),
    "recognise": (_("{n} document wordt opnieuw herkend"), _("{n} documenten worden opnieuw herkend")),
    "send": (_("{n} voorstel is verzonden"), _("{n} voorstellen zijn verzonden")),
    "send_checked": (_("{n} voorstel is verzonden"), _("{n} voorstellen zijn verzonden")),
    "process": (_("{n} document is verwerkt"), _("{n} documenten zijn verwerkt")),
    "unprocess": (_("{n} document is weer te verwerken"), _("{n} documenten zijn weer te verwerken")),
    "help": (_("Hulp gevraagd voor {n} document"), _("Hulp gevraagd voor {n} documenten")),
    "close_help": (_("{n} vraag om hulp is gesloten"), _("{n} vragen om hulp zijn gesloten")),
    "close_questions": (_("{n} vraag aan de klant is gesloten"), _("{n} vragen aan de klant zijn gesloten")),
    "edit": (_("{n} voorstel is gewijzigd"), _("{n} voorstellen zijn gewijzigd")),
    "elsewhere": (_("{n} document begint elders opnieuw"), _("{n} documenten beginnen elders opnieuw")),
    "put_back": (_("{n} document is terug"), _("{n} documenten zijn terug")),
}
_NOT_DONE = (_("{n} geweigerd"), _("{n} geweigerd"))
_UNDO = {
    "check": "uncheck",
    "hold": "release",
    "release": "hold",
    "edit": "edit",
    "help": "close_help",
    "process": "unprocess",
    "elsewhere": "put_back",
}
_UNCHECKS = ("hold", "edit")
_EDITED = ("period", "journal")
