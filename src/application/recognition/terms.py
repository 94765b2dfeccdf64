"""Step 4b: payment terms in words (`30 dagen einde maand`, `à 30 jours`, `net 30`): the due date where none is printed.

A term is only believed beside a word about paying; days for complaints, interest or a discount are something else.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from application.recognition.found import Found

if TYPE_CHECKING:
    from application.recognition.labels import Labels
    from application.recognition.layout import Segment

FOLLOWS = 0.6
"""How sure a due date is that is not printed but follows from the terms, at most: people agree on other terms too."""
LONGEST = 180
"""Days."""
_DAYS = re.compile(
    r"\b(?:(?:net|netto)\s?(?P<net>\d{1,3})\b(?!\s?%|[.,]\d)(?:\s?(?:days|dagen|jours|tage))?"
    r"|(?P<days>\d{1,3})\s?(?:kalender|calendar)?\s?(?:dagen|dag|dgn|d|jours|j|days|tagen|tage)(?:\s?calendrier)?\b\.?(?:\s?(?:net|netto))?)"
    r"(?P<end>[\s,.-]*(?:na\s|na het\s|vanaf\s)?(?:einde?|eind|fin|end|ende|le)\s?(?:van\s|v\.?|de\s|du\s|of\s|der\s|des\s)?(?:de\s|the\s)?"
    r"(?:maand|mois|month|monats|factuurmaand)|[\s,.-]*(?:e\.?\s?m\.?|d\.?e\.?m\.?|f\.?d\.?m\.?|eom)\b)?"
)
_AT_ONCE = re.compile(
    r"\b(?:contante? betaling|betaling contant|comptant|au comptant|(?:due|payable) (?:up)?on receipt"
    r"|(?:bij|na) ontvangst van (?:de )?factuur"
    r"|a reception (?:de (?:la )?facture)?|des reception|sofort (?:fallig|zahlbar)|zahlbar sofort|onmiddellijk betaalbaar)\b"
)
_PAYING = re.compile(
    r"betal|betaa|voldoe|verval|termijn|pai?em|payable|payment|regle|echeance|zahl|fallig|termes|condit|kondit|terms|due\b|storten|net\s?\d|overschr"
)
_ELSE = re.compile(
    r"klacht|reclam|bezwaar|protest|betwist|contest|rente|interest|interet|zins|schadebeding|retour|herroep|rucktritt|garanti|waarborg"
    r"|korting|escompte|discount|skonto|remise|laattijdig|retard|verzug|late\b|%|geldig|valable|offerte|devis|opzeg|preavis|kundig"
)


class Terms(NamedTuple):
    """Days after the invoice date, and whether they count from the end of that month."""

    days: int
    end_of_month: bool

    def due(self, issued: date) -> date:
        """The day payment is due. 30 days end of month: thirty days on, then the last day of that month."""
        due = issued + timedelta(days=self.days)
        return due.replace(day=monthrange(due.year, due.month)[1]) if self.end_of_month else due


def due_by_terms(labels: Labels, issued: Found | None) -> Found | None:
    """The due date that follows from the printed terms and the date of issue."""
    if issued is None:
        return None
    for row in labels.layout.rows:
        for index, segment in enumerate(row):
            terms = find_terms(segment.folded, f"{row[index - 1].folded if index else ''} {_above(labels, segment)}")
            if terms is not None:
                due = terms.due(date.fromisoformat(issued.value))
                return Found(due.isoformat(), min(FOLLOWS, issued.confidence), "terms", segment, 0, 0)
    return None


def find_terms(folded: str, label: str = "") -> Terms | None:
    """The payment terms in a text, announced by itself or by the label beside it."""
    if _ELSE.search(folded):
        return None
    match = _DAYS.search(folded)
    if match is None:
        return Terms(0, end_of_month=False) if _AT_ONCE.search(folded) else None
    if not match["net"] and not match["end"] and not _PAYING.search(f"{label} {folded}"):
        return None
    days = int(match["net"] or match["days"])
    return Terms(days, end_of_month=match["end"] is not None) if 0 < days <= LONGEST else None


def _above(labels: Labels, segment: Segment) -> str:
    """The heading a first segment of a row may stand under."""
    row = labels.layout.rows[segment.row - 1] if segment.row else []
    return next((other.folded for other in row if other.page is segment.page and abs(other.left - segment.left) < 6), "")  # noqa: PLR2004 - points
