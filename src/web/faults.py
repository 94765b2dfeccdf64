"""The rules an electronic invoice breaks, in the language of whoever reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from application.validating import Fault, faults_of
from web import formats
from web.translations import _, translate

if TYPE_CHECKING:
    from domain.document import DocumentValidated


class ShownFault(msgspec.Struct, frozen=True, kw_only=True):
    """One broken rule: what it says, the rule's id, and where in the file."""

    rule: str
    fatal: bool
    text: str
    places: tuple[str, ...]


def shown(validation: DocumentValidated | None, language: str) -> list[ShownFault] | None:
    """What the rules found; an empty list: nothing. None: the invoice was not judged."""
    if validation is None:
        return None
    return [
        ShownFault(rule=one.rule, fatal=one.fatal, text=text_of(one, language), places=one.places) for one in faults_of(validation.broken)
    ]


def text_of(one: Fault, language: str) -> str:
    """The sentence, its amounts and dates as written here."""
    values = {name: formats.as_read(value) if type(value) is str else value for name, value in one.values.items()}
    return translate(one.sentence, language, **values)


def line_of(one: Fault, language: str) -> str:
    """The same on a line of its own, with the rule and whether it must be kept."""
    return f"{one.rule} ({translate(MUST if one.fatal else ADVISED, language)}): {text_of(one, language)}"


MUST, ADVISED = _("verplicht"), _("aanbevolen")
