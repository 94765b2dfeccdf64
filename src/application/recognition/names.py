"""Step 7: the names of the two sides: under their heading, else by legal form, letterhead and repetition.

A name has no check digits: its confidence stays moderate, and enrichment looks a counterparty up by VAT number first.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from application.recognition.found import Found
from application.recognition.text import fold
from application.recognition.vocabulary import Meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from application.recognition.labels import Labels
    from application.recognition.layout import Segment
    from application.recognition.parties import Headings, Parties

_LEGAL_FORM = re.compile(
    r"(?<![\w.])(?:B\.?V\.?(?:B\.?A\.?)?|N\.?V\.?|S\.?R\.?L\.?|S\.?P\.?R\.?L\.?|S\.?A\.?(?:S\.?U?\.?)?|S\.?C\.?(?:R\.?L\.?|S\.?)?|C\.?V\.?(?:B\.?A\.?)?|"
    r"V\.?O\.?F\.?|S\.?N\.?C\.?|Comm\.?\s?V\.?|GCV|V\.?Z\.?W\.?|A\.?S\.?B\.?L\.?|SARL|EURL|GmbH|GMBH|AG|KG|OHG|UG|e\.?K\.?|a\.?G\.?|Ltd|LTD|Limited|LLC|Inc|PLC|plc|S\.p\.A\.?)"
    r"(?![\w])\.?"
)
_END_OF_NAME = re.compile(r"\s+[-–—·|•]\s*|\s*[·|•]\s*|,\s|\s+(?=\d)|\s*\(|\s*:\s*")
_CONTACT = re.compile(r"www\.|https?:|@")
_POSTCODE = re.compile(r"(?:\b[A-Z]{1,2}[- ])?\b\d{4,5}\s+[A-ZÀ-Ý]")
_PROPERTY = re.compile(r":|[^:]{1,25}:")
"""`Telefoon: …`: a line of a block that is no name."""
_LETTERS = re.compile(r"[A-Za-zÀ-ÿ]{2}")
_LONGEST = 60
UNDER_HEADING, BY_FORM, ADDRESSED = 0.85, 0.6, 0.5
TOP = 0.25
"""Share of the height of a page: the letterhead and what stands beside the address."""
ADDRESS_PITCH = 1.6
"""In line heights: lines of one address are nearer to each other, the sender's small line above it is further away."""
NEAR_VAT = 60.0
"""In points."""
SUREST = 0.95
"""However much speaks for it: a name has no check digits."""


def issuer_name(labels: Labels, headings: Headings, sides: Parties, buyer: Found | None) -> Found | None:
    """The name of who issued the invoice."""
    under = _under_heading(labels, headings, Meaning.SELLER)
    if under is not None:
        return under
    candidates = [found for found in _company_names(labels, headings, sides) if buyer is None or fold(found.value) != fold(buyer.value)]
    best = max(candidates, key=lambda found: found.confidence, default=None)
    return None if best is None else best._replace(confidence=min(best.confidence, SUREST))


def buyer_name(labels: Labels, headings: Headings) -> Found | None:
    """The name of who it is addressed to: under its heading, else the first line of the address block."""
    return _under_heading(labels, headings, Meaning.BUYER) or _addressed(labels)


def _under_heading(labels: Labels, headings: Headings, meaning: Meaning) -> Found | None:
    for heading in headings.of(meaning):
        for answer in labels.answers(heading, below=False):
            if answer.segment is heading.segment and (found := _name_in(answer.segment, UNDER_HEADING, answer.start)) is not None:
                return found
        for segment in labels.layout.below(heading.segment, 7.0):
            named = [label for label in labels.inside(segment) if label.meaning is Meaning.NAME]
            if named:
                right = labels.layout.right_of(segment)
                start = named[0].end if not right or len(segment.text) > named[0].end + 2 else 0
                return _name_in(right[0] if start == 0 and right else segment, UNDER_HEADING, start)
            if not labels.inside(segment) and not _PROPERTY.match(segment.text) and (found := _name_in(segment, UNDER_HEADING)) is not None:
                return found
    return None


def _company_names(labels: Labels, headings: Headings, sides: Parties) -> Iterator[Found]:
    """Names with a legal form, and what stands first in the letterhead, weighed by place and repetition."""
    segments = labels.layout.segments
    seen = Counter(fold(_name_text(segment.text)) for segment in segments)
    contacts = re.sub(r"[^a-z]", "", " ".join(segment.folded for segment in segments if _CONTACT.search(segment.text)))
    for segment in segments:
        if headings.over(segment) is Meaning.BUYER or _PROPERTY.match(segment.text):
            continue
        by_form = _LEGAL_FORM.search(segment.text) is not None
        if not by_form and any(label.start <= 1 for label in labels.inside(segment)):
            continue
        found = _name_in(segment, BY_FORM if by_form else BY_FORM - 0.25)
        if found is None or not (by_form or segment.top < TOP * segment.page.height):
            continue
        core = re.findall(r"[a-z]+", fold(_LEGAL_FORM.sub("", found.value)))
        domain = bool(core) and ("".join(core) in contacts or (len(core[0]) > 3 and core[0] in contacts))  # noqa: PLR2004 - letters that tell
        plus = 0.25 * domain + 0.1 * (seen[fold(found.value)] > 1) + 0.1 * _near(segment, sides)
        found = found._replace(confidence=found.confidence + plus)
        if found.confidence > BY_FORM - 0.15:
            yield found


def _near(segment: Segment, sides: Parties) -> bool:
    """Whether the issuer's VAT number stands nearby."""
    number = sides.issuer.segment if sides.issuer else None
    return number is not None and number.page is segment.page and abs(number.top - segment.top) < NEAR_VAT


def _addressed(labels: Labels) -> Found | None:
    """The first line of the block that ends with a postcode and a town, in the upper part of the first page, below the letterhead."""
    rows = labels.layout.rows
    for index, row in enumerate(rows):
        for segment in row:
            height = segment.page.height
            if segment.page.number > 1 or not 0.12 * height < segment.top < 0.4 * height or not _POSTCODE.match(segment.text):
                continue
            block = _block_above(rows[max(0, index - 6) : index], segment)
            if block and (found := _name_in(block[0], ADDRESSED)) is not None:
                return found
    return None


def _block_above(rows: list[list[Segment]], last: Segment) -> list[Segment]:
    """The lines of an address above its last line: same left edge, no wider gap than a line."""
    block = [last]
    for row in reversed(rows):
        for segment in row:
            near = abs(segment.left - last.left) < 6 and block[0].top - segment.top < ADDRESS_PITCH * last.height  # noqa: PLR2004 - points
            if segment.page is last.page and near and segment.height > 0.85 * last.height:
                block.insert(0, segment)
                break
    return block[:-1]


def _name_in(segment: Segment, confidence: float, start: int = 0) -> Found | None:
    text = segment.text[start:]
    start += len(text) - len(text.lstrip(" :·-"))
    name = _name_text(segment.text[start:])
    street = segment.text[start + len(name) :].lstrip()[:1].isdigit() and not _LEGAL_FORM.search(name)
    if street or not _LETTERS.search(name) or len(name) > _LONGEST or _CONTACT.search(name) or (name and name[0].isdigit()):
        return None
    return Found(name, confidence, "letterhead", segment, start, start + len(name))


def _name_text(text: str) -> str:
    return _END_OF_NAME.split(text.strip(), maxsplit=1)[0].strip(" ,;") if text else ""
