"""Where the values of a booking proposal come from, as sentences (FEATURES K4). Codes are stored; these are their msgids."""

from __future__ import annotations

from typing import Any

from application.marking import _
from domain.booking_proposal import Why

SENTENCES = {
    "counterparty.vat": _("Tegenpartij gevonden op btw-nummer"),
    "counterparty.iban": _("Tegenpartij gevonden op rekeningnummer"),
    "counterparty.name": _("Tegenpartij gevonden op naam ({percent} % gelijk)"),
    "counterparty.package": _("Tegenpartij gekend in de boekhouding"),
    "counterparty.new": _("Nieuwe tegenpartij, ingevuld met wat gelezen is"),
    "counterparty.fallback": _("Vaste tegenpartij van het dossier: op de factuur werd er geen gevonden"),
    "account.template": _("Rekening en btw volgens sjabloon: {count} facturen zo geboekt"),
    "account.package_template": _("Rekening en btw volgens sjabloon: {count} facturen zo geboekt in de boekhouding"),
    "account.saved_template": _("Rekening en btw volgens het bewaarde sjabloon van deze tegenpartij"),
    "account.article": _("Rekening uit de artikellijst: “{article}”"),
    "account.counterparty": _("Rekening van de vorige factuur van deze tegenpartij"),
    "account.office": _("Suggestie: zo boeken andere dossiers van het kantoor deze tegenpartij"),
    "account.chart": _("Rekening uit het kantoorschema: “{word}”"),
    "account.sales": _("Rekening uit het kantoorschema"),
    "account.suspense": _("Geen rekening gevonden: wachtrekening"),
    "account.unbalanced": _("De gelezen lijnen kloppen niet met het totaal: één lijn op de wachtrekening"),
    "lines.none": _("Voor deze tegenpartij worden altijd lijnen gelezen, maar op dit document zijn er geen gevonden"),
    "lines.differ": _("Voor deze tegenpartij worden altijd lijnen gelezen, maar hier zijn ze samen niet gelijk aan het totaal"),
    "lines.unrated": _("Voor deze tegenpartij worden altijd lijnen gelezen, maar hier zeggen ze niet welk btw-tarief elk heeft"),
    "lines.stuck": _("Voor deze tegenpartij worden altijd lijnen gelezen, maar dat liep vast op dit bestand"),
    "vat_code.invoice": _("Btw-code volgens het tarief op de factuur"),
    "vat_code.category": _("Btw-code volgens de btw-categorie van de e-factuur ({category})"),
    "vat_code.article": _("Btw-code uit de artikellijst"),
    "vat_code.counterparty": _("Btw-code van de vorige factuur van deze tegenpartij"),
    "vat_code.office": _("Btw-code zoals andere dossiers van het kantoor"),
    "vat_code.template": _("Btw-code uit het sjabloon"),
    "vat_code.deductible": _("Btw-code volgens het kantoorschema: {percent} % aftrekbaar"),
    "vat_code.deducts_too_much": _(
        "Kijk de aftrek na: deze rekening is maar {percent} % aftrekbaar, en het pakket heeft daarvoor geen code met verlegde btw"
    ),
    "vat_code.exempt": _("Het dossier is niet btw-plichtig: de btw hoort bij de kost"),
    "vat_code.lodging": _("Kijk het tarief na: logies en camping gingen op 1 maart 2026 van 6 naar 12 % btw"),
    "vat_code.plant_protection": _("Kijk het tarief na: gewasbescherming ging op 1 maart 2026 van 12 naar 21 % btw"),
    "period.invoice_date": _("Periode van de factuurdatum"),
    "period.first_open": _("Eerste open boekperiode na de factuurdatum"),
    "period.last_open": _("Laatste open boekperiode"),
    "due_date.printed": _("Vervaldatum zoals op de factuur"),
    "due_date.terms": _("Vervaldatum uit de betalingsvoorwaarden op de factuur"),
    "due_date.counterparty": _("Vervaldatum volgens de gewone termijn van deze tegenpartij: {days} dagen"),
    "due_date.dossier": _("Vervaldatum volgens de termijn van het dossier: {days} dagen"),
}
"""By code. A code is never renamed: the log holds it."""
PLAIN = "{text}"
_DOUBTS = frozenset({"vat_code.lodging", "vat_code.plant_protection", "vat_code.deducts_too_much"})


def sentence_of(why: Why | str) -> tuple[str, dict[str, Any]]:
    """The msgid and its values. A text of before there were codes, or a code of a later version, is shown as it is."""
    if isinstance(why, str):
        return PLAIN, {"text": why}
    if why.code not in SENTENCES:
        return PLAIN, {"text": why.code}
    return SENTENCES[why.code], dict(why.values)


def is_doubt(why: Why | str | None) -> bool:
    """Whether a person had better look at the value."""
    return isinstance(why, Why) and why.code in _DOUBTS


def is_suggestion(why: Why | str | None) -> bool:
    """Whether the value is lightly meant: what others do, not what this dossier does."""
    return isinstance(why, Why) and why.code == "account.office"
