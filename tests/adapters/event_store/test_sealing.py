import base64
import json
import os
from typing import Annotated
from uuid import uuid4

import msgspec
import pytest
from till import CashPaidIn, PayerNamed, Till, TillOpened

from adapters.event_store.personal import personal_fields
from adapters.event_store.sealing import WrongKeyError
from application.event_log import Change
from domain.kernel import PERSONAL, Event, PersonalText

PERSONAL_MARK = msgspec.Meta(extra={PERSONAL: True})


def change(stream, version, *events):
    return Change(stream=stream, version=version, events=events)


def everything_stored(sql):
    """All rows of all tables, as the bytes somebody with the database in his hands would look at."""
    tables = [name for (name,) in sql.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'cell'")]
    return b"".join(rows_of(sql, table) for table in tables)


def rows_of(sql, table):
    with sql.cursor().copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:
        return b"".join(bytes(block) for block in copy)


def test_personal_values_are_not_in_the_tables(log, anna, till, sql):
    log.append(change(till, 1, PayerNamed(payer="Marie Dubois"), CashPaidIn(cents=4711)), context=anna)
    stored = everything_stored(sql)
    assert b"till.payer_named" in stored
    assert b"4711" in stored
    for part in (b"Jan", b"Peeters", b"Marie", b"Dubois"):
        assert part not in stored
        assert base64.b64encode(part)[:-2] not in stored


def test_personal_values_of_every_kind_are_read_back(log, anna):
    stream, opened = uuid4(), TillOpened(owner="Jan", remark="hangt aan de muur", helpers=("Piet", "Els"))
    log.append(change(stream, 0, opened), context=anna)
    assert log.stream(stream)[0].event == opened


def test_a_personal_value_moved_to_another_stream_does_not_open(log, anna, till, sql):
    other = uuid4()
    log.append(change(other, 0, TillOpened(owner="Els")), context=anna)
    sql.execute("UPDATE events SET state = (SELECT state FROM events WHERE stream = %s) WHERE stream = %s", (till, other))
    with pytest.raises(WrongKeyError, match=str(other)):
        log.stream(other)


def test_a_key_moved_along_with_its_value_does_not_open_it_either(log, anna, till, sql):
    other = uuid4()
    log.append(change(other, 0, TillOpened(owner="Els")), context=anna)
    sql.execute("UPDATE events SET state = (SELECT state FROM events WHERE stream = %s) WHERE stream = %s", (till, other))
    sql.execute("UPDATE stream_keys SET wrapped = (SELECT wrapped FROM stream_keys WHERE stream = %s) WHERE stream = %s", (till, other))
    with pytest.raises(WrongKeyError, match=str(other)):
        log.stream(other)


def test_a_personal_value_moved_to_another_event_of_its_stream_does_not_open(log, anna, till, sql):
    log.append(change(till, 1, PayerNamed(payer="Marie"), PayerNamed(payer="Karel")), context=anna)
    sql.execute("UPDATE events SET state = (SELECT state FROM events WHERE version = 2) WHERE version = 3")
    with pytest.raises(WrongKeyError, match=r"3\.payer"):
        log.stream(till)


def test_a_personal_value_moved_to_another_field_does_not_open(log, anna, sql):
    stream = uuid4()
    log.append(change(stream, 0, TillOpened(owner="Jan", remark="Piet")), context=anna)
    body = json.loads(sql.execute("SELECT state FROM events").fetchone()[0])
    body["sealed"]["owner"], body["sealed"]["remark"] = body["sealed"]["remark"], body["sealed"]["owner"]
    sql.execute("UPDATE events SET state = %s", (json.dumps(body).encode(),))
    with pytest.raises(WrongKeyError, match=r"1\.owner"):
        log.stream(stream)


def test_another_installations_key_opens_nothing(open_log, till):
    with pytest.raises(WrongKeyError, match="another installation key"):
        open_log(os.urandom(32)).stream(till)


def test_another_installations_key_seals_nothing_in_an_old_stream(open_log, anna, till):
    with pytest.raises(WrongKeyError, match="another installation key"):
        open_log(os.urandom(32)).append(change(till, 1, PayerNamed(payer="Marie")), context=anna)


@pytest.mark.usefixtures("till")
def test_another_installations_key_is_noticed_before_the_first_append(open_log, log):
    log.factory.check_key()
    with pytest.raises(WrongKeyError, match="another installation key"):
        open_log(os.urandom(32)).factory.check_key()


def test_any_key_will_do_for_an_empty_log(open_log):
    open_log(os.urandom(32)).factory.check_key()


def test_the_events_of_one_append_share_a_key(log, anna, sql):
    stream = uuid4()
    log.append(change(stream, 0, TillOpened(owner="Jan"), PayerNamed(payer="Marie"), PayerNamed(payer="Karel")), context=anna)
    assert sql.execute("SELECT count(*) FROM stream_keys").fetchone() == (1,)
    assert [moment.event for moment in log.stream(stream)][1:] == [PayerNamed(payer="Marie"), PayerNamed(payer="Karel")]


def test_the_events_of_one_append_share_a_key_when_another_stream_comes_between(log, anna):
    one, other = uuid4(), uuid4()
    changes = [
        Change(stream=one, version=0, events=[TillOpened(owner="Anna")]),
        Change(stream=other, version=0, events=[TillOpened(owner="Bart")]),
        Change(stream=one, version=1, events=[PayerNamed(payer="Chris")]),
    ]
    log.append(*changes, context=anna)
    assert [moment.event for moment in log.stream(one)] == [TillOpened(owner="Anna"), PayerNamed(payer="Chris")]


def test_a_stream_gets_its_key_with_its_first_personal_value(log, anna, sql):
    stream = uuid4()
    log.append(change(stream, 0, CashPaidIn(cents=1)), context=anna)
    assert sql.execute("SELECT count(*) FROM stream_keys").fetchone() == (0,)
    log.append(change(stream, 1, CashPaidIn(cents=1), PayerNamed(payer="Marie"), PayerNamed(payer="Karel")), context=anna)
    log.append(change(stream, 4, PayerNamed(payer="Els")), context=anna)
    assert sql.execute("SELECT count(*) FROM stream_keys").fetchone() == (1,)
    assert [moment.event.payer for moment in log.stream(stream)[2:]] == ["Marie", "Karel", "Els"]


def test_streams_have_keys_of_their_own(log, anna, sql):
    log.append(change(uuid4(), 0, TillOpened(owner="Els")), change(uuid4(), 0, TillOpened(owner="Karel")), context=anna)
    assert sql.execute("SELECT count(DISTINCT wrapped) FROM stream_keys").fetchone() == (2,)


def test_of_two_first_keys_at_once_one_wins_and_both_values_can_be_read(log, open_log, anna, bart, monkeypatch):
    stream, faster = uuid4(), open_log()
    log.append(change(stream, 0, CashPaidIn(cents=1)), context=anna)
    ask = log.mapper._key_of

    def overtaken(of):
        known = ask(of)
        if known is None:
            faster.append(change(stream, 1, PayerNamed(payer="Karel")), context=bart)
        return known

    monkeypatch.setattr(log.mapper, "_key_of", overtaken)
    log.decide(Till, stream, lambda _: [PayerNamed(payer="Marie")], context=anna)
    assert [moment.event.payer for moment in faster.stream(stream)[1:]] == ["Karel", "Marie"]


class Address(msgspec.Struct):
    street: PersonalText


class NestedInAList(Event):
    name = "bad.nested_in_a_list"
    addresses: tuple[Address, ...] = ()


class NestedInADict(Event):
    name = "bad.nested_in_a_dict"
    names: dict[str, PersonalText] = {}


class NothingToReadAs(Event):
    name = "bad.nothing_to_read_as"
    birth_year: Annotated[int, PERSONAL_MARK]


class WholeFieldMarked(Event):
    name = "good.whole_field_marked"
    addresses: Annotated[tuple[Address, ...], PERSONAL_MARK] = ()


@pytest.mark.parametrize("kind", [NestedInAList, NestedInADict])
def test_a_personal_mark_inside_a_field_is_not_overlooked(kind):
    with pytest.raises(TypeError, match="mark the whole field"):
        personal_fields(kind)


def test_a_personal_value_that_could_not_be_read_once_erased_is_not_allowed():
    with pytest.raises(TypeError, match="neither text nor optional"):
        personal_fields(NothingToReadAs)


def test_a_whole_field_can_be_personal():
    assert personal_fields(WholeFieldMarked) == {"addresses": msgspec.UNSET}
