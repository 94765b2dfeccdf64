"""The words of an invoice in the four languages, in two usual wordings each."""

from __future__ import annotations

from adapters.demo.invoice import EXEMPT, INTRA_COMMUNITY, REVERSE_CHARGE

LANGUAGES = ("nl", "fr", "en", "de")

_WORDS = {
    "invoice": "Factuur / FACTUUR | Facture / FACTURE | Invoice / INVOICE | Rechnung / RECHNUNG",
    "credit_note": "Creditnota / CREDITNOTA | Note de crédit / NOTE DE CRÉDIT | Credit note / CREDIT NOTE | Gutschrift / GUTSCHRIFT",
    "number": "Factuurnummer / Factuur nr. | Numéro de facture / Facture n° | "
    "Invoice number / Invoice no. | Rechnungsnummer / Rechnung Nr.",
    "credit_number": "Creditnotanummer / Creditnota nr. | Numéro de note de crédit / Note de crédit n° | "
    "Credit note number / Credit note no. | Gutschriftnummer / Gutschrift Nr.",
    "date": "Factuurdatum / Datum | Date de facture / Date | Invoice date / Date of issue | Rechnungsdatum / Datum",
    "credit_date": "Datum creditnota / Datum | Date de la note / Date | Credit note date / Date of issue | Gutschriftdatum / Datum",
    "due": "Vervaldatum / Te betalen voor | Date d'échéance / Échéance | Due date / Payment due | Fällig am / Zahlbar bis",
    "customer_number": "Klantnummer / Klantnr. | N° client / Client n° | Customer no. / Customer no. | Kundennummer / Kunden-Nr.",
    "order": "Uw bestelbon / Ordernr. | Votre commande / Commande | Your order / Order no. | Ihre Bestellung / Bestellung",
    "credited": "Op factuur / Betreft factuur | Sur facture / Concerne la facture | "
    "Credits invoice / Relates to invoice | Zu Rechnung / Betrifft Rechnung",
    "buyer": "Factuur aan / Klant | Facturé à / Client | Bill to / Customer | Rechnung an / Kunde",
    "description": "Omschrijving / Artikel | Description / Désignation | Description / Item | Bezeichnung / Artikel",
    "quantity": "Aantal / Hoev. | Quantité / Qté | Quantity / Qty | Menge / Anzahl",
    "price": "Prijs / Eenheidsprijs | Prix unitaire / P.U. | Unit price / Price | Einzelpreis / Preis",
    "rate": "Btw / % | TVA / TVA % | VAT / VAT % | MwSt. / %",
    "amount": "Bedrag / Totaal | Montant / Total | Amount / Total | Betrag / Gesamt",
    "base": "Maatstaf / Basis | Base / Base imposable | Net / Taxable amount | Netto / Bemessungsgrundlage",
    "vat_amount": "Btw-bedrag / BTW | Montant TVA / TVA | VAT amount / VAT | MwSt.-Betrag / USt.",
    "total_excl": "Totaal excl. btw / Subtotaal | Total HTVA / Total hors TVA | Subtotal excl. VAT / Net total | Summe netto / Nettobetrag",
    "total_vat": "Btw / BTW totaal | TVA / Total TVA | VAT / Total VAT | MwSt. / USt. gesamt",
    "payable": "Te betalen / Totaal incl. BTW | Total à payer / Total TVAC | Amount due / Total incl. VAT | Zu zahlen / Gesamtbetrag",
    "refund": "Terug te krijgen / Totaal creditnota incl. BTW | À rembourser / Total TVAC | "
    "Amount refunded / Total incl. VAT | Gutschriftbetrag / Gesamtbetrag",
    "vat_number": "BTW / BTW-nr. | N° TVA / TVA | VAT no. / VAT number | USt-IdNr. / USt-IdNr.",
    "iban": "IBAN / Rekening | IBAN / Compte | IBAN / Account | IBAN / Konto",
    "pay": "Gelieve te betalen met vermelding van / Gestructureerde mededeling | "
    "Communication structurée / À payer avec la communication | "
    "Payment reference / Structured communication | "
    "Verwendungszweck / Verwendungszweck",
    "pay_free": "Gelieve te betalen met vermelding van het factuurnummer / Mededeling: uw factuurnummer | "
    "Communication : numéro de facture / À payer avec mention du numéro de facture | "
    "Please quote the invoice number / Please quote the invoice number | "
    "Verwendungszweck: Rechnungsnummer / Verwendungszweck: Rechnungsnummer",
    "direct_debit": "Dit bedrag wordt via domiciliëring van uw rekening gehaald / Betaling via domiciliëring | "
    "Paiement par domiciliation / Prélevé par domiciliation | "
    "Collected by direct debit / Paid by direct debit | "
    "Zahlung per Lastschrift / Per Lastschrift",
    "page": "Blz. / Pagina | Page / Page | Page / Page | Seite / Seite",
    "bill_of": "Bijlage bij / Detail van | Annexe à / Détail de | Attached to / Details of | Anlage zu / Details zu",
}
"""Two wordings (`first / second`) in each language: Dutch | French | English | German."""

_WHY_NO_VAT = {
    (REVERSE_CHARGE, "nl"): "Btw verlegd: de btw is door de medecontractant te voldoen (art. 20 KB nr. 1).",
    (REVERSE_CHARGE, "fr"): "Autoliquidation : la TVA est due par le cocontractant (art. 20 AR n° 1).",
    (REVERSE_CHARGE, "en"): "Reverse charge: VAT to be accounted for by the recipient (art. 196 Directive 2006/112/EC).",
    (REVERSE_CHARGE, "de"): "Steuerschuldnerschaft des Leistungsempfängers.",
    (INTRA_COMMUNITY, "nl"): "Intracommunautaire levering, vrijgesteld van btw (art. 138 Richtlijn 2006/112/EG).",
    (INTRA_COMMUNITY, "fr"): "Livraison intracommunautaire, exonérée de TVA (art. 138 Directive 2006/112/CE).",
    (INTRA_COMMUNITY, "en"): "Intra-Community supply, exempt from VAT (art. 138 Directive 2006/112/EC).",
    (INTRA_COMMUNITY, "de"): "Steuerfreie innergemeinschaftliche Lieferung.",
    (EXEMPT, "nl"): "Vrijgesteld van btw (art. 44 W.Btw).",
    (EXEMPT, "fr"): "Exonéré de la TVA (art. 44 C.TVA).",
    (EXEMPT, "en"): "Exempt from VAT.",
    (EXEMPT, "de"): "Umsatzsteuerfrei.",
}

_UNITS = {
    "nl": {"KGM": "kg", "HUR": "u", "MON": "mnd", "KWH": "kWh", "KWT": "kW", "LTR": "l"},
    "fr": {"KGM": "kg", "HUR": "h", "MON": "mois", "KWH": "kWh", "KWT": "kW", "LTR": "l"},
    "en": {"KGM": "kg", "HUR": "h", "MON": "mo", "KWH": "kWh", "KWT": "kW", "LTR": "l"},
    "de": {"KGM": "kg", "HUR": "Std.", "MON": "Mon.", "KWH": "kWh", "KWT": "kW", "LTR": "l"},
}


def words(language: str, style: int) -> dict[str, str]:
    """Every word of an invoice by its name, in one of the two wordings (`style` 0 or 1) of a language."""
    place = LANGUAGES.index(language)
    return {name: row.split(" | ")[place].split(" / ")[style % 2] for name, row in _WORDS.items()}


def why_no_vat(category: str, language: str) -> str:
    """The sentence the law asks for where no VAT is charged; empty where it is."""
    return _WHY_NO_VAT.get((category, language), "")


def unit_word(unit: str, language: str) -> str:
    """How a unit of measure is written after a quantity; nothing for pieces."""
    return _UNITS[language].get(unit, "")
