"""The people of the office (FEATURES F1): letting somebody new in, giving another profile, closing an account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from application import people
from application.permissions import Action
from domain.kernel import Refused
from domain.profiles import OfficeProfile
from web.answers import Answers
from web.errors import BadInput
from web.forms import Form
from web.frames import office_frame
from web.security.door import Door
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

PROFILES = {
    OfficeProfile.ADMIN: _("Kantoorbeheerder"),
    OfficeProfile.EMPLOYEE: _("Medewerker"),
    OfficeProfile.SUPPORT: _("Ondersteuning"),
}


@get("/office/people", sync_to_thread=True)
def people_page(cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor]) -> Response[str]:
    """The list."""
    return _page(cell, answers, visitor)


@post("/office/people", sync_to_thread=True)
def add_employee(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    door: NamedDependency[Door],
    form: NamedDependency[Form],
) -> Response[str]:
    """Somebody new: the link to choose a password works once, is shown now and never again."""
    cell.bench.authority.require_office(visitor.actor, Action.OFFICE_SETTINGS)
    typed = {name: form.text(name) for name in ("first_name", "last_name", "email")}
    profile = _profile(form)
    try:
        user, position = people.register_employee(cell.bench, visitor.actor, profile=profile, **typed)
    except Refused as refusal:
        return _page(cell, answers, visitor, typed=typed | {"profile": profile.value}, refusal=refusal)
    answers.wrote(visitor, position, cell.models.directory)
    return _page(
        cell, answers, visitor, link=cell.settings.address + door.invite(user), invited=f"{typed['first_name']} {typed['last_name']}"
    )


@post("/office/people/{user:uuid}/{do:str}", sync_to_thread=True)
def change_employee(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    door: NamedDependency[Door],
    user: FromPath[UUID],
    do: FromPath[str],
    form: NamedDependency[Form],
) -> Redirect:
    """Give another profile, close an account, which ends its sessions at once, or open it again."""
    match do:
        case "profile":
            position = people.change_employee_profile(cell.bench, visitor.actor, user, _profile(form))
            toast = _("Het profiel is gewijzigd.")
        case "deactivate":
            position = people.deactivate_employee(cell.bench, visitor.actor, user)
            door.sessions.close_all(user)
            toast = _("De medewerker kan zich niet meer aanmelden.")
        case "reactivate":
            position = people.reactivate_employee(cell.bench, visitor.actor, user)
            toast = _("De medewerker kan zich weer aanmelden.")
        case _:
            raise BadInput("do", _("Deze keuze bestaat niet."))
    return answers.redirect(visitor, "/office/people", position=position, toast=toast)


def _profile(form: Form) -> OfficeProfile:
    try:
        return OfficeProfile(form.text("profile"))
    except ValueError as wrong:
        raise BadInput("profile", _("Deze keuze bestaat niet.")) from wrong


def _page(cell: Cell, answers: Answers, visitor: Visitor, **more: Any) -> Response[str]:
    cell.bench.authority.require_office(visitor.actor, Action.OFFICE_SETTINGS)
    fresh = answers.caught_up(visitor, cell.models.directory)
    given = {"refusal": None, "typed": {}, "link": "", "invited": ""} | more
    return answers.page(
        visitor,
        "office/people.html",
        office_frame(cell, visitor, "people"),
        updating=not fresh,
        status=409 if given["refusal"] else 200,
        employees=[one for one in cell.models.directory.everybody() if one.profile],
        profiles=PROFILES,
        me=visitor.actor.user,
        **given,
    )


ROUTES = (people_page, add_employee, change_employee)
