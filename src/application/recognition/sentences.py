"""Dates in running text: which one is the day to pay, and which is only the day until which paying earns a discount."""

from __future__ import annotations

import re

BEFORE = 45
"""In characters: so far before a date stands what says that it is the day to pay."""
_UNTIL = re.compile(
    r"(?:\b(?:avant(?: le)?|au plus tard(?: le)?|pour le|jusqu'au|voor(?: het einde van)?"
    r"|uiterlijk(?: op| tegen| voor)?|ten laatste(?: op)?|tegen|tot(?: en met)?"
    r"|bis(?: zum| spatestens)?|spatestens(?: am| bis)?|by|before|no later than|on or before|until)"
    r"(?: (?:op|le|zum|am|maandag|dinsdag|woensdag|donderdag|vrijdag|lundi|mardi|mercredi|jeudi|vendredi))?"
    r"|\b(?:dagen|jours|days|tagen?)\b[^.]{0,12}\()\W{0,3}$"
)
"""What stands right before a day until which something must be done."""
_PAYING = re.compile(
    r"betaal|betal|voldoe|over te schrijven|overschr|over te maken|overmak|stort|verschuldigd|te ontvangen"
    r"|payer|paiement|payable|vers(?:er|ement|iez)|regl(?:er|ement|ez)|virement|acquitt|\bpay|payment|transfer|remit|zahl|uberweis|begleich|fallig"
)
_TAKEN = re.compile(
    r"gedebiteerd|debiteren|afgehouden|geind|innen|inning|incass|gedomicilieerd|domiciliering|afgeschreven"
    r"|preleve|prelevement|domiciliation|debite|collected|debited|charged|direct debit|abgebucht|eingezogen|lastschrift|abbuchung|einzug"
)
_ON = re.compile(r"\b(?:op|le|am|zum|on|vanaf|a partir du|from|ab|rond|autour du|around)\b(?: of (?:kort )?na)?\W{0,3}$")
_ELSE = re.compile(
    r"klacht|reclam|bezwaar|protest|contest|offerte|devis|\boffer\b|angebot|geldig|valable|valid|levering|livraison|delivery|opzeg|preavis"
)
_DISCOUNT = re.compile(r"skonto|escompte|korting|discount|(?<!ohne )abzug|remise|deduct")
_CLAUSE = re.compile(r"[;,](?=\s)|(?<=\d{4})\.\s|\.\s(?=[a-z]{3})|\s(?:of|ou|or|oder|nadien|daarna|sinon|anders|otherwise|sonst)\s")
"""Where another case begins."""


def asks_for_payment(folded: str, start: int, above: str = "", below: str = "") -> bool:
    """Whether the date at `start` of a line is the day to pay, or the day the money is taken; its sentence may begin above."""
    before = folded[max(0, start - BEFORE) : start]
    if earns_discount(folded, start) or _ELSE.search(before):
        return False
    if _UNTIL.search(before):
        return _PAYING.search(folded) is not None or _TAKEN.search(folded) is not None or _PAYING.search(above[-BEFORE:]) is not None
    around = f"{folded[max(0, start - 2 * BEFORE) :]} {below}"[: 4 * BEFORE]
    return _ON.search(before) is not None and _TAKEN.search(around) is not None


def earns_discount(folded: str, start: int) -> bool:
    """Whether the date at `start` is one until which less may be paid: its clause speaks of a discount."""
    begins = max((match.end() for match in _CLAUSE.finditer(folded, 0, start)), default=0)
    following = _CLAUSE.search(folded, start + 4)
    return _DISCOUNT.search(folded, begins, following.start() if following else len(folded)) is not None
