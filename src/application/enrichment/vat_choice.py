"""Which VAT code a line gets: by rate and category of the invoice, the side of trade, the account, and where the other party is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from application.accounting_package import VatCode
    from domain.document import FoundRate

_MEMBER_STATES = "AT BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI"


def purchase_grid(account: str) -> str:
    """The return's box for the base of a purchase: 81 goods, 82 services and other costs, 83 investments."""
    if account.startswith("2"):
        return "83"
    return "81" if account.startswith("60") else "82"


def party_is_foreign(vat_number: str | None) -> bool:
    """Whether the other party has a VAT number of another member state."""
    return vat_number is not None and vat_number[:2] in _MEMBER_STATES.split()


def choose(rate: FoundRate, account: str, party_vat: str | None, codes: Sequence[VatCode], kind: str) -> str:
    """The code of the VAT breakdown's line, or an empty text when the dossier has none that fits."""
    fitting = [code for code in codes if code.kind == kind and _fits(code, rate, party_vat)]
    if kind == "purchase":
        fitting = [code for code in fitting if purchase_grid(account) in code.base_grids] or fitting
    elif grid := _sales_grid(rate, party_vat):
        fitting = [code for code in fitting if grid in code.base_grids]
    return fitting[0].code if fitting else ""


def _fits(code: VatCode, rate: FoundRate, party_vat: str | None) -> bool:
    if code.kind == "sales":
        return _sales_grid(rate, party_vat) is not None or (code.rate == rate.rate and not code.reverse_charge)
    if _reverse(rate, party_vat):
        wanted = {"86", "88"} if party_is_foreign(party_vat) else {"87"}
        return code.reverse_charge and bool(wanted & set(code.base_grids))
    return code.rate == rate.rate and not code.reverse_charge


def _reverse(rate: FoundRate, party_vat: str | None) -> bool:
    return rate.category in {"AE", "K"} or (party_is_foreign(party_vat) and rate.rate == Decimal(0))


def _sales_grid(rate: FoundRate, party_vat: str | None) -> str | None:
    match rate.category:
        case "K":
            return "46"
        case "AE":
            return "44" if party_is_foreign(party_vat) else "45"
        case "G":
            return "47"
    return None
