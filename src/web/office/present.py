"""A screen that has a booking proposal open says so, and hears who else has."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from application.worklist import visible_proposal
from web.forms import Form
from web.presence import Present
from web.visiting import Visitor
from web.wiring import Cell


@post("/office/proposals/{proposal:uuid}/here", sync_to_thread=True, status_code=200)
def here(
    cell: NamedDependency[Cell], visitor: NamedDependency[Visitor], proposal: FromPath[UUID], form: NamedDependency[Form]
) -> Response[Any]:
    """{"others": names of the people who have it open too}; with `leaving`, the person has it open no longer."""
    state = visible_proposal(cell.bench, visitor.actor, proposal)
    own = Present(state.dossier, proposal, visitor.actor.user)
    if form.flag("leaving"):
        cell.presence.gone(own)
        return Response({"others": []})
    cell.presence.here(own)
    others = cell.presence.of_dossier(state.dossier, visitor.actor.user).get(proposal, [])
    return Response({"others": sorted(cell.models.directory.names(others).values())})


ROUTES = (here,)
