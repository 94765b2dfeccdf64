"""Step 3: numbers that prove themselves by their check digits: VAT numbers, IBANs, structured communications and creditor references.

A well-formed number with wrong check digits is kept where a label announces it, at a confidence that says so: people mistype, and the
one who checks the invoice must see what is printed. Without a label it is nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from application.recognition.dates import find_dates
from application.recognition.found import Found
from application.recognition.vocabulary import Meaning
from domain.eu_vat_formats import EU_VAT_FORMATS
from domain.iban import IBAN_LENGTHS, parse_iban
from domain.structured_communication import parse_creditor_reference, parse_structured_communication
from domain.vat_number import parse_vat_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from application.recognition.labels import Labels
    from application.recognition.layout import Segment

_VAT_LABELS = (Meaning.VAT_NUMBER, Meaning.BUYER_VAT_NUMBER)
_BELGIAN = re.compile(r"(?<![\dA-Z.])(?P<prefix>BE[\s.:-]{0,3})?(?P<digits>[01]?\d{3}[\s.-]?\d{3}[\s.-]?\d{3})(?![\d]|[.,-]\d)")
_FOREIGN = re.compile(
    rf"(?<![A-Z0-9])(?P<country>{'|'.join(sorted((set(EU_VAT_FORMATS) | {'GR', 'GB', 'CHE'}) - {'BE'}))})"
    r"[\s.:-]{0,2}(?P<number>[0-9A-Z][0-9A-Z .-]{5,15}[0-9A-Z])(?![0-9A-Z])"
)
_OUTSIDE_EU = {"GB": r"\d{9}(?:\d{3})?|(?:GD|HA)\d{3}", "CHE": r"\d{9}(?:MWST|TVA|IVA)?"}
_IBAN = re.compile(r"(?<![A-Z0-9])([A-Z]{2})\s?(\d\d)((?:[\s.-]?[A-Z0-9]{1,4}){3,9})")
_COMMUNICATION = re.compile(
    r"(?P<frame>[+*]{3})?\s?(?<!\d)(?P<digits>\d{3}\s?/?\s?\d{4}\s?/?\s?\d{5})(?!\d|/\d)\s?(?P=frame)?|(?<!\d)(?P<bare>\d{12})(?!\d)"
)
_SENTENCE = re.compile(r"[.;]\s+(?=[A-ZÀ-Ý(])|\s[·|•–—-]\s|\s\(|\)\s?")
"""Where, in the small print, something else begins."""
_CREDITOR = re.compile(r"(?<![A-Z0-9])RF\d\d(?:\s?[A-Z0-9]{1,4}){1,6}")

LONGEST_REFERENCE = 35
"""Characters of remittance information that a structured reference may have."""
SAME_EDGE = 2.0
"""In points: the next line of a paragraph begins, ends or is centred within this."""
BUYERS = 0.3
"""What an account is worth as the issuer's that the text calls the buyer's: it is debited from, or paid back to."""
FREE = 0.75
"""A reference without check digits, announced."""
CHECKED, PLAIN, MISTYPED = 0.97, 0.8, 0.5
"""Proved and announced (by a label or its own prefix); proved only; announced but with wrong check digits."""


def vat_numbers(labels: Labels) -> list[Found]:
    """Every VAT and enterprise number, compact with its country; the same number can stand in several places."""
    found: list[Found] = []
    for segment in _with_digits(labels):
        announced = labels.means(segment, *_VAT_LABELS, Meaning.VAT) or _announced_from_elsewhere(labels, segment, *_VAT_LABELS)
        found += _belgian(segment, announced=announced)
        found += _foreign(segment, announced=announced)
    return found


def ibans(labels: Labels) -> list[Found]:
    """Every IBAN, compact; one that the text calls the buyer's own is hardly believed."""
    found: list[Found] = []
    for segment in _with_digits(labels):
        named = "iban" in segment.folded or labels.means(segment, Meaning.IBAN)
        announced = named or _announced_from_elsewhere(labels, segment, Meaning.IBAN)
        others = not named and _announced_from_elsewhere(labels, segment, Meaning.BUYER_ACCOUNT)
        found += [
            one.surer(BUYERS) if (others and not segment.text[: one.start].strip()) or _is_another_account(labels, one) else one
            for one in _ibans_in(segment, _continuation(labels, segment, named=named), announced=announced)
        ]
    return found


def _continuation(labels: Labels, segment: Segment, *, named: bool) -> str:
    """What follows to the right of a gap; or the line below at the same edge, on which a number that did not fit goes on."""
    right = labels.layout.right_of(segment)
    if right and right[0].by_ocr and right[0].text[0].isdigit():
        return right[0].text
    if not named:
        return ""
    under = next(labels.layout.below(segment, 1.0), None)
    if under is None or not under.text[0].isdigit():
        return ""
    middle = (under.left + under.right - segment.left - segment.right) / 2
    edges = abs(under.left - segment.left), abs(under.right - segment.right), abs(middle)
    return under.text if min(edges) < SAME_EDGE else ""


def _is_another_account(labels: Labels, found: Found) -> bool:
    """Whether the words around it in its own sentence say that it is the buyer's account, or one for other people's money."""
    text, start = found.segment.text, found.start
    begins = max((match.end() for match in _SENTENCE.finditer(text, 0, start)), default=0)
    following = _SENTENCE.search(text, found.end)
    ends = following.start() if following else len(text)
    return any(label.meaning is Meaning.BUYER_ACCOUNT and begins <= label.start < ends for label in labels.inside(found.segment))


def _ibans_in(segment: Segment, continued: str, *, announced: bool) -> Iterator[Found]:
    text, position = f"{segment.text} {continued}".strip().upper(), 0
    while match := _IBAN.search(text, position):
        position = match.start() + 1  # `BTW BE 0403.019.261 IBAN BE68 …` and `binnen de 14 dagen op BE68 …` begin like one, too
        compact = re.sub(r"[\s.-]", "", match.group())
        length = IBAN_LENGTHS.get(compact[:2], 0)
        if not length or len(compact) < length:
            continue
        value, end = compact[:length], _end_of(match.group(), length) + match.start()
        proved = parse_iban(value) is not None
        if proved or (announced and len(compact) == length and not value[4:].isalpha()):
            sure = MISTYPED - 0.1 if not proved else CHECKED if announced else PLAIN + 0.1
            yield Found(value, sure, "checksum" if proved else "label", segment, match.start(), min(end, len(segment.text)))
            position = end


def payment_references(labels: Labels) -> list[Found]:
    """Structured communications (twelve digits), creditor references (RF…), and what else a label tells to put with the payment."""
    found = list(_free_references(labels))
    for segment in _with_digits(labels):
        announced = labels.means(segment, Meaning.REFERENCE)
        for match in _COMMUNICATION.finditer(segment.text):
            slashed = match["digits"] and (match["frame"] or "/" in match["digits"])
            digits = parse_structured_communication(match["digits"] or match["bare"])
            if digits and (slashed or announced):
                found.append(Found(digits, CHECKED + 0.01 if slashed else PLAIN, "checksum", segment, match.start(), match.end()))
        found += [
            Found(reference, CHECKED, "checksum", segment, match.start(), match.end())
            for match in _CREDITOR.finditer(segment.text)
            if (reference := parse_creditor_reference(match.group()))
        ]
    return found


def _free_references(labels: Labels) -> Iterator[Found]:
    for label in labels.of(Meaning.REFERENCE):
        for answer in labels.answers(label, below=False):
            text = answer.text.strip().rstrip(".,;")
            if text and len(text) <= LONGEST_REFERENCE and any(map(str.isdigit, text)) and not find_dates(text):
                yield Found(text, FREE * label.weight * answer.closeness, "label", answer.segment, answer.start, answer.end)
                break


def _belgian(segment: Segment, *, announced: bool) -> Iterator[Found]:
    for match in _BELGIAN.finditer(segment.text.upper()):
        value = parse_vat_number(match["digits"])
        if value is not None and (announced or match["prefix"] or match["digits"].count(".") == 2):  # noqa: PLR2004 - 0123.456.789
            sure = CHECKED if match["prefix"] or announced else PLAIN
            yield Found(value, sure, "checksum", segment, match.start(), match.end())
        elif value is None and match["prefix"] and announced:
            digits = re.sub(r"\D", "", match["digits"]).zfill(10)
            yield Found(f"BE{digits}", MISTYPED, "label", segment, match.start(), match.end())


def _foreign(segment: Segment, *, announced: bool) -> Iterator[Found]:
    for match in _FOREIGN.finditer(segment.text.upper()):
        country, written = match["country"].replace("GR", "EL"), match["number"]
        pattern = _OUTSIDE_EU.get(country) or EU_VAT_FORMATS[country].pattern
        for length in _lengths(written):
            number = re.sub(r"[\s.-]", "", written[:length])
            if not re.fullmatch(pattern, number, re.ASCII):
                continue
            proved = country not in _OUTSIDE_EU and parse_vat_number(country + number) is not None
            if proved or announced:
                sure = (CHECKED if announced else PLAIN) if proved else MISTYPED
                source = "checksum" if proved else "label"
                yield Found(country + number, sure, source, segment, match.start(), match.start("number") + length)
            break


def _lengths(written: str) -> list[int]:
    """Where a number that may be followed by other words can end: longest first, at a word's end."""
    ends = [len(written)] + [match.start() for match in re.finditer(r"[\s.-]", written)]
    return sorted(ends, reverse=True)


def _announced_from_elsewhere(labels: Labels, segment: Segment, *meanings: Meaning) -> bool:
    """Whether the segment to the left, or the one above, is a label with one of these meanings."""
    left = [other for other in labels.layout.rows[segment.row] if other.right <= segment.left + 1]
    if left and labels.means(left[-1], *meanings):
        return True
    row = labels.layout.rows[segment.row - 1] if segment.row else []
    above = [other for other in row if other.page is segment.page and min(other.right, segment.right) > max(other.left, segment.left)]
    return any(labels.means(other, *meanings) for other in above)


def _with_digits(labels: Labels) -> Iterator[Segment]:
    return (segment for segment in labels.layout.segments if len(segment.text) > 8 and segment.has_digits)  # noqa: PLR2004 - the shortest identifier


def _end_of(written: str, length: int) -> int:
    """The position in `written` after its `length`-th letter or digit."""
    seen = 0
    for position, character in enumerate(written):
        seen += character.isalnum()
        if seen == length:
            return position + 1
    return len(written)
