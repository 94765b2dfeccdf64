from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError, Tracking
from till import CashPaidIn, Till, TillOpened

from application.event_log import Change, ConflictError, Context, NotFoundError, Via
from domain.kernel import Refused


def change(stream, version, *events):
    return Change(stream=stream, version=version, events=events)


def pay_in(log, till, cents, context):
    return log.decide(Till, till, lambda state: state.pay_in(cents), context=context)


def test_what_was_appended_is_loaded_again(log, anna, till):
    log.append(change(till, 1, CashPaidIn(cents=500), CashPaidIn(cents=250)), context=anna)
    loaded = log.load(Till, till)
    assert (loaded.state, loaded.version) == (Till("Jan Peeters", 750), 3)


def test_a_stream_reads_in_the_order_of_its_versions(log, anna, till):
    log.append(change(till, 1, CashPaidIn(cents=1), CashPaidIn(cents=2)), context=anna)
    assert [moment.version for moment in log.stream(till)] == [1, 2, 3]
    assert [moment.event for moment in log.stream(till, upto=2)] == [TillOpened(owner="Jan Peeters"), CashPaidIn(cents=1)]


def test_another_process_reads_the_same(open_log, till):
    assert open_log().load(Till, till).state == Till("Jan Peeters")


def test_a_stream_that_does_not_exist_is_not_found(log):
    assert log.find(Till, uuid4()) is None
    with pytest.raises(NotFoundError):
        log.load(Till, uuid4())


def test_a_decision_is_appended_and_its_position_returned(log, bart, till):
    position = pay_in(log, till, 500, bart)
    assert log.read(0).upto == position
    assert log.load(Till, till).state.cents == 500


def test_a_decision_that_changes_nothing_appends_nothing(log, bart, till):
    assert pay_in(log, till, 0, bart) == 0
    assert len(log.stream(till)) == 1


def test_a_refusal_reaches_the_caller_and_appends_nothing(log, bart, till):
    with pytest.raises(Refused, match="nooit negatief"):
        pay_in(log, till, -1, bart)
    assert len(log.stream(till)) == 1


def test_a_second_append_on_the_same_version_is_refused(log, anna, till):
    log.append(change(till, 1, CashPaidIn(cents=1)), context=anna)
    with pytest.raises(IntegrityError):
        log.append(change(till, 1, CashPaidIn(cents=2)), context=anna)
    assert log.load(Till, till).state.cents == 1


def test_who_was_overtaken_once_decides_again_on_the_new_state(log, anna, bart, till):
    seen = []

    def decision(state):
        seen.append(state.cents)
        if len(seen) == 1:
            pay_in(log, till, 100, anna)
        return state.pay_in(7)

    log.decide(Till, till, decision, context=bart)
    assert seen == [0, 100]
    assert log.load(Till, till).state.cents == 107


def test_who_was_overtaken_twice_is_told_by_whom(log, anna, bart, till):
    def decision(state):
        pay_in(log, till, 100, anna)
        return state.pay_in(7)

    with pytest.raises(ConflictError) as conflict:
        log.decide(Till, till, decision, context=bart)
    assert (conflict.value.stream, conflict.value.by) == (till, anna.by)


def test_of_two_writers_at_once_none_is_lost(log, anna, bart, till):
    start = Barrier(2)

    def work(context):
        start.wait()
        for _ in range(10):
            done = False
            while not done:
                try:
                    done = pay_in(log, till, 1, context) > 0
                except ConflictError:
                    continue

    writers = [Thread(target=work, args=(context,)) for context in (anna, bart)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert log.load(Till, till).state.cents == 20


def test_several_streams_are_appended_together(log, anna, till):
    other = uuid4()
    position = log.append(change(till, 1, CashPaidIn(cents=5)), change(other, 0, TillOpened(owner="Els")), context=anna)
    assert [(moment.stream, moment.position) for moment in log.read(1).events] == [(till, position - 1), (other, position)]


def test_several_streams_are_appended_together_or_not_at_all(log, anna, till):
    other = uuid4()
    with pytest.raises(IntegrityError):
        log.append(change(other, 0, TillOpened(owner="Els")), change(till, 0, TillOpened(owner="Els")), context=anna)
    assert log.find(Till, other) is None


def test_an_append_that_the_server_ends_to_undo_a_deadlock_is_a_conflict(log, anna, till, sql):
    sql.execute("CREATE FUNCTION victim() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION deadlock_detected; END $$")
    sql.execute("CREATE TRIGGER victim BEFORE INSERT ON events EXECUTE FUNCTION victim()")
    with pytest.raises(IntegrityError):
        log.append(change(till, 1, CashPaidIn(cents=1)), context=anna)


def test_the_envelope_is_kept(log, till):
    before = datetime.now(UTC) - timedelta(seconds=5)
    context = Context(by=uuid4(), via=Via.API, correlation=uuid4(), causation=f"{till}/1")
    position = log.append(change(till, 1, CashPaidIn(cents=5)), context=context)
    moment = log.stream(till)[-1]
    assert moment.context == context
    assert (moment.position, moment.id) == (position, f"{till}/2")
    assert moment.at.utcoffset() == timedelta(0)
    assert before < moment.at < datetime.now(UTC) + timedelta(seconds=5)


def test_the_system_itself_acts_without_a_user(log, till):
    log.append(change(till, 1, CashPaidIn(cents=5)), context=Context(by=None, via=Via.JOB))
    assert log.stream(till)[-1].context == Context(by=None, via=Via.JOB)


def test_an_auditor_reads_envelope_and_figures_in_sql(log, anna, till, sql):
    log.append(change(till, 1, CashPaidIn(cents=500)), context=anna)
    query = "SELECT name, via, by, convert_from(state, 'UTF8')::jsonb -> 'data' ->> 'cents' FROM events WHERE version = 2"
    assert sql.execute(query).fetchall() == [("till.cash_paid_in", "portal", anna.by, "500")]


def test_a_reaction_appends_and_moves_on_together(log, anna, till):
    log.append(change(till, 1, CashPaidIn(cents=5)), context=anna, tracking=Tracking("greet", 1))
    assert log.recorder.max_tracking_id("greet") == 1
    assert log.load(Till, till).state.cents == 5


def test_a_reaction_that_is_repeated_appends_nothing(log, anna, till):
    log.append(change(till, 1, CashPaidIn(cents=5)), context=anna, tracking=Tracking("greet", 1))
    with pytest.raises(IntegrityError, match="greet is already past 1"):
        log.append(change(till, 2, CashPaidIn(cents=5)), context=anna, tracking=Tracking("greet", 1))
    assert log.load(Till, till).state.cents == 5


def test_a_reaction_that_conflicts_does_not_move_on(log, anna, till):
    with pytest.raises(IntegrityError):
        log.append(change(till, 0, CashPaidIn(cents=5)), context=anna, tracking=Tracking("greet", 1))
    assert log.recorder.max_tracking_id("greet") is None


def test_a_reaction_can_move_on_without_appending(log, anna):
    log.append(context=anna, tracking=Tracking("greet", 7))
    assert log.recorder.max_tracking_id("greet") == 7
    with pytest.raises(IntegrityError):
        log.append(context=anna, tracking=Tracking("greet", 7))


def test_readers_go_through_the_log_in_stretches(log, anna, till):
    log.append(change(till, 1, *(CashPaidIn(cents=cents) for cents in range(1, 5))), context=anna)
    first = log.read(0, limit=3)
    rest = log.read(first.upto, limit=3)
    assert [moment.version for moment in (*first.events, *rest.events)] == [1, 2, 3, 4, 5]
    assert (first.upto, rest.upto) == (3, 5)
    assert log.read(rest.upto).events == ()


def test_readers_can_ask_for_some_kinds_of_events_only(log, anna, till):
    log.append(change(till, 1, CashPaidIn(cents=1)), change(uuid4(), 0, TillOpened(owner="Els")), context=anna)
    found = log.read(0, names=["till.cash_paid_in"])
    assert [moment.event for moment in found.events] == [CashPaidIn(cents=1)]
    assert found.upto == 3


def test_readers_can_stop_at_a_position(log, anna, till):
    log.append(change(till, 1, CashPaidIn(cents=1), CashPaidIn(cents=2)), context=anna)
    assert [moment.position for moment in log.read(0, upto=2).events] == [1, 2]


def test_an_append_wakes_who_listens(log, anna, till, sql):
    sql.execute("LISTEN daybook_events")
    log.append(change(till, 1, CashPaidIn(cents=1)), context=anna)
    assert [note.channel for note in sql.notifies(timeout=5, stop_after=1)] == ["daybook_events"]


def test_a_lost_connection_is_replaced(log, till, sql):
    process = log.recorder._connections.get().info.backend_pid
    sql.execute("SELECT pg_terminate_backend(%s)", (process,))
    with pytest.raises(Exception, match="terminat"):
        log.stream(till)
    assert len(log.stream(till)) == 1


def test_the_connections_of_ended_threads_are_closed(log, till):
    for _ in range(5):
        reader = Thread(target=log.stream, args=(till,))
        reader.start()
        reader.join()
    assert len(log.recorder._connections._open) == 2
