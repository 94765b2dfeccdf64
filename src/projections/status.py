"""How the read models and other followers are doing, for the health page; asked of the database, so from any process."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from projections.generations import Generation, generations
from projections.parking import ParkedStream, parked_streams

if TYPE_CHECKING:
    from collections.abc import Iterable

    from application.cell_database import CellDatabase
    from application.event_log import EventLog
    from projections.read_model import ReadModel


class Failure(msgspec.Struct, frozen=True):
    """Why a follower cannot go on, since when, and how often it was tried."""

    follower: str
    error: str
    since: datetime
    times: int


class ModelStatus(msgspec.Struct, frozen=True, kw_only=True):
    """One model. Lags count log positions and seconds since the oldest event not yet in the rows.

    `serves` is False when its questions cannot be answered now; `filling` is the share (0–1) of a generation being filled.
    """

    name: str
    serves: bool
    position: int
    lag: int
    lag_seconds: float
    filling: float | None
    parked: tuple[ParkedStream, ...]
    failures: tuple[Failure, ...]


def status(models: Iterable[ReadModel], events: EventLog, database: CellDatabase) -> list[ModelStatus]:
    """The models in the order given."""
    with database.transaction() as db:
        present = generations(db)
        parked = parked_streams(db)
    stuck = failing(database)
    head = events.recorder.max_notification_id() or 0
    return [_status(model, present, parked, stuck, events, head) for model in models]


def failing(database: CellDatabase) -> list[Failure]:
    """Every follower that cannot go on now, models and others, longest first."""
    with database.transaction() as db:
        rows = db.execute("SELECT follower, error, since, times FROM follower_failures ORDER BY since")
        return [Failure(*row) for row in rows]


def _status(
    model: ReadModel, present: list[Generation], parked: list[ParkedStream], stuck: list[Failure], events: EventLog, head: int
) -> ModelStatus:
    own = {one.state: one for one in present if one.model == model.name}
    serving, filling = own.get("serving"), own.get("filling")
    position = serving.position if serving else 0
    return ModelStatus(
        name=model.name,
        serves=serving is not None and serving.version in {model.version, *model.readable_versions},
        position=position,
        lag=max(head - position, 0),
        lag_seconds=_waiting(model, events, position) if head > position else 0.0,
        filling=filling.position / max(filling.target, filling.position, 1) if filling else None,
        parked=tuple(one for one in parked if one.model == model.name),
        failures=tuple(one for one in stuck if one.follower.startswith(f"{model.name}/")),
    )


def _waiting(model: ReadModel, events: EventLog, position: int) -> float:
    oldest = events.read(position, limit=1, names=[kind.name for kind in model.events]).events
    return (datetime.now(UTC) - oldest[0].at).total_seconds() if oldest else 0.0
