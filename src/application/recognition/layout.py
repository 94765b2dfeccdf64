"""Step 1: from words to rows, and from rows to segments: runs of words with no column gap between them.

A label and its value, a table cell, a line of an address: each is one segment. The later steps walk from segment to segment:
`right_of` and `below` are the two ways a reader's eye goes from a label to its value.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from application.recognition.numbers import Amount, find_amounts
from application.recognition.reading import Box
from application.recognition.text import fold, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from application.recognition.reading import Page, Word

COLUMN_GAP = 1.0
"""In line heights: a wider gap between two words separates two segments."""
SAME_ROW = 0.42
"""In line heights: bold and plain print on one row differ by less, two rows of a narrow list by more."""
SAME_LINE = 0.5
"""In points: the middles of words that were set as one line differ by less."""
OVERLAP = 0.35
"""In line heights: what stands beside something half a row higher or lower overlaps it by more."""
SMALLEST_GAP = 6.0
"""In points: tiny print has wide spaces."""
REACH_BELOW = 3.2
"""In line heights: how far under its label a value may stand."""


class Segment:
    """A run of words on one row without a column gap. `folded` has the same length as `text`; `row` counts over the whole document.

    `by_ocr`: its page was read from a picture, so letters may be others, and boxes are only as high as their letters.
    """

    __slots__ = ("__dict__", "bottom", "by_ocr", "folded", "left", "page", "right", "row", "text", "top", "words")

    def __init__(self, words: Sequence[Word], page: Page, row: int, *, by_ocr: bool = False) -> None:
        self.words = words
        self.page = page
        self.row = row
        self.by_ocr = by_ocr
        self.text = " ".join([word.text for word in words])
        self.folded = fold(self.text)
        boxes = [word.box for word in words]
        self.left, self.right = boxes[0].left, max([box.right for box in boxes])
        self.top, self.bottom = min([box.top for box in boxes]), max([box.bottom for box in boxes])

    @cached_property
    def tokens(self) -> list[tuple[str, int, int]]:
        """The folded words with their positions in `text`."""
        return tokens(self.folded)

    @cached_property
    def has_digits(self) -> bool:
        """Only text with digits can hold a date, an amount or an identifier."""
        return any(map(str.isdigit, self.text))

    @cached_property
    def amounts(self) -> list[Amount]:
        """The amounts in the text."""
        return find_amounts(self.text) if self.has_digits else []

    @property
    def height(self) -> float:
        """Line height in points."""
        return self.bottom - self.top

    def box(self, start: int = 0, end: int | None = None) -> Box:
        """The rectangle around the words that hold the characters `start` to `end` of `text`."""
        end = len(self.text) if end is None else end
        touched, position = [], 0
        for word in self.words:
            if position < end and position + len(word.text) > start:
                touched.append(word.box)
            position += len(word.text) + 1
        touched = touched or [word.box for word in self.words]
        return Box(
            round(min(box.left for box in touched), 2),
            round(min(box.top for box in touched), 2),
            round(max(box.right for box in touched), 2),
            round(max(box.bottom for box in touched), 2),
        )


class Layout:
    """The rows of all pages, top to bottom, each a list of segments from left to right."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.rows: list[list[Segment]] = []
        for page in pages:
            by_ocr = any(word.confidence < 1 for word in page.words)
            for words in _rows(page.words):
                row = len(self.rows)
                self.rows.append([Segment(run, page, row, by_ocr=by_ocr) for run in _runs(words)])
        self.segments = [segment for row in self.rows for segment in row]

    def right_of(self, segment: Segment) -> list[Segment]:
        """What stands on the same row to the right, nearest first."""
        return [other for other in self.rows[segment.row] if other.left >= segment.right - 1]

    def beside(self, segment: Segment) -> list[Segment]:
        """What stands to the right on a row that is set half a row higher or lower, nearest first."""
        near = [
            row for row in self.rows[max(0, segment.row - 2) : segment.row + 3] if row[0].row != segment.row and row[0].page is segment.page
        ]
        found = [other for row in near for other in row if other.left >= segment.right - 1 and _overlap(other, segment) > OVERLAP]
        return sorted(found, key=attrgetter("left"))

    def below(self, segment: Segment, reach: float = REACH_BELOW) -> Iterator[Segment]:
        """What stands under the segment, overlapping it sideways, nearest first."""
        limit = segment.bottom + reach * max(segment.height, 8.0)
        for row in self.rows[segment.row + 1 :]:
            first = row[0]
            if first.page is not segment.page or first.top > limit:
                return
            for other in row:
                overlap = min(other.right, segment.right) - max(other.left, segment.left)
                if overlap > 0.25 * min(other.right - other.left, segment.right - segment.left) and other.top > segment.top + 1:
                    yield other


def _rows(words: Iterable[Word]) -> list[list[Word]]:
    """Words whose middles lie at the same height, from left to right. The tallest word of a row says where its middle is."""
    rows: list[tuple[float, float, list[Word]]] = []
    for line in _lines(words):
        middle, height = _middle(line[0]), _height(line[0])
        at, (known, known_height, row) = min(
            enumerate(rows[-4:], start=max(0, len(rows) - 4)), key=lambda each: abs(middle - each[1][0]), default=(0, (0.0, 0.0, []))
        )
        if row and abs(middle - known) < max(2.5, SAME_ROW * min(height, known_height)):
            taller = height > known_height
            rows[at] = (middle if taller else known, max(height, known_height), [*row, *line])
        else:
            rows.append((middle, height, line))
    return [sorted(row, key=_left) for _, _, row in rows]


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words of one size whose middles lie at exactly the same height: they are never put on two rows."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=_middle):
        for line in lines[-3:]:
            if _middle(word) - _middle(line[0]) < SAME_LINE and abs(_height(word) - _height(line[0])) < SAME_LINE:
                line.append(word)
                break
        else:
            lines.append([word])
    return lines


def _runs(row: list[Word]) -> list[list[Word]]:
    """A row cut where the gap is as wide as a column's."""
    runs = [[row[0]]]
    for word, following in pairwise(row):
        a, b = word.box, following.box
        if b.left - a.right > max(SMALLEST_GAP, COLUMN_GAP * min(a.bottom - a.top, b.bottom - b.top)):
            runs.append([])
        runs[-1].append(following)
    return runs


def _middle(word: Word) -> float:
    return (word.box.top + word.box.bottom) / 2


def _height(word: Word) -> float:
    return word.box.bottom - word.box.top


def _overlap(one: Segment, other: Segment) -> float:
    """How much of the lower of two lines stands at the height of the other."""
    return (min(one.bottom, other.bottom) - max(one.top, other.top)) / max(1.0, min(one.height, other.height))


_left = attrgetter("box.left")
