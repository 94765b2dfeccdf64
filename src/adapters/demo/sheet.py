"""An invoice as the texts that stand on its page: words, dates and amounts in the company's language and way of writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from babel.dates import format_date

from adapters.demo.words import unit_word, why_no_vat, words
from domain.iban import format_iban
from domain.structured_communication import format_structured_communication
from domain.vat_number import format_vat_number

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from adapters.demo.invoice import DemoInvoice, DemoParty

_NARROW_SPACE = "\u00a0"
_SEPARATORS = {"nl": (".", ","), "de": (".", ","), "fr": (_NARROW_SPACE, ","), "en": (",", ".")}
_NUMERIC_DATES = {"nl": "dd/MM/y", "fr": "dd/MM/y", "en": "dd MMM y", "de": "dd.MM.y"}
_SYMBOLS = {"EUR": "€"}


def sheet(invoice: DemoInvoice) -> dict[str, Any]:
    """Everything a layout needs, as texts in the order they are read; a layout only decides where they stand."""
    said = words(invoice.language, invoice.style)
    return {
        "language": invoice.language,
        "accent": invoice.accent,
        "title": said["credit_note" if invoice.credit_note else "invoice"],
        "seller": _party(invoice.seller, invoice),
        "buyer": {"heading": said["buyer"], **_party(invoice.buyer, invoice)},
        "meta": _meta(invoice, said),
        "columns": [said[name] for name in ("description", "quantity", "price", "rate", "amount")],
        "lines": [_line(invoice, place) for place in range(len(invoice.lines))],
        "vat-columns": [said["rate"], said["base"], said["vat_amount"]],
        "vat-rows": [[f"{_rate(group.rate)} %", *_amounts(invoice, group.base, group.vat)] for group in invoice.vat_groups],
        "totals": [[said["total_excl"], money(invoice, invoice.total_excl)], [said["total_vat"], money(invoice, invoice.vat)]],
        "payable": [_payable_words(invoice, said), money(invoice, invoice.total_incl, symbol=True)],
        "notes": [text for text in dict.fromkeys(why_no_vat(group.category, invoice.language) for group in invoice.vat_groups) if text],
        "payment": _payment(invoice, said),
        "page": said["page"],
        "annex": f"{said['bill_of']} {said['invoice'].lower()} {invoice.number}",
    }


def money(invoice: DemoInvoice, amount: Decimal, *, symbol: bool = False) -> str:
    """An amount as the invoice prints it, negative on a credit note that is written so."""
    signed = -amount if invoice.credit_note and invoice.negative else amount
    text = _number(f"{signed:,.2f}", invoice.language)
    currency = _SYMBOLS.get(invoice.currency, invoice.currency)
    return f"{currency}{_NARROW_SPACE}{text}" if symbol and invoice.style % 2 == 0 else text


def day(moment: date, language: str, style: int) -> str:
    """A date in one of the usual ways of a language."""
    return format_date(moment, "d MMMM y" if style % 2 and language != "de" else _NUMERIC_DATES[language], locale=language)


def _party(party: DemoParty, invoice: DemoInvoice) -> dict[str, Any]:
    said = words(invoice.language, invoice.style)
    foreign = [_COUNTRIES[party.country]] if party.country != invoice.buyer.country or party.country != invoice.seller.country else []
    return {
        "name": party.name,
        "address": [party.street, f"{party.postcode} {party.city}", *foreign],
        "vat": [said["vat_number"], format_vat_number(party.vat_number) if invoice.style % 2 == 0 else party.vat_number],
        "iban": [said["iban"], format_iban(party.iban)] if party.iban else [],
        "contact": [text for text in (party.phone, party.email) if text],
    }


_COUNTRIES = {"BE": "België", "NL": "Nederland", "DE": "Deutschland", "IE": "Ireland"}


def _meta(invoice: DemoInvoice, said: dict[str, str]) -> list[list[str]]:
    rows = [
        [said["credit_number" if invoice.credit_note else "number"], invoice.number],
        [said["credit_date" if invoice.credit_note else "date"], day(invoice.issue_date, invoice.language, invoice.style)],
        [said["due"], day(invoice.due_date, invoice.language, invoice.style) if invoice.due_date else ""],
        [said["credited"], invoice.credited_number or ""],
        [said["customer_number"], invoice.customer_number],
        [said["order"], invoice.order_reference],
    ]
    return [row for row in rows if row[1]]


def _line(invoice: DemoInvoice, place: int) -> list[str]:
    line = invoice.lines[place]
    decimals = max(2, -int(line.unit_price.as_tuple().exponent))
    quantity = f"{_number(f'{line.quantity:,}', invoice.language)} {unit_word(line.unit, invoice.language)}".strip()
    price = _number(f"{line.unit_price:,.{decimals}f}", invoice.language)
    return [line.description, quantity, price, f"{_rate(line.rate)}", money(invoice, line.net)]


def _payable_words(invoice: DemoInvoice, said: dict[str, str]) -> str:
    words_ = said["refund" if invoice.credit_note else "payable"]
    return words_ if invoice.style % 2 == 0 else f"{words_} ({invoice.currency})"


def _payment(invoice: DemoInvoice, said: dict[str, str]) -> list[str]:
    """The sentence about paying, and the communication to quote; nothing on a credit note."""
    if invoice.credit_note:
        return []
    if invoice.direct_debit:
        sentence = [said["direct_debit"]]
        return [*sentence, format_structured_communication(invoice.payment_reference)] if invoice.payment_reference else sentence
    if invoice.payment_reference:
        return [said["pay"], format_structured_communication(invoice.payment_reference)]
    return [said["pay_free"]] if invoice.due_date else []


def _amounts(invoice: DemoInvoice, *amounts: Decimal) -> list[str]:
    return [money(invoice, amount) for amount in amounts]


def _rate(rate: Decimal) -> str:
    return f"{rate.normalize():f}"


def _number(english: str, language: str) -> str:
    """`1,234.56` in the notation of a language."""
    thousands, decimal = _SEPARATORS[language]
    return english.translate(str.maketrans(",.", thousands + decimal))
