"""The Belgian VAT codes of purchases and sales with the grids of the periodic return each fills.

A grid with a minus is lowered. A credit note received lowers the grids its invoice filled and is told in 85 (84 for 86 and 88), with its
VAT in 63; one issued is told in 49 (48 for 44 and 46), with its VAT in 64. Where the buyer owed the VAT, a credit note takes back what the
invoice put in 55, 56 or 57 and in 59. Sources: form 625 and its notes; Royal Decree No 1, articles 4, 5 and 18.
"""

from __future__ import annotations

from decimal import Decimal

from application.accounting_package import VatCode

RATES = (21, 12, 6)
_PURCHASES = (("H", "81", "Handelsgoederen"), ("D", "82", "Diensten en diverse goederen"), ("I", "83", "Investeringen"))


def _purchase(code: str, name: str, rate: int, base: str, *, deductible: int = 100) -> VatCode:
    """VAT on the invoice; what is not deductible becomes part of the cost and of its base grid."""
    vat = ("59",) if rate and deductible else ()
    back = ("63",) if rate and deductible else ()
    return VatCode(
        code=code,
        name=name,
        kind="purchase",
        rate=Decimal(rate),
        reverse_charge=False,
        base_grids=(base,),
        payable_grids=(),
        deductible_grids=vat,
        credit_base_grids=(f"-{base}", "85"),
        credit_payable_grids=back,
        credit_deductible_grids=(),
        deductible=Decimal(deductible),
    )


def _reversed(code: str, name: str, rate: int, bases: tuple[str, str], payable: str) -> VatCode:
    """No VAT on the invoice: the buyer owes it and deducts it."""
    credit = "84" if bases[1] in {"86", "88"} else "85"
    return VatCode(
        code=code,
        name=name,
        kind="purchase",
        rate=Decimal(rate),
        reverse_charge=True,
        base_grids=bases,
        payable_grids=(payable,),
        deductible_grids=("59",),
        credit_base_grids=(*(f"-{grid}" for grid in bases), credit),
        credit_payable_grids=(f"-{payable}",),
        credit_deductible_grids=("-59",),
    )


def _sale(code: str, name: str, rate: int, base: str, *, reverse_charge: bool = False) -> VatCode:
    return VatCode(
        code=code,
        name=name,
        kind="sales",
        rate=Decimal(rate),
        reverse_charge=reverse_charge,
        base_grids=(base,),
        payable_grids=("54",) if rate else (),
        deductible_grids=(),
        credit_base_grids=("48" if base in {"44", "46"} else "49",),
        credit_payable_grids=(),
        credit_deductible_grids=("64",) if rate else (),
    )


def _outside(code: str, name: str, kind: str) -> VatCode:
    """Outside the scope of VAT: told in no grid."""
    nothing: tuple[str, ...] = ()
    return VatCode(
        code=code,
        name=name,
        kind=kind,
        rate=Decimal(0),
        reverse_charge=False,
        base_grids=nothing,
        payable_grids=nothing,
        deductible_grids=nothing,
        credit_base_grids=nothing,
        credit_payable_grids=nothing,
        credit_deductible_grids=nothing,
    )


def _purchases() -> list[VatCode]:
    codes = []
    for letter, base, name in _PURCHASES:
        other_eu = "88" if base == "82" else "86"
        outside_eu = ("Dienst van buiten de EU", "56") if base == "82" else ("Invoer met verlegging", "57")
        codes.append(_purchase(f"A{letter}0", f"{name} 0 %", 0, base))
        for rate in RATES:
            codes += [
                _purchase(f"A{letter}{rate}", f"{name} {rate} %", rate, base),
                _purchase(f"A{letter}{rate}-0", f"{name} {rate} %, niet aftrekbaar", rate, base, deductible=0),
                _reversed(f"A{letter}{rate}MC", f"{name} {rate} %, medecontractant", rate, (base, "87"), "56"),
                _reversed(f"A{letter}{rate}EU", f"{name} {rate} %, binnen de EU", rate, (base, other_eu), "55"),
                _reversed(f"A{letter}{rate}IN", f"{name} {rate} %, {outside_eu[0].lower()}", rate, (base, "87"), outside_eu[1]),
            ]
        codes += [
            _purchase(f"A{letter}21-{share}", f"{name} 21 %, {share} % aftrekbaar", 21, base, deductible=share) for share in (35, 50, 85)
        ]
    codes += [_reversed(f"AD{rate}EUG", f"Diverse goederen {rate} %, binnen de EU", rate, ("82", "86"), "55") for rate in RATES]
    return codes


def _sales() -> list[VatCode]:
    return [
        _sale("V21", "Verkoop 21 %", 21, "03"),
        _sale("V12", "Verkoop 12 %", 12, "02"),
        _sale("V6", "Verkoop 6 %", 6, "01"),
        _sale("V0", "Verkoop 0 % of bijzondere regeling", 0, "00"),
        _sale("VMC", "Verkoop met verlegging, medecontractant", 0, "45", reverse_charge=True),
        _sale("VEUG", "Levering van goederen binnen de EU", 0, "46"),
        _sale("VEUD", "Dienst binnen de EU, btw door de afnemer", 0, "44", reverse_charge=True),
        _sale("VEX", "Uitvoer en andere vrijgestelde handelingen", 0, "47"),
    ]


VAT_CODES = {
    code.code: code
    for code in (
        *_purchases(),
        _outside("AGEEN", "Aankoop buiten de btw", "purchase"),
        *_sales(),
        _outside("VGEEN", "Verkoop buiten de btw", "sales"),
    )
}
