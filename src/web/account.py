"""«Mijn instellingen»: language, password, and the other browsers one is signed in with (FEATURES B11)."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from application import people
from domain.kernel import Refused
from web.answers import Answers
from web.forms import Form
from web.frames import guest_frame, office_frame, portal_frame
from web.pages import Frame
from web.security.door import Door
from web.translations import _, explained
from web.visiting import NotSignedIn, Visitor
from web.wiring import Cell

ADDRESS = "/account"


@get(ADDRESS, sync_to_thread=True)
def account_page(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], door: NamedDependency[Door], visitor: NamedDependency[Visitor]
) -> Response[str]:
    """Who one is here, and what one may choose."""
    return _page(cell, answers, door, visitor)


@post(f"{ADDRESS}/language", sync_to_thread=True)
def choose_language(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], form: NamedDependency[Form]
) -> Redirect:
    """Of the screens and of the mails."""
    position = people.choose_language(cell.bench, visitor.actor, form.text("language"))
    return answers.redirect(visitor, ADDRESS, position=position)


@post(f"{ADDRESS}/password", sync_to_thread=True)
def change_password(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    door: NamedDependency[Door],
    visitor: NamedDependency[Visitor],
    form: NamedDependency[Form],
) -> Response[Any]:
    """Another password, by who knows the current one; a refusal is told beside the fields."""
    if visitor.session is None:
        raise NotSignedIn
    try:
        if form.secret("password") != form.secret("again"):
            raise Refused("De twee wachtwoorden zijn niet gelijk. Typ ze opnieuw.")  # noqa: TRY301 - told in the same way as the others
        door.change_password(visitor.session, form.secret("current"), form.secret("password"), visitor.address)
    except Refused as refusal:
        return _page(cell, answers, door, visitor, explained(refusal, visitor.language))
    return answers.redirect(visitor, ADDRESS, toast=_("Je wachtwoord is gewijzigd. Op andere toestellen ben je afgemeld."))


@post(f"{ADDRESS}/sign-out-elsewhere", sync_to_thread=True)
def sign_out_elsewhere(answers: NamedDependency[Answers], door: NamedDependency[Door], visitor: NamedDependency[Visitor]) -> Redirect:
    """End every other session."""
    if visitor.session is None:
        raise NotSignedIn
    door.sessions.close_others(visitor.actor.user, visitor.session.key)
    return answers.redirect(visitor, ADDRESS, toast=_("Je bent overal elders afgemeld."))


ROUTES = (account_page, choose_language, change_password, sign_out_elsewhere)


def _page(cell: Cell, answers: Answers, door: Door, visitor: Visitor, refusal: str = "") -> Response[str]:
    person = cell.bench.authority.user(visitor.actor.user)
    return answers.page(
        visitor,
        "account.html",
        _frame(cell, visitor),
        status=409 if refusal else 200,
        person=person,
        refusal=refusal,
        others=door.sessions.others(visitor.actor.user, visitor.session.key) if visitor.session else 0,
    )


def _frame(cell: Cell, visitor: Visitor) -> Frame:
    """Where the person works: the office, his only dossier, or none in particular."""
    if visitor.profile is not None:
        return office_frame(cell, visitor)
    cards = cell.models.directory.portal_dossiers(visitor.actor.user)
    return portal_frame(cell, visitor, cards[0].id) if len(cards) == 1 else guest_frame(cell, visitor)
