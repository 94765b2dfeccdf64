from __future__ import annotations

import json
from pathlib import Path

import pytest
from sample_xml import CII, attachment, ubl

from adapters.ubl import embedded_pdf, read_cii, read_ubl
from adapters.unreadable import Unreadable
from application.recognition.reading import Kind, Reading

PEPPOL = Path(__file__).parents[4] / "shared" / "data" / "peppol"
official = pytest.mark.skipif(not PEPPOL.is_dir(), reason="the Peppol examples beside the repository are not there")


def values(reading: Reading) -> dict[str, str]:
    return {name: field.value for name, field in reading.fields.items()}


def test_an_invoice_is_read_exactly():
    reading = read_ubl(ubl())

    assert reading.kind is Kind.UBL
    assert values(reading) == {
        "issuer_name": "Drukkerij De Pers BV",
        "issuer_vat": "BE0403019261",
        "invoice_number": "2026/417",
        "issue_date": "2026-03-05",
        "due_date": "2026-04-04",
        "currency": "EUR",
        "total_incl": "174.00",
        "total_excl": "150.00",
        "vat": "24.00",
        "iban": "BE68539007547034",
        "payment_reference": "090933755493",
        "type_code": "380",
        "buyer_name": "Bakkerij Claes & Zoon",
        "buyer_vat": "BE0428759497",
        "amount_due": "100.00",
    }
    assert all(field.confidence == 1 and field.source == "ubl" and field.page is None for field in reading.fields.values())


def test_the_rates_and_the_lines_are_listed():
    reading = read_ubl(ubl())

    assert [(each.rate, each.base, each.vat, each.category) for each in reading.vat_rates] == [
        ("6", "50.00", "3.00", "S"),
        ("21", "100.00", "21.00", "S"),
    ]
    assert reading.line_texts == ("Folders A5, 1000 stuks", "Boeken")


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_credit_note_is_positive_whatever_its_sign(sign: str):
    reading = read_ubl(ubl(root="CreditNote", type_code="", sign=sign))

    assert values(reading)["type_code"] == "381"
    assert [values(reading)[name] for name in ("total_excl", "vat", "total_incl")] == ["150.00", "24.00", "174.00"]
    assert [each.base for each in reading.vat_rates] == ["50.00", "100.00"]


def test_a_credit_note_has_its_due_date_with_the_payment():
    due = "<cbc:PaymentDueDate>2026-04-01</cbc:PaymentDueDate>"

    assert values(read_ubl(ubl(root="CreditNote", type_code="", due="", payment=due)))["due_date"] == "2026-04-01"


def test_a_self_billed_invoice_keeps_its_type():
    assert values(read_ubl(ubl(type_code="<cbc:InvoiceTypeCode>389</cbc:InvoiceTypeCode>")))["type_code"] == "389"


def test_a_negative_invoice_stays_what_it_says():
    assert values(read_ubl(ubl(sign="-")))["total_incl"] == "-174.00"


def test_a_supplier_without_vat_number_is_known_by_its_peppol_number():
    assert values(read_ubl(ubl(supplier_tax="")))["issuer_vat"] == "BE0403019261"


def test_a_wrong_vat_number_is_shown_as_it_stands_but_not_believed():
    tax = "<cac:PartyTaxScheme><cbc:CompanyID>BE0840307153</cbc:CompanyID></cac:PartyTaxScheme>"
    field = read_ubl(ubl(supplier_tax=tax)).fields["issuer_vat"]

    assert (field.value, field.confidence < 0.7) == ("BE0840307153", True)


def test_what_is_not_said_is_absent():
    assert "payment_reference" not in read_ubl(ubl(payment="")).fields
    assert "due_date" not in read_ubl(ubl(due="")).fields


def test_the_document_in_an_envelope_is_read():
    inner = ubl().split(b"?>", 1)[1]
    envelope = b'<StandardBusinessDocument xmlns="urn:x"><StandardBusinessDocumentHeader/>' + inner + b"</StandardBusinessDocument>"

    assert values(read_ubl(envelope))["invoice_number"] == "2026/417"


def test_the_pdf_inside_is_found_and_what_is_no_pdf_is_passed_over():
    pdf = b"%PDF-1.7 ..."

    assert embedded_pdf(ubl(extra=attachment(b"\x89PNG", "image/png") + attachment(b"no pdf") + attachment(pdf))) == pdf
    assert embedded_pdf(ubl()) is None


def test_an_attachment_of_many_megabytes_does_not_hide_the_invoice():
    pdf = b"%PDF-1.7" + b"x" * 8_000_000
    data = ubl(extra=attachment(pdf))

    assert values(read_ubl(data)) == values(read_ubl(ubl()))
    assert embedded_pdf(data) == pdf


def test_a_cross_industry_invoice_is_read_exactly():
    reading = read_cii(CII)

    assert reading.kind is Kind.CII
    assert values(reading) == {
        "issuer_name": "Au bon moulin",
        "issuer_vat": "FR11999999998",
        "invoice_number": "F-9",
        "issue_date": "2026-03-05",
        "due_date": "2026-04-04",
        "currency": "EUR",
        "total_incl": "120.00",
        "total_excl": "100.00",
        "vat": "20.00",
        "iban": "FR2012421242124212421242124",
        "payment_reference": "F-9",
        "type_code": "380",
        "buyer_name": "Ma jolie boutique",
    }
    assert [(each.rate, each.base, each.vat) for each in reading.vat_rates] == [("20", "100.00", "20.00")]
    assert reading.line_texts == ("Nougat",)


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"<Invoice",
        b"<html/>",
        b'<!DOCTYPE Invoice [<!ENTITY a "b">]>' + ubl().split(b"?>", 1)[1],
        b'<!DOCTYPE Invoice SYSTEM "http://127.0.0.1/x.dtd">' + ubl().split(b"?>", 1)[1],
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_plain_invoice_is_refused(hostile: bytes):
    with pytest.raises(Unreadable):
        read_ubl(hostile)


def test_an_entity_never_brings_a_file_in(tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("s3cret")
    hostile = f'<!DOCTYPE Invoice [<!ENTITY x SYSTEM "file://{secret}">]>'.encode() + ubl().split(b"?>", 1)[1].replace(b"2026/417", b"&x;")

    with pytest.raises(Unreadable):
        read_ubl(hostile)


@official
def test_every_official_example_adds_up():
    read = 0
    for path in sorted((PEPPOL / "official").glob("*examples*/*.xml")):
        data = path.read_bytes()
        reading = read_cii(data) if b"CrossIndustryInvoice" in data[:2000] else read_ubl(data)
        fields = values(reading)
        assert {"issuer_name", "invoice_number", "issue_date", "currency", "total_incl", "total_excl", "type_code"} <= set(fields), (
            path.name
        )
        if "vat" in fields:
            assert round(float(fields["total_excl"]) + float(fields["vat"]) - float(fields["total_incl"]), 2) == 0, path.name
        read += 1
    assert read > 30


@official
def test_the_unit_cases_of_the_rules_never_break_the_reader():
    with (PEPPOL / "official" / "unit_cases.jsonl").open() as lines:
        cases = [json.loads(line) for line in lines]
    texts = [text for case in cases for text in case.values() if isinstance(text, str) and text.lstrip().startswith("<")]

    for text in texts:
        try:
            read_ubl(text.encode())
        except Unreadable:
            continue
    assert len(texts) > 500


@pytest.mark.parametrize(
    ("there", "impossible", "field"),
    [
        (b"<cbc:IssueDate>2026-03-05<", b"<cbc:IssueDate>nope<", "issue_date"),
        (b"<cbc:IssueDate>2026-03-05<", b"<cbc:IssueDate>2026-02-30<", "issue_date"),
        (b"<cbc:DueDate>2026-04-04<", b"<cbc:DueDate>20260404<", "due_date"),
        (b">174.00</cbc:TaxInclusiveAmount>", b">1e900</cbc:TaxInclusiveAmount>", "total_incl"),
        (b">150.00</cbc:TaxExclusiveAmount>", b">10000000000000</cbc:TaxExclusiveAmount>", "total_excl"),
        (b">150.00</cbc:TaxExclusiveAmount>", b">0.00001</cbc:TaxExclusiveAmount>", "total_excl"),
        (b">24</cbc:TaxAmount>", b">1e-900</cbc:TaxAmount>", "vat"),
        (b">EUR<", b">euro<", "currency"),
        (b"<cbc:ID> 2026/417 <", b"<cbc:ID>" + b"7" * 101 + b"<", "invoice_number"),
        (b"Drukkerij De Pers BV", b"x" * 201, "issuer_name"),
    ],
)
def test_a_value_that_no_invoice_can_mean_is_not_read(there: bytes, impossible: bytes, field: str):
    assert there in ubl()
    assert field not in values(read_ubl(ubl().replace(there, impossible)))


@pytest.mark.parametrize("rate", [b"1e900", b"101", b"-6", b"nope"])
def test_a_rate_that_is_none_is_left_out(rate: bytes):
    reading = read_ubl(ubl().replace(b"<cbc:Percent>6.00<", b"<cbc:Percent>" + rate + b"<"))
    assert [each.rate for each in reading.vat_rates] == ["21"]


def test_the_largest_amount_with_four_decimals_is_read():
    reading = read_ubl(ubl().replace(b">174.00</cbc:TaxInclusiveAmount>", b">9999999999999.12340</cbc:TaxInclusiveAmount>"))
    assert values(reading)["total_incl"] == "9999999999999.1234"


def test_a_date_with_a_time_zone_is_that_date():
    assert values(read_ubl(ubl().replace(b"2026-03-05<", b"2026-03-05+01:00<")))["issue_date"] == "2026-03-05"
