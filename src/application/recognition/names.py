"""Step 7: the names of the two sides: under their heading, at the top of their address, else by legal form, place and repetition.

A name has no check digits: its confidence stays moderate, and enrichment looks a counterparty up by VAT number first.
"""

from __future__ import annotations

import re
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from application.recognition.addresses import ATTENTION, SMALLER_BY_OCR, TOWN, Address, addressee, addresses
from application.recognition.blocks import block_above
from application.recognition.company_names import LEGAL_FORM, is_person, name_in, name_text, names_a_side
from application.recognition.text import fold
from application.recognition.vocabulary import Meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from application.recognition.found import Found
    from application.recognition.labels import Label, Labels
    from application.recognition.layout import Segment
    from application.recognition.parties import Headings, Parties

_DOMAIN = re.compile(r"(?:www\.|@|https?://)([\w.-]+)|\b([\w-]+\.(?:be|com|eu|nl|fr|de|lu|net|org))\b", re.IGNORECASE)
_PROPERTY = re.compile(r":|[^:]{1,25}:")
"""`Telefoon: …`: a line of a block that is no name."""
_LETTERS = re.compile(r"[A-Za-zÀ-ÿ]{2}")
_SENTENCE = re.compile(
    r"[!?]|[a-z]\.$|\b(?:uw|your|votre|ihre?|wij|nous|we|wir|bedankt|merci|thank|danke|welkom|bienvenue|welcome|geachte|beste|cher|dear)\b"
)
_SIDES = (Meaning.BUYER, Meaning.SELLER, Meaning.DELIVERY)
_SENDER = re.compile(r"[^\d,]{3,45}?(?:\s+[-–—·|•]\s*|\s*[·|•]\s*|,\s).*\d.*\b(?:[A-Z]{1,2}[- ])?\d{4,6}\s+[A-ZÀ-Ý]")
"""`Name - Street 1 - 1000 Town` on one line: the sender, above the window of an envelope or at the foot of the page."""
UNDER_HEADING, ADDRESSED, BY_FORM, MENTIONED, BY_PLACE = 0.85, 0.5, 0.6, 0.5, 0.35
"""Under a heading, with an address or a legal form; at the top of the block with the VAT number or the address; a legal form; under a
heading, with nothing else; first in the letterhead."""
IN_BLOCK, BEFORE_VAT, IN_DOMAIN, REPEATED, LARGE, FIRST, SENDER = 0.25, 0.15, 0.25, 0.1, 0.12, 0.1, 0.2
"""What it adds that the name stands at the top of the block with the issuer's VAT number, on its line before it, in an e-mail address or a
web site, twice, in larger print, before everything else, or at the head of a sender's line."""
SMALL = 0.85
"""Times the height of the line below: smaller print above an address is the sender's line."""
LARGER = 1.25
"""Times the usual height of a line."""
UPPER = 0.4
TOP = 0.25
"""Share of the height of a page: the letterhead and what stands beside the address."""
NEAR, FAR = 1.4, 7.0
"""In line heights: how far under its heading a name stands that is certainly its, and at most."""
BESIDE = 160.0
"""In points: how far to the right of its heading a name may stand."""
BEFORE_NUMBER = 20
"""In characters: a longer text before a VAT number on its line says whose it is."""
BELIEVED = 0.45
SUREST = 0.95
"""However much speaks for it: a name has no check digits."""


class Letterhead(NamedTuple):
    """What the pages as a whole say about names."""

    seen: Counter[str]
    """How often each text stands there."""
    domains: str
    """Those of web sites and mail, letters only."""
    height: float
    """Of a usual line."""
    issuers: tuple[Segment, ...]
    """The lines above the issuer's VAT number, and its own; and the buyer's."""
    buyers: tuple[Segment, ...]


class Names(NamedTuple):
    """The names of the two sides, as far as the pages tell."""

    issuer: Found | None
    buyer: Found | None


def names(labels: Labels, headings: Headings, sides: Parties) -> Names:
    """Who issued the invoice and to whom it is addressed."""
    found = addresses(labels)
    to = addressee(found, headings, sides)
    buyer = _buyer(labels, headings, sides, to)
    return Names(_issuer(labels, headings, sides, buyer, to), buyer)


def _issuer(labels: Labels, headings: Headings, sides: Parties, buyer: Found | None, to: Address | None) -> Found | None:
    under = _under_heading(labels, headings, Meaning.SELLER)
    if under is not None and under.confidence >= UNDER_HEADING:
        return under
    candidates = [under] if under else []
    candidates += [
        found
        for found in _company_names(labels, headings, sides)
        if not (to and to.holds(found.segment)) and not (buyer and fold(found.value) == fold(buyer.value))
    ]
    best = max(candidates, key=lambda found: found.confidence, default=None)
    return None if best is None else best._replace(confidence=min(best.confidence, SUREST))


def _buyer(labels: Labels, headings: Headings, sides: Parties, to: Address | None) -> Found | None:
    """Under its heading, at the top of the block with its VAT number, or of the address."""
    candidates = (
        _under_heading(labels, headings, Meaning.BUYER),
        _over_vat_number(labels, sides),
        _name_of(labels, to) if to else None,
        _under_heading(labels, headings, Meaning.DELIVERY),
    )
    return max(filter(None, candidates), key=lambda found: found.confidence, default=None)


def _under_heading(labels: Labels, headings: Headings, meaning: Meaning) -> Found | None:
    """The name a heading announces: surely where a legal form or an address says that it is one."""
    best = None
    for heading in headings.of(meaning):
        for found in _announced(labels, heading):
            if is_person(found.value) or (found.value.islower() and not LEGAL_FORM.search(found.value)):
                continue
            proved = LEGAL_FORM.search(found.value) or any(TOWN.match(below.text) for below in labels.layout.below(found.segment, 5.0))
            if proved or TOWN.match(found.segment.text):
                return found
            best = best or found._replace(confidence=MENTIONED)
            break
    return best


def _announced(labels: Labels, heading: Label) -> Iterator[Found]:
    """The names behind a heading, right under it, beside it, and further down, in this order."""
    layout, segment = labels.layout, heading.segment
    rest = next((answer for answer in labels.answers(heading, below=False) if answer.segment is segment), None)
    if rest is not None:
        found = name_in(segment, UNDER_HEADING, rest.start)
        if found is not None:
            yield found
        if not names_a_side(rest.text):
            return
    under = list(layout.below(segment, FAR))
    near = [line for line in under if line.top - segment.bottom < NEAR * segment.height and abs(line.left - segment.left) < BESIDE / 8]
    right = [line for line in (layout.right_of(segment) or layout.beside(segment))[:1] if line.left - segment.right < BESIDE]
    for line in (*near, *right, *under):
        named = next((label for label in labels.inside(line) if label.meaning is Meaning.NAME), None)
        if named is not None:
            yield from _named(labels, named)
            return
        if not _is_labelled(labels, line) and not _PROPERTY.match(line.text) and (found := name_in(line, UNDER_HEADING)) is not None:
            yield found


def _named(labels: Labels, label: Label) -> Iterator[Found]:
    """`Naam: …`, or the name in the column beside."""
    segment, right = label.segment, labels.layout.right_of(label.segment)
    beside = right and len(segment.text) <= label.end + 2
    found = name_in(right[0], UNDER_HEADING) if beside else name_in(segment, UNDER_HEADING, label.end)
    if found is not None:
        yield found


def _name_of(labels: Labels, address: Address) -> Found | None:
    """The first line of an address that is a name."""
    for line in address.lines:
        if line is not address.town and (_is_labelled(labels, line) or ATTENTION.match(line.folded)):
            continue
        found = name_in(line, ADDRESSED)
        if found is not None and not is_person(found.value) and (line is not address.town or found.end < len(line.text)):
            return found._replace(confidence=ADDRESSED + 0.1) if LEGAL_FORM.search(found.value) else found
        if line is address.town:
            break
    return None


def _is_labelled(labels: Labels, line: Segment) -> bool:
    """Whether a line is a label with its value; a company may be called Transport or Bon."""
    return bool(labels.inside(line)) and not (LEGAL_FORM.search(line.text) and not line.has_digits)


def _over_vat_number(labels: Labels, sides: Parties) -> Found | None:
    """The first line of the block the buyer's VAT number ends."""
    for line in _block(labels, sides.buyer)[:-1]:
        if _is_labelled(labels, line) or ATTENTION.match(line.folded):
            continue
        found = name_in(line, ADDRESSED + 0.15)
        if found is not None and not is_person(found.value):
            return found
    return None


def _company_names(labels: Labels, headings: Headings, sides: Parties) -> Iterator[Found]:
    """Names with a legal form, and what stands first in the letterhead, weighed by place and repetition."""
    about = _letterhead(labels, sides)
    first = next((segment for segment in labels.layout.segments if _LETTERS.search(segment.text)), None)
    own = sides.issuer.segment if sides.issuer and sides.issuer.start > BEFORE_NUMBER else None
    for segment in labels.layout.segments:
        if headings.over(segment) in (Meaning.BUYER, Meaning.DELIVERY) or _PROPERTY.match(segment.text) or segment in about.buyers:
            continue
        by_form = LEGAL_FORM.search(segment.text) is not None
        in_block = segment in about.issuers and segment.top < UPPER * segment.page.height
        in_block = in_block or segment is own or _SENDER.match(segment.text) is not None
        if not by_form and any(label.start <= 1 and label.meaning is not Meaning.AMOUNT for label in labels.inside(segment)):
            continue
        if not (by_form or (segment.page.number == 1 and (in_block or segment.top < TOP * segment.page.height))):
            continue
        found = name_in(segment, BY_FORM if by_form else BY_PLACE)
        if found is None or (not by_form and (_SENTENCE.search(fold(found.value)) or is_person(found.value))):
            continue
        found = found._replace(confidence=found.confidence + _support(found, about) + FIRST * (segment is first))
        if found.confidence > BELIEVED - 0.01:
            yield found


def _letterhead(labels: Labels, sides: Parties) -> Letterhead:
    segments = labels.layout.segments
    domains = " ".join(next(filter(None, match)) for segment in segments for match in _DOMAIN.findall(segment.folded))
    return Letterhead(
        Counter(fold(name_text(segment.text)) for segment in segments),
        re.sub(r"[^a-z]", "", domains),
        median(segment.height for segment in segments) if segments else 0.0,
        _block(labels, sides.issuer),
        _block(labels, sides.buyer),
    )


def _block(labels: Labels, number: Found | None) -> tuple[Segment, ...]:
    """The lines above a VAT number and its own, as far as they belong together. A number in a column of values stands in no block."""
    if number is None:
        return ()
    own = number.segment
    if any(labels.inside(other) and other.right <= own.left for other in labels.layout.rows[own.row]):
        return ()
    if any(label.start <= 1 and label.meaning in _SIDES for label in labels.inside(own)):
        return (own,)
    lines = block_above(labels.layout, own)
    begins = 0
    for place, line in enumerate(lines):
        if any(label.start <= 1 and label.meaning in _SIDES for label in labels.inside(line)):
            begins = place
        elif (
            _SENDER.match(line.text)
            or line.height < (SMALLER_BY_OCR if own.by_ocr else SMALL) * own.height
            or labels.means(line, Meaning.VAT_NUMBER)
        ):
            begins = place + 1
    return (*lines[begins:], own)


def _support(found: Found, about: Letterhead) -> float:
    """What more there is that speaks for a name being the issuer's."""
    segment = found.segment
    core = re.findall(r"[a-z]+", fold(LEGAL_FORM.sub("", found.value)))
    domain = bool(core) and ("".join(core) in about.domains or (len(core[0]) > 3 and core[0] in about.domains))  # noqa: PLR2004 - letters that tell
    lines = [line for line in about.issuers if _LETTERS.search(line.text)]
    top = bool(lines) and segment is lines[0]
    return (
        IN_DOMAIN * domain
        + REPEATED * (about.seen[fold(found.value)] > 1)
        + IN_BLOCK * top
        + (BEFORE_VAT if segment in lines else 0.0) * (not top or len(lines) == 1)
        + SENDER * (_SENDER.match(segment.text) is not None)
        + LARGE * (segment.height > LARGER * about.height)
    )
