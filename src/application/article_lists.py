"""Keeping the article lists of dossiers and of the office (FEATURES K4)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from application.event_log import Change
from application.permissions import Action, Actor
from domain.article_list import ArticleList, ArticleRule
from domain.kernel import Event, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from application.workbench import Workbench


def list_of(bench: Workbench, dossier: UUID | None) -> ArticleList:
    """The list of a dossier; of the office without one."""
    found = bench.log.find(ArticleList, _stream(bench, dossier))
    return found.state if found else ArticleList()


def rules_for(bench: Workbench, dossier: UUID, supplier_vat: str | None) -> tuple[ArticleRule, ...]:
    """What is said of a supplier's articles: by the dossier, then by the office."""
    if not supplier_vat:
        return ()
    lists = (list_of(bench, dossier), list_of(bench, None))
    return tuple(rule for one in lists for rule in one.rules.values() if rule.supplier_vat == supplier_vat)


def put_article(bench: Workbench, actor: Actor, dossier: UUID, rule: UUID | None, wanted: ArticleRule, *, office: bool = False) -> int:
    """Add a rule or change one, on the dossier's list or (`office`) on that of all dossiers. Refused for an account that is not there."""
    accounts = {one.code for one in bench.mirror.accounts(dossier)}
    if accounts and wanted.account and wanted.account not in accounts:
        raise Refused("Rekening “{text}” bestaat niet in dit dossier. Kies ze uit de lijst.", text=wanted.account)
    codes = {one.code for one in bench.mirror.vat_codes(dossier, "purchase")}
    if codes and wanted.vat_code and wanted.vat_code not in codes:
        raise Refused("Btw-code {code} bestaat niet in dit dossier.", code=wanted.vat_code)
    known = {one.code: {value.code for value in one.values} for one in bench.mirror.dimensions(dossier)}
    for dimension, value in wanted.dimensions.items():
        if value not in known.get(dimension, ()):
            raise Refused("{value} is geen waarde van {dimension} in dit dossier. Kies ze opnieuw.", value=value, dimension=dimension)
    id_ = rule or bench.new_id()
    return _decide(bench, actor, dossier, lambda state: state.put(id_, wanted), office=office)


def drop_article(bench: Workbench, actor: Actor, dossier: UUID, rule: UUID, *, office: bool = False) -> int:
    """Use a rule no more."""
    return _decide(bench, actor, dossier, lambda state: state.drop(rule), office=office)


def restore_article(bench: Workbench, actor: Actor, dossier: UUID, rule: UUID, *, office: bool = False) -> int:
    """Undo that."""
    return _decide(bench, actor, dossier, lambda state: state.restore(rule), office=office)


def _stream(bench: Workbench, dossier: UUID | None) -> UUID:
    return bench.claims.stream("article_list", str(dossier or "office"))


def _decide(bench: Workbench, actor: Actor, dossier: UUID, decision: Callable[[ArticleList], Sequence[Event]], *, office: bool) -> int:
    bench.authority.require(actor, Action.DOSSIER_SETTINGS, dossier)
    if office:
        bench.authority.require_office(actor, Action.OFFICE_SETTINGS)
    stream = _stream(bench, None if office else dossier)

    def attempt() -> int:
        found = bench.log.find(ArticleList, stream)
        events = decision(found.state if found else ArticleList())
        change = found.change(events) if found else Change(stream=stream, version=0, events=list(events))
        return bench.log.append(change, context=actor.context)

    return bench.log.twice(attempt, stream)
