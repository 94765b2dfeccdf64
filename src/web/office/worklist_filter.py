"""What the worklist shows: filters, sort, columns and length of a page, as texts in the address and as values for the question."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from domain.validation import ValidationState
from projections.worklist import STATES, Narrowed, Tab
from web import formats
from web.listing import PAGE, Listing, Pill
from web.office.worklist_rows import BADGES
from web.translations import _, translate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from litestar import Request

QUICK = {
    "": _("Alles"),
    "unchecked": _("Niet nagekeken"),
    "no_party": _("Geen tegenpartij"),
    "zero": _("Bedrag is 0"),
    "double": _("Dubbel"),
    "date_after_period": _("Datum > periode"),
    "help": _("Hulp gevraagd"),
    "late": _("Inbreuk op SLA"),
    "asked": _("Wacht op antwoord"),
    "answered": _("Antwoord gekregen"),
}
"""Quick filter → name, in order."""
SOMETIMES = ("help", "late", "asked", "answered")
"""Those that are offered only where they hold something."""
SOURCES = {"AIR": _("Gelezen van het document (AIR)"), "UBL": _("Elektronische factuur (UBL)")}
COLUMNS = {
    "source": _("Type"),
    "journal": _("Dagb."),
    "date": _("Factuurdatum"),
    "period": _("Periode"),
    "number": _("Factuurnr."),
    "party": _("Tegenpartij"),
    "account": _("Grootboekrekening"),
    "vat": _("Btw %"),
    "total": _("Totaal (€)"),
    "processed": _("Verwerkt"),
    "sla": _("SLA"),
    "pages": _("Blz."),
    "remark": _("Opmerking"),
    "certainty": _("Zeker"),
    "state": _("Validatie"),
}
"""Column → its head, in order."""
ALWAYS = ("number", "state")
"""Columns without which a row cannot be opened or judged."""
SIZES = (25, 50, 100, 200)
FILTERS = ("quick", "q", "period", "state", "source", "date_from", "date_to", "amount_from", "amount_to")
NOTHING_HIDDEN = "-"


class WorklistListing(Listing, frozen=True, kw_only=True):
    """The worklist as an address asks for it, every filter as it was typed. `hide` are columns apart from each other by commas.

    `kept_size`, `kept_hide`: what counts when the address says nothing of it; `promised`: some row has a day on which it must be done.
    """

    aside: ClassVar[tuple[str, ...]] = ("path", "kept_size", "kept_hide", "promised")
    state: str = ""
    source: str = ""
    date_from: str = ""
    date_to: str = ""
    amount_from: str = ""
    amount_to: str = ""
    size: str = ""
    hide: str = ""
    view: str = ""
    kept_size: str = ""
    kept_hide: str = ""
    promised: bool = False

    @property
    def length(self) -> int:
        """Rows of a page."""
        size = self.size or self.kept_size
        return int(size) if size in map(str, SIZES) else PAGE

    @property
    def columns(self) -> list[str]:
        """Those that are shown, in order."""
        hidden = set((self.hide or self.kept_hide).split(",")) - set(ALWAYS) | (set() if self.promised else {"sla"})
        return [name for name in COLUMNS if name not in hidden]

    @property
    def clear(self) -> str:
        """The address without any filter."""
        return self.but(**dict.fromkeys(FILTERS, ""))


def listing_of(request: Request[Any, Any, Any], dossier: UUID) -> WorklistListing:
    """What the address asks for; an unknown tab is the first."""
    wanted = WorklistListing.of(request, f"/office/dossiers/{dossier}/worklist")
    if "columns" in request.query_params:
        shown = request.query_params.getall("show", [])
        wanted = msgspec.structs.replace(wanted, hide=",".join(name for name in COLUMNS if name not in (*shown, *ALWAYS)) or NOTHING_HIDDEN)
    return wanted if wanted.tab in {Tab.SALES.value, Tab.MISC.value} else msgspec.structs.replace(wanted, tab="")


def given(listing: WorklistListing) -> tuple[Narrowed, dict[str, str]]:
    """What the list is narrowed to, and for each filter that cannot be read the (marked) sentence that says so."""
    wrong: dict[str, str] = {}

    @contextmanager
    def reading(name: str, sentence: str) -> Iterator[None]:
        try:
            yield
        except (ValueError, ArithmeticError):
            wrong[name] = sentence

    values: dict[str, Any] = {}
    for name, field in (("date_from", "since"), ("date_to", "until")):
        with reading(name, _("Dit is geen datum. Schrijf ze als 31/12/2026.")):
            values[field] = formats.read_date(getattr(listing, name))
    for name, field in (("amount_from", "least"), ("amount_to", "most")):
        with reading(name, _("Dit is geen bedrag. Schrijf het als 1.234,56.")):
            values[field] = formats.read_amount(getattr(listing, name))
    state = listing.state if listing.state in STATES else ""
    return Narrowed(state=state, source=listing.source if listing.source in SOURCES else "", **values), wrong


def pills(listing: WorklistListing, wrong: dict[str, str], periods: Sequence[str], language: str) -> list[Pill]:
    """The filters that count, in the order of the form."""
    words = {
        "quick": ("{value}", translate(QUICK.get(listing.quick, ""), language) if listing.quick in QUICK and listing.quick else ""),
        "q": ("“{value}”", listing.q),
        "period": (_("Periode {value}"), formats.period(listing.period) if listing.period in periods else listing.period),
        "state": ("{value}", translate(BADGES[ValidationState(listing.state)].label, language) if listing.state in STATES else ""),
        "source": ("{value}", listing.source if listing.source in SOURCES else ""),
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
