"""A PDF of a text as a typewriter would put it, one row a line, two spaces or more between columns: for layouts the demo does not have."""

from __future__ import annotations

import io
import re

import pikepdf

LEFT, TOP, SIZE, LINE = 40.0, 800.0, 9.0, 14.0
CHARACTER = 0.6 * SIZE
"""Every sign of Courier is this wide, in points."""


def typed_pdf(text: str) -> bytes:
    """One A4 page. Signs outside Latin-1 and brackets cannot be typed."""
    drawn = [
        f"BT /F1 {SIZE} Tf {LEFT + run.start() * CHARACTER:.2f} {TOP - row * LINE:.2f} Td ({run.group()}) Tj ET"
        for row, line in enumerate(text.strip("\n").splitlines())
        for run in re.finditer(r"\S+(?: \S+)*", line)
    ]
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        courier = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=courier))
        page.Contents = document.make_stream("\n".join(drawn).encode("latin-1"))
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()
