import os
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest

from adapters.postgres.pool import Database
from domain.document import DocumentDeleted, DocumentHandled, DocumentRenamed
from projections import generations
from projections.parking import ask_retry, parked_streams
from projections.read_model import BeingRebuilt, RowModel
from projections.runner import Runner
from projections.status import failing, status
from read_models import MIGRATIONS, append, open_log


class Count(msgspec.Struct, frozen=True):
    id: UUID
    title: str
    changes: int
    stale: bool = False


class Counts(RowModel[Count]):
    name = "counts"
    events = (DocumentRenamed, DocumentDeleted)
    row = Count
    schema = "CREATE TABLE counts (id uuid PRIMARY KEY, title text NOT NULL, changes integer NOT NULL, stale boolean NOT NULL)"
    poison = "poison"

    def key(self, moment):
        return moment.stream

    def fold(self, row, moment):
        match moment.event:
            case DocumentRenamed(file_name=title) if title != self.poison:
                return Count(moment.stream, title, (row.changes if row else 0) + 1)
            case DocumentDeleted():
                return None
        raise ValueError("this title cannot be shown")

    def rows(self):
        with self.asking() as db:
            return db.execute("SELECT title, changes, stale FROM counts ORDER BY title, changes").fetchall()


@pytest.fixture
def cell(database):
    with open_log(database, MIGRATIONS) as log, Database(database, "cell", size=6) as pool:
        yield log, pool


def runner(cell, *models, **options):
    return Runner(cell[0], cell[1], models, **options)


def rename(log, stream, *titles):
    return append(log, stream, *(DocumentRenamed(file_name=title) for title in titles))


def eventually(check, seconds=5.0):
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.005)


def test_rows_follow_the_log_in_batches(cell):
    log, pool = cell
    a, b = uuid4(), uuid4()
    rename(log, a, "een", "twee", "drie")
    rename(log, b, "vier", "vijf")
    model = Counts(pool)
    with runner(cell, model, batch=2) as run:
        run.catch_up()
    assert model.rows() == [("drie", 3, False), ("vijf", 2, False)]
    assert model.position() == 5


def test_a_new_event_is_in_the_rows_within_a_moment(cell):
    log, pool = cell
    model = Counts(pool)
    with runner(cell, model, poll=5.0) as run:
        run.catch_up()
        run.start()
        time.sleep(0.1)
        started = time.monotonic()
        assert model.wait_for(rename(log, uuid4(), "een"))
        assert time.monotonic() - started < 0.5
    assert model.rows() == [("een", 1, False)]


def test_events_a_model_does_not_read_move_it_on_as_well(cell):
    log, pool = cell
    model = Counts(pool)
    last = append(log, uuid4(), DocumentHandled())
    with runner(cell, model) as run:
        run.catch_up()
    assert model.position() == last


def test_an_event_far_behind_others_a_model_does_not_read_is_found(cell):
    log, pool = cell
    append(log, uuid4(), *[DocumentHandled()] * 30)
    last = rename(log, uuid4(), "een")
    model = Counts(pool)
    with runner(cell, model, batch=1) as run:
        run.catch_up()
    assert (model.rows(), model.position()) == ([("een", 1, False)], last)


def test_a_failing_event_parks_its_stream_and_no_other(cell):
    log, pool = cell
    bad, good = uuid4(), uuid4()
    rename(log, bad, "een")
    rename(log, good, "goed")
    rename(log, bad, "poison", "later")
    rename(log, good, "beter")
    model = Counts(pool)
    with runner(cell, model) as run:
        run.catch_up()
        rename(log, bad, "nog later")
        rename(log, good, "best")
        run.catch_up()
    assert model.rows() == [("best", 3, False), ("een", 1, True)]
    with pool.transaction() as db:
        [parked] = parked_streams(db)
    assert (parked.stream, parked.version, parked.error.split()[0]) == (bad, 2, "ValueError")


def test_a_statement_that_fails_parks_its_stream_and_no_other(cell):
    log, pool = cell

    class Strict(Counts):
        schema = Counts.schema.replace("title text NOT NULL", "title text NOT NULL CHECK (title <> 'ongeldig')")

    rename(log, uuid4(), "een")
    bad = uuid4()
    rename(log, bad, "ongeldig")
    rename(log, uuid4(), "twee")
    model = Strict(pool)
    with runner(cell, model) as run:
        run.catch_up()
    assert model.rows() == [("een", 1, False), ("twee", 1, False)]
    assert [one.stream for one in status([model], log, pool)[0].parked] == [bad]


def test_a_parked_stream_goes_on_where_it_stopped_after_a_fix(cell):
    log, pool = cell
    bad = uuid4()
    rename(log, bad, "een", "poison", "drie")
    model = Counts(pool)
    with runner(cell, model) as run:
        run.catch_up()
        model.poison = ""
        with pool.transaction() as db:
            ask_retry(db, "counts", bad)
        run.catch_up()
        rename(log, bad, "vier")
        run.catch_up()
    assert model.rows() == [("vier", 4, False)]
    assert status([model], log, pool)[0].parked == ()


def test_a_retry_that_fails_again_is_counted_and_waits_longer(cell):
    log, pool = cell
    bad = uuid4()
    rename(log, bad, "poison")
    model = Counts(pool)
    with runner(cell, model) as run:
        run.catch_up()
        with pool.transaction() as db:
            ask_retry(db, "counts")
        run.catch_up()
        run.catch_up()
    [parked] = status([model], log, pool)[0].parked
    assert parked.tries == 2


def test_rows_and_position_change_together_or_not_at_all(cell):
    log, pool = cell
    rename(log, uuid4(), "een")
    model = Counts(pool)
    real = model.apply

    def torn(batch, db):
        real(batch, db)
        raise psycopg.OperationalError("the server goes away")

    with runner(cell, model) as run:
        model.apply = torn
        run.catch_up()
        assert failing(pool)[0].follower == "counts/1"
        assert model.position() == 0
        model.apply = real
        eventually(lambda: (run.catch_up(), model.position() == 1)[1])
    assert model.rows() == [("een", 1, False)]
    assert failing(pool) == []


KILLED = """
import sys, time
from test_runner import Counts, Database, Runner, open_log

class Dying(Counts):
    def apply(self, batch, db):
        super().apply(batch, db)
        print("applied", flush=True)
        time.sleep(60)

with open_log(sys.argv[1]) as log, Database(sys.argv[1], "cell", size=4) as pool, Runner(log, pool, [Dying(pool)]) as run:
    run.catch_up()
"""


def test_a_runner_killed_in_the_middle_of_a_batch_leaves_nothing_half_done(cell):
    log, pool = cell
    rename(log, uuid4(), "een", "twee", "drie")
    here = Path(__file__).parents[1]
    environment = os.environ | {"PYTHONPATH": f"{here.parent / 'src'}:{here}:{here / 'projections'}"}
    process = subprocess.Popen([sys.executable, "-c", KILLED, pool.dsn], stdout=subprocess.PIPE, env=environment)
    assert process.stdout.readline() == b"applied\n"
    process.kill()
    process.communicate()
    model = Counts(pool)
    with runner(cell, model) as run:
        eventually(lambda: (run.catch_up(), model.position() == 3)[1])
    assert model.rows() == [("drie", 3, False)]


def test_a_rebuild_is_filled_beside_the_serving_rows_while_both_follow_new_events(cell):
    log, pool = cell
    streams = [uuid4() for _ in range(30)]
    for stream in streams:
        rename(log, stream, "een", "twee")
    model = Counts(pool)
    with runner(cell, model, batch=7) as run:
        run.catch_up()
        generations.rebuild(model, log)
        seen = []
        for _ in range(8):
            run._next_upkeep = 0.0
            assert run.step()
            rename(log, streams[0], "drie")
            seen.append(model.rows()[0])
        assert seen[0] == ("drie", 3, False) or seen[1] == ("drie", 3, False)
        assert [one.state for one in all_generations(pool)] == ["serving", "filling"]
        run.catch_up()
        assert [one.state for one in all_generations(pool)] == ["retired", "serving"]
    assert len(model.rows()) == 30
    assert ("drie", 10, False) in model.rows()


def all_generations(pool):
    with pool.transaction() as db:
        return generations.generations(db)


def test_the_old_tables_go_after_the_switch(cell):
    log, pool = cell
    rename(log, uuid4(), "een")
    model = Counts(pool)
    with runner(cell, model, grace=0.0) as run:
        run.catch_up()
        generations.rebuild(model, log)
        run.catch_up()
        run.catch_up()
    assert [(one.generation, one.state) for one in all_generations(pool)] == [(2, "serving")]
    with pool.transaction() as db:
        assert db.execute("SELECT to_regnamespace('cell_counts_1'), to_regnamespace('cell_counts_2')").fetchone() == (None, "cell_counts_2")


def test_questions_that_still_read_the_old_tables_are_not_disturbed(cell):
    log, pool = cell
    rename(log, uuid4(), "een")
    model = Counts(pool)
    with runner(cell, model, grace=0.0) as run:
        run.catch_up()
        with model.asking() as db:
            db.execute("SELECT 1 FROM counts")
            generations.rebuild(model, log)
            run.catch_up()
            run.catch_up()
            assert db.execute("SELECT title FROM counts").fetchall() == [("een",)]
        run.catch_up()
    assert len(all_generations(pool)) == 1


def test_a_generation_that_is_behind_the_serving_one_is_not_switched_to(cell):
    log, pool = cell
    rename(log, uuid4(), "een")
    model = Counts(pool)
    with runner(cell, model) as run:
        run.catch_up()
    with pool.transaction() as db:
        behind = generations.begin(db, model, 1)
        assert not generations.switch(db, model.name, behind)
    assert [one.state for one in all_generations(pool)] == ["serving", "filling"]


class CountsAgain(Counts):
    version = 2
    schema = Counts.schema.replace("stale boolean", "extra integer NOT NULL DEFAULT 7, stale boolean")


def test_a_raised_version_refuses_questions_until_it_is_full_and_tells_how_far_it_is(cell):
    log, pool = cell
    for _ in range(10):
        rename(log, uuid4(), "een")
    with runner(cell, Counts(pool)) as run:
        run.catch_up()
    model = CountsAgain(pool)
    with runner(cell, model, batch=1) as run:
        run.step()
        with pytest.raises(BeingRebuilt) as refusal:
            model.rows()
        assert refusal.value.progress == 0.4
        assert not status([model], log, pool)[0].serves
        run.catch_up()
    assert len(model.rows()) == 10


def test_a_raised_version_that_can_read_the_old_tables_serves_all_along(cell):
    log, pool = cell
    rename(log, uuid4(), "een")
    with runner(cell, Counts(pool)) as run:
        run.catch_up()
    model = CountsAgain(pool)
    model.readable_versions = frozenset({1})
    assert model.rows() == [("een", 1, False)]


def test_two_runners_at_once_apply_everything_once(cell):
    log, pool = cell
    model = Counts(pool)
    with runner(cell, model, batch=3) as one, runner(cell, model, batch=3) as other:
        one.start()
        other.start()
        stream = uuid4()
        for number in range(40):
            last = rename(log, stream, f"{number}")
        assert model.wait_for(last, timeout=5.0)
    assert model.rows() == [("39", 40, False)]


def test_another_runner_takes_over_when_the_leader_goes(cell):
    log, pool = cell
    model = Counts(pool)
    with runner(cell, model) as one:
        one.catch_up()
        with runner(cell, model) as other:
            other.start()
            last = rename(log, uuid4(), "een")
            assert not model.wait_for(last, timeout=0.3)
            one.close()
            assert model.wait_for(last, timeout=3.0)


def test_a_process_that_lost_the_lead_unawares_does_nothing_twice(cell):
    log, pool = cell
    model = Counts(pool)
    stream = uuid4()
    with runner(cell, model) as one:
        one.catch_up()
        with psycopg.connect(pool.dsn, autocommit=True) as admin:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 20002")
        rename(log, stream, "een")
        with runner(cell, model) as other:
            other.catch_up()
            one.step()
    assert model.rows() == [("een", 1, False)]


def test_a_follower_that_fails_holds_up_nobody_else(cell):
    log, pool = cell

    class Stuck:
        name, events = "stuck", ()

        def position(self):
            return 0

        def take(self, *_):
            raise RuntimeError("not today")

    model = Counts(pool)
    last = rename(log, uuid4(), "een")
    with Runner(log, pool, [model], [Stuck()]) as run:
        run.catch_up()
    assert model.position() == last
    assert [(one.follower, one.error.split()[0]) for one in failing(pool)] == [("stuck", "RuntimeError")]


def test_an_event_that_cannot_be_read_stops_only_those_who_want_it(cell):
    log, pool = cell

    class Handled(Counts):
        name, table = "handled", "handled"
        events = (DocumentHandled,)
        schema = Counts.schema.replace("counts", "handled")

        def fold(self, row, moment):
            return Count(moment.stream, "handled", (row.changes if row else 0) + 1)

    rename(log, uuid4(), "een")
    append(log, uuid4(), DocumentHandled())
    with pool.transaction() as db:
        db.execute("UPDATE events SET state = 'no JSON' WHERE name = 'document.renamed'")
    stopped, other = Counts(pool), Handled(pool)
    with runner(cell, stopped, other) as run:
        run.catch_up()
    assert (stopped.position(), other.position()) == (0, 2)
    [failure] = failing(pool)
    assert (failure.follower, failure.error.split()[0]) == ("counts/1", "UnreadableEventError")


def test_a_model_whose_tables_cannot_be_made_stops_only_itself(cell):
    log, pool = cell

    class Wrong(Counts):
        name = "wrong"
        schema = "CREATE TABLE wrong (id nonsense)"

    rename(log, uuid4(), "een")
    good = Counts(pool)
    with runner(cell, Wrong(pool), good) as run:
        run.catch_up()
    assert good.position() == 1
    assert [one.follower for one in failing(pool)] == ["wrong/tables"]


def test_lag_is_told_in_positions_and_seconds(cell):
    log, pool = cell
    model = Counts(pool)
    rename(log, uuid4(), "een", "twee")
    time.sleep(0.05)
    [behind] = status([model], log, pool)
    assert (behind.serves, behind.lag, behind.filling) == (False, 2, None)
    assert 0.05 <= behind.lag_seconds < 5
    with runner(cell, model) as run:
        run.catch_up()
    [level] = status([model], log, pool)
    assert (level.serves, level.lag, level.lag_seconds) == (True, 0, 0.0)


def test_a_restarted_server_is_picked_up_again(cell):
    log, pool = cell
    model = Counts(pool)
    with runner(cell, model) as run:
        run.start()
        assert model.wait_for(rename(log, uuid4(), "een"), timeout=3.0)
        with psycopg.connect(pool.dsn, autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        eventually(lambda: try_rename(log))
        eventually(lambda: model.position() == 2)


def try_rename(log):
    try:
        rename(log, uuid4(), "twee")
    except psycopg.OperationalError:
        return False
    return True
