"""What a screen reads: rows kept up to date from the log's events, thrown away and refilled at will.

A model lives in a PostgreSQL schema of its own per generation; all its SQL uses bare table names and runs with
`search_path = <the generation>, <the cell>, public`. `projections.runner` feeds it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

import msgspec
import psycopg
from psycopg import sql

from application.cell_database import CellDatabase
from application.event_log import Moment
from domain.kernel import Event

R = TypeVar("R", bound=msgspec.Struct)

_NAME = re.compile(r"[a-z][a-z_]{0,30}")

_ASK = """BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT version, set_config('search_path', format('%I, %I, public', {cell} || '_' || model || '_' || generation, {cell}), true)
FROM read_model_generations WHERE model = {model} AND state = 'serving'"""


class BeingRebuilt(Exception):
    """The model has nothing to show yet. `progress` is the share (0–1) of the log that has been read into it."""

    def __init__(self, model: str, progress: float) -> None:
        super().__init__(f"{model} is being rebuilt: {progress:.0%}")
        self.model = model
        self.progress = progress


class ReadModel:
    """The base. A concrete model gives its name, its events, its tables and `apply`, and has a method for every question of its screen.

    Raise `version` when tables or folding change: a new generation is then filled beside the old one. Until it is full, questions go to
    the old one if its version is among `readable_versions`, and raise `BeingRebuilt` otherwise.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    readable_versions: ClassVar[frozenset[int]] = frozenset()
    """Earlier versions whose tables this class's questions can read too."""
    events: ClassVar[tuple[type[Event], ...]]
    """Only these are read."""
    schema: ClassVar[str]
    """SQL that creates tables and indices."""
    mark_stale: ClassVar[str | None] = None
    """SQL with `%(unit)s` and `%(stale)s`: says in the rows whether they lag behind because they are parked."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        name = getattr(cls, "name", None)
        if name is not None and not _NAME.fullmatch(name):
            raise TypeError(f"a read model's name is part of a schema's name: {name!r} will not do")

    def __init__(self, database: CellDatabase) -> None:
        self.database = database
        self._ask = sql.SQL(_ASK).format(cell=sql.Literal(database.schema), model=sql.Literal(self.name)).as_bytes()

    def apply(self, batch: Sequence[Moment], db: psycopg.Connection) -> None:
        """Bring the rows up to date with these events, in log order. Part of a transaction that the caller commits with the position."""
        raise NotImplementedError

    def unit(self, moment: Moment) -> UUID:
        """What the event is about to this model: when one fails, the later ones of the same unit wait for it. Usually its stream."""
        return moment.stream

    @contextmanager
    def asking(self) -> Iterator[psycopg.Connection]:
        """The generation that serves, read-only and as of one moment. Raises `BeingRebuilt` when none does that this class can read."""
        with self.database.autocommit() as db:
            serving = db.execute(self._ask)
            serving.nextset()
            row = serving.fetchone()
            if row is None or row[0] not in {self.version, *self.readable_versions}:
                db.rollback()
                raise BeingRebuilt(self.name, self.progress())
            yield db

    def position(self) -> int:
        """How far in the log the rows are that questions read; 0 when none serve."""
        with self.database.autocommit() as db:
            return self._position(db)

    def wait_for(self, position: int, timeout: float = 1.0) -> bool:
        """Read your writes: wait until the rows have reached `position`, at most `timeout` seconds. Whether they have."""
        deadline, pause = time.monotonic() + timeout, 0.002
        with self.database.autocommit() as db:
            while self._position(db) < position:
                if time.monotonic() + pause > deadline:
                    return False
                time.sleep(pause)
                pause = min(pause * 1.5, 0.03)
        return True

    def progress(self) -> float:
        """The share (0–1) of the log read into the generation being filled; 1 when none is."""
        with self.database.autocommit() as db:
            row = db.execute(
                "SELECT position::float / greatest(target, position, 1) FROM read_model_generations WHERE model = %s AND state = 'filling'",
                (self.name,),
            ).fetchone()
        return 1.0 if row is None else float(row[0])

    def _position(self, db: psycopg.Connection) -> int:
        row = db.execute("SELECT position FROM read_model_generations WHERE model = %s AND state = 'serving'", (self.name,)).fetchone()
        return 0 if row is None else int(row[0])


class RowModel(ReadModel, Generic[R]):
    """The usual model: one table with a row per thing, each row folded from that thing's events.

    `row` is a Struct whose fields are columns of the table (generated columns may stand beside them); what a field's type is in SQL is
    for the table to say: tuple, list and dict go to jsonb or an array, StrEnum to text, Decimal to numeric. When it has a field
    `stale: bool`, a parked row is marked by it. A row may be fed by several streams: it is parked as a whole.
    """

    row: type[R]
    table: ClassVar[str]
    """The table's name; the model's own when not given."""
    key_column: ClassVar[str] = "id"
    """The table's primary key (uuid), also a field of the row."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        row: type[msgspec.Struct] | None = getattr(cls, "row", None)
        if row is None or not hasattr(cls, "name"):
            return
        if row.__struct_config__.omit_defaults or row.__struct_config__.array_like:
            raise TypeError(f"{row.__name__} must write all its fields by name")
        if cls.key_column not in row.__struct_fields__:
            raise TypeError(f"{row.__name__} has no field {cls.key_column}")
        if not hasattr(cls, "table"):
            cls.table = cls.name
        if cls.mark_stale is None and "stale" in row.__struct_fields__:
            cls.mark_stale = f'UPDATE "{cls.table}" SET stale = %(stale)s WHERE "{cls.key_column}" = %(unit)s'

    def __init__(self, database: CellDatabase) -> None:
        super().__init__(database)
        self._rows_of = msgspec.json.Decoder(list[self.row]).decode  # type: ignore[name-defined]  # a type known only at run time
        self._encode = msgspec.json.Encoder().encode
        fields = self.row.__struct_encode_fields__
        columns = sql.SQL(", ").join(map(sql.Identifier, fields))
        key = sql.Identifier(self.key_column)
        changes = sql.SQL(", ").join(
            sql.SQL("{0} = excluded.{0}").format(sql.Identifier(name)) for name in fields if name != self.key_column
        )
        names = {"table": sql.Identifier(self.table), "columns": columns, "key": key, "changes": changes}
        self._select = (
            sql.SQL("SELECT json_agg(r)::text FROM (SELECT {columns} FROM {table} WHERE {key} = ANY(%b)) r").format(**names).as_bytes()
        )
        self._upsert = (
            sql.SQL(
                "INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s::json) "
                "ON CONFLICT ({key}) DO UPDATE SET {changes}"
            )
            .format(**names)
            .as_bytes()
        )
        self._delete = sql.SQL("DELETE FROM {table} WHERE {key} = ANY(%b)").format(**names).as_bytes()

    def key(self, moment: Moment) -> UUID | None:
        """Which row this event changes; None: none."""
        raise NotImplementedError

    def unit(self, moment: Moment) -> UUID:
        """The row, whichever stream the event is in."""
        return self.key(moment) or moment.stream

    def fold(self, row: R | None, moment: Moment) -> R | None:
        """The row after this event (None: there is no row, before or after). Pure; the same object back means nothing changed."""
        raise NotImplementedError

    def derive(self, row: R) -> R:
        """The row with those columns filled in that follow from its others. Asked once a batch for each changed row, after folding."""
        return row

    def folded(self, rows: Mapping[UUID, R], batch: Iterable[Moment]) -> dict[UUID, R | None]:
        """The rows as they are after these events, None for those that are gone."""
        before = {key.int: row for key, row in rows.items()}
        return {UUID(int=number): row for number, row in self._fold(before, self._pairs(batch)).items()}

    def apply(self, batch: Sequence[Moment], db: psycopg.Connection) -> None:
        """One query for the rows concerned, folding in memory, one upsert, one delete."""
        pairs = self._pairs(batch)
        if not pairs:
            return
        before = self._load({key.int: key for key, _ in pairs}.values(), db)
        self.write(before, self._fold(before, pairs), db)

    def write(self, before: Mapping[int, R], after: Mapping[int, R | None], db: psycopg.Connection) -> None:
        """Store what folding changed. Both by the number of the key; None in `after`: gone. The same row in both is left as it is."""
        changed = [row for number, row in after.items() if row is not None and row is not before.get(number)]
        gone = [UUID(int=number) for number, row in after.items() if row is None and number in before]
        if changed:
            db.execute(self._upsert, (self._encode(changed).decode(),))
        if gone:
            db.execute(self._delete, (gone,))

    def _pairs(self, batch: Iterable[Moment]) -> list[tuple[UUID, Moment]]:
        return [(key, moment) for moment in batch if (key := self.key(moment)) is not None]

    def _fold(self, before: Mapping[int, R], pairs: Iterable[tuple[UUID, Moment]]) -> dict[int, R | None]:
        """By the number of the key: hashing and comparing UUIDs would cost as much as folding."""
        rows: dict[int, R | None] = dict(before)
        for key, moment in pairs:
            number = key.int
            rows[number] = self.fold(rows.get(number), moment)
        return {number: row if row is None or row is before.get(number) else self.derive(row) for number, row in rows.items()}

    def _load(self, keys: Iterable[UUID], db: psycopg.Connection) -> dict[int, R]:
        found = db.execute(self._select, (list(keys),)).fetchone()
        rows: list[R] = self._rows_of(found[0]) if found and found[0] else []
        return {getattr(row, self.key_column).int: row for row in rows}
