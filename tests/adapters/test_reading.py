from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from small_pdf import INVOICE, small_pdf
from ubl.sample_xml import CII, attachment, ubl

from adapters.pdf import picture as picture_of
from adapters.reading import read_document, read_print
from adapters.scans import EngineBroken
from adapters.unreadable import Unreadable
from application.recognition.reading import Box, Kind, Page, Reading, ReadWarning, Word
from domain.kernel import Refused
from some_heic import heic

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
    with pytest.raises(Refused, match=r"PDF, JPEG, PNG, HEIC, TIFF of UBL|leeg"):
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


def codes(reading: Reading) -> list[str]:
    return [one.code for one in reading.warnings]


@pytest.mark.parametrize("attachments", [{"factur-x.xml": b"<broken"}, {"terms.xml": b"<terms/>"}, {"factur-x.xml": b""}])
def test_a_useless_attachment_leaves_the_page(attachments: dict[str, bytes]):
    assert read_document(small_pdf(*INVOICE, attachments=attachments)).reading.kind is Kind.TEXT_PDF


@pytest.mark.parametrize("broken", [b"<broken", b"", b"<html/>"])
def test_an_xml_that_cannot_be_read_is_told_and_the_page_is_read(broken: bytes):
    reading, _ = read(small_pdf(*INVOICE, attachments={"factur-x.xml": broken}))

    assert (codes(reading), reading.fields["invoice_number"].value) == (["xml-unreadable"], "F-9")


@pytest.mark.parametrize("name", ["factur-x.xml", "ZUGFeRD-invoice.xml", "zugferd-invoice.xml", "xrechnung.xml", "XRECHNUNG.XML"])
def test_the_invoice_is_found_under_every_name_of_the_standard(name: str):
    reading, _ = read(small_pdf(*INVOICE, attachments={"first.txt": b"<a/>", name: CII}))

    assert reading.kind is Kind.FACTUR_X
    assert "xml-misnamed" not in codes(reading)


def test_an_invoice_under_another_name_is_read_with_a_warning():
    reading, _ = read(small_pdf(*INVOICE, attachments={"terms.xml": ubl()}))

    assert (reading.kind, reading.fields["invoice_number"].value) == (Kind.FACTUR_X, "2026/417")
    assert "xml-misnamed" in codes(reading)


def test_of_two_invoices_in_a_pdf_the_first_is_read_and_the_number_is_told():
    reading, _ = read(small_pdf(*INVOICE, attachments={"other.xml": ubl(), "factur-x.xml": CII}))

    assert reading.fields["invoice_number"].value == "F-9"
    assert "xml-several" in codes(reading)


@pytest.mark.parametrize("place", ["document", "page", "note"])
def test_an_invoice_attached_in_an_odd_place_is_found(place: str):
    with pikepdf.open(io.BytesIO(small_pdf(*INVOICE))) as document:
        stream = document.make_stream(CII, Type=pikepdf.Name.EmbeddedFile)
        file = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="factur-x.xml", EF=pikepdf.Dictionary(F=stream))
        page = document.pages[0].obj
        if place == "note":
            note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, FS=file, Rect=[0, 0, 9, 9])
            page.Annots = pikepdf.Array([document.make_indirect(note)])
        else:
            (page if place == "page" else document.Root).AF = pikepdf.Array([document.make_indirect(file)])
        out = io.BytesIO()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)

    assert read_document(out.getvalue()).reading.kind is Kind.FACTUR_X


@real
@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("CALC-003", {"vat-differs", "due-differs", "page-differs"}),
        ("DATA-003", {"due-before-issue"}),
        ("IDENT-002", {"check-digit"}),
        ("PDF-002", {"xml-misnamed"}),
        ("PDF-003", {"xml-unrelated"}),
        ("PDF-004", {"xml-unrelated"}),
        ("PDF-005", {"xml-undeclared"}),
        ("PDF-006", {"xml-other-profile"}),
        ("RBT-002", {"xml-unreadable"}),
        ("OK-001", set()),
    ],
)
def test_a_defective_factur_x_is_read_and_its_defect_is_told(case: str, told: set[str]):
    reading, _ = read((DATA / "facturx-defects" / case / "facture.pdf").read_bytes())

    assert reading.fields["invoice_number"].value.startswith("FA-2026-")
    assert set(codes(reading)) - {"check-digit"} == told - {"check-digit"}, "the sample's own VAT number fails its check digits"
    assert told <= set(codes(reading))


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
    reading = read_document(small_pdf(*INVOICE, attachments={"factur-x.xml": wrong})).reading
    field = reading.fields["total_incl"]

    assert (field.value, field.confidence < 0.9) == ("125.00", True)
    assert ReadWarning(code="page-differs", values={"field": "total_incl", "xml": "125.00", "page": "120.00"}) in reading.warnings


@pytest.mark.parametrize(
    ("there", "instead", "field"),
    [
        (b"<ram:ID>F-9<", b"<ram:ID>F-19<", "invoice_number"),
        (b"20260305", b"20260306", "issue_date"),
        (b"FR11999999998", b"BE0428759497", "issuer_vat"),
        (b">100.00</ram:TaxBasis", b">101.00</ram:TaxBasis", "total_excl"),
    ],
)
def test_every_field_of_which_the_page_says_otherwise_is_named(there: bytes, instead: bytes, field: str):
    assert there in CII
    reading, _ = read(small_pdf(*INVOICE, attachments={"factur-x.xml": CII.replace(there, instead)}))

    assert field in [one.values["field"] for one in reading.warnings if one.code == "page-differs"]


def test_a_page_that_shows_the_same_value_elsewhere_contradicts_nothing():
    paper = (*INVOICE, (40, 540, "Voorschot"), (200, 540, "20,00"), (40, 520, "Totaal"), (200, 520, "125,00 EUR"))
    reading, _ = read(small_pdf(*paper, attachments={"factur-x.xml": CII.replace(b"120.00", b"125.00")}))

    assert "total_incl" not in [one.values["field"] for one in reading.warnings if one.code == "page-differs"]


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


@pytest.mark.parametrize("form", ["JPEG", "TIFF", "HEIF"])
def test_a_scan_is_read_by_ocr_and_marked_where_it_stands(form: str):
    """Upright and straight here; tilted, dark and crooked ones are in `ocr/`."""
    drawn = picture_of(small_pdf(*INVOICE, *MORE), 1, 200)
    found = read_document(saved(drawn, form))

    assert (found.reading.kind, found.ocr[:8], found.unread) == (Kind.SCAN, "rapidocr", ())
    assert {name: found.reading.fields[name].value for name in ("invoice_number", "issue_date", "total_incl", "vat", "issuer_vat")} == {
        "invoice_number": "F-9",
        "issue_date": "2026-03-05",
        "total_incl": "120.00",
        "vat": "20.00",
        "issuer_vat": "BE0403019261",
    }
    total = found.reading.fields["total_incl"].box
    assert total is not None
    assert (total.left, total.bottom) == pytest.approx((200, 842 - 560), abs=2)


def test_of_a_mixed_pdf_only_the_scanned_page_is_read_by_ocr():
    with pikepdf.open(io.BytesIO(small_pdf(*INVOICE))) as document, pikepdf.open(io.BytesIO(scanned(*INVOICE, *MORE))) as annex:
        document.pages.extend(annex.pages)
        out = io.BytesIO()
        document.save(out)
    assert read_print(out.getvalue()) is None
    found = read_document(out.getvalue())
    first, second = found.pages
    assert {word.confidence for word in first.words} == {1.0}
    assert min(word.confidence for word in second.words) < 1.0
    assert "F-9" in {word.text for word in second.words}


def test_no_more_pages_are_read_by_ocr_than_bearable_and_which_were_not_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("adapters.reading.MOST_SCANNED", 3)
    with pikepdf.new() as document, pikepdf.open(io.BytesIO(scanned(*INVOICE))) as one:
        for _ in range(5):
            document.pages.extend(one.pages)
        out = io.BytesIO()
        document.save(out)
    found = read_document(out.getvalue())
    assert found.unread == (2, 3)
    assert [bool(page.words) for page in found.pages] == [True, False, False, True, True]


def test_a_page_on_which_the_engine_breaks_down_is_told_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch):
    with pikepdf.new() as document, pikepdf.open(io.BytesIO(scanned(*INVOICE))) as one:
        for _ in range(2):
            document.pages.extend(one.pages)
        out = io.BytesIO()
        document.save(out)
    monkeypatch.setattr("adapters.scans.engine_in_use", Fragile(broken_at={1}))
    found = read_document(out.getvalue())
    assert (found.ocr, found.failed, [bool(page.words) for page in found.pages]) == ("fragile 1", (1,), [False, True])
    monkeypatch.setattr("adapters.scans.engine_in_use", Fragile(broken_at={1, 2}))
    with pytest.raises(EngineBroken, match="model of glass"):
        read_document(out.getvalue())


class Fragile:
    """An engine that breaks down on some of the pages it is given."""

    version = "fragile 1"

    def __init__(self, broken_at: set[int]) -> None:
        self.broken_at = broken_at
        self.given = 0

    def __call__(self) -> Fragile:
        return self

    def read(self, *_: object) -> tuple[Word, ...]:
        self.given += 1
        if self.given in self.broken_at:
            raise ValueError("model of glass")
        return (Word("F-9", Box(1, 1, 9, 9), 0.9),)


def test_every_page_of_a_scan_in_one_tiff_is_read_with_its_own_size():
    pages = [picture_of(small_pdf(*INVOICE, *MORE), 1, 100), picture_of(small_pdf(*MORE, size=(842, 595)), 1, 100)]
    buffer = io.BytesIO()
    pages[0].convert("1").save(buffer, "TIFF", save_all=True, append_images=[pages[1].convert("1")], dpi=(100, 100), compression="group4")
    first, second = read_document(buffer.getvalue()).pages

    assert ("F-9" in texts(first), "vertrouwen" in texts(second)) == (True, True)
    assert [(page.number, page.width) for page in (first, second)] == [(1, pytest.approx(595, abs=1)), (2, pytest.approx(842, abs=1))]


def texts(page: Page) -> set[str]:
    return {word.text for word in page.words}


def test_text_that_nobody_can_map_is_no_text():
    garbled = small_pdf(*((40, 800 - 20 * row, "\x07\x08\x05\x04 \x03\x02\x06 \x01\x04") for row in range(8)))
    assert read_print(garbled) is None


MORE = (
    (40, 500, "Gelieve te betalen op rekening BE68 5390 0754 7034 binnen de dertig dagen"),
    (40, 480, "Wij danken u voor uw vertrouwen"),
)


def saved(drawn: Image.Image, form: str) -> bytes:
    buffer = io.BytesIO()
    drawn.convert("L").save(buffer, "PNG" if form == "HEIF" else form, dpi=(200, 200))
    return heic(buffer.getvalue()) if form == "HEIF" else buffer.getvalue()


def scanned(*texts: tuple[float, float, str]) -> bytes:
    """The same page as a scanner's PDF."""
    buffer = io.BytesIO()
    picture_of(small_pdf(*texts), 1, 150).convert("L").save(buffer, "PDF", resolution=150)
    return buffer.getvalue()
