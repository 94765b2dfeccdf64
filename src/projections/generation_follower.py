"""Feeds one generation of a read model: rows and position in one transaction, and what fails is parked by itself."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from application.following import Overtaken
from projections.faults import is_outage
from projections.parking import park, wait

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    import psycopg

    from application.cell_database import CellDatabase
    from application.event_log import Moment, Slice
    from domain.kernel import Event
    from projections.read_model import ReadModel

# Commits need not wait for the disk: after a power loss rows and position go back together, and the log is read again from there.
_ENTER = """
SELECT position,
       ARRAY(SELECT unit FROM read_model_parked p WHERE p.model = g.model AND p.generation = g.generation),
       set_config('search_path', format('%%I, %%I, public', %(cell)s::text || '_' || g.model || '_' || g.generation, %(cell)s::text), true),
       set_config('synchronous_commit', 'off', true)
FROM read_model_generations g WHERE model = %(model)s AND generation = %(generation)s AND state <> 'retired' FOR UPDATE
"""
_MOVE = "UPDATE read_model_generations SET position = %s WHERE model = %s AND generation = %s"
_SKIP = """
UPDATE read_model_generations SET position = %s
WHERE position = %s AND state <> 'retired' AND (model, generation) IN (SELECT * FROM unnest(%s::text[], %s::integer[]))
RETURNING model, generation
"""


class GenerationFollower:
    """One generation of a model, as a follower of the log."""

    def __init__(self, model: ReadModel, generation: int, *, serves: bool) -> None:
        self.model, self.generation, self.serves = model, generation, serves

    @property
    def name(self) -> str:
        """The model and the number of the generation."""
        return f"{self.model.name}/{self.generation}"

    @property
    def events(self) -> tuple[type[Event], ...]:
        """Those of the model."""
        return self.model.events

    def position(self) -> int:
        """Raises `Overtaken` when the generation is gone."""
        with self.entered() as (_, position, _parked):
            return position

    def take(self, after: int, piece: Slice) -> None:
        """Apply the batch at once; when that fails, once more in halves down to the event at fault, whose unit is parked."""
        try:
            self._take(after, piece, whole=True)
        except Overtaken:
            raise
        except Exception as error:
            if is_outage(error):
                raise
            self._take(after, piece, whole=False)

    @contextmanager
    def entered(self) -> Iterator[tuple[psycopg.Connection, int, set[UUID]]]:
        """A transaction among this generation's tables that nobody else moves on meanwhile, its position, and its parked units."""
        values = {"cell": self.model.database.schema, "model": self.model.name, "generation": self.generation}
        with self.model.database.transaction() as db:
            found = db.execute(_ENTER, values).fetchone()
            if found is None:
                raise Overtaken(self.name)
            yield db, found[0], set(found[1])

    def _take(self, after: int, piece: Slice, *, whole: bool) -> None:
        with self.entered() as (db, position, parked):
            if position != after:
                raise Overtaken(self.name)
            batch = self._free(piece.events, db, parked)
            if whole and batch:
                self.model.apply(batch, db)
            elif batch:
                self._halve(batch, db, parked)
            db.execute(_MOVE, (piece.upto, self.model.name, self.generation))

    def _halve(self, batch: Sequence[Moment], db: psycopg.Connection, parked: set[UUID]) -> None:
        batch = self._free(batch, db, parked)
        if not batch:
            return
        try:
            with db.transaction():
                self.model.apply(batch, db)
        except Exception as error:
            if is_outage(error):
                raise
            if len(batch) == 1:
                park(db, self.model, self.generation, batch[0], error)
                parked.add(self.model.unit(batch[0]))
                return
            middle = len(batch) // 2
            self._halve(batch[:middle], db, parked)
            self._halve(batch[middle:], db, parked)

    def _free(self, batch: Sequence[Moment], db: psycopg.Connection, parked: set[UUID]) -> Sequence[Moment]:
        """The events that need not wait; the others are taken note of."""
        if not parked:
            return batch
        waiting = {(unit, moment.stream) for moment in batch if (unit := self.model.unit(moment)) in parked}
        if waiting:
            wait(db, self.model, self.generation, waiting)
        return [moment for moment in batch if self.model.unit(moment) not in parked]


def skip(database: CellDatabase, followers: Sequence[GenerationFollower], after: int, upto: int) -> list[GenerationFollower]:
    """Move those for whom a stretch held nothing past it, all in one statement. Returns the ones that did stand at `after`."""
    if not followers:
        return []
    values = (upto, after, [one.model.name for one in followers], [one.generation for one in followers])
    with database.transaction() as db:
        db.execute("SET LOCAL synchronous_commit = off")
        moved = set(db.execute(_SKIP, values).fetchall())
    return [one for one in followers if (one.model.name, one.generation) in moved]
