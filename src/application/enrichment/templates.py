"""Templates: the ways a party's invoices were booked, and filling the lines of the next one by them (FEATURES J6). Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from application.accounting_package import VatCode
from application.enrichment.circumstances import PastBooking
from application.enrichment.facts import UNKNOWN_RATE, Facts
from domain.booking_proposal import Line
from domain.booking_template import TemplateLine, key_of
from domain.document import FoundRate
from domain.money import round_amount

_STEADY = Decimal("0.02")
"""Shares that differ less than this (of 1) from invoice to invoice are the same division."""
_REVERSED = frozenset({"AE", "K", "G"})
_NOTHING, _WHOLE = Decimal(0), Decimal(1)


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """One way of booking. `count` invoices were booked so, the last on `last`.

    `own`: at least one of them was checked here; `saved`: a person keeps it.
    """

    lines: tuple[TemplateLine, ...]
    count: int
    last: date | None = None
    own: bool = True
    saved: bool = False

    @property
    def key(self) -> str:
        """What tells it from the party's other ways."""
        return key_of(self.lines)


def templates_of(
    past: Iterable[PastBooking], codes: Sequence[VatCode], least: int, saved: Iterable[tuple[TemplateLine, ...]] = ()
) -> tuple[Template, ...]:
    """What a person saved, the last saved first; then a template per way of booking, the most used first, once `least` were processed."""
    ways: defaultdict[str, list[PastBooking]] = defaultdict(list)
    rates = _rates(codes)
    for booking in past:
        if booking.lines and all(line.account and line.vat_code in rates for line in booking.lines):
            ways["+".join(f"{line.account}/{line.vat_code}" for line in booking.lines)].append(booking)
    enough = sum(map(len, ways.values())) >= least
    learnt = {key: _template(bookings, rates) for key, bookings in ways.items()}
    kept = [_saved(lines, learnt.pop(key_of(lines), None)) for lines in saved]
    others = sorted(learnt.values(), key=lambda one: (one.count, one.last or date.min), reverse=True)
    return (*reversed(kept), *(others if enough else ()))


def saved_lines(lines: Sequence[Line], codes: Sequence[VatCode]) -> tuple[TemplateLine, ...]:
    """The lines of an invoice as a template: each with its share of what its VAT rate has."""
    rates = {line.vat_code: _NOTHING for line in lines} | _rates(codes)
    shares = _shares(lines, rates)
    return tuple(_template_line(line, share, line) for line, share in zip(lines, shares, strict=True))


def _saved(lines: tuple[TemplateLine, ...], learnt: Template | None) -> Template:
    if learnt is None:
        return Template(lines=lines, count=0, saved=True)
    return msgspec.structs.replace(learnt, lines=lines, saved=True)


def filled(template: Template, facts: Facts, codes: Sequence[VatCode]) -> tuple[Line, ...] | None:
    """The lines of this invoice booked in that way, or None when its VAT rates are others than the template's."""
    rates = _rates(codes)
    groups: defaultdict[Decimal, list[TemplateLine]] = defaultdict(list)
    for line in template.lines:
        if line.vat_code not in rates:
            return None
        groups[rates[line.vat_code]].append(line)
    amounts = _amounts(facts, list(groups))
    if amounts is None or amounts.keys() != groups.keys() or not _of_one_mind(template, facts, codes):
        return None
    divided = {rate: _divided(lines, *amounts[rate]) for rate, lines in groups.items()}
    return tuple(divided[rates[line.vat_code]].pop(0) for line in template.lines)


def _template(bookings: Sequence[PastBooking], rates: Mapping[str, Decimal]) -> Template:
    """Bookings in one way, latest first: shares are those of the latest, when those before it divided alike."""
    divisions = [_shares(booking.lines, rates) for booking in bookings]
    steady = [max(place) - min(place) <= _STEADY for place in zip(*divisions, strict=True)]
    before = bookings[1].lines if len(bookings) > 1 else bookings[0].lines
    lines = tuple(
        _template_line(line, share if is_steady else None, earlier)
        for line, share, is_steady, earlier in zip(bookings[0].lines, divisions[0], steady, before, strict=True)
    )
    days = [booking.day for booking in bookings if booking.day]
    return Template(lines=lines, count=len(bookings), last=max(days, default=None), own=any(one.own for one in bookings))


def _template_line(line: Line, share: Decimal | None, earlier: Line) -> TemplateLine:
    """A line with the analytic dimensions and the private percentage that the one before it had too."""
    steady = {code: value for code, value in line.dimensions.items() if earlier.dimensions.get(code) == value}
    private = line.private if line.private is not None and line.private.percent and line.private == earlier.private else None
    return TemplateLine(account=line.account, vat_code=line.vat_code, share=share, dimensions=steady, private=private)


def _shares(lines: Sequence[Line], rates: Mapping[str, Decimal]) -> list[Decimal]:
    whole: defaultdict[Decimal, Decimal] = defaultdict(Decimal)
    for line in lines:
        whole[rates[line.vat_code]] += line.base
    return [line.base / whole[rates[line.vat_code]] if whole[rates[line.vat_code]] else _NOTHING for line in lines]


def _rates(codes: Iterable[VatCode]) -> dict[str, Decimal]:
    """The rate that stands on the invoice, by code: none where the buyer owes the VAT."""
    return {code.code: _NOTHING if code.reverse_charge else code.rate for code in codes}


def _amounts(facts: Facts, rates: Sequence[Decimal]) -> dict[Decimal, tuple[Decimal, Decimal]] | None:
    """Base and VAT by rate; from the total alone when the template has one rate only."""
    found: dict[Decimal, tuple[Decimal, Decimal]] = {}
    for one in facts.breakdown:
        base, vat = found.get(one.rate, (_NOTHING, _NOTHING))
        found[one.rate] = (base + abs(one.base), vat + abs(one.vat))
    if found.keys() != {UNKNOWN_RATE}:
        return found or None
    if len(rates) != 1 or facts.total is None or facts.base is not None:
        return None
    base = round_amount(abs(facts.total) / (1 + rates[0] / 100), facts.currency)
    return {rates[0]: (base, abs(facts.total) - base)}


def _of_one_mind(template: Template, facts: Facts, codes: Sequence[VatCode]) -> bool:
    """Whether an electronic invoice's own VAT categories do not speak against the template's codes."""
    if not facts.electronic or facts.kind != "purchase":
        return True
    reverse = {code.code: code.reverse_charge for code in codes}
    ours = {reverse[line.vat_code] for line in template.lines if _rates(codes)[line.vat_code] == 0}
    theirs = {_is_reversed(rate) for rate in facts.rates if rate.rate == 0}
    return ours == theirs


def _is_reversed(rate: FoundRate) -> bool:
    return rate.category in _REVERSED


def _divided(lines: Sequence[TemplateLine], base: Decimal, vat: Decimal) -> list[Line]:
    """Base and VAT over the lines by their shares; all on the first when nobody can tell. The last takes what is left of the cents."""
    shares = [line.share for line in lines]
    known = [share for share in shares if share is not None]
    if len(known) < len(shares) or sum(known, _NOTHING) == 0:
        known = [_WHOLE] + [_NOTHING] * (len(lines) - 1)
    made: list[Line] = []
    left_base, left_vat = base, vat
    for place, (line, share) in enumerate(zip(lines, known, strict=True), start=1):
        last = place == len(lines)
        own_base = left_base if last else round_amount(base * share)
        own_vat = left_vat if last else round_amount(vat * share)
        left_base, left_vat = left_base - own_base, left_vat - own_vat
        made.append(
            Line(
                account=line.account,
                vat_code=line.vat_code,
                base=own_base,
                vat=own_vat,
                dimensions=line.dimensions,
                private=line.private if own_base + own_vat else None,
            )
        )
    return made
