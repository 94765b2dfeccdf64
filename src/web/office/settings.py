"""The settings of a dossier (FEATURES G4, G6, G7): journals, booking periods, VAT codes, people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from application import dossiers, people, service_level
from application.offices import office_of
from application.permissions import Action
from domain.booking_period import parse_booking_period
from domain.dossier import Dossier
from domain.kernel import Refused
from domain.number_format import parse_number_format
from domain.profiles import ClientProfile
from web.answers import Answers
from web.errors import BadInput
from web.forms import Form
from web.office.enrichment_settings import enrichment_values
from web.office.frame import dossier_page
from web.security.door import Door
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

PROFILES = {
    ClientProfile.ADMINISTRATOR: _("Beheerder"),
    ClientProfile.FULL_ACCESS: _("Volledige toegang"),
    ClientProfile.PROCESSING: _("Documentverwerking"),
    ClientProfile.PROCESSING_ARCHIVE: _("Documentverwerking en archief"),
    ClientProfile.FEEDBACK: _("Volledige terugkoppeling"),
    ClientProfile.DELIVERY: _("Aanlevering"),
}
EXAMPLE = 83
"""Running number with which a format is shown: `26000083`."""


@get("/office/dossiers/{dossier:uuid}/settings", sync_to_thread=True)
def settings_page(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], dossier: FromPath[UUID]
) -> Response[str]:
    """The page."""
    return _page(cell, answers, visitor, dossier)


@post("/office/dossiers/{dossier:uuid}/settings/journals", sync_to_thread=True)
def save_journals(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    dossier: FromPath[UUID],
    form: NamedDependency[Form],
) -> Response[Any]:
    """Formats, names and which journals are used; the next number follows the new format from now on."""
    cell.bench.authority.require(visitor.actor, Action.DOSSIER_SETTINGS, dossier)
    state, position = cell.bench.log.load(Dossier, dossier).state, 0
    for journal in state.journals.values():
        wanted = msgspec.structs.replace(
            journal,
            alias=form.text(f"alias.{journal.code}"),
            number_format=form.text(f"format.{journal.code}"),
            active=form.flag(f"active.{journal.code}"),
        )
        try:
            position = max(position, dossiers.set_journal(cell.bench, visitor.actor, dossier, wanted))
        except Refused as refusal:
            return _page(cell, answers, visitor, dossier, refused={journal.code: (refusal, wanted)})
    return _saved(answers, visitor, dossier, position, _("De dagboeken zijn bewaard."))


@post("/office/dossiers/{dossier:uuid}/settings/periods", sync_to_thread=True)
def switch_period(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    dossier: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """Close or reopen one period, or open the next book year."""
    if first := form.text("book_year"):
        position = dossiers.open_book_year(cell.bench, visitor.actor, dossier, first)
        return _saved(answers, visitor, dossier, position, _("Het boekjaar is geopend."))
    period, closes = form.text("close") or form.text("open"), bool(form.text("close"))
    position = dossiers.switch_period(cell.bench, visitor.actor, dossier, period, is_open=not closes)
    shown = parse_booking_period(period).shown()
    toast = _("Boekperiode {period} is gesloten.") if closes else _("Boekperiode {period} is open.")
    return answers.redirect(visitor, f"/office/dossiers/{dossier}/settings", position=position, toast=toast, period=shown)


@post("/office/dossiers/{dossier:uuid}/settings/term", sync_to_thread=True)
def set_term(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    dossier: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """Within how many working days what the client submits is processed; empty: as the office has it."""
    days = form.text("term")
    position = service_level.set_dossier_term(cell.bench, visitor.actor, dossier, days_of(days) if days else None)
    return _saved(answers, visitor, dossier, position, _("De SLA is bewaard."))


def days_of(text: str) -> int:
    """A number of days as typed; what is none is refused as too many."""
    return int(text[:4]) if text.isascii() and text.isdecimal() else -1


@post("/office/dossiers/{dossier:uuid}/settings/vat-codes", sync_to_thread=True)
def choose_vat_codes(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    dossier: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """Which VAT codes can be chosen in this dossier."""
    mirror = cell.bench.mirror
    known = {code.code for kind in ("purchase", "sales") for code in mirror.vat_codes(dossier, kind)}
    position = dossiers.choose_vat_codes(cell.bench, visitor.actor, dossier, set(form.texts("code")), known)
    return _saved(answers, visitor, dossier, position, _("De btw-codes zijn bewaard."))


@post("/office/dossiers/{dossier:uuid}/settings/people", sync_to_thread=True)
def change_person(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    dossier: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """Give or withdraw somebody's place in the dossier."""
    bench, actor, user = cell.bench, visitor.actor, form.id("user")
    if user is None:
        raise BadInput("user", _("Kies eerst een persoon."))
    match form.text("do"):
        case "profile":
            position = people.give_client_profile(bench, actor, dossier, user, _chosen(ClientProfile, form, "profile"))
        case "withdraw":
            position = people.withdraw_client(bench, actor, dossier, user)
        case "assign" | "manager" as what:
            position = people.assign_employee(bench, actor, dossier, user, manager=what == "manager")
        case "unassign":
            position = people.unassign_employee(bench, actor, dossier, user)
        case _:
            raise BadInput("do", _("Deze keuze bestaat niet."))
    answers.wrote(visitor, position, cell.models.directory)
    return _saved(answers, visitor, dossier, position, _("De toegang is gewijzigd."))


@post("/office/dossiers/{dossier:uuid}/settings/people/new", sync_to_thread=True)
def add_person(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    door: NamedDependency[Door],
    dossier: FromPath[UUID],
    form: NamedDependency[Form],
) -> Response[str]:
    """Let a person of the client in. Somebody new gets a link that works once, shown now and never again: pass it on yourself."""
    typed = {name: form.text(name) for name in ("first_name", "last_name", "email")}
    profile = _chosen(ClientProfile, form, "profile")
    try:
        user, is_new, position = people.add_client_user(cell.bench, visitor.actor, dossier, profile=profile, **typed)
    except Refused as refusal:
        return _page(cell, answers, visitor, dossier, typed=typed | {"profile": profile.value}, refusal=refusal)
    answers.wrote(visitor, position, cell.models.directory)
    link = cell.settings.address + door.invite(user) if is_new else ""
    name = f"{typed['first_name']} {typed['last_name']}"
    return _page(cell, answers, visitor, dossier, link=link, invited=name)


def _page(cell: Cell, answers: Answers, visitor: Visitor, dossier: UUID, **more: Any) -> Response[str]:
    fresh = answers.caught_up(visitor, cell.models.directory)
    cell.bench.authority.require(visitor.actor, Action.DOSSIER_SETTINGS, dossier)
    page = dossier_page(cell, visitor, dossier, "settings")
    state = cell.bench.log.load(Dossier, dossier).state
    known = {person.id: person for person in cell.models.directory.everybody()}
    members = [one for one in cell.models.directory.members(dossier) if one.user in known]
    given = {"refused": {}, "refusal": None, "typed": {}, "link": "", "invited": ""} | more
    problem = given["refusal"] or given["refused"]
    return answers.page(
        visitor,
        "office/settings.html",
        page.frame,
        updating=not fresh,
        status=409 if problem else 200,
        card=page.card,
        package=page.package,
        state=state,
        examples={
            one.code: parse_number_format(one.number_format).render(cell.bench.now().year, EXAMPLE) for one in state.journals.values()
        },
        years=_years(list(state.periods)),
        next_year=_next_year(list(state.periods)),
        vat_codes=[(kind, cell.bench.mirror.vat_codes(dossier, kind)) for kind in ("purchase", "sales")],
        known=known,
        clients=[one for one in members if one.profile],
        employees=[one for one in members if one.employee],
        colleagues=[one for one in known.values() if one.profile and one.active and one.id not in {m.user for m in members if m.employee}],
        profiles=PROFILES,
        office_term=office_of(cell.bench).term,
        **enrichment_values(cell, dossier, state, office_of(cell.bench).deductible),
        may_open_portal=Action.OPEN_PORTAL in cell.bench.authority.allowed(visitor.actor, dossier),
        **given,
    )


def _saved(answers: Answers, visitor: Visitor, dossier: UUID, position: int, toast: str) -> Redirect:
    return answers.redirect(visitor, f"/office/dossiers/{dossier}/settings", position=position, toast=toast)


def _chosen(kind: Any, form: Form, name: str) -> Any:
    try:
        return kind(form.text(name))
    except ValueError as wrong:
        raise BadInput(name, _("Deze keuze bestaat niet.")) from wrong


def _years(periods: Sequence[str]) -> dict[str, list[str]]:
    """Periods by calendar year, latest year first."""
    years = sorted({period[:4] for period in periods}, reverse=True)
    return {year: sorted(period for period in periods if period.startswith(year)) for year in years}


def _next_year(periods: Sequence[str]) -> str:
    """The first period after the last one known."""
    return str(parse_booking_period(max(periods)).next()) if periods else ""


ROUTES = (settings_page, save_journals, switch_period, set_term, choose_vat_codes, change_person, add_person)
