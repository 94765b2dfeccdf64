"""The views of the worklist somebody keeps for himself (FEATURES I2). Nobody else sees or changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from application.event_log import Change
from application.permissions import Actor
from domain.kernel import Event
from domain.worklist_views import WorklistViews

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from application.workbench import Workbench


def views_of(bench: Workbench, actor: Actor) -> WorklistViews:
    """His own."""
    found = bench.log.find(WorklistViews, _stream(bench, actor))
    return found.state if found else WorklistViews()


def save_view(bench: Workbench, actor: Actor, view: UUID, view_name: str, shows: str) -> int:
    """Keep what the list shows under a name."""
    return _decide(bench, actor, lambda state: state.save(view, view_name, shows))


def rename_view(bench: Workbench, actor: Actor, view: UUID, view_name: str) -> int:
    """Give a view another name."""
    return _decide(bench, actor, lambda state: state.rename(view, view_name))


def drop_view(bench: Workbench, actor: Actor, view: UUID) -> int:
    """Keep a view no more."""
    return _decide(bench, actor, lambda state: state.drop(view))


def restore_view(bench: Workbench, actor: Actor, view: UUID) -> int:
    """Undo that."""
    return _decide(bench, actor, lambda state: state.restore(view))


def choose_usual_view(bench: Workbench, actor: Actor, view: UUID | None) -> int:
    """Open worklists in this view; None: with everything."""
    return _decide(bench, actor, lambda state: state.choose_usual(view))


def _stream(bench: Workbench, actor: Actor) -> UUID:
    return bench.claims.stream("worklist_views", str(actor.user))


def _decide(bench: Workbench, actor: Actor, decision: Callable[[WorklistViews], Sequence[Event]]) -> int:
    bench.authority.user(actor.user)
    stream = _stream(bench, actor)

    def attempt() -> int:
        found = bench.log.find(WorklistViews, stream)
        events = decision(found.state if found else WorklistViews())
        change = found.change(events) if found else Change(stream=stream, version=0, events=list(events))
        return bench.log.append(change, context=actor.context)

    return bench.log.twice(attempt, stream)
