"""What the reasons of a validation state say, in the language of whoever reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from application.recognition.reading_warnings import SENTENCES as READ
from domain.validation import Code, Reason
from web import formats
from web.translations import _, translate

FIELDS = {
    "tegenpartij": _("tegenpartij"),
    "factuurnummer": _("factuurnummer"),
    "factuurdatum": _("factuurdatum"),
    "boekperiode": _("boekperiode"),
    "dagboek": _("dagboek"),
    "totaal": _("totaal"),
    "wisselkoers": _("wisselkoers"),
    "rekening": _("rekening"),
    "btw-code": _("btw-code"),
}
"""Mandatory fields by their Dutch name, marked for translation."""

SENTENCES: Mapping[str, str] = {
    Code.OCR: _("De herkenning is vastgelopen op dit bestand: herken het opnieuw, of vul het voorstel zelf aan."),
    Code.EMPTY: _("Geen enkel verplicht gegeven werd herkend. Vul het voorstel zelf aan."),
    Code.OF_E_INVOICE: _("Dit is de pdf van een elektronische factuur in dit dossier: ze wordt niet nog eens geboekt."),
    Code.MISSING: _("Nog in te vullen: {fields}."),
    Code.LINES_DIFFER: _("De lijnen zijn samen niet gelijk aan het totaal: verschil {difference}."),
    Code.DOUBLE: _("Lijkt op een andere factuur in dit dossier: kijk na of ze niet dubbel is."),
    Code.PAGE_OF_THIS: _("De pdf van deze elektronische factuur kwam ook binnen."),
    Code.SAME_FILE: _("Hetzelfde bestand werd al eerder aangeleverd."),
    Code.BREAKS_RULES: _("De e-factuur schendt verplichte regels van haar norm: {count}."),
    Code.AGAINST_ADVICE: _("De e-factuur volgt aanbevelingen niet: {count}."),
    Code.OWN_VAT: _("Het btw-nummer van de tegenpartij is dat van het dossier zelf."),
    Code.IBAN_OTHER: _("Ander rekeningnummer dan gekend: {known}."),
    Code.IBAN_NEW: _("Nieuw rekeningnummer voor deze tegenpartij."),
    Code.SUM_DIFFERS: _("Bedrag zonder btw en btw zijn samen niet het totaal: verschil {difference}."),
    Code.VAT_DIFFERS: _("De btw van code {code} is niet {rate} % van de maatstaf: verschil {difference}."),
    Code.RATE_OF_OTHER_TIME: _("Een btw-tarief van {rate} % bestond niet op {date}."),
    Code.DATE_IN_FUTURE: _("De factuurdatum valt na de dag waarop ze binnenkwam."),
    Code.DATE_YEAR_OFF: _("De factuurdatum valt meer dan een jaar buiten boekperiode {period}."),
    Code.DATE_AFTER_PERIOD: _("De factuurdatum valt na boekperiode {period}."),
    Code.DATE_BEFORE_PERIOD: _("De factuurdatum valt voor boekperiode {period}."),
    Code.DUE_BEFORE_DATE: _("De vervaldatum valt voor de factuurdatum."),
    Code.NUMBER_GAP: _("Tussen {number} en dit nummer ontbreken verkoopfacturen."),
    Code.NUMBER_ORDER: _("Verkoopfactuur {number} heeft een lager nummer en een latere datum: {date}."),
    Code.CURRENCY_UNKNOWN: _("Munt {currency} is niet gekend."),
    Code.RATE_UNKNOWN: _("Geen koers van {currency} gekend voor {date}: vul ze in, of lees de koersen van de ECB in."),
    Code.RATE_OLD: _("De koers van {currency} is die van {date}: die van {wanted} is nog niet gekend."),
    Code.RATE_FAR: _("De koers van {currency} is {per_euro}, en de ECB publiceerde {published}: kijk ze na."),
    Code.REFERENCE_WRONG: _("De controlecijfers van de mededeling kloppen niet."),
    Code.NEW_PARTY: _("De tegenpartij is nieuw en wordt aangemaakt bij het nakijken."),
    Code.SUSPENSE: _("Minstens één lijn staat op de wachtrekening."),
    Code.GIVEN: "{reason}",
}
READ_FIELDS = {
    "issuer_name": _("naam van de leverancier"),
    "issuer_vat": _("btw-nummer van de leverancier"),
    "buyer_name": _("naam van de koper"),
    "buyer_vat": _("btw-nummer van de koper"),
    "invoice_number": _("factuurnummer"),
    "issue_date": _("factuurdatum"),
    "due_date": _("vervaldatum"),
    "currency": _("munt"),
    "total_incl": _("totaal"),
    "total_excl": _("bedrag zonder btw"),
    "vat": _("btw"),
    "iban": _("rekeningnummer"),
    "payment_reference": _("mededeling"),
}
"""Recognised fields by name, marked for translation."""
UNNAMED = _("De herkenning vond iets om na te kijken: {code}.")


def sentence_of(reason: Reason, language: str) -> str:
    """The reason in a language, its values written as people here write them."""
    sentence = SENTENCES.get(reason.code) or READ.get(reason.code)
    if sentence is None:
        return translate(UNNAMED, language, code=reason.code)
    return translate(sentence, language, **{name: _written(name, value, language) for name, value in reason.values.items()})


def sentences_of(reasons: Iterable[Reason], language: str) -> str:
    """All reasons in a row: for hovering, and for who cannot see."""
    return " ".join(sentence_of(one, language) for one in reasons)


def _written(name: str, value: Any, language: str) -> str:
    how = _HOW.get(name)
    if name == "field":
        return translate(READ_FIELDS.get(value, value), language)
    if name == "fields":
        return ", ".join(translate(FIELDS.get(field, field), language) for field in value)
    return how(value) if how else formats.as_read(str(value))


_HOW: Mapping[str, Callable[[Any], str]] = {
    **dict.fromkeys(("difference", "computed", "said", "total", "base"), formats.amount),
    **dict.fromkeys(("due", "issued"), formats.date),
    **dict.fromkeys(("per_euro", "published"), formats.rate),
    "date": formats.date,
    "wanted": formats.date,
    "rate": lambda rate: f"{Decimal(rate).normalize():f}".replace(".", ","),
    "known": lambda ibans: ", ".join(map(formats.iban, ibans)),
}
