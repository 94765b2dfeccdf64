"""An office that puts every proposal right: what the proposing code makes of one document after the other, and what had to be changed.

Nothing is stored: counterparties, bookings, track records and lessons are kept here as the read models would tell them. People change
everything that differs from the truth, in the fields a proposal is checked on. Not simulated: people who overlook a mistake, VAT codes,
and other dossiers of the office.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID, uuid5

from benchmarks._scoring import same

from adapters.accounting.sandbox.chart import CHART
from adapters.accounting.sandbox.vat_codes import VAT_CODES
from application.enrichment import counterparties
from application.enrichment.certainty import LOOKED_BACK, TrackRecord, track_record
from application.enrichment.circumstances import Circumstances, PastBooking
from application.enrichment.counterparties import Card
from application.enrichment.facts import facts_of
from application.enrichment.proposing import propose
from application.learning import FIELDS, Corrections, lesson_of
from application.processing import recognised
from application.recognition.known import Party
from application.recognition.layout import Layout
from application.recognition.reader import telling
from application.remembering import ON_PAPER, Supplier, remember
from application.worklist import SUSPENSE_ACCOUNT
from domain.anchor import Lesson, remembered
from domain.booking_proposal import Line
from domain.document import Channel, Document, Mailbox, Progress
from domain.dossier import Dossier, JournalSettings, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from application.recognition.reading import Page, ReadDocument, Reading
    from domain.booking_proposal import ProposalDrafted

_HERE = UUID(int=10)


class Work(NamedTuple):
    """A document, what was read of it, its truth, and the account it belongs on. `supplier` is known by that name in the benchmark only."""

    supplier: str
    came_as: str
    read: ReadDocument
    truth: Mapping[str, Any]
    own_vat: str
    account: str


class Outcome(NamedTuple):
    """What is known of a proposal before anybody looks at it, and the parts a person had to change."""

    supplier: str
    came_as: str
    confidence: dict[str, float]
    record: TrackRecord
    changed: tuple[str, ...]


@dataclass
class Desk:
    """One dossier and what its office has learnt. `remembered_values`: of known and learned values source, field, confidence and right."""

    cards: dict[str, Card] = field(default_factory=dict)
    past: defaultdict[str, list[PastBooking]] = field(default_factory=partial(defaultdict, list))
    changes: defaultdict[str, list[tuple[str, ...]]] = field(default_factory=partial(defaultdict, list))
    lessons: defaultdict[Supplier, list[Lesson]] = field(default_factory=partial(defaultdict, list))
    remembered_values: list[tuple[str, str, float, bool]] = field(default_factory=list)

    def process(self, work: Work) -> Outcome:
        """Propose, compare with the truth, and learn."""
        reading = self._read(work)
        proposal = self._propose(work, reading)
        known = self.cards.get(work.supplier)
        changed = self._changed(work, proposal, known)
        record = track_record(self.changes[work.supplier][-LOOKED_BACK:]) if proposal.counterparty and known else TrackRecord()
        self._learn(work, reading, proposal, changed)
        return Outcome(work.supplier, work.came_as, dict(proposal.confidence), record, changed)

    def _read(self, work: Work) -> Reading:
        if work.read.reading.kind not in ON_PAPER:
            return work.read.reading
        parties = [Party(card.id, card.party_name, card.vat_number, card.ibans) for card in self.cards.values() if card.id]
        memory = remember(work.read, "issuer", parties, work.own_vat, lambda supplier: remembered(self.lessons[supplier]))
        for name, found in memory.fields.items():
            if found.source in ("known", "learned"):
                right = bool(work.truth.get(name)) and same(name, found.value, work.truth[name])
                self.remembered_values.append((found.source, name, found.confidence, right))
        return memory

    def _propose(self, work: Work, reading: Reading) -> ProposalDrafted:
        document = Document(
            dossier=_HERE,
            mailbox=Mailbox.PURCHASE,
            channel=Channel.UPLOAD,
            file_name="",
            media_type="application/pdf",
            sha256="",
            twin=None,
            progress=Progress.RECOGNISED,
            recognition=recognised(reading, None),
        )
        facts = facts_of(document, Kind.PURCHASE, tuple(_text(page) for page in work.read.pages))
        party = counterparties.find(facts, self, None)
        around = Circumstances(
            kind=Kind.PURCHASE,
            dossier=_dossier(work.own_vat),
            party=party,
            accounts=CHART,
            vat_codes=tuple(code for code in VAT_CODES.values() if code.kind == Kind.PURCHASE),
            suspense_account=SUSPENSE_ACCOUNT,
            past=tuple(reversed(self.past[self._supplier_of(party.counterparty)])),
        )
        return propose(UUID(int=1), document, around, facts)

    def _changed(self, work: Work, made: ProposalDrafted, known: Card | None) -> tuple[str, ...]:
        """The parts in which the proposal is not the truth; what is mandatory and not on the paper has to be filled in."""
        true = work.truth
        wrong = {
            "counterparty": made.counterparty != known.id if known else not _is_party(made, true),
            "invoice_number": not _same("invoice_number", made.invoice_number, true),
            "invoice_date": not _same("issue_date", _iso(made.invoice_date), true),
            "due_date": bool(true.get("due_date")) and not _same("due_date", _iso(made.due_date), true),
            "total": not all(_same(name, str(value or 0), true) for name, value in _totals(made)),
            "credit_note": made.credit_note != (true.get("type_code") == "381"),
            "payment_reference": bool(true.get("payment_reference")) and not _same("payment_reference", made.payment_reference, true),
            "account": _account(made.lines) != work.account,
        }
        return tuple(sorted(part for part, is_wrong in wrong.items() if is_wrong))

    def _learn(self, work: Work, reading: Reading, made: ProposalDrafted, changed: tuple[str, ...]) -> None:
        true = work.truth
        card = self.cards.get(work.supplier) or Card(
            id=uuid5(_HERE, work.supplier),
            party_name=str(true["issuer_name"]),
            vat_number=true.get("issuer_vat"),
            ibans=tuple(filter(None, [true.get("iban")])),
        )
        total, net = Decimal(str(true["total_incl"])), Decimal(str(_first(true["total_excl"])))
        code = made.lines[0].vat_code if made.lines else ""
        line = Line(account=work.account, vat_code=code, base=net, vat=total - net)
        self.cards[work.supplier] = card
        self.past[work.supplier].append(PastBooking(id=str(len(self.past[work.supplier])), day=_day(true), lines=(line,)))
        self.changes[work.supplier].append(changed)
        if reading.kind in ON_PAPER:
            self._teach(Supplier(card.vat_number, card.id), work, reading, (card.party_name,))

    def _teach(self, supplier: Supplier, work: Work, reading: Reading, names: Sequence[str]) -> None:
        read = {name: found.value for name, found in reading.fields.items()}
        made = {
            name: str(_first(work.truth[name]))
            for name in FIELDS
            if work.truth.get(name) and not (name in read and same(name, read[name], work.truth[name]))
        }
        if made:
            layout = Layout(telling(work.read.pages))
            known = remembered(self.lessons[supplier])
            self.lessons[supplier].append(lesson_of(UUID(int=2), Corrections(made, read, names), known, layout))

    def _supplier_of(self, counterparty: UUID | None) -> str:
        return next((name for name, card in self.cards.items() if card.id == counterparty), "") if counterparty else ""

    def with_vat(self, vat_number: str) -> Card | None:
        """`counterparties.PartyBook`."""
        return next((card for card in self.cards.values() if card.vat_number == vat_number), None)

    def with_iban(self, iban: str) -> Sequence[Card]:
        """`counterparties.PartyBook`."""
        return [card for card in self.cards.values() if iban in card.ibans]

    def everybody(self) -> Sequence[Card]:
        """`counterparties.PartyBook`."""
        return [*self.cards.values()]


def _dossier(own_vat: str) -> Dossier:
    return Dossier(
        dossier_name="",
        enterprise_number="",
        vat_number=own_vat,
        package="sandbox",
        package_code="1",
        language="nl",
        journals={"CFAAN": JournalSettings(code="CFAAN", kind=Kind.PURCHASE, number_format="yy000###")},
        periods={f"{year}-{month:02}": True for year in range(2023, 2028) for month in range(1, 13)},
    )


def _is_party(made: ProposalDrafted, true: Mapping[str, Any]) -> bool:
    vat = (made.party_vat or "") == (true.get("issuer_vat") or "")
    return vat and bool(made.party_name) and same("issuer_name", made.party_name, true["issuer_name"])


def _totals(made: ProposalDrafted) -> tuple[tuple[str, Decimal | None], ...]:
    return (("total_incl", made.total), ("total_excl", made.base), ("vat", made.vat))


def _same(name: str, value: str, true: Mapping[str, Any]) -> bool:
    return bool(value) and bool(true.get(name)) and same(name, value, true[name])


def _account(lines: Sequence[Line]) -> str:
    return max(lines, key=lambda line: line.base).account if lines else ""


def _text(page: Page) -> str:
    return " ".join(word.text for word in page.words)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(true: Mapping[str, Any]) -> date:
    return date.fromisoformat(true["issue_date"])
