"""The article list: on which account and with which VAT code the lines of a supplier's invoices are booked (FEATURES K4).

One list per dossier, and one of the office for all its dossiers. A rule is known by what it looks for: an article number, words of the
description, a VAT rate, or several of these together.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from domain.kernel import Event, PersonalText, Refused
from domain.vat_number import parse_vat_number

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_RULES = 2000
LONGEST = 100
"""Characters of an article number or of words."""


class ArticleListed(Event, frozen=True, kw_only=True):
    """Lines of this supplier with this article number, these words, or this VAT rate (percent) are booked so. Listed again: changed."""

    name = "article_list.article_listed"
    rule: UUID
    supplier_vat: str
    article: str = ""
    words: PersonalText = ""
    rate: Decimal | None = None
    account: str
    vat_code: str = ""
    dimensions: dict[str, str] = {}


class ArticleUnlisted(Event, frozen=True, kw_only=True):
    """A rule is used no more."""

    name = "article_list.article_unlisted"
    rule: UUID


class ArticleRule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule. An empty `vat_code` is chosen by what is on the invoice; `rate` None: any; `dimensions` as on the line it books."""

    supplier_vat: str
    account: str
    article: str = ""
    words: str = ""
    rate: Decimal | None = None
    vat_code: str = ""
    dimensions: dict[str, str] = {}

    @property
    def sought(self) -> tuple[str, str, str, Decimal | None]:
        """What it looks for: two rules for the same thing would contradict each other."""
        return self.supplier_vat, self.article.casefold(), " ".join(self.words.casefold().split()), self.rate


class ArticleList(msgspec.Struct, frozen=True, kw_only=True):
    """Its rules by id, and those that are used no more."""

    rules: dict[UUID, ArticleRule] = {}
    dropped: dict[UUID, ArticleRule] = {}

    def put(self, rule: UUID, wanted: ArticleRule) -> Sequence[Event]:
        """Add a rule, or change the one with this id. Refused when it looks for nothing, books nowhere or says what another says."""
        vat_number = parse_vat_number(wanted.supplier_vat)
        if vat_number is None:
            raise Refused("Dit btw-nummer klopt niet. Kijk de laatste cijfers na.")
        if not wanted.article and not wanted.words and wanted.rate is None:
            raise Refused("Vul een artikelnummer, woorden uit de omschrijving of een btw-tarief in.")
        if max(len(wanted.article), len(wanted.words)) > LONGEST:
            raise Refused("Een artikelnummer of omschrijving is hoogstens {limit} tekens.", limit=LONGEST)
        if not wanted.account:
            raise Refused("Kies een rekening.")
        wanted = msgspec.structs.replace(wanted, supplier_vat=vat_number)
        if self.rules.get(rule) == wanted:
            return []
        if any(one.sought == wanted.sought for id_, one in self.rules.items() if id_ != rule):
            raise Refused("Voor dit artikel van deze leverancier is er al een lijn.")
        if rule not in self.rules and len(self.rules) >= MOST_RULES:
            raise Refused("Een artikellijst heeft hoogstens {limit} lijnen.", limit=MOST_RULES)
        return [ArticleListed(rule=rule, **msgspec.structs.asdict(wanted))]

    def drop(self, rule: UUID) -> Sequence[Event]:
        """Use a rule no more."""
        return [ArticleUnlisted(rule=rule)] if rule in self.rules else []

    def restore(self, rule: UUID) -> Sequence[Event]:
        """Use a dropped rule again."""
        return self.put(rule, self.dropped[rule]) if rule in self.dropped else []

    @classmethod
    def evolve(cls, state: ArticleList | None, event: Event) -> ArticleList:
        """State after one more event; a list begins empty."""
        rules, dropped = (dict(state.rules), dict(state.dropped)) if state else ({}, {})
        match event:
            case ArticleListed(rule=rule):
                found = {name: value for name, value in msgspec.structs.asdict(event).items() if name != "rule"}
                dropped.pop(rule, None)
                return cls(rules=rules | {rule: ArticleRule(**found)}, dropped=dropped)
            case ArticleUnlisted(rule=rule):
                return cls(rules={one: kept for one, kept in rules.items() if one != rule}, dropped=dropped | {rule: rules[rule]})
        raise AssertionError(f"{event!r} is not about an article list")
