from uuid import uuid4

import pytest
from till import CashPaidIn, PayerNamed, Till, TillOpened

from application.event_log import Change


def change(stream, version, *events):
    return Change(stream=stream, version=version, events=events)


@pytest.fixture
def keys(log):
    return log.factory.stream_keys()


@pytest.fixture
def full(log, anna):
    """A till with every personal value there is."""
    stream = uuid4()
    log.append(change(stream, 0, TillOpened(owner="Jan", remark="aan de muur", helpers=("Els",)), CashPaidIn(cents=5)), context=anna)
    return stream


def test_erased_text_reads_gewist_and_a_list_is_empty(log, keys, full):
    keys.erase([full])
    assert log.stream(full)[0].event == TillOpened(owner="gewist", remark="gewist", helpers=())


def test_a_value_that_was_never_given_is_not_called_erased(log, keys, till):
    keys.erase([till])
    assert log.stream(till)[0].event == TillOpened(owner="gewist", remark=None)


def test_what_is_not_personal_stays(log, keys, full, anna):
    keys.erase([full])
    assert log.load(Till, full).state == Till("gewist", 5)
    assert log.stream(full)[0].context == anna


def test_other_streams_keep_their_values(log, keys, full, till):
    keys.erase([full])
    assert log.load(Till, till).state.owner == "Jan Peeters"


def test_a_reader_that_knew_the_key_reads_gewist_too(open_log, keys, full):
    reader = open_log()
    assert reader.stream(full)[0].event.owner == "Jan"
    keys.erase([full])
    assert [moment.event.owner for moment in reader.read(0, names=["till.opened"]).events] == ["gewist"]


def test_what_is_appended_after_the_erasure_is_not_kept_either(log, open_log, keys, full, anna, sql):
    keys.erase([full])
    log.append(change(full, 2, PayerNamed(payer="Marie Dubois")), context=anna)
    assert open_log().stream(full)[2].event == PayerNamed(payer="gewist")
    (state,) = sql.execute("SELECT convert_from(state, 'UTF8')::jsonb FROM events WHERE version = 3").fetchone()
    assert state == {"data": {}, "sealed": {"payer": ""}}


def test_a_stream_without_personal_values_can_be_erased_beforehand(log, keys, anna):
    stream = uuid4()
    log.append(change(stream, 0, CashPaidIn(cents=5)), context=anna)
    keys.erase([stream])
    log.append(change(stream, 1, PayerNamed(payer="Marie")), context=anna)
    assert log.stream(stream)[1].event.payer == "gewist"


def test_a_stream_that_does_not_exist_yet_is_left_alone(log, keys, anna):
    stream = uuid4()
    keys.erase([stream])
    log.append(change(stream, 0, TillOpened(owner="Jan")), context=anna)
    assert log.stream(stream)[0].event.owner == "Jan"


def test_the_key_is_gone_and_the_moment_of_erasure_known(keys, full, sql):
    keys.erase([full])
    first = sql.execute("SELECT wrapped, erased_at FROM stream_keys WHERE stream = %s", (full,)).fetchone()
    assert first[0] is None
    assert first[1] is not None
    keys.erase([full])
    assert sql.execute("SELECT wrapped, erased_at FROM stream_keys WHERE stream = %s", (full,)).fetchone() == first


def test_the_stored_events_are_not_touched(keys, full, sql):
    before = sql.execute("SELECT * FROM events ORDER BY position").fetchall()
    keys.erase([full])
    assert sql.execute("SELECT * FROM events ORDER BY position").fetchall() == before
