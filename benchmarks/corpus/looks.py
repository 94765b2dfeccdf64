"""The kinds of paper: which layout, whose, in which situations, and the distractors that stand on it; and what each may be used for."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec
from benchmarks.corpus.bill import Situation

if TYPE_CHECKING:
    from random import Random


class Part(StrEnum):
    """What a look is for. `CALIBRATION` looks are not shown to who tunes the reader either: confidence is fitted on them."""

    TUNING = "dev"
    CALIBRATION = "calibration"
    HELD_BACK = "held back"


_CREDITS = (Situation.CREDIT, Situation.CREDIT_MINUS, Situation.CREDIT_BRACKETS)
_ORDINARY = (Situation.ONE_RATE, Situation.RATES)


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of paper. `layout` names a function in `layouts/`; `hides` are fields that are not on it; `details` the distractors.

    `plain_totals`: its totals are base and VAT only, so nothing more can be shown between them.
    """

    layout: str
    trade: str
    situations: tuple[Situation, ...]
    title: str = "title"
    hides: frozenset[str] = frozenset()
    details: tuple[str, ...] = ()
    lines: tuple[int, int] = (1, 4)
    roll: bool = False
    plain_totals: bool = False
    gross_lines: bool = False
    abroad: tuple[str, ...] = ()
    part: Part = Part.TUNING


_TILL = frozenset({"buyer_name", "buyer_vat", "due_date", "payment_reference", "iban", "type_code", "invoice_number"})

LOOKS = (
    Look(layout="bar", trade="wholesale", situations=(*_ORDINARY, Situation.DISCOUNT, Situation.DEPOSIT, *_CREDITS), lines=(12, 45)),
    Look(
        layout="boxes",
        trade="garage",
        situations=(Situation.ONE_RATE, Situation.DISCOUNT, Situation.DEPOSIT, Situation.CREDIT_BRACKETS),
        details=("plate", "chassis", "mileage", "mechanic"),
        lines=(3, 5),
    ),
    Look(
        layout="letter",
        trade="legal",
        title="fee_title",
        situations=(Situation.ONE_RATE, Situation.DEPOSIT, Situation.EXEMPT, Situation.CREDIT),
        details=("file",),
        lines=(2, 4),
    ),
    Look(
        layout="plain",
        trade="software",
        situations=(Situation.ONE_RATE, Situation.REVERSE, Situation.CREDIT_MINUS),
        abroad=("US", "IE", "US"),
        plain_totals=True,
        hides=frozenset({"payment_reference"}),
    ),
    Look(
        layout="sidebar",
        trade="telecom",
        situations=(Situation.ONE_RATE, Situation.BALANCE, Situation.CREDIT_MINUS, Situation.INCLUSIVE),
        details=("line", "puk"),
        lines=(3, 4),
    ),
    Look(layout="terminal", trade="consulting", situations=(*_ORDINARY, Situation.EXEMPT, Situation.CREDIT_BRACKETS), details=("project",)),
    Look(
        layout="utility",
        trade="energy",
        situations=(Situation.RATES, Situation.DEPOSIT, Situation.BALANCE, Situation.CREDIT_MINUS),
        details=("meter", "ean", "consumption", "customer_service"),
        lines=(4, 5),
    ),
    Look(
        layout="fuelcard",
        trade="fuel",
        situations=(Situation.ONE_RATE, Situation.DISCOUNT),
        details=("card", "plate", "mileage"),
        lines=(6, 28),
    ),
    Look(
        layout="till",
        trade="till",
        title="receipt_title",
        situations=(Situation.INCLUSIVE, Situation.ROUNDED, Situation.RATES),
        hides=_TILL,
        details=("cashier", "terminal", "barcode"),
        lines=(3, 6),
        roll=True,
        gross_lines=True,
    ),
    Look(
        layout="contractor",
        trade="building",
        situations=(Situation.REVERSE, Situation.ONE_RATE, Situation.RATES, Situation.DEPOSIT, Situation.CREDIT_MINUS),
        details=("site", "project"),
        lines=(1, 3),
    ),
    Look(
        layout="selfbilling",
        trade="consulting",
        title="self_title",
        situations=(Situation.ONE_RATE, Situation.REVERSE, Situation.EXEMPT),
        details=("project",),
    ),
    Look(
        layout="foreign",
        trade="export",
        situations=(Situation.INTRA, Situation.INTRA, Situation.CREDIT),
        abroad=("NL", "DE", "FR", "LU"),
        lines=(2, 8),
    ),
    Look(
        layout="insurance",
        trade="insurance",
        situations=(Situation.EXEMPT,),
        details=("policy", "insured", "broker"),
        lines=(2, 4),
        part=Part.HELD_BACK,
    ),
    Look(
        layout="restaurant",
        trade="horeca",
        title="receipt_title",
        situations=(Situation.INCLUSIVE, Situation.ROUNDED),
        hides=_TILL,
        details=("table", "control", "terminal"),
        lines=(3, 6),
        roll=True,
        gross_lines=True,
        part=Part.HELD_BACK,
    ),
    Look(
        layout="transport",
        trade="transport",
        situations=(Situation.ONE_RATE, Situation.REVERSE, Situation.INTRA, Situation.DISCOUNT, Situation.CREDIT_MINUS),
        details=("plate", "weight", "cmr"),
        lines=(2, 12),
        part=Part.HELD_BACK,
    ),
    Look(
        layout="slip",
        trade="water",
        situations=(*_ORDINARY, Situation.DEPOSIT, Situation.BALANCE),
        details=("meter", "consumption", "customer_service"),
        lines=(3, 4),
        part=Part.HELD_BACK,
    ),
    Look(
        layout="form",
        trade="export",
        situations=(Situation.ONE_RATE, Situation.EXPORT, Situation.DISCOUNT, Situation.CREDIT, Situation.CREDIT_BRACKETS),
        details=("project", "weight"),
        lines=(2, 6),
        part=Part.HELD_BACK,
    ),
    Look(
        layout="webshop",
        trade="shop",
        situations=(Situation.INCLUSIVE, Situation.DEPOSIT, Situation.RATES, Situation.CREDIT),
        details=("tracking", "barcode"),
        lines=(1, 4),
        part=Part.HELD_BACK,
    ),
    Look(
        layout="ledger",
        trade="wholesale",
        situations=(*_ORDINARY, Situation.DISCOUNT, Situation.CREDIT, Situation.CREDIT_BRACKETS),
        lines=(3, 12),
        part=Part.CALIBRATION,
    ),
    Look(
        layout="typed",
        trade="consulting",
        situations=(Situation.ONE_RATE, Situation.EXEMPT, Situation.DEPOSIT, Situation.REVERSE, Situation.CREDIT_MINUS),
        part=Part.CALIBRATION,
    ),
    Look(
        layout="lease",
        trade="garage",
        situations=(*_ORDINARY, Situation.BALANCE, Situation.CREDIT),
        details=("plate", "project", "customer_service"),
        part=Part.CALIBRATION,
    ),
    Look(
        layout="ticket",
        trade="fuel",
        title="receipt_title",
        situations=(Situation.INCLUSIVE, Situation.ROUNDED),
        hides=_TILL,
        details=("terminal", "plate"),
        lines=(1, 2),
        roll=True,
        gross_lines=True,
        part=Part.CALIBRATION,
    ),
)

_DETAILS = {
    "plate": "Nummerplaat|Plaque|Licence plate|Kennzeichen|2-@@@-###",
    "chassis": "Chassisnr.|N° châssis|VIN|Fahrgestellnr.|WVWZZZ1KZ8W######",
    "mileage": "Kilometerstand|Kilométrage|Mileage|Kilometerstand|1## ###",
    "mechanic": "Mecanicien|Mécanicien|Mechanic|Mechaniker|Tom V.",
    "file": "Dossier|Dossier|File|Akte|20##/###",
    "line": "Oproepnummer|N° d'appel|Phone line|Rufnummer|04## ## ## ##",
    "puk": "PUK|PUK|PUK|PUK|########",
    "project": "Project|Projet|Project|Projekt|P-2#.###",
    "meter": "Meternummer|N° compteur|Meter number|Zählernummer|1SAG########",
    "ean": "EAN-code|Code EAN|EAN code|EAN-Code|54144#############",
    "consumption": "Verbruik|Consommation|Consumption|Verbrauch|2.### kWh",
    "customer_service": "Klantendienst|Service clients|Customer service|Kundendienst|078 ## ## ##",
    "card": "Kaartnummer|N° carte|Card number|Kartennummer|7002 #### #### ####",
    "cashier": "Kassa|Caisse|Till|Kasse|0#",
    "terminal": "Terminal|Terminal|Terminal|Terminal|0######## AUT ######",
    "barcode": "EAN|EAN|EAN|EAN|54########## #",
    "site": "Werf|Chantier|Site|Baustelle|Kouterlaan 14",
    "policy": "Polis|Police|Policy|Police|38.###.###",
    "insured": "Verzekerd kapitaal|Capital assuré|Sum insured|Versicherungssumme|350.000,00 EUR",
    "broker": "Makelaar FSMA|Courtier FSMA|Broker FSMA|Makler FSMA|0#####",
    "table": "Tafel|Table|Table|Tisch|1#",
    "control": "VSC|VSC|VSC|VSC|##########",
    "weight": "Gewicht|Poids|Weight|Gewicht|1.### kg",
    "cmr": "CMR|CMR|CMR|CMR|BE########",
    "tracking": "Track & trace|Suivi|Tracking|Sendung|JJBEA##########",
}


def detail(random: Random, name: str, language: str) -> list[str]:
    """A distractor as it is printed: its label and an invented value."""
    *labels, shape = _DETAILS[name].split("|")
    value = "".join(
        str(random.randrange(10)) if sign == "#" else random.choice("ABCDEFGHJKLMNPRSTVWXYZ") if sign == "@" else sign for sign in shape
    )
    return [labels[("nl", "fr", "en", "de").index(language)], value]
