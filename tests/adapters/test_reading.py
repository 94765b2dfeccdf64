from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image
from small_pdf import INVOICE, small_pdf
from ubl.sample_xml import CII, attachment, ubl

from adapters.reading import read_document
from adapters.unreadable import Unreadable
from application.recognition.reading import Kind, Page, Reading
from domain.kernel import Refused

DATA = Path(__file__).parents[3] / "shared" / "data"
real = pytest.mark.skipif(not DATA.is_dir(), reason="the real documents beside the repository are not there")


def read(data: bytes) -> tuple[Reading, tuple[Page, ...]]:
    found = read_document(data)
    return found.reading, found.pages


def picture(form: str, size: tuple[int, int], **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", size, 255).save(buffer, form, **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\n\n" + small_pdf(*INVOICE), Kind.TEXT_PDF),
        (b"\xef\xbb\xbf" + ubl(), Kind.UBL),
        (ubl().decode().replace("UTF-8", "UTF-16").encode("utf-16"), Kind.UBL),
        (picture("JPEG", (10, 10)), Kind.SCAN),
    ],
)
def test_the_content_tells_how_a_file_is_read(data: bytes, kind: Kind):
    assert read_document(data).reading.kind is kind


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"GIF89a", b"hello"])
def test_other_files_are_refused(data: bytes):
    with pytest.raises(Refused, match=r"PDF, JPEG, PNG of UBL|leeg"):
        read_document(data)


def test_xml_is_read_exactly_and_has_no_pages():
    assert read_document(ubl()).reading.kind is Kind.UBL
    assert read_document(ubl().decode().replace("UTF-8", "UTF-16").encode("utf-16")).reading.fields["invoice_number"].value == "2026/417"
    reading, pages = read(CII)
    assert (reading.kind, pages) == (Kind.CII, ())


def test_a_pdf_with_text_is_read_from_its_page():
    reading, pages = read(small_pdf(*INVOICE))

    assert reading.kind is Kind.TEXT_PDF
    assert reading.fields["invoice_number"].value == "F-9"
    assert reading.fields["total_incl"].value == "120.00"
    assert len(pages) == 1


def test_the_xml_inside_a_pdf_wins_and_keeps_the_place_on_the_page():
    reading, pages = read(small_pdf(*INVOICE, attachments={"factur-x.xml": CII}))

    assert reading.kind is Kind.FACTUR_X
    assert reading.fields["issuer_name"].value == "Au bon moulin"
    number = reading.fields["invoice_number"]
    assert (number.value, number.source, number.page) == ("F-9", "cii", 1)
    assert number.box is not None
    assert reading.fields["issuer_name"].box is None
    assert len(pages) == 1


@pytest.mark.parametrize("attachments", [{"factur-x.xml": b"<broken"}, {"terms.xml": CII}, {"factur-x.xml": b""}])
def test_a_useless_attachment_leaves_the_page(attachments: dict[str, bytes]):
    assert read_document(small_pdf(*INVOICE, attachments=attachments)).reading.kind is Kind.TEXT_PDF


def test_a_pdf_without_text_is_a_scan_without_fields():
    reading, pages = read(small_pdf((40, 40, "Gescand op 05/03/2026")))

    assert (reading.kind, reading.fields) == (Kind.SCAN, {})
    assert (pages[0].width, pages[0].height) == (595, 842)


def test_an_image_is_one_scanned_page_of_its_size_on_paper():
    reading, (page,) = read(picture("JPEG", (1654, 2339), dpi=(200, 200)))

    assert (reading.kind, reading.fields) == (Kind.SCAN, {})
    assert (page.width, page.height) == pytest.approx((595, 842), abs=1)


def test_an_image_without_resolution_is_taken_to_be_a_page():
    _, (page,) = read(picture("PNG", (1000, 1500)))

    assert page.width == 595


def test_a_photo_held_sideways_is_measured_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    _, (page,) = read(picture("JPEG", (400, 200), exif=exif))

    assert page.height > page.width


def test_a_damaged_image_is_refused():
    with pytest.raises(Unreadable):
        read_document(picture("PNG", (100, 100))[:40])


@real
def test_every_factur_x_is_read_as_its_xml_says():
    for entry in json.loads((DATA / "manifest.json").read_text())["files"]:
        if entry["kind"] == "invoice_pdf" and "embedded" in entry["truth_source"]:
            reading, _ = read((DATA / entry["file"]).read_bytes())
            assert reading.kind is Kind.FACTUR_X, entry["file"]
            for name in (
                "issuer_name",
                "invoice_number",
                "issue_date",
                "due_date",
                "currency",
                "total_incl",
                "total_excl",
                "vat",
                "type_code",
            ):
                if (true := entry["truth"].get(name)) is not None:
                    assert reading.fields[name].value == true, (entry["file"], name)


def test_an_xml_that_its_own_page_contradicts_is_less_sure():
    wrong = CII.replace(b"120.00", b"125.00")
    field = read_document(small_pdf(*INVOICE, attachments={"factur-x.xml": wrong})).reading.fields["total_incl"]

    assert (field.value, field.confidence < 0.9) == ("125.00", True)


def test_the_pdf_inside_an_electronic_invoice_shows_where_a_value_stands():
    paper = small_pdf((40, 800, "Factuurnummer: 2026/417"), (40, 780, "een twee drie vier vijf zes zeven acht negen tien elf"))
    electronic = ubl(extra=attachment(paper))
    found = read_document(electronic)

    assert found.reading.kind is Kind.UBL
    assert len(found.pages) == 1
    assert found.reading.fields["invoice_number"].page == 1
    assert found.inside == paper


def test_a_damaged_pdf_inside_an_electronic_invoice_is_passed_over():
    found = read_document(ubl(extra=attachment(b"%PDF damaged")))

    assert (found.reading.kind, found.pages, found.inside) == (Kind.UBL, (), None)


def test_the_pdf_inside_is_found_in_whatever_encoding_the_invoice_is_written():
    paper = small_pdf(*INVOICE)
    electronic = ubl(extra=attachment(paper)).decode().replace("UTF-8", "UTF-16").encode("utf-16")

    assert read_document(electronic).inside == paper
