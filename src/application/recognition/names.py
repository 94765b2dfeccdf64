"""Step 7: the names of the two sides: under their heading, else by legal form, letterhead, VAT number nearby and repetition.

A name has no check digits: its confidence stays moderate, and enrichment looks a counterparty up by VAT number first.
"""

from __future__ import annotations

import re
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from application.recognition.blocks import block_above
from application.recognition.found import Found
from application.recognition.text import fold
from application.recognition.vocabulary import Meaning, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from application.recognition.labels import Labels
    from application.recognition.layout import Segment
    from application.recognition.parties import Headings, Parties

_LEGAL_FORM = re.compile(
    r"(?<![\w.])(?:B\.?V\.?(?:B\.?A\.?)?|N\.?V\.?|S\.?R\.?L\.?|S\.?P\.?R\.?L\.?(?:U\.?)?|S\.?A\.?(?:S\.?U?\.?)?|S\.?C\.?(?:R\.?L\.?|S\.?|A\.?)?|"
    r"C\.?V\.?(?:B\.?A\.?|O\.?H\.?A\.?)?|V\.?O\.?F\.?|S\.?N\.?C\.?|S\.?Comm\.?|[Cc]omm\.?\s?[Vv]\.?|GCV|V\.?Z\.?W\.?|A\.?S\.?B\.?L\.?|AISBL|IVZW|SARL|"
    r"EURL|S\.à\s?r\.l\.?|PGmbH|GmbH|GMBH|AG|KG|OHG|UG|VoG|e\.?K\.?|a\.?G\.?|Ltd|LTD|Limited|LLC|Inc|INC|Corp|PLC|plc|S\.p\.A\.?|S\.r\.l\.?|S\.L\.?|Lda|Sp\.\s?z\s?o\.o|ApS|A/S|AB|Oy)"
    r"(?![\w])\.?"
)
_END_OF_NAME = re.compile(r"\s+[-–—·|•/]\s*|\s*[·|•]\s*|,\s|\s+(?=\d)|\s*\(|\s*:\s*")
_CONTACT = re.compile(r"www\.|https?:|@|\.(?:be|com|eu|nl|fr|de)\b(?!\s\w)", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:www\.|@|https?://)([\w.-]+)|\b([\w-]+\.(?:be|com|eu|nl|fr|de|lu|net|org))\b", re.IGNORECASE)
_POSTCODE = re.compile(r"(?:\b[A-Z]{1,2}[- ])?\b\d{4,5}\s+[A-ZÀ-Ý]")
_PROPERTY = re.compile(r":|[^:]{1,25}:")
"""`Telefoon: …`: a line of a block that is no name."""
_LETTERS = re.compile(r"[A-Za-zÀ-ÿ]{2}")
_SENTENCE = re.compile(
    r"[!?]|[a-z]\.$|\b(?:uw|your|votre|ihre?|wij|nous|we|wir|bedankt|merci|thank|danke|welkom|bienvenue|welcome|geachte|beste|cher|dear)\b"
)
_PERSON = re.compile(
    r"(?:t\.?\s?a\.?\s?v\.?|ter attentie|attn|a l'attention|z\.\s?hd|c/o|p/a|"
    r"de heer|mevrouw|mr|mme|mrs|m\.|dhr|mevr|monsieur|madame|herrn?|frau)\b"
)
_COUNTRY = re.compile(
    r"(?:belgi(?:e|que|um|en)|nederland|pays-bas|netherlands|france|frankrijk|deutschland|germany|duitsland|luxembourg|luxemburg"
    r"|united \w+|ireland|ierland)\W*"
)
_CODE = re.compile(r"\d{5}|[a-z]*[-_./]?\d[\d./_-]*$|[a-z]{2}[\d. ]{6,}", re.IGNORECASE)
_SENDER = re.compile(r"[^\d,]{3,45}?(?:\s+[-–—·|•]\s*|\s*[·|•]\s*|,\s).*\d.*\b(?:[A-Z]{1,2}[- ])?\d{4,6}\s+[A-ZÀ-Ý]")
"""`Name - Street 1 - 1000 Town` on one line: the sender, above the window of an envelope or at the foot of the page."""
_HEADINGS = {
    " ".join(words) for words, meaning in phrases().items() if meaning in (Meaning.BUYER, Meaning.SELLER, Meaning.DELIVERY, Meaning.NAME)
}
_LONGEST = 60
UNDER_HEADING, BY_FORM, BY_PLACE, ADDRESSED = 0.85, 0.6, 0.35, 0.5
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
COLUMN = 90.0
"""In points: how far down the column of a letterhead its VAT number stands."""
ADDRESS_PITCH = 1.6
"""In line heights: lines of one address are nearer to each other, the sender's small line above it is further away."""
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


def issuer_name(labels: Labels, headings: Headings, sides: Parties, buyer: Found | None) -> Found | None:
    """The name of who issued the invoice."""
    under = _under_heading(labels, headings, Meaning.SELLER)
    if under is not None:
        return under
    candidates = [found for found in _company_names(labels, headings, sides) if buyer is None or fold(found.value) != fold(buyer.value)]
    best = max(candidates, key=lambda found: found.confidence, default=None)
    return None if best is None else best._replace(confidence=min(best.confidence, SUREST))


def buyer_name(labels: Labels, headings: Headings, sides: Parties) -> Found | None:
    """The name of who it is addressed to: under its heading, at the top of the block with its VAT number, or of the address."""
    return (
        _under_heading(labels, headings, Meaning.BUYER)
        or _over_vat_number(labels, sides)
        or _addressed(labels, sides)
        or _under_heading(labels, headings, Meaning.DELIVERY)
    )


def _under_heading(labels: Labels, headings: Headings, meaning: Meaning) -> Found | None:
    for heading in headings.of(meaning):
        beside = list(labels.answers(heading, below=False))
        for answer in beside:
            if answer.segment is heading.segment and (found := _name_in(answer.segment, UNDER_HEADING, answer.start)) is not None:
                return found
        if beside and beside[0].segment is heading.segment and not _names_a_side(beside[0].text):
            continue
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
    about = _letterhead(labels, sides)
    first = next((segment for segment in labels.layout.segments if _LETTERS.search(segment.text)), None)
    for segment in labels.layout.segments:
        if headings.over(segment) in (Meaning.BUYER, Meaning.DELIVERY) or _PROPERTY.match(segment.text) or segment in about.buyers:
            continue
        by_form = _LEGAL_FORM.search(segment.text) is not None
        in_block = (segment in about.issuers and segment.top < UPPER * segment.page.height) or _SENDER.match(segment.text) is not None
        if not by_form and any(label.start <= 1 and label.meaning is not Meaning.AMOUNT for label in labels.inside(segment)):
            continue
        if not (by_form or (segment.page.number == 1 and (in_block or segment.top < TOP * segment.page.height))):
            continue
        found = _name_in(segment, BY_FORM if by_form else BY_PLACE)
        if found is None or (not by_form and (_SENTENCE.search(fold(found.value)) or _PERSON.match(fold(found.value)))):
            continue
        found = found._replace(confidence=found.confidence + _support(found, about) + FIRST * (segment is first))
        if found.confidence > BELIEVED - 0.01:
            yield found


def _letterhead(labels: Labels, sides: Parties) -> Letterhead:
    segments = labels.layout.segments
    domains = " ".join(next(filter(None, match)) for segment in segments for match in _DOMAIN.findall(segment.folded))
    return Letterhead(
        Counter(fold(_name_text(segment.text)) for segment in segments),
        re.sub(r"[^a-z]", "", domains),
        median(segment.height for segment in segments) if segments else 0.0,
        _block(labels, sides.issuer),
        _block(labels, sides.buyer),
    )


def _block(labels: Labels, number: Found | None) -> tuple[Segment, ...]:
    """The lines above a VAT number and its own, as far as they belong together. A number in a column of values stands in no block."""
    if number is None or any(
        labels.inside(other) and other.right <= number.segment.left for other in labels.layout.rows[number.segment.row]
    ):
        return ()
    lines = block_above(labels.layout, number.segment)
    small = [place for place, line in enumerate(lines, 1) if _SENDER.match(line.text) or line.height < SMALL * number.segment.height]
    return (*lines[max(small, default=0) :], number.segment)


def _support(found: Found, about: Letterhead) -> float:
    """What more there is that speaks for a name being the issuer's."""
    segment = found.segment
    core = re.findall(r"[a-z]+", fold(_LEGAL_FORM.sub("", found.value)))
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


def _over_vat_number(labels: Labels, sides: Parties) -> Found | None:
    """The first line of the block the buyer's VAT number ends."""
    if sides.buyer is None:
        return None
    for line in _block(labels, sides.buyer)[:-1]:
        if not labels.inside(line) and not _PERSON.match(line.folded) and (found := _name_in(line, ADDRESSED + 0.1)) is not None:
            return found
    return None


def _addressed(labels: Labels, sides: Parties) -> Found | None:
    """The first line of the block that ends with a postcode and a town, in the upper part of the first page, and is not the issuer's."""
    issuers = set(map(id, _block(labels, sides.issuer)))
    for segment in labels.layout.segments:
        height = segment.page.height
        if segment.page.number > 1 or segment.top > 0.4 * height or not _POSTCODE.match(segment.text) or id(segment) in issuers:
            continue
        block = _address(labels, segment)
        if len(block) > 1 and not issuers & set(map(id, block)) and not _is_letterhead(block, segment, sides):
            named = (found for line in block if not labels.inside(line) and (found := _name_in(line, ADDRESSED)) is not None)
            if (found := next(named, None)) is not None:
                return found
    return None


def _address(labels: Labels, last: Segment) -> list[Segment]:
    """The lines of an address above its last one: same left edge, same print, and not the sender's line above the window."""
    lines = [line for line in block_above(labels.layout, last, ADDRESS_PITCH) if abs(line.left - last.left) < 6]  # noqa: PLR2004 - points
    return [line for line in lines if line.height > 0.85 * last.height and not _SENDER.match(line.text)]


def _is_letterhead(block: list[Segment], last: Segment, sides: Parties) -> bool:
    """Whether an address is the issuer's own: at the left edge of the very top, or with the issuer's VAT number further down its column."""
    number = sides.issuer.segment if sides.issuer else None
    down = number.top - last.top if number and number.page is last.page and abs(number.left - last.left) < 6 else 0.0  # noqa: PLR2004 - points
    at_the_top = block[0].top < 0.08 * last.page.height and last.left < 0.4 * last.page.width
    return at_the_top or (0 < down < COLUMN and block[0].top < 0.12 * last.page.height)


def _names_a_side(text: str) -> bool:
    """Whether a text is itself a heading: `Klant` in `Facturé à / Klant`."""
    return fold(text).strip(" :/") in _HEADINGS


def _name_in(segment: Segment, confidence: float, start: int = 0) -> Found | None:
    text = segment.text[start:]
    start += len(text) - len(text.lstrip(" :·-"))
    name = _name_text(segment.text[start:])
    street = segment.text[start + len(name) :].lstrip()[:1].isdigit() and not _LEGAL_FORM.search(name)
    if street or not _LETTERS.search(name) or len(name) > _LONGEST or _CONTACT.search(name) or (name and name[0].isdigit()):
        return None
    if _names_a_side(name) or _CODE.match(name) or _COUNTRY.fullmatch(fold(name)):
        return None
    return Found(name, confidence, "letterhead", segment, start, start + len(name))


def _name_text(text: str) -> str:
    return _END_OF_NAME.split(text.strip(), maxsplit=1)[0].strip(" ,;") if text else ""
