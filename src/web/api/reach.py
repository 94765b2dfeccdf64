"""The dossiers a program comes into: those of the person it acts as, and of these the ones its token is for."""

from __future__ import annotations

from uuid import UUID

from web.visiting import Visitor
from web.wiring import Cell


def reach_of(cell: Cell, visitor: Visitor) -> list[UUID] | None:
    """None: every dossier there is, also those still to come."""
    reach = cell.models.directory.reach(visitor.actor.user, visitor.profile)
    only = visitor.actor.dossiers
    if only is None:
        return reach
    return sorted(only if reach is None else only.intersection(reach))
