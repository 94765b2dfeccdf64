"""Reading an invoice from the words on its pages, without a template: the steps, in order.

words → rows and segments → labels → identifiers, dates and number, amounts → parties and names → kind and lines → a `Reading`.
"""

from __future__ import annotations

from msgspec.structs import replace

from application.recognition.amounts import totals
from application.recognition.document_type import currency, document_type
from application.recognition.found import Found, best
from application.recognition.identifiers import ibans, payment_references, vat_numbers
from application.recognition.issued import Calendar, invoice_number
from application.recognition.labels import Labels
from application.recognition.layout import Layout
from application.recognition.lines import line_texts
from application.recognition.names import names
from application.recognition.parties import Headings, parties
from application.recognition.reading import FIELD_NAMES, Kind, Page, Reading
from application.recognition.terms import due_by_terms
from domain.vat_number import parse_vat_number

FIRST_PAGES, LAST_PAGES = 5, 2
"""What identifies an invoice stands on its first pages, its totals on the last: a long annex is not read."""
MOST_WORDS = 4_000
"""On one page: the densest real ones have a third of this."""
LEAST_CONFIDENCE = 0.3
"""Wrong is worse than absent: what is believed less is not handed on."""


def read_pages(pages: tuple[Page, ...], own_vat: str | None = None, *, sales: bool | None = None) -> Reading:
    """What the pages say. `own_vat` is the dossier's own number: it is never the counterparty's, and on `sales` it is the issuer's."""
    own = parse_vat_number(own_vat) if own_vat else None
    labels = Labels(Layout(telling(pages)))
    calendar, headings = Calendar(labels), Headings(labels)
    accounts = ibans(labels)
    sides = parties(labels, headings, vat_numbers(labels), accounts, own, sales=sales)
    issued = calendar.issue_date()
    amounts = totals(labels)
    named = names(labels, headings, sides)
    found: dict[str, Found | None] = {
        "issuer_name": named.issuer,
        "issuer_vat": sides.issuer,
        "invoice_number": invoice_number(labels),
        "issue_date": issued,
        "due_date": calendar.due_date() or due_by_terms(labels, issued),
        "currency": currency(labels, sides.issuer),
        "total_incl": amounts.total,
        "total_excl": amounts.net,
        "vat": amounts.vat,
        "iban": best(accounts),
        "payment_reference": best(payment_references(labels)),
        "type_code": document_type(labels, negative=amounts.negative, total=amounts.total),
        "buyer_name": named.buyer,
        "buyer_vat": sides.buyer,
    }
    _check_dates(found)
    fields = {name: candidate.reading() for name in FIELD_NAMES if (candidate := found[name]) and candidate.confidence >= LEAST_CONFIDENCE}
    return Reading(kind=Kind.TEXT_PDF, fields=fields, vat_rates=amounts.rates, line_texts=line_texts(labels))


def telling(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """The part of a document that is read."""
    chosen = pages if len(pages) <= FIRST_PAGES + LAST_PAGES else pages[:FIRST_PAGES] + pages[-LAST_PAGES:]
    return tuple(page if len(page.words) <= MOST_WORDS else replace(page, words=page.words[:MOST_WORDS]) for page in chosen)


def _check_dates(found: dict[str, Found | None]) -> None:
    """Nothing is due before it was issued: one of the two is misread, and the due date is the less certain."""
    issued, due = found["issue_date"], found["due_date"]
    if issued and due and due.value < issued.value:
        found["due_date"] = due.surer(0.4)
