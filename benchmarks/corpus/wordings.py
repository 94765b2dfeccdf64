"""The label wordings that may be tuned on. The others are in `held_back_wordings.py`: that file is not for who improves the reader.

Per label the usual wordings in Dutch | French | English | German, ` / ` between them.
"""

from __future__ import annotations

WORDINGS = {
    "title": "Factuur / FACTUUR / Verkoopfactuur | Facture / FACTURE / Facture de vente | Invoice / INVOICE / Tax invoice "
    "| Rechnung / RECHNUNG",
    "credit_title": "Creditnota / CREDITNOTA / Kredietnota | Note de crédit / NOTE DE CRÉDIT | Credit note / CREDIT NOTE / Credit memo "
    "| Gutschrift / GUTSCHRIFT / Stornorechnung",
    "self_title": "Factuur uitgereikt door afnemer / Self-billing factuur | Facture établie par le preneur / Autofacturation "
    "| Self-billed invoice / Self-billing invoice | Gutschrift (selbst ausgestellte Rechnung) / Self-Billing Rechnung",
    "fee_title": "Ereloonnota / Staat van kosten en ereloon | Note d'honoraires / État de frais et honoraires "
    "| Fee note / Invoice for professional services | Honorarrechnung / Honorarnote",
    "receipt_title": "Kasticket / Btw-ticket | Ticket de caisse / Ticket TVA | Receipt / Sales receipt | Kassenbon / Kassenzettel",
    "number": "Factuurnummer / Factuur nr. / Factuurnr / Nummer | Numéro de facture / Facture n° / N° facture / N° de facture "
    "| Invoice number / Invoice no. / Invoice # / Invoice nr | Rechnungsnummer / Rechnung Nr. / Rechnungs-Nr.",
    "credit_number": "Creditnotanummer / Creditnota nr. / Nummer creditnota | Numéro de note de crédit / Note de crédit n° "
    "| Credit note number / Credit note no. | Gutschriftnummer / Gutschrift Nr.",
    "ticket": "Ticket / Ticketnr. | Ticket / N° ticket | Receipt / Ticket | Bon / Bon-Nr.",
    "date": "Factuurdatum / Datum / Datum factuur / Opgemaakt op | Date de facture / Date / Date de facturation / Date facture "
    "| Invoice date / Date / Date of issue / Issue date | Rechnungsdatum / Datum / Ausstellungsdatum",
    "credit_date": "Datum creditnota / Datum | Date de la note de crédit / Date | Credit note date / Date | Gutschriftdatum / Datum",
    "due": "Vervaldatum / Vervaldag / Te betalen voor / Uiterste betaaldatum | Date d'échéance / Échéance / À payer avant le / Date limite "
    "| Due date / Payment due / Payable by / Due on | Fälligkeitsdatum / Fällig am / Zahlbar bis",
    "customer_number": "Klantnummer / Klantnr. / Klantcode | N° client / Code client / Numéro client "
    "| Customer no. / Account number / Customer ID | Kundennummer / Kunden-Nr.",
    "order": "Uw bestelbon / Ordernr. / Bestelnummer / Uw referentie | Votre commande / N° de commande / Votre référence "
    "| Your order / Order no. / PO number / Your reference | Ihre Bestellung / Bestellnummer / Ihr Zeichen",
    "delivery_note": "Leveringsbon / Leverbon nr. / Zendnota | Bon de livraison / N° BL | Delivery note / Delivery note no. "
    "| Lieferschein / Lieferschein-Nr.",
    "delivery_date": "Leveringsdatum / Geleverd op | Date de livraison / Livré le | Delivery date / Delivered on "
    "| Lieferdatum / Leistungsdatum",
    "contract": "Contractnummer / Dossiernr. | N° de contrat / N° de dossier | Contract number / Account reference "
    "| Vertragsnummer / Aktenzeichen",
    "period": "Periode / Facturatieperiode | Période / Période de facturation | Period / Billing period | Zeitraum / Abrechnungszeitraum",
    "credited": "Betreft factuur / Op factuur | Concerne la facture / Sur facture | Relates to invoice / Credits invoice "
    "| Betrifft Rechnung / Zu Rechnung",
    "buyer": "Klant / Factuur aan / Gefactureerd aan / Facturatieadres | Client / Facturé à / Facture à / Adresse de facturation "
    "| Bill to / Customer / Invoice to / Billed to | Kunde / Rechnung an / Rechnungsempfänger",
    "delivery_address": "Leveringsadres / Geleverd aan | Adresse de livraison / Livré à | Ship to / Delivery address "
    "| Lieferadresse / Lieferanschrift",
    "seller": "Leverancier / Dienstverrichter | Fournisseur / Prestataire | Supplier / Seller | Lieferant / Verkäufer",
    "description": "Omschrijving / Artikel / Beschrijving | Description / Désignation / Libellé | Description / Item / Details "
    "| Bezeichnung / Artikel / Beschreibung",
    "quantity": "Aantal / Hoev. / Hoeveelheid | Quantité / Qté | Quantity / Qty | Menge / Anzahl",
    "price": "Prijs / Eenheidsprijs / EH-prijs | Prix unitaire / P.U. / Prix | Unit price / Price / Rate | Einzelpreis / Preis",
    "price_incl": "Prijs incl. btw / Prijs btw incl. | Prix TVAC / P.U. TVAC | Price incl. VAT / Price incl. | Preis inkl. MwSt. / Preis brutto",
    "rate": "Btw / Btw % / % | TVA / TVA % / Taux | VAT / VAT % / Tax rate | MwSt. / USt. %",
    "amount": "Bedrag / Totaal / Nettobedrag | Montant / Total / Montant HTVA | Amount / Total / Line total | Betrag / Gesamt",
    "base": "Maatstaf / Basis / Maatstaf van heffing | Base / Base imposable / Base HTVA | Net / Taxable amount / Net amount "
    "| Netto / Bemessungsgrundlage",
    "vat_amount": "Btw-bedrag / Btw / Bedrag btw | Montant TVA / TVA | VAT amount / VAT | MwSt.-Betrag / USt.",
    "gross": "Totaal / Incl. btw | Total / TVAC | Total / Gross | Gesamt / Brutto",
    "subtotal": "Subtotaal / Totaal goederen | Sous-total / Total marchandises | Subtotal / Goods total | Zwischensumme / Warenwert",
    "discount": "Korting / Commerciële korting | Remise / Ristourne | Discount / Trade discount | Rabatt / Nachlass",
    "total_excl": "Totaal excl. btw / Totaal exclusief btw / Nettobedrag / Subtotaal excl. btw "
    "| Total HTVA / Total hors TVA / Montant HTVA / Total HT | Total excl. VAT / Subtotal / Net total / Total before tax "
    "| Summe netto / Nettobetrag / Gesamt netto",
    "total_vat": "Btw / Totaal btw / Btw-bedrag / BTW totaal | TVA / Total TVA / Montant TVA / Montant de la TVA "
    "| VAT / Total VAT / VAT amount / Tax | MwSt. / USt. gesamt / Mehrwertsteuer",
    "total": "Totaal incl. btw / Totaal / Totaalbedrag / Totaal inclusief btw | Total TVAC / Total TTC / Total / Montant total TVAC "
    "| Total incl. VAT / Total / Invoice total / Grand total | Gesamtbetrag / Rechnungsbetrag / Gesamtsumme / Bruttobetrag",
    "payable": "Te betalen / Te betalen bedrag / Totaal te betalen / Nog te betalen | À payer / Total à payer / Montant à payer / Net à payer "
    "| Amount due / Balance due / Total due / Amount payable | Zu zahlen / Zahlbetrag / Zu zahlender Betrag",
    "refund": "Terug te betalen / In uw voordeel / Totaal incl. btw | À rembourser / En votre faveur / Total TVAC "
    "| Amount credited / Refund / Total incl. VAT | Gutschriftbetrag / Gesamtbetrag",
    "prepaid": "Reeds betaald / Betaald voorschot / Voorschotten | Acompte versé / Déjà payé / Acomptes | Already paid / Deposit paid / Less deposit "
    "| Bereits bezahlt / Geleistete Anzahlung / Anzahlung",
    "previous": "Vorig saldo / Openstaand saldo vorige facturen | Solde précédent / Solde factures antérieures "
    "| Previous balance / Balance brought forward | Vorheriger Saldo / Offene Posten",
    "rounding": "Afronding | Arrondi | Rounding | Rundung",
    "vat_number": "BTW / Btw-nr. / BTW-nummer / Btw | TVA / N° TVA / Numéro de TVA | VAT / VAT no. / VAT number / VAT ID | USt-IdNr. / MwSt.-Nr. / USt-ID",
    "buyer_vat_number": "Uw btw-nr. / BTW klant / Btw-nr. | Votre n° TVA / TVA client / N° TVA | Your VAT no. / Customer VAT / VAT no. "
    "| Ihre USt-IdNr. / USt-IdNr. Kunde / MwSt.-Nr.",
    "iban": "IBAN / Rekeningnummer / Rekening / Bankrekening | IBAN / Compte / N° de compte / Compte bancaire "
    "| IBAN / Account / Bank account | IBAN / Konto / Bankverbindung",
    "reference": "Gestructureerde mededeling / Mededeling / Met vermelding van / Betalingskenmerk "
    "| Communication structurée / Communication / En mentionnant / Référence de paiement "
    "| Payment reference / Structured communication / Reference to quote | Verwendungszweck / Strukturierte Mitteilung / Zahlungsreferenz",
    "pay_free": "Gelieve bij betaling het factuurnummer te vermelden / Betaling met vermelding van klant- en factuurnummer "
    "| Merci de mentionner le numéro de facture / Paiement avec mention du numéro de facture "
    "| Please quote the invoice number with your payment | Bitte bei Zahlung die Rechnungsnummer angeben",
    "direct_debit": "Het bedrag wordt via domiciliëring geïnd / Niet betalen: betaling via domiciliëring "
    "| Paiement par domiciliation / Le montant sera prélevé de votre compte | Collected by direct debit / Paid by direct debit "
    "| Der Betrag wird per Lastschrift eingezogen / Zahlung per Lastschrift",
    "phone": "Tel. / T | Tél. / T | Tel. / Phone | Tel. / Telefon",
    "register": "RPR {town} / KBO | RPM {town} / BCE | RLP {town} / Company no. | RJP {town} / ZDU",
    "page": "Pagina / Blz. | Page | Page | Seite / Blatt",
    "annex": "Detail bij / Bijlage bij | Détail de la / Annexe à la | Details of / Attached to | Details zu / Anlage zu",
    "cash": "Contant / Bancontact | Espèces / Bancontact | Cash / Bancontact | Bar / Bancontact",
}

TERMS = {
    "nl": "Bij laattijdige betaling is van rechtswege 10 % verwijlintrest per jaar en een schadebeding van 50,00 EUR verschuldigd.",
    "fr": "Tout retard de paiement entraîne de plein droit un intérêt de 10 % l'an et une indemnité forfaitaire de 50,00 EUR.",
    "en": "Late payment carries interest of 10 % a year and a fixed indemnity of EUR 50.00. Complaints within 8 days.",
    "de": "Bei verspäteter Zahlung werden 10 % Verzugszinsen pro Jahr und eine Pauschale von 50,00 EUR berechnet.",
}
"""Small print with an amount and a percentage that are none of the invoice's."""

NO_VAT = {
    ("AE", "nl"): "Btw verlegd - medecontractant (art. 20 KB nr. 1). / Verlegging van heffing: btw te voldoen door de medecontractant.",
    ("AE", "fr"): "Autoliquidation - cocontractant (art. 20 AR n° 1). / TVA due par le cocontractant, report de perception.",
    ("AE", "en"): "Reverse charge: VAT payable by the customer (art. 196 Directive 2006/112/EC). / VAT reverse charged.",
    ("AE", "de"): "Steuerschuldnerschaft des Leistungsempfängers (Reverse Charge). / Umkehrung der Steuerschuld, MwSt. durch den Kunden.",
    ("K", "nl"): "Intracommunautaire levering - vrijgesteld van btw art. 39bis WBTW. / Vrijgestelde intracommunautaire levering.",
    ("K", "fr"): "Livraison intracommunautaire exonérée (art. 39bis CTVA). / Exonération TVA, art. 262 ter I du CGI.",
    ("K", "en"): "Intra-Community supply, zero rated (art. 138 Directive 2006/112/EC). / VAT exempt intra-community delivery.",
    ("K", "de"): "Steuerfreie innergemeinschaftliche Lieferung gemäß § 4 Nr. 1b UStG. / Innergemeinschaftliche Lieferung, steuerfrei.",
    ("G", "nl"): "Uitvoer buiten de EU, vrijgesteld van btw (art. 39 WBTW). / Export: vrijgesteld van btw.",
    ("G", "fr"): "Exportation hors UE, exonérée de TVA (art. 39 CTVA). / Exportation : exonération de la TVA.",
    ("G", "en"): "Export outside the EU, exempt from VAT (art. 146 Directive 2006/112/EC). / Export, VAT 0 %.",
    ("G", "de"): "Steuerfreie Ausfuhrlieferung. / Ausfuhr in ein Drittland, umsatzsteuerfrei.",
    ("E", "nl"): "Vrijgesteld van btw (art. 44 WBTW). / Bijzondere vrijstellingsregeling kleine ondernemingen.",
    ("E", "fr"): "Exempté de la TVA (art. 44 CTVA). / Petite entreprise soumise au régime de la franchise de taxe. TVA non applicable.",
    ("E", "en"): "Exempt from VAT. / VAT exemption for small enterprises.",
    ("E", "de"): "Umsatzsteuerfrei gemäß Art. 44 MwStGB. / Sonderregelung der Steuerbefreiung für Kleinunternehmen.",
}
