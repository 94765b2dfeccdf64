"""Which VAT code a line gets: by rate and category on the invoice, the side of trade, the account, and where the other party is.

The code is chosen by what it does (the grids of the return it fills), never by its name: each package has names of its own. The table this
follows is in belgium.md, c7.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum

import msgspec

from application.accounting_package import VatCode
from domain.document import FoundRate
from domain.dossier import Kind
from domain.eu_vat_formats import EU_VAT_FORMATS
from domain.vat_rates import standard_rate

_MEMBER_STATES = frozenset(EU_VAT_FORMATS)
_SERVICE_ACCOUNTS = ("602", "603")
"""Class 60 that is not goods: services for resale, subcontracting."""
WHOLE = Decimal(100)
"""All of it is deductible."""


class Place(Enum):
    """Where the other party is for VAT."""

    BELGIUM = "belgium"
    UNION = "union"
    NORTHERN_IRELAND = "northern_ireland"
    """In the Union for goods, outside it for services (Windsor Framework; VAT numbers with XI)."""
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class Regime(Enum):
    """Who owes the VAT of a line, and under which rule."""

    CHARGED = "charged"
    """The seller: VAT on the invoice, or a rate of zero."""
    CO_CONTRACTOR = "co_contractor"
    UNION_GOODS = "union_goods"
    UNION_SERVICES = "union_services"
    IMPORT = "import"
    """From outside the Union, on the buyer's return. For a sale: export."""
    NONE = "none"
    """Outside the scope of VAT."""


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What the choice depends on besides the line. `deductible` in percent; `import_licence`: VAT on import goes on the return."""

    kind: Kind
    codes: Sequence[VatCode]
    place: Place = Place.UNKNOWN
    on: date | None = None
    deductible: Decimal = WHOLE
    import_licence: bool = False


def place_of(vat_number: str | None) -> Place:
    """Where a party with this VAT number is."""
    if not vat_number:
        return Place.UNKNOWN
    if vat_number.startswith("BE"):
        return Place.BELGIUM
    if vat_number.startswith("XI"):
        return Place.NORTHERN_IRELAND
    return Place.UNION if vat_number[:2] in _MEMBER_STATES else Place.OUTSIDE


def purchase_grid(account: str) -> str:
    """The return's box for the base of a purchase: 81 goods, 82 services and other costs, 83 investments."""
    if account.startswith("2"):
        return "83"
    return "81" if account.startswith("60") else "82"


def is_goods(account: str) -> bool:
    """Whether what is booked on this account is a thing."""
    if account.startswith("7"):
        return account[:3] in ("700", "701")
    return account.startswith(("2", "60")) and not account.startswith(_SERVICE_ACCOUNTS)


def regime_of(rate: FoundRate, account: str, situation: Situation) -> Regime:
    """The rule a line falls under."""
    place, category = situation.place, rate.category
    if category == "O":
        return Regime.NONE
    if category == "K":
        return Regime.UNION_GOODS
    if category == "G":
        return Regime.IMPORT
    if category == "AE":
        return _reversed(place, account)
    if rate.rate == 0 and category != "E" and place not in (Place.BELGIUM, Place.UNKNOWN):
        return _reversed(place, account)
    return Regime.CHARGED


def _reversed(place: Place, account: str) -> Regime:
    if place == Place.OUTSIDE or (place == Place.NORTHERN_IRELAND and not is_goods(account)):
        return Regime.IMPORT
    if place == Place.NORTHERN_IRELAND:
        return Regime.UNION_GOODS
    if place == Place.UNION:
        return Regime.UNION_GOODS if is_goods(account) else Regime.UNION_SERVICES
    return Regime.CO_CONTRACTOR


def choose(rate: FoundRate, account: str, situation: Situation, preferred: str | None = None) -> str:
    """The code of a line, empty when the dossier has none that fits. `preferred` is taken when it can be right at all."""
    fits = _FITS[situation.kind]
    regime = regime_of(rate, account, situation)
    fitting = [code for code in situation.codes if code.kind == situation.kind and fits(code, rate, account, situation, regime)]
    if preferred in {code.code for code in fitting}:
        return str(preferred)
    if situation.kind == Kind.PURCHASE:
        fitting = _usual(fitting, account, situation, regime)
    return fitting[0].code if fitting else ""


def deducts_too_much(code: str, situation: Situation) -> bool:
    """Whether the buyer's own VAT is deducted beyond what may be: the package has no code for reverse charge with just that part."""
    chosen = next((one for one in situation.codes if one.code == code), None)
    return chosen is not None and chosen.reverse_charge and chosen.deductible > situation.deductible


def without_vat(situation: Situation) -> str:
    """The code of what no VAT return tells: for a dossier that files none."""
    return code_without_vat(situation.codes, situation.kind)


def code_without_vat(codes: Sequence[VatCode], kind: Kind) -> str:
    """The code among these that no VAT return tells; empty when there is none."""
    return next((code.code for code in codes if code.kind == kind and _tells_nothing(code)), "")


def _usual(fitting: Sequence[VatCode], account: str, situation: Situation, regime: Regime) -> list[VatCode]:
    """Among the codes that can be right: those for the account's grid, with the VAT that is deductible, at the rate that is usual.

    What the buyer owes must be told, so where no code for reverse charge deducts just that part another one is better than none.
    """
    if regime == Regime.NONE:
        return list(fitting)
    grid = purchase_grid(account)
    if regime == Regime.UNION_SERVICES and grid == "81":
        grid = "82"
    found = [code for code in fitting if grid in code.base_grids]
    exactly = [code for code in found if code.deductible == situation.deductible or not code.rate]
    if regime == Regime.CHARGED:
        return exactly
    found = exactly or found
    standard = [code for code in found if code.rate == standard_rate(situation.on)] or found
    own_words = [code for code in standard if _says_co_contractor(code) == (regime == Regime.CO_CONTRACTOR)]
    return own_words or standard


def _says_co_contractor(code: VatCode) -> bool:
    """Co-contractor and services from outside the Union fill the same grids; only the name tells them apart."""
    name = code.name.lower()
    return any(word in name for word in ("contract", "vertragspartner", "verlegd"))


def _fits_purchase(code: VatCode, rate: FoundRate, account: str, situation: Situation, regime: Regime) -> bool:
    grids, payable = set(code.base_grids), set(code.payable_grids)
    match regime:
        case Regime.CHARGED:
            return code.rate == rate.rate and not code.reverse_charge and bool(grids)
        case Regime.CO_CONTRACTOR:
            return code.reverse_charge and "87" in grids and "56" in payable
        case Regime.UNION_GOODS:
            return code.reverse_charge and "86" in grids
        case Regime.UNION_SERVICES:
            return code.reverse_charge and "88" in grids
        case Regime.IMPORT:
            if not is_goods(account):
                return code.reverse_charge and "87" in grids and "56" in payable
            if situation.import_licence:
                return code.reverse_charge and "87" in grids and "57" in payable
            return code.rate == 0 and not code.reverse_charge and bool(grids)
        case Regime.NONE:
            return _tells_nothing(code)


def _fits_sale(code: VatCode, rate: FoundRate, _account: str, _situation: Situation, regime: Regime) -> bool:
    grids = set(code.base_grids)
    match regime:
        case Regime.CHARGED:
            return code.rate == rate.rate and bool(grids & ({"00"} if rate.rate == 0 else {"01", "02", "03"}))
        case Regime.CO_CONTRACTOR:
            return "45" in grids
        case Regime.UNION_GOODS:
            return "46" in grids
        case Regime.UNION_SERVICES:
            return "44" in grids
        case Regime.IMPORT:
            return "47" in grids
        case Regime.NONE:
            return _tells_nothing(code)


def _tells_nothing(code: VatCode) -> bool:
    return not (code.base_grids or code.payable_grids or code.deductible_grids)


_FITS: dict[Kind, Callable[[VatCode, FoundRate, str, Situation, Regime], bool]] = {
    Kind.PURCHASE: _fits_purchase,
    Kind.SALES: _fits_sale,
}
