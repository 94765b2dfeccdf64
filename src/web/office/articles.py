"""The article list of a dossier, with what the office says for all (FEATURES K4): look up, add, change, drop."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from application import article_lists
from application.enrichment.plain_text import plain
from application.event_log import NotFoundError
from application.permissions import Action
from domain.article_list import ArticleRule
from domain.kernel import Refused
from domain.money import parse_amount
from web import formats
from web.answers import Answers
from web.forms import Form
from web.office.annotation_form import SEPARATOR, read_account
from web.office.frame import dossier_page
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

FIELDS = ("supplier", "article", "words", "rate", "account", "vat_code")

DIMENSION = "dimension."
"""What the name of a field begins with that holds the value of an analytic dimension."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One rule in the list. `office`: it goes for all dossiers."""

    id: UUID
    rule: ArticleRule
    supplier: str
    office: bool


@get("/office/dossiers/{dossier:uuid}/articles", sync_to_thread=True)
def articles_page(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    dossier: FromPath[UUID],
    q: FromQuery[str] = "",
    rule: FromQuery[UUID | None] = None,
) -> Response[str]:
    """The list, or what of it holds what is looked for; with one of them to change."""
    return _page(cell, answers, visitor, dossier, q=q[:100].strip(), chosen=rule)


@post("/office/dossiers/{dossier:uuid}/articles", sync_to_thread=True)
def save_article(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    dossier: FromPath[UUID],
    form: NamedDependency[Form],
) -> Response[Any]:
    """Add a rule or change one; what is refused comes back as it was typed."""
    cell.bench.authority.require(visitor.actor, Action.DOSSIER_SETTINGS, dossier)
    names = (*FIELDS, *(name for name in form.names if name.startswith(DIMENSION)))
    typed = {name: form.text(name) for name in names} | {"office": "1" if form.flag("office") else ""}
    try:
        rule = form.id("rule")
        position = article_lists.put_article(cell.bench, visitor.actor, dossier, rule, _read(typed), office=form.flag("office"))
    except Refused as refusal:
        return _page(cell, answers, visitor, dossier, typed=typed, refusal=refusal, chosen=form.id("rule"))
    return answers.redirect(visitor, _address(dossier), position=position, toast=_("De artikellijst is bewaard."))


@post("/office/dossiers/{dossier:uuid}/articles/drop", sync_to_thread=True)
def drop_article(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    dossier: FromPath[UUID],
    form: NamedDependency[Form],
) -> Response[Any]:
    """Use a rule no more; it can be undone."""
    cell.bench.authority.require(visitor.actor, Action.DOSSIER_SETTINGS, dossier)
    rule, office = form.id("rule"), form.flag("office")
    position = article_lists.drop_article(cell.bench, visitor.actor, dossier, rule, office=office) if rule else 0
    undo = f"{_address(dossier)}/restore?rule={rule}" + ("&office=true" if office else "")
    return answers.redirect(visitor, _address(dossier), position=position, toast=_("Uit de artikellijst gehaald."), undo=undo)


@post("/office/dossiers/{dossier:uuid}/articles/restore", sync_to_thread=True)
def restore_article(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    dossier: FromPath[UUID],
    rule: FromQuery[UUID | None] = None,
    office: FromQuery[bool] = False,  # noqa: FBT002 - a parameter of the address
) -> Response[Any]:
    """Undo that."""
    cell.bench.authority.require(visitor.actor, Action.DOSSIER_SETTINGS, dossier)
    position = article_lists.restore_article(cell.bench, visitor.actor, dossier, rule, office=office) if rule else 0
    return answers.redirect(visitor, _address(dossier), position=position, toast=_("Terug in de artikellijst."))


def _address(dossier: UUID) -> str:
    return f"/office/dossiers/{dossier}/articles"


def _read(typed: Mapping[str, str]) -> ArticleRule:
    rate = parse_amount(typed["rate"].rstrip("% ")) if typed["rate"] else None
    return ArticleRule(
        supplier_vat=typed["supplier"].rpartition(SEPARATOR)[2],
        article=typed["article"],
        words=typed["words"],
        rate=rate,
        account=read_account(typed["account"], ()),
        vat_code=typed["vat_code"],
        dimensions={name.removeprefix(DIMENSION): value for name, value in typed.items() if name.startswith(DIMENSION) and value},
    )


def _page(
    cell: Cell,
    answers: Answers,
    visitor: Visitor,
    dossier: UUID,
    *,
    q: str = "",
    chosen: UUID | None = None,
    typed: Mapping[str, str] | None = None,
    refusal: Refused | None = None,
) -> Response[str]:
    page = dossier_page(cell, visitor, dossier, "settings")
    cell.bench.authority.require(visitor.actor, Action.SEE_DOSSIER, dossier)
    suppliers = {card.vat_number: card.party_name for card in cell.models.counterparties.everybody(dossier, "purchase") if card.vat_number}
    accounts = {one.code: one.name for one in cell.bench.mirror.accounts(dossier) if one.open_for_annotation}
    listed = _listed(cell, dossier, suppliers)
    known = {one.id: one for one in listed}
    if chosen and chosen not in known:
        raise NotFoundError(f"article rule {chosen}")
    allowed = cell.bench.authority.allowed(visitor.actor, dossier)
    return answers.page(
        visitor,
        "office/articles.html",
        page.frame,
        status=409 if refusal else 200,
        base=_address(dossier),
        q=q,
        total=len(listed),
        rows=[one for one in listed if not q or plain(q) in plain(_said(one, accounts))],
        chosen=known.get(chosen) if chosen else None,
        typed=typed or (_typed(known[chosen]) if chosen else dict.fromkeys((*FIELDS, "office"), "")),
        refusal=refusal,
        suppliers=[f"{name}{SEPARATOR}{formats.vat(number)}" for number, name in suppliers.items()],
        accounts=accounts,
        vat_codes=cell.bench.mirror.vat_codes(dossier, "purchase"),
        dimensions=cell.bench.mirror.dimensions(dossier),
        may_edit=Action.DOSSIER_SETTINGS in allowed,
        may_edit_office=Action.OFFICE_SETTINGS in allowed,
    )


def _listed(cell: Cell, dossier: UUID, suppliers: Mapping[str, str]) -> list[Shown]:
    """The dossier's rules and the office's, by supplier."""
    found = [
        Shown(id=rule_id, rule=rule, supplier=suppliers.get(rule.supplier_vat, ""), office=of is None)
        for of in (dossier, None)
        for rule_id, rule in article_lists.list_of(cell.bench, of).rules.items()
    ]
    return sorted(found, key=lambda one: (one.supplier.casefold(), one.rule.supplier_vat, one.rule.article, one.rule.words))


def _said(one: Shown, accounts: Mapping[str, str]) -> str:
    rule = one.rule
    return " ".join(
        (one.supplier, rule.supplier_vat, rule.article, rule.words, rule.account, accounts.get(rule.account, ""), rule.vat_code)
    )


def _typed(one: Shown) -> dict[str, str]:
    rule = one.rule
    return {
        "supplier": SEPARATOR.join(filter(None, (one.supplier, formats.vat(rule.supplier_vat)))),
        "article": rule.article,
        "words": rule.words,
        "rate": _percent(rule.rate),
        "account": rule.account,
        "vat_code": rule.vat_code,
        "office": "1" if one.office else "",
    } | {f"{DIMENSION}{code}": value for code, value in rule.dimensions.items()}


def _percent(rate: Decimal | None) -> str:
    return "" if rate is None else f"{rate.normalize():f}".replace(".", ",")


ROUTES = (articles_page, save_article, drop_article, restore_article)
