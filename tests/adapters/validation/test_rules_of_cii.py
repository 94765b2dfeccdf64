"""Our own rules on Cross Industry Invoices: the same functions as for UBL, told where they stand in the CII."""

import re
from pathlib import Path

import pytest
from lxml import etree

from adapters.validation.as_ubl import AsUbl
from adapters.validation.checking import validate
from adapters.validation.tree import Invoice, local
from application.validation.findings import Severity, Source

EXAMPLES = Path(__file__).resolve().parents[4] / "shared" / "data" / "peppol" / "official" / "cen-examples-cii"
SETTLEMENT = "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement"
NAMES = (
    'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" '
    'xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" '
    'xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"'
)


def cii(*, total="121.00", rate="21", type_code="380", guideline="urn:cen.eu:en16931:2017"):
    kind, percent = "<ram:TypeCode>VAT</ram:TypeCode>", f"<ram:RateApplicablePercent>{rate}</ram:RateApplicablePercent>"
    tax = f"{kind}<ram:CategoryCode>S</ram:CategoryCode>{percent}"
    amounts = f"<ram:CalculatedAmount>21.00</ram:CalculatedAmount>{kind}<ram:BasisAmount>100.00</ram:BasisAmount>"
    vat = tax.replace(kind, amounts)
    address = "<ram:PostalTradeAddress><ram:CountryID>BE</ram:CountryID></ram:PostalTradeAddress>"
    return f"""<rsm:CrossIndustryInvoice {NAMES}>
  <rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>{guideline}</ram:ID>
  </ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
  <rsm:ExchangedDocument><ram:ID>7</ram:ID><ram:TypeCode>{type_code}</ram:TypeCode>
    <ram:IssueDateTime><udt:DateTimeString format="102">20260305</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>
    <ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID></ram:AssociatedDocumentLineDocument>
      <ram:SpecifiedTradeProduct><ram:Name>Bloem</ram:Name></ram:SpecifiedTradeProduct>
      <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>50.00</ram:ChargeAmount></ram:NetPriceProductTradePrice>
      </ram:SpecifiedLineTradeAgreement>
      <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">2</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
      <ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax>{tax}</ram:ApplicableTradeTax>
        <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>100.00</ram:LineTotalAmount>
        </ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>
    <ram:ApplicableHeaderTradeAgreement>
      <ram:SellerTradeParty><ram:Name>Molen</ram:Name>{address}
        <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">BE0123456749</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty>
      <ram:BuyerTradeParty><ram:Name>Bakker</ram:Name>{address}</ram:BuyerTradeParty>
    </ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeDelivery/>
    <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
      <ram:ApplicableTradeTax>{vat}</ram:ApplicableTradeTax>
      <ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>
        <udt:DateTimeString format="102">20260404</udt:DateTimeString></ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>100.00</ram:LineTotalAmount>
        <ram:TaxBasisTotalAmount>100.00</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="EUR">21.00</ram:TaxTotalAmount>
        <ram:GrandTotalAmount>{total}</ram:GrandTotalAmount><ram:DuePayableAmount>{total}</ram:DuePayableAmount>
      </ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""


def told(document):
    return {one.rule: one for one in validate(document.encode())}


@pytest.mark.parametrize("type_code", ["380", "381"])
def test_a_sound_invoice_or_credit_note_breaks_nothing(type_code):
    assert told(cii(type_code=type_code)) == {}


def test_a_total_that_does_not_add_up_is_told_where_it_stands_in_the_cii():
    found = told(cii(total="120.00"))["BR-CO-15"]
    assert (found.values, found.source) == ({"said": "120.00", "computed": "121.00"}, Source.OWN)
    assert found.where == f"{SETTLEMENT}/SpecifiedTradeSettlementHeaderMonetarySummation"


@pytest.mark.parametrize(
    ("there", "instead", "rule", "severity"),
    [
        (">7</ram:ID>", "></ram:ID>", "BR-02", Severity.FATAL),
        ('"VA">BE0123456749', '"VA">BE0123456748', "DAYBOOK-VAT", Severity.WARNING),
        (">20260404<", ">20260204<", "DAYBOOK-DUE", Severity.WARNING),
        (">2</ram:BilledQuantity>", ">two</ram:BilledQuantity>", "CII-XSD", Severity.FATAL),
        ("<ram:CountryID>BE</ram:CountryID>", "", "BR-09", Severity.FATAL),
    ],
)
def test_what_was_changed_is_found(there, instead, rule, severity):
    changed = cii().replace(there, instead)
    assert changed != cii()
    assert told(changed)[rule].severity == severity


def test_a_rate_that_is_not_belgian_is_advice_on_the_line_of_the_breakdown():
    found = told(cii(rate="20"))["DAYBOOK-BE-03"]
    assert found.where == f"{SETTLEMENT}/ApplicableTradeTax"


def test_a_profile_without_lines_is_not_asked_for_them():
    short = cii(guideline="urn:factur-x.eu:1p0:minimum")
    assert {one for one in told(short) if not one.endswith("XSD")} == set()
    assert "BR-16" in told(
        re.sub(r"<ram:IncludedSupplyChainTradeLineItem>.*?</ram:IncludedSupplyChainTradeLineItem>", "", cii(), flags=re.DOTALL)
    )


def test_a_day_and_a_credit_note_are_written_as_in_ubl():
    root = AsUbl(etree.fromstring(cii(type_code="381").encode())).root
    invoice = Invoice(root)
    assert local(root) == "CreditNote"
    assert [local(one) for one in invoice.lines] == ["CreditNoteLine"]
    assert invoice.type_code == "381"
    assert "2026-03-05" in "".join(root.itertext())


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the official examples are not beside the repository")
def test_the_official_examples_break_no_rule_that_must_be_kept():
    found = {
        path.name: [one.rule for one in validate(path.read_bytes()) if one.severity == Severity.FATAL] for path in EXAMPLES.glob("*.xml")
    }
    assert {name: rules for name, rules in found.items() if rules} == {}
    assert len(found) > 10
