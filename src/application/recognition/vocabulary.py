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
    RECEIPT_NUMBER = auto()
    TITLE = auto()
    CREDIT_TITLE = auto()
    SELF_BILLED_TITLE = auto()
    OTHER_TITLE = auto()
    ISSUE_DATE = auto()
    PLAIN_DATE = auto()
    DUE_DATE = auto()
    TOTAL = auto()
    SUM = auto()
    PAYABLE = auto()
    PAID_BY = auto()
    AMOUNT = auto()
    NET = auto()
    VAT = auto()
    VAT_NUMBER = auto()
    BUYER_VAT_NUMBER = auto()
    IBAN = auto()
    BUYER_ACCOUNT = auto()
    REFERENCE = auto()
    SELLER = auto()
    BUYER = auto()
    DELIVERY = auto()
    NAME = auto()
    REVERSE_CHARGE = auto()
    INTRA_COMMUNITY = auto()
    EXPORT = auto()
    EXEMPT = auto()
    UNTAXED = auto()
    OTHER = auto()


_PHRASES = {
    Meaning.NUMBER: """
        factuur+(nummer/nr/no/num/referentie/id/code), (verkoop/document/nota/bewijs)+(nummer/nr/no),
        (nummer/nr/no) (factuur/van de factuur), verkoopfactuur (nummer/nr/no), ons factuurnummer,
        (facture/document/piece/note d'honoraires) (numero/no/n/num/nr/ref/reference),
        (numero/no/n/num/nr/ref/reference/id) (de la facture/de facture/facture/de document/du document/de piece),
        (invoice/bill/document/tax invoice/receipt) (number/no/nr/num/id/ref/reference), number of invoice,
        (rechnungs/rechnung/beleg/dokument/dokumenten)+(nummer/nr/no/id), (fact/fac/fakt/inv/doc)+(nummer/nr/no/n/num),
        (nr/no/n/num/numero) (fact/doc/document/rekening), (nr/no/n/num/numero) (de/) (note/nota), (uw/onze/deze/je) factuur+(nummer/nr),
        (votre/notre) facture (no/n/nr/numero), (your/our) invoice (number/no/nr), (ihre/unsere) rechnung (nr/nummer), (rg/re) nr,
        rechnungs id, factuur identificatie, (ereloonnota/ereloonstaat/kostennota/kostenstaat/afrekening)+(nummer/nr/no/n),
        (aanrekening/voorschotnota/premienota/voorschotfactuur/slotfactuur)+(nummer/nr/no/n),
        (staat van ereloon/staat van kosten en ereloon/staat van kosten en erelonen) (nr/no/n), staat van erelonen en kosten (nr/no/n),
        (ereloon/staat/note/kwijtschrift/kwitantie/vervaldagbericht/aanslagbiljet)+(nummer/nr/no/n), stuk+(nummer/nr),
        boekstuk+(nummer/nr),
        (etat de frais/etat d'honoraires/etat de frais et honoraires/etat de frais et d'honoraires) (no/n/nr/numero),
        (decompte/quittance/avis d'echeance) (no/n/nr/numero), (fee note/folio/statement of fees/debit note/note) (no/nr/number),
        (honorarnote/kostennote/abrechnung/zahlungsaufforderung) (nr/nummer), (fattura/factura/fatura/faktura) (n/no/nr/numero/num/numer),
        (numero/n/no/nr) (fattura/de factura/factura/fatura), (no/n/nr/numero) (de/) (quittance/decompte/bordereau/l'etat/l'avis/la note),
        faktuur+(nummer/nr/no/ref), (no/n/nr/numero) (piece/pce), inv (id/ref), bill (id/ref/reference), ererekening (nr/no/n/nummer),
        (pro forma/proforma) (nr/no/n/nummer/numero/number), volg+nummer,
        (vat/tax/sales) invoice (number/no/nr/id), (factuur/fact) volgnummer, factuur+(kenmerk/ref/referte),
        (kenmerk/ref/referte) (factuur/van de factuur),
        (ref/reference) (facture/de la facture), referentie (van de factuur/factuur), volgnr, (rg/re/rn/rechn/fakt/faktura)+nr,
        (document/factuur/fakt) (id/ref), invoice reference number, our invoice, notre facture, onze factuur, ons factuurnr,
        (numero/no/n/nr) (et date de facture/facture et date)
        """,
    Meaning.CREDIT_NUMBER: """
        (creditnota/credit nota)+(nummer/nr/no), (nummer/nr/no) (creditnota/van de creditnota),
        (note de credit/avoir) (numero/no/n/num/nr/ref/reference),
        (numero/no/n/num/nr/ref/reference) (d'avoir/de l'avoir/de note de credit/de la note de credit/note de credit),
        (credit note/credit memo) (number/no/nr/num/id/ref/reference), (gutschrift/gutschrifts)+(nummer/nr/no/id),
        (cn/kreditnota/kreditnote)+(nummer/nr), credit (ref/reference/id/number), credit (invoice/advice/memorandum) (no/nr/number/ref),
        (nr/no/n) (nc/note de credit), nc no, credit+factuur+(nummer/nr), (credit nr/credit no),
        (storno/stornorechnungs/rechnungskorrektur/korrekturrechnungs)+(nummer/nr)
        """,
    Meaning.PLAIN_NUMBER: "nummer, number, numero, nr, no, n",
    Meaning.RECEIPT_NUMBER: """
        (ticket/bon/kasticket/kassabon/kassaticket/ontvangstbewijs/tr)+(nummer/nr/no/n), ticket, bon, kasticket, kassabon,
        ontvangstbewijs, reservatie+nummer, (ticket/recu/bon/vente/caisse ticket) (numero/no/n/nr),
        (no/n/numero) (de ticket/ticket/du ticket/recu), receipt, (ticket/check/slip) (number/no/nr/id),
        (bon/kassenbon/quittungs/quittung)+(nummer/nr), quittung, kassenbon
        """,
    Meaning.TITLE: """
        factuur, verkoopfactuur, facture, invoice, tax invoice, sales invoice, rechnung, handelsrechnung, baurechnung, mietrechnung,
        warenrechnung, schlussrechnung, abschlagsrechnung, ereloonnota, note d'honoraires, kostennota, voorschotfactuur,
        facture d'acompte, slotfactuur, facture de vente, honorarrechnung, commercial invoice, staat van ereloon,
        staat van kosten en ereloon, staat van kosten en erelonen, staat van erelonen en kosten, ereloonstaat, kostenstaat, afrekening,
        eindafrekening, aanrekening, tussentijdse factuur, voorschotnota, premienota, vervaldagbericht, kwijtschrift, kassa+factuur,
        btw kasticket, btw bon, btw+ontvangstbewijs, etat de frais, etat de frais et honoraires, etat de frais et d'honoraires,
        etat d'honoraires, note de frais et honoraires, decompte, facture de regularisation, facture intermediaire, facture finale,
        facture de cloture, facture simplifiee, vereenvoudigde factuur, simplified invoice, pro forma factuur,
        note d'honoraires et de frais, avis d'echeance, quittance, fee note, final invoice, deposit invoice, vat invoice, honorarnote,
        kostennote, abrechnung, schlussabrechnung, endabrechnung, anzahlungsrechnung, teilrechnung, sammelrechnung, verzamelfactuur,
        ererekening,
        maandfactuur, facture mensuelle, monthly invoice, verkaufsrechnung, debetnota, note de debit, fattura, factura, fatura, faktura,
        ticket de caisse tva
        """,
    Meaning.CREDIT_TITLE: """
        credit+nota, note de credit, avoir, facture d'avoir, credit note, credit memo, creditfactuur, rechnungs+korrektur, gutschrift,
        korrekturrechnung, stornorechnung, facture rectificative, corrective invoice, kreditnota, creditnote, avoir financier,
        credit (invoice/memorandum/advice/bill), refund (note/invoice), invoice credit, adjustment note, sales credit, sales credit note,
        gutschriftsanzeige, gutschrift zur rechnung, stornobeleg, gutschriftrechnung, minderrechnung, rechnungsstorno,
        kreditnote, facture negative, bon de credit, creditbon, creditnotas, facture de credit, kreditrechnung, rechnungsgutschrift,
        nota di credito, nota de credito, factura rectificativa
        """,
    Meaning.SELF_BILLED_TITLE: """
        self billing, selfbilling, self billed invoice, self billing invoice, autofacturation, autofacture,
        gutschrift (selbst ausgestellte rechnung, factuur uitgereikt door (de/) afnemer, facture etablie par le (preneur/client),
        uitreiking door (de/) medecontractant, self billing nota, factuur uitgereikt door de (klant/koper/medecontractant),
        uitgereikt door (de/) afnemer, facture etablie par l'acheteur, facture emise par le (client/preneur/cocontractant),
        rechnung ausgestellt durch den (leistungsempfanger/kunden/empfanger), gutschriftsverfahren, self billed,
        selbst ausgestellte rechnung, zelffacturering, zelffactuur, aankoopborderel, inkoopborderel, bordereau d'achat,
        factuur (opgemaakt/opgesteld/uitgegeven) door (de/het/) (afnemer/klant/koper/medecontractant),
        (opgemaakt/opgesteld/uitgegeven) door (de/) (afnemer/klant/koper/medecontractant), uitgereikt door de (klant/koper),
        in naam en voor rekening van (de/) (leverancier/verkoper/dienstverrichter),
        facture (etablie/emise) par (l'acheteur/l'acquereur/le cocontractant/le preneur/le client/le destinataire),
        (etablie/emise) par (l'acheteur/l'acquereur/le preneur/le client), au nom et pour le compte du (fournisseur/vendeur/prestataire),
        self billed (credit note/tax invoice), invoice issued by the (customer/buyer/recipient), issued by the (customer/buyer/recipient),
        in the name and on behalf of the (supplier/seller), on behalf of the supplier, selbstfakturierung,
        rechnung (ausgestellt/erstellt) (vom/durch den) (kunden/empfanger/leistungsempfanger/kaufer),
        im namen und fur rechnung des (lieferanten/verkaufers)
        """,
    Meaning.OTHER_TITLE: """
        (betalings/betaal)+herinnering, herinnering, (eerste/tweede/1e/2e/laatste) (herinnering/aanmaning), aanmaning, ingebrekestelling,
        rappel de paiement, (premier/deuxieme/second/dernier/1er/2e) rappel, mise en demeure, lettre de rappel,
        (payment/first/second/final/overdue) reminder, reminder, zahlungserinnerung, (erste/zweite/letzte) mahnung, mahnung,
        offerte, prijsofferte, offre de prix, devis, quotation, quote, angebot, kostenvoranschlag, orderbevestiging,
        confirmation de commande, order confirmation, auftragsbestatigung, verzendnota, bordereau d'envoi, delivery note,
        packing (slip/list), lieferschein, rekeningoverzicht, rekening+uittreksel,
        openstaande posten, releve de compte, extrait de compte, (account statement/statement of account), kontoauszug,
        dit is geen factuur, ceci n'est pas une facture, this is not an invoice, dies ist keine rechnung
        """,
    Meaning.ISSUE_DATE: """
        (factuur/faktuur/document/creditnota/nota)+datum, date facture, date piece,
        datum (factuur/van de factuur/van factuur/creditnota/opmaak/van uitgifte/van opmaak/uitgifte), uitgiftedatum, opgemaakt op,
        date (de/de la/) facture, date de facturation, date (d'emission/d'etablissement/du document/de la note de credit),
        date (de l'avoir/de note de credit/d'avoir), emise le, etablie le, etabli le, facture du, facturee le, facturation le,
        (invoice/document/credit note/bill/tax invoice/receipt) date, date of (invoice/issue/the invoice), date invoice, issue date,
        issued on, issued, invoiced on, billing date, (rechnungs/rechnung/beleg/ausstellungs/dokumenten/gutschrift)+datum,
        datum der rechnung, ausgestellt am, (fact/fac/fakt/inv/doc)+(datum/dat/date/dt), (datum/date/dat) (fact/doc/nota/note/document),
        datum (ereloonnota/kwijtschrift/afrekening/staat), date (d'etablissement/d'impression de la facture/du decompte), opgesteld op,
        opgemaakt te, fait le, document date, emission, uitgegeven op, date (de la note/note d'honoraires), (date of/) emission date,
        date issued, issue, rechnung vom, facturatie+datum, datum facturatie, invoice dt, data (fattura/factura),
        fecha (de/) (factura/emision), data (de/di) emissao
        """,
    Meaning.PLAIN_DATE: """
        datum, date, le, vom, dato, verzendings+datum, datum van verzending, date d'envoi, dd, dat, fecha, ticket+datum,
        transactie+datum, datum transactie, transaction date,
        date de transaction, date (de/) vente, datum verkoop, date and time, date time, datum en uur, datum uur, datum tijd, date heure,
        date et heure, datum uhrzeit, aankoop+datum, date d'achat, purchase date, date of purchase, kauf+datum, date paid
        """,
    Meaning.DUE_DATE: """
        verval+(datum/dag/), vervalt op, vervalt, uiterste betaaldatum, uiterlijk (op/voor), uiterste (datum/dag) van betaling,
        betaal+datum,
        betaaltermijn, te betalen (voor/tegen/uiterlijk/tot), (te/) betalen voor, betaalbaar (tot/op/voor/uiterlijk),
        gelieve te betalen (voor/tegen), betaling (voor/uiterlijk), uiterlijk te betalen op, uiterlijk betalen,
        betalen (voor/tegen/uiterlijk/tot), (date/) d'echeance, date echeance, echeance, echeance le, date limite de paiement,
        date limite, a payer (avant le/avant/pour le/le/au plus tard le), payable (avant le/le/au plus tard le/pour le), date de paiement,
        paiement (avant le/pour le/du au), due date, due by, due on, due, payment due date, payment due by, payment due, date due, pay by,
        payable by, payment date, please pay by, amount due on, total amount due on, fallig+keit, fallig (am/bis), falligkeitsdatum,
        zahlbar (bis/am/zum/bis zum/bis spatestens), zahlbar, netto bis, zahlungsziel, zahlungsdatum, zahlungsfrist, zu zahlen bis,
        vervald, verv datum, verv dat, verv, vervaldat, vervaldatum factuur, te (voldoen/vereffenen/storten) (voor/tegen/uiterlijk/op),
        (te/) betalen (ten laatste/uiterlijk) (op/voor/), betaal (voor/uiterlijk), uiterste datum (voor/van/) betaling, uiterste betaling,
        betaling (verwacht/ten laatste) (op/voor/), (domiciliering/domiciliering/incasso/innings/afschrijvings/domiciliatie)+datum,
        datum (domiciliering/incasso/inning), te innen op, wordt geind op, (incasso/inning/domiciliering) op, via domiciliering op,
        betaalbaar (ten laatste/tegen) (op/voor/), betaaldag, betalings+datum, ech, ech le, date ech, date d'ech,
        echeance (du/au/facture/de paiement), date (de/du) prelevement, (preleve/prelevee/prelevement) (le/au/a partir du),
        a (regler/acquitter/verser) (avant le/avant/pour le/le/au plus tard le), a payer (au plus tard/pour),
        payable (avant/pour/au plus tard), paiement (avant/au plus tard le/pour/a effectuer avant le/a effectuer pour le),
        reglement (avant le/le/au), delai de paiement, date de reglement, date butoir, payer avant le, payment (deadline/expected by),
        pay (before/on or before/no later than), payable (before/on), settle by, direct debit (date/on), please pay before,
        due (before/in full by), to be paid (by/before), fallig (zum/per/am/bis/seit dem), falligkeits datum,
        zahlbar (per/ohne abzug bis/bis zum/spatestens), zahlung bis (zum/), (abbuchung/lastschrift/einzug) (am/zum), zahltermin,
        limite de paiement, exigible (le/au), date d'exigibilite, payment by, payment required by, settlement (date/due/due date),
        maturity (date/), zahlung (fallig/erwartet) (am/bis/zum), falligkeitstag,
        (uiterste/laatste) (betaaldag/betalingsdag/betalingsdatum),
        (final/last/latest) (date for payment/payment date/date of payment), due for payment (by/on), to pay before, a payer avant fin,
        zahlungstermin, zu (bezahlen/begleichen) bis, zahlbar spatestens am, zahlen sie bitte bis, vencimiento, scadenza, vencimento
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
        gesamtbetrag brutto, summe brutto, total brutto, gesamt (brutto/inkl), brutto, betrag (brutto/inkl/inklusive), endsumme,
        totaal (btwi/btw inbegrepen/verschuldigd/inbegrepen), btw inbegrepen, totaal van (de/uw/deze) factuur,
        totaal (van/) de (afrekening/nota), factuurtotaal incl btw, totaal te betalen (bedrag/incl btw/inclusief btw),
        te betalen (incl btw/inclusief btw/totaal), totale prijs (incl/inclusief) btw, totaal inc btw,
        totaalbedrag (incl btw/inclusief btw/factuur/te betalen), (ticket/bon/kassa)+totaal, totaal ticket, totaal bon,
        totaal eur te betalen, totaal terug te betalen, totaal premie, te betalen premie, totale premie, totaal deze factuur, bedrag incl,
        incl btw, inclusief btw, totaal incl 21 btw, totaal incl 6 btw, totaal inclusief 21 btw,
        total (toutes taxes comprises/t t c/tvai/tva inclus/tva incluse/tvacomprise/du/a payer ttc/a payer tvac),
        montant (du/total) (a payer/ttc/tvac/tva comprise), montant (tva comprise/tvac/toutes taxes comprises),
        total de (la facture/votre facture/cette facture), prime totale, prime a payer, total ticket, montant facture,
        montant de votre facture, net a payer ttc, total general (ttc/tvac/eur),
        total (amount/price) (incl/including/inclusive of) (vat/tax/taxes/btw), invoice (amount/value),
        total (invoice/inclusive/gross amount), total with tax, total charges, amount (inclusive of/with) vat,
        (gesamt/end/rechnungs)+(preis brutto/summe brutto/betrag brutto/betrag inkl mwst/summe inkl mwst), total inkl (mwst/ust),
        summe inkl (mwst/ust), gesamt inkl (mwst/ust), betrag inkl (mwst/ust), rechnungsendbetrag, gesamtsumme, bruttosumme,
        totale fattura, total factura, totale documento, importe total, (rechnungs/gesamt/end)+total, gesamtrechnungsbetrag,
        gesamtsumme brutto, total montant ttc, montant total de la facture, totaal deze rekening, totaal (rekening/nota/afrekening),
        total (note/releve/decompte), total for (this/the) (bill/statement/period), statement total, bill total, order total,
        total price incl vat, totaal bedrag (incl/inclusief) btw, eindbedrag, totaalsom, slotbedrag, montant final, final (amount/total)
        """,
    Meaning.SUM: """
        totaal, total, gesamt, summe, totaal eur, total eur, total amount, montant total, eur, totaux, totale, totaal euro, total euro,
        totaal generaal, tot, tot eur, totaal in eur, total in eur, total eu, totaal e, summe eur, gesamt eur, totaalprijs, prix total,
        total ttl
        """,
    Meaning.PAYABLE: """
        te betalen (bedrag/saldo/), nog te betalen, (te/) ontvangen bedrag, verschuldigd bedrag, saldo, openstaand (bedrag/saldo),
        bedrag te betalen, te storten, over te schrijven, terug te betalen, net a payer, (montant/somme/total/solde/) a payer, montant du,
        solde du, solde, total a payer eur, a rembourser, montant a rembourser, reste a payer, (amount/total/balance/total amount) due,
        (amount/total/total amount) payable, to pay, amount to pay, balance, open amount, total to pay, residual, zahlbetrag,
        (zu zahlen/zu zahlender betrag), falliger betrag, offener betrag, zahlungsbetrag, zu zahlen,
        te betalen (eur/euro/totaal bedrag/som), totaal (te voldoen/te ontvangen/te storten), te voldoen (bedrag/),
        te vereffenen (bedrag/), nog te (voldoen/ontvangen/storten), bedrag verschuldigd, verschuldigd (saldo/),
        saldo (te betalen/te voldoen/in uw voordeel/in ons voordeel/te storten), door u te betalen, (eind/factuur)+saldo,
        terug te (storten/krijgen/ontvangen), terugbetaling, tegoed, (te crediteren/gecrediteerd) (bedrag/), af te rekenen,
        wordt gedomicilieerd, (a/net a) (regler/verser/percevoir), a payer,
        montant (a regler/restant du/restant a payer/preleve/a verser/exigible/restant), total (a regler/restant/a rembourser),
        reste (du/a regler), solde (a regler/en notre faveur/en votre faveur/restant du), somme (due/a payer/a verser), restant du,
        a votre charge, vous devez payer, remboursement, balance (due/to pay/payable), (amount/total) to (pay/be paid),
        outstanding (amount/balance), please pay, you pay, amount (owed/outstanding/charged), total (due/payable/charged) (eur/usd/),
        refund (total/amount/), total refund, new charges, zu (uberweisender betrag/zahlender gesamtbetrag/begleichen/bezahlen),
        (uberweisungs/auszahlungs/rest/abbuchungs)+betrag, restbetrag, noch zu zahlen, gesamtforderung, zu ihren gunsten,
        erstattungsbetrag, nachzahlung, guthaben
        """,
    Meaning.PAID_BY: """
        bancontact, mister cash, maestro, visa, visa debit, visa electron, mastercard, master card, debit mastercard, american express,
        amex, contant, cash, especes, carte bancaire, carte de (credit/debit), bankkaart, kredietkaart, betaalkaart, payconiq, v pay,
        vpay, girocard, ec karte, ec cash, kreditkarte, kartenzahlung, bargeld, debit card, credit card, card, kaart, carte, paypal,
        ideal, betaald met (bancontact/visa/kaart/maestro/mastercard), (betaald/voldaan) (per/via) (kaart/bancontact/visa), elektronisch,
        (paye/payee) par (carte/bancontact/visa), paid by (card/visa/mastercard)
        """,
    Meaning.AMOUNT: "bedrag, montant, amount, betrag, prijs ticket, te betalen tarief, tarief, somme, charge, fare",
    Meaning.NET: """
        (totaal/bedrag/totaalbedrag/) (excl/exclusief/zonder) (btw/), totaal (excl/exclusief), (sub)+totaal, netto+(bedrag/totaal/),
        totaal netto, maatstaf (van heffing/), basis, btw basis, belastbaar (bedrag/), belastbare basis,
        (total/montant/sous total/base/) (htva/ht/hors tva/hors taxes/hors taxe/hors t v a), sous total, base (imposable/taxable/tva/),
        total net, montant (net/total net), montant eur ht, base ht, base de calcul,
        (total/amount/subtotal/) (excl/excluding/ex/exclusive of/before/without) (vat/tax), sub+total, net total, net total amount,
        net amount, taxable (amount/base/), total excl, net, vat base, tax base, total before tax, net value, netto, nettosumme,
        summe netto, gesamt netto, rechnungssumme netto, gesamtbetrag netto, rechnungssumme ohne (ust/mwst), zwischensumme, basisbetrag,
        nettowert, warenwert netto, zwischentotal, merchandise total, total goods, items total, totaal goederen, total marchandises,
        tussentotaal, tussensom, netto totaal bedrag, somme ht, total brut ht,
        steuerbasisbetrag, (betrag/summe) (ohne mwst/ohne ust/exkl mwst/zzgl mwst), bemessungsgrundlage,
        totaal (excl/exclusief/zonder) (b t w/belasting/taksen), totaal (htva/evat/ex btw), maatstaf (heffing/v heffing/excl btw), mvh,
        btw grondslag, grondslag, netto (excl btw/totaal excl/excl), netto+prijs totaal, excl, ex btw, btw (excl/exclusief),
        (goederen/diensten) (excl/totaal), prijs (excl btw totaal/exclusief btw totaal), totaal (netto/diensten) excl btw,
        netto factuurbedrag, bedrag excl, total (hors/sans/exclus/excl) (tva/taxes/taxe/btw),
        montant (imposable/taxable/net ht/hors/net htva), base (htva/hors tva/d'imposition/de taxation/tvac), total (base/imposable/hors),
        imposable, htva, hors tva, s total, total net (ht/htva), montant de base, sous total (ht/htva),
        (total/amount/price) (net of vat/without vat/w o vat/ex tax/excl taxes/excl of vat/net of tax), total (exclusive/ex),
        net (total/amount) excl vat, net price total, vatable amount, amount net, value excl vat,
        (gesamt/summe/betrag/total) (exkl/ohne/exklusive) (mwst/ust/mehrwertsteuer/umsatzsteuer), (gesamt/rechnungs)+betrag ohne mwst,
        gesamt (exkl/ohne), exkl mwst, nettosumme gesamt, netto+summe, netto gesamt, netto total, mwst basis, basis mwst,
        steuerpflichtiger betrag, steuergrundlage, totale imponibile, imponibile, base imponible, base tributavel
        """,
    Meaning.VAT: """
        btw+(bedrag/totaal/), bedrag btw, totaal btw, te betalen btw, verschuldigde btw, tva, (montant/total/dont/total de la) tva,
        montant de la tva, taxe sur la valeur ajoutee, taxes, total taxes, tva due, vat, vat amount,
        (total/amount of/plus/sales/value added) (vat/tax), tax, tax amount, tax total, total tax, value added tax, mwst, ust,
        (mwst/ust/mehrwertsteuer/umsatzsteuer/steuer)+betrag, mehrwertsteuer, umsatzsteuer, umsatzssteuer, summe umsatzsteuer,
        (zzgl/zuzuglich/inkl) (mwst/ust/umsatzsteuer), steuerbetrag in,
        (waarvan/plus/totale/totaal bedrag/bedrag van de/totaal van de) btw, btw (eur/euro/in eur/totaal eur/waarvan),
        (totaal/bedrag/total/montant) (btw tva/tva btw/btw mwst/tva mwst),
        btw begrepen in het totaal, btw 6, btw 12, btw 21, 6 btw, 12 btw, 21 btw,
        (dont/total de la/incl/y compris/montant total/total montant/plus) tva, tva (eur/totale/a payer/incluse), montant t v a, taxe,
        (incl/including/of which/incl of/thereof/total amount of) vat, vat (total/eur/due/included), vat charged,
        (davon/enthaltene/enthalt/darin enthaltene/inkl/plus/gesamt) (mwst/ust/umsatzsteuer/mehrwertsteuer),
        mwst (gesamt/summe/eur/total), ust (gesamt/summe), mwst st, steuer, iva, imposta, imu iva
        """,
    Meaning.VAT_NUMBER: """
        btw (nr/nummer/no/n/id/be), btw+nummer, ondernemings+(nr/nummer), kbo (nr/nummer/), rpr, btw rpr, ons btw nummer, ons btw nr,
        (no/numero/n/num/nr) (de/) tva, tva (no/n/nr/numero/be/intracommunautaire/intra), (no/numero/n) d'entreprise, bce, rpm, tva rpm,
        tva bce, (notre/) numero de tva, n de tva intra communautaire,
        vat (number/no/nr/id/reg no/registration no/registration number/reg/reg number), (tax/vat/company) (id/registration number),
        our vat number, company number, enterprise number,
        ust (id/idnr/id nr/identnr/ident nr/identnummer/identifikationsnummer/idnummer), mwst (nr/nummer),
        umsatzsteuer (id/identifikationsnummer), umsatzsteuer id nr, uid (nr/nummer/), unternehmensnummer, btw identificatie+nummer,
        (ond/ondern) (nr/no), ondernemingsnummer btw, kbo btw, btw kbo, btw ondernemingsnummer, tva bce, n entreprise, no entreprise,
        num entreprise, numero (d'entreprise/bce/entreprise), n bce, no bce, btw tva, tva btw, tva btw be, btw tva be, ident (tva/btw),
        id tva, identifiant tva, intra tva, vat be, be vat, eu vat, eu vat number, vat registration, company registration, ust idnr be,
        mwst be, mwst nr be, mehrwertsteuernummer, mehrwertsteuer nr, rjp, hr, zdu, pvm, partita iva, p iva, nif, cif, nip
        """,
    Meaning.BUYER_VAT_NUMBER: """
        (uw/klant/koper) btw (nr/nummer/no/), btw (nr/nummer) (klant/koper/afnemer), btw klant, uw ondernemingsnummer,
        (ondernemings+nummer/ondernemingsnr) (klant/koper/afnemer), btw+nummer klant, (votre/vos) (no/n/numero) (de/) tva, votre tva,
        (no/n/numero) (de/) tva (client/du client/acheteur), numero tva du client, tva client, votre numero d'entreprise,
        (your/customer/buyer/client) (vat/tax) (number/no/id/nr/reg no/registration number/), vat (number/no/id) (customer/buyer/client),
        ihre (ust/mwst) (id/idnr/id nr/identnr/ident nr/nr), ihre (uid/umsatzsteuer id/mwst nummer), ust idnr kunde, ust id nr kunde,
        (uw/je) (ondernemings+nr/onderneming), (klant/klanten) (btw/ondernemings+nummer),
        btw (uw/van de klant/van de afnemer/medecontractant), btw (nr/nummer) (van de klant/medecontractant), n tva (client/preneur),
        no tva (client/preneur), tva (du client/du preneur/preneur/cocontractant), tva (de l'acheteur),
        votre (n/no/numero) (d'entreprise/de tva/tva), votre numero de tva, your (vat/vat id/tax id), customer (vat/vat id/tax id),
        vat (id/no/nr/number) (of customer/of the customer/of buyer/client), client (vat/tax id), recipient vat (number/no/id),
        buyer s vat number, (kunden/ihre/empfanger) (ust/mwst/uid) (id/nr/nummer/idnr/idnummer), kunden+(ustid/uid),
        ihre (ustid/ustidnr/mwst nr/mwst/uid nummer), mwst nr (kunde/des kunden), ust id (kunde/des kunden/leistungsempfanger)
        """,
    Meaning.IBAN: """
        iban, iban nr, rekening+(nummer/nr), rekening iban, rekening, compte (bancaire/iban/no/), no de compte, bank account (number/no/),
        konto (nummer/nr), bankrekening, kontonummer
        """,
    Meaning.BUYER_ACCOUNT: """
        (van/op) (uw/je) (rekening/bankrekening/rekeningnummer), uw (rekening/bankrekening/rekeningnummer), gedomicilieerd,
        (via/per) domiciliering, domiciliering, van rekening, (sur/de) votre compte, votre compte, (preleve/prelevee/debite) (sur/du),
        prelevement automatique, (from/to/on) your (account/bank account), your (account/bank account), direct debit from,
        (von/auf) ihrem (konto/bankkonto), ihr konto, ihrem konto, lastschrift, eingezogen, (derden/derdengelden)+rekening,
        rekening derden, kwaliteitsrekening, rubriekrekening, rekening (klant/van de klant), klant+rekening, uw iban, votre iban,
        your iban, ihre iban, (compte/compte de) (tiers/client), compte rubrique, third party account, client account, escrow account,
        anderkonto, treuhandkonto, (van/vanaf) uw bankrekening, zichtrekening van de klant, wordt (geind/afgehouden/gedebiteerd),
        terugbetaald op, (teruggestort/terugstorten/terugbetaling) op, (rembourse/rembourser/verse/verserons) sur, refunded to, refund to,
        will be (debited/collected/charged) (from/), wird (von/abgebucht), abgebucht von, erstatten, europese domiciliering,
        sepa (domiciliering/mandaat/mandat/mandate/lastschrift/direct debit)
        """,
    Meaning.REFERENCE: """
        gestructureerde mededeling, (betaal/betalings)+(referentie/kenmerk), mededeling, met (de/) (vermelding/mededeling) (van/),
        vermelding, ogm, communication (structuree/), communication libre, reference de paiement, (avec la/) mention, vcs,
        structured (communication/reference), payment reference, remittance reference, communication, reference for payment,
        verwendungszweck, zahlungsreferenz, strukturierte mitteilung, mitteilung, referenz bitte bei zahlung angeben, gestruct mededeling,
        gestructureerde (referentie/mededeling), struct mededeling, mededeling (bij betaling/te vermelden/overschrijving),
        betaal (met/referte), betalings+(referte/mededeling/ref), (te vermelden/gelieve te vermelden) (bij betaling/),
        (met/onder) (vermelding/mededeling/referentie/kenmerk) (van/), referentie (betaling/bij betaling/te vermelden),
        communication (structuree a reprendre/a mentionner/a rappeler/du virement/de paiement), comm struct, comm structuree,
        communic structuree, reference (a rappeler/a mentionner/du paiement/du virement/paiement),
        (avec la/sous la) (communication/reference/mention) (structuree/), virement avec la communication,
        payment (ref/message/communication), bank reference, message, structured (message/comm), remittance (information/info),
        quote (reference/ref) when paying, please quote, with (reference/communication/message), ogm vcs, ogm code,
        zahlungs+(referenz/zweck), (strukturierte/mit der) (mitteilung/referenz/angabe), uberweisungs+(text/zweck), referenz der zahlung,
        bei zahlung (bitte/) angeben, kommunikation
        """,
    Meaning.SELLER: """
        leverancier, verkoper, van, afzender, uw leverancier, fournisseur, vendeur, emetteur, emis par, supplier, seller, vendor, sold by,
        from, issued by, issuer, lieferant, verkaufer, rechnungsersteller, rechnungssteller, leistungserbringer, aussteller,
        (naam/gegevens) leverancier, dienstverrichter, leveranciersgegevens, uitgereikt door, opgemaakt door, dienstverlener, aannemer,
        verhuurder, prestataire, prestataire de services, bailleur, entrepreneur, etabli par, coordonnees fournisseur, service provider,
        provider, merchant, payable to, remit to, auftragnehmer, dienstleister, vermieter, zahlungsempfanger, begunstigde, beneficiaire,
        beneficiary, creditor, payee
        """,
    Meaning.BUYER: """
        klant, klantgegevens, aan, voor, factuur aan, gefactureerd aan, facturatie+adres, factuur+adres, koper, afnemer, ter attentie van,
        client, adresse de facturation, facture a, facturer a, destinataire, acheteur, a l'attention de, preneur, coordonnees client,
        customer, bill to, billed to, billing address, bill to address, invoice to, invoiced to, sold to, buyer, client details, to,
        recipient, attn, kunde, kaufer, kaufer leistungsempfanger, rechnungsempfanger, leistungsempfanger, empfanger, rechnung an,
        rechnungsadresse, factuur voor, facturatie aan, factureren aan, facturatie+gegevens, factuur+gegevens, opdrachtgever, bouwheer,
        verkocht aan, (naam/gegevens) klant, klantnaam, klant en adres, bestemd voor, geadresseerde, debiteur, verzekeringnemer,
        verzekerde, huurder, gebruiker, gastheer, (maitre de l'ouvrage/maitre d'ouvrage), adresse a, vendu a, client facture, debiteur,
        preneur d'assurance, assure, locataire, nom du client, coordonnees du client, adresse client, commanditaire, facturee a,
        facture pour, identification du client, customer name, charge to, account holder, insured, policyholder, tenant, guest,
        guest name, billed company, invoice for, customer details, prepared for, auftraggeber, rechnung fur, kundenadresse, kundendaten,
        versicherungsnehmer, mieter, an, rechnungs anschrift, rechnungsanschrift, debitor
        """,
    Meaning.DELIVERY: """
        (leverings/lever/verzend/afleverings/werf/verbruiks)+(adres), geleverd aan, bestemmeling, plaats van levering, leveringspunt,
        adresse de livraison, livre a, lieu de livraison, livraison a, adresse de consommation, point de livraison, ship to,
        shipping address, delivery address, deliver to, delivered to, supply address, site address, liefer+adresse, lieferanschrift,
        warenempfanger, abweichender warenempfanger, leistungsadresse, lieferstelle, verbrauchsstelle
        """,
    Meaning.NAME: "naam, nom, name, bedrijfsnaam, raison sociale, firma",
    Meaning.REVERSE_CHARGE: """
        btw verlegd, verlegging van heffing, verlegging, btw verleggingsregeling, medecontractant, autoliquidation,
        tva due par le (preneur/cocontractant), cocontractant, reverse charge, reverse charged, vat reverse charged,
        vat to be accounted for, steuerschuldnerschaft des leistungsempfangers, steuerschuldnerschaft,
        btw (te voldoen door/verschuldigd door/te betalen door) (de/) (medecontractant/afnemer/klant/ontvanger/opdrachtgever), verlegd,
        verleggingsregeling, verlegging (btw/van btw/van de heffing), btw verlegging, medecontractanten, heffing verlegd, art 20 kb nr 1,
        artikel 20 kb nr 1, report de perception, tva (reportee/a acquitter par/a charge du) (le/) (cocontractant/preneur/client),
        autoliquidation de la tva, auto liquidation, tva autoliquidee, autoliquide, regime cocontractant, cocontractants, art 20 ar n 1,
        art 20 ar no 1, vat (reversed/to be paid by/due by/payable by) (the/) (recipient/customer/client), reverse charge mechanism,
        reverse vat charge, customer to account for vat, tax to be paid on reverse charge basis, subject to reverse charge,
        (steuerschuld/steuerschuldumkehr/umkehrung der steuerschuldnerschaft),
        (ubergang der steuerschuld/mwst verlagert/umkehr der steuerschuld), steuerschuldner ist der leistungsempfanger, steuerschuldner,
        verlagerung der mehrwertsteuer
        """,
    Meaning.INTRA_COMMUNITY: """
        intracommunautaire levering, intracommunautaire leveringen, livraison intracommunautaire, livraisons intracommunautaires,
        intra community supply, intra community, innergemeinschaftliche lieferung, steuerfreie innergemeinschaftliche lieferung, icl,
        intracommunautaire (verwerving/leverings/dienst/diensten/handeling), ic levering, vrijgesteld intracommunautaire levering,
        vrijgestelde intracommunautaire levering, exoneration livraison intracommunautaire, art 39 bis, article 39 bis, artikel 39bis,
        art 39bis, article 138, artikel 138, art 138, intra eu (supply/delivery), intra community (delivery/transaction),
        innergemeinschaftliche (leistung/lieferungen), ig lieferung, steuerfreie ig lieferung, livraison intra (communautaire/ue)
        """,
    Meaning.EXPORT: """
        vrijgesteld wegens uitvoer, uitvoer buiten de eu, exportation, export, ausfuhrlieferung, steuerfreie ausfuhrlieferung, uitvoer,
        vrijgesteld (uitvoer/export), exportlevering, vrijgesteld art 39, exoneration exportation, exempt export, exportation hors ue,
        export outside (the/) eu, ausfuhr, art 146, article 146, article 39 1
        """,
    Meaning.EXEMPT: """
        vrijgesteld van btw, vrijstelling van btw, vrijgestelde kleine onderneming, btw vrijgesteld,
        kleine onderneming onderworpen aan de vrijstellingsregeling, vrijstellingsregeling, niet onderworpen aan btw, exoneration de tva,
        exonere de (la/) tva, tva non applicable, franchise de taxe, regime (particulier/) de (la/) franchise, exonere, vat exempt,
        exempt from vat, vat exemption, not subject to vat, zero rated, no vat, umsatzsteuerbefreit, umsatzsteuerfrei, steuerfrei,
        keine umsatzsteuer, kleinunternehmer, vrijgesteld, vrijgesteld (van/) (b t w/belasting), bijzondere vrijstellingsregeling,
        geen btw (verschuldigd/aangerekend/van toepassing), btw niet van toepassing, niet btw plichtig, btw vrijgestelde handeling,
        vrijgestelde handeling, artikel 44, art 44, art 56bis, artikel 56bis, art 56 bis, artikel 56 bis, exempte de tva, exempt de tva,
        exoneree de tva, non assujetti (a la tva/), non soumis a la tva, petite entreprise soumise au regime de la franchise (de taxe/),
        regime de la franchise (de taxe/), franchise de la taxe, article 44, tva non due, pas de tva, tva non applicable,
        vat not applicable, vat exempted, outside the scope of vat, outside scope of vat, no vat charged, vat free, out of scope,
        not liable to vat, von der (mwst/mehrwertsteuer/umsatzsteuer) befreit, mwst befreit, mwst frei, befreit von (der/) mwst,
        kleinunternehmerregelung, steuerbefreit, nicht steuerbar, (netto/bruto/jaar/basis/kwartaal)+premie, premie+(taks/taksen),
        (taks/taksen) en bijdragen, prime (nette/brute/annuelle/de base), taxes et (cotisations/contributions), nettopramie,
        versicherung+steuer, insurance premium tax, premium tax, ipt
        """,
    Meaning.UNTAXED: """
        debours, deboursement, gerechtskosten, voorgeschoten kosten, niet aan btw onderworpen,
        niet (btw plichtige/belastbare) (kosten/bedragen/diensten/), vrij van btw, buiten (toepassing/toepassingsgebied) (van/) (de/) btw,
        buiten (btw heffing/btw), zonder btw aangerekend, diensten van derden, betaaldiensten (van derden/), (kosten/uitgaven) zonder btw,
        frais (exposes/avances/de justice), hors champ tva, hors (champ/champ d'application) (de la/) tva, non (soumis/soumise/soumises),
        (non soumise/non soumises) a (la/) tva, non soumis a tva, (services/frais) de tiers, non taxable, hors base,
        disbursements, disbursement, disbursed, (not subject/not liable) to tax, outside (vat/the scope), third party services,
        non taxable (amount/items/charges/), (city/tourist) tax, taxe de (sejour/ville), verblijfstaks, toeristentaks, ortstaxe,
        auslagen, durchlaufende posten, nicht (steuerpflichtig/umsatzsteuerpflichtig), (leistungen/dienste) dritter,
        gerichtskosten, registratierechten, droits d'enregistrement, leeggoed, leeggoed (uit/terug/geleverd/teruggenomen), statiegeld,
        vidange, vidanges, consigne, consignes, (vidanges/consignes) (livrees/reprises), pfand, leergut, deposit refund
        """,
    Meaning.OTHER: """
        (klant/klanten/order/bestel/bestelbon/lever/leverings/leveringsbon/dossier/contract)+(nummer/nr/no/datum/code/ref/referentie),
        (project/artikel/serie/polis/aansluitings/meter/offerte/relatie)+(nummer/nr/no/datum/code/ref/referentie),
        (lid/pagina/kamer/telefoon/tel/fax/werf/fiscaal)+(nummer/nr/no/code/ref/referentie),
        (klant/klanten/uw/onze) (referentie/ref/kenmerk), referentie, onze referentie, uw ref, besteld op, bestelling, bestelldatum,
        bestelbon, uw bestelling, levering, leverings+(datum/adres nr), lever datum, datum (levering/bestelling/van levering/bestelbon),
        geboortedatum, begindatum, startdatum, einddatum, periode, orderdatum, afdrukdatum, printdatum, verzenddatum, betaald op,
        ontvangen op, (no/n/numero/num) (client/de client/commande/de commande/de contrat/bon de livraison),
        (no/n/numero/num) (de dossier/d'affaire/de compteur/de telephone/de ligne), ref client, reference client, code client,
        client (no/n/numero/id/code), id client, (votre/vos/notre/nos) (reference/ref/commande/numero de commande),
        commande (no/n/numero/), bon de commande, bon de livraison,
        date de (livraison/commande/naissance/debut/fin/prestation/la commande), date (livraison/commande), periode de facturation,
        periode,
        (customer/order/purchase order/po/delivery/delivery note/contract/account/project) (number/no/id/code/ref/reference/date),
        (client/quote/tracking/serial/job/reservation/booking) (number/no/id/code/ref/reference/date), your reference, our reference,
        your ref, our ref, order, order ref, delivery date, date of (supply/delivery/birth), ship date, shipping date, shipment date,
        tax point, billing period, service period, period, despatch notice, payment terms, payment method, statement date,
        vorderingsstaat, vorderingsstaat (nr/no),
        (kunden/bestell/auftrags/auftrag/lieferschein/vertrags/liefer/leistungs/projekt/artikel)+(nummer/nr/datum),
        (lieferavis/ursprungsbeleg/reklamations/steuer/handelsregister/seiten/mitglieds)+(nummer/nr/datum), ihre auftragsnummer,
        ihr zeichen, unser zeichen, liefer und leistungsdatum, lieferdatum, leistungs datum, bestell datum, lieferschein datum,
        auftrag datum lief, abrechnungszeitraum, leistungszeitraum, lieferzeitraum, kunden nr, referenz, ihre referenz, weitere referenz,
        referenz des kaufers, druckdatum, bestellung vom, gemass bestellung, geburtsdatum, buchungsreferenz, globale nummer, korting,
        kortingen, voorschot, voorschotten, reeds betaald, betaald, verzendkosten, transport, portkosten, eenheidsprijs, prijs,
        prijs per stuk, prijs incl btw, prijs excl btw, btw tarief, btw code, remise, acompte, deja paye, frais de port, prix,
        prix unitaire, prix unitaire ht, prix ht, taux, taux tva, escompte, capital, au capital de, montant unitaire, total lignes,
        montant du prelevement, discount, prepaid amount, prepaid, paid, already paid, unit price, unit price excl vat, price,
        line total amount, rounding, rounding amount, shipping, total price, line amount, line amount excl vat, vat rate, tax rate,
        vat identifier, vat clause, total quantity, total discount, rabatt, skonto, anzahlung, anzahlungen, erhaltene anzahlungen,
        bereits bezahlt, vorausbezahlter betrag, versandkosten, einzelpreis, gesamtpreis, nettopreis, bruttopreis, positionssumme,
        gesamtbetrag der (zuschlage/abschlage), warenwert, steuersatz, ust satz, stuckpreis, bruttolistenpreis, summe waren,
        factuur voorwaarden, facture (payable/a regler), invoice (summary/address/period/currency), rechnung (zu stellen),
        gemass rechnung, this invoice, deze factuur, cette facture, dieser rechnung, diese rechnung, die rechnung, wahrung,
        rechnungswahrung, in rechnung, je factuur, votre facture, uw factuur, refers to invoice, to invoice, invoice to pay,
        for this invoice period, from invoice date, of invoice, van deze factuur, (op/bij/over) (de/) factuur, sur la facture, la facture,
        mention du numero de facture, total pages, algemene voorwaarden, conditions generales, tva collectee, bic, swift, tel, telefoon,
        telephone, phone, fax, email, e mail, gsm, kvk, siret, siren, gln, gtin, hrb,
        (werkorder/werkbon/werkopdracht/kaart/tankkaart/vergunnings/erkennings/registratie/mandaat)+(nummer/nr/no/n/code/id/ref/referte),
        (transactie/vestigings/rit/leveranciers/nummerplaat/chassis/sms/ean/gsm)+(nummer/nr/no/n/code/id/ref/referte),
        (tafel/kassa/terminal/auth/autorisatie/boete/pv/ritnummer/zending)+(nummer/nr/no/n/code/id),
        (colli/lot/batch/abonnement/afname/aankoop/betaling/apparaat/kas)+(nummer/nr/no/n/code/id),
        (kwijting/polis/dossier/schade/rijksregister/inschrijvings)+(nummer/nr/no/n/code/id/ref),
        (aanvraag/reserverings/boekings/bestek/vordering)+(nummer/nr/no/n/code/id/ref),
        datum (werkorder/aankoop order/bestel/offerte/afdruk/vorige factuur/opname/rit/kwijting/domicilie), wo datum, dat wo, werkorder,
        werkbon, (offerte/bestel/leverings/prestatie/opname/meteropname/schade/rit)+datum,
        (aankomst/vertrek/aanvangs/ingangs/boekings/huur/start/eind)+datum, verbruiksperiode, factuurperiode, facturatieperiode,
        afrekeningsperiode, van tot, geldig (tot/van/vanaf), datum (eerste/1e) ingebruikname, ean, ean code, ean elektriciteit, ean gas,
        polis+(nr/nummer/), meterstand, nummerplaat, nrplaat, kenteken, chassis, klant id, klantcode, klantref,
        uw (bestelnummer/ordernummer/klantnummer/referte/dossier/order/contract), onze (referte/ref nr),
        ons (kenmerk/dossier/ordernummer), referte, ref, uw kenmerk, v ref, n ref, o ref, u ref, mandaatreferte, mandaat,
        referentie mandaat, schuldeiser, identificatie schuldeiser, schuldeisersnummer, fsma, rsz nr, erkenningsnr, vsc,
        vestigingseenheid, vestigings+(nummer/nr), kmo, riziv, riziv nr, inami, wisselgeld, terug, teruggave, contant ontvangen, gegeven,
        ontvangen, afronding, afrondingsverschil, fooi, (bon/ticket) (bestelling/levering), leveringsbon, leverbon, pakbon, vrachtbrief,
        cmr, vorige (factuur/afrekening/saldo), vorig saldo, herinneringskosten, interest, nieuw voorschot, voorschotbedrag,
        (aangerekende/gefactureerde/betaalde/reeds aangerekende/reeds gefactureerde) voorschotten, reeds betaalde voorschotten,
        uw voorschotten, (totaal/total) (korting/kortingen/remise/remises/remise accordee/uren/aantal/colli/gewicht/km),
        (totaal/total) (liter/kg/punten/artikelen/articles/items/stuks/kwh/verbruik), (korting/remise) (contant/comptant),
        financiele korting, bij contante betaling, totaal (kaart/bestelling/lijn/regel/taksen/kosten), subtotaal (kaart/voertuig),
        verbruik, milieubijdrage, recupel, bebat, auvibel, dagprijs, stukprijs,
        prijs stuk, prijs liter, prijs eenheid, bedrag lijn, openstaande facturen, nieuw maandbedrag, maandelijks voorschot,
        vast voorschot, belastbaar loon, (creditnota/factuur) (betreft/m b t), betreft factuur, betreffende factuur, betreft, inzake,
        correctie op factuur, m b t factuur, applies to, applied to, toegepast op, verwijst naar, s'applique a, se rapporte a,
        bezieht sich auf, credit of invoice, facture de reference, corrige la facture, annule et remplace,
        (no/n/num/numero) (de/du/d'/de la/) (bon/carte/police/contrat/dossier/chassis/plaque/devis/mandat/reference/ticket client),
        (no/n/num/numero) (de/du/d'/de la/) (table/caisse/terminal/offre/ordre/abonnement),
        (no/n/num/numero) (de/du/d'/de la/) (affiliation/plan/facture d'origine/agrement/enregistrement),
        (no/n/num/numero) (de/du/d'/de la/) (onss/unite d'etablissement/serie/lot/article/rue/chambre/reservation/membre), police,
        police no, contrat, chantier, plaque, immatriculation, v reference, n reference, v ref, vref, nref, notre dossier,
        votre dossier, nos references, vos references,
        votre (client/no client/numero de client/commande no/bon de commande/reference client),
        date (de/d'/du) (echeance du contrat/arrivee/depart/devis/bon/prestation/releve/expedition/debut de contrat/reception),
        periode (du/de consommation/de prestation), date (d'impression/d'arrivee/de depart/de releve/du devis/du bon/d'expedition/devis),
        mandat, identifiant creancier, ics, rum, rendu, recu, especes recues, arrondi, pourboire, montant (precedent/facture precedente),
        solde (precedent/anterieur), acomptes, acomptes factures, avance, avances, interets, rappel, remises, ristourne,
        total (lignes ht/heures/kg/km/litres/points/remises), (concerne/concernant/relatif a/relative a) (la/) facture,
        facture (d'origine/initiale/concernee/du client), annule la facture,
        (card/vehicle/mandate/terminal/authorization)+(number/no/nr/id/code/ref/reference/date), transaction (number/no/nr/id/code/ref),
        (authorisation/approval/auth/registration/licence)+(number/no/nr/id/code/ref/reference/date),
        (license/policy/meter/site/vendor/supplier/check in/check out/table/receipt to/room)+(number/no/nr/id/code/ref/reference/date),
        (booking/shipment/parcel/case/matter/file)+(number/no/nr/id/code/ref/reference/date),
        (service/subscription/order form/estimate/statement)+(number/no/nr/id/code/ref/reference/date), arrival, arrival date, departure,
        departure date, check in, check out, previous (balance/invoice), change, change due, cash received, tendered, tip,
        rounding difference, next (invoice/billing) date, renewal date, valid until, period of service, supply date, tax date,
        date of (order/arrival/departure/service/delivery/shipment/expiry/birth), mandate, matter, our file, purchase order, po,
        (original/related/corrected) invoice, invoice (corrected/references), relating to invoice, against invoice, credit for invoice,
        (unit/list) price, qty, quantity, hours, rate, previous payments, payments received, payment received, payments, less payments,
        deposit, deposits, deposit paid, total (hours/quantity/discounts/savings/items/paid/units/weight), you saved, savings, saved,
        (zahler/police/policen/versicherungsschein/mandats/glaubiger/transaktions/terminal)+(nummer/nr/id/datum),
        (kassen/tisch/beleg bezug/fahrzeug/kennzeichen/zimmer/reservierungs/buchungs)+(nummer/nr/id/datum),
        (angebots/sendungs/lieferanten/bau/baustellen/mandanten/aktenzeichen/reise)+(nummer/nr/id/datum), ursprungsrechnung, zu rechnung,
        bezug rechnung, zur rechnung, rechnungsbezug, betrifft rechnung, aktenzeichen, unser zeichen, baustelle, anreise, abreise,
        anreisedatum, abreisedatum, ruckgeld, gegeben, wechselgeld, trinkgeld, rundung, gesamt (rabatt/stunden/gewicht/menge),
        abschlagszahlung, abschlage, bisherige zahlungen, zahlung erhalten, saldo vorher, vorheriger saldo, mahngebuhren, zinsen,
        zahlungsbedingungen, zahlungsart, betalingsvoorwaarden, betalingswijze, betaalwijze, conditions de paiement, mode de paiement,
        moyen de paiement, betalingscondities, betalingsconditie, leveringsvoorwaarden, incoterm, incoterms, eori, rcs, ape, naf,
        capital social, maatschappelijk kapitaal, handelsregister, amtsgericht, steuernummer, steuer nr, bank, blz, plz, postbus, bp, bus,
        boite, btw plichtig, gelieve (het/) factuurnummer te vermelden, mention de la facture, met vermelding van (het/) factuurnummer,
        onder vermelding van (het/) factuurnummer, quote invoice number, verantwoordelijke uitgever, btw tarieven, aantal, hoeveelheid,
        omschrijving, designation, description, libelle, article, artikel, quantite, bezeichnung, menge
        """,
}


def phrases() -> dict[tuple[str, ...], Meaning]:
    """Every phrase, as its words, with its meaning."""
    return {tuple(phrase.split()): meaning for phrase, (meaning, *_) in meanings_of_phrases().items()}


def meanings_of_phrases() -> dict[str, list[Meaning]]:
    """Every phrase with its meaning: there should be one."""
    found: dict[str, list[Meaning]] = {}
    for meaning, text in _PHRASES.items():
        for phrase in {phrase for written in _split(text) for phrase in _expand(written) if phrase}:
            found.setdefault(phrase, []).append(meaning)
    return found


def _split(text: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in text.split(",")]


def _expand(written: str) -> set[str]:
    """All the ways to write a phrase: alternatives in brackets, and `+` with and without a space."""
    parts = [part.strip("()").split("/") if part.startswith("(") else [part] for part in re.findall(r"\([^)]*\)|[^()]+", written)]
    expanded = ["".join(choice) for choice in product(*parts)]
    joined = [text.replace("+", glue) for text in expanded for glue in ("", " ")]
    return {" ".join(text.replace("'", " ").split()) for text in joined}
