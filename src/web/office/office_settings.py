"""What the office has set for all its dossiers (FEATURES F5, J6): after how many invoices a template is made, deductible VAT."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from application import offices, quality_control, service_level
from application.offices import office_of
from application.permissions import Action
from domain.kernel import Refused
from domain.money import parse_amount
from domain.office import LAW, TEMPLATES_FROM
from projections.directory import Person
from web.answers import Answers
from web.forms import Form
from web.frames import office_frame
from web.misc_types import misc_types
from web.office.settings import days_of
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

ADDRESS = "/office/settings"


@get(ADDRESS, sync_to_thread=True)
def office_settings_page(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor]
) -> Response[str]:
    """The page."""
    return _page(cell, answers, visitor)


@post(f"{ADDRESS}/templates", sync_to_thread=True)
def save_templates(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], form: NamedDependency[Form]
) -> Response[Any]:
    """After how many invoices booked the same way a template is made."""
    return _saved(cell, answers, visitor, form, lambda: offices.set_templates(cell.bench, visitor.actor, _count(form.text("from_count"))))


@post(f"{ADDRESS}/deductible", sync_to_thread=True)
def save_deductible(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], form: NamedDependency[Form]
) -> Response[Any]:
    """The deductible part of the VAT on accounts that begin so; without a percentage all of it is."""
    share = form.text("percent")
    return _saved(
        cell,
        answers,
        visitor,
        form,
        lambda: offices.set_deductible(cell.bench, visitor.actor, form.text("account"), parse_amount(share) if share else None),
    )


@post(f"{ADDRESS}/term", sync_to_thread=True)
def save_term(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], form: NamedDependency[Form]
) -> Response[Any]:
    """Within how many working days what clients submit is processed, in dossiers without a term of their own; 0: no promise."""
    days = days_of(form.text("term"))
    return _saved(cell, answers, visitor, form, lambda: service_level.set_office_term(cell.bench, visitor.actor, days))


@post(f"{ADDRESS}/control", sync_to_thread=True)
def save_control(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], form: NamedDependency[Form]
) -> Response[Any]:
    """How many percent of what employees check is controlled, for all and for one, and whether sending waits for it."""
    bench, actor = cell.bench, visitor.actor

    def change() -> int:
        positions = [quality_control.switch_control_hold(bench, actor, on=form.flag("holds"))]
        positions.append(quality_control.set_control_share(bench, actor, None, days_of(form.text("share"))))
        for person in _employees(cell):
            share = form.text(f"share.{person.id}")
            positions.append(quality_control.set_control_share(bench, actor, person.id, days_of(share) if share else None))
        return max(positions)

    return _saved(cell, answers, visitor, form, change)


@post(f"{ADDRESS}/misc-types", sync_to_thread=True)
def save_misc_type(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], form: NamedDependency[Form]
) -> Response[Any]:
    """A type of miscellaneous document of the office's own: another one, or one less (`drop`)."""
    bench, actor, dropped = cell.bench, visitor.actor, form.text("drop")

    def change() -> int:
        if dropped:
            return offices.drop_misc_type(bench, actor, dropped)
        return offices.set_misc_type(bench, actor, form.text("type_name"), permanent=form.flag("permanent"))

    return _saved(cell, answers, visitor, form, change)


def _employees(cell: Cell) -> list[Person]:
    return [one for one in cell.models.directory.everybody() if one.profile and one.active]


def _saved(cell: Cell, answers: Answers, visitor: Visitor, form: Form, change: Any) -> Response[Any]:
    cell.bench.authority.require_office(visitor.actor, Action.OFFICE_SETTINGS)
    try:
        position = change()
    except Refused as refusal:
        return _page(
            cell, answers, visitor, refusal=refusal, typed={name: form.text(name) for name in ("from_count", "account", "percent", "term")}
        )
    return answers.redirect(visitor, ADDRESS, position=position, toast=_("De instellingen zijn bewaard."))


def _page(
    cell: Cell, answers: Answers, visitor: Visitor, refusal: Refused | None = None, typed: dict[str, str] | None = None
) -> Response[str]:
    frame = office_frame(cell, visitor, "settings")
    cell.bench.authority.require_office(visitor.actor, Action.OFFICE_SETTINGS)
    office = office_of(cell.bench)
    return answers.page(
        visitor,
        "office/office_settings.html",
        frame,
        status=409 if refusal else 200,
        from_count=office.templates_from,
        term=office.term,
        share=office.control_share,
        shares_of=office.control_shares,
        holds=office.control_holds,
        employees=_employees(cell),
        most=TEMPLATES_FROM[-1],
        misc_types=misc_types(cell, visitor.language),
        own_types=office.misc_types,
        shares=[(account, percent, account in LAW) for account, percent in sorted(office.deductible.items())],
        refusal=refusal,
        typed=typed or {},
    )


def _count(text: str) -> int:
    """What is no count is refused as one that is too small."""
    return int(text[:6]) if text.isascii() and text.isdecimal() else 0


ROUTES = (office_settings_page, save_templates, save_deductible, save_term, save_control, save_misc_type)
