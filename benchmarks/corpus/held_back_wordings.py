"""HELD BACK FROM TUNING: a third of the wordings. Whoever works on `application/recognition/` neither reads nor imports this file.

The benchmark prints only counts for documents with these words, never their misses. The same labels as `wordings.py`.
"""

from __future__ import annotations

HELD_BACK_WORDINGS = {
    "title": "Maandfactuur / Factuur / Handelsfactuur | Facture mensuelle / Facture commerciale | Sales invoice / Commercial invoice "
    "| Ausgangsrechnung / Sammelrechnung",
    "credit_title": "Creditfactuur / Credit nota | Avoir / Facture d'avoir | Credit invoice / Sales credit note "
    "| Rechnungskorrektur / Gutschriftsanzeige",
    "self_title": "Factuur namens leverancier (self-billing) | Facture émise par le client (self-billing) "
    "| Self billing: invoice issued by customer | Gutschriftverfahren: Rechnung durch Leistungsempfänger",
    "fee_title": "Staat van ereloon | Relevé d'honoraires | Statement of fees | Kostennote",
    "receipt_title": "Rekening / BTW kasticket | Addition / Souche TVA | Bill / VAT receipt | Rechnung / Bewirtungsbeleg",
    "number": "Documentnummer / Nr. factuur / Ons nummer | N° de pièce / Facture numéro / Numéro du document "
    "| Document no. / Invoice ID / Invoice ref. | Belegnummer / Nummer der Rechnung / Rechn.-Nr.",
    "credit_number": "Nr. creditnota / Documentnummer | N° note de crédit / Avoir n° | Credit memo no. / Document no. "
    "| Korrekturnummer / Belegnummer",
    "ticket": "Rekening nr. / Bon | Souche n° / Addition n° | Check no. / Bill no. | Beleg-Nr. / Rechnung Nr.",
    "date": "Datum van de factuur / Documentdatum / Uitgiftedatum | Date d'émission / Facturé le / Date du document "
    "| Document date / Issued on / Date of invoice | Belegdatum / Datum der Rechnung / Rechnung vom",
    "credit_date": "Documentdatum / Opgemaakt te | Date d'émission / Date du document | Document date / Issued on | Belegdatum / Vom",
    "due": "Betaaldatum / Betaalbaar tot / Vervalt op / Uiterlijk te betalen op "
    "| À régler pour le / Payable au plus tard le / Exigible le / Date limite de paiement | Pay before / Payment due date / Please pay by "
    "| Zahlungsziel / Zu zahlen bis / Zahlbar spätestens am",
    "customer_number": "Uw klantnummer / Relatienummer | Référence client / Votre numéro de client | Client code / Your account "
    "| Kd.-Nr. / Debitornummer",
    "order": "Bestelbonnummer / Uw PO / Inkooporder | Bon de commande n° / Réf. commande | Purchase order / Customer PO "
    "| Auftragsnummer / Ihre Auftragsnr.",
    "delivery_note": "CMR-nr. / Verzendnota | Lettre de voiture / Note d'envoi | Consignment note / CMR no. | Frachtbrief / Versandschein",
    "delivery_date": "Datum prestatie / Laaddatum | Date de prestation / Date de chargement | Date of supply / Loading date "
    "| Leistungszeitpunkt / Ladedatum",
    "contract": "Polisnummer / Uw contract | N° de police / Votre contrat | Policy number / Agreement | Policennummer / Vertrag",
    "period": "Verzekerde periode / Van - tot | Période assurée / Du - au | Cover period / Service period | Versicherungsperiode / Leistungszeitraum",
    "credited": "Creditering van factuur / Ref. oorspronkelijke factuur | Annule la facture / Réf. facture d'origine "
    "| Original invoice / In respect of invoice | Ursprungsrechnung / Storno zu Rechnung",
    "buyer": "Geadresseerde / Opdrachtgever / Koper | Destinataire / Donneur d'ordre / Acheteur | Sold to / Invoice address / Buyer "
    "| Auftraggeber / Rechnungsadresse / Käufer",
    "delivery_address": "Losplaats / Afleveradres | Lieu de déchargement / Lieu de livraison | Unloading place / Delivered to "
    "| Entladestelle / Lieferort",
    "seller": "Verkoper / Afzender | Vendeur / Émetteur | Issued by / From | Rechnungssteller / Absender",
    "description": "Prestatie / Product | Prestation / Article | Service / Product | Leistung / Position",
    "quantity": "Stuks / Hvh | Nombre / Nbre | Units / No. | Stück / Mng.",
    "price": "Prijs/st. / Tarief | Tarif / PU HTVA | Each / Tariff | Stückpreis / E-Preis",
    "price_incl": "Stukprijs incl. | P.U. TTC | Unit price incl. tax | Stückpreis brutto",
    "rate": "BTW-tarief / Tarief btw | Taux TVA / % TVA | VAT rate / Tax % | Steuersatz / MwSt.-Satz",
    "amount": "Excl. btw / Waarde | HTVA / Valeur | Value / Net | Netto / Gesamtpreis",
    "base": "Belastbaar bedrag / Basis btw / Belastbaar | Montant imposable / Assiette / Base TVA | VAT base / Taxable / Goods value "
    "| Steuerbasis / Nettowert / Steuerpflichtig",
    "vat_amount": "Verschuldigde btw / Bedrag BTW | TVA due / Taxe | VAT charged / Tax amount | Steuer / Steuerbetrag",
    "gross": "Bruto / Totaal incl. | Brut / TTC | Incl. VAT / Gross amount | Bruttowert / inkl. MwSt.",
    "subtotal": "Totaal prestaties / Bruto totaal | Total prestations / Total brut | Lines total / Sum of items | Positionssumme / Summe Positionen",
    "discount": "Afslag / Globale korting | Rabais / Remise globale | Rebate / Overall discount | Preisnachlass / Gesamtrabatt",
    "total_excl": "Totaal zonder btw / Netto totaal / Bedrag excl. BTW / Totaal ex. btw "
    "| Total hors taxes / Montant hors TVA / Net HTVA / Sous-total HTVA | Amount excl. VAT / Net amount / Total net / Total ex VAT "
    "| Zwischensumme netto / Total netto / Warenwert netto",
    "total_vat": "Bedrag btw / Verschuldigde btw / Som BTW | Taxe sur la valeur ajoutée / TVA totale / Total des taxes "
    "| VAT total / Value added tax / Sales tax | Umsatzsteuer / zzgl. MwSt. / MwSt. gesamt",
    "total": "Factuurtotaal / Eindbedrag / Algemeen totaal / Te factureren bedrag | Total général / Total facture / Montant TVAC / Total TVA comprise "
    "| Total amount / Amount incl. VAT / Gross total / Total inc. VAT | Endbetrag / Bruttosumme / Gesamt inkl. MwSt. / Rechnungssumme",
    "payable": "Door u te betalen / Saldo te betalen / Over te schrijven bedrag / Openstaand bedrag "
    "| Solde à payer / Reste à payer / Somme à payer / Montant dû | Balance to pay / Please pay / Total payable / Outstanding amount "
    "| Offener Betrag / Restbetrag / Fälliger Betrag / Zahlungsbetrag",
    "refund": "Creditbedrag / Totaal creditnota / Bedrag in uw voordeel | Montant crédité / Total note de crédit / Total à rembourser "
    "| Credit total / Total credit / Credit amount | Erstattungsbetrag / Summe Gutschrift / Endbetrag",
    "prepaid": "Ontvangen aanbetaling / Min: voorschot / Voldaan per kaart | Acompte reçu / Moins acompte / Réglé par carte "
    "| Payments received / Less: advance / Paid by card | Erhaltene Anzahlung / abzgl. Vorauszahlung / Per Karte bezahlt",
    "previous": "Nog openstaand van vroeger / Saldo vorige afrekening | Report ancien solde / Impayés | Brought forward / Arrears "
    "| Saldovortrag / Rückstand",
    "rounding": "Afrondingsverschil | Différence d'arrondi | Rounding difference | Rundungsdifferenz",
    "vat_number": "Ondernemingsnr. / BTW nr / BTW-identificatienummer | N° d'entreprise / N.TVA / Identification TVA "
    "| VAT reg. no. / Tax ID / VAT registration | Unternehmensnr. / UID-Nr. / Umsatzsteuer-ID",
    "buyer_vat_number": "BTW-nr. afnemer / Btw koper / Uw BTW nummer | TVA acheteur / Votre numéro de TVA / N° TVA du client "
    "| Buyer's VAT no. / Your VAT registration / Client VAT | USt-ID des Kunden / Ihre MwSt.-Nr. / Ihre UID",
    "iban": "Op rekening / Rekeningnr. / Bank | Sur le compte / Compte n° / Banque | Pay to account / Bank details / Bank "
    "| Auf Konto / Kontonummer / Bank",
    "reference": "Vrije of gestructureerde mededeling / Vermeld bij betaling / OGM / Kenmerk "
    "| À mentionner lors du paiement / VCS / Communication à indiquer | Quote this reference / Remittance reference / Message "
    "| Mitteilung / Bei Zahlung angeben / Referenz der Zahlung",
    "pay_free": "Vermeld steeds het documentnummer | Veuillez rappeler le numéro de pièce | Always mention the document number "
    "| Bitte stets die Belegnummer angeben",
    "direct_debit": "U hoeft niets te doen, uw bank voert de domiciliëring uit | Vous ne devez rien faire : votre domiciliation est active "
    "| No action needed: your bank will be debited | Sie müssen nichts tun: SEPA-Lastschriftmandat liegt vor",
    "phone": "Telefoon / Gsm | Téléphone / GSM | Call / Mobile | Fon / Mobil",
    "register": "Ondernemingsrechtbank {town} / O.N. | Tribunal de l'entreprise {town} / N.E. | Register {town} / Reg. no. "
    "| Unternehmensgericht {town} / U.N.",
    "page": "Blad | Feuillet | Sheet | Bl.",
    "annex": "Specificatie van / Toelichting bij | Spécification de / Décompte de la | Breakdown of / Specification of "
    "| Aufstellung zu / Einzelnachweis zu",
    "cash": "Betaald: kaart | Payé : carte | Paid: card | Bezahlt: Karte",
}

HELD_BACK_TERMS = {
    "nl": "Klachten binnen 8 dagen na ontvangst. Nalatigheidsinterest 12 % en forfaitaire vergoeding van minimum 75,00 euro. Bevoegd: Gent.",
    "fr": "Réclamations endéans les 8 jours. Intérêts de retard de 12 % et indemnité de minimum 75,00 euros. Tribunaux de Liège.",
    "en": "Claims within 8 days of receipt. Default interest of 12 % and compensation of at least 75.00 euro. Courts of Brussels.",
    "de": "Beanstandungen binnen 8 Tagen. Verzugszinsen 12 %, Entschädigung mindestens 75,00 Euro. Gerichtsstand Eupen.",
}

HELD_BACK_NO_VAT = {
    ("AE", "nl"): "Verlegging van heffing. Bij gebrek aan schriftelijke betwisting wordt de afnemer geacht maandelijks aangifte te doen.",
    ("AE", "fr"): "Autoliquidation. En l'absence de contestation écrite, le client est présumé reconnaître qu'il est assujetti.",
    ("AE", "en"): "Customer liable for the VAT (reverse charge).",
    ("AE", "de"): "Die Steuerschuld geht auf den Leistungsempfänger über.",
    ("K", "nl"): "IC-levering, artikel 138 richtlijn 2006/112/EG.",
    ("K", "fr"): "Livraison intra-UE, art. 138 directive 2006/112/CE, exonération de TVA.",
    ("K", "en"): "Exempt supply within the EU, article 138.",
    ("K", "de"): "Innergemeinschaftliche Lieferung nach Art. 138, von der MwSt. befreit.",
    ("G", "nl"): "Levering voor uitvoer, art. 146 richtlijn 2006/112/EG: geen btw.",
    ("G", "fr"): "Livraison à l'exportation, art. 146 : pas de TVA.",
    ("G", "en"): "Goods for export, article 146: no VAT.",
    ("G", "de"): "Lieferung zur Ausfuhr, Art. 146: keine MwSt.",
    ("E", "nl"): "Handeling vrijgesteld van belasting krachtens artikel 44 van het Wetboek.",
    ("E", "fr"): "Opération exemptée en vertu de l'article 44 du Code de la TVA.",
    ("E", "en"): "Article 44 of the Belgian VAT Code: no VAT due.",
    ("E", "de"): "Von der Mehrwertsteuer befreit, Artikel 44 MwStGB.",
}
