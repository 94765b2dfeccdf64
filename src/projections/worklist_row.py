"""A row of the worklist, and how it follows from the events of a document and its proposal (FEATURES I1–I4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from application.event_log import Moment
from application.mailboxes import delivery
from domain import booking_proposal as proposals
from domain import booking_removal
from domain import document as documents
from domain import document_parts as parts
from domain.booking_proposal import Stage
from domain.currency import EURO
from domain.dossier import Kind
from domain.exchange_rate import ExchangeRate
from domain.kernel import ERASED
from domain.mandatory import missing_fields
from domain.sales_number import running_number
from domain.structured_communication import is_miswritten
from domain.validation import Facts, Reason, ValidationState, validate, vat_by_code
from projections.asked_rows import ANSWERED, ASKED, NO_QUESTION, QUESTION_EVENTS, question_changes
from projections.doubles import DoubleKeys, Invoice
from projections.sorting import folded, sort_key
from projections.worklist_control import ControlledRow, control_changes
from projections.worklist_help import NO_HELP, help_changes


class WorklistRow(ControlledRow, frozen=True, kw_only=True):
    """One submitted document and its proposal. `kind` is purchase, sales or misc; `source` AIR, UBL or empty: no proposal yet.

    `place` is the tab it stands in, `sent` once it left (empty: none); `flags` are the quick filters that hold it there; `search` is what
    texts are found in. Rows that share one of the three keys look the same; `double`: there is another such row. `given`: what recognition
    warned of; `broken`, `advised`: how many rules an e-invoice breaks, and how many that only advise. `vat_by_code`: VAT code → base and
    VAT of its lines. `sla_due`: the last day on which it is processed in time. `sale_series`, `sale_run`: where the number of a sales
    invoice stands.
    `discount`: the financial discount in percent; `bad_reference`: the check digits of the payment reference are wrong.
    """

    id: UUID
    document: UUID
    kind: str
    file_name: str
    media_type: str
    delivered_at: datetime
    delivered_by: UUID | None
    pages: int | None = None
    twin: UUID | None = None
    submitted_at: datetime | None = None
    sla_due: date | None = None
    drafted_at: datetime | None = None
    source: str = ""
    journal: str = ""
    period: str | None = None
    invoice_date: date | None = None
    due_date: date | None = None
    invoice_number: str = ""
    counterparty: UUID | None = None
    party: str = ""
    party_vat: str | None = None
    party_sort: str = ""
    party_iban: str = ""
    currency: str = "EUR"
    per_euro: Decimal | None = None
    rate_day: date | None = None
    rate_source: str = ""
    rate_published: Decimal | None = None
    total_eur: Decimal | None = None
    base: Decimal | None = None
    vat: Decimal | None = None
    discount: Decimal = Decimal(0)
    instruction: str = ""
    bad_reference: bool = False
    line_total: Decimal = Decimal(0)
    accounts: tuple[str, ...] = ()
    vat_codes: tuple[str, ...] = ()
    vat_by_code: dict[str, tuple[Decimal, Decimal]] = {}
    certainty: float = 0.0
    weakest: str = ""
    unread: bool = False
    broken: int = 0
    advised: int = 0
    stage: str = ""
    suspense: bool = False
    number: str | None = None
    package_id: str | None = None
    reason: str = ""
    not_found: bool = False
    missing: tuple[str, ...] = ()
    state: str = ""
    number_key: str | None = None
    amount_key: str | None = None
    content_key: str | None = None
    given: tuple[documents.FoundWarning, ...] = ()
    sale_series: str | None = None
    sale_run: int | None = None
    sent_at: datetime | None = None
    numbered_at: datetime | None = None
    processed: bool = False
    removed: bool = False
    apart: bool = False
    double: bool = False
    place: str = ""
    flags: tuple[str, ...] = ()
    search: str = ""
    stale: bool = False

    @property
    def rate(self) -> ExchangeRate | None:
        """What converts its amounts to euro."""
        if self.per_euro is None:
            return None
        return ExchangeRate(
            currency=self.currency, per_euro=self.per_euro, day=self.rate_day, source=self.rate_source, published=self.rate_published
        )

    @property
    def signed(self) -> Decimal:
        """What the row adds to the sum of a list, in euro; nothing while its rate is not known."""
        return Decimal(0) if self.total_eur is None else -self.total_eur if self.credit_note else self.total_eur


def received(moment: Moment, event: documents.DocumentReceived) -> WorklistRow:
    """The row of a document that has just come in."""
    return WorklistRow(
        id=proposals.proposal_of(moment.stream),
        document=moment.stream,
        dossier=event.dossier,
        kind=event.mailbox.value,
        file_name=event.file_name,
        media_type=event.media_type,
        delivered_at=delivery(moment, event)[0],
        delivered_by=delivery(moment, event)[1],
        twin=event.twin,
    )


def changes(row: WorklistRow, moment: Moment) -> dict[str, Any]:
    """What an event changes in the row."""
    if moment.event.name.startswith("help."):
        return help_changes(moment)
    if moment.event.name.startswith("control."):
        return control_changes(moment)
    if isinstance(moment.event, QUESTION_EVENTS):
        return question_changes(row, moment)
    match moment.event:
        case documents.DocumentInspected(pages=pages):
            return {"pages": pages}
        case documents.DocumentRenamed(file_name=file_name):
            return {"file_name": file_name}
        case documents.DocumentMoved(mailbox=mailbox):
            return {"kind": mailbox.value}
        case documents.DocumentSubmitted(process_by=due):
            return {"submitted_at": moment.at, "sla_due": due}
        case documents.DocumentProcessed() | documents.ProcessingUndone():
            return {"processed": isinstance(moment.event, documents.DocumentProcessed)}
        case parts.DocumentReplaced(kept=kept):
            return {} if kept else {"removed": True}
        case parts.DocumentWithdrawn() | parts.DocumentPutBack():
            return {"removed": isinstance(moment.event, parts.DocumentWithdrawn)}
        case documents.DocumentValidated(broken=broken):
            return {"broken": len({one.rule for one in broken if one.fatal}), "advised": len({one.rule for one in broken if not one.fatal})}
        case documents.DocumentErased():
            return (
                {"removed": True, "file_name": ERASED, "party": ERASED, "given": ()} | NO_HELP | NO_QUESTION | dict.fromkeys(_PRIVATE, "")
            )
        case documents.DocumentRecognised(warnings=warnings):
            return {"given": warnings}
        case proposals.Draft() as drafted:
            told = _drafted(drafted) | {"drafted_at": moment.at}
        case proposals.ProposalCorrected() as corrected:
            told = _corrected(corrected)
        case _:
            told = _told(moment)
    return told | {"stage": proposals.stage_after(Stage(row.stage or Stage.OPEN), moment.event).value}


def _told(moment: Moment) -> dict[str, Any]:
    match moment.event:
        case proposals.RateApplied(rate=rate):
            return _rate(rate)
        case proposals.ProposalChecked(suspense=suspense):
            return {"suspense": suspense, "checked_by": moment.context.by}
        case proposals.ProposalParted() | proposals.ProposalJoined():
            return {"apart": isinstance(moment.event, proposals.ProposalParted)}
        case proposals.ProposalHeld(reason=reason):
            return {"reason": reason}
        case proposals.ProposalNumbered(number=number):
            return {"number": number, "sent_at": moment.at, "numbered_at": moment.at, "reason": "", "not_found": False}
        case proposals.BookingAccepted(package_id=package_id) | proposals.BookingConfirmed(package_id=package_id):
            return {"package_id": package_id}
        case proposals.BookingRefused(reason=reason):
            return {"reason": reason, "sent_at": None}
        case proposals.OutcomeLost(reason=reason):
            return {"reason": reason, "not_found": False}
        case proposals.BookingNotFound():
            return {"not_found": True}
        case proposals.ResendDecided():
            return {"reason": "", "not_found": False}
        case booking_removal.RemovalRequested(reason=reason) | booking_removal.RemovalRefused(reason=reason):
            return {"reason": reason}
        case booking_removal.BookingRemoved():
            return {"sent_at": None, "package_id": None, "reason": "", "not_found": False}
        case proposals.ProposalDeleted() | parts.ProposalWithdrawn():
            return {"removed": True}
        case parts.ProposalReturned():
            return {"removed": False}
    return {}


_SAME_NAME = (
    "journal",
    "credit_note",
    "period",
    "counterparty",
    "party_vat",
    "invoice_number",
    "invoice_date",
    "due_date",
    "currency",
    "total",
    "base",
    "vat",
    "party_iban",
    "discount",
    "instruction",
)
_PRIVATE = ("party_sort", "party_iban", "invoice_number", "reason", "instruction", "control_remark")
"""What an erased document leaves empty."""


def _drafted(event: proposals.Draft) -> dict[str, Any]:
    same = {name: getattr(event, name) for name in _SAME_NAME}
    own = {"source": event.source, "certainty": event.certainty, "weakest": event.weakest}
    own |= {"unread": event.unread, "kind": event.kind.value}
    own |= {"bad_reference": is_miswritten(event.payment_reference)}
    return same | own | _party(event.party_name) | _lines(event.lines)


def _corrected(event: proposals.ProposalCorrected) -> dict[str, Any]:
    changes = {name: value for name in _SAME_NAME if (value := getattr(event, name)) is not UNSET}
    if event.party_name is not UNSET:
        changes |= _party(event.party_name)
    if event.lines is not UNSET:
        changes |= _lines(event.lines)
    if event.rate is not UNSET:
        changes |= _rate(event.rate)
    if event.payment_reference is not UNSET:
        changes["bad_reference"] = is_miswritten(event.payment_reference)
    return changes


def _rate(rate: ExchangeRate | None) -> dict[str, Any]:
    if rate is None:
        return {"per_euro": None, "rate_day": None, "rate_source": "", "rate_published": None}
    return {"per_euro": rate.per_euro, "rate_day": rate.day, "rate_source": rate.source, "rate_published": rate.published}


def _party(name: str) -> dict[str, Any]:
    return {"party": name, "party_sort": sort_key(name)}


def _lines(lines: Sequence[proposals.Line]) -> dict[str, Any]:
    return {
        "accounts": tuple(line.account for line in lines),
        "vat_codes": tuple(line.vat_code for line in lines),
        "vat_by_code": vat_by_code(lines),
        "line_total": sum((line.total for line in lines), Decimal(0)),
    }


def assessed(row: WorklistRow) -> WorklistRow:
    """The row with all that follows from its other fields."""
    return _filed(row if row.drafted_at is None else _validated(row))


def facts_of(row: WorklistRow) -> Facts:
    """What the row knows by itself; `double` as if the other one came in the same way."""
    return Facts(
        stage=Stage(row.stage),
        missing=row.missing,
        unread=row.unread,
        suspense=row.suspense and row.stage == Stage.CHECKED,
        new_party=row.counterparty is None and bool(row.party),
        reason=row.reason,
        source=row.source,
        period=row.period,
        invoice_date=row.invoice_date,
        due_date=row.due_date,
        currency=row.currency,
        rate=row.rate,
        total=row.total,
        base_and_vat=None if row.base is None or row.vat is None else row.base + row.vat,
        lines_total=row.line_total,
        vat={code: (Decimal(base), Decimal(vat)) for code, (base, vat) in row.vat_by_code.items()},
        received=row.delivered_at.date(),
        party_vat=row.party_vat,
        iban=row.party_iban,
        running=row.sale_run,
        double=row.source if row.double else None,
        same_file=row.twin is not None,
        given=[Reason(one.code, dict(one.values)) for one in msgspec.convert(row.given, tuple[documents.FoundWarning, ...])],
        broken=row.broken,
        advised=row.advised,
        discount=row.discount,
        bad_reference=row.bad_reference,
    )


def _validated(row: WorklistRow) -> WorklistRow:
    missing = missing_fields(
        party=bool(row.counterparty or row.party),
        invoice_number=row.invoice_number,
        invoice_date=row.invoice_date,
        period=row.period,
        journal=row.journal,
        total=row.total,
        rate=row.currency == EURO or row.per_euro is not None,
        accounts=row.accounts,
        vat_codes=row.vat_codes,
    )
    party = str(row.counterparty or row.party_vat or row.party_sort)
    invoice = Invoice(row.kind, party, row.invoice_number, row.invoice_date, row.total, row.credit_note)
    keys = DoubleKeys() if row.removed or row.apart else invoice.keys()
    series, run = _sale(row)
    told = msgspec.structs.replace(
        row,
        total_eur=_in_euro(row),
        missing=missing,
        number_key=keys.number,
        amount_key=keys.amount,
        content_key=keys.content,
        sale_series=series,
        sale_run=run,
    )
    return msgspec.structs.replace(told, state=validate(facts_of(told)).state.value)


def _in_euro(row: WorklistRow) -> Decimal | None:
    if row.total is None or row.currency == EURO:
        return row.total
    return row.rate.in_euro(row.total) if row.rate else None


LARGEST_RUN = 10**15
"""A longer number is no running number."""


def _sale(row: WorklistRow) -> tuple[str | None, int | None]:
    """The series a sales invoice's number belongs to, and its place there."""
    if row.kind != Kind.SALES or row.removed or not row.period:
        return None, None
    run = running_number(int(row.period[:4]), row.invoice_number)
    return (f"{row.journal}/{row.period[:4]}", run) if 0 < run < LARGEST_RUN else (None, None)


def _filed(row: WorklistRow) -> WorklistRow:
    if row.submitted_at is None or row.removed or row.processed:
        return msgspec.structs.replace(row, place="", flags=(), search="")
    amount = " ".join(f"{one:.2f}" for one in dict.fromkeys((row.total, row.total_eur)) if one is not None)
    return msgspec.structs.replace(
        row,
        place=row.kind if row.sent_at is None else SENT,
        flags=tuple(name for name, holds in _FLAGS[row.sent_at is not None].items() if holds(row)),
        search=folded(f"{row.party} {row.invoice_number} {row.number or ''} {row.file_name} {amount}"),
    )


SENT = "sent"
"""The place of what has left the worklist."""
_CHECKED = frozenset({ValidationState.CHECKED, ValidationState.CHECKED_SUSPENSE})
_UNDERWAY = proposals.ON_ITS_WAY - proposals.BOOKED - {Stage.UNKNOWN}
_OPEN_FLAGS: dict[str, Callable[[WorklistRow], bool]] = {
    "unchecked": lambda row: row.state not in _CHECKED,
    "checked": lambda row: row.state in _CHECKED,
    "no_party": lambda row: row.kind != documents.Mailbox.MISC and not row.counterparty and not row.party,
    "zero": lambda row: row.kind != documents.Mailbox.MISC and not row.total,
    "double": lambda row: row.double,
    "help": lambda row: row.help == "asked",
    "asked": lambda row: row.question == ASKED,
    "answered": lambda row: row.question == ANSWERED,
    "date_after_period": lambda row: bool(row.invoice_date and row.period) and f"{row.invoice_date:%Y-%m}" > str(row.period),
}
_SENT_FLAGS: dict[str, Callable[[WorklistRow], bool]] = {
    "underway": lambda row: row.stage in _UNDERWAY,
    "unknown": lambda row: row.stage == Stage.UNKNOWN,
    "booked": lambda row: row.stage in proposals.BOOKED and row.stage != Stage.REMOVING,
    "removing": lambda row: row.stage == Stage.REMOVING,
}
_FLAGS = {False: _OPEN_FLAGS, True: _SENT_FLAGS}
FILTERS = ("all", *_OPEN_FLAGS)
"""The quick filters of a tab."""
SENT_FILTERS = ("", *_SENT_FLAGS)
"""The quick filters of what was sent; the empty one holds everything."""
