"""PDFs made by hand: text at known places, turned pages, attachments."""

from __future__ import annotations

import io

import pikepdf


def small_pdf(
    *texts: tuple[float, float, str],
    rotate: int = 0,
    size: tuple[float, float] = (595, 842),
    origin: tuple[float, float] = (0, 0),
    attachments: dict[str, bytes] | None = None,
    password: str = "",
) -> bytes:
    """One page with each text's baseline beginning `x, y` points from the bottom left, in 10-point Helvetica."""
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=size)
        page.MediaBox = pikepdf.Array([*origin, origin[0] + size[0], origin[1] + size[1]])
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        drawn = " ".join(f"BT /F1 10 Tf {x} {y} Td ({text}) Tj ET" for x, y, text in texts)
        page.Contents = document.make_stream(drawn.encode("latin-1"))
        page.Rotate = rotate
        for name, data in (attachments or {}).items():
            document.attachments[name] = data
        out = io.BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner=password, user=password) if password else False)
        return out.getvalue()


INVOICE = (
    (40, 800, "Drukkerij De Pers BV"),
    (40, 780, "BTW BE 0403.019.261"),
    (40, 740, "Factuurnummer: F-9"),
    (40, 720, "Factuurdatum: 05/03/2026"),
    (40, 600, "Totaal excl. btw"),
    (200, 600, "100,00"),
    (40, 580, "Btw 20 %"),
    (200, 580, "20,00"),
    (40, 560, "Te betalen"),
    (200, 560, "120,00 EUR"),
)
"""The texts of an invoice that says what `sample_xml.CII` says, in part."""
