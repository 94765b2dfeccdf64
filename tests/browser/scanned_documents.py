"""Small documents for the viewer: an invoice with text, and the same page as a JBIG2 and as a JPEG 2000 scan."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

import pikepdf
import typst
from PIL import Image, ImageChops, ImageDraw

if TYPE_CHECKING:
    from pathlib import Path

POINTS = (595, 842)
INVOICE = """
#set page(width: 595pt, height: 842pt, margin: 0pt)
#set text(size: 11pt)
#place(dx: 54pt, dy: 60pt, text(size: 18pt)[Molens De Graankorrel NV])
#place(dx: 54pt, dy: 121pt)[Factuurnummer]
#place(dx: 138pt, dy: 121pt)[2026\\/0418]
#place(dx: 138pt, dy: 137pt)[05\\/03\\/2026]
#place(dx: 400pt, dy: 700pt)[Te betalen EUR 1.383,00]
#pagebreak()
#place(dx: 54pt, dy: 60pt)[Bladzijde twee]
"""
MARK = (100, 200, 300, 260)
"""The black bar on the scans, in pixels of the scan: left, top, right, bottom."""


def invoice(folder: Path) -> bytes:
    source = folder / "invoice.typ"
    source.write_text(INVOICE)
    made: bytes = typst.compile(source, format="pdf")
    return made


def scan() -> Image.Image:
    picture = Image.new("1", POINTS, color=1)
    ImageDraw.Draw(picture).rectangle(MARK, fill=0)
    return picture


def jbig2(picture: Image.Image) -> bytes:
    """ISO/IEC 14492: page information, then one immediate generic region coded as fax (MMR), as PDF embeds it."""
    tiff = io.BytesIO()
    ImageChops.invert(picture.convert("L")).convert("1").save(tiff, "TIFF", compression="group4")
    with Image.open(tiff) as coded:
        start, length = coded.tag_v2[273][0], coded.tag_v2[279][0]
    fax = tiff.getvalue()[start : start + length]
    size = struct.pack(">II", *picture.size)
    page = size + struct.pack(">IIBH", 0, 0, 0, 0)
    region = size + struct.pack(">IIB", 0, 0, 0) + b"\x01" + fax
    return segment(0, 48, page) + segment(1, 38, region)


def segment(number: int, kind: int, data: bytes) -> bytes:
    return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data


def jpeg2000(picture: Image.Image) -> bytes:
    coded = io.BytesIO()
    picture.convert("L").save(coded, "JPEG2000")
    return coded.getvalue()


def scan_pdf(coded: bytes, decoder: str, bits: int) -> bytes:
    width, height = POINTS
    with pikepdf.new() as pdf:
        image = pikepdf.Stream(pdf, coded)
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height, image.BitsPerComponent, image.ColorSpace = width, height, bits, pikepdf.Name.DeviceGray
        image.Filter = pikepdf.Name(decoder)
        page = pdf.add_blank_page(page_size=POINTS)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        page.Contents = pikepdf.Stream(pdf, f"{width} 0 0 {height} 0 0 cm /Im0 Do".encode())
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()
