"""Step 6b: the addresses on the first page, and to whom the letter goes.

An address ends in a postcode and a town. The one of who sends the letter comes with a telephone number, a web site or an account; the one
of who receives it with `t.a.v.`, a heading, or their VAT number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from application.recognition.blocks import block_above, block_below
from application.recognition.vocabulary import Meaning

if TYPE_CHECKING:
    from application.recognition.labels import Labels
    from application.recognition.layout import Segment
    from application.recognition.parties import Headings, Parties

UPPER = 0.45
"""Share of the height of the page above which the addressee stands."""
PITCH, MOST_BELOW = 1.75, 5
"""In line heights, and lines: those of one address are near each other; under the town stand the country, numbers, ways to reach them."""
LARGER, SMALLER, SMALLER_BY_OCR = 1.25, 0.85, 0.6
"""Times the height of the line with the town: a letterhead is set larger, the sender's line above the window smaller."""
TOWN = re.compile(r"(?:^|.*,\s|.*\s[-–—·|]\s)(?:(?:BE?|NL|FR?|DE?|LU?|A)[- ]\s?)?\d{4,5}(?:\s?[A-Z]{2}\b)?\s+(?:[A-ZÀ-Ý]|'[st][- ])")
"""A postcode and a town, alone on their line or behind the street."""
CONTACT = re.compile(
    r"\b(?:tel|telefoon|telefon|telephone|phone|gsm|mobile|fax|iban|bic|kbc|belfius|ing|bnp|crelan|argenta|sparkasse|rpr|rpm)\b"
    r"|\bt\.?\s\+?0|www\.|@|https?:"
)
ATTENTION = re.compile(
    r"t\.?\s?a\.?\s?v\.?\b|ter attentie|attn|att\.|a l'attention|z\.\s?h(?:d|anden)|c/o\b|crediteuren|boekhouding|comptabilite"
    r"|service compta|accounts payable|buchhaltung|kreditoren"
)
"""What is written to somebody, not about oneself. At the beginning of a line."""
CERTAIN, LIKELY, HINT = 2.0, 1.0, 0.4


class Address(NamedTuple):
    """The lines of an address from the top down, with what belongs to it under the town; `town` is the last of the address proper."""

    lines: tuple[Segment, ...]
    town: Segment

    def holds(self, segment: Segment | None) -> bool:
        """Whether a segment is one of its lines."""
        return any(line is segment for line in self.lines)

    @property
    def reachable(self) -> bool:
        """Whether it says how to reach or to pay them."""
        return any(CONTACT.search(line.folded) for line in self.lines)


def addresses(labels: Labels) -> list[Address]:
    """Those in the upper part of the first page, from the top down."""
    found: list[Address] = []
    for segment in labels.layout.segments:
        if segment.page.number > 1 or segment.top > UPPER * segment.page.height:
            break
        if TOWN.match(segment.text) and not any(one.holds(segment) for one in found):
            pitch = PITCH / SMALLER_BY_OCR if segment.by_ocr else PITCH
            above = [line for line in block_above(labels.layout, segment, pitch) if not any(one.holds(line) for one in found)]
            below = block_below(labels.layout, segment, pitch)[:MOST_BELOW]
            cut = next((place for place, line in enumerate(below) if _is_another(line, segment)), len(below))
            found.append(Address((*_of_one_print(above, segment), segment, *below[:cut]), segment))
    return found


def addressee(found: list[Address], headings: Headings, sides: Parties) -> Address | None:
    """The address of who receives the letter; None where nothing tells, or where the sender's is the only one."""
    ranked = sorted(((_addressed(one, headings, sides), place) for place, one in enumerate(found)), key=lambda each: (-each[0], each[1]))
    if not ranked:
        return None
    best, place = ranked[0]
    clear = len(ranked) > 1 and best >= ranked[1][0] + 2 * HINT
    return found[place] if best >= 0 or clear else None


def _addressed(address: Address, headings: Headings, sides: Parties) -> float:
    """How much speaks for an address being the receiver's (positive) or the sender's (negative)."""
    first, town = address.lines[0], address.town
    heading = headings.over(first)
    score = {Meaning.BUYER: CERTAIN, Meaning.SELLER: -CERTAIN - LIKELY, Meaning.DELIVERY: -HINT}.get(heading, 0.0) if heading else 0.0
    score += CERTAIN * (sides.buyer is not None and address.holds(sides.buyer.segment))
    score -= (CERTAIN + LIKELY) * (sides.issuer is not None and address.holds(sides.issuer.segment))
    score -= (LIKELY + HINT) * address.reachable
    score += LIKELY * any(ATTENTION.match(line.folded) for line in address.lines)
    score += HINT * (first.left > 0.45 * town.page.width)
    score -= HINT * (first.top < 0.08 * town.page.height)
    score -= LIKELY * (first is not town and first.height > LARGER * town.height / (SMALLER_BY_OCR if town.by_ocr else 1))
    return score - LIKELY * (first is town)


def _is_another(line: Segment, town: Segment) -> bool:
    """Whether a line below the town belongs to another address: under the sender's small line stands the receiver's."""
    return TOWN.match(line.text) is not None or line.height > LARGER * town.height / (SMALLER_BY_OCR if town.by_ocr else 1)


def _of_one_print(above: list[Segment], town: Segment) -> list[Segment]:
    """The lines above the town from the last one on that is set smaller: the sender's, over the window."""
    smaller = SMALLER_BY_OCR if town.by_ocr else SMALLER
    small = [place for place, line in enumerate(above, 1) if line.height < smaller * town.height or TOWN.match(line.text)]
    return above[max(small, default=0) :]
