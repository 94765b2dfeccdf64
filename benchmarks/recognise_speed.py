"""What reading costs, as a ratio to the least anybody could do with the same file.

JSON lines: `recognise/text-pdf` (floor: open and take the text of all pages with pypdfium2), of the real PDFs beside the repository where
they are, and always of the demo's own; `recognise/ubl-to-proposal` (floor: parse with lxml), from bytes to booking proposal in memory.
Each document is timed for both in interleaved rounds in one warm process; its ratio is that of the medians.
"""

from __future__ import annotations

import json
import statistics
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # the package has no type information
from lxml import etree

from adapters.demo.generator import demo_invoices
from adapters.demo.paper import render_pdf
from adapters.demo.world import DOSSIERS
from adapters.reading import read_document
from adapters.ubl import read_ubl
from application.accounting_package import Account, VatCode
from application.enrichment.circumstances import Circumstances, Party
from application.enrichment.proposing import propose
from application.processing import recognised
from domain.document import Channel, Document, DocumentReceived, Mailbox
from domain.dossier import Dossier, JournalSettings, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
ROUNDS = 9


DOSSIER = UUID(int=1)
RECEIVED = DocumentReceived(
    dossier=DOSSIER, mailbox=Mailbox.PURCHASE, channel=Channel.UPLOAD, file_name="f.xml", media_type="application/xml", size=1, sha256="0"
)
ACCOUNTS = tuple(Account(code=f"61{number:04}", name=f"Kosten {number}", open_for_annotation=True) for number in range(150))
VAT_CODES = tuple(
    VatCode(
        code=f"A{rate}",
        name=f"Aankoop {rate} %",
        kind="purchase",
        rate=Decimal(rate),
        reverse_charge=False,
        base_grids=("82",),
        payable_grids=(),
        deductible_grids=("59",),
        credit_base_grids=("-82", "85"),
        credit_payable_grids=(),
        credit_deductible_grids=("63",),
    )
    for rate in (0, 6, 12, 21)
)
AROUND = Circumstances(
    kind=Kind.PURCHASE,
    dossier=Dossier(
        dossier_name="Bakkerij Claes",
        enterprise_number="0428759497",
        vat_number="BE0428759497",
        package="sandbox",
        package_code="1",
        language="nl",
        journals={"CFAAN": JournalSettings(code="CFAAN", kind=Kind.PURCHASE, number_format="yy000###")},
        periods={f"2026-{month:02}": True for month in range(1, 13)},
    ),
    party=Party(party_name="Molens", vat_number="BE0998110303"),
    accounts=ACCOUNTS,
    vat_codes=VAT_CODES,
    suspense_account="499000",
)
"""A dossier with a usual chart of accounts."""


_NAMES = "urn:oasis:names:specification:ubl:schema:xsd:"
EXAMPLE = f"""<Invoice xmlns="{_NAMES}Invoice-2"
xmlns:cac="{_NAMES}CommonAggregateComponents-2" xmlns:cbc="{_NAMES}CommonBasicComponents-2">
<cbc:ID>2026/1</cbc:ID><cbc:IssueDate>2026-03-05</cbc:IssueDate><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">21.00</cbc:TaxAmount><cac:TaxSubtotal><cbc:TaxableAmount>100.00</cbc:TaxableAmount>
<cbc:TaxAmount>21.00</cbc:TaxAmount><cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>21</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal>
</cac:TaxTotal><cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount>100.00</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount>121.00</cbc:TaxInclusiveAmount></cac:LegalMonetaryTotal>
{"<cac:InvoiceLine><cac:Item><cbc:Name>Meel</cbc:Name></cac:Item></cac:InvoiceLine>" * 20}</Invoice>""".encode()


def to_proposal(data: bytes) -> None:
    """From the bytes of an electronic invoice to its booking proposal, without storing anything."""
    document = Document.evolve(Document.evolve(None, RECEIVED), recognised(read_ubl(data), None))
    propose(DOSSIER, document, AROUND)


def text_of_all_pages(data: bytes) -> None:
    """The floor of a PDF."""
    with pdfium.PdfDocument(data) as document:
        for page in document:
            page.get_textpage().get_text_range()


def parsed(data: bytes) -> None:
    """The floor of an XML."""
    etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def ratios(documents: list[bytes], work: Callable[[bytes], object], floor: Callable[[bytes], object]) -> list[tuple[float, float, float]]:
    """For each document: seconds of ours, of the floor, and their ratio."""
    measured = []
    for data in documents:
        ours, least = [], []
        work(data)
        for _ in range(ROUNDS):
            least.append(_seconds(floor, data))
            ours.append(_seconds(work, data))
        a, b = statistics.median(ours), statistics.median(least)
        measured.append((a, b, a / b))
    return measured


def _seconds(work: Callable[[bytes], object], data: bytes) -> float:
    started = time.perf_counter()
    work(data)
    return time.perf_counter() - started


def report(figure: str, measured: list[tuple[float, float, float]]) -> None:
    """One line: medians over the documents, and the ratio nine in ten stay under."""
    ours, floor, ratio = (statistics.median(column) for column in zip(*measured, strict=True))
    p90 = statistics.quantiles([row[2] for row in measured], n=10)[-1]
    line = {"figure": figure, "ours": round(ours, 6), "floor": round(floor, 6), "ratio": round(ratio, 2), "p90": round(p90, 2), "unit": "s"}
    print(json.dumps(line | {"documents": len(measured)}))


def examples() -> list[bytes]:
    """UBL: the official examples beside the repository, else one built here of twenty lines."""
    found = [path.read_bytes() for path in sorted((DATA / "peppol").rglob("*.xml")) if "example" in path.parent.name]
    ubl = [data for data in found if b"oasis:names:specification:ubl" in data]
    return ubl or [EXAMPLE]


def main() -> None:
    """Measure what is there."""
    real = [path.read_bytes() for path in sorted((DATA / "invoices").glob("*.pdf"))]
    own = [render_pdf(invoice) for invoice in demo_invoices(1, DOSSIERS[0], date(2026, 11, 1), 40)]
    report("recognise/text-pdf", ratios(real or own, read_document, text_of_all_pages))
    if real:
        report("recognise/text-pdf-demo", ratios(own, read_document, text_of_all_pages))
    report("recognise/ubl-to-proposal", ratios(examples(), to_proposal, parsed))


if __name__ == "__main__":
    main()
