"""What a form sent, read field by field; a field that cannot be read is named in the refusal."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from litestar import Request

from web.errors import BadInput
from web.formats import read_amount
from web.translations import _

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 2000
"""Characters of a text field: free text on our screens is shorter."""


CONTROLS = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {ord(sign) for sign in "\t\n\r"})


def written(value: str) -> str:
    """What a person can have written: without control characters (NUL no database keeps as text), but for tabs and ends of lines."""
    return value.translate(CONTROLS)


class Form:
    """The fields of one request by name. Texts come without spaces around them; a missing field is an empty one."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self._fields = fields

    @property
    def names(self) -> list[str]:
        """The names of all fields that came."""
        return list(self._fields)

    def text(self, name: str) -> str:
        """The text of a field."""
        found = written(self._fields.get(name, [""])[0]).strip()
        if len(found) > LONGEST:
            raise BadInput(name, _("Dit is te lang."))
        return found

    def texts(self, name: str) -> list[str]:
        """All values of a field that may come more than once."""
        return [written(value).strip() for value in self._fields.get(name, [])]

    def secret(self, name: str) -> str:
        """A password: every sign counts, also spaces."""
        return self._fields.get(name, [""])[0]

    def flag(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.text(name))

    def ids(self, name: str = "id") -> list[UUID]:
        """The selected things."""
        try:
            return [UUID(value) for value in self.texts(name)]
        except ValueError as wrong:
            raise BadInput(name, _("Deze keuze bestaat niet.")) from wrong

    def id(self, name: str) -> UUID | None:
        """One chosen thing, or None."""
        return next(iter(self.ids(name)), None) if self.text(name) else None

    def amount(self, name: str) -> Decimal | None:
        """An amount as typed (`1.234,56`), None when empty."""
        try:
            return read_amount(self.text(name))
        except ValueError as wrong:
            raise BadInput(name, _("Dit is geen bedrag. Schrijf het als 1.234,56.")) from wrong

    def date(self, name: str) -> dt.date | None:
        """A date as typed (`31/12/2026`) or chosen (ISO), None when empty."""
        text = self.text(name)
        if not text:
            return None
        for pattern in ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y"):
            try:
                return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a date has no zone
            except ValueError:
                continue
        raise BadInput(name, _("Dit is geen datum. Schrijf ze als 31/12/2026."))


async def provide_form(request: Request[Any, Any, Any]) -> Form:
    """The dependency `form`."""
    sent = await request.form()
    return Form({name: [value.replace("\0", "") for value in sent.getall(name) if isinstance(value, str)] for name in set(sent)})
