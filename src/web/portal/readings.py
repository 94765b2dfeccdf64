"""What was recognised on a document, as the fields beside it show it: formatted, with its certainty and its place on the page."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from domain.document import Mailbox
from domain.structured_communication import format_payment_reference
from web import formats
from web.seen import Seen, seen
from web.translations import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.document import DocumentRecognised


class Shown(NamedTuple):
    """One field: marked label, width in twelfths, the value as written here (empty: not found), and how it was read."""

    name: str
    label: str
    width: int
    text: str
    reading: Seen | None
    amount: bool = False


def _amount(value: str) -> str:
    with suppress(InvalidOperation):
        return formats.amount(Decimal(value))
    return value


def _date(value: str) -> str:
    with suppress(ValueError):
        return formats.date(date.fromisoformat(value))
    return value


_FIELDS: tuple[tuple[str, str, int, Callable[[str], str]], ...] = (
    ("invoice_number", _("Factuurnr."), 4, str),
    ("issue_date", _("Factuurdatum"), 4, _date),
    ("due_date", _("Vervaldatum"), 4, _date),
    ("total_incl", _("Totaal"), 4, _amount),
    ("total_excl", _("Excl. btw"), 4, _amount),
    ("vat", _("Btw"), 4, _amount),
    ("iban", _("Rekeningnummer"), 6, formats.iban),
    ("payment_reference", _("Mededeling"), 6, format_payment_reference),
)


def shown(found: DocumentRecognised | None, mailbox: Mailbox) -> list[Shown]:
    """The fields in the order they are shown; the other party of a sales invoice is its buyer."""
    values = {one.field: one for one in (*found.fields, *found.private_fields)} if found else {}
    sold = mailbox == Mailbox.SALES
    side, label = ("buyer", _("Klant")) if sold else ("issuer", _("Leverancier"))
    wanted: tuple[tuple[str, str, int, Callable[[str], str]], ...] = (
        (f"{side}_name", label, 7, str),
        (f"{side}_vat", _("Btw-nummer"), 5, formats.vat),
        *_FIELDS,
    )
    fields = []
    for name, words, width, write in wanted:
        one = values.get(name)
        fields.append(Shown(name, words, width, write(one.value) if one else "", seen(one) if one else None, write is _amount))
    return fields
