"""The words invoices use, in Dutch, French, English and German: what a label means, and which words only look like that label.

How to write a phrase: without accents or capitals, comma between phrases. `(a/b)` stands for a or b, `(a/)` for a or nothing, and
`factuur+nummer` for both `factuurnummer` and `factuur nummer`. The longest phrase wins: `ordernummer` under `OTHER` is why the number
of an order is never taken for that of the invoice.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from itertools import product


class Meaning(Enum):
    """What a label announces."""

    NUMBER = auto()
    CREDIT_NUMBER = auto()
    PLAIN_NUMBER = auto()
    TITLE = auto()
    CREDIT_TITLE = auto()
    SELF_BILLED_TITLE = auto()
    ISSUE_DATE = auto()
    PLAIN_DATE = auto()
    DUE_DATE = auto()
    TOTAL = auto()
    SUM = auto()
    PAYABLE = auto()
    NET = auto()
    VAT = auto()
    VAT_NUMBER = auto()
    BUYER_VAT_NUMBER = auto()
    IBAN = auto()
    BUYER_ACCOUNT = auto()
    REFERENCE = auto()
    SELLER = auto()
    BUYER = auto()
    NAME = auto()
    REVERSE_CHARGE = auto()
    INTRA_COMMUNITY = auto()
    EXPORT = auto()
    EXEMPT = auto()
    OTHER = auto()


_PHRASES = {
    Meaning.NUMBER: """
        factuur+(nummer/nr/no/num/referentie/id/code), (verkoop/document/nota/bewijs)+(nummer/nr/no),
        (nummer/nr/no) (factuur/van de factuur), verkoopfactuur (nummer/nr/no), ons factuurnummer,
        (facture/document/piece/note d'honoraires) (numero/no/n/num/nr/ref/reference),
        (numero/no/n/num/nr/ref/reference/id) (de la facture/de facture/facture/de document/du document/de piece),
        (invoice/bill/document/tax invoice/receipt) (number/no/nr/num/id/ref/reference), number of invoice,
        (rechnungs/rechnung/beleg/dokument/dokumenten)+(nummer/nr/no/id)
        """,
    Meaning.CREDIT_NUMBER: """
        (creditnota/credit nota)+(nummer/nr/no), (nummer/nr/no) (creditnota/van de creditnota),
        (note de credit/avoir) (numero/no/n/num/nr/ref/reference),
        (numero/no/n/num/nr/ref/reference) (d'avoir/de l'avoir/de note de credit/de la note de credit/note de credit),
        (credit note/credit memo) (number/no/nr/num/id/ref/reference), (gutschrift/gutschrifts)+(nummer/nr/no/id)
        """,
    Meaning.PLAIN_NUMBER: "nummer, number, numero, nr, no, n",
    Meaning.TITLE: """
        factuur, verkoopfactuur, facture, invoice, tax invoice, sales invoice, rechnung, handelsrechnung, baurechnung, mietrechnung,
        warenrechnung, schlussrechnung, abschlagsrechnung, ereloonnota, note d'honoraires, kostennota, voorschotfactuur,
        facture d'acompte, slotfactuur, facture de vente, honorarrechnung, commercial invoice
        """,
    Meaning.CREDIT_TITLE: """
        credit+nota, note de credit, avoir, facture d'avoir, credit note, credit memo, creditfactuur, rechnungs+korrektur, gutschrift,
        korrekturrechnung, stornorechnung, facture rectificative, corrective invoice
        """,
    Meaning.SELF_BILLED_TITLE: """
        self billing, selfbilling, self billed invoice, self billing invoice, autofacturation, autofacture,
        gutschrift (selbst ausgestellte rechnung, factuur uitgereikt door (de/) afnemer, facture etablie par le (preneur/client),
        uitreiking door (de/) medecontractant
        """,
    Meaning.ISSUE_DATE: """
        (factuur/document/creditnota/nota)+datum,
        datum (factuur/van de factuur/van factuur/creditnota/opmaak/van uitgifte/van opmaak/uitgifte), uitgiftedatum, opgemaakt op,
        date (de/de la/) facture, date de facturation, date (d'emission/d'etablissement/du document/de la note de credit),
        date (de l'avoir/de note de credit/d'avoir), emise le, etablie le, etabli le, facture du, facturee le, facturation le,
        (invoice/document/credit note/bill/tax invoice/receipt) date, date of (invoice/issue/the invoice), date invoice, issue date,
        issued on, issued, invoiced on, billing date, (rechnungs/rechnung/beleg/ausstellungs/dokumenten/gutschrift)+datum,
        datum der rechnung, ausgestellt am
        """,
    Meaning.PLAIN_DATE: "datum, date, le, vom, dato",
    Meaning.DUE_DATE: """
        verval+(datum/dag/), vervalt op, uiterste betaaldatum, uiterlijk (op/voor),
        uiterste (datum/dag) van betaling, betaal+datum, betaaltermijn,
        te betalen (voor/tegen/uiterlijk/tot), (te/) betalen voor, betaalbaar (tot/op/voor/uiterlijk), gelieve te betalen (voor/tegen),
        betaling (voor/uiterlijk), uiterlijk te betalen op, uiterlijk betalen, betalen (voor/tegen/uiterlijk/tot), (date/) d'echeance,
        date echeance, echeance, echeance le, date limite de paiement, date limite, a payer (avant le/avant/pour le/le/au plus tard le),
        payable (avant le/le/au plus tard le/pour le), date de paiement, paiement (avant le/pour le/du au), due date, due by, due on,
        due, payment due date, payment due by, payment due, date due, pay by, payable by, payment date, please pay by, amount due on,
        total amount due on, fallig+keit, fallig (am/bis), falligkeitsdatum, zahlbar (bis/am/zum/bis zum/bis spatestens), zahlbar,
        netto bis, zahlungsziel, zahlungsdatum, zahlungsfrist, zu zahlen bis
        """,
    Meaning.TOTAL: """
        totaal (incl/inclusief/btw incl/incl btw/inclusief btw/btwi), totaal (bedrag/) (incl/inclusief) btw, totaal met btw,
        bedrag (incl/inclusief) (btw/), totaalbedrag, totaal factuur, totaal creditnota, eindtotaal, factuur+(bedrag/totaal),
        algemeen totaal, creditbedrag, totaal te betalen,
        total (ttc/tvac/tva comprise/general/facture/de la facture/tva incl/incl/inclus), total (tvac/ttc) eur,
        montant (total/) (ttc/tvac), montant (de la facture/facture/total brut), (ttc/tvac/tvai), montant eur ttc, total incl,
        total (incl/including/inclusive) (vat/tax/of vat/of tax), (invoice/gross/grand) total, gross amount, gross total amount,
        total gross, total inc vat, amount (incl/including) (vat/tax), total for this invoice, total with vat, total eur incl vat,
        total incl vat, total amount incl vat, (rechnungs/end/gesamt/brutto/gutschrifts)+(betrag/summe), rechnungssumme brutto,
        gesamtbetrag brutto, summe brutto, total brutto, gesamt (brutto/inkl), brutto, betrag (brutto/inkl/inklusive), endsumme
        """,
    Meaning.SUM: "totaal, total, gesamt, summe, totaal eur, total eur, total amount, montant total, eur, totaux, totale",
    Meaning.PAYABLE: """
        te betalen (bedrag/saldo/), nog te betalen, (te/) ontvangen bedrag, verschuldigd bedrag, saldo, openstaand (bedrag/saldo),
        bedrag te betalen, te storten, over te schrijven, terug te betalen, net a payer, (montant/somme/total/solde/) a payer,
        montant du, solde du, solde, total a payer eur, a rembourser, montant a rembourser, reste a payer,
        (amount/total/balance/total amount) due, (amount/total/total amount) payable, to pay, amount to pay, balance, open amount,
        total to pay, residual, zahlbetrag, (zu zahlen/zu zahlender betrag), falliger betrag, offener betrag, zahlungsbetrag, zu zahlen
        """,
    Meaning.NET: """
        (totaal/bedrag/totaalbedrag/) (excl/exclusief/zonder) (btw/), totaal (excl/exclusief), (sub)+totaal, netto+(bedrag/totaal/),
        totaal netto, maatstaf (van heffing/), basis, btw basis, belastbaar (bedrag/), belastbare basis,
        (total/montant/sous total/base/) (htva/ht/hors tva/hors taxes/hors taxe/hors t v a), sous total, base (imposable/taxable/tva/),
        total net, montant (net/total net), montant eur ht, base ht, base de calcul,
        (total/amount/subtotal/) (excl/excluding/ex/exclusive of/before/without) (vat/tax), sub+total, net total, net total amount,
        net amount, taxable (amount/base/), total excl, net, vat base, tax base, total before tax, net value, netto, nettosumme,
        summe netto, gesamt netto, rechnungssumme netto, gesamtbetrag netto, rechnungssumme ohne (ust/mwst), zwischensumme, basisbetrag,
        nettowert, warenwert netto, steuerbasisbetrag, (betrag/summe) (ohne mwst/ohne ust/exkl mwst/zzgl mwst), bemessungsgrundlage
        """,
    Meaning.VAT: """
        btw+(bedrag/totaal/), bedrag btw, totaal btw, te betalen btw, verschuldigde btw, tva, (montant/total/dont/total de la) tva,
        montant de la tva, taxe sur la valeur ajoutee, taxes, total taxes, tva due, vat, vat amount,
        (total/amount of/plus/sales/value added) (vat/tax), tax, tax amount, tax total, total tax, value added tax, mwst, ust,
        (mwst/ust/mehrwertsteuer/umsatzsteuer/steuer)+betrag, mehrwertsteuer, umsatzsteuer, umsatzssteuer, summe umsatzsteuer,
        (zzgl/zuzuglich/inkl) (mwst/ust/umsatzsteuer), steuerbetrag in
        """,
    Meaning.VAT_NUMBER: """
        btw (nr/nummer/no/n/id/be), btw+nummer, ondernemings+(nr/nummer), kbo (nr/nummer/), rpr, btw rpr, ons btw nummer, ons btw nr,
        (no/numero/n/num/nr) (de/) tva, tva (no/n/nr/numero/be/intracommunautaire/intra), (no/numero/n) d'entreprise, bce, rpm, tva rpm,
        tva bce, (notre/) numero de tva, n de tva intra communautaire,
        vat (number/no/nr/id/reg no/registration no/registration number/reg/reg number), (tax/vat/company) (id/registration number),
        our vat number, company number, enterprise number,
        ust (id/idnr/id nr/identnr/ident nr/identnummer/identifikationsnummer/idnummer), mwst (nr/nummer),
        umsatzsteuer (id/identifikationsnummer), umsatzsteuer id nr, uid (nr/nummer/), unternehmensnummer
        """,
    Meaning.BUYER_VAT_NUMBER: """
        (uw/klant/koper) btw (nr/nummer/no/), btw (nr/nummer) (klant/koper/afnemer), btw klant, uw ondernemingsnummer,
        (ondernemings+nummer/ondernemingsnr) (klant/koper/afnemer), btw+nummer klant,
        (votre/vos) (no/n/numero) (de/) tva, votre tva, (no/n/numero) (de/) tva (client/du client/acheteur), numero tva du client,
        tva client, votre numero d'entreprise, (your/customer/buyer/client) (vat/tax) (number/no/id/nr/reg no/registration number/),
        vat (number/no/id) (customer/buyer/client), ihre (ust/mwst) (id/idnr/id nr/identnr/ident nr/nr),
        ihre (uid/umsatzsteuer id/mwst nummer), ust idnr kunde, ust id nr kunde
        """,
    Meaning.IBAN: """
        iban, iban nr, rekening+(nummer/nr), rekening iban, rekening, compte (bancaire/iban/no/), no de compte,
        bank account (number/no/), konto (nummer/nr), bankrekening, kontonummer
        """,
    Meaning.BUYER_ACCOUNT: """
        (van/op) (uw/je) (rekening/bankrekening/rekeningnummer), uw (rekening/bankrekening/rekeningnummer), gedomicilieerd,
        (via/per) domiciliering, domiciliering, van rekening, (sur/de) votre compte, votre compte,
        (preleve/prelevee/debite) (sur/du), prelevement automatique,
        (from/to/on) your (account/bank account), your (account/bank account), direct debit from,
        (von/auf) ihrem (konto/bankkonto), ihr konto, ihrem konto, lastschrift, eingezogen
        """,
    Meaning.REFERENCE: """
        gestructureerde mededeling, (betaal/betalings)+(referentie/kenmerk), mededeling, met (de/) (vermelding/mededeling) (van/),
        vermelding, ogm, communication (structuree/), communication libre, reference de paiement, (avec la/) mention, vcs,
        structured (communication/reference), payment reference, remittance reference, communication, reference for payment,
        verwendungszweck, zahlungsreferenz, strukturierte mitteilung, mitteilung, referenz bitte bei zahlung angeben
        """,
    Meaning.SELLER: """
        leverancier, verkoper, van, afzender, uw leverancier, fournisseur, vendeur, emetteur, emis par, supplier, seller, vendor,
        sold by, from, issued by, issuer, lieferant, verkaufer, rechnungsersteller, rechnungssteller, leistungserbringer, aussteller
        """,
    Meaning.BUYER: """
        klant, klantgegevens, aan, voor, factuur aan, gefactureerd aan, facturatie+adres, factuur+adres, koper, afnemer,
        ter attentie van, leveringsadres, leveradres, geleverd aan, bestemmeling, client, adresse de (facturation/livraison), facture a,
        facturer a, destinataire, acheteur, a l'attention de, livre a, preneur, coordonnees client, customer, bill to, billed to,
        billing address, bill to address, invoice to, invoiced to, sold to, ship to, shipping address, delivery address, buyer,
        client details, to, recipient, deliver to, attn, kunde, kaufer, kaufer leistungsempfanger, rechnungsempfanger,
        leistungsempfanger, empfanger, rechnung an, rechnungsadresse, lieferadresse, warenempfanger, abweichender warenempfanger,
        leistungsadresse
        """,
    Meaning.NAME: "naam, nom, name, bedrijfsnaam, raison sociale, firma",
    Meaning.REVERSE_CHARGE: """
        btw verlegd, verlegging van heffing, verlegging, btw verleggingsregeling, medecontractant, autoliquidation,
        tva due par le (preneur/cocontractant), cocontractant, reverse charge, reverse charged, vat reverse charged,
        vat to be accounted for, steuerschuldnerschaft des leistungsempfangers, steuerschuldnerschaft
        """,
    Meaning.INTRA_COMMUNITY: """
        intracommunautaire levering, intracommunautaire leveringen, livraison intracommunautaire, livraisons intracommunautaires,
        intra community supply, intra community, innergemeinschaftliche lieferung, steuerfreie innergemeinschaftliche lieferung
        """,
    Meaning.EXPORT: "vrijgesteld wegens uitvoer, uitvoer buiten de eu, exportation, export, ausfuhrlieferung, steuerfreie ausfuhrlieferung",
    Meaning.EXEMPT: """
        vrijgesteld van btw, vrijstelling van btw, vrijgestelde kleine onderneming, btw vrijgesteld,
        kleine onderneming onderworpen aan de vrijstellingsregeling, vrijstellingsregeling, niet onderworpen aan btw,
        exoneration de tva, exonere de (la/) tva, tva non applicable, franchise de taxe, regime (particulier/) de (la/) franchise,
        exonere, vat exempt, exempt from vat, vat exemption, not subject to vat, zero rated, no vat, umsatzsteuerbefreit,
        umsatzsteuerfrei, steuerfrei, keine umsatzsteuer, kleinunternehmer
        """,
    Meaning.OTHER: """
        (klant/klanten/order/bestel/bestelbon/lever/leverings/leveringsbon/dossier/contract)+(nummer/nr/no/datum/code/ref/referentie),
        (project/artikel/serie/polis/aansluitings/meter/offerte/relatie/volg)+(nummer/nr/no/datum/code/ref/referentie),
        (lid/pagina/kamer/telefoon/tel/fax/werf/fiscaal)+(nummer/nr/no/code/ref/referentie),
        (klant/klanten/uw/onze) (referentie/ref/kenmerk), referentie, onze referentie, uw ref, besteld op, bestelling, bestelldatum,
        bestelbon, uw bestelling, levering, leverings+(datum/adres nr), lever datum, datum (levering/bestelling/van levering/bestelbon),
        geboortedatum, begindatum, startdatum, einddatum, periode, orderdatum, afdrukdatum, printdatum, verzenddatum, betaald op,
        ontvangen op,
        (no/n/numero/num) (client/de client/commande/de commande/de contrat/bon de livraison),
        (no/n/numero/num) (de dossier/d'affaire/de compteur/de telephone/de ligne),
        ref client, reference client, code client, client (no/n/numero/id/code), id client,
        (votre/vos/notre/nos) (reference/ref/commande/numero de commande), commande (no/n/numero/), bon de commande, bon de livraison,
        date de (livraison/commande/naissance/debut/fin/prestation/la commande), date (livraison/commande), periode de facturation,
        periode,
        (customer/order/purchase order/po/delivery/delivery note/contract/account/project) (number/no/id/code/ref/reference/date),
        (client/ticket/quote/tracking/serial/job/reservation/booking) (number/no/id/code/ref/reference/date),
        your reference, our reference, your ref, our ref, order, order ref, delivery date, date of (supply/delivery/birth), ship date,
        shipping date, shipment date, tax point, billing period, service period, period, despatch notice, payment terms, payment method,
        statement date,
        (kunden/bestell/auftrags/auftrag/lieferschein/vertrags/liefer/leistungs/projekt/artikel)+(nummer/nr/datum),
        (lieferavis/ursprungsbeleg/reklamations/steuer/handelsregister/seiten/mitglieds)+(nummer/nr/datum),
        ihre auftragsnummer, ihr zeichen, unser zeichen, liefer und leistungsdatum, lieferdatum, leistungs datum, bestell datum,
        lieferschein datum, auftrag datum lief, abrechnungszeitraum, leistungszeitraum, lieferzeitraum, kunden nr, referenz,
        ihre referenz, weitere referenz, referenz des kaufers, druckdatum, bestellung vom, gemass bestellung, geburtsdatum,
        buchungsreferenz, globale nummer, korting, kortingen, voorschot, voorschotten, reeds betaald, betaald, verzendkosten, transport,
        portkosten, eenheidsprijs, prijs, prijs per stuk, prijs incl btw, prijs excl btw, btw tarief, btw code, remise, acompte,
        deja paye, frais de port, prix, prix unitaire, prix unitaire ht, prix ht, taux, taux tva, escompte, capital, au capital de,
        montant unitaire, total lignes, montant du prelevement, discount, prepaid amount, prepaid, paid, already paid, unit price,
        unit price excl vat, price, line total amount, rounding, rounding amount, shipping, total price, line amount,
        line amount excl vat, vat rate, tax rate, vat identifier, vat clause, total quantity, total discount, rabatt, skonto, anzahlung,
        anzahlungen, erhaltene anzahlungen, bereits bezahlt, vorausbezahlter betrag, versandkosten, einzelpreis, gesamtpreis,
        nettopreis, bruttopreis, positionssumme, gesamtbetrag der (zuschlage/abschlage), warenwert, steuersatz, ust satz, stuckpreis,
        bruttolistenpreis, summe waren, factuur (adres/voorwaarden), facture (payable/a regler),
        invoice (summary/address/period/currency), rechnung (zu stellen), gemass rechnung, this invoice, deze factuur, cette facture,
        dieser rechnung, diese rechnung, die rechnung, wahrung, rechnungswahrung, in rechnung, je factuur, votre facture, uw factuur,
        refers to invoice, to invoice, invoice to pay, for this invoice period, from invoice date, of invoice, van deze factuur,
        (op/bij/over) (de/) factuur, sur la facture, la facture, mention du numero de facture, total pages, algemene voorwaarden,
        conditions generales, tva collectee, bic, swift, tel, telefoon, telephone, phone, fax, email, e mail, gsm, kvk, siret, siren,
        gln, gtin, hrb
        """,
}


def phrases() -> dict[tuple[str, ...], Meaning]:
    """Every phrase, as its words, with its meaning."""
    return {
        tuple(phrase.split()): meaning
        for meaning, text in _PHRASES.items()
        for written in _split(text)
        for phrase in _expand(written)
        if phrase
    }


def _split(text: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in text.split(",")]


def _expand(written: str) -> set[str]:
    """All the ways to write a phrase: alternatives in brackets, and `+` with and without a space."""
    parts = [part.strip("()").split("/") if part.startswith("(") else [part] for part in re.findall(r"\([^)]*\)|[^()]+", written)]
    expanded = ["".join(choice) for choice in product(*parts)]
    joined = [text.replace("+", glue) for text in expanded for glue in ("", " ")]
    return {" ".join(text.replace("'", " ").split()) for text in joined}
