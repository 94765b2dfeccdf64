import json
from uuid import uuid4

import pytest
from till import EVENTS, CashPaidIn, TillOpened

from adapters.event_store.mapper import UnreadableEventError
from application.event_log import Change
from domain.kernel import Event, PersonalText


class TodaysTillOpened(Event):
    """Version 2 renamed `owner` to `holder`, version 3 counts in a currency."""

    name = "till.opened"
    version = 3
    holder: PersonalText
    currency: str


UPCASTERS = {
    ("till.opened", 1): lambda data: {"holder": data.pop("owner")} | data,
    ("till.opened", 2): lambda data: {"currency": "EUR"} | data,
}
TODAY = EVENTS | {"till.opened": TodaysTillOpened}


@pytest.fixture
def todays_log(open_log):
    return open_log(events=TODAY, upcasters=UPCASTERS)


def test_an_old_event_is_read_in_todays_shape(todays_log, till):
    assert todays_log.stream(till)[0].event == TodaysTillOpened(holder="Jan Peeters", currency="EUR")


def test_an_old_event_is_read_in_todays_shape_after_erasure(todays_log, till):
    todays_log.factory.stream_keys().erase([till])
    assert todays_log.stream(till)[0].event == TodaysTillOpened(holder="gewist", currency="EUR")


def test_an_event_of_today_passes_no_upcaster(todays_log, anna):
    stream, opened = uuid4(), TodaysTillOpened(holder="Els", currency="USD")
    todays_log.append(Change(stream=stream, version=0, events=[opened]), context=anna)
    assert todays_log.stream(stream)[0].event == opened


def test_an_event_of_a_newer_program_is_not_read_as_an_old_one(todays_log, log, anna):
    stream = uuid4()
    todays_log.append(Change(stream=stream, version=0, events=[TodaysTillOpened(holder="Els", currency="EUR")]), context=anna)
    with pytest.raises(UnreadableEventError, match=r"till\.opened, version 3, at position 1 is unknown"):
        log.stream(stream)


def test_an_event_that_is_not_in_the_catalogue_cannot_be_read(open_log, till):
    reader = open_log(events={"till.cash_paid_in": CashPaidIn})
    with pytest.raises(UnreadableEventError, match=r"till\.opened, version 1, at position 1 is unknown"):
        reader.stream(till)


def test_an_event_that_is_not_in_the_catalogue_cannot_be_appended(open_log, anna):
    writer = open_log(events={"till.cash_paid_in": CashPaidIn})
    with pytest.raises(UnreadableEventError, match="TillOpened"):
        writer.append(Change(stream=uuid4(), version=0, events=[TillOpened(owner="Jan")]), context=anna)


def test_bytes_that_do_not_fit_the_class_are_named(log, anna, sql):
    stream = uuid4()
    log.append(Change(stream=stream, version=0, events=[CashPaidIn(cents=5)]), context=anna)
    sql.execute("UPDATE events SET state = %s", (json.dumps({"data": {"cents": "vijf"}}).encode(),))
    with pytest.raises(UnreadableEventError, match=r"till\.cash_paid_in at position 1 does not fit its class.*cents"):
        log.stream(stream)
