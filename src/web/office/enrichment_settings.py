"""How a dossier's proposals are made (FEATURES F5, G5): fallback counterparties, payment term, import licence, deductible VAT."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from application import enrichment_settings as settings
from application.enrichment.counterparties import Card
from application.permissions import Action
from domain.dossier import Dossier, Kind
from domain.money import parse_amount
from web import formats
from web.answers import Answers
from web.errors import BadInput
from web.forms import Form
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

SEPARATOR = " · "


@post("/office/dossiers/{dossier:uuid}/settings/enrichment", sync_to_thread=True)
def save_enrichment(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    dossier: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """All of it at once; what stayed as it was is left alone."""
    bench, actor = cell.bench, visitor.actor
    bench.authority.require(actor, Action.DOSSIER_SETTINGS, dossier)
    chosen = {kind: _party(cell, dossier, kind, form.text(f"fallback.{kind.value}")) for kind in Kind}
    days = _days(form.text("payment_days"))
    position = max(
        *(settings.choose_fallback(bench, actor, dossier, kind, party) for kind, party in chosen.items()),
        settings.set_payment_days(bench, actor, dossier, days),
        settings.switch_payment_preparation(bench, actor, dossier, on=form.flag("payment_preparation")),
        settings.switch_import_licence(bench, actor, dossier, on=form.flag("import_licence")),
        settings.set_private_account(bench, actor, dossier, form.text("private_account").partition(" ")[0] or None),
    )
    if account := form.text("account"):
        percent = form.text("percent")
        share = parse_amount(percent) if percent else None
        position = max(position, settings.set_deductible(bench, actor, dossier, account, share))
    to = f"/office/dossiers/{dossier}/settings"
    return answers.redirect(visitor, to, position=position, toast=_("De verrijking is bewaard."))


def enrichment_values(cell: Cell, dossier: UUID, state: Dossier, office: dict[str, Decimal]) -> dict[str, Any]:
    """What the panel shows: per side of trade the fallback and who can be one; the deductible parts with whose they are."""
    known = {kind: cell.models.counterparties.everybody(dossier, kind.value) for kind in Kind}
    shares = [(account, percent, account in state.deductible) for account, percent in sorted((office | state.deductible).items())]
    return {
        "fallbacks": [(kind.value, _chosen(cards, state.fallbacks.get(kind)), list(map(_label, cards))) for kind, cards in known.items()],
        "shares": shares,
        "private_accounts": [one for one in cell.bench.mirror.accounts(dossier) if one.open_for_annotation and one.code[0] in "14"],
    }


def _chosen(cards: Iterable[Card], counterparty: UUID | None) -> str:
    return next((_label(card) for card in cards if card.id == counterparty), "")


def _label(card: Card) -> str:
    number = formats.vat(card.vat_number) if card.vat_number else ""
    return SEPARATOR.join(filter(None, (card.party_name, number)))


def _party(cell: Cell, dossier: UUID, kind: Kind, text: str) -> UUID | None:
    if not text:
        return None
    found = [card.id for card in cell.models.counterparties.everybody(dossier, kind.value) if _label(card) == text]
    if not found:
        raise BadInput(f"fallback.{kind.value}", _("Deze tegenpartij bestaat niet in dit dossier. Kies ze opnieuw."))
    return found[0]


def _days(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdecimal():
        raise BadInput("payment_days", _("Schrijf het aantal dagen in cijfers."))
    return int(text[:6])


ROUTES = (save_enrichment,)
