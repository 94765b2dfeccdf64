"""One booking line: the account that was chosen, and the VAT code that what is on the invoice gives it there."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from application.enrichment import vat_choice
from application.enrichment.accounts import Choice
from application.enrichment.circumstances import Circumstances
from application.enrichment.facts import Facts
from domain.booking_proposal import Line, Why
from domain.document import FoundRate
from domain.dossier import Kind


class Booked(msgspec.Struct, frozen=True, kw_only=True):
    """Lines, where they come from, and the chance that they are right. `remarks` say by line what was bought."""

    lines: tuple[Line, ...]
    why: dict[str, Why]
    confidence: float
    remarks: tuple[str, ...] = ()


def situation_of(facts: Facts, around: Circumstances) -> vat_choice.Situation:
    """What the choice of a VAT code depends on."""
    return vat_choice.Situation(
        kind=facts.kind,
        codes=around.vat_codes,
        place=vat_choice.place_of(around.party.vat_number or facts.party_vat),
        on=facts.invoice_date,
        import_licence=around.dossier.import_licence,
    )


def unsigned(rate: FoundRate) -> FoundRate:
    """The rate of a credit note, whose amounts are positive here."""
    return msgspec.structs.replace(rate, base=abs(rate.base), vat=abs(rate.vat))


def booking_line(rate: FoundRate, choice: Choice, situation: vat_choice.Situation, around: Circumstances) -> tuple[Line, Why]:
    """A line with these amounts on the chosen account, with the VAT code that fits, and where that comes from."""
    if around.dossier.vat_number is None:
        return _untaxed(rate, choice, situation)
    deductible = around.deductible_of(choice.account)
    narrowed = msgspec.structs.replace(situation, deductible=deductible)
    code = vat_choice.choose(rate, choice.account, narrowed, choice.vat_code)
    regime = vat_choice.regime_of(rate, choice.account, narrowed)
    private = choice.private if regime == vat_choice.Regime.CHARGED else None
    line = Line(
        account=choice.account,
        vat_code=code,
        base=rate.base,
        vat=rate.vat,
        dimensions=around.still_known(choice.dimensions),
        private=private,
    )
    return line, _why(rate, choice, code, narrowed)


def _untaxed(rate: FoundRate, choice: Choice, situation: vat_choice.Situation) -> tuple[Line, Why]:
    """A dossier without VAT number files no return: VAT on a purchase is part of its cost, and what it would owe itself is for a person."""
    regime = vat_choice.regime_of(rate, choice.account, situation)
    owed = situation.kind == Kind.PURCHASE and regime not in (vat_choice.Regime.CHARGED, vat_choice.Regime.NONE)
    code = "" if owed else vat_choice.without_vat(situation)
    line = Line(account=choice.account, vat_code=code, base=rate.base + rate.vat, vat=Decimal(0), dimensions=choice.dimensions)
    return line, Why(code="vat_code.exempt")


def _why(rate: FoundRate, choice: Choice, code: str, situation: vat_choice.Situation) -> Why:
    deductible = situation.deductible
    if code and vat_choice.deducts_too_much(code, situation):
        return Why(code="vat_code.deducts_too_much", values={"percent": f"{deductible:f}"})
    if code and code == choice.vat_code and choice.why.code == "account.article":
        return Why(code="vat_code.article")
    if code and code == choice.vat_code:
        return Why(code="vat_code.office" if choice.why.code == "account.office" else "vat_code.counterparty")
    if deductible != vat_choice.WHOLE and rate.rate:
        return Why(code="vat_code.deductible", values={"percent": f"{deductible:f}"})
    if rate.category != "S":
        return Why(code="vat_code.category", values={"category": rate.category})
    return Why(code="vat_code.invoice")
