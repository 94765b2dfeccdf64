r"""The words around the items of an invoice in nl, fr, en and de: names of columns, and what begins a row that is no item.

Patterns are for folded text; blanks in them are `\s`.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from application.recognition.text import fold


class Role(Enum):
    """What a column holds."""

    DESCRIPTION = auto()
    ARTICLE = auto()
    QUANTITY = auto()
    PRICE = auto()
    RATE = auto()
    AMOUNT = auto()
    OTHER = auto()


_PLUS = r"""
    excl|incl|in|ht|htva|hors|ttc|tvac|tva|btw|vat|mwst|eur|euro|per|par|unit|unitaire|unitair|stuk|zonder|met|ohne|mit|netto|brutto|net|gross|
    exclusief|inclusief|ex|inc|incluse|comprise|exkl|inkl|usd|gbp|u|piece|stk
"""
"""What may stand behind the name of a column of money."""
_ROLES = {
    Role.ARTICLE: r"""
        (art\w*|item|product|produkt\w*|ref\w*|sku)\W*(nr|no|n|num\w*|code|id|number)|art\w*nummer|code|ref|reference|sku|ean|produktnr|
        productcode|artikelcode|code\sarticle|bestelcode|referentie
    """,
    Role.RATE: r"""
        ((%|taux|tarif|code|satz)\W*)?(de\s)?(btw|tva|vat|mwst|ust|tax|gst|steuer)(\W*(%|tarief|code|satz|rate|voet|pct|in\s%|s))?|%|taux|
        steuersatz
    """,
    Role.QUANTITY: r"""
        aantal\w*|hoeveelheid|hoev|qte|quantite\w*|qty|quantity|menge|anzahl|stuks?|uren|heures|hours|stunden|nombre|units?|stk|verbruik|
        consommation|volume|geleverd|nb|nbre
    """,
    Role.PRICE: rf"""
        (((eenheids|stuk|einzel|e)\W?)?(prijs|preis)|prix|p\W?u|((unit|net|nett|list)\W?)?(price|cost))(\W+({_PLUS})\b)*|
        rate|tarief|tarif|ep|vk
    """,
    Role.AMOUNT: rf"""
        (((lijn|regel)\W?)?bedrag\w*|(sub\W?|line\W?)?(tota(a)?l\w*|amount)|(gesamt|netto|brutto|zeilen)\w*|montant|betrag|summe|somme|waarde|
        valeur|value|gp|gross|net|(extended|ext)\W?(price|amount))(\W+({_PLUS})\b)*
    """,
    Role.DESCRIPTION: r"""
        (omschrijving|beschrijving|artikel\w*|designation|description|libelle|items?|product\w*|produits?|produkt\w*|bezeichnung|beschreibung|
        dienst\w*|prestati\w*|prestations?|leistung\w*|werken|travaux|services?|details?|goederen|marchandises|article\w*|nature|objet|
        onderwerp|particulars|text|ware|position|post)\b(?!.*\d).{0,40}
    """,
}
"""The whole of what stands at the head of a column."""
_ADDS_UP = r"""
    ((sub|sous|positions|posten|tussen|zwischen|gesamt|eind|net|grand)\W{0,2})?(tota(a)?l|totaux|summe|somme)\w*\b|
    (montant|bedrag|amount|betrag)\b.*\b(ht|htva|ttc|incl|excl|tvac|net|tva|btw|vat|mwst)\b|
    (te\sbetalen|a\spayer|payable|amount\sdue|balance\sdue|zu\szahlen|zahlbetrag|rechnungsbetrag|net\sa\spayer|maatstaf|belastbaar|
    (netto|brutto)(bedrag|betrag|summe|totaal|wert|\b)|base\simposable|warenwert|goederenwaarde|valeur\smarchandises|hors\staxes?|htva)\b|
    (btw|tva|vat|mwst|ust|tax)\b|(mehrwertsteuer|umsatzsteuer)\w*
"""
_CARRIED = r"""
    ((te|a|zu)\s)?(over\ste\s(dragen|brengen)|overdracht|overgedragen|transport|a\sreporter|report|reporte|ubertrag|(carried|brought)(\sforward)?)
    [^a-z]*(eur)?[^a-z]*
"""
_TAKEN = r"\b(korting|remise|rabais|ristourne|discount|rabatt|skonto|nachlass|reduction)\b"
_ADDED = r"""
    \b(transport\w*|verzend\w*|vracht\w*|lever\w*kost\w*|port|frais|shipping|freight|delivery|versand\w*|fracht\w*|verpakking\w*|emballage\w*|
    verpackung\w*|administratie\w*|toeslag\w*|supplement\w*|bijdrage\w*|recupel|bebat|kosten|consignment|leeggoed|vidange\w*)\b
"""

_HEADS = [(role, re.compile(pattern, re.VERBOSE)) for role, pattern in _ROLES.items()]
_LETTERS = re.compile(r"[a-z]{2}")
ADDS_UP, CARRIED, TAKEN, ADDED, PLUS = (re.compile(pattern, re.VERBOSE) for pattern in (_ADDS_UP, _CARRIED, _TAKEN, _ADDED, _PLUS))
"""Rows: that add others up, that only bring their sum to the next page, that name a discount, or a charge; words behind a name."""


def role_of(head: str) -> Role:
    """What the words at the head of a column announce, perhaps in two languages (`Aantal / Quantité`)."""
    said = " ".join(fold(head).replace("€", " eur ").replace(".", " ").split()).strip(" :()[]*-/")
    parts = [said, *(part.strip() for part in said.split("/"))]
    return next((role for part in parts for role, pattern in _HEADS if pattern.fullmatch(part)), Role.OTHER)


def begins_with_sum(texts: list[str]) -> bool:
    """Whether the first words on a row say that it adds others up."""
    first = next((text for text in map(fold, texts) if _LETTERS.search(text)), "")
    return ADDS_UP.match(" ".join(first.split())) is not None
