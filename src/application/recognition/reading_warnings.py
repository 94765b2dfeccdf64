"""What a warning about a reading says. A warning is for a person to look at; it blocks nothing."""

from __future__ import annotations

from application.marking import _
from application.recognition.reading import ReadWarning

SENTENCES = {
    "page-differs": _("{field}: op de pagina staat {page}, in de XML {xml}."),
    "xml-unreadable": _("De XML in deze PDF kan niet gelezen worden; de gegevens komen van de pagina."),
    "xml-misnamed": _("De XML in deze PDF heet “{name}” en niet zoals de norm het vraagt."),
    "xml-unrelated": _("De PDF zegt niet dat haar XML de gegevens van de factuur zijn."),
    "xml-undeclared": _("De PDF zegt niet dat ze een Factur-X-factuur is, maar er zit er een in."),
    "xml-other-profile": _("De PDF meldt het profiel {declared}, de XML erin {profile}."),
    "xml-several": _("In deze PDF zitten {count} facturen in XML; de eerste is gelezen."),
    "check-digit": _("{field}: {value} kan niet juist zijn, de controlecijfers kloppen niet."),
    "total-differs": _("Totaal zonder btw en btw zijn samen {computed}, maar het totaal is {said}."),
    "lines-differ": _("De lijnen zijn samen {computed}, maar het totaal zonder btw is {said}."),
    "bases-differ": _("De bedragen per btw-tarief zijn samen {computed}, maar het totaal zonder btw is {said}."),
    "vat-differs": _("De btw per tarief is samen {computed}, maar de btw van de factuur is {said}."),
    "rate-differs": _("{rate} % btw op {base} is {computed}, maar de factuur rekent {said}."),
    "due-differs": _("Volgens de optelling is {computed} te betalen, maar de factuur vraagt {said}."),
    "due-not-total": _("Te betalen is {said}, niet het totaal van {total}."),
    "due-before-issue": _("De vervaldag {due} valt voor de factuurdatum {issued}."),
    "self-billed": _("Opgemaakt door de koper ({buyer}) in naam van de verkoper."),
    "corrects": _("Verbetert factuur {number}: kijk na of die al geboekt is."),
    "direct-debit": _("Wordt door de leverancier geïnd via domiciliëring: niet zelf betalen."),
    "other-payee": _("Te betalen aan {payee}, niet aan de leverancier zelf."),
}
"""By code. `{field}` is a name of `XML_FIELD_NAMES`, to be shown under its label; amounts and dates are written as in the fields."""


def warning(code: str, **values: object) -> ReadWarning:
    """A warning whose sentence exists, with a value for each of its places."""
    said = ReadWarning(code=code, values={name: str(value) for name, value in values.items()})
    SENTENCES[code].format(**said.values)
    return said
