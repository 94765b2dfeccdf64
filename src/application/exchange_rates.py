"""The euro's exchange rates: taking in what the European Central Bank publishes, and looking one up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from application.event_log import Change, Context
from application.jobs import Later
from application.permissions import Action, Actor
from domain.booking_proposal import BookingProposal
from domain.currency import EURO
from domain.exchange_rate import ExchangeRate
from domain.kernel import Refused
from domain.rate_year import DayOfRates, RatesRequested, RateYear, rate_year_of
from domain.target_calendar import publication_day

if TYPE_CHECKING:
    from application.jobs import Job
    from application.workbench import Workbench
    from domain.kernel import Event

FRANKFURT = ZoneInfo("Europe/Berlin")
MODELS_LATE = 2.0
"""Seconds after which read models that have not come so far are asked again."""
PUBLISHED_AT = time(16, 15)
"""When the rates of a day are there: the ECB publishes at about 16:00 on its own clock."""


class RatesNotPublished(Exception):
    """The file came, without the day that was asked for: to be tried again."""

    def __init__(self, day: date) -> None:
        super().__init__(f"the rates of {day} have not been published yet")


class TakenIn(msgspec.Struct, frozen=True, kw_only=True):
    """What a file brought: the log position, how many of its days were new or corrected, and its last day."""

    position: int
    new: int
    last: date


def rate_on(bench: Workbench, currency: str, day: date | None) -> ExchangeRate | None:
    """The rate that holds for an invoice of this day; None in euro, without a date, or when none is known."""
    return None if currency == EURO or day is None else bench.rates.on(currency, day)


def with_rate(bench: Workbench, state: BookingProposal) -> Sequence[Event]:
    """What follows for a proposal from the rates that are known."""
    return state.apply_rate(rate_on(bench, state.currency, state.invoice_date))


def apply_rates(bench: Workbench, job: Job) -> None:
    """New rates: proposals in other currencies that nobody stands for yet are converted at the rate of their day."""
    if not bench.rates.wait_for(job.position) or not bench.foreign_proposals.wait_for(job.position):
        raise Later(MODELS_LATE)
    for proposal in bench.foreign_proposals.in_other_currencies():
        bench.log.decide(BookingProposal, proposal, lambda state: with_rate(bench, state), context=job.context)


def import_rates(bench: Workbench, actor: Actor, data: bytes) -> TakenIn:
    """An administrator of the office brings a file of the ECB in."""
    bench.authority.require_office(actor, Action.OFFICE_SETTINGS)
    return take_in(bench, data, actor.context)


def take_in(bench: Workbench, data: bytes, context: Context) -> TakenIn:
    """Record what a file says that was not known. Refused when it is no such file, or speaks of days to come."""
    days = bench.rate_publisher.read(data)
    last = days[-1].day
    if last > bench.now().date() + timedelta(days=1):
        raise Refused("Dit bestand heeft koersen van een dag die nog moet komen: {date}.", date=f"{last:%d/%m/%Y}")
    by_year: defaultdict[int, list[DayOfRates]] = defaultdict(list)
    for one in days:
        by_year[one.day.year].append(one)
    taken = [_take_year(bench, year, found, context) for year, found in sorted(by_year.items())]
    return TakenIn(position=max(position for position, _ in taken), new=sum(new for _, new in taken), last=last)


def _take_year(bench: Workbench, year: int, days: Sequence[DayOfRates], context: Context) -> tuple[int, int]:
    """The log position and how many days were news."""
    stream = rate_year_of(year)
    news: list[int] = []

    def attempt() -> int:
        found = bench.log.find(RateYear, stream)
        events = (found.state if found else RateYear()).publish(days)
        news.append(sum(len(event.days) for event in events))
        return bench.log.append(Change(stream=stream, version=found.version if found else 0, events=events), context=context)

    return bench.log.twice(attempt, stream), news[-1]


def request_fetch(bench: Workbench, context: Context) -> int:
    """Have the latest rates fetched, where this installation does so and they are neither known nor asked for. 0: nothing was to do."""
    if not bench.rate_publisher.is_on:
        return 0
    day = latest_published(bench.now())
    stream = rate_year_of(day.year)

    def attempt() -> int:
        found = bench.log.find(RateYear, stream)
        events = (found.state if found else RateYear()).request(day)
        return bench.log.append(Change(stream=stream, version=found.version if found else 0, events=events), context=context)

    return bench.log.twice(attempt, stream)


def latest_published(now: datetime) -> date:
    """The last day whose rates should be out."""
    there = now.astimezone(FRANKFURT)
    return publication_day(there.date() if there.time() >= PUBLISHED_AT else there.date() - timedelta(days=1))


def fetch_rates(bench: Workbench, job: Job) -> None:
    """Fetch the file and take it in. Raises when the bank cannot be reached or has not published the day yet: to be tried again later."""
    take_in(bench, bench.rate_publisher.fetch(), job.context)
    wanted = bench.log.stream(job.subject, upto=int(job.cause.rpartition("/")[2]))[-1].event
    if isinstance(wanted, RatesRequested) and wanted.day not in bench.log.load(RateYear, job.subject).state.known:
        raise RatesNotPublished(wanted.day)
