import base64
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from adapters.demo.generator import demo_invoices, demo_sales_invoices
from adapters.demo.paper import render_pdf
from adapters.demo.peppol import render_ubl
from adapters.demo.world import DOSSIERS

TODAY = date(2026, 3, 12)
FOUND = [made for dossier in DOSSIERS for made in (*demo_invoices(7, dossier, TODAY, 40), *demo_sales_invoices(7, dossier, TODAY, 20))]
SCHEMAS = Path(__file__).parents[4] / "shared" / "data" / "peppol" / "ubl-2.1-xsd"
LOCAL = "*[local-name()='{}']"


def read(made):
    return etree.fromstring(render_ubl(made))


def texts(root, *path):
    return root.xpath("/".join(["/*", *(LOCAL.format(name) for name in path)]) + "/text()")


def test_totals_in_the_file_are_those_of_the_invoice():
    for made in FOUND:
        root = read(made)
        bases = [Decimal(text) for text in texts(root, "TaxTotal", "TaxSubtotal", "TaxableAmount")]
        taxes = [Decimal(text) for text in texts(root, "TaxTotal", "TaxSubtotal", "TaxAmount")]
        assert sum(bases) == made.total_excl
        assert sum(taxes) == made.vat == Decimal(*texts(root, "TaxTotal", "TaxAmount"))
        assert texts(root, "LegalMonetaryTotal", "PayableAmount") == [str(made.total_incl)]
        lines = "CreditNoteLine" if made.credit_note else "InvoiceLine"
        assert sum(Decimal(text) for text in texts(root, lines, "LineExtensionAmount")) == made.total_excl


def test_a_credit_note_is_another_document_that_names_the_invoice():
    made = next(made for made in FOUND if made.credit_note)
    root = read(made)
    assert etree.QName(root).localname == "CreditNote"
    assert texts(root, "CreditNoteTypeCode") == ["381"]
    assert texts(root, "BillingReference", "InvoiceDocumentReference", "ID") == [made.credited_number]


def test_belgian_companies_are_addressed_by_their_enterprise_number():
    root = read(next(made for made in FOUND if made.seller.name == "Molens De Graankorrel NV"))
    endpoint = root.xpath("//*[local-name()='AccountingSupplierParty']//*[local-name()='EndpointID']")[0]
    assert (endpoint.get("schemeID"), endpoint.text) == ("0208", "0998110303")


def test_the_pdf_travels_inside_when_given():
    made = FOUND[0]
    data = render_pdf(made)
    root = etree.fromstring(render_ubl(made, data))
    embedded = root.xpath("//*[local-name()='EmbeddedDocumentBinaryObject']")
    assert [base64.b64decode(one.text) for one in embedded] == [data]
    assert "/" not in embedded[0].get("filename")


@pytest.mark.skipif(not SCHEMAS.exists(), reason=f"{SCHEMAS} is not here")
def test_every_file_is_valid_ubl():
    schemas = {kind: etree.XMLSchema(etree.parse(next(SCHEMAS.rglob(f"UBL-{kind}-2.1.xsd")))) for kind in ("Invoice", "CreditNote")}
    for made in FOUND:
        schemas["CreditNote" if made.credit_note else "Invoice"].assertValid(read(made))
