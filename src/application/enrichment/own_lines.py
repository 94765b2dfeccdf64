"""An invoice booked by its own lines: where its counterparty is booked line by line, or the article list knows one of them.

Each line has its own account, by the article list or by the sources that any invoice has. Their bases make up the VAT breakdown, else the
lines say nothing: amounts that do not add up are for a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

import msgspec

from application.enrichment import accounts
from application.enrichment.accounts import Choice
from application.enrichment.articles import article_choice
from application.enrichment.booking_lines import Booked, booking_line, situation_of, unsigned
from application.enrichment.circumstances import Circumstances
from application.enrichment.facts import Facts
from domain.booking_proposal import Line, Why
from domain.document import FoundLine, FoundRate
from domain.money import round_amount

MOST_LINES = 60
"""Of more, those booked alike are one line: nobody looks through a hundred."""
LONGEST_REMARK = 200
_ROUNDING = Decimal("0.05")
_NOTHING = Decimal(0)


class OwnLine(NamedTuple):
    """A line of the invoice with its amounts, what it is booked on, and why."""

    found: FoundLine
    line: Line
    account: Choice
    vat_code: Why


def by_own_lines(facts: Facts, around: Circumstances, *, wanted: bool) -> Booked | None:
    """The invoice by its own lines, one booking line for each when that is `wanted`; None when there is no reason to, or no way.

    Without it those on one account with one VAT code are one line. What a person said of an article goes before what is counted of
    earlier invoices: a template knows how often, not what was bought.
    """
    lines = [line for line in facts.lines if line.base]
    shares = _shares(lines, facts)
    listed = [article_choice(line, around.articles) for line in lines]
    if not lines or shares is None or not (wanted or any(listed)):
        return None
    situation = situation_of(facts, around)
    chosen = _choices(lines, listed, facts, around)
    made = []
    for found, share, choice in zip(lines, shares, chosen, strict=True):
        line, why = booking_line(share, choice, situation, around)
        made.append(OwnLine(found, line, choice, why))
    return _booked(made, one_by_one=wanted and len(made) <= MOST_LINES)


def usable(facts: Facts) -> bool:
    """Whether the invoice's own lines are known and make up its VAT breakdown."""
    return _shares([line for line in facts.lines if line.base], facts) is not None


def _shares(lines: Sequence[FoundLine], facts: Facts) -> list[FoundRate] | None:
    """What each line is, and its part of the VAT of its rate; None when the lines of a rate are not its base."""
    sign = -1 if sum((line.base or _NOTHING for line in lines), _NOTHING) < 0 else 1
    rates = [unsigned(rate) for rate in facts.breakdown]
    only = rates[0].rate if len(rates) == 1 else None
    of = [only if line.rate is None or only is not None else line.rate for line in lines]
    found: list[FoundRate | None] = [None] * len(lines)
    for rate in rates:
        places = [place for place, one in enumerate(of) if one == rate.rate]
        bases = [sign * (lines[place].base or _NOTHING) for place in places]
        if abs(sum(bases, _NOTHING) - rate.base) > _ROUNDING:
            return None
        for place, base, vat in zip(places, bases, _divided(rate, bases), strict=True):
            found[place] = msgspec.structs.replace(rate, base=base, vat=vat)
    return [one for one in found if one is not None] if lines and None not in found else None


def _divided(rate: FoundRate, bases: Sequence[Decimal]) -> list[Decimal]:
    """The VAT of a rate over its lines; the cents of rounding are on the largest."""
    parts = [round_amount(base * rate.vat / rate.base) if rate.base else _NOTHING for base in bases]
    if parts:
        parts[max(range(len(bases)), key=lambda place: bases[place])] += rate.vat - sum(parts, _NOTHING)
    return parts


def _choices(lines: Sequence[FoundLine], listed: Sequence[Choice | None], facts: Facts, around: Circumstances) -> list[Choice]:
    """Each line by the article list, else by what it says; a discount or charge on the whole goes with the largest line."""
    chosen = [
        by_list or accounts.choose(msgspec.structs.replace(facts, texts=(line.name, line.description)), around)
        for line, by_list in zip(lines, listed, strict=True)
    ]
    largest = max(range(len(lines)), key=lambda place: (not lines[place].adjustment, lines[place].base or _NOTHING))
    return [
        chosen[largest] if line.adjustment and not by_list else choice for line, choice, by_list in zip(lines, chosen, listed, strict=True)
    ]


def _booked(made: Sequence[OwnLine], *, one_by_one: bool) -> Booked:
    kept = list(made) if one_by_one else list(_together(made))
    why = {"account": kept[0].account.why, "vat_code": kept[0].vat_code}
    why |= {f"account.{place}": one.account.why for place, one in enumerate(kept) if one.account.why != kept[0].account.why}
    return Booked(
        lines=tuple(one.line for one in kept),
        why=why,
        confidence=min(one.account.confidence for one in kept),
        remarks=tuple(_remark(one.found) for one in kept) if one_by_one else (),
    )


def _together(made: Iterable[OwnLine]) -> Iterable[OwnLine]:
    """Lines on one account with one VAT code and the same analytic dimensions as one."""
    found: dict[tuple[str, str, frozenset[tuple[str, str]]], OwnLine] = {}
    for one in made:
        key = (one.line.account, one.line.vat_code, frozenset(one.line.dimensions.items()))
        known = found.get(key)
        if known is not None:
            line = msgspec.structs.replace(known.line, base=known.line.base + one.line.base, vat=known.line.vat + one.line.vat)
        found[key] = known._replace(line=line) if known else one
    return found.values()


def _remark(line: FoundLine) -> str:
    """What was bought."""
    return " ".join((line.name or line.description).split())[:LONGEST_REMARK]
