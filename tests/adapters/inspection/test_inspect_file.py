"""Each file is opened in a worker of a real pool, as in the product."""

import io
import struct
import zlib

import pikepdf
import pytest
from PIL import Image

from adapters.inspection.pool import TaskRefused, Workshop
from application.file_types import MediaType, Opened
from domain.kernel import Refused

UBL = '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">{}</Invoice>'


@pytest.fixture(scope="module")
def workshop():
    with Workshop(1) as pool:
        yield pool


@pytest.fixture
def inspect(workshop):
    return lambda data, media_type: workshop.run("adapters.inspection.tasks:inspect", data, media_type=media_type)


def pdf(pages=1, **options):
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.save(buffer, **options)
    return buffer.getvalue()


def picture(kind, width=40, height=30):
    buffer = io.BytesIO()
    Image.effect_noise((width, height), 50).save(buffer, kind)
    return buffer.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(side):
    """A few kilobytes that claim a picture of `side` × `side` pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(10_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_the_pages_of_a_pdf_are_counted(inspect):
    assert inspect(pdf(pages=3), MediaType.PDF) == Opened(pages=3)


def test_a_pdf_with_a_password_is_refused(inspect):
    locked = pdf(encryption=pikepdf.Encryption(user="secret", owner="other"))
    with pytest.raises(TaskRefused, match="met een wachtwoord beveiligd"):
        inspect(locked, MediaType.PDF)


def test_a_pdf_that_only_forbids_printing_is_accepted(inspect):
    restricted = pdf(encryption=pikepdf.Encryption(user="", owner="other", allow=pikepdf.Permissions(print_highres=False)))
    assert inspect(restricted, MediaType.PDF) == Opened(pages=1)


@pytest.mark.parametrize("length", [12, 200])
def test_a_pdf_cut_off_on_its_way_is_refused(inspect, length):
    with pytest.raises(TaskRefused, match="beschadigd"):
        inspect(pdf()[:length], MediaType.PDF)


def test_a_pdf_without_pages_is_refused(inspect):
    with pytest.raises(TaskRefused, match="beschadigd"):
        inspect(pdf(pages=0), MediaType.PDF)


def test_a_pdf_of_two_thousand_pages_is_refused_with_the_limit(inspect):
    with pytest.raises(TaskRefused, match="telt 2000 pagina’s, hoogstens 500 kan"):
        inspect(pdf(pages=2000), MediaType.PDF)


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", MediaType.JPEG), ("PNG", MediaType.PNG)])
def test_a_picture_is_one_page(inspect, kind, media_type):
    assert inspect(picture(kind), media_type) == Opened(pages=1)


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", MediaType.JPEG), ("PNG", MediaType.PNG)])
def test_a_picture_cut_off_on_its_way_is_refused(inspect, kind, media_type):
    with pytest.raises(TaskRefused, match="beschadigd"):
        inspect(picture(kind, 400, 300)[:-2000], media_type)


def test_a_picture_that_is_another_kind_than_it_was_taken_for_is_refused(inspect):
    with pytest.raises(TaskRefused, match="beschadigd"):
        inspect(picture("GIF"), MediaType.PNG)


def test_a_png_that_unfolds_to_billions_of_pixels_is_refused(inspect):
    with pytest.raises(TaskRefused, match="telt 2500 miljoen beeldpunten"):
        inspect(png_bomb(50_000), MediaType.PNG)


def test_an_invoice_in_xml_is_read_to_its_end(inspect):
    assert inspect(UBL.format("<a/>").encode(), MediaType.XML) == Opened(pages=0)


def test_an_invoice_damaged_near_its_end_is_refused_with_the_line(inspect):
    with pytest.raises(TaskRefused, match="beschadigd op regel 2"):
        inspect(UBL.format("<a>\n</b>").encode(), MediaType.XML)


def test_an_invoice_with_a_large_pdf_inside_is_accepted(inspect):
    assert inspect(UBL.format(f"<a>{'A' * 12_000_000}</a>").encode(), MediaType.XML) == Opened(pages=0)


def test_a_billion_laughs_are_refused(inspect):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE Invoice [<!ENTITY l0 "ha">{laughs}]>' + UBL.format("&l9;")
    with pytest.raises(TaskRefused, match="bevat een DTD"):
        inspect(bomb.encode(), MediaType.XML)


def test_an_entity_that_asks_for_a_file_is_refused(inspect):
    outside = '<!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + UBL.format("&x;")
    with pytest.raises(TaskRefused, match="bevat een DTD"):
        inspect(outside.encode(), MediaType.XML)


def test_the_words_and_the_picture_of_a_page_come_from_the_same_pool(workshop):
    pages = workshop.run("adapters.pdf:words", pdf(pages=2))
    assert [(page.number, page.width, page.words) for page in pages] == [(1, 612.0, ()), (2, 612.0, ())]
    shown = workshop.run("adapters.pdf:render", pdf(), page=1, dpi=36)
    assert Image.open(io.BytesIO(shown)).size == (306, 396)


def test_a_refusal_keeps_its_sentence_and_values_apart(inspect):
    with pytest.raises(Refused) as refused:
        inspect(pdf(pages=501), MediaType.PDF)
    assert refused.value.values == {"pages": 501, "limit": 500}
