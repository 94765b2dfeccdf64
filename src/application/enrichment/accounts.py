"""Which account an invoice's lines go to, and perhaps which VAT code: each source in its order, the suspense account last (FEATURES K4).

Templates and the article list, which fill whole lines, come before these: `lines.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from application.enrichment import office_chart
from application.enrichment.circumstances import Circumstances
from application.enrichment.facts import Facts
from domain.booking_proposal import Why
from domain.dossier import Kind
from domain.private_share import PrivateShare

_BY_COUNTERPARTY, _BY_OFFICE, _BY_WORD, _BY_SALES, _BY_NOTHING = 0.95, 0.6, 0.75, 0.85, 0.1
"""The chance that an account from this source is the right one."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """An account, why, and the chance (0–1) that it is right. `vat_code` is taken when the invoice's VAT allows it.

    `dimensions` and `private`: what else is usual on a line of this account.
    """

    account: str
    why: Why
    confidence: float
    vat_code: str | None = None
    dimensions: dict[str, str] = {}
    private: PrivateShare | None = None


Source = Callable[[Facts, Circumstances], Choice | None]


def choose(facts: Facts, around: Circumstances) -> Choice:
    """The first source that knows."""
    for source in SOURCES:
        choice = source(facts, around)
        if choice is not None:
            return choice
    return suspense(around, "account.suspense")


def suspense(around: Circumstances, code: str) -> Choice:
    """Nobody knows: the suspense account."""
    return Choice(account=around.suspense_account, why=Why(code=code), confidence=_BY_NOTHING)


def _of_counterparty(_: Facts, around: Circumstances) -> Choice | None:
    """As its last checked invoice; before there is one, as the last in the books."""
    party = around.party
    if party.account:
        return Choice(
            account=party.account,
            vat_code=party.vat_code,
            why=Why(code="account.counterparty"),
            confidence=_BY_COUNTERPARTY,
            **around.usual_on(party.account),
        )
    for booking in around.past:
        largest = max(booking.lines, key=lambda line: line.base, default=None)
        if largest and largest.account and largest.account != around.suspense_account:
            return Choice(
                account=largest.account,
                vat_code=largest.vat_code,
                why=Why(code="account.counterparty"),
                confidence=_BY_COUNTERPARTY,
                **around.usual_on(largest.account),
            )
    return None


def _of_office(_: Facts, around: Circumstances) -> Choice | None:
    """As other dossiers of the office do, on the account of this dossier's own chart with that code, or below its root."""
    for habit in around.office_habits:
        account = office_chart.existing(habit.account, around.accounts)
        if account and account != around.suspense_account:
            return Choice(account=account, vat_code=habit.vat_code, why=Why(code="account.office"), confidence=_BY_OFFICE)
    return None


def _of_chart(facts: Facts, around: Circumstances) -> Choice | None:
    """By the words on the invoice; sales have one account to begin with."""
    if facts.kind == Kind.SALES:
        account = office_chart.existing(office_chart.DEFAULT_SALES_ACCOUNT, around.accounts)
        return Choice(account=account, why=Why(code="account.sales"), confidence=_BY_SALES) if account else None
    chosen = office_chart.account_for(facts.texts, office_chart.PURCHASE_RULES, around.accounts)
    if chosen is None:
        return None
    return Choice(account=chosen[0], why=Why(code="account.chart", values={"word": chosen[1]}), confidence=_BY_WORD)


SOURCES: Sequence[Source] = (_of_counterparty, _of_office, _of_chart)
