"""The suppliers and customers of a dossier, to be chosen from while typing (FEATURES J3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

import msgspec
from psycopg.rows import class_row

from application.enrichment.counterparties import Card
from application.event_log import Moment
from domain import counterparty as parties
from projections.read_model import BeingRebuilt, RowModel
from projections.sorting import sort_key

if TYPE_CHECKING:
    from typing import LiteralString

FEWEST_DIGITS = 3
"""From so many digits on, a text is looked for in the numbers too."""
AFTER = "{"
"""Comes after everything a sort key is written with."""


class KnownParty(msgspec.Struct, frozen=True, kw_only=True):
    """One counterparty. `kind` is purchase (a supplier) or sales; `ibans` are its known accounts; the rest is the booking last learnt.

    `numbers` is what is searched by number: VAT number and accounts, in small letters.
    """

    id: UUID
    dossier: UUID
    kind: str
    party_name: str
    sort_key: str
    vat_number: str | None = None
    ibans: tuple[str, ...] = ()
    account: str | None = None
    vat_code: str | None = None
    line_by_line: bool = False
    stale: bool = False
    numbers: str = ""


_CARD = "id, party_name, vat_number, ibans, account, vat_code, line_by_line"
_COLUMNS = ", ".join(KnownParty.__struct_fields__)


class Counterparties(RowModel[KnownParty]):
    """Counterparties by dossier and side of trade."""

    name: ClassVar[str] = "counterparties"
    version: ClassVar[int] = 6
    row = KnownParty
    events: ClassVar = (
        parties.CounterpartyCreated,
        parties.CounterpartyRenamed,
        parties.IbanConfirmed,
        parties.DefaultsLearnt,
        parties.LineByLineSwitched,
    )
    schema: ClassVar[str] = """
        CREATE TABLE counterparties (
            id uuid PRIMARY KEY, dossier uuid NOT NULL, kind text NOT NULL, party_name text NOT NULL,
            sort_key text COLLATE "C" NOT NULL, vat_number text, ibans jsonb NOT NULL, account text, vat_code text,
            line_by_line boolean NOT NULL, stale boolean NOT NULL, numbers text NOT NULL
        );
        CREATE INDEX counterparties_by_iban ON counterparties USING gin (dossier, ibans);
        CREATE INDEX counterparties_sorted ON counterparties (dossier, kind, sort_key, id);
        CREATE INDEX counterparties_found ON counterparties
            USING gin (dossier, kind, sort_key public.gin_trgm_ops, numbers public.gin_trgm_ops) WITH (gin_pending_list_limit = 256);
    """

    def key(self, moment: Moment) -> UUID:
        """The counterparty's own stream."""
        return moment.stream

    def fold(self, row: KnownParty | None, moment: Moment) -> KnownParty | None:
        """One event later."""
        match moment.event:
            case parties.CounterpartyCreated() as one:
                return KnownParty(
                    id=moment.stream,
                    dossier=one.dossier,
                    kind=one.kind.value,
                    party_name=one.party_name,
                    sort_key=sort_key(one.party_name),
                    vat_number=one.vat_number,
                    ibans=one.ibans,
                )
            case parties.CounterpartyRenamed(party_name=name) if row:
                return msgspec.structs.replace(row, party_name=name, sort_key=sort_key(name))
            case parties.IbanConfirmed(iban=iban) if row:
                return msgspec.structs.replace(row, ibans=(*row.ibans, iban))
            case parties.DefaultsLearnt(account=account, vat_code=vat_code) if row:
                return msgspec.structs.replace(row, account=account, vat_code=vat_code)
            case parties.LineByLineSwitched(on=on) if row:
                return msgspec.structs.replace(row, line_by_line=on)
        return row

    def derive(self, row: KnownParty) -> KnownParty:
        """What it is found by."""
        return msgspec.structs.replace(row, numbers=" ".join(filter(None, [row.vat_number, *row.ibans])).lower())

    def suggest(self, dossier: UUID, kind: str, text: str, *, limit: int = 8) -> list[KnownParty]:
        """Those whose name begins with this text first, then those that have all its words in their name, or it in VAT number or IBAN."""
        begin, number = sort_key(text), re.sub(r"[^a-z0-9]", "", text.lower())
        values: dict[str, Any] = {"dossier": dossier, "kind": kind, "begin": begin, "after": begin + AFTER, "limit": limit}
        found = self._suggested("AND sort_key >= %(begin)s AND sort_key < %(after)s", values)
        if len(found) == limit or not (begin or number):
            return found
        words = {f"word_{place}": f"%{word}%" for place, word in enumerate(begin.split())}
        ways = [" AND ".join(f"sort_key LIKE %({name})s" for name in words)] if words else []
        if sum(map(str.isdigit, number)) >= FEWEST_DIGITS:
            ways.append("numbers LIKE %(number)s")
        more = self._suggested(f"AND ({' OR '.join(ways)})", values | words | {"number": f"%{number}%", "limit": 2 * limit}) if ways else []
        return (found + [one for one in more if one not in found])[:limit]

    def _suggested(self, condition: LiteralString, values: Mapping[str, Any]) -> list[KnownParty]:
        question = (
            f"SELECT {_COLUMNS} FROM counterparties WHERE dossier = %(dossier)s AND kind = %(kind)s {condition} "
            "ORDER BY sort_key, id LIMIT %(limit)s"
        )
        with self.asking() as db, db.cursor(row_factory=class_row(KnownParty)) as cursor:
            return cursor.execute(question, values).fetchall()

    def ibans(self, counterparties: Iterable[UUID]) -> dict[UUID, list[str]]:
        """The accounts each of these is known by."""
        with self.asking() as db:
            return dict(db.execute("SELECT id, ibans FROM counterparties WHERE id = ANY (%s)", (list(counterparties),)).fetchall())

    def with_iban(self, dossier: UUID, kind: str, iban: str) -> list[Card]:
        """Those that are known to have this account number; none while the model is being rebuilt."""
        return self._cards("AND ibans ? %(iban)s", {"dossier": dossier, "kind": kind, "iban": iban})

    def everybody(self, dossier: UUID, kind: str) -> list[Card]:
        """All of a dossier, on one side of trade; none while the model is being rebuilt."""
        return self._cards("", {"dossier": dossier, "kind": kind})

    def _cards(self, condition: LiteralString, values: Mapping[str, Any]) -> list[Card]:
        question = f"SELECT {_CARD} FROM counterparties WHERE dossier = %(dossier)s AND kind = %(kind)s {condition} ORDER BY sort_key, id"
        try:
            with self.asking() as db, db.cursor(row_factory=class_row(Card)) as cursor:
                return cursor.execute(question, values).fetchall()
        except BeingRebuilt:
            return []

    def find(self, counterparty: UUID) -> KnownParty | None:
        """One counterparty."""
        with self.asking() as db, db.cursor(row_factory=class_row(KnownParty)) as cursor:
            return cursor.execute(f"SELECT {_COLUMNS} FROM counterparties WHERE id = %s", (counterparty,)).fetchone()
