"""Files made to do harm: each is opened, refused with a sentence or given up, in bounded time, and the next file is opened as ever."""

import io
import zlib

import pikepdf
import pytest
from PIL import Image

from adapters.inspection.pool import TaskRefused, Workshop
from adapters.inspection.protocol import Limits
from application.file_types import MediaType
from application.ports import TaskFailed

PATIENCE = 4
"""Seconds of processor for one file."""


@pytest.fixture(scope="module")
def workshop():
    with Workshop(1, Limits(cpu=PATIENCE, wall=60.0)) as pool:
        yield pool


@pytest.fixture
def fate(workshop):
    """What becomes of a file: `opened`, the sentence that refuses it, or `given up`; a good file is opened after it."""

    def look(data, media_type=MediaType.PDF):
        try:
            workshop.run("adapters.inspection.tasks:inspect", data, media_type=media_type)
            workshop.run("adapters.reading:read_print", data, media_type=media_type)
            told = "opened"
        except TaskRefused as refused:
            told = str(refused)
        except TaskFailed:
            told = "given up"
        assert workshop.run("adapters.inspection.tasks:inspect", paper(), media_type=MediaType.PDF).pages == 1
        return told

    return look


def paper(content=b"", **of_root):
    """A page that draws this, in a document whose catalogue has these entries."""
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        page.Contents = document.make_stream(content)
        for name, value in of_root.items():
            document.Root[f"/{name}"] = value
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def written(*objects):
    """A PDF of these objects as they stand, the first being the catalogue."""
    body = b"%PDF-1.7\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return body + head + table + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))


def test_a_script_is_not_run_and_the_page_is_read(fate):
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="while (true) { app.alert('x'); }")
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="/bin/sh")
    assert fate(paper(OpenAction=script)) == "opened"
    assert fate(paper(OpenAction=launch, AA=pikepdf.Dictionary(WC=script))) == "opened"


def test_a_page_larger_than_any_paper_is_drawn_small(fate):
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(14_400, 14_400))
        document.pages[0].UserUnit = 100
        out = io.BytesIO()
        document.save(out)
    assert fate(out.getvalue()) == "opened"


def test_a_picture_of_twenty_thousand_pixels_a_side_is_refused_before_it_is_decoded(fate):
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    assert "telt 400 miljoen beeldpunten" in fate(out.getvalue(), MediaType.PNG)


@pytest.mark.parametrize("opening", [b"[", b"<< /A "])
def test_arrays_and_dictionaries_within_each_other_without_end_break_nothing(fate, opening):
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Deep " + opening * 100_000
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    told = fate(written(b"<< /Type /Catalog /Pages 2 0 R >>", pages, page))
    assert told == "given up" or "beschadigd" in told


def test_a_tree_of_pages_that_is_its_own_branch_breaks_nothing(fate):
    told = fate(written(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"))
    assert told == "given up" or "beschadigd" in told


def test_a_drawing_that_draws_itself_twice_is_opened_or_given_up(fate):
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 4 0 R >> >> /Length 11 >>\n"
        b"stream\n/F Do /F Do\nendstream"
    )
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 5 0 R /Resources << /XObject << /F 4 0 R >> >> >>"
    drawn = b"<< /Length 5 >>\nstream\n/F Do\nendstream"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    assert fate(written(b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, form, drawn)) in {"opened", "given up"}


def test_graphics_states_saved_without_end_break_nothing(fate):
    assert fate(paper(b"q " * 500_000)) == "opened"


def test_a_stream_that_unfolds_to_nearly_a_gigabyte_is_given_up_or_left_out(fate):
    packer = zlib.compressobj(1)
    bomb = b"".join(packer.compress(b" " * 10_000_000) for _ in range(80)) + packer.flush()
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(bomb), bomb)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    assert fate(written(b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, stream)) in {"opened", "given up"}


def test_a_picture_inside_a_page_that_claims_billions_of_pixels_is_given_up_or_left_out(fate):
    picture = (
        b"<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8 "
        b"/Filter /FlateDecode /Length 11 >>\nstream\n" + zlib.compress(b"\0" * 9) + b"\nendstream"
    )
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 5 0 R /Resources << /XObject << /I 4 0 R >> >> >>"
    drawn = b"<< /Length 20 >>\nstream\n99 0 0 99 0 0 cm /I Do\nendstream"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    assert fate(written(b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, picture, drawn)) in {"opened", "given up"}
