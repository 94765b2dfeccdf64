"""Step 2: find the labels, and walk from a label to what it announces.

A phrase of several words beats a shorter one that begins at the same place; words that are part of a found label start no other one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from application.recognition.misread import mended
from application.recognition.vocabulary import Meaning, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from application.recognition.layout import Layout, Segment

CLOSENESS_RIGHT = 0.95
CLOSENESS_BESIDE = 0.87
CLOSENESS_BELOW = 0.8
CLOSENESS_ABOVE = 0.7
"""How much an answer is believed by where it stands; 1.0 is in the label's own segment."""
FURTHER = 0.08
"""What each segment further away costs."""
SENTENCE, IN_A_SENTENCE = 55, 0.75
"""In characters: longer text is a sentence, in which a label is often only mentioned."""
COLUMNS = 3
"""So many labels beside each other are the head of a table."""
SHORTEST_DATE_WORD = 3
"""Letters: `le`, `vom`, `dd`."""
ONE_COLUMN = 6.0
"""In points: a value and the caption under it begin at the same edge."""
_GLUE = " :.-/|)#"
"""What may stand between a label and its value."""

_ALSO = re.compile(r"\s*[/&|]\s*")
"""Between two labels for one value."""

HEADINGS = (Meaning.BUYER, Meaning.SELLER, Meaning.DELIVERY, Meaning.NAME, Meaning.PLAIN_NUMBER)
"""Everyday words, which announce something only at the head of their segment."""

_LONGEST: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
for _words, _meaning in sorted(phrases().items(), key=lambda entry: -len(entry[0])):
    _LONGEST.setdefault(_words[0], []).append((_words, _meaning))


class Label(NamedTuple):
    """A phrase on the page; `start` and `end` count characters of the segment's text."""

    meaning: Meaning
    segment: Segment
    start: int
    end: int
    words: int

    @property
    def weight(self) -> float:
        """Less than 1 inside a running sentence."""
        return 1.0 if self.start <= 1 or len(self.segment.text) < SENTENCE else IN_A_SENTENCE


class Answer(NamedTuple):
    """Text a label may announce: `segment.text[start:end]`."""

    segment: Segment
    start: int
    end: int
    closeness: float

    @property
    def text(self) -> str:
        """The text itself."""
        return self.segment.text[self.start : self.end]


class Labels:
    """The labels of a document by meaning and by segment."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._by_segment: dict[int, list[Label]] = {}
        self._by_meaning: dict[Meaning, list[Label]] = {meaning: [] for meaning in Meaning}
        for segment in layout.segments:
            if found := list(_labels_in(segment)):
                self._by_segment[id(segment)] = found
                for label in found:
                    self._by_meaning[label.meaning].append(label)

    def of(self, *meanings: Meaning) -> list[Label]:
        """The labels with one of these meanings, in reading order within each."""
        return [label for meaning in meanings for label in self._by_meaning[meaning]]

    def inside(self, segment: Segment) -> list[Label]:
        """The labels in one segment, from left to right."""
        return self._by_segment.get(id(segment), [])

    def means(self, segment: Segment, *meanings: Meaning) -> bool:
        """Whether the segment holds a label with one of these meanings."""
        return any(label.meaning in meanings for label in self.inside(segment))

    def answers(self, label: Label, *, below: bool = True) -> Iterator[Answer]:
        """Where the eye goes from a label: the rest of its segment, then to the right, then below. It stops at what has its own label."""
        segment = label.segment
        rest = self._rest(label)
        if rest.start < rest.end:
            yield rest
        right = self.layout.right_of(segment)[:4]
        for distance, other in enumerate(right):
            if self._labelled(other):
                break
            yield _whole(other, CLOSENESS_RIGHT - FURTHER * distance)
        if not right and rest.start >= rest.end and label.start <= 1:
            yield from (_whole(other, CLOSENESS_BESIDE) for other in self._beside(segment))
        if below and len(segment.text) < SENTENCE:
            under = list(self.layout.below(segment)) or self._in_its_place(segment)
            for distance, other in enumerate(under):
                if distance > 1 or self._labelled(other):
                    break
                yield self._part(other, segment, CLOSENESS_BELOW - FURTHER * distance)
            for other in self._captioned(segment):
                yield self._part(other, segment, CLOSENESS_ABOVE)

    def _beside(self, segment: Segment) -> list[Segment]:
        """The value half a row higher or lower, unless there is one right under the label, at the same edge."""
        under = next(self.layout.below(segment, 1.0), None)
        if under is not None and abs(under.left - segment.left) < ONE_COLUMN and not self._labelled(under):
            return []
        return [other for other in self.layout.beside(segment)[:1] if not self._labelled(other)]

    def _in_its_place(self, segment: Segment) -> list[Segment]:
        """The value in the same place of the row of values under a row of at least three labels, however they are aligned."""
        rows = self.layout.rows
        heads, under = rows[segment.row], rows[segment.row + 1] if segment.row + 1 < len(rows) else []
        paired = COLUMNS <= len(heads) == len(under) and under[0].page is segment.page and not any(self._labelled(one) for one in under)
        return [under[heads.index(segment)]] if paired and under[0].top - segment.bottom < 2 * segment.height else []

    def _captioned(self, caption: Segment) -> Iterator[Segment]:
        """The value above its caption, in a row of nothing but captions under a row of nothing but values."""
        row, above = self.layout.rows[caption.row], self.layout.rows[caption.row - 1] if caption.row else []
        if len(row) == 1 or not all(self._labelled(one) for one in row) or not above or above[0].page is not caption.page:
            return
        if any(self.inside(one) for one in above) or caption.top - above[0].bottom > caption.height:
            return
        yield from (one for one in above if one.left < caption.left + ONE_COLUMN and one.right > caption.left)

    def _part(self, other: Segment, label: Segment, closeness: float) -> Answer:
        """What of a row of values that were set too tight to be told apart stands in the column of this label."""
        heads = self.layout.rows[label.row]
        ends = min((head.left for head in heads if head.left > label.left), default=float("inf"))
        if len(heads) < COLUMNS or (other.left > label.left - ONE_COLUMN and other.right < ends + ONE_COLUMN):
            return _whole(other, closeness)
        start, position = None, 0
        for word in other.words:
            if start is None and abs(word.box.left - label.left) < ONE_COLUMN:
                start = position
            elif start is not None and word.box.left > ends - ONE_COLUMN:
                return Answer(other, start, position - 1, closeness)
            position += len(word.text) + 1
        return _whole(other, closeness) if start is None else Answer(other, start, len(other.text), closeness)

    def _rest(self, label: Label) -> Answer:
        """What follows in the label's own segment, up to the next label that means something else."""
        passing = (label.meaning, Meaning.PLAIN_DATE, Meaning.PLAIN_NUMBER, Meaning.SUM)
        start, following = label.end, []
        for other in self.inside(label.segment):
            if other.start >= label.end and _ALSO.fullmatch(label.segment.folded, start, other.start):
                start = other.end  # `Invoice date / Delivery date 12 Aug 2026`
            elif other.start >= start and other.meaning not in passing:
                following.append(other)
        end = following[0].start if following else len(label.segment.text)
        while start < end and label.segment.text[start] in _GLUE:
            start += 1
        return Answer(label.segment, start, end, 1.0)

    def _labelled(self, segment: Segment) -> bool:
        labels = self.inside(segment)
        return bool(labels) and labels[0].start <= 1 and labels[0].meaning is not Meaning.SUM


def _whole(segment: Segment, closeness: float) -> Answer:
    start = len(segment.text) - len(segment.text.lstrip(_GLUE))
    return Answer(segment, start, len(segment.text), closeness)


def _is_heading(label: Label) -> bool:
    """Whether the label begins its segment and, being one word, is followed by nothing, by a colon or (a number) by digits."""
    if label.start > 1:
        return False
    rest = label.segment.text[label.end :].lstrip(" .")
    return label.words > 1 or not rest or rest[0] in ":#/" or (label.meaning is Meaning.PLAIN_NUMBER and any(map(str.isdigit, rest)))


def _is_article(label: Label) -> bool:
    """`Le` and `vom` announce a date where one follows; elsewhere they are words of a name or a sentence."""
    if label.meaning is not Meaning.PLAIN_DATE or label.end - label.start > SHORTEST_DATE_WORD:
        return False
    rest = label.segment.text[label.end :].lstrip(" .:,")
    return bool(rest) and not rest[0].isdigit()


def _labels_in(segment: Segment) -> Iterator[Label]:
    words = mended(segment.tokens) if segment.by_ocr else segment.tokens
    index = 0
    while index < len(words):
        found = _phrase_at(words, index)
        if found is None or _continued(words, index, len(found[0])):
            index += 1
            continue
        phrase, meaning = found
        label = Label(meaning, segment, words[index][1], words[index + len(phrase) - 1][2], len(phrase))
        if (meaning not in HEADINGS or _is_heading(label)) and not _is_article(label):
            yield label
        index += len(phrase)


def _phrase_at(words: list[tuple[str, int, int]], index: int) -> tuple[tuple[str, ...], Meaning] | None:
    """The longest phrase that begins with this word."""
    for phrase, meaning in _LONGEST.get(words[index][0], ()):
        if len(phrase) == 1 or tuple(word[0] for word in words[index : index + len(phrase)]) == phrase:
            return phrase, meaning
    return None


def _continued(words: list[tuple[str, int, int]], index: int, length: int) -> bool:
    """Whether a phrase at least as long begins inside this one and goes on behind it: `bedrag te betalen` in `bedrag te betalen voor`."""
    for inner in range(index + 1, index + length):
        found = _phrase_at(words, inner)
        if found is not None and inner + len(found[0]) > index + length and len(found[0]) >= length:
            return True
    return False
