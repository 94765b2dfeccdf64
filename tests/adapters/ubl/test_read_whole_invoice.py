"""Lines, discounts, ways to pay, kinds of invoice: everything an electronic invoice tells besides its head."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_xml import CII, UBL, attachment, ubl

from adapters.reading import read_document
from adapters.ubl import embedded_pdf, read_cii, read_ubl
from application.recognition.reading import Reading, ReadLine

FULL_LINE = """<cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="KWH">1234.567891</cbc:InvoicedQuantity>
<cbc:LineExtensionAmount currencyID="EUR">150.00</cbc:LineExtensionAmount><cbc:AccountingCost>Gent</cbc:AccountingCost>
<cac:Item><cbc:Description>Dagverbruik</cbc:Description><cbc:Name>Stroom</cbc:Name>
<cac:SellersItemIdentification><cbc:ID>EL-1</cbc:ID></cac:SellersItemIdentification>
<cac:StandardItemIdentification><cbc:ID schemeID="0160">5412345000013</cbc:ID></cac:StandardItemIdentification>
<cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>21.00</cbc:Percent></cac:ClassifiedTaxCategory></cac:Item></cac:InvoiceLine>"""


def with_lines(lines: str, **parts: str) -> bytes:
    text = ubl(**parts).decode()
    return (text[: text.index("<cac:InvoiceLine>")] + lines + "</Invoice>").encode()


def values(reading: Reading) -> dict[str, str]:
    return {name: field.value for name, field in reading.fields.items()}


def warned(reading: Reading) -> dict[str, dict[str, str]]:
    return {one.code: one.values for one in reading.warnings}


def test_a_line_tells_what_was_bought_how_much_and_at_which_rate():
    (line,) = read_ubl(with_lines(FULL_LINE)).lines

    assert line == ReadLine(
        name="Stroom",
        description="Dagverbruik",
        article="EL-1",
        standard_id="5412345000013",
        quantity="1234.567891",
        unit="KWH",
        base="150.00",
        rate="21",
        category="S",
        cost="Gent",
    )


def test_a_line_of_the_older_e_fff_has_its_rate_with_its_tax():
    old = FULL_LINE.replace("ClassifiedTaxCategory", "Gone").replace(
        "<cac:Item>",
        "<cac:TaxTotal><cac:TaxSubtotal><cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>6</cbc:Percent></cac:TaxCategory>"
        "</cac:TaxSubtotal></cac:TaxTotal><cac:Item>",
    )
    (line,) = read_ubl(with_lines(old)).lines

    assert (line.rate, line.category) == ("6", "S")


def test_an_older_e_fff_with_its_pdf_inside_is_read_and_shown():
    """UBL 2.0 as Belgian packages wrote it before Peppol: no customisation of Peppol, other schemes, the communication as instruction."""
    pdf = b"%PDF-1.4 ..."
    text = ubl(
        extra=attachment(pdf),
        supplier_tax='<cac:PartyIdentification><cbc:ID schemeID="BE:CBE">0403.019.261</cbc:ID></cac:PartyIdentification>',
        payment="<cbc:InstructionNote>Mededeling +++090/9337/55493+++ aub</cbc:InstructionNote>",
    ).decode()
    text = text.replace('<cbc:EndpointID schemeID="0208">0403019261</cbc:EndpointID>', "")
    old = text.replace(
        "<cbc:ID> 2026/417", "<cbc:UBLVersionID>2.0</cbc:UBLVersionID><cbc:CustomizationID>1.0</cbc:CustomizationID><cbc:ID>2026/417"
    )
    reading = read_ubl(old.encode())

    assert (values(reading)["issuer_vat"], values(reading)["payment_reference"]) == ("BE0403019261", "090933755493")
    assert embedded_pdf(old.encode()) == pdf


def test_a_discount_on_the_whole_is_a_line_of_its_own_so_that_the_lines_make_up_the_total():
    discount = """<cac:AllowanceCharge><cbc:ChargeIndicator>{}</cbc:ChargeIndicator>
    <cbc:AllowanceChargeReason>{}</cbc:AllowanceChargeReason><cbc:Amount currencyID="EUR">{}</cbc:Amount>
    <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>21</cbc:Percent></cac:TaxCategory></cac:AllowanceCharge>"""
    extra = discount.format("false", "Korting", "12.50") + discount.format("true", "Verzending", "7.5")
    reading = read_ubl(with_lines(FULL_LINE.replace(">150.00<", ">155.00<"), extra=extra))

    assert reading.lines[1:] == (
        ReadLine(name="Korting", base="-12.50", rate="21", category="S", adjustment=True),
        ReadLine(name="Verzending", base="7.50", rate="21", category="S", adjustment=True),
    )
    assert "lines-differ" not in warned(reading)
    assert reading.line_texts == ("Stroom Dagverbruik",)


@pytest.mark.parametrize(
    ("there", "instead", "code", "told"),
    [
        (">174.00<", ">175.00<", "total-differs", {"computed": "174.00", "said": "175.00"}),
        (">100.00</cbc:TaxableAmount>", ">101.00</cbc:TaxableAmount>", "bases-differ", {"computed": "151.00", "said": "150.00"}),
        (">24<", ">25<", "vat-differs", {"computed": "24.00", "said": "25.00"}),
        (">21.00<", ">20.00<", "rate-differs", {"rate": "21", "base": "100.00", "computed": "21.00", "said": "20.00"}),
        (">150.00</cbc:LineExt", ">149.00</cbc:LineExt", "lines-differ", {"computed": "149.00", "said": "150.00"}),
        (">74.00<", ">73.00<", "due-differs", {"computed": "101.00", "said": "100.00"}),
        ("2026-04-04", "2026-03-04", "due-before-issue", {"due": "2026-03-04", "issued": "2026-03-05"}),
        ("BE0403.019.261", "BE0403.019.262", "check-digit", {"field": "issuer_vat", "value": "BE0403019262"}),
    ],
)
def test_what_an_invoice_contradicts_itself_in_is_told(there: str, instead: str, code: str, told: dict[str, str]):
    right = with_lines(FULL_LINE).decode()
    assert there in right
    assert code not in warned(read_ubl(right.encode()))

    assert warned(read_ubl(right.replace(there, instead).encode()))[code] == told


def test_what_is_still_to_be_paid_is_told_when_it_is_not_the_total():
    reading = read_ubl(with_lines(FULL_LINE))

    assert values(reading)["amount_due"] == "100.00"
    assert warned(reading) == {"due-not-total": {"said": "100.00", "total": "174.00"}}


def test_rounding_of_what_is_to_be_paid_is_no_contradiction():
    rounding = '<cbc:PayableRoundingAmount currencyID="EUR">0.02</cbc:PayableRoundingAmount>'
    data = (
        with_lines(FULL_LINE)
        .decode()
        .replace('<cbc:PayableAmount currencyID="EUR">100.00', rounding + '<cbc:PayableAmount currencyID="EUR">100.02')
    )

    assert warned(read_ubl(data.encode())) == {"due-not-total": {"said": "100.02", "total": "174.00"}}


def test_a_document_without_total_gets_what_the_others_make_of_it():
    text = with_lines(FULL_LINE).decode()
    without = text.replace('<cbc:TaxInclusiveAmount currencyID="EUR">174.00</cbc:TaxInclusiveAmount>', "")
    only_payable = without.replace('<cbc:TaxExclusiveAmount currencyID="EUR">150.00</cbc:TaxExclusiveAmount>', "")

    assert [values(read_ubl(one.encode()))["total_incl"] for one in (without, only_payable)] == ["174.00", "174.00"]


@pytest.mark.parametrize(
    "self_billed",
    [
        {"type_code": "<cbc:InvoiceTypeCode>389</cbc:InvoiceTypeCode>"},
        {"root": "CreditNote", "type_code": "<cbc:CreditNoteTypeCode>261</cbc:CreditNoteTypeCode>"},
        {"extra": "<cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:selfbilling:01:1.0</cbc:ProfileID>"},
    ],
)
def test_who_must_be_paid_is_the_issuer_also_where_the_buyer_made_the_invoice(self_billed: dict[str, str]):
    reading = read_ubl(ubl(**self_billed))

    assert values(reading)["issuer_vat"] == "BE0403019261"
    assert warned(reading)["self-billed"] == {"buyer": "Bakkerij Claes & Zoon"}


@pytest.mark.parametrize("kind", ["380", "383", "384", "386", "393"])
def test_debit_corrected_and_prepayment_invoices_keep_their_kind_and_sign(kind: str):
    reading = read_ubl(ubl(type_code=f"<cbc:InvoiceTypeCode>{kind}</cbc:InvoiceTypeCode>"))

    assert (values(reading)["type_code"], values(reading)["total_incl"]) == (kind, "174.00")


def test_a_corrected_invoice_names_the_one_it_corrects():
    document = "<cac:InvoiceDocumentReference><cbc:ID>2026/400</cbc:ID></cac:InvoiceDocumentReference>"
    reference = f"<cac:BillingReference>{document}</cac:BillingReference>"
    corrected = "<cbc:InvoiceTypeCode>384</cbc:InvoiceTypeCode>"

    assert warned(read_ubl(ubl(type_code=corrected, extra=reference)))["corrects"] == {"number": "2026/400"}


MEANS = """<cac:PaymentMeans><cbc:PaymentMeansCode>{}</cbc:PaymentMeansCode>{}
<cac:PayeeFinancialAccount><cbc:ID>{}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>"""


def test_of_several_ways_to_pay_the_transfer_is_taken_and_the_structured_communication_found():
    text = ubl(payment="<cbc:PaymentID>Klant 12</cbc:PaymentID>").decode().replace(">30<", ">48<")
    second = MEANS.format("30", "<cbc:PaymentID>***090/9337/55493***</cbc:PaymentID>", "BE02 6218 7771 5168")
    reading = read_ubl(text.replace("<cac:TaxTotal>", second + "<cac:TaxTotal>", 1).encode())

    assert (values(reading)["iban"], values(reading)["payment_reference"]) == ("BE02621877715168", "090933755493")


def test_a_structured_communication_in_the_terms_is_found():
    terms = "<cac:PaymentTerms><cbc:Note>30 dagen, met +++090/9337/55493+++</cbc:Note></cac:PaymentTerms>"
    reading = read_ubl(ubl(payment="", extra=terms))

    assert values(reading)["payment_reference"] == "090933755493"
    assert values(reading)["payment_terms"] == "30 dagen, met +++090/9337/55493+++"


def test_an_invoice_that_is_collected_by_direct_debit_says_so():
    assert "direct-debit" in warned(read_ubl(ubl().replace(b">30<", b">59<")))


def test_another_payee_than_the_supplier_is_told():
    payee = "<cac:PayeeParty><cac:PartyName><cbc:Name>Factoring NV</cbc:Name></cac:PartyName></cac:PayeeParty>"

    assert warned(read_ubl(ubl(extra=payee)))["other-payee"] == {"payee": "Factoring NV"}


def test_the_reason_for_an_exemption_goes_with_its_rate():
    text = ubl().replace(
        b"<cbc:Percent>6.00</cbc:Percent>",
        b"<cbc:Percent>6.00</cbc:Percent><cbc:TaxExemptionReasonCode>VATEX-EU-IC</cbc:TaxExemptionReasonCode>",
    )

    assert [each.exemption for each in read_ubl(text).vat_rates] == ["VATEX-EU-IC", ""]


def test_prefixes_and_encodings_do_not_matter():
    text = with_lines(FULL_LINE).decode()
    other = text.replace("cac:", "a:").replace("cbc:", "b:").replace(":cac=", ":a=").replace(":cbc=", ":b=")
    prefixed = other.replace("<Invoice xmlns=", "<inv:Invoice xmlns:inv=").replace("</Invoice>", "</inv:Invoice>")
    wide = prefixed.replace("UTF-8", "UTF-16").encode("utf-16")
    marked = b"\xef\xbb\xbf" + prefixed.encode()

    assert read_ubl(prefixed.encode()) == read_document(wide).reading == read_document(marked).reading == read_ubl(text.encode())


def test_a_number_of_another_country_that_happens_to_look_belgian_is_not_taken_for_one():
    party = "<cac:PostalAddress><cac:Country><cbc:IdentificationCode>FR</cbc:IdentificationCode></cac:Country></cac:PostalAddress>"
    text = ubl(supplier_tax=party).decode().replace('<cbc:EndpointID schemeID="0208">', '<cbc:EndpointID schemeID="0225">')

    assert "issuer_vat" not in values(read_ubl(text.encode()))


def test_more_lines_than_anybody_books_one_by_one_are_not_handed_on():
    reading = read_ubl(with_lines(FULL_LINE.replace(">150.00<", ">0.15<") * 1001))

    assert (reading.lines, len(reading.line_texts)) == ((), 1000)


CII_LINE = b"""<ram:IncludedSupplyChainTradeLineItem>
<ram:SpecifiedTradeProduct><ram:GlobalID schemeID="0160">4000</ram:GlobalID><ram:SellerAssignedID>N-1</ram:SellerAssignedID>
<ram:Name>Nougat</ram:Name>
<ram:Description>200 g</ram:Description></ram:SpecifiedTradeProduct>
<ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">20</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
<ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:CategoryCode>S</ram:CategoryCode>
<ram:RateApplicablePercent>20.00</ram:RateApplicablePercent></ram:ApplicableTradeTax>
<ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>110</ram:LineTotalAmount>
</ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>"""
CII_DISCOUNT = b"""<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>false</udt:Indicator></ram:ChargeIndicator>
<ram:ActualAmount>10.00</ram:ActualAmount><ram:Reason>Remise</ram:Reason><ram:CategoryTradeTax><ram:CategoryCode>S</ram:CategoryCode>
<ram:RateApplicablePercent>20</ram:RateApplicablePercent></ram:CategoryTradeTax></ram:SpecifiedTradeAllowanceCharge>"""


def cii() -> bytes:
    start, end = CII.index(b"<ram:IncludedSupply"), CII.index(b"<ram:ApplicableHeaderTradeAgreement>")
    return (CII[:start] + CII_LINE + CII[end:]).replace(
        b"<ram:SpecifiedTradePaymentTerms>", CII_DISCOUNT + b"<ram:SpecifiedTradePaymentTerms>"
    )


def test_a_cross_industry_invoice_has_the_same_lines():
    assert read_cii(cii()).lines == (
        ReadLine(
            name="Nougat",
            description="200 g",
            article="N-1",
            standard_id="4000",
            quantity="20",
            unit="C62",
            base="110.00",
            rate="20",
            category="S",
        ),
        ReadLine(name="Remise", base="-10.00", rate="20", category="S", adjustment=True),
    )
    assert "lines-differ" not in warned(read_cii(cii()))


def test_a_line_that_only_heads_others_is_not_counted():
    status = b"<ram:LineStatusReasonCode>GROUP</ram:LineStatusReasonCode>"
    heading = b"<ram:AssociatedDocumentLineDocument>" + status + b"</ram:AssociatedDocumentLineDocument>"
    group = CII_LINE.replace(b"<ram:SpecifiedTradeProduct>", heading + b"<ram:SpecifiedTradeProduct>", 1)

    assert len(read_cii(cii().replace(CII_LINE, group + CII_LINE)).lines) == 2


def test_a_date_written_the_other_way_is_read_all_the_same():
    assert values(read_cii(CII.replace(b"20260305", b"2026-03-05")))["issue_date"] == "2026-03-05"


def test_the_first_generation_of_zugferd_is_read():
    renames = {
        "CrossIndustryInvoice:100": "#",
        "CrossIndustryInvoice": "CrossIndustryDocument",
        "rsm:ExchangedDocument": "rsm:HeaderExchangedDocument",
        "SupplyChainTradeTransaction": "SpecifiedSupplyChainTradeTransaction",
        "ApplicableHeaderTrade": "ApplicableSupplyChainTrade",
        "SpecifiedTradeSettlementHeaderMonetary": "SpecifiedTradeSettlementMonetary",
        "RateApplicablePercent": "ApplicablePercent",
        "SpecifiedLineTrade": "SpecifiedSupplyChainTrade",
        "SettlementLineMonetary": "SettlementMonetary",
        "urn:un:unece:uncefact:data:standard:#": "urn:ferd:CrossIndustryDocument:invoice:1p0",
    }
    text = cii().decode()
    for new, old in renames.items():
        text = text.replace(new, old)
    new, old = read_cii(cii()), read_document(text.encode()).reading

    assert (old.fields, old.lines, old.vat_rates) == (new.fields, new.lines, new.vat_rates)


amounts = st.decimals(min_value=Decimal("-99999.99"), max_value=Decimal("99999.99"), places=2)


@given(
    lines=st.lists(st.tuples(amounts, st.sampled_from([0, 6, 12, 21])), min_size=1, max_size=8),
    discounts=st.lists(st.tuples(st.decimals(0, 999, places=2), st.booleans()), max_size=3),
    prepaid=st.decimals(0, 999, places=2),
    rounding=st.decimals(Decimal("-0.04"), Decimal("0.04"), places=2),
)
def test_the_totals_read_are_those_that_were_written_and_a_sound_invoice_has_no_warning(lines, discounts, prepaid, rounding):
    signed = [(amount if charge else -amount, 21) for amount, charge in discounts]
    groups: dict[int, Decimal] = {}
    for amount, rate in (*lines, *signed):
        groups[rate] = groups.get(rate, Decimal(0)) + amount
    taxes = {rate: (base * rate / 100).quantize(Decimal("0.01")) for rate, base in groups.items()}
    net, vat = sum(groups.values(), Decimal(0)), sum(taxes.values(), Decimal(0))
    total = net + vat
    text = (
        f"""<Invoice xmlns="{UBL}:Invoice-2" xmlns:cac="{UBL}:CommonAggregateComponents-2" xmlns:cbc="{UBL}:CommonBasicComponents-2">
<cbc:ID>1</cbc:ID><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>"""
        + "".join(
            f"<cac:AllowanceCharge><cbc:ChargeIndicator>{str(charge).lower()}</cbc:ChargeIndicator><cbc:Amount>{amount}</cbc:Amount>"
            f"<cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>21</cbc:Percent></cac:TaxCategory></cac:AllowanceCharge>"
            for amount, charge in discounts
        )
        + f'<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{vat}</cbc:TaxAmount>'
        + "".join(
            f"<cac:TaxSubtotal><cbc:TaxableAmount>{base}</cbc:TaxableAmount><cbc:TaxAmount>{taxes[rate]}</cbc:TaxAmount>"
            f"<cac:TaxCategory><cbc:ID>{'S' if rate else 'Z'}</cbc:ID><cbc:Percent>{rate}</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal>"
            for rate, base in groups.items()
        )
        + f"""</cac:TaxTotal><cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount>{net}</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount>{total}</cbc:TaxInclusiveAmount><cbc:PrepaidAmount>{prepaid}</cbc:PrepaidAmount>
<cbc:PayableRoundingAmount>{rounding}</cbc:PayableRoundingAmount>
<cbc:PayableAmount>{total - prepaid + rounding}</cbc:PayableAmount></cac:LegalMonetaryTotal>"""
        + "".join(
            f"<cac:InvoiceLine><cbc:LineExtensionAmount>{amount}</cbc:LineExtensionAmount><cac:Item><cbc:Name>x</cbc:Name>"
            f"<cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>{rate}</cbc:Percent></cac:ClassifiedTaxCategory></cac:Item></cac:InvoiceLine>"
            for amount, rate in lines
        )
        + "</Invoice>"
    )
    reading = read_ubl(text.encode())
    read = values(reading)

    assert (Decimal(read["total_excl"]), Decimal(read["vat"]), Decimal(read["total_incl"])) == (net, vat, total)
    assert Decimal(read.get("amount_due", read["total_incl"])) == total - prepaid + rounding
    assert {Decimal(one.rate): (Decimal(one.base), Decimal(one.vat)) for one in reading.vat_rates} == {
        Decimal(rate): (base, taxes[rate]) for rate, base in groups.items()
    }
    assert sum((Decimal(line.base) for line in reading.lines), Decimal(0)) == net
    assert set(warned(reading)) <= {"due-not-total"}
