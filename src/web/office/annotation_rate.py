"""The exchange rate of the annotation screen, looked up while somebody chooses another currency or date."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from application.exchange_rates import rate_on
from application.worklist import visible_proposal
from domain.currency import CURRENCIES
from domain.kernel import Refused
from web import formats
from web.office.annotation_form import read_date
from web.translations import _, translate
from web.visiting import Visitor
from web.wiring import Cell


@get("/office/proposals/{proposal:uuid}/rate", sync_to_thread=True)
def look_up_rate(
    cell: NamedDependency[Cell],
    visitor: NamedDependency[Visitor],
    proposal: FromPath[UUID],
    currency: FromQuery[str] = "",
    day: FromQuery[str] = "",
) -> Response[dict[str, Any]]:
    """How much of the currency one euro was on a day, and of which day that is; an empty rate when none is known."""
    visible_proposal(cell.bench, visitor.actor, proposal)
    try:
        date = read_date(day) if day else None
    except Refused:
        date = None
    rate = rate_on(cell.bench, currency, date) if currency in CURRENCIES else None
    if rate is None or date is None:
        said = translate(_("Geen koers gekend: vul ze in."), visitor.language)
        return Response({"rate": "", "note": said, "old": True})
    note = translate(_("ECB, {date}"), visitor.language, date=formats.date(rate.day))
    return Response({"rate": formats.rate(rate.per_euro), "note": note, "old": rate.is_older_than(date)})


ROUTES = (look_up_rate,)
