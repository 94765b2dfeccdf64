"""Step 9: what was bought: the descriptions of the invoice's lines, for enrichment to look for keywords in.

A line of an invoice is a row between the head of the item table and the totals that ends in an amount; its description is its longest
run of words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from application.recognition.vocabulary import Meaning

if TYPE_CHECKING:
    from application.recognition.labels import Labels
    from application.recognition.layout import Segment

MOST_LINES = 100
_HEAD = re.compile(
    r"\b(omschrijving|artikel|beschrijving|aantal|hoev|prijs|eenheidsprijs|bedrag|designation|description|quantite|qte|prix|montant|"
    r"item|quantity|qty|price|amount|bezeichnung|beschreibung|artikelbeschreibung|menge|anzahl|preis|betrag)\b"
)
_WORDS = re.compile(r"[^\W\d_]{3,}")
_SUMS = (Meaning.TOTAL, Meaning.SUM, Meaning.PAYABLE, Meaning.NET, Meaning.VAT)


def line_texts(labels: Labels) -> tuple[str, ...]:
    """The descriptions in reading order; none where no head of a table is recognised."""
    found: list[str] = []
    inside = False
    for row in labels.layout.rows:
        if _is_head(row):
            inside = True
        elif labels.means(row[0], *_SUMS) and any(segment.amounts for segment in row):
            inside = False
        elif inside and any(segment.amounts for segment in row) and len(found) < MOST_LINES:
            description = max((segment.text for segment in row), key=lambda text: sum(map(len, _WORDS.findall(text))))
            if _WORDS.search(description):
                found.append(description)
    return tuple(found)


def _is_head(row: list[Segment]) -> bool:
    """Two names of columns on one row."""
    return sum(len(_HEAD.findall(segment.folded)) for segment in row) > 1
