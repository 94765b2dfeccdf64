"""Invoices in XML, built with the parts a test is about."""

from __future__ import annotations

import base64

SUPPLIER_TAX = (
    "<cac:PartyTaxScheme><cbc:CompanyID>BE0403.019.261</cbc:CompanyID>"
    "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
)
UBL = "urn:oasis:names:specification:ubl:schema:xsd"


def ubl(
    *,
    root: str = "Invoice",
    type_code: str = "<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>",
    due: str = "<cbc:DueDate>2026-04-04</cbc:DueDate>",
    payment: str = "<cbc:PaymentID>+++090/9337/55493+++</cbc:PaymentID>",
    sign: str = "",
    extra: str = "",
    supplier_tax: str = SUPPLIER_TAX,
) -> bytes:
    """A UBL invoice or credit note of 100.00 at 21 % and 50.00 at 6 %."""
    line = f"{root}Line"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="{UBL}:{root}-2" xmlns:cac="{UBL}:CommonAggregateComponents-2" xmlns:cbc="{UBL}:CommonBasicComponents-2">
  <cbc:ID> 2026/417 </cbc:ID><cbc:IssueDate>2026-03-05</cbc:IssueDate>{due}{type_code}
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{extra}
  <cac:AccountingSupplierParty><cac:Party>
    <cbc:EndpointID schemeID="0208">0403019261</cbc:EndpointID>
    <cac:PartyName><cbc:Name>De Pers</cbc:Name></cac:PartyName>{supplier_tax}
    <cac:PartyLegalEntity><cbc:RegistrationName>Drukkerij De Pers BV</cbc:RegistrationName></cac:PartyLegalEntity>
  </cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party>
    <cac:PartyLegalEntity><cbc:RegistrationName>Bakkerij Claes &amp; Zoon</cbc:RegistrationName>
      <cbc:CompanyID schemeID="0208">0428759497</cbc:CompanyID></cac:PartyLegalEntity>
  </cac:Party></cac:AccountingCustomerParty>
  <cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>{payment}
    <cac:PayeeFinancialAccount><cbc:ID>BE68 5390 0754 7034</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
  <cac:TaxTotal><cbc:TaxAmount currencyID="USD">99.00</cbc:TaxAmount></cac:TaxTotal>
  <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{sign}24</cbc:TaxAmount>
    <cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">{sign}50.00</cbc:TaxableAmount>
      <cbc:TaxAmount currencyID="EUR">{sign}3.00</cbc:TaxAmount>
      <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>6.00</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal>
    <cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">{sign}100.00</cbc:TaxableAmount>
      <cbc:TaxAmount currencyID="EUR">{sign}21.00</cbc:TaxAmount>
      <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>21</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal>
  </cac:TaxTotal>
  <cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="EUR">{sign}150.00</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount currencyID="EUR">{sign}174.00</cbc:TaxInclusiveAmount>
    <cbc:PrepaidAmount currencyID="EUR">{sign}74.00</cbc:PrepaidAmount>
    <cbc:PayableAmount currencyID="EUR">{sign}100.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
  <cac:{line}><cac:Item><cbc:Description>A5, 1000 stuks</cbc:Description><cbc:Name>Folders</cbc:Name></cac:Item></cac:{line}>
  <cac:{line}><cac:Item><cbc:Name>Boeken</cbc:Name></cac:Item></cac:{line}>
</{root}>""".encode()


def attachment(content: bytes, mime: str = "application/pdf") -> str:
    """An embedded document."""
    return (
        "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment>"
        f'<cbc:EmbeddedDocumentBinaryObject mimeCode="{mime}" filename="f">{base64.b64encode(content).decode()}'
        "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    )


CII_NAMES = (
    'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" '
    'xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" '
    'xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"'
)

CII = f"""<rsm:CrossIndustryInvoice {CII_NAMES}>
  <rsm:ExchangedDocument><ram:ID>F-9</ram:ID><ram:TypeCode>380</ram:TypeCode>
    <ram:IssueDateTime><udt:DateTimeString format="102">20260305</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>
    <ram:IncludedSupplyChainTradeLineItem>
      <ram:SpecifiedTradeProduct><ram:Name>Nougat</ram:Name></ram:SpecifiedTradeProduct></ram:IncludedSupplyChainTradeLineItem>
    <ram:ApplicableHeaderTradeAgreement>
      <ram:SellerTradeParty><ram:Name>Au bon moulin</ram:Name>
        <ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">99</ram:ID></ram:SpecifiedTaxRegistration>
        <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">FR11999999998</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty>
      <ram:BuyerTradeParty><ram:Name>Ma jolie boutique</ram:Name></ram:BuyerTradeParty>
    </ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeSettlement><ram:PaymentReference>F-9</ram:PaymentReference><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
      <ram:SpecifiedTradeSettlementPaymentMeans><ram:PayeePartyCreditorFinancialAccount>
        <ram:IBANID>FR2012421242124212421242124</ram:IBANID>
      </ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>
      <ram:ApplicableTradeTax><ram:CalculatedAmount>20.00</ram:CalculatedAmount><ram:BasisAmount>100.00</ram:BasisAmount>
        <ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>20.00</ram:RateApplicablePercent></ram:ApplicableTradeTax>
      <ram:SpecifiedTradePaymentTerms>
        <ram:DueDateDateTime><udt:DateTimeString format="102">20260404</udt:DateTimeString></ram:DueDateDateTime>
      </ram:SpecifiedTradePaymentTerms>
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>100.00</ram:TaxBasisTotalAmount>
        <ram:TaxTotalAmount currencyID="EUR">20.00</ram:TaxTotalAmount><ram:GrandTotalAmount>120.00</ram:GrandTotalAmount>
      </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    </ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>""".encode()
