"""What each rule asks of an invoice: many rules of the standards say the same of another business term."""

from __future__ import annotations

import re

import msgspec

from application.marking import Marked, _
from application.validation.terms import NAMES

SENTENCES = {
    "missing": _("Een verplicht gegeven ontbreekt of is onvolledig: {term}."),
    "sum": _("Een bedrag klopt niet met zijn berekening: er staat {said}, het moet {computed} zijn."),
    "vat_of_category": _("Btw-categorie {category}: gegevens, tarief of bedragen van de factuur stroken niet met deze categorie."),
    "code": _("De code “{code}” staat niet op de codelijst of past hier niet."),
    "decimals": _("Een bedrag heeft meer dan twee cijfers na de komma."),
    "dates": _("Een periode of datum klopt niet: het einde ligt voor het begin, of er staat geen geldige datum."),
    "once": _("Dit gegeven mag hier maar één keer voorkomen."),
    "together": _("Deze gegevens horen bij elkaar of sluiten elkaar uit: {term}."),
    "sign": _("Een prijs of een bedrag heeft het verkeerde teken."),
    "currency": _("De bedragen van een factuur staan in één munt: die van het document."),
    "network": _("Het netwerk kan dit document zo niet bezorgen: {term}."),
    "number": _("Het nummer “{code}” kan niet bestaan: het controlegetal klopt niet."),
    "card": _("Van een betaalkaart mogen alleen de laatste cijfers op de factuur staan."),
    "belgian_rate": _("Het tarief {code} % bestaat niet in België."),
    "due": _("De vervaldatum {code} ligt voor de factuurdatum."),
    "empty": _("Een leeg element hoort niet in het bestand."),
    "schema": _("Het bestand volgt het XML-schema van UBL 2.1 niet: {text}"),
    "cii_schema": _("Het bestand volgt het XML-schema van CII niet: {text}"),
    "official": _("De factuur houdt zich niet aan een officiële regel: {text}"),
    "unchecked": _("De regels van {rules} konden hier niet getoetst worden: {reason}"),
}
TERMS = {
    "BR-01": "BT-24", "BR-02": "BT-1", "BR-03": "BT-2", "BR-04": "BT-3", "BR-05": "BT-5", "BR-06": "BT-27", "BR-07": "BT-44",
    "BR-08": "BG-5", "BR-09": "BT-40", "BR-10": "BG-8", "BR-11": "BT-55", "BR-12": "BT-106", "BR-13": "BT-109", "BR-14": "BT-112",
    "BR-15": "BT-115", "BR-16": "BG-25", "BR-17": "BT-59", "BR-18": "BT-62", "BR-19": "BG-12", "BR-20": "BT-69", "BR-21": "BT-126",
    "BR-22": "BT-129", "BR-23": "BT-130", "BR-24": "BT-131", "BR-25": "BT-153", "BR-26": "BT-146", "BR-31": "BT-92", "BR-32": "BT-95",
    "BR-33": "BT-97/98", "BR-36": "BT-99", "BR-37": "BT-102", "BR-38": "BT-104/105", "BR-41": "BT-136", "BR-42": "BT-139/140",
    "BR-43": "BT-141", "BR-44": "BT-144/145", "BR-45": "BT-116", "BR-46": "BT-117", "BR-47": "BT-118", "BR-48": "BT-119",
    "BR-49": "BT-81", "BR-50": "BT-84", "BR-52": "BT-122", "BR-53": "BT-111", "BR-54": "BT-160/161", "BR-55": "BT-25", "BR-56": "BT-63",
    "BR-57": "BT-80", "BR-61": "BT-84", "BR-62": "BT-34-1", "BR-63": "BT-49-1", "BR-64": "BT-157-1", "BR-65": "BT-158-1",
    "BR-CO-03": "BT-7/BT-8", "BR-CO-04": "BT-151", "BR-CO-18": "BG-23", "BR-CO-19": "BT-73/74", "BR-CO-20": "BT-134/135",
    "BR-CO-21": "BT-97/98", "BR-CO-22": "BT-104/105", "BR-CO-23": "BT-139/140", "BR-CO-24": "BT-144/145", "BR-CO-25": "BT-9/BT-20",
    "BR-CO-26": "BT-29/30/31", "PEPPOL-EN16931-R001": "BT-23", "PEPPOL-EN16931-R003": "BT-10/BT-13", "PEPPOL-EN16931-R004": "BT-24",
    "PEPPOL-EN16931-R005": "BT-5/BT-6", "PEPPOL-EN16931-R007": "BT-23", "PEPPOL-EN16931-R010": "BT-49", "PEPPOL-EN16931-R020": "BT-34",
    "PEPPOL-EN16931-R041": "BT-93/BT-94", "PEPPOL-EN16931-R042": "BT-93/BT-94", "PEPPOL-EN16931-R061": "BT-89",
    "PEPPOL-EN16931-R101": "BT-128",
}  # fmt: skip
"""Rule → the business terms of EN 16931 it is about."""
ADVISED = frozenset({"BR-51", "PEPPOL-COMMON-R040", *(f"PEPPOL-COMMON-R{number:03}" for number in range(44, 48))})
"""Rules of the standards that only advise."""
_FAMILIES = {
    "sum": r"BR-CO-1[0-7]|PEPPOL-EN16931-R(040|046|120)",
    "once": r"PEPPOL-EN16931-R(002|053|054|080|100)",
    "dates": r"BR-29|BR-30|PEPPOL-EN16931-(F001|R110|R111)",
    "sign": r"BR-27|BR-28|PEPPOL-EN16931-R(044|055|121)",
    "currency": r"PEPPOL-EN16931-R051",
    "together": r"BR-17|BR-CO-03|PEPPOL-EN16931-R(005|041|042|101)",
    "network": r"PEPPOL-EN16931-R(001|003|004|007|010|020|061)",
    "code": r"BR-CL-.*|BR-CO-09|PEPPOL-EN16931-(P\d+|CL\d+|R043|R130)",
    "number": r"PEPPOL-COMMON-.*|DAYBOOK-(VAT|IBAN|BE-01|BE-02)",
    "card": r"BR-51",
    "decimals": r"BR-DEC",
    "belgian_rate": r"DAYBOOK-BE-03",
    "due": r"DAYBOOK-DUE",
    "empty": r"PEPPOL-EN16931-R008",
    "schema": r"UBL-XSD",
    "cii_schema": r"CII-XSD",
    "unchecked": r"UNCHECKED",
    "vat_of_category": r"BR-(S|Z|E|AE|IC|G|O|AF|AG)-\d+",
    "missing": r"BR-(CO-)?\d+",
}
"""Sentence → the rules that say it; the first that matches."""


class Rule(msgspec.Struct, frozen=True):
    """The sentence of a rule, the values that are the rule's own, and whether it only advises."""

    sentence: str
    values: dict[str, str] = {}
    advice: bool = False


def rule_of(name: str) -> Rule | None:
    """What is said of a rule by its id; None for a rule that is not ours."""
    family = next((sentence for sentence, pattern in _FAMILIES.items() if re.fullmatch(pattern, name)), None)
    if family is None:
        return None
    values: dict[str, str] = {"term": Marked(NAMES[TERMS[name]])} if name in TERMS else {}
    if family == "vat_of_category":
        values = {"category": name.split("-")[1]}
    return Rule(family, values, advice=name.startswith("DAYBOOK") or name in ADVISED)
