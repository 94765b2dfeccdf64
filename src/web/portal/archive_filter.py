"""The filters of the archive: as texts in the address, as values for the question, as pills on the screen."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from application.history import TYPES
from projections.archive import ArchiveFilter
from web import formats
from web.listing import Listing, Pill
from web.translations import _, translate

if TYPE_CHECKING:
    from collections.abc import Iterator


class ArchiveListing(Listing, frozen=True, kw_only=True):
    """The archive as an address asks for it, every filter as it was typed. `q` is the text on the page."""

    party: str = ""
    number: str = ""
    journal: str = ""
    paid: str = ""
    credit: str = ""
    date_from: str = ""
    date_to: str = ""
    amount_from: str = ""
    amount_to: str = ""
    misc_type: str = ""


FILTERS = ("misc_type", "q", "party", "number", "journal", "period", "paid", "credit", "date_from", "date_to", "amount_from", "amount_to")
PERMANENT = "permanent"
"""The tab of the permanent file: miscellaneous documents that belong to it."""
CREDIT = {"only": True, "none": False}
PAID_WORDS = {"yes": _("Betaald"), "partly": _("Deels betaald"), "no": _("Niet betaald")}
CREDIT_WORDS = {"only": _("Alleen creditnota’s"), "none": _("Zonder creditnota’s")}


def given(listing: ArchiveListing) -> tuple[ArchiveFilter, dict[str, str]]:
    """What is asked for, and for each filter that cannot be read the (marked) sentence that says so."""
    wrong: dict[str, str] = {}

    @contextmanager
    def reading(name: str, sentence: str) -> Iterator[None]:
        try:
            yield
        except ValueError:
            wrong[name] = sentence

    values: dict[str, Any] = {}
    for name in ("date_from", "date_to"):
        with reading(name, _("Dit is geen datum. Schrijf ze als 31/12/2026.")):
            values[f"invoice_{name}"] = formats.read_date(getattr(listing, name))
    for name in ("amount_from", "amount_to"):
        with reading(name, _("Dit is geen bedrag. Schrijf het als 1.234,56.")):
            values[name] = formats.read_amount(getattr(listing, name))
    wanted = ArchiveFilter(
        text=listing.q,
        party=listing.party,
        number=listing.number,
        journal=listing.journal,
        period=listing.period,
        paid=listing.paid if listing.paid in PAID_WORDS else "",
        credit_note=CREDIT.get(listing.credit),
        misc_type=listing.misc_type if listing.tab in ("misc", PERMANENT) else "",
        permanent=True if listing.tab == PERMANENT else None,
        **values,
    )
    return wanted, wrong


def pills(listing: ArchiveListing, wrong: dict[str, str], language: str) -> list[Pill]:
    """The filters that count, in the order of the form."""
    words = {
        "q": ("“{value}”", listing.q),
        "party": (_("Tegenpartij: {value}"), listing.party),
        "number": (_("Nummer: {value}"), listing.number),
        "journal": (_("Dagboek {value}"), listing.journal),
        "period": (_("Periode {value}"), formats.period(listing.period) if _is_period(listing.period) else listing.period),
        "paid": ("{value}", translate(PAID_WORDS.get(listing.paid, ""), language) if listing.paid in PAID_WORDS else ""),
        "credit": ("{value}", translate(CREDIT_WORDS.get(listing.credit, ""), language) if listing.credit in CREDIT_WORDS else ""),
        "misc_type": ("{value}", translate(TYPES.get(listing.misc_type, listing.misc_type), language) if listing.misc_type else ""),
        "date_from": (_("Factuurdatum van {value}"), listing.date_from),
        "date_to": (_("Factuurdatum tot {value}"), listing.date_to),
        "amount_from": (_("Bedrag van € {value}"), listing.amount_from),
        "amount_to": (_("Bedrag tot € {value}"), listing.amount_to),
    }
    return [
        Pill(translate(sentence, language, value=value), listing.but(**{name: ""}))
        for name, (sentence, value) in words.items()
        if value and name not in wrong
    ]


def _is_period(text: str) -> bool:
    year, _dash, month = text.partition("-")
    return year.isdecimal() and month.isdecimal()
