"""The booking lines of an invoice. They always add up to its total; when what was read does not, it is one suspense line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import msgspec

from application.enrichment import accounts, templates
from application.enrichment.booking_lines import Booked, booking_line, situation_of, unsigned
from application.enrichment.circumstances import Circumstances
from application.enrichment.facts import Facts
from application.enrichment.own_lines import by_own_lines
from application.enrichment.plain_text import plain
from domain.booking_proposal import Line, Why
from domain.vat_rates import outdated

_ROUNDING = Decimal("0.05")
"""Euro that a total may lie beside its lines: suppliers round by article, and totals of cash."""
_BY_TEMPLATE, _BY_ONE_OF_MANY, _BY_PARTS = 0.97, 0.8, 0.4
"""The chance that a template's lines are right: the party's only way, its most used, one whose amounts a person must divide."""


def booked(facts: Facts, around: Circumstances) -> Booked:
    """The lines by the first source that fills them."""
    made = by_own_lines(facts, around, wanted=around.party.line_by_line) or _by_template(facts, around) or _by_rate(facts, around)
    return _balanced(made, facts, around)


def _by_template(facts: Facts, around: Circumstances) -> Booked | None:
    """What a person saved for this party, else its most used way once enough invoices were booked so: the first that fits."""
    known = templates.templates_of(around.past, around.vat_codes, around.templates_from, around.saved_templates)
    for template, lines in fitting(known, facts, around):
        if template.saved or template.count >= around.templates_from:
            return Booked(lines=lines, why=why_of(template), confidence=_chance(template, known))
    return None


def fitting(
    known: Iterable[templates.Template], facts: Facts, around: Circumstances
) -> Iterator[tuple[templates.Template, tuple[Line, ...]]]:
    """The templates that can book this invoice, with the lines they make of it."""
    for template in known:
        lines = templates.filled(template, facts, around.vat_codes)
        if lines is not None and _exist(lines, around):
            yield template, tuple(msgspec.structs.replace(line, dimensions=around.still_known(line.dimensions)) for line in lines)


def why_of(template: templates.Template) -> dict[str, Why]:
    """Where lines filled by a template come from."""
    values = {"count": str(template.count), "template": template.key}
    code = "account.saved_template" if template.saved else "account.template" if template.own else "account.package_template"
    return {"account": Why(code=code, values=values), "vat_code": Why(code="vat_code.template")}


def _chance(template: templates.Template, known: Sequence[templates.Template]) -> float:
    if any(line.share is None for line in template.lines):
        return _BY_PARTS
    return _BY_TEMPLATE if template.count == sum(one.count for one in known) else _BY_ONE_OF_MANY


def _exist(lines: Sequence[Line], around: Circumstances) -> bool:
    """Whether the accounts are still in the ledger (one never synchronised is believed)."""
    codes = {account.code for account in around.accounts}
    return not codes or all(line.account in codes for line in lines)


def _by_rate(facts: Facts, around: Circumstances) -> Booked:
    """One line per VAT rate on one account; the total alone gives one line."""
    choice = accounts.choose(facts, around)
    situation = situation_of(facts, around)
    found = [booking_line(unsigned(rate), choice, situation, around) for rate in facts.breakdown]
    why = {"account": choice.why}
    if found:
        why["vat_code"] = _moved(facts) or found[0][1]
    return Booked(lines=tuple(line for line, _ in found), why=why, confidence=choice.confidence)


def _moved(facts: Facts) -> Why | None:
    """A rate that what is on the invoice does not have on its day, or has no longer."""
    if facts.invoice_date is None:
        return None
    said = plain(" ".join(facts.texts))
    moved = next((one for rate in facts.breakdown if (one := outdated(rate.rate, facts.invoice_date, said))), None)
    return Why(code=f"vat_code.{moved.what}") if moved else None


def _balanced(made: Booked, facts: Facts, around: Circumstances) -> Booked:
    """Cents of rounding go to the VAT of the largest line that has any; more than that is for a person."""
    total = None if facts.total is None else abs(facts.total)
    if total is None or not made.lines:
        return made
    difference = total - sum((line.total for line in made.lines), Decimal(0))
    if not difference:
        return made
    if abs(difference) <= _ROUNDING:
        return msgspec.structs.replace(made, lines=_adjusted(made.lines, difference))
    return _as_one(total, facts, around)


def _adjusted(lines: tuple[Line, ...], difference: Decimal) -> tuple[Line, ...]:
    place = max(range(len(lines)), key=lambda one: (bool(lines[one].vat), lines[one].base))
    line = lines[place]
    changed = {"vat": line.vat + difference} if line.vat else {"base": line.base + difference}
    return (*lines[:place], msgspec.structs.replace(line, **changed), *lines[place + 1 :])


def _as_one(total: Decimal, facts: Facts, around: Circumstances) -> Booked:
    """One line with the total's own amounts where those agree, on the suspense account."""
    choice = accounts.suspense(around, "account.unbalanced")
    agree = facts.base is not None and facts.vat is not None and abs(facts.base) + abs(facts.vat) == total
    vat = abs(facts.vat) if agree and facts.vat is not None else Decimal(0)
    line = Line(account=choice.account, vat_code="", base=total - vat, vat=vat)
    return Booked(lines=(line,), why={"account": choice.why}, confidence=choice.confidence)
