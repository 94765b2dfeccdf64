"""Taking exchange rates in: by whom, from where, and what happens when the bank does not answer."""

import threading
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from adapters.ecb.publisher import EuropeanCentralBank
from application import work
from application.event_log import Context, NotFoundError, Via
from application.exchange_rates import RatesNotPublished, import_rates, latest_published, request_fetch, take_in
from application.jobs import Job
from application.permissions import Forbidden
from application.ports import RatesUnreachable
from domain.kernel import Refused
from domain.rate_year import rate_year_of
from ecb_files import FRIDAY, MONDAY, RATES, TUESDAY, as_xml

SYSTEM = Context(by=None, via=Via.JOB)


def published(bench):
    return [one.event for one in bench.log.read(0, names=["rates.published"]).events]


def test_an_administrator_brings_rates_in_and_they_can_be_looked_up(world):
    taken = import_rates(world.bench, world.actor("dora"), as_xml())
    world.settle()
    assert (taken.new, taken.last) == (3, TUESDAY)
    assert world.bench.rates.on("USD", date(2026, 3, 8)).day == FRIDAY
    [moment] = world.bench.log.stream(rate_year_of(2026))
    assert (moment.context.by, moment.position) == (world.user("dora"), taken.position)


@pytest.mark.parametrize(
    ("who", "refusal"), [("bart", Forbidden), ("staf", Forbidden), ("anna", NotFoundError), ("chris", NotFoundError), ("ed", NotFoundError)]
)
def test_nobody_else_does(world, who, refusal):
    with pytest.raises(refusal):
        import_rates(world.bench, world.actor(who), as_xml())
    assert not published(world.bench)


def test_the_same_file_twice_brings_nothing_new(world):
    take_in(world.bench, as_xml({FRIDAY: RATES[FRIDAY]}), SYSTEM)
    assert take_in(world.bench, as_xml(), SYSTEM).new == 2
    again = take_in(world.bench, as_xml(), SYSTEM)
    assert (again.new, again.position) == (0, 0)
    assert [[one.day for one in event.days] for event in published(world.bench)] == [[FRIDAY], [MONDAY, TUESDAY]]


def test_each_year_has_a_stream_of_its_own(world):
    take_in(world.bench, as_xml({date(2025, 12, 31): RATES[FRIDAY], date(2026, 1, 2): RATES[MONDAY]}), SYSTEM)
    assert [len(world.bench.log.stream(rate_year_of(year))) for year in (2025, 2026)] == [1, 1]


def test_rates_of_days_to_come_are_refused(world):
    tomorrow = world.bench.now().date() + timedelta(days=2)
    with pytest.raises(Refused, match="nog moet komen"):
        take_in(world.bench, as_xml({FRIDAY: RATES[FRIDAY], tomorrow: RATES[MONDAY]}), SYSTEM)
    assert not published(world.bench)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-03-10T14:00", "2026-03-09"),  # 15:00 in Frankfurt: too early
        ("2026-03-10T15:15", "2026-03-10"),
        ("2026-07-10T14:15", "2026-07-10"),  # summer time
        ("2026-03-08T12:00", "2026-03-06"),
        ("2026-04-06T20:00", "2026-04-02"),
        ("2026-01-01T20:00", "2025-12-31"),
    ],
)
def test_rates_are_out_from_a_quarter_past_four_in_frankfurt(now, day):
    assert latest_published(datetime.fromisoformat(now).replace(tzinfo=UTC)) == date.fromisoformat(day)


class Bank(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, body = self.server.answers.pop(0) if self.server.answers else (503, b"")
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def bank():
    """A server that gives each of `answers` once, and is away when there are none."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Bank) as server:
        server.answers = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


NOW = datetime(2026, 3, 10, 18, tzinfo=UTC)


@pytest.fixture
def fetching(world, bank):
    """A bench that fetches rates, on Tuesday evening."""
    where = f"127.0.0.1:{bank.server_port}"
    publisher = EuropeanCentralBank(f"http://{where}/eurofxref-hist-90d.xml", [where])
    return world.bench._replace(rate_publisher=publisher, now=lambda: NOW)


def fetch(bench):
    """The job that follows from the request."""
    [asked] = [one for one in bench.log.stream(rate_year_of(2026)) if one.event.name == "rates.requested"]
    job = Job(
        id=bench.new_id(), kind="fetch_rates", subject=asked.stream, cause=asked.id, position=asked.position, correlation=None, attempt=1
    )
    work.handlers(bench)[job.kind](job)


def test_the_rates_of_the_day_are_asked_for_once_and_fetched(fetching, bank):
    assert request_fetch(fetching, SYSTEM)
    assert not request_fetch(fetching, SYSTEM)
    bank.answers.append((200, as_xml()))
    fetch(fetching)
    assert [one.day for event in published(fetching) for one in event.days] == [FRIDAY, MONDAY, TUESDAY]
    assert not request_fetch(fetching, SYSTEM)


def test_known_rates_are_not_asked_for(fetching):
    take_in(fetching, as_xml(), SYSTEM)
    assert not request_fetch(fetching, SYSTEM)


def test_an_installation_that_does_not_fetch_asks_for_nothing(world):
    assert not world.bench.rate_publisher.is_on
    assert not request_fetch(world.bench, SYSTEM)
    with pytest.raises(RatesUnreachable):
        world.bench.rate_publisher.fetch()


def test_a_bank_that_is_away_or_answers_nonsense_fails_the_attempt_and_a_later_one_succeeds(fetching, bank):
    request_fetch(fetching, SYSTEM)
    with pytest.raises(RatesUnreachable, match="503"):
        fetch(fetching)
    bank.answers.append((200, b"<html>onderhoud</html>"))
    with pytest.raises(Refused):
        fetch(fetching)
    assert not published(fetching)
    bank.answers.append((200, as_xml()))
    fetch(fetching)
    assert published(fetching)


def test_what_came_is_kept_when_the_day_itself_is_not_there_yet(fetching, bank):
    request_fetch(fetching, SYSTEM)
    bank.answers.append((200, as_xml({FRIDAY: RATES[FRIDAY], MONDAY: RATES[MONDAY]})))
    with pytest.raises(RatesNotPublished, match="2026-03-10"):
        fetch(fetching)
    assert [one.day for event in published(fetching) for one in event.days] == [FRIDAY, MONDAY]
    bank.answers.append((200, as_xml()))
    fetch(fetching)
    assert [len(event.days) for event in published(fetching)] == [2, 1]
