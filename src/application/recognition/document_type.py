"""Step 8: invoice (380), credit note (381), self-billed invoice (389) or none of these, and the currency."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from application.recognition.found import Found
from application.recognition.numbers import CURRENCIES
from application.recognition.vocabulary import Meaning

if TYPE_CHECKING:
    from application.recognition.labels import Label, Labels
    from application.recognition.layout import Segment

ASSUMED = 0.6
"""How sure that is what nothing says and everybody expects."""
EURO = "EUR"
EURO_COUNTRIES = frozenset("AT BE BG CY DE EE EL ES FI FR HR IE IT LT LU LV MT NL PT SI SK".split())  # noqa: SIM905 - a list of codes
INVOICE, CREDIT_NOTE, SELF_BILLED = "380", "381", "389"
_KINDS = (((Meaning.SELF_BILLED_TITLE,), SELF_BILLED), ((Meaning.CREDIT_TITLE, Meaning.CREDIT_NUMBER), CREDIT_NOTE))
_REMINDER = re.compile(
    r"herinnering|aanmaning|ingebreke|rappel|mise en demeure|reminder|mahnung|geen factuur|pas une facture|not an invoice|keine rechnung"
)
WORDS_OF_A_MENTION = 4
"""`Uitgereikt door de afnemer`: fewer words may be about something else."""
_SIGNS = "".join(sign for sign in CURRENCIES if len(sign) == 1)
_CODES = {name for name in CURRENCIES if name.isalpha()} | {"euros"}


def document_type(labels: Labels, *, negative: bool, total: Found | None) -> Found | None:
    """What the document calls itself; a negative total makes an invoice a credit note. None for a reminder, an offer or an order."""
    for meanings, code in _KINDS:
        titles = [label for label in labels.of(*meanings) if _is_title(label) or (code == SELF_BILLED and _is_mention(labels, label))]
        if titles:
            return _found(code, 0.9, titles[0])
    if negative and total is not None:
        return total._replace(value=CREDIT_NOTE, confidence=0.8, source="arithmetic")
    titles = [label for label in labels.of(Meaning.TITLE, Meaning.NUMBER, Meaning.ISSUE_DATE) if _is_title(label)]
    if _is_something_else(labels, titles):
        return None
    if titles:
        return _found(INVOICE, 0.9, titles[0])
    return total._replace(value=INVOICE, confidence=ASSUMED, source="assumed") if total else None


def currency(labels: Labels, issuer: Found | None) -> Found | None:
    """The currency most of the amounts are in; a code counts as much as a sign. Without either, that of the issuer's country."""
    counted: Counter[str] = Counter()
    first: dict[str, Found] = {}
    for segment in labels.layout.segments:
        for code, start, end in _currencies_in(segment):
            counted[code] += 1
            first.setdefault(code, Found(code, 0.95, "label", segment, start, end))
    if not counted:
        in_euro = issuer is not None and issuer.value[:2] in EURO_COUNTRIES
        return issuer._replace(value=EURO, confidence=ASSUMED, source="assumed", end=issuer.start) if issuer and in_euro else None
    (code, most), *others = counted.most_common()
    return first[code] if not others or others[0][1] * 2 < most else first[code].surer(0.7)


def _currencies_in(segment: Segment) -> list[tuple[str, int, int]]:
    found = [(CURRENCIES[word], start, end) for word, start, end in segment.tokens if word in CURRENCIES]
    return found + [(CURRENCIES[sign], at, at + 1) for at, sign in enumerate(segment.text) if sign in _SIGNS]


def _is_something_else(labels: Labels, titles: list[Label]) -> bool:
    """Whether it calls itself a reminder, or, before it calls itself an invoice, an offer, an order or a statement."""
    others = [label for label in labels.of(Meaning.OTHER_TITLE) if _is_title(label) and not label.segment.text[label.end :].startswith(":")]
    invoices = [label.segment.row for label in titles if label.meaning is Meaning.TITLE]
    reminds = any(_REMINDER.search(label.segment.folded, label.start, label.end) for label in others)
    return reminds or any(label.segment.row < min(invoices, default=label.segment.row + 1) for label in others)


def _is_mention(labels: Labels, label: Label) -> bool:
    """What the law has written on a self-billed invoice stands anywhere; a word, behind the title: `Invoice (self-billing)`."""
    first = labels.inside(label.segment)[0]
    behind = _is_title(first) and first.meaning in (Meaning.TITLE, Meaning.CREDIT_TITLE)
    return behind or (label.start <= 1 and label.words >= WORDS_OF_A_MENTION)


def _is_title(label: Label) -> bool:
    """A title begins its segment, in the upper half of a page; in running text the word says nothing about this document."""
    segment = label.segment
    return label.start <= 1 and segment.top < 0.6 * segment.page.height and len(segment.text) < 80  # noqa: PLR2004 - characters


def _found(code: str, confidence: float, label: Label) -> Found:
    return Found(code, confidence, "label", label.segment, label.start, label.end)
