"""The views of the worklist that one person keeps: filters, sort, columns and length of a page under a name, for every dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from domain.kernel import Event, PersonalText, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 30
LONGEST_NAME = 40
LONGEST = 1000
"""Characters of what a view shows."""


class ViewSaved(Event, frozen=True, kw_only=True):
    """A view is kept under this name. Saved again: changed. `shows` is the query of the list's address."""

    name = "worklist_views.saved"
    view: UUID
    view_name: PersonalText
    shows: PersonalText = ""


class ViewDropped(Event, frozen=True, kw_only=True):
    """A view is kept no more."""

    name = "worklist_views.dropped"
    view: UUID


class UsualViewChosen(Event, frozen=True, kw_only=True):
    """The worklist of a dossier opens in this view; without one it opens with everything."""

    name = "worklist_views.usual_chosen"
    view: UUID | None = None


class View(msgspec.Struct, frozen=True):
    """One view."""

    view_name: str
    shows: str


class WorklistViews(msgspec.Struct, frozen=True, kw_only=True):
    """Views by id, in the order they were first saved; those that were dropped; the usual one."""

    views: dict[UUID, View] = {}
    dropped: dict[UUID, View] = {}
    usual: UUID | None = None

    def save(self, view: UUID, view_name: str, shows: str) -> Sequence[Event]:
        """Keep a view, or change the one with this id. Refused without a name of its own."""
        view_name = " ".join(view_name.split())
        if not view_name:
            raise Refused("Geef de weergave een naam.")
        if len(view_name) > LONGEST_NAME or len(shows) > LONGEST:
            raise Refused("De naam van een weergave is hoogstens {limit} tekens.", limit=LONGEST_NAME)
        if any(one.view_name.casefold() == view_name.casefold() for id_, one in self.views.items() if id_ != view):
            raise Refused("Je hebt al een weergave “{text}”.", text=view_name)
        if view not in self.views and len(self.views) >= MOST:
            raise Refused("Je kunt hoogstens {limit} weergaven bewaren.", limit=MOST)
        return [] if self.views.get(view) == View(view_name, shows) else [ViewSaved(view=view, view_name=view_name, shows=shows)]

    def rename(self, view: UUID, view_name: str) -> Sequence[Event]:
        """Another name for a view."""
        return self.save(view, view_name, self._known(view).shows)

    def drop(self, view: UUID) -> Sequence[Event]:
        """Keep a view no more."""
        return [ViewDropped(view=view)] if view in self.views else []

    def restore(self, view: UUID) -> Sequence[Event]:
        """Undo that."""
        found = self.dropped.get(view)
        return self.save(view, found.view_name, found.shows) if found else []

    def choose_usual(self, view: UUID | None) -> Sequence[Event]:
        """The view a worklist opens in."""
        if view is not None:
            self._known(view)
        return [] if view == self.usual else [UsualViewChosen(view=view)]

    def _known(self, view: UUID) -> View:
        if view not in self.views:
            raise Refused("Deze weergave bestaat niet meer.")
        return self.views[view]

    @classmethod
    def evolve(cls, state: WorklistViews | None, event: Event) -> WorklistViews:
        """State after one more event; a person begins without views."""
        state = state or cls()
        match event:
            case ViewSaved(view=view, view_name=view_name, shows=shows):
                dropped = {id_: one for id_, one in state.dropped.items() if id_ != view}
                return msgspec.structs.replace(state, views=state.views | {view: View(view_name, shows)}, dropped=dropped)
            case ViewDropped(view=view):
                views = {id_: one for id_, one in state.views.items() if id_ != view}
                usual = None if state.usual == view else state.usual
                return cls(views=views, dropped=state.dropped | {view: state.views[view]}, usual=usual)
            case UsualViewChosen(view=view):
                return msgspec.structs.replace(state, usual=view)
        raise AssertionError(f"{event!r} is not about views of the worklist")
