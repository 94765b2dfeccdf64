"""An invoice on paper: the PDF a company would mail, and what a scanner or a telephone makes of a page."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path

import font_lato  # type: ignore[import-untyped]  # the package has no type information
import msgspec
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # the same
import typst
from PIL import Image, ImageChops, ImageFilter

from adapters.demo.chance import seeded
from adapters.demo.invoice import DemoInvoice
from adapters.demo.sheet import sheet

_LAYOUTS = Path(__file__).parent / "layouts"
LAYOUTS = tuple(sorted(path.stem for path in _LAYOUTS.glob("*.typ") if path.stem not in {"invoice", "parts"}))
"""Names a `DemoInvoice.layout` can have."""


class ScanQuality(msgspec.Struct, frozen=True, kw_only=True):
    """How bad a scan is: resolution, degrees the page is turned at most, strength of the grain (0–255), JPEG quality (1–95)."""

    dpi: int = 200
    tilt: float = 0.7
    grain: int = 26
    jpeg: int = 62


_OFFICE_HOURS = time(9, 30)
ORDINARY = ScanQuality()


def render_pdf(invoice: DemoInvoice) -> bytes:
    """The invoice as a text PDF of one or more A4 pages, made on its date. The same invoice always gives the same bytes."""
    inputs = {"sheet": msgspec.json.encode(sheet(invoice)).decode(), "layout": invoice.layout}
    return typeset(_LAYOUTS / "invoice.typ", _LAYOUTS, inputs, invoice.issue_date)


def typeset(template: Path, root: Path, inputs: dict[str, str], day: date) -> bytes:
    """A PDF of a template with its inputs, made on a day; the template imports only from below `root`."""
    made = int(datetime.combine(day, _OFFICE_HOURS, UTC).timestamp())
    data = _compiler(template, root).compile(format="pdf", sys_inputs=inputs, timestamp=made, pdf_tags=False)
    if not isinstance(data, bytes):
        raise TypeError("typst gives a PDF as bytes")
    return data


def render_scan(invoice: DemoInvoice, page: int = 1, quality: ScanQuality = ORDINARY) -> bytes:
    """One page as a JPEG without text, as a scanner would deliver it: grey, turned a little, grainy. Deterministic."""
    random = seeded(invoice.seller.vat_number, invoice.number, page)
    picture = _drawn(render_pdf(invoice), page, quality.dpi)
    picture = picture.rotate(random.uniform(-quality.tilt, quality.tilt), Image.Resampling.BICUBIC, fillcolor=250)
    picture = picture.filter(ImageFilter.GaussianBlur(0.6))
    noise = Image.frombytes("L", picture.size, random.randbytes(picture.width * picture.height))
    dark = noise.point([level * quality.grain // 255 for level in range(256)])
    buffer = io.BytesIO()
    ImageChops.subtract(picture, dark).save(buffer, "JPEG", quality=quality.jpeg, dpi=(quality.dpi, quality.dpi))
    return buffer.getvalue()


def _drawn(data: bytes, page: int, dpi: int) -> Image.Image:
    with pdfium.PdfDocument(data) as document:
        picture: Image.Image = document[page - 1].render(scale=dpi / 72, grayscale=True).to_pil()
        return picture.convert("L")


@lru_cache(maxsize=4)
def _compiler(template: Path, root: Path) -> typst.Compiler:
    """One compiler a template: it keeps the parsed layouts and the fonts, Lato and those inside typst, never the system's."""
    fonts = Path(font_lato.__file__).parent / "files"
    return typst.Compiler(template, root=root, font_paths=[fonts], ignore_system_fonts=True)
