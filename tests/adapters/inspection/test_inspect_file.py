"""Each file is opened in a worker of a real pool, as in the product."""

import io
import struct
import zlib

import pikepdf
import pytest
from PIL import Image

from adapters.inspection.pool import TaskRefused, Workshop
from adapters.pdf import render, words
from application.file_types import MediaType, Opened
from domain.kernel import Refused
from some_heic import heic

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


def picture(kind, width=40, height=30, **options):
    buffer = io.BytesIO()
    Image.effect_noise((width, height), 50).save(buffer, kind, **options)
    return buffer.getvalue()


def tiff(*sizes, **options):
    """One page of each size in pixels."""
    pages = [Image.effect_noise(size, 50) for size in sizes]
    buffer = io.BytesIO()
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], **options)
    return buffer.getvalue()


def photo(width=400, height=300):
    """As a telephone saves it."""
    return heic(picture("PNG", width, height))


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


def test_what_a_browser_does_not_show_comes_with_a_pdf_of_the_same_pages(inspect):
    scan = inspect(tiff((400, 300), (300, 500), dpi=(50, 50)), MediaType.TIFF)
    assert (scan.pages, sizes(scan.view)) == (2, [(576, 432), (432, 720)])
    telephone = inspect(photo(), MediaType.HEIC)
    assert (telephone.pages, sizes(telephone.view)) == (1, [(842, 631.5)])


def test_a_picture_lies_in_its_pdf_as_its_camera_was_held(inspect):
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = inspect(picture("TIFF", 400, 300, exif=exif, dpi=(50, 50)), MediaType.TIFF)
    assert sizes(lying.view) == [(432, 576)]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_a_scan_of_any_colours_is_shown(inspect, mode):
    buffer = io.BytesIO()
    (Image.new("I;16", (40, 30), 65_535) if mode == "I;16" else Image.new("RGB", (40, 30), "white").convert(mode)).save(buffer, "TIFF")
    shown = render(inspect(buffer.getvalue(), MediaType.TIFF).view, 1, 72)
    assert Image.open(io.BytesIO(shown)).convert("L").getextrema()[1] > 250


def sizes(view):
    return [(page.width, page.height) for page in words(view)]


def test_a_tiff_of_too_many_pages_is_refused_with_the_limit(inspect):
    with pytest.raises(TaskRefused, match="telt 201 pagina’s, hoogstens 200 kan"):
        inspect(tiff(*[(1, 1)] * 201), MediaType.TIFF)


def test_a_tiff_whose_second_page_is_enormous_is_refused(inspect):
    small, large = (30, 20), (9_000, 9_000)
    pages = [Image.new("1", small), Image.new("1", large)]
    buffer = io.BytesIO()
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    assert len(buffer.getvalue()) < 20_000
    with pytest.raises(TaskRefused, match="telt 81 miljoen beeldpunten"):
        inspect(buffer.getvalue(), MediaType.TIFF)


@pytest.mark.parametrize(
    "data", [b"II*\x00", b"II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00", b"II+\x00\x08\x00\x00\x00", b"MM\x00*" + b"\xff" * 40]
)
def test_a_damaged_tiff_is_refused(inspect, data):
    with pytest.raises(TaskRefused, match="beschadigd"):
        inspect(data, MediaType.TIFF)


def test_a_photo_cut_off_on_its_way_is_refused(inspect):
    whole = photo()
    for length in (20, 300, len(whole) - 500):
        with pytest.raises(TaskRefused, match="beschadigd"):
            inspect(whole[:length], MediaType.HEIC)


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
