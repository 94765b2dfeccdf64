"""What a route answers: a page, a part of one, or the way to another page after something was done."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from jinja2 import Environment
from litestar import MediaType, Response
from litestar.response import Redirect

from projections.read_model import ReadModel
from web.pages import Frame, environment
from web.security.sessions import Message, Sessions
from web.translations import _, translate
from web.visiting import Guest, Visitor

PATIENCE = 1.0
"""Seconds a page waits for its read models to show what the person has just written."""


@cache
def templates() -> Environment:
    """The templates of the product, compiled once."""
    return environment()


class Answers:
    """Makes answers; one for the whole application (dependency `answers`)."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def caught_up(self, visitor: Visitor, *models: ReadModel) -> bool:
        """Read your writes: wait for the models a page reads, before it reads them. When False, say that the page is being updated."""
        return _reached(visitor.session.position if visitor.session else 0, models)

    def page(self, guest: Guest, template: str, frame: Frame, *, updating: bool = False, status: int = 200, **values: Any) -> Response[str]:
        """A whole page. It tells, once, what the last act did; `updating` (not caught up) tells that it may lack something."""
        text = (
            templates()
            .get_template(template)
            .render(frame=frame, language=guest.language, message=self._message(guest, updating=updating), **values)
        )
        return Response(text, media_type=MediaType.HTML, status_code=status)

    def fragment(self, guest: Guest, template: str, *, toast: str = "", undo: str = "", status: int = 200, **values: Any) -> Response[str]:
        """A part of a page for htmx, perhaps with something to tell (a sentence in the reference language)."""
        text = templates().get_template(template).render(language=guest.language, **values)
        headers = {"HX-Trigger": _trigger(translate(toast, guest.language), undo)} if toast else {}
        return Response(text, media_type=MediaType.HTML, status_code=status, headers=headers)

    def redirect(
        self, visitor: Visitor, to: str, *, position: int = 0, toast: str = "", undo: str = "", problem: bool = False, **values: Any
    ) -> Redirect:
        """After an act: to the page that shows it.

        `position` is what the use-case returned, `toast` a sentence in the reference language with its `values`, `undo` where to POST to
        undo it.
        """
        if visitor.session is not None and (position or toast):
            message = Message(translate(toast, visitor.language, **values), undo, problem) if toast else None
            self._sessions.remember(visitor.session.key, position, message)
        return Redirect(to, status_code=303)

    def wrote(self, visitor: Visitor, position: int, *models: ReadModel) -> bool:
        """After an act that is answered at once: wait until these models show it, and let later pages wait for it too."""
        if visitor.session is not None and position:
            self._sessions.remember(visitor.session.key, position)
        return _reached(position, models)

    def _message(self, guest: Guest, *, updating: bool) -> Message | None:
        session = guest.session if isinstance(guest, Visitor) else None
        if session is not None and session.message is not None:
            self._sessions.told(session.key)
            return session.message
        return Message(translate(_UPDATING, guest.language)) if updating else None


_UPDATING = _("Deze bladzijde wordt nog bijgewerkt met wat je net deed.")


def _reached(position: int, models: Iterable[ReadModel]) -> bool:
    """Wait for every one of them; whether all made it."""
    late = [model.name for model in models if position and not model.wait_for(position, PATIENCE)]
    return not late


def _trigger(text: str, undo: str) -> str:
    """What the page script turns into a toast; in ASCII, as the value of a header must be."""
    return json.dumps({"toast": {"text": text, "undo": undo}})
