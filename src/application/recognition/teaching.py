"""What a correction teaches: beside which label, in which place, the corrected value stands on the page (FEATURES K5).

A value that is not printed teaches nothing. An anchor that would not read the value back from the very page it is taken from is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.recognition.anchor_labels import label_words, says_something, written
from application.recognition.found import Found
from application.recognition.labels import Labels
from application.recognition.learned import AT_PLACE, FURTHEST_BELOW, LEARNED, place_of, read_anchor
from application.recognition.printed import AMOUNTS, printed, same, shapes_of
from application.recognition.text import fold, tokens
from application.recognition.vocabulary import Meaning, phrases
from domain.anchor import Anchor, Way

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from application.recognition.layout import Layout, Segment

A_NAME = 3
"""Letters from which on a word of a party's name is kept out of labels."""

_MEANINGS = {
    "invoice_number": (Meaning.NUMBER, Meaning.CREDIT_NUMBER, Meaning.PLAIN_NUMBER, Meaning.TITLE, Meaning.CREDIT_TITLE),
    "issue_date": (Meaning.ISSUE_DATE, Meaning.PLAIN_DATE),
    "due_date": (Meaning.DUE_DATE,),
    "total_incl": (Meaning.TOTAL, Meaning.PAYABLE, Meaning.SUM),
    "total_excl": (Meaning.NET,),
    "vat": (Meaning.VAT,),
    "iban": (Meaning.IBAN,),
    "payment_reference": (Meaning.REFERENCE,),
}
"""What a label of each field says where the vocabulary knows it."""


_USUAL = frozenset(word for phrase in phrases() for word in phrase)
"""The words of all labels the vocabulary knows."""


def teach(field: str, value: str, layout: Layout, names: Collection[str], *, absent: bool = False) -> Anchor | None:
    """The anchor that would have read this value, or None. Words of `names`, the parties', are in no label.

    `absent`: what stands there is not the field, so that the next reading leaves it out.
    """
    labels, kept_out = Labels(layout), _words_of(names)
    found: list[tuple[float, Anchor]] = []
    for shape in shapes_of(field, value):
        for spot in _spots(field, value, shape, layout):
            for anchor in _anchors(field, shape, spot, layout, kept_out, absent=absent):
                again = read_anchor(anchor, layout)
                if again is not None and same(field, again.value, value):
                    found.append((_worth(anchor, spot, labels), anchor))
        if found:
            break
    return max(found, key=lambda one: one[0])[1] if found else None


def _spots(field: str, value: str, shape: str, layout: Layout) -> Iterator[Found]:
    """Everywhere the value stands."""
    for segment in layout.segments:
        for one in printed(field, segment.text, shape):
            if same(field, one.value, value):
                yield Found(value, AT_PLACE, LEARNED, segment, one.start, one.end)


def _anchors(field: str, shape: str, spot: Found, layout: Layout, kept_out: Collection[str], *, absent: bool) -> Iterator[Anchor]:
    """Every way to come to the value at this spot."""
    x, y = place_of(spot)
    last = max(segment.page.number for segment in layout.segments)
    page = -1 if field in AMOUNTS and spot.segment.page.number == last else spot.segment.page.number

    def anchor(way: Way, label: str = "", nth: int = 0) -> Anchor:
        return Anchor(field=field, way=way, label=label, nth=nth, page=page, x=x, y=y, shape=shape, absent=absent)

    if inside := _label(spot.segment, spot.start, kept_out):
        yield anchor(Way.INSIDE, inside)
    row = layout.rows[spot.segment.row]
    for left in reversed(row[: row.index(spot.segment)]):
        if label := _label(left, None, kept_out):
            values = [one for segment in layout.right_of(left) for one in _places(field, shape, segment)]
            yield from (anchor(Way.RIGHT, label, nth) for nth in _ordinals(values, spot))
        if says_something(left):
            break
    for above in _above(layout, spot.segment):
        if label := _label(above, None, kept_out):
            values = [one for segment in layout.below(above, FURTHEST_BELOW) for one in _places(field, shape, segment)]
            yield from (anchor(Way.BELOW, label, nth) for nth in _ordinals(values, spot))
        if says_something(above):
            break
    yield anchor(Way.PLACE)


def _places(field: str, shape: str, segment: Segment) -> list[tuple[Segment, int]]:
    return [(segment, one.start) for one in printed(field, segment.text, shape)]


def _ordinals(values: list[tuple[Segment, int]], spot: Found) -> list[int]:
    """Which of the values that way it is: the first, the last, or counted from the first."""
    place = next((n for n, (segment, start) in enumerate(values) if segment is spot.segment and start == spot.start), None)
    if place is None:
        return []
    return [-1] if place and place == len(values) - 1 else [place]


def _above(layout: Layout, segment: Segment) -> list[Segment]:
    """What stands over a segment, nearest first."""
    rows = layout.rows[: segment.row]
    near = [other for row in reversed(rows[-12:]) for other in row if other.page is segment.page]
    return [other for other in near if segment in set(layout.below(other, FURTHEST_BELOW))]


def _label(segment: Segment, end: int | None, kept_out: Collection[str]) -> str:
    """The label before `end`; empty where there is none, or where it names a party."""
    words = label_words(segment, end)
    return "" if any(word in kept_out for word, _ in words) or _is_a_name(words, segment) else written(words)


def _is_a_name(words: Collection[tuple[str, int]], segment: Segment) -> bool:
    """Several words with a capital of which no label is known: that is how somebody is called, and people are not remembered here."""
    strange = all(segment.text[start].isupper() and word not in _USUAL for word, start in words)
    return strange and len(words) > 1 and not segment.text.isupper()


def _words_of(names: Collection[str]) -> frozenset[str]:
    return frozenset(word for name in names for word, _, _ in tokens(fold(name)) if len(word) >= A_NAME)


def _worth(anchor: Anchor, spot: Found, labels: Labels) -> float:
    """How well an anchor will serve: a label whose words mean this field, then any label, then the place; amounts stand at the end."""
    base = {Way.INSIDE: 2.0, Way.RIGHT: 2.0, Way.BELOW: 1.5, Way.PLACE: 0.0}[anchor.way]
    if anchor.way != Way.PLACE and anchor.label in _phrases(labels, _MEANINGS[anchor.field]):
        base += 1.0
    first_value = 0.3 if anchor.nth == 0 else 0.0
    page = spot.segment.page
    depth = (page.number + spot.segment.top / page.height) / 100
    return base + first_value + (depth if anchor.field in AMOUNTS else -depth)


def _phrases(labels: Labels, meanings: tuple[Meaning, ...]) -> set[str]:
    """The labels on the page with one of these meanings, as an anchor would write them."""
    return {
        " ".join(word for word, start, end in one.segment.tokens if one.start <= start and end <= one.end) for one in labels.of(*meanings)
    }
