from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError, Tracking

from adapters.postgres.pool import Database
from application.event_log import Change, Via
from application.following import Overtaken
from application.reactions import Reaction, ReactionFollower
from domain.document import DocumentHandled, DocumentRenamed, DocumentSubmitted
from projections.runner import Runner
from projections.status import failing
from read_models import append, open_log


@pytest.fixture
def log(database):
    with open_log(database) as opened:
        yield opened


@pytest.fixture
def pool(database, log):
    assert log
    with Database(database, "cell", size=4) as opened:
        yield opened


def submit_when_handled(moment, log):
    """Whenever a document is handled it is submitted, once."""
    stream = log.stream(moment.stream)
    if any(isinstance(one.event, DocumentSubmitted) for one in stream):
        return []
    return [Change(stream=moment.stream, version=len(stream), events=[DocumentSubmitted()])]


RULE = Reaction(name="submit", events=(DocumentHandled,), decide=submit_when_handled)
FROM_START = Reaction(name="submit", events=(DocumentHandled,), decide=submit_when_handled, from_start=True)


def names(log, stream):
    return [moment.event.name for moment in log.stream(stream)]


def test_what_follows_is_appended_with_its_cause(log, pool):
    document = uuid4()
    with Runner(log, pool, (), [ReactionFollower(RULE, log)]) as run:
        run.catch_up()
        append(log, document, DocumentHandled())
        run.catch_up()
    assert names(log, document) == ["document.handled", "document.submitted"]
    context = log.stream(document)[1].context
    assert (context.by, context.via, context.causation) == (None, Via.JOB, f"{document}/1")


def test_a_new_reaction_leaves_the_past_alone(log, pool):
    document = uuid4()
    append(log, document, DocumentHandled())
    with Runner(log, pool, (), [ReactionFollower(RULE, log)]) as run:
        run.catch_up()
    assert names(log, document) == ["document.handled"]


def test_a_new_reaction_deals_with_the_past_when_told_so(log, pool):
    document = uuid4()
    append(log, document, DocumentHandled())
    with Runner(log, pool, (), [ReactionFollower(FROM_START, log)]) as run:
        run.catch_up()
    assert names(log, document) == ["document.handled", "document.submitted"]


def always_rename(moment, log):
    return [Change(stream=moment.stream, version=len(log.stream(moment.stream)), events=[DocumentRenamed(file_name="again")])]


EAGER = Reaction(name="eager", events=(DocumentHandled,), decide=always_rename, from_start=True)


def test_an_event_given_twice_is_reacted_to_once(log):
    document = uuid4()
    append(log, document, DocumentHandled())
    one, other = ReactionFollower(EAGER, log), ReactionFollower(EAGER, log)
    assert one.position() == other.position() == 0
    piece = log.read(0)
    one.take(0, piece)
    with pytest.raises(Overtaken):
        other.take(0, piece)
    assert names(log, document) == ["document.handled", "document.renamed"]


def test_a_crash_between_two_events_repeats_neither(log):
    first, second = uuid4(), uuid4()
    append(log, first, DocumentHandled())
    append(log, second, DocumentHandled())

    def crash_at_second(moment, log):
        if moment.stream == second and crash:
            raise RuntimeError("power")
        return always_rename(moment, log)

    crash = True
    rule = Reaction(name="eager", events=(DocumentHandled,), decide=crash_at_second, from_start=True)
    follower = ReactionFollower(rule, log)
    with pytest.raises(RuntimeError):
        follower.take(follower.position(), log.read(0))
    crash = False
    follower = ReactionFollower(rule, log)
    position = follower.position()
    follower.take(position, log.read(position, names=["document.handled"]))
    assert names(log, first) == names(log, second) == ["document.handled", "document.renamed"]


def test_somebody_faster_makes_it_decide_again_on_the_new_state(log):
    document = uuid4()
    append(log, document, DocumentHandled())
    tries = []

    def hesitant(moment, log):
        changes = always_rename(moment, log)
        tries.append(changes[0].version)
        if len(tries) == 1:
            append(log, document, DocumentRenamed(file_name="faster"))
        return changes

    follower = ReactionFollower(Reaction(name="hesitant", events=(DocumentHandled,), decide=hesitant, from_start=True), log)
    follower.take(follower.position(), log.read(0))
    assert tries == [1, 2]
    assert [one.event.file_name for one in log.stream(document)[1:]] == ["faster", "again"]


def test_a_reaction_that_fails_is_told_and_holds_up_no_other(log, pool):
    def broken(moment, log):
        raise ValueError(f"{len(log.stream(moment.stream))} is not to my liking")

    document = uuid4()
    append(log, document, DocumentHandled())
    bad = ReactionFollower(Reaction(name="bad", events=(DocumentHandled,), decide=broken, from_start=True), log)
    with Runner(log, pool, (), [bad, ReactionFollower(FROM_START, log)]) as run:
        run.catch_up()
        assert names(log, document) == ["document.handled", "document.submitted"]
        [failure] = failing(pool)
        assert (failure.follower, failure.error.partition(" in ")[0]) == ("reaction/bad", "ValueError")
    assert not log.recorder.max_tracking_id("reaction/bad")


def test_a_position_never_goes_back(log):
    append(log, uuid4(), DocumentHandled(), DocumentHandled())
    follower = ReactionFollower(RULE, log)
    assert follower.position() == 2
    with pytest.raises(IntegrityError):
        log.recorder.insert_tracking(Tracking(follower.name, 1))
