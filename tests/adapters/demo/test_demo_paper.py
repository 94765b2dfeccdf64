import io
import re
from datetime import date
from decimal import Decimal

import msgspec
import pypdfium2 as pdfium
import pytest
from PIL import Image

from adapters import pdf
from adapters.demo.generator import demo_invoices, demo_sales_invoices
from adapters.demo.invoice import DemoInvoice, DemoLine, truth
from adapters.demo.paper import LAYOUTS, ScanQuality, render_pdf, render_scan
from adapters.demo.world import DOSSIERS, SUPPLIERS

TODAY = date(2026, 3, 12)
FOUND = [
    invoice for dossier in DOSSIERS for invoice in (*demo_invoices(7, dossier, TODAY, 60), *demo_sales_invoices(7, dossier, TODAY, 20))
]
ONE_OF_EACH = list({(invoice.seller.name, invoice.credit_note): invoice for invoice in FOUND}.values())
MARCH = {"nl": "5 maart 2026", "fr": "5 mars 2026", "en": "5 March 2026", "de": "05.03.2026"}


def text_of(data: bytes) -> str:
    return " ".join(word.text for page in pdf.words(data) for word in page.words)


def squeezed(text: str) -> str:
    return re.sub(r"[^0-9a-zà-ÿ&]", "", text.casefold())


def invoice(**changes: object) -> DemoInvoice:
    made = demo_invoices(7, DOSSIERS[0], TODAY, 40)[-1]
    return msgspec.structs.replace(made, issue_date=date(2026, 3, 5), **changes)


@pytest.mark.parametrize("made", ONE_OF_EACH, ids=lambda made: f"{made.seller.name}{' creditnota' * made.credit_note}")
def test_the_page_shows_everything_recognition_must_find(made):
    shown = squeezed(text_of(render_pdf(made)))
    told = truth(made)
    for name in ("issuer_name", "issuer_vat", "invoice_number", "iban", "payment_reference", "buyer_name", "buyer_vat"):
        assert squeezed(told.get(name, "")) in shown, name
    for name in ("total_excl", "vat", "total_incl"):
        assert squeezed(told[name]) in shown, name


@pytest.mark.parametrize(("layout", "language"), [(layout, language) for layout in LAYOUTS for language in MARCH])
def test_every_layout_prints_its_dates_in_its_language(layout, language):
    shown = text_of(render_pdf(invoice(layout=layout, language=language, style=1, due_date=date(2026, 3, 5))))
    assert shown.count(MARCH[language]) == 2


def test_amounts_are_printed_in_the_notation_of_the_language():
    line = DemoLine(description="Oven", quantity=Decimal(1), unit_price=Decimal("1234.50"), rate=Decimal(0))
    notations = {"nl": "1.234,50", "fr": "1 234,50", "en": "1,234.50", "de": "1.234,50"}
    for language, notation in notations.items():
        assert notation in text_of(render_pdf(invoice(lines=(line,), language=language)))


def test_a_credit_note_may_print_its_amounts_negative():
    note = next(made for made in FOUND if made.credit_note and made.negative)
    printed = f"{note.total_incl:,.2f}".translate(str.maketrans(",.", ".,"))
    assert f"-{printed}" in text_of(render_pdf(note))
    assert f"-{printed}" not in text_of(render_pdf(msgspec.structs.replace(note, negative=False)))


def test_long_and_detailed_invoices_have_two_pages():
    long = next(made for made in FOUND if len(made.lines) > 37)
    detailed = next(made for made in FOUND if made.seller.name == "Brabant Energie NV")
    assert [len(pdf.words(render_pdf(made))) for made in (long, detailed)] == [2, 2]


def test_the_same_invoice_gives_the_same_bytes():
    assert render_pdf(invoice()) == render_pdf(invoice())


def test_a_pdf_was_made_on_the_date_of_its_invoice():
    with pdfium.PdfDocument(render_pdf(invoice())) as document:
        assert document.get_metadata_value("CreationDate").startswith("D:20260305")


def test_texts_are_never_read_as_instructions():
    odd = '#panic("x") *A* $y$ <b> @c \\ "d"'
    seller = msgspec.structs.replace(SUPPLIERS["molens"].party, name=odd)
    for layout in LAYOUTS:
        assert squeezed(odd) in squeezed(text_of(render_pdf(invoice(seller=seller, layout=layout))))


def test_a_scan_is_a_grey_picture_of_a_whole_page():
    with Image.open(io.BytesIO(render_scan(invoice(), quality=ScanQuality(dpi=100)))) as scan:
        assert (scan.format, scan.mode) == ("JPEG", "L")
        assert scan.size == pytest.approx((827, 1169), abs=2)


def test_the_same_page_gives_the_same_scan():
    rough = ScanQuality(dpi=72, tilt=2, grain=60, jpeg=30)
    assert render_scan(invoice(), quality=rough) == render_scan(invoice(), quality=rough)
    assert render_scan(invoice(), quality=rough) != render_scan(invoice(number="other"), quality=rough)
