"""Pages whose every word is known, and how near an engine comes to them."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import font_lato
import numpy as np
import pypdfium2 as pdfium
import typst
from pypdfium2 import raw
from rapidfuzz.distance import Levenshtein

from adapters.pdf import picture
from application.recognition.reading import Box, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

DPI = 200
PAGES = {
    "nl": (
        "Lato",
        10,
        """
        Drukkerij De Meeuw BV | Nijverheidslaan 12 | 9000 Gent
        Factuur | Factuurnummer | 2026/00417 | Factuurdatum | 05/03/2026 | Vervaldatum | 04/04/2026
        Omschrijving | Aantal | Prijs | Btw | Bedrag
        Affiches A2, vierkleurendruk | 250 | 1,35 | 21 % | 337,50
        Geëtste naamplaatjes in één stuk | 12 | 24,90 | 21 % | 298,80
        Verzending naar coördinator België | 1 | 18,00 | 6 % | 18,00
        Totaal excl. btw | 654,30 | Btw | 134,70 | Te betalen | 789,00
        Gelieve te betalen op BE68 5390 0754 7034 met de mededeling +++090/9337/55493+++ binnen de dertig dagen.
        Onze algemene voorwaarden zijn van toepassing. Klachten moeten binnen acht dagen schriftelijk gemeld worden.
    """,
    ),
    "fr": (
        "Libertinus Serif",
        11,
        """
        Boulangerie Générale SRL | Chaussée de Namur 47 | 1300 Wavre
        Facture | Numéro | F-26-1188 | Date | 17/02/2026 | Échéance | 19/03/2026
        Désignation | Quantité | Prix unitaire | TVA | Montant
        Pains spéciaux façon grand-mère | 40 | 3,25 | 6 % | 130,00
        Gâteau d’anniversaire à la crème brûlée | 2 | 38,50 | 6 % | 77,00
        Remise fidélité accordée | 1 | -10,35 | 6 % | -10,35
        Total HTVA | 196,65 | TVA | 11,80 | À payer | 208,45
        Merci de payer sur le compte BE71 0961 2345 6769 avec la communication indiquée ci-dessus.
        Passé ce délai, un intérêt de retard sera dû de plein droit et sans mise en demeure préalable.
    """,
    ),
    "de": (
        "Lato",
        9,
        """
        Müller und Söhne GmbH | Gewerbestraße 22 | 4700 Eupen
        Rechnung | Rechnungsnummer | RE-2026-0093 | Rechnungsdatum | 11.01.2026 | Fällig am | 10.02.2026
        Bezeichnung | Menge | Einzelpreis | MwSt. | Betrag
        Dichtungssatz für Etagenöfen | 3 | 82,91 | 21 % | 248,73
        Prüfung der Gasanlage vor Ort | 2 | 95,00 | 21 % | 190,00
        Anfahrt und Kleinmaterial | 1 | 41,27 | 21 % | 41,27
        Nettobetrag | 480,00 | MwSt. | 100,80 | Gesamtbetrag | 580,80
        Bitte überweisen Sie den Betrag auf das Konto BE43 0689 9999 9501 und geben Sie die Rechnungsnummer an.
        Lieferungen erfolgen ausschließlich zu unseren allgemeinen Geschäftsbedingungen, die Sie erhalten haben.
    """,
    ),
    "en": (
        "New Computer Modern",
        12,
        """
        Brightlane Software Ltd | 14 Harbourmaster Row | Dublin D01 X2P4
        Invoice | Number | BL-2026-027591 | Date | 28/02/2026 | Due date | 30/03/2026
        Description | Quantity | Unit price | VAT | Amount
        Team plan, per user and month | 15 | 12.40 | 0 % | 186.00
        Priority support for one year | 1 | 240.00 | 0 % | 240.00
        Training session on site | 2 | 175.50 | 0 % | 351.00
        Subtotal | 777.00 | VAT | 0.00 | Total due | EUR 777.00
        Please pay by bank transfer to IE29 AIBK 9311 5212 3456 78 and mention the invoice number.
        Reverse charge: the recipient accounts for the tax in the country of establishment.
    """,
    ),
}
"""Language of a page → its font, size in points, and rows of cells."""


class KnownPage(NamedTuple):
    """A clean page, and the cells on it, each a run of words; a word's box in points is the ink of its own letters."""

    picture: NDArray[np.uint8]
    cells: tuple[tuple[Word, ...], ...]


@cache
def page(language: str) -> KnownPage:
    """The page in this language, as a scanner sees it."""
    font, size, text = PAGES[language]
    rows = [line.split(" | ") for line in text.strip().splitlines()]
    drawn = "\n\n".join(f"#grid(columns: {len(row)}, column-gutter: 1fr, {', '.join(map(_quoted, row))})" for row in rows)
    source = f'#set page("a4", margin: 2cm)\n#set text(font: "{font}", size: {size}pt)\n{drawn}'
    fonts = [Path(font_lato.__file__).parent / "files"]
    pdf = typst.compile(source.encode(), format="pdf", font_paths=fonts, ignore_system_fonts=True)
    return KnownPage(np.array(picture(pdf, 1, DPI).convert("L"), np.uint8), tuple(_cells(pdf)))


def _quoted(cell: str) -> str:
    return f'[#"{cell.strip()}"]'


def _cells(data: bytes) -> Iterator[tuple[Word, ...]]:
    """Words that follow each other on one row without a wide gap."""
    cell: list[Word] = []
    for word in _printed(data):
        if cell and not _follows(cell[-1].box, word.box):
            yield tuple(cell)
            cell = []
        cell.append(word)
    yield tuple(cell)


def _follows(before: Box, after: Box) -> bool:
    overlap = min(before.bottom, after.bottom) - max(before.top, after.top)
    return overlap > 0 and 0 < after.left - before.right < before.bottom - before.top


def _printed(data: bytes) -> Iterator[Word]:
    """The words of the first page, each with the box of its ink."""
    with pdfium.PdfDocument(data) as document:
        shown = document[0]
        text, height = shown.get_textpage(), shown.get_size()[1]
        signs = [(chr(raw.FPDFText_GetUnicode(text, index)), text.get_charbox(index)) for index in range(text.count_chars())]
        for is_space, group in groupby(signs, key=lambda one: one[0].isspace()):
            if not is_space:
                letters = list(group)
                left, bottom, right, top = (edge(one[1][place] for one in letters) for place, edge in enumerate((min, min, max, max)))
                yield Word("".join(one[0] for one in letters), Box(left, height - top, right, height - bottom))
        text.close()
        shown.close()


def assigned(known: KnownPage, words: Iterable[Word]) -> list[list[Word]]:
    """What an engine read, put into the cells; what stands in none comes last."""
    found: list[list[Word]] = [[] for _ in (*known.cells, None)]
    spans = [_around(cell) for cell in known.cells]
    for word in words:
        found[next((place for place, span in enumerate(spans) if _within(word.box, span)), -1)].append(word)
    return [sorted(cell, key=lambda one: one.box.left) for cell in found]


def _within(box: Box, span: Box) -> bool:
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return span.left - 3 < across < span.right + 3 and span.top - 3 < down < span.bottom + 3


def _around(cell: Sequence[Word]) -> Box:
    edges = ((min, "left"), (min, "top"), (max, "right"), (max, "bottom"))
    return Box(*(edge(getattr(one.box, side) for one in cell) for edge, side in edges))


def accuracy(known: KnownPage, words: Iterable[Word], *, accents: bool = True) -> float:
    """Share of the characters that are right, blanks between words included."""
    there, seen = (_text(cells, accents=accents) for cells in (known.cells, assigned(known, words)))
    return 1 - Levenshtein.distance(there, seen) / len(there)


def _text(cells: Iterable[Iterable[Word]], *, accents: bool) -> str:
    text = "\n".join(" ".join(word.text for word in cell) for cell in cells).strip()
    bare = unicodedata.normalize("NFD", text.replace("ß", "ss"))
    return unicodedata.normalize("NFC", text) if accents else "".join(sign for sign in bare if not unicodedata.combining(sign))


def strays(known: KnownPage, words: Iterable[Word]) -> list[tuple[float, str]]:
    """For every word that was read right: pixels from the edge that is furthest off to where it should be; the worst first.

    Up and down a box may end anywhere between the ink of the word and that of its whole row.
    """
    found = []
    for cell, seen in zip(known.cells, assigned(known, words), strict=False):
        own = _around(cell)
        row = _around([word for other in known.cells for word in other if word.box.top < own.bottom and word.box.bottom > own.top])
        texts = ([one.text for one in cell], [one.text for one in seen])
        matches = SequenceMatcher(None, *texts, autojunk=False).get_matching_blocks()
        for a, b, size in matches:
            for there, here in zip(cell[a : a + size], seen[b : b + size], strict=True):
                off = (
                    abs(here.box.left - there.box.left),
                    abs(here.box.right - there.box.right),
                    max(row.top - here.box.top, here.box.top - there.box.top),
                    max(there.box.bottom - here.box.bottom, here.box.bottom - row.bottom),
                )
                found.append((max(off) * DPI / 72, there.text))
    return sorted(found, reverse=True)
