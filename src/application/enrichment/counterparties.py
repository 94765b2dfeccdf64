"""Whose invoice it is: the dossier's counterparty by VAT number, account number, then name, else a new one, else the dossier's fallback.

Wrong is worse than absent: a number that was read and differs from a card's rules that card out, and so does another legal form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

import msgspec
from rapidfuzz import fuzz

from application.enrichment.circumstances import FALLBACK, Party
from application.enrichment.facts import Facts
from application.enrichment.plain_text import plain
from domain.booking_proposal import Why

ALIKE = 95.0
"""How much (of 100) two names must be alike, their words in any order."""
_APART = 5.0
"""How far the second best must stay behind."""
_SHORTEST = 5
"""Letters below which only the very same name will do."""
_BY_IBAN, _SAME_NAME, _ALIKE_NAME, _BY_FALLBACK = 0.95, 0.85, 0.75, 0.3
"""The chance that a counterparty found so is the right one."""

LEGAL_FORMS = {
    "nv": "nv",
    "sa": "nv",
    "ag": "nv",
    "bv": "bv",
    "srl": "bv",
    "bvba": "bv",
    "sprl": "bv",
    "gmbh": "bv",
    "cv": "cv",
    "sc": "cv",
    "cvba": "cv",
    "scrl": "cv",
    "vzw": "vzw",
    "asbl": "vzw",
    "ivzw": "vzw",
    "aisbl": "vzw",
    "vof": "vof",
    "snc": "vof",
    "commv": "commv",
    "scomm": "commv",
}
"""A company's form in each language and of before 2019, and one word for it."""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A party the dossier knows. `id` None: only its books do."""

    id: UUID | None
    party_name: str
    vat_number: str | None = None
    ibans: tuple[str, ...] = ()
    account: str | None = None
    vat_code: str | None = None
    line_by_line: bool = False


class PartyBook(Protocol):
    """The dossier's counterparties on one side of trade, and those of its books."""

    def with_vat(self, vat_number: str) -> Card | None:
        """The one with this VAT number."""
        ...

    def with_iban(self, iban: str) -> Sequence[Card]:
        """Those with this account number."""
        ...

    def everybody(self) -> Sequence[Card]:
        """All of them."""
        ...


def find(facts: Facts, book: PartyBook, fallback: Card | None) -> Party:
    """The party of an invoice."""
    if facts.party_vat and (card := book.with_vat(facts.party_vat)):
        return _known(card, "counterparty.vat", facts)
    if facts.iban and (card := _only(facts, book.with_iban(facts.iban))):
        return _known(card, "counterparty.iban", facts, _BY_IBAN)
    if facts.party_name and (found := _named(facts, book.everybody())):
        card, alike = found
        same = alike == 100  # noqa: PLR2004 - the very same words
        return _known(card, "counterparty.name", facts, _SAME_NAME if same else _ALIKE_NAME, percent=f"{alike:.0f}")
    if facts.party_vat or facts.party_name:
        why = Why(code="counterparty.new")
        return Party(party_name=facts.party_name, vat_number=facts.party_vat, iban=facts.iban, why=why)
    if fallback is not None:
        return msgspec.structs.replace(_known(fallback, FALLBACK, facts, _BY_FALLBACK), account=None, vat_code=None)
    return Party(iban=facts.iban)


def _known(card: Card, code: str, facts: Facts, confidence: float | None = None, **values: str) -> Party:
    if card.id is None:
        code, values = "counterparty.package", {}
    return Party(
        counterparty=card.id,
        party_name=card.party_name,
        vat_number=card.vat_number or facts.party_vat,
        iban=facts.iban,
        account=card.account,
        vat_code=card.vat_code,
        line_by_line=card.line_by_line,
        why=Why(code=code, values=values),
        confidence=confidence,
    )


def _only(facts: Facts, cards: Sequence[Card]) -> Card | None:
    """The one card with the account number; a factoring company's account is that of many."""
    possible = [card for card in cards if not _other_number(facts, card)]
    return possible[0] if len(possible) == 1 else None


def _other_number(facts: Facts, card: Card) -> bool:
    return bool(facts.party_vat and card.vat_number and facts.party_vat != card.vat_number)


def _named(facts: Facts, cards: Sequence[Card]) -> tuple[Card, float] | None:
    """The one card whose name is enough alike, and how much."""
    words, form = _split(facts.party_name)
    ranked: list[tuple[float, int]] = []
    for place, card in enumerate(cards):
        theirs, their_form = _split(card.party_name)
        if (form and their_form and form != their_form) or _other_number(facts, card):
            continue
        alike = fuzz.token_sort_ratio(words, theirs, score_cutoff=ALIKE - _APART)
        if alike and (min(len(words), len(theirs)) >= _SHORTEST or words == theirs):
            ranked.append((alike, place))
    ranked.sort(reverse=True)
    if not ranked or ranked[0][0] < ALIKE or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _APART):
        return None
    return cards[ranked[0][1]], ranked[0][0]


def _split(name: str) -> tuple[str, str]:
    """A name's words without its legal form, and that form."""
    words = plain(re.sub(r"(?<=\b\w)\.(?=\w\b)", "", name)).split()
    forms = [LEGAL_FORMS[word] for word in words if word in LEGAL_FORMS]
    return " ".join(word for word in words if word not in LEGAL_FORMS), forms[-1] if forms else ""
