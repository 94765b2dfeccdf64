"""Step 4: the dates of issue and payment, and the number of the invoice: what labels announce."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from application.recognition.dates import PrintedDate, find_dates, month_comes_first
from application.recognition.found import Found, best
from application.recognition.numbers import find_amounts
from application.recognition.sentences import asks_for_payment, earns_discount
from application.recognition.vocabulary import Meaning
from domain.vat_number import parse_vat_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from application.recognition.labels import Answer, Label, Labels
    from application.recognition.layout import Segment

NEAR = 25
"""In characters: a date further into the text after its label belongs to something else."""
SURE, LIKELY, GUESS = 0.95, 0.82, 0.4
"""A label that says exactly this; one that says it in passing; no label at all."""
IN_SENTENCE = 0.74
"""A date in a sentence about paying."""
DATELINE = 0.75
"""A place before a date: where and when a letter was written."""
CREDITED = 0.75
"""What the invoice a credit note corrects is worth as the number of the credit note."""
LETTER = 0.5
"""Share of the height of a page: a letter is dated above its text."""
CAPTION = 120.0
"""In points: how far a value stands from the words that say what it is."""
UNDECIDED = 0.85
"""What a date is worth when day and month could be exchanged and the document writes English."""

_TITLES = (Meaning.TITLE, Meaning.CREDIT_TITLE, Meaning.SELF_BILLED_TITLE)
_NUMBERS = (Meaning.NUMBER, Meaning.CREDIT_NUMBER)
_DATES = (Meaning.ISSUE_DATE, Meaning.PLAIN_DATE, Meaning.DUE_DATE)
_NUMBER = re.compile(
    r"(?:o\b\s*)?(?:\(\d{3}\)\s*)?"
    r"(?:(?:selbst ausgestellte rechnung\)\s*)?[/|\s]*(?:nummer|number|numero|num|nr|no|n|folio)\b[.o]?[\s:.#-]*)?[#:\s]*"
    r"(?P<value>(?:[a-z]{1,4}[\s.-]?)?(?:\d{2,6}(?:\s\d{2,6}){1,4}|\d(?:\s\d{3}){2,3}|\d{2,6}\s-\s\d{2,6})(?=\s*$)"
    r"|(?!(?:date|datum|dd|page|pagina|van|du|vom|of)\b)(?:[a-z]{1,6}(?:[\s.-]{1,2}|\s-\s)(?=\d))?[a-z0-9_][\w./#-]*(?:\s?/\s?\d[\w/.-]*)*)",
)
_MARKED = re.compile(r"\b(?:nummer|number|numero|nr|no)\b[\s.:#-]*(?P<value>[a-z0-9_][\w./#-]*)")
_DATELINE = re.compile(r"[^\W\d_][^\d,]{1,25},\s*(?:le|den|op)?\s*")
"""`Gent, ` or `Liège, le ` before a date."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_IBAN_START = re.compile(r"[a-z]{2}\d\d ?\d{4} ?\d{4}")
_IDENTIFIER = re.compile(r"[a-z]{2}\d{2}[\d.]{8,}")
_SHORTEST_UNDER_TITLE = 3
_CODE = re.compile(r"(?=(?:\D*\d){3})[a-z]{0,5}[-_/. ]?\d[\w./-]*")
""" `CM-2026-0044`, `2026/118`, `F26-0012`."""
UNDER_TITLE = 0.6
"""What looks like a number under the title: nothing says that it is one."""


class Calendar:
    """All dates of a document, read with the one order of day and month that fits them all."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.texts = [segment.text for segment in labels.layout.segments if segment.has_digits]
        self.month_first = month_comes_first(self.texts)

    def issue_date(self) -> Found | None:
        """The date of the invoice: announced, or beside its title; else the first date on the first page that nothing else claims."""
        candidates = list(self._announced(SURE, Meaning.ISSUE_DATE))
        candidates += self._announced(LIKELY, *_TITLES, *_NUMBERS, below=False)
        candidates += self._announced(LIKELY, Meaning.PLAIN_DATE)
        return best(candidates) or self._unclaimed()

    def due_date(self) -> Found | None:
        """The day it must be paid; the last one, where paying earlier earns a discount."""
        return best([*self._announced(SURE, Meaning.DUE_DATE), *self._asked_for()])

    def _asked_for(self) -> Iterator[Found]:
        """`Wij danken u om vóór 3 juli te betalen`: the date in a sentence that asks for money, or says when it will be taken."""
        for segment in self.labels.layout.segments:
            if segment.has_digits and len(segment.text) > NEAR:
                rows = self.labels.layout.rows
                above = rows[segment.row - 1][-1].folded if segment.row else ""
                below = rows[segment.row + 1][0].folded if segment.row + 1 < len(rows) else ""
                for printed in find_dates(segment.text, month_first=self.month_first):
                    if asks_for_payment(segment.folded, printed.start, above, below):
                        yield self._found(printed, segment, 0, IN_SENTENCE, "sentence")

    def _announced(self, sure: float, *meanings: Meaning, below: bool = True) -> Iterator[Found]:
        for label in self.labels.of(*meanings):
            if _in_passing(label, self.labels):
                continue
            for answer in self.labels.answers(label, below=below):
                near = [printed for printed in find_dates(answer.text, month_first=self.month_first) if printed.start <= NEAR]
                if label.meaning is Meaning.DUE_DATE:
                    near = [printed for printed in near if not earns_discount(answer.segment.folded, answer.start + printed.start)]
                if near:
                    yield self._found(near[0], answer.segment, answer.start, sure * answer.closeness * _weight(label, self.labels), "label")
                    break

    def _unclaimed(self) -> Found | None:
        others = self.labels.of(Meaning.DUE_DATE, Meaning.OTHER, Meaning.OTHER_TITLE)
        answered = [(label, next((answer for answer in self.labels.answers(label) if answer.segment.has_digits), None)) for label in others]
        claimed = {id(answer.segment) for label, answer in answered if answer is not None and answer.segment is not label.segment}
        free: list[Found] = []
        captioned: list[Found] = []
        for segment in self.labels.layout.segments:
            if segment.page.number > 1 or id(segment) in claimed or len(segment.text) > 3 * NEAR:
                continue
            bare = all(label.meaning is Meaning.PLAIN_DATE for label in self.labels.inside(segment)) and len(segment.text) < 2 * NEAR
            for printed in find_dates(segment.text, month_first=self.month_first):
                place = _DATELINE.fullmatch(self._before(segment) + segment.text[: printed.start])
                if place and segment.top < LETTER * segment.page.height:
                    return self._found(printed, segment, 0, DATELINE, "position")
                if bare and not printed.packed:
                    (captioned if self._captioned(segment) else free).append(self._found(printed, segment, 0, GUESS, "position"))
        on_one_day = len({found.value for found in captioned}) == 1
        return next(iter(free or (captioned if on_one_day else [])), None)

    def _captioned(self, segment: Segment) -> bool:
        """Whether words right before it say what it is, even if we do not know them."""
        before = self._before(segment)
        return bool(before) and not any(map(str.isdigit, before))

    def _before(self, segment: Segment) -> str:
        """The words that stand right before it on its row, unless they are about the invoice itself."""
        row = self.labels.layout.rows[segment.row]
        before = [other for other in row if other.right <= segment.left and segment.left - other.right < CAPTION]
        return f"{before[-1].text} " if before and not self.labels.means(before[-1], *_TITLES, *_NUMBERS, *_DATES) else ""

    def _found(self, printed: PrintedDate, segment: Segment, offset: int, confidence: float, source: str) -> Found:
        doubtful = printed.ambiguous and not self.month_first and "$" in "".join(self.texts)
        sure = confidence * (UNDECIDED if doubtful else 1)
        return Found(printed.value.isoformat(), sure, source, segment, offset + printed.start, offset + printed.end)


def invoice_number(labels: Labels) -> Found | None:
    """The number the issuer gave: announced by a label, or right behind the word invoice."""
    candidates = []
    for label in labels.of(*_NUMBERS, *_TITLES, Meaning.PLAIN_NUMBER):
        titled = label.meaning not in _NUMBERS
        if titled and _in_passing(label, labels):
            continue
        for answer in labels.answers(label, below=not titled or _is_caption(label, labels)):
            found = _number_in(answer, _weight(label, labels), titled=titled)
            if found is not None:
                candidates.append(found)
                break
    return best(candidates) or _under_title(labels)


def _under_title(labels: Labels) -> Found | None:
    """What looks like a number and stands alone right under (or beside) the title, where no label announces one."""
    for title in labels.of(*_TITLES):
        segment = title.segment
        if title.start > 1 or len(segment.text) > title.end + 2:
            continue
        for other in (*labels.layout.below(segment, 1.5), *labels.layout.right_of(segment)):
            if not labels.inside(other) and _CODE.fullmatch(other.folded) and _numberlike(other.text, titled=True):
                return Found(other.text, UNDER_TITLE, "position", other, 0, len(other.text))
    return None


def _number_in(answer: Answer, weight: float, *, titled: bool) -> Found | None:
    folded = answer.segment.folded[answer.start : answer.end]
    match = _NUMBER.match(folded)
    if titled and not (match and any(map(str.isdigit, match["value"]))):
        match = _MARKED.search(folded)
    if match is None:
        return None
    start, end = match.span("value")
    while end > start and folded[end - 1] in ".-/_#,":
        end -= 1
    value = answer.text[start:end]
    if _IBAN_START.match(folded, start) or not _numberlike(value, titled=titled):
        return None
    sure = (LIKELY if titled else SURE) * answer.closeness * weight
    return Found(value, sure, "label", answer.segment, answer.start + start, answer.start + end)


def _numberlike(value: str, *, titled: bool) -> bool:
    """A value with a digit that is no date, amount, VAT number or account."""
    if not any(map(str.isdigit, value)) or _IDENTIFIER.fullmatch(value.lower()):
        return False
    if titled and (len(value) < _SHORTEST_UNDER_TITLE or _YEAR.fullmatch(value)):
        return False
    if parse_vat_number(value) and ("." in value or not value[0].isdigit()):
        return False
    dates = [printed for printed in find_dates(value) if not printed.packed and printed.end - printed.start >= len(value) - 1]
    amounts = [amount for amount in find_amounts(value) if "," in value and amount.end - amount.start == len(value)]
    return not dates and not amounts


def _is_caption(label: Label, labels: Labels) -> bool:
    """`Nummer` or `Factuur` next to `Datum`: the head of a row of values below; or `Invoice #`."""
    if label.segment.text[label.end :].strip(" .:") == "#":
        return True
    alone = label.start <= 1 and len(label.segment.text) <= label.end + 2
    return alone and any(labels.means(other, *_DATES) for other in labels.layout.rows[label.segment.row])


def _weight(label: Label, labels: Labels) -> float:
    """A credit note names the invoice it corrects: there, the number and the date beside the word invoice are likely not its own."""
    corrects = labels.of(Meaning.CREDIT_TITLE, Meaning.CREDIT_NUMBER) and label.meaning in (Meaning.NUMBER, Meaning.TITLE)
    return label.weight * (CREDITED if corrects else 1.0)


def _in_passing(label: Label, labels: Labels) -> bool:
    """A short word in the middle of a sentence announces nothing; but a date may follow the title in its own row."""
    if label.start <= 1 or label.words > 1:
        return False
    if label.meaning is Meaning.PLAIN_DATE:
        first = labels.inside(label.segment)[0]
        return not (first.start <= 1 and first.meaning in (*_TITLES, *_NUMBERS))
    return label.meaning in _TITLES
