"""A booking proposal from what recognition read and what the dossier knows. Every choice says where it comes from (`why`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

import msgspec

from application.accounting_package import Account, VatCode
from application.enrichment import office_chart, vat_choice
from domain.booking_period import booking_period_of
from domain.booking_proposal import Line, ProposalDrafted
from domain.counterparty import Counterparty
from domain.document import Document, FoundField, FoundRate, Progress
from domain.dossier import Dossier, Kind

_CREDIT_NOTES = frozenset({"381", "261", "396"})
_CENT = Decimal("0.01")
_SOURCES = {"ubl": "UBL", "cii": "UBL", "factur-x": "UBL"}


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """What the dossier knows: its settings, the counterparty found by VAT number (if any), its ledger's accounts and VAT codes."""

    kind: Kind
    dossier: Dossier
    counterparty_id: UUID | None
    counterparty: Counterparty | None
    accounts: tuple[Account, ...]
    vat_codes: tuple[VatCode, ...]
    suspense_account: str
    page_texts: tuple[str, ...] = ()
    """The lines of the pages, where the words of an invoice's lines are not known apart."""


def propose(document_id: UUID, document: Document, around: Circumstances) -> ProposalDrafted:
    """The proposal of one document. Fields recognition did not find stay empty; an account nobody can tell is the suspense account."""
    found = _by_name(document)
    party = "issuer" if around.kind == Kind.PURCHASE else "buyer"
    credit_note = _text(found, "type_code") in _CREDIT_NOTES
    journal = around.dossier.journal_for(around.kind, credit_note=credit_note)
    invoice_date = _date(found, "issue_date")
    period, period_why = _period(invoice_date, around.dossier)
    account, account_why, account_confidence = _account(document, around)
    total, base, vat = (_amount(found, name) for name in ("total_incl", "total_excl", "vat"))
    lines = _lines(document, around, account, _text(found, f"{party}_vat"), (total, base, vat))
    confidence = _confidence(found, party) | {"account": account_confidence}
    return ProposalDrafted(
        dossier=document.dossier,
        document=document_id,
        kind=around.kind,
        source=_SOURCES.get(document.recognition.kind, "AIR") if document.recognition else "AIR",
        journal=journal.code if journal else "",
        credit_note=credit_note,
        period=period,
        counterparty=around.counterparty_id,
        party_name=around.counterparty.party_name if around.counterparty else _text(found, f"{party}_name") or "",
        party_vat=around.counterparty.vat_number if around.counterparty else _text(found, f"{party}_vat"),
        party_iban=(_text(found, "iban") or "") if around.kind == Kind.PURCHASE else "",
        invoice_number=_text(found, "invoice_number") or "",
        invoice_date=invoice_date,
        due_date=_date(found, "due_date"),
        currency=_text(found, "currency") or "EUR",
        total=total,
        base=base,
        vat=vat,
        payment_reference=_text(found, "payment_reference") or "",
        lines=lines,
        confidence=confidence,
        certainty=_certainty(confidence),
        why={"account": account_why, "period": period_why},
        unread=document.progress == Progress.FAILED,
    )


def _by_name(document: Document) -> dict[str, FoundField]:
    if document.recognition is None:
        return {}
    return {one.field: one for one in (*document.recognition.fields, *document.recognition.private_fields)}


def _text(found: Mapping[str, FoundField], name: str) -> str | None:
    return found[name].value if name in found else None


def _date(found: Mapping[str, FoundField], name: str) -> date | None:
    try:
        return date.fromisoformat(found[name].value) if name in found else None
    except ValueError:
        return None


def _amount(found: Mapping[str, FoundField], name: str) -> Decimal | None:
    try:
        return Decimal(found[name].value) if name in found else None
    except InvalidOperation:
        return None


def _period(invoice_date: date | None, dossier: Dossier) -> tuple[str | None, str]:
    """The period of the invoice date when it is open, else the first open one after it, else the last open one."""
    if invoice_date is None:
        return None, ""
    wanted, periods = str(booking_period_of(invoice_date)), dossier.open_periods
    if wanted in periods:
        return wanted, "factuurdatum"
    later = [period for period in periods if period > wanted]
    if later or periods:
        return (later[0] if later else periods[-1]), "eerste open boekperiode"
    return None, ""


def _account(document: Document, around: Circumstances) -> tuple[str, str, float]:
    """The account, where it comes from, and the chance that it is right."""
    if around.counterparty and around.counterparty.account:
        return around.counterparty.account, "vorige factuur van deze tegenpartij", 0.95
    if around.kind == Kind.SALES:
        account = office_chart.existing(office_chart.DEFAULT_SALES_ACCOUNT, around.accounts)
        return (account, "kantoorschema", 0.85) if account else (around.suspense_account, "wachtrekening", 0.1)
    texts = [*around.page_texts, *(document.recognition.line_texts if document.recognition else ())]
    texts.append(_text(_by_name(document), "issuer_name") or "")
    chosen = office_chart.account_for(texts, office_chart.PURCHASE_RULES, around.accounts)
    if chosen:
        return chosen[0], f"kantoorschema: “{chosen[1]}”", 0.75
    return around.suspense_account, "wachtrekening", 0.1


def _lines(
    document: Document,
    around: Circumstances,
    account: str,
    party_vat: str | None,
    amounts: tuple[Decimal | None, Decimal | None, Decimal | None],
) -> tuple[Line, ...]:
    """One line per VAT rate of the invoice; the total alone gives one line."""
    rates = document.recognition.rates if document.recognition else ()
    if not rates:
        rates = _single_rate(*amounts)
    lines = [
        Line(account=account, vat_code=_vat_code(rate, around, account, party_vat), base=abs(rate.base), vat=abs(rate.vat))
        for rate in rates
    ]
    total = amounts[0]
    if total is not None and lines and abs(sum((line.total for line in lines), Decimal(0)) - total) > _CENT:
        return _as_one(lines[0], amounts)
    return tuple(lines)


def _single_rate(total: Decimal | None, base: Decimal | None, vat: Decimal | None) -> tuple[FoundRate, ...]:
    if total is None:
        return ()
    if base is None or vat is None:
        return (FoundRate(rate=Decimal(0), base=total, vat=Decimal(0)),)
    near = [rate for rate in map(Decimal, (0, 6, 12, 21)) if abs(base * rate / 100 - vat) <= Decimal("0.05")]
    return (FoundRate(rate=near[0] if near else Decimal(-1), base=base, vat=vat),)


def _as_one(line: Line, amounts: tuple[Decimal | None, Decimal | None, Decimal | None]) -> tuple[Line, ...]:
    """The breakdown does not add up to the total: one line with the total's own amounts, for a person to look at."""
    total, base, vat = amounts
    if total is None:
        return (line,)
    if base is None or vat is None or base + vat != total:
        return (msgspec.structs.replace(line, vat_code="", base=total, vat=Decimal(0)),)
    return (msgspec.structs.replace(line, vat_code="", base=base, vat=vat),)


def _vat_code(rate: FoundRate, around: Circumstances, account: str, party_vat: str | None) -> str:
    default = around.counterparty.vat_code if around.counterparty else None
    codes = {code.code: code for code in around.vat_codes}
    if default in codes and codes[default].rate == rate.rate and not codes[default].reverse_charge:
        return default
    return vat_choice.choose(rate, account, party_vat, around.vat_codes, around.kind)


def _confidence(found: Mapping[str, FoundField], party: str) -> dict[str, float]:
    """Confidence by the proposal's own field names."""
    names = {
        "counterparty": f"{party}_vat" if f"{party}_vat" in found else f"{party}_name",
        "invoice_number": "invoice_number",
        "invoice_date": "issue_date",
        "due_date": "due_date",
        "total": "total_incl",
        "base": "total_excl",
        "vat": "vat",
        "payment_reference": "payment_reference",
    }
    return {ours: found[theirs].confidence for ours, theirs in names.items() if theirs in found}


def _certainty(confidence: Mapping[str, float]) -> float:
    """The chance that the whole proposal is accepted unchanged (FEATURES I4): that of its weakest part.

    The parts of one page are right or wrong together: taking them as independent would multiply the same doubt.
    """
    return round(min(confidence.get(name, 0.0) for name in ("counterparty", "invoice_number", "invoice_date", "total", "account")), 3)
