"""The table of items on an invoice: its head, whose words say what each column holds, and the rows below it.

A table comes from the page's words, put under the nearest head, or from its ruled cells (`ruled_table`), which say where
a cell ends.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from application.recognition.item_words import ADDS_UP, CARRIED, PLUS, Role, begins_with_sum, role_of
from application.recognition.layout import Segment
from application.recognition.text import fold
from application.recognition.vocabulary import Meaning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from application.recognition.labels import Labels
    from application.recognition.reading import Word

MOST_ROWS = 400
"""Rows below one head that are looked at."""
LEAST_COLUMNS = 2
MOST_WORDS_IN_HEADS = 14
NEAR = 1.6
"""In line heights: a row with a wider gap above it does not go on with the description of the row before."""
ALIGNED = 3.0
"""Points by which amounts of one column may end beside each other."""
_UNLIKELY = 40.0
"""Points that a number is away from a description in spirit, wherever it stands."""
MOST_SEGMENTS = 3
"""On a row of a list without a head: description, price, amount."""
SUMS = (Meaning.TOTAL, Meaning.SUM, Meaning.PAYABLE, Meaning.NET, Meaning.VAT)


_MONEY = frozenset({Role.AMOUNT, Role.PRICE})
_NUMBER = re.compile(r"[-+(]?[\d.,'’]*\d[\d.,'’]*[)%°\-]*|%|€|\$|£|EUR|USD|GBP")
_NUMERIC = re.compile(rf"(?:{_NUMBER.pattern})(?:\s(?:{_NUMBER.pattern}))*|[-+]?\d[\d.,]*\s?\w{{1,4}}\.?")
_NUMBER_GAP = 0.36
"""In line heights: between two numbers a gap is a column's before it is one between words; a blank between thousands is narrower."""
_THOUSANDS = re.compile(r"[-+(]?\d{1,3} \d{3}(?:[.,]\d\d)?\)?")
_WIDE_BLANK = 1.5
"""In digits."""


class Cells(NamedTuple):
    """One row under a head: the text of each column, `folded` all of it.

    `near`: it goes on right below the row before it. `sums`: it adds others up; `carried`: it may only bring their sum to the next page.
    """

    texts: tuple[str, ...]
    folded: str
    near: bool = True
    sums: bool = False
    carried: bool = False


class Table(NamedTuple):
    """The columns by what they hold, and the rows below the head, to the end of the document.

    `whole`: nothing says where the table begins but that all its rows are added up below it.
    """

    roles: tuple[Role, ...]
    rows: tuple[Cells, ...]
    whole: bool = False

    def column(self, role: Role) -> int | None:
        """The first column with this role."""
        return self.roles.index(role) if role in self.roles else None

    @property
    def amount_columns(self) -> list[int]:
        """Where the amounts of the items may stand, the likeliest first: from the right, those that say so before those that do not."""
        known = [place for place, role in enumerate(self.roles) if role is Role.AMOUNT]
        other = [place for place, role in enumerate(self.roles) if role in (Role.PRICE, Role.OTHER)]
        return known[::-1] + other[::-1]


def tables(labels: Labels) -> Iterator[Table]:
    """Every head on the pages with what stands below it; then the rows right above a sum, for lists without a head."""
    rows = labels.layout.rows
    for index, row in enumerate(rows):
        columns = _head(row)
        if columns:
            yield Table(tuple(role for role, _, _ in columns), tuple(_below(labels, index, columns)))
    for index, row in enumerate(rows):
        if _adds_up(labels, row) and any(segment.amounts for segment in row):
            yield from _above(labels, index)


def ruled_table(cells: Sequence[Sequence[str]]) -> Table | None:
    """A table of ruled cells, its head being one of its first rows; None when none of them says what the columns hold."""
    for index, head in enumerate(cells[:3]):
        roles = tuple(role_of(" ".join(text.split())) for text in head)
        if _is_head(roles):
            return Table(roles, tuple(_ruled(row) for row in cells[index + 1 :][:MOST_ROWS]))
    return None


def _ruled(texts: Sequence[str]) -> Cells:
    folded = fold(" ".join(" ".join(texts).split()))
    return Cells(tuple(texts), folded, sums=begins_with_sum(list(texts)), carried=CARRIED.fullmatch(folded) is not None)


def _is_head(roles: Sequence[Role]) -> bool:
    """Names of columns of which one holds money and another says of what."""
    named = {role for role in roles if role is not Role.OTHER}
    return len(named) >= LEAST_COLUMNS and bool(named & _MONEY) and bool(named & {Role.DESCRIPTION, Role.QUANTITY, Role.ARTICLE})


Column = tuple[Role, float, float]
"""Role, left and right edge of the head."""


def _head(row: Sequence[Segment]) -> list[Column]:
    """The columns a row announces; none when it is no head of a table."""
    found = [] if any(segment.amounts for segment in row) else [column for segment in row for column in _named(segment)]
    return found if _is_head([role for role, _, _ in found]) else []


def _named(segment: Segment) -> list[Column]:
    """One column, or several where narrow columns have grown together: as many as have a name each."""
    runs = _parted(tuple(word.text for word in segment.words))
    found, place = [], 0
    for role, count in runs or ((role_of(segment.text), len(segment.words)),):
        boxes = [word.box for word in segment.words[place : place + count]]
        found.append((role, boxes[0].left, boxes[-1].right))
        place += count
    return found


@lru_cache(maxsize=1024)
def _parted(words: tuple[str, ...], taken: frozenset[Role] = frozenset({Role.OTHER})) -> tuple[tuple[Role, int], ...]:
    """The words as names of different columns, as many as can be, each with its count of words; empty when they are not."""
    if len(words) > MOST_WORDS_IN_HEADS:
        return ()
    whole = role_of(" ".join(words))
    best: tuple[tuple[Role, int], ...] = () if whole in taken else ((whole, len(words)),)
    for size in range(1, len(words)):
        role = role_of(" ".join(words[:size]))
        if role in taken or PLUS.fullmatch(fold(words[size]).strip(" .:()")):
            continue
        rest = _parted(words[size:], taken | {role})
        if rest and len(rest) >= len(best):
            best = ((role, size), *rest)
    return best


def _below(labels: Labels, index: int, columns: Sequence[Column]) -> Iterator[Cells]:
    rows = labels.layout.rows
    previous = rows[index]
    for row in rows[index + 1 : index + 1 + MOST_ROWS]:
        if not _head(row):  # on the next page again
            yield _placed(labels, row, previous, columns)
        previous = row


def _above(labels: Labels, index: int) -> Iterator[Table]:
    """The lists that end right above a sum: a description at the left, an amount at the right; from each row that may be their first."""
    rows = labels.layout.rows
    columns: list[Column] = []
    behind: list[list[Segment]] = []
    for place in range(index - 1, max(index - MOST_ROWS, -1), -1):
        row = rows[place]
        last = row[-1]
        if last.page is not rows[index][0].page or len(row) > MOST_SEGMENTS or _adds_up(labels, row) or _head(row):
            return
        if not columns and len(row) > 1 and last.amounts:
            columns = [(Role.DESCRIPTION, row[0].left, row[0].right), (Role.AMOUNT, last.left, last.right)]
        aligned = bool(columns and last.amounts) and abs(last.right - columns[1][2]) < ALIGNED
        if not aligned and len(row) > 1:
            return
        behind.insert(0, row)
        if aligned:
            cells = [_placed(labels, one, before, columns) for before, one in pairwise([rows[max(place - 1, 0)], *behind])]
            yield Table((Role.DESCRIPTION, Role.AMOUNT), tuple(cells), whole=True)


def _placed(labels: Labels, row: Sequence[Segment], previous: Sequence[Segment], columns: Sequence[Column]) -> Cells:
    texts: list[list[str]] = [[] for _ in columns]
    for piece in (piece for segment in row for piece in _pieces(segment)):
        texts[_place(piece, columns)].append(piece.text)
    first, before = row[0], previous[0]
    folded = fold(" ".join(segment.text for segment in row))
    return Cells(
        texts=tuple(" ".join(one) for one in texts),
        folded=folded,
        near=first.page is before.page and first.top - before.bottom < NEAR * max(first.height, 6.0),
        sums=_adds_up(labels, row) or begins_with_sum([segment.text for segment in row]),
        carried=CARRIED.fullmatch(folded) is not None,
    )


def _adds_up(labels: Labels, row: Sequence[Segment]) -> bool:
    first = labels.inside(row[0])
    if first and first[0].start <= 1 and first[0].meaning in SUMS:
        return True
    return ADDS_UP.match(" ".join(segment.folded for segment in row)) is not None


def _pieces(segment: Segment) -> list[Segment]:
    """A segment cut between numbers that stand in columns of their own."""
    runs = [[segment.words[0]]]
    for word, following in pairwise(segment.words):
        if _stand_apart(word, following, segment.height):
            runs.append([])
        runs[-1].append(following)
    return [segment] if len(runs) == 1 else [Segment(run, segment.page, segment.row) for run in runs]


def _stand_apart(word: Word, following: Word, height: float) -> bool:
    """Whether two numbers are two; a blank between thousands is no wider than a digit."""
    if not (_NUMBER.fullmatch(word.text) and _NUMBER.fullmatch(following.text)):
        return False
    gap = following.box.left - word.box.right
    if _THOUSANDS.fullmatch(f"{word.text} {following.text}"):
        return gap > _WIDE_BLANK * (following.box.right - following.box.left) / len(following.text)
    return gap > _NUMBER_GAP * height


def _place(segment: Segment, columns: Sequence[Column]) -> int:
    """The column a segment belongs to: numbers are set to the right, to the left or in the middle of their head, words begin with it."""
    off = _apart if _NUMERIC.fullmatch(segment.text) else _off
    return min(range(len(columns)), key=lambda place: off(segment, columns[place]))


def _apart(segment: Segment, column: Column) -> float:
    role, left, right = column
    middle = abs((segment.left + segment.right) - (left + right)) / 2
    return min(abs(segment.right - right), abs(segment.left - left), middle) + (_UNLIKELY if role is Role.DESCRIPTION else 0.0)


def _off(segment: Segment, column: Column) -> float:
    """How far a text is from beginning where a column does; one that begins inside the head of a description belongs to it too."""
    role, left, right = column
    inside = role is Role.DESCRIPTION and min(segment.right, right) > max(segment.left, left)
    off = 0.0 if inside else min(abs(segment.left - left), abs(segment.right - right))
    return off + (0.0 if role in (Role.DESCRIPTION, Role.ARTICLE) else _UNLIKELY / 3)
