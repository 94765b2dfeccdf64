"""The office's chart: words on an invoice that tell which account it belongs to (FEATURES F5). The first rule with a word in it wins.

An account is a MAR code; it is used only where the dossier's own ledger has it, else the first ledger account below the same root.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from application.enrichment.plain_text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from application.accounting_package import Account


class Rule(msgspec.Struct, frozen=True):
    """Words (whole, without accents, lower case) that point to an account."""

    account: str
    words: tuple[str, ...]


PURCHASE_RULES = (
    Rule("612000", ("elektriciteit", "electricite", "electricity", "strom", "kwh", "energiekost")),
    Rule("612100", ("aardgas", "gaz naturel", "stookolie", "mazout", "erdgas")),
    Rule("612200", ("drinkwater", "waterverbruik", "leidingwater", "eau potable", "distribution d eau")),
    Rule("612300", ("diesel", "benzine", "essence", "adblue", "brandstof", "carburant", "fuel", "laadpaal", "laadsessie")),
    Rule("612500", ("telefonie", "telecom", "internet", "gsm", "mobiel abonnement", "vaste lijn", "telephonie", "glasvezel")),
    Rule("613300", ("polis brand", "brandverzekering", "assurance incendie")),
    Rule("613400", ("autoverzekering", "omniumverzekering", "assurance auto")),
    Rule("613500", ("polis", "verzekering", "verzekeringen", "assurance", "assurances", "insurance", "versicherung")),
    Rule("613100", ("advocaat", "advocaten", "avocat", "avocats", "erelonen", "ereloon", "honoraires", "notaris", "notaire")),
    Rule("613000", ("accountant", "boekhouding", "boekhouder", "comptabilite", "jaarrekening")),
    Rule("613200", ("loonadministratie", "sociaal secretariaat", "secretariat social", "dimona", "consultancy", "advies")),
    Rule("611300", ("garage", "banden", "mecanicien", "motorolie", "autokeuring", "carrosserie", "pneus", "bestelwagen")),
    Rule("611200", ("software", "licentie", "licence", "license", "saas", "hosting", "cloud", "subscription", "per user", "storage")),
    Rule("612400", ("kantoorbenodigdheden", "papier a4", "toner", "cartouche", "classeurs", "fournitures de bureau", "papeterie")),
    Rule("614000", ("reclame", "publicite", "advertising", "drukkerij", "drukwerk", "folders", "flyers", "affiches", "naamkaartjes")),
    Rule("606000", ("verpakkingen", "verpakking", "broodzakken", "taartdozen", "draagtassen", "emballage", "emballages")),
    Rule("610000", ("huur handelspand", "huurprijs", "handelshuur", "loyer", "rent", "miete")),
    Rule(
        "611100", ("koelcel", "koeltechniek", "onderhoudscontract", "technicus", "ersatzteile", "dichtungssatz", "brennerduse", "machine")
    ),
    Rule(
        "611000", ("schoonmaak", "poetsdienst", "nettoyage", "lavage", "elektricien", "herstelling", "onderhoud", "entretien", "reparation")
    ),
    Rule(
        "600000", ("bloem", "tarwebloem", "meel", "volkorenmeel", "gist", "suiker", "boter", "roomboter", "melk", "slagroom", "couverture")
    ),
    Rule("600000", ("farine", "beurre", "sucre", "grondstoffen", "espressobonen", "filterkoffie", "koffie", "cement", "snelbouwsteen")),
    Rule("614300", ("restaurant", "brasserie", "eetcafe", "bistro", "dagschotel", "plat du jour")),
    Rule("604000", ("handelsgoederen", "marchandises", "koopwaar", "goods", "waren")),
)
DEFAULT_SALES_ACCOUNT = "700000"


def account_for(texts: Iterable[str], rules: Sequence[Rule], accounts: Sequence[Account]) -> tuple[str, str] | None:
    """The account the words point to and the word that did it, or None."""
    said = " " + " ".join(plain(text) for text in texts) + " "
    for rule in rules:
        word = next((word for word in rule.words if f" {word} " in said), None)
        account = existing(rule.account, accounts) if word else None
        if word and account:
            return account, word
    return None


def existing(code: str, accounts: Sequence[Account]) -> str | None:
    """The account of the ledger with this code, else the first one open for annotation below the same root of three digits."""
    codes = sorted(account.code for account in accounts if account.open_for_annotation)
    if code in codes:
        return code
    return next((one for one in codes if one.startswith(code[:3])), None)
