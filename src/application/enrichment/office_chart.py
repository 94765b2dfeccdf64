"""The office's chart: words on an invoice that tell which account it belongs to (FEATURES F5). The first rule with a word in it wins.

An account is a MAR code; it is used only where the dossier's own ledger has it, else the first ledger account below the same root.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from application.accounting_package import Account


class Rule(msgspec.Struct, frozen=True):
    """Words (whole, without accents, lower case) that point to an account."""

    account: str
    words: tuple[str, ...]


PURCHASE_RULES = (
    Rule("612100", ("elektriciteit", "electricite", "electricity", "strom", "aardgas", "gaz", "energie", "energy", "kwh")),
    Rule("612000", ("drinkwater", "watervoorziening", "eau", "waterverbruik")),
    Rule("612200", ("diesel", "benzine", "essence", "tankstation", "brandstof", "carburant", "fuel", "laadpaal")),
    Rule("612300", ("telefonie", "telecom", "internet", "gsm", "mobiel", "telephone", "telephonie", "glasvezel", "abonnement telefoon")),
    Rule("613100", ("verzekering", "assurance", "insurance", "polis", "premie", "versicherung")),
    Rule("613200", ("advocaat", "avocat", "ereloon", "honoraires", "notaris", "accountant", "boekhouding", "boekhouder", "consultancy")),
    Rule("611200", ("garage", "banden", "onderhoudsbeurt", "keuring", "carrosserie", "autokeuring", "pneus")),
    Rule("611100", ("onderhoud", "herstelling", "entretien", "reparation", "maintenance", "poetsdienst", "schoonmaak")),
    Rule("610000", ("huur", "huurprijs", "loyer", "rent", "miete")),
    Rule("612400", ("kantoorbenodigdheden", "papier", "printer", "toner", "fournitures", "office supplies", "drukwerk", "burobedarf")),
    Rule("612500", ("software", "licentie", "licence", "license", "saas", "hosting", "cloud", "subscription", "domeinnaam")),
    Rule("614000", ("reclame", "publicite", "advertising", "advertentie", "marketing", "flyers", "folders")),
    Rule("601000", ("bloem", "meel", "gist", "suiker", "boter", "chocolade", "farine", "beurre", "sucre", "grondstoffen", "verpakking")),
    Rule("604000", ("handelsgoederen", "marchandises", "koopwaar", "goods")),
)
SALES_RULES = (Rule("700000", ()),)
DEFAULT_SALES_ACCOUNT = "700000"


def account_for(texts: Iterable[str], rules: Sequence[Rule], accounts: Sequence[Account]) -> tuple[str, str] | None:
    """The account the words point to and the word that did it, or None."""
    said = " " + " ".join(_plain(text) for text in texts) + " "
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


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", bare))
