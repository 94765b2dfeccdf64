"""The office's worklist and list of booking proposals: one row per submitted document (FEATURES I1–I4, I7, I8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

import msgspec
import psycopg
from psycopg.rows import class_row

from application.event_log import Moment
from domain import booking_proposal as proposals
from domain import document as documents
from domain import document_parts as parts
from domain.validation import E_INVOICE, ValidationState
from projections import doubles
from projections.asked_rows import QUESTION_COLUMNS, QUESTION_EVENTS
from projections.paging import Column, part
from projections.tallies import TALLIES, TalliedModel, tallies
from projections.text_filter import found_by
from projections.worklist_control import (
    ASK_FIGURES,
    CONTROL_COLUMNS,
    CONTROL_EVENTS,
    CONTROL_INDEX,
    COUNT_CONTROL,
    Figures,
    control_places,
    listed,
)
from projections.worklist_due import DUE_INDEX, Late, due_places, late
from projections.worklist_help import COUNT_HELP, HELP_COLUMNS, HELP_EVENTS, HELP_INDEX, LISTED_HELP, HelpCounts, about
from projections.worklist_row import FILTERS, SENT, SENT_FILTERS, WorklistRow, assessed, changes, received


class Tab(StrEnum):
    """The three tabs of the worklist."""

    PURCHASE = "purchase"
    SALES = "sales"
    MISC = "misc"


class ListedProposal(WorklistRow, frozen=True, kw_only=True):
    """A row with what only the list knows: another one that looks the same (an e-invoice first), and the way that one came in.

    `sale_before`: number, ISO date and running number of the sales invoice with the next lower number.
    """

    double_of: UUID | None = None
    double_source: str | None = None
    sale_before: tuple[str, str | None, int] | None = None


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """A sending that goes on: of so many proposals how many are still underway, and how many the package refused."""

    all: int
    underway: int
    refused: int


class WorklistCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows are behind each tab and quick filter. The filters count within one tab."""

    purchase: int = 0
    sales: int = 0
    misc: int = 0
    sent: int = 0
    all: int = 0
    unchecked: int = 0
    checked: int = 0
    no_party: int = 0
    zero: int = 0
    double: int = 0
    date_after_period: int = 0
    help: int = 0
    asked: int = 0
    answered: int = 0


class Narrowed(msgspec.Struct, frozen=True, kw_only=True):
    """What else a list is narrowed to, beside its quick filter, period and text; what is empty does not matter.

    `state` is one of `STATES`, `source` AIR or UBL; the dates are of the invoice; the amounts (euro) regardless of sign.
    `late_on`: what should have been processed before this day.
    """

    state: str = ""
    source: str = ""
    since: date | None = None
    until: date | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    late_on: date | None = None

    def conditions(self) -> tuple[str, dict[str, Any]]:
        """What follows `WHERE …`, and its values."""
        chosen = {name: value for name in self.__struct_fields__ if (value := getattr(self, name)) not in ("", None)}
        return "".join(f" AND {_NARROWS[name]}" for name in chosen), chosen


_NARROWS = {
    "state": "state = %(state)s",
    "source": "source = %(source)s",
    "since": "invoice_date >= %(since)s",
    "until": "invoice_date <= %(until)s",
    "least": "total_eur >= %(least)s",
    "most": "total_eur <= %(most)s",
    "late_on": "sla_due < %(late_on)s AND place NOT IN ('', 'sent')",
}
STATES = tuple(one.value for one in ValidationState if one != ValidationState.SENT)
"""Those that a row of the worklist can be in."""
EVERYTHING = Narrowed()

_ID = Column("id")
_SORTS = {
    "-date": (Column("day"), _ID),
    "date": (Column("invoice_date", nullable=True), _ID),
    "source": (Column("source"), _ID),
    "journal": (Column("journal"), _ID),
    "period": (Column("period", nullable=True), _ID),
    "number": (Column("invoice_number"), _ID),
    "party": (Column("party_sort"), _ID),
    "account": (Column("accounts->>0", nullable=True), _ID),
    "vat": (Column("vat_codes->>0", nullable=True), _ID),
    "pages": (Column("pages", nullable=True), _ID),
    "remark": (Column("nullif(reason, '')", nullable=True), _ID),
    "total": (Column("CASE WHEN credit_note THEN -total_eur ELSE total_eur END", nullable=True), _ID),
    "processed": (Column("drafted_at", nullable=True), _ID),
    "certainty": (Column("certainty"), _ID),
    "state": (Column("state"), _ID),
    "sent": (Column("sent_at"), _ID),
    "received": (Column("submitted_at"), _ID),
    "sla": (Column("sla_due", nullable=True), _ID),
    "name": (Column("file_name"), _ID),
    "document_number": (Column("number", nullable=True), _ID),
}
_COLUMNS = ", ".join(f"w.{name}" for name in WorklistRow.__struct_fields__ if name != "search")
_SAME = " OR ".join(f"o.{column} = w.{column}" for column in doubles.COLUMNS)
_LISTED = f"""SELECT {_COLUMNS}, d.double_of, d.double_source, (
    SELECT jsonb_build_array(o.invoice_number, o.invoice_date, o.sale_run) FROM worklist o
    WHERE o.dossier = w.dossier AND o.sale_series = w.sale_series AND o.sale_run < w.sale_run
    ORDER BY o.sale_run DESC LIMIT 1
) AS sale_before FROM (SELECT * FROM {{source}}) w LEFT JOIN LATERAL (
    SELECT o.id AS double_of, o.source AS double_source FROM worklist o
    WHERE w.double AND o.dossier = w.dossier AND o.id <> w.id AND ({_SAME})
    ORDER BY o.source <> '{E_INVOICE}', o.delivered_at, o.id LIMIT 1
) d ON true"""
_ROWS = msgspec.json.Decoder(list[ListedProposal]).decode
_SUM = "coalesce(sum(CASE WHEN credit_note THEN -total_eur ELSE total_eur END), 0)"


class Worklist(TalliedModel[WorklistRow]):
    """Proposals by dossier, tab and state."""

    name: ClassVar[str] = "worklist"
    version: ClassVar[int] = 15
    row = WorklistRow
    events: ClassVar = (
        documents.DocumentReceived,
        documents.DocumentInspected,
        documents.DocumentRecognised,
        documents.DocumentValidated,
        documents.DocumentRenamed,
        documents.DocumentMoved,
        documents.DocumentSubmitted,
        documents.DocumentProcessed,
        documents.ProcessingUndone,
        documents.DocumentErased,
        parts.DocumentReplaced,
        parts.DocumentPutBack,
        parts.DocumentWithdrawn,
        *proposals.STAGE_EVENTS,
        proposals.BookingNotFound,
        proposals.RateApplied,
        proposals.ProposalParted,
        proposals.ProposalJoined,
        *HELP_EVENTS,
        *CONTROL_EVENTS,
        *QUESTION_EVENTS,
    )
    schema: ClassVar[str] = (
        """
        CREATE TABLE worklist (
            id uuid PRIMARY KEY, document uuid NOT NULL, dossier uuid NOT NULL, kind text NOT NULL, file_name text NOT NULL,
            media_type text NOT NULL, delivered_at timestamptz NOT NULL, delivered_by uuid, pages int, twin uuid, submitted_at timestamptz,
            drafted_at timestamptz, source text NOT NULL, journal text NOT NULL, credit_note boolean NOT NULL, period text,
            invoice_date date, due_date date, invoice_number text NOT NULL, counterparty uuid, party text NOT NULL, party_vat text,
            party_sort text NOT NULL, party_iban text NOT NULL, currency text NOT NULL, per_euro numeric,
            rate_day date, rate_source text NOT NULL, rate_published numeric, discount numeric NOT NULL, instruction text NOT NULL,
            bad_reference boolean NOT NULL, total numeric, total_eur numeric, base numeric, vat numeric,
            line_total numeric NOT NULL, accounts jsonb NOT NULL, vat_codes jsonb NOT NULL, vat_by_code jsonb NOT NULL,
            certainty double precision NOT NULL, weakest text NOT NULL, unread boolean NOT NULL,
            broken int NOT NULL, advised int NOT NULL, stage text NOT NULL,
            suspense boolean NOT NULL, number text, package_id text, reason text NOT NULL, not_found boolean NOT NULL,
            missing jsonb NOT NULL, state text NOT NULL, number_key text, amount_key text, content_key text,
            given jsonb NOT NULL, sale_series text, sale_run bigint, sent_at timestamptz, numbered_at timestamptz,
            processed boolean NOT NULL, removed boolean NOT NULL, apart boolean NOT NULL, double boolean NOT NULL, place text NOT NULL,
            flags text[] NOT NULL,
            sla_due date, search text NOT NULL, stale boolean NOT NULL,
    """
        + HELP_COLUMNS
        + CONTROL_COLUMNS
        + f", {QUESTION_COLUMNS}"
        + """,
            day date NOT NULL GENERATED ALWAYS AS (coalesce(invoice_date, '-infinity')) STORED
        ) WITH (fillfactor = 80);
        CREATE INDEX worklist_day ON worklist (dossier, place, day, id) WHERE place <> '';
        CREATE INDEX worklist_party ON worklist (dossier, place, party_sort, id) WHERE place <> '';
        CREATE INDEX worklist_foreign ON worklist (id) WHERE currency <> 'EUR' AND place NOT IN ('', 'sent');
        CREATE INDEX worklist_received ON worklist (dossier, place, submitted_at, id) WHERE place = 'misc';
        CREATE INDEX worklist_numbered ON worklist (dossier, numbered_at) WHERE numbered_at IS NOT NULL;
        CREATE INDEX worklist_sent ON worklist (dossier, sent_at, id) WHERE place = 'sent';
        CREATE INDEX worklist_found ON worklist USING gin (dossier, search public.gin_trgm_ops) WITH (gin_pending_list_limit = 256)
            WHERE place <> '';
        CREATE INDEX worklist_number ON worklist (dossier, number_key) WHERE number_key IS NOT NULL;
        CREATE INDEX worklist_amount ON worklist (dossier, amount_key) WHERE amount_key IS NOT NULL;
        CREATE INDEX worklist_content ON worklist (dossier, content_key) WHERE content_key IS NOT NULL;
        CREATE INDEX worklist_sale ON worklist (dossier, sale_series, sale_run) WHERE sale_series IS NOT NULL;
        CREATE INDEX worklist_document ON worklist (document);
    """
        + HELP_INDEX
        + CONTROL_INDEX
        + DUE_INDEX
        + TALLIES
        + "".join(
            f"CREATE INDEX worklist_{flag} ON worklist (dossier, place, day, id) WHERE '{flag}' = ANY (flags);"
            for flag in (*FILTERS[1:], "unknown", "underway")
        )
    )

    def key(self, moment: Moment) -> UUID:
        """The proposal's stream, whichever stream the event is in."""
        if isinstance(moment.event, HELP_EVENTS + CONTROL_EVENTS + QUESTION_EVENTS):
            return proposals.proposal_of(moment.event.document)
        return proposals.proposal_of(moment.stream) if moment.event.name.startswith("document.") else moment.stream

    def fold(self, row: WorklistRow | None, moment: Moment) -> WorklistRow | None:
        """One event later."""
        if isinstance(moment.event, documents.DocumentReceived):
            return received(moment, moment.event)
        return None if row is None else msgspec.structs.replace(row, **changes(row, moment))

    def derive(self, row: WorklistRow) -> WorklistRow:
        """State, place, and what it is found by and compared by."""
        return assessed(row)

    def places(self, row: WorklistRow) -> Iterable[str]:
        """Its tab, as a whole, by quick filter, and by its last day in time."""
        yield from control_places(row)
        if not row.place:
            return
        yield row.place
        yield from (f"{row.place}/{flag}" for flag in row.flags)
        if row.place != SENT:
            yield from due_places(row.place, row.sla_due)

    def part(self, row: WorklistRow) -> str:
        """The booking period."""
        return row.period or ""

    def write(self, before: Mapping[int, WorklistRow], after: Mapping[int, WorklistRow | None], db: psycopg.Connection) -> None:
        """The rows; then those again that have become a double or are one no longer, whether or not anything happened to them."""
        super().write(before, after, db)
        present, marked = doubles.marked(before, after, db, self._load)
        super().write(present, {number: assessed(row) for number, row in marked.items()}, db)

    def counts(self, dossiers: Sequence[UUID]) -> dict[UUID, WorklistCounts]:
        """Open rows per tab and what was sent, for several dossiers at once."""
        with self.asking() as db:
            found = tallies(db, dossiers, [*Tab, SENT])
        return {one: WorklistCounts(**{place: found[one, place].rows for place in (*Tab, SENT)}) for one in dossiers}

    def filter_counts(self, dossier: UUID, tab: Tab) -> WorklistCounts:
        """How many open rows of a tab each quick filter holds."""
        return WorklistCounts(**self._counts(dossier, {name: _place(tab, name) for name in FILTERS}))

    def sent_counts(self, dossier: UUID) -> dict[str, int]:
        """How many sent proposals each of `SENT_FILTERS` holds."""
        return self._counts(dossier, {name: _place(SENT, name) for name in SENT_FILTERS})

    def sending(self, dossier: UUID) -> Progress | None:
        """How far the sending is that goes on: of all that was numbered since the oldest that is still underway. None: nothing is."""
        with self.asking() as db, db.cursor(row_factory=class_row(Progress)) as cursor:
            return cursor.execute(_PROGRESS, {"dossier": dossier}).fetchone()

    def page(
        self,
        dossier: UUID,
        tab: Tab,
        *,
        quick: str = "all",
        text: str = "",
        period: str = "",
        narrowed: Narrowed = EVERYTHING,
        sort: str = "-date",
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[list[ListedProposal], int, Decimal]:
        """A page of open rows, how many there are, and their total. `quick` is one of `FILTERS`; `sort` a column, `-` for descending."""
        wanted = Wanted(dossier, tab, quick if quick in FILTERS else "", text, period, narrowed)
        return self._page(wanted, sort, limit, offset)

    def sent(
        self, dossier: UUID, *, quick: str = "", text: str = "", period: str = "", sort: str = "-sent", limit: int = 100, offset: int = 0
    ) -> tuple[list[ListedProposal], int, Decimal]:
        """A page of the booking proposals that were sent. `quick` is one of `SENT_FILTERS`."""
        wanted = Wanted(dossier, SENT, quick if quick in SENT_FILTERS else "", text, period)
        return self._page(wanted, sort, limit, offset)

    def neighbours(self, dossier: UUID, tab: Tab, proposal: UUID) -> tuple[UUID | None, UUID | None, int, int]:
        """The open rows before and after one in the list's usual order, its place (from 1; 0: not open) and how many there are."""
        values = {"dossier": dossier, "place": tab.value, "id": proposal}
        with self.asking() as db:
            row = db.execute(_NEIGHBOURS, values).fetchone()
        return row or (None, None, 0, 0)

    def next_unchecked(self, dossier: UUID, tab: Tab, after: UUID | None = None) -> UUID | None:
        """The first open row that nobody has checked or kept back, in the list's usual order; after one row, then from the top again."""
        values = {"dossier": dossier, "place": tab.value, "id": after}
        with self.asking() as db:
            row = db.execute(_NEXT_BELOW, values).fetchone() or db.execute(_NEXT, values).fetchone()
        return row[0] if row else None

    def dossiers(self) -> list[UUID]:
        """Those that have open rows."""
        with self.asking() as db:
            return [row[0] for row in db.execute("SELECT DISTINCT dossier FROM tallies WHERE place = ANY (%s)", ([*Tab],))]

    def open_documents(self, dossier: UUID) -> list[UUID]:
        """The documents of all open invoices of a dossier."""
        wanted = "place <> '' AND place = ANY (%s)"
        with self.asking() as db:
            found = db.execute(f"SELECT document FROM worklist WHERE dossier = %s AND {wanted}", (dossier, [Tab.PURCHASE, Tab.SALES]))
            return [row[0] for row in found]

    def in_other_currencies(self) -> list[UUID]:
        """Open rows in another currency than the euro that nobody stands for yet, in every dossier."""
        question = "SELECT id FROM worklist WHERE currency <> 'EUR' AND place NOT IN ('', 'sent') AND NOT 'checked' = ANY (flags)"
        with self.asking() as db:
            return [row[0] for row in db.execute(question)]

    def late(self, dossiers: Sequence[UUID], today: date) -> dict[UUID, dict[Tab, Late]]:
        """What should have been processed before today, by dossier and tab."""
        with self.asking() as db:
            found = late(db, dossiers, [*Tab], today)
        return {one: {tab: found[one, tab] for tab in Tab} for one in dossiers}

    def help_counts(self, user: UUID, reach: Sequence[UUID] | None) -> HelpCounts:
        """What waits for this employee in the dossiers he reaches (None: all)."""
        with self.asking() as db:
            row = db.execute(COUNT_HELP, about(user, reach)).fetchone()
        return HelpCounts(*row) if row else HelpCounts()

    def help_for(self, user: UUID, reach: Sequence[UUID] | None) -> list[ListedProposal]:
        """The open rows with a question to this employee (or to anyone), or of his own, oldest first."""
        with self.asking() as db:
            return _listed(db, LISTED_HELP, "help_at, id", about(user, reach))

    def control_count(self, user: UUID, reach: Sequence[UUID] | None) -> int:
        """How many proposals of colleagues wait for this employee's control, or anybody's, in the dossiers he reaches (None: all)."""
        with self.asking() as db:
            row = db.execute(COUNT_CONTROL, about(user, reach)).fetchone()
        return row[0] if row else 0

    def controls(self, user: UUID, reach: Sequence[UUID] | None, group: str = "") -> list[ListedProposal]:
        """To control, own with a remark (`mine`), or controlled (`done`)."""
        source, order = listed(group)
        with self.asking() as db:
            return _listed(db, source, order, about(user, reach))

    def control_figures(self) -> dict[UUID, Figures]:
        """What each employee checked, and what colleagues found."""
        found: dict[UUID, Figures] = {}
        with self.asking() as db:
            for employee, what, count in db.execute(ASK_FIGURES):
                found[employee] = found.get(employee, Figures())._replace(**{what: count})
        return found

    def find(self, proposal: UUID) -> ListedProposal | None:
        """One row."""
        with self.asking() as db:
            rows = _listed(db, "worklist WHERE id = %(id)s", "id", {"id": proposal})
        return rows[0] if rows else None

    def _counts(self, dossier: UUID, places: Mapping[str, str]) -> dict[str, int]:
        with self.asking() as db:
            found = tallies(db, [dossier], places.values())
        return {name: found[dossier, place].rows for name, place in places.items()}

    def _late(self, wanted: Wanted, db: psycopg.Connection) -> Late:
        day = wanted.only_late or date.min
        return late(db, [wanted.dossier], [wanted.place], day, wanted.period or None)[wanted.dossier, wanted.place]

    def _page(self, wanted: Wanted, sort: str, limit: int, offset: int) -> tuple[list[ListedProposal], int, Decimal]:
        more, chosen = wanted.narrowed.conditions()
        values: dict[str, Any] = {"dossier": wanted.dossier, "place": wanted.place, "period": wanted.period} | chosen
        where = f"dossier = %(dossier)s AND place <> '' AND place = {'%(place)s' if wanted.place != SENT else _SENT_PLACE}"
        where += f" AND '{wanted.quick}' = ANY (flags)" if wanted.quick not in ("", "all") else ""
        where += " AND period = %(period)s" if wanted.period else ""
        where += more
        source = f"worklist w WHERE {where}"
        with self.asking() as db:
            if found := found_by(wanted.text):
                source = f"(SELECT * FROM worklist WHERE {where} AND {found.sql} OFFSET 0) w"
                values |= found.values
            if not found and wanted.only_late:
                count, total, _oldest = self._late(wanted, db)
            elif found or more:
                count, total = db.execute(f"SELECT count(*), {_SUM} FROM {source}", values).fetchone() or (0, Decimal(0))
            else:
                place = _place(wanted.place, wanted.quick)
                count, total = tallies(db, [wanted.dossier], [place], wanted.period or None)[wanted.dossier, place]
            read = part(count, limit, offset)
            order = read.order(_SORTS, sort)
            rows = _listed(db, f"{source} ORDER BY {order} LIMIT {read.limit} OFFSET {read.offset}", order, values)
        return read.turned(rows), count, total


def _listed(db: psycopg.Connection, source: str, order: str, values: Mapping[str, Any]) -> list[ListedProposal]:
    """The rows of a source in this order. They come as one text: decoding a hundred field by field takes longer than finding them."""
    found = db.execute(f"SELECT json_agg(r)::text FROM ({_LISTED.format(source=source)} ORDER BY {order}) r", values).fetchone()
    return _ROWS(found[0]) if found and found[0] else []


class Wanted(NamedTuple):
    """What is to be listed; empty texts do not matter."""

    dossier: UUID
    place: str
    quick: str
    text: str
    period: str
    narrowed: Narrowed = EVERYTHING

    @property
    def only_late(self) -> date | None:
        """The day, when nothing else narrows the list but being late (and a period): then its sum is tallied."""
        late_on = self.narrowed.late_on
        return late_on if self.quick in ("", "all") and self.narrowed == Narrowed(late_on=late_on) else None


def _place(tab: str, quick: str) -> str:
    return tab if quick in ("", "all") else f"{tab}/{quick}"


_SENT_PLACE = f"'{SENT}'"
"""Written out: the index of what was sent is for this place only."""
_PROGRESS = f"""
SELECT count(*)::int AS all, count(*) FILTER (WHERE 'underway' = ANY (w.flags) AND w.sent_at IS NOT NULL)::int AS underway,
    count(*) FILTER (WHERE w.stage = 'refused')::int AS refused
FROM worklist w, (
    SELECT min(numbered_at) AS since FROM worklist WHERE dossier = %(dossier)s AND place = {_SENT_PLACE} AND 'underway' = ANY (flags)
) b WHERE w.dossier = %(dossier)s AND w.numbered_at >= b.since HAVING count(*) > 0
"""
_DRAFTED = "FROM worklist w WHERE w.dossier = %(dossier)s AND w.place = %(place)s AND w.place <> '' AND w.drafted_at IS NOT NULL"
_NEIGHBOURS = f"""
SELECT (SELECT w.id {_DRAFTED} AND (w.day, w.id) > (o.day, o.id) ORDER BY w.day, w.id LIMIT 1),
       (SELECT w.id {_DRAFTED} AND (w.day, w.id) < (o.day, o.id) ORDER BY w.day DESC, w.id DESC LIMIT 1),
       (SELECT count(*) + 1 {_DRAFTED} AND (w.day, w.id) > (o.day, o.id)), (SELECT count(*) {_DRAFTED})
FROM worklist o WHERE o.id = %(id)s AND o.dossier = %(dossier)s AND o.place = %(place)s AND o.drafted_at IS NOT NULL
"""
_TO_CHECK = f"{_DRAFTED} AND 'unchecked' = ANY (w.flags) AND w.state <> 'held' AND w.id IS DISTINCT FROM %(id)s::uuid"
_NEXT = f"SELECT w.id {_TO_CHECK} ORDER BY w.day DESC, w.id DESC LIMIT 1"
_NEXT_BELOW = f"""
SELECT n.id FROM worklist o, LATERAL (
    SELECT w.id {_TO_CHECK} AND (w.day, w.id) < (o.day, o.id) ORDER BY w.day DESC, w.id DESC LIMIT 1
) n WHERE o.id = %(id)s
"""
