"""Which rule of the article list a line of an invoice falls under: by article number, then by words, then by VAT rate alone."""

from __future__ import annotations

from collections.abc import Iterable

from application.enrichment.accounts import Choice
from application.enrichment.plain_text import plain
from domain.article_list import ArticleRule
from domain.booking_proposal import Why
from domain.document import FoundLine

_CERTAIN = 0.97
"""The chance that what a person said of an article is right."""


def article_choice(line: FoundLine, rules: Iterable[ArticleRule]) -> Choice | None:
    """The account and VAT code that the first and most particular rule says; `rules` of the dossier come before those of the office."""
    fitting = [rule for rule in rules if _fits(rule, line)]
    if not fitting:
        return None
    rule = min(fitting, key=lambda one: (not one.article, not one.words, one.rate is None))
    said = rule.article or rule.words or line.name
    return Choice(
        account=rule.account,
        vat_code=rule.vat_code or None,
        why=Why(code="account.article", values={"article": said}),
        confidence=_CERTAIN,
        dimensions=rule.dimensions,
    )


def _fits(rule: ArticleRule, line: FoundLine) -> bool:
    """Whether all that the rule looks for is on the line."""
    numbers = {number.casefold().strip() for number in (line.article, line.standard_id) if number}
    if rule.article and rule.article.casefold().strip() not in numbers:
        return False
    if rule.words and f" {plain(rule.words)} " not in f" {plain(f'{line.name} {line.description}')} ":
        return False
    return rule.rate is None or rule.rate == line.rate
