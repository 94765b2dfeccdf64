"""The euro's exchange rates: those of a day, how far they go, and bringing in a file of the European Central Bank."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from babel import Locale
from litestar import Request, Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromQuery

from adapters.ecb.files import LARGEST_FILE
from application.exchange_rates import import_rates, latest_published
from application.permissions import Action, extent
from domain.exchange_rate import DECIMALS
from domain.kernel import Refused
from projections.exchange_rates import PublishedDay
from web import formats
from web.answers import Answers
from web.frames import office_frame
from web.translations import _
from web.uploads import MULTIPART
from web.visiting import Visitor
from web.wiring import Cell

PATH = "/office/rates"


@get(PATH, sync_to_thread=True)
def rates_page(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], day: FromQuery[str] = ""
) -> Response[str]:
    """The rates of a day, today's when none is named."""
    return _page(cell, answers, visitor, day)


@post(PATH, request_max_body_size=LARGEST_FILE + MULTIPART)
async def bring_in(
    request: Request[Any, Any, Any],
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
) -> Response[Any]:
    """Take a file of the bank in; one that cannot be read comes back with what is wrong with it."""
    await sync_to_thread(cell.bench.authority.require_office, visitor.actor, Action.OFFICE_SETTINGS)
    sent = (await request.form()).get("file")
    data = await sent.read() if isinstance(sent, UploadFile) else b""
    return await sync_to_thread(_take, cell, answers, visitor, data)


def _take(cell: Cell, answers: Answers, visitor: Visitor, data: bytes) -> Response[Any]:
    try:
        taken = import_rates(cell.bench, visitor.actor, data)
    except Refused as refusal:
        return _page(cell, answers, visitor, refusal=refusal)
    toast = _("Nieuwe koersen ingelezen, tot {date}.") if taken.new else _("Dit bestand bracht niets nieuws: alles tot {date} was gekend.")
    return answers.redirect(visitor, PATH, position=taken.position, toast=toast, date=formats.date(taken.last))


def _page(cell: Cell, answers: Answers, visitor: Visitor, day: str = "", refusal: Refused | None = None) -> Response[str]:
    frame = office_frame(cell, visitor, "rates")
    cell.bench.authority.require_office(visitor.actor, Action.SEE_WORKLIST)
    fresh = answers.caught_up(visitor, cell.models.exchange_rates)
    wanted, wrong = _wanted(day, cell.bench.now().date())
    published = cell.models.exchange_rates.day(wanted)
    extent_ = cell.models.exchange_rates.extent()
    latest = latest_published(cell.bench.now())
    return answers.page(
        visitor,
        "office/rates.html",
        frame,
        updating=not fresh,
        status=409 if refusal else 400 if wrong else 200,
        refusal=refusal,
        wanted=wanted,
        typed=day,
        wrong=wrong,
        published=published,
        rows=_rows(published, visitor.language) if published else [],
        extent=extent_,
        latest=latest,
        behind=extent_.last is not None and extent_.last < latest,
        fetches=cell.bench.rate_publisher.is_on,
        may_import=visitor.profile is not None and extent(visitor.profile, Action.OFFICE_SETTINGS) is not None,
    )


def _wanted(text: str, today: dt.date) -> tuple[dt.date, str]:
    """The day asked for, or today with what is wrong with what was typed."""
    try:
        return formats.read_date(text) or today, ""
    except ValueError:
        return today, _("Dit is geen datum. Schrijf ze als 31/12/2026.")


def _rows(published: PublishedDay, language: str) -> list[tuple[str, str, Decimal, Decimal]]:
    """Code, name, how much of it one euro is, and how many euro one of it is."""
    names = Locale(language).currencies
    return [(code, names.get(code, code), rate, round(1 / rate, DECIMALS - 2)) for code, rate in sorted(published.per_euro.items())]


ROUTES = (rates_page, bring_in)
