"""Reading again what earlier corrections taught about this supplier's paper (FEATURES K5): the values beside the learnt labels.

What an anchor reads goes before what was read without one: where it was learnt, that was wrong.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
from rapidfuzz import fuzz

from application.recognition.anchor_labels import label_words, written
from application.recognition.calibration import LEAST_CHANCE
from application.recognition.dates import month_comes_first
from application.recognition.found import Found
from application.recognition.printed import AMOUNTS, DATES, MONTH_FIRST, printed, same
from application.recognition.reading import VatRate
from domain.anchor import Anchor, KnownAnchor, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from application.recognition.layout import Layout, Segment
    from application.recognition.reading import FieldReading, Page, Reading

LEARNED = "learned"
"""The source of a value that was read by an anchor."""
AT_LABEL, AT_PLACE = 0.95, 0.8
"""How sure a value is beside its learnt label, and one that only stands in the learnt place."""
WEAKENED = 0.6
"""What remains of that when the anchor has been wrong once."""
LEFT, TOP = 40.0, 26.0
"""Points that a value without its label may have moved sideways and up or down: a scan is never laid on the glass twice the same way."""
FURTHEST_BELOW, FURTHEST_RIGHT = 9.0, 8
"""How far a value stands under its label, in line heights; beside it, in segments."""
OTHER_PAGE = 1000.0
"""In points: a label on another page than the learnt one is taken last."""
ALIKE = 88
"""Percent: two labels of which one was misread by OCR."""
SHORTEST_ALIKE = 6
_CENT = Decimal("0.01")


def read_learned(reading: Reading, layout: Layout, anchors: Sequence[KnownAnchor]) -> Reading:
    """The reading with its fields read again where the supplier's corrections taught to look."""
    fields = {name: field for name, field in reading.fields.items() if not _disowned(name, field, layout, anchors)}
    learnt: set[str] = set()
    for name in dict.fromkeys(one.anchor.field for one in anchors):
        found = _best(name, fields.get(name), layout, [one for one in anchors if one.anchor.field == name and not one.anchor.absent])
        if found is not None and found.confidence >= LEAST_CHANCE:
            fields[name] = found.reading()
            learnt.add(name)
    if fields == reading.fields:
        return reading
    return _agreeing(msgspec.structs.replace(reading, fields=fields), learnt & AMOUNTS)


def read_anchor(anchor: Anchor, layout: Layout) -> Found | None:
    """What stands beside the anchor's label; without a label, in its place."""
    if anchor.way == Way.PLACE:
        return at_place(anchor, layout)
    found = list(_beside(anchor, layout, exact=True)) or list(_beside(anchor, layout, exact=False))
    return min(found, key=lambda one: _distance(anchor, one), default=None)


def at_place(anchor: Anchor, layout: Layout) -> Found | None:
    """The value of this kind nearest to the learnt place."""
    near = [
        found
        for segment in layout.segments
        if segment.page is _page(anchor, layout)
        for found in _values(anchor, segment, layout)
        if _moved(anchor, found)[0] < LEFT and _moved(anchor, found)[1] < TOP
    ]
    return min(near, key=lambda found: _distance(anchor, found), default=None)


def place_of(found: Found) -> tuple[float, float]:
    """Where a value stands: points from the nearest edges of its page, negative from the right and from the bottom."""
    box, page = found.segment.box(found.start, found.end), found.segment.page
    left = box.left + box.right < page.width
    top = box.top + box.bottom < page.height
    return (
        round(box.left if left else box.right - page.width, 1),
        round(box.top if top else box.bottom - page.height, 1),
    )


def _disowned(name: str, field: FieldReading, layout: Layout, anchors: Sequence[KnownAnchor]) -> bool:
    """Whether the value stands where a person said that this field does not stand."""
    found = [read_anchor(one.anchor, layout) for one in anchors if one.anchor.absent and one.anchor.field == name]
    return any(one is not None and same(name, one.value, field.value) for one in found)


def _best(name: str, before: FieldReading | None, layout: Layout, anchors: Sequence[KnownAnchor]) -> Found | None:
    """What the anchors of a field read, latest first; None where what was read without them stays."""
    for one in anchors:
        found = read_anchor(one.anchor, layout)
        if found is not None:
            sure = AT_PLACE if one.anchor.way == Way.PLACE else AT_LABEL
            return _worth(name, found._replace(confidence=sure), before, doubted=one.doubts > 0)
    for one in anchors:
        found = None if name in AMOUNTS else at_place(one.anchor, layout)  # an amount moves with the lines above it
        if found is not None:
            return _worth(name, found._replace(confidence=AT_PLACE), before, doubted=True)
    return None


def _worth(name: str, found: Found, before: FieldReading | None, *, doubted: bool) -> Found | None:
    """Whether the value goes before the one read without anchors; a doubted one fills a gap, or goes before what is less sure still."""
    if doubted:
        found = found.surer(WEAKENED)
    if before is None:
        return found
    if same(name, before.value, found.value) or doubted:
        return found if found.confidence > before.confidence else None
    return found


def _beside(anchor: Anchor, layout: Layout, *, exact: bool) -> Iterator[Found]:
    if anchor.way == Way.INSIDE:
        for segment in layout.segments:
            yield from (one for one in _values(anchor, segment, layout) if _is_label(anchor.label, segment, one.start, exact=exact))
        return
    for segment in layout.segments:
        if _is_label(anchor.label, segment, None, exact=exact):
            right = anchor.way == Way.RIGHT
            there = layout.right_of(segment)[:FURTHEST_RIGHT] if right else layout.below(segment, FURTHEST_BELOW)
            values = [found for other in there for found in _values(anchor, other, layout)]
            if -len(values) <= anchor.nth < len(values):
                yield values[anchor.nth]


def _is_label(label: str, segment: Segment, end: int | None, *, exact: bool) -> bool:
    """Whether this label stands before `end`; nearly the same one when not `exact`."""
    said = written(label_words(segment, end))
    return said == label or (not exact and len(label) >= SHORTEST_ALIKE and fuzz.ratio(said, label) >= ALIKE)


def _values(anchor: Anchor, segment: Segment, layout: Layout) -> Iterator[Found]:
    if not segment.has_digits:
        return
    shape = anchor.shape or (MONTH_FIRST if anchor.field in DATES and _month_first(layout) else "")
    for one in printed(anchor.field, segment.text, shape):
        yield Found(one.value, AT_LABEL, LEARNED, segment, one.start, one.end)


def _month_first(layout: Layout) -> bool:
    """Whether this document itself tells that its dates begin with the month."""
    return month_comes_first([segment.text for segment in layout.segments if segment.has_digits])


def _page(anchor: Anchor, layout: Layout) -> Page | None:
    pages = {segment.page.number: segment.page for segment in layout.segments}
    return pages.get(max(pages, default=0) if anchor.page < 0 else anchor.page)


def _moved(anchor: Anchor, found: Found) -> tuple[float, float]:
    """How far a value stands from the learnt place, sideways and up or down."""
    box, page = found.segment.box(found.start, found.end), found.segment.page
    x = box.left if anchor.x >= 0 else box.right - page.width
    y = box.top if anchor.y >= 0 else box.bottom - page.height
    return abs(x - anchor.x), abs(y - anchor.y)


def _distance(anchor: Anchor, found: Found) -> float:
    number = found.segment.page.number
    return sum(_moved(anchor, found)) + (0.0 if number == anchor.page or anchor.page < 0 else OTHER_PAGE)


def _agreeing(reading: Reading, learnt: frozenset[str] | set[str]) -> Reading:
    """Amounts that contradict a learnt one go: what does not add up was read wrong. The third follows from two that were learnt."""
    if not learnt:
        return reading
    fields = dict(reading.fields)
    amounts = {name: Decimal(fields[name].value) for name in AMOUNTS if name in fields}
    if len(amounts) == len(AMOUNTS) and abs(amounts["total_excl"] + amounts["vat"] - amounts["total_incl"]) > _CENT:
        for name in AMOUNTS - learnt:
            del fields[name], amounts[name]
    rates = reading.vat_rates
    if abs(sum((Decimal(one.base) + Decimal(one.vat) for one in rates), Decimal(0)) - amounts.get("total_incl", Decimal(0))) > _CENT:
        rates = _single(amounts)
    return msgspec.structs.replace(reading, fields=fields, vat_rates=rates)


def _single(amounts: dict[str, Decimal]) -> tuple[VatRate, ...]:
    """The breakdown of one rate, where base and VAT are a Belgian one."""
    base, vat = amounts.get("total_excl"), amounts.get("vat")
    if not base or vat is None:
        return ()
    rate = next((rate for rate in (21, 6, 12) if abs(base * rate / 100 - vat) <= 2 * _CENT), None)
    return (VatRate(rate=str(rate), base=str(base), vat=str(vat)),) if rate else ()
