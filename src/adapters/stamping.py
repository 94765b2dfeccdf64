"""A text stamped on a PDF's first page: top right as the page is displayed, over what stands there (FEATURES K7).

Takes bytes and returns bytes, so that it runs in a limited subprocess. What was on the page is not touched: a stream is added after it.
"""

from __future__ import annotations

import io

import pikepdf

from domain.kernel import Refused

SIZE = 11.0
"""Points; a letter of Courier is 0.6 of that wide."""
PADDING = 4.0
MARGIN = 14.0
"""Points between the stamp and the edges of the page."""
INK = "0.72 0.11 0.11"
FONT = "/DaybookStamp"


def stamp(data: bytes, text: str) -> bytes:
    """The document with the text on its first page. Signatures in it no longer hold, which is why the original is kept beside it."""
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
            page = document.pages[0]
            page.add_resource(_font(), pikepdf.Name.Font, pikepdf.Name(FONT))
            page.contents_add(b"q", prepend=True)  # a page that leaves a transformation behind does not move the stamp
            page.contents_add(f"Q {_drawn(page, text)}".encode("latin-1", "replace"))
            out = io.BytesIO()
            document.save(out, deterministic_id=True)
            return out.getvalue()
    except (pikepdf.PdfError, pikepdf.PasswordError, IndexError, ValueError):
        raise Refused("Op deze PDF kan geen nummer gestempeld worden.") from None


def _font() -> pikepdf.Dictionary:
    """A font every reader has."""
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Courier-Bold"), Encoding=pikepdf.Name.WinAnsiEncoding
    )


def _drawn(page: pikepdf.Page, text: str) -> str:
    """The operators that draw the box and the text in it."""
    placed, width, height = _as_displayed(page)
    box = len(text) * 0.6 * SIZE + 2 * PADDING
    left, bottom = max(MARGIN, width - MARGIN - box), height - MARGIN - SIZE - 2 * PADDING
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return (
        f"q {placed} cm 1 1 1 rg {INK} RG 1 w {left:.2f} {bottom:.2f} {box:.2f} {SIZE + 2 * PADDING:.2f} re B "
        f"{INK} rg BT {FONT} {SIZE} Tf {left + PADDING:.2f} {bottom + PADDING + 0.22 * SIZE:.2f} Td ({escaped}) Tj ET Q"
    )


def _as_displayed(page: pikepdf.Page) -> tuple[str, float, float]:
    """The matrix from the page as displayed (origin at its bottom left) to the page's own space, and its displayed width and height."""
    left, bottom, right, top = (float(one) for one in page.cropbox)
    left, right, bottom, top = min(left, right), max(left, right), min(bottom, top), max(bottom, top)
    width, height = right - left, top - bottom
    match page.rotation % 360:
        case 90:
            return f"0 1 -1 0 {right} {bottom}", height, width
        case 180:
            return f"-1 0 0 -1 {right} {top}", width, height
        case 270:
            return f"0 -1 1 0 {left} {top}", height, width
    return f"1 0 0 1 {left} {bottom}", width, height
