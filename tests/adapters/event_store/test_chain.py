import stat
from uuid import uuid4

import psycopg
import pytest
from till import CashPaidIn, TillOpened

from adapters.event_store.anchors import LAST_ANCHOR
from adapters.event_store.chain import ChainBrokenError, ChainFollower
from adapters.event_store.chain_rows import digest_at
from adapters.objects import LocalObjects
from application.audit_chain import BEGINNING
from application.audit_check import Defect
from application.audit_report import report_lines
from application.event_log import Change


@pytest.fixture
def objects(tmp_path):
    return LocalObjects(tmp_path / "objects")


@pytest.fixture
def key_file(tmp_path):
    return tmp_path / "keys" / "signing.key"


@pytest.fixture
def chain(log, objects, key_file):
    return ChainFollower(log.factory, objects, key_file)


@pytest.fixture
def append(log, anna):
    """Appends so many events, two to a stream."""

    def append(count):
        for _ in range(count // 2):
            log.append(Change(stream=uuid4(), version=0, events=[TillOpened(owner="Jan"), CashPaidIn(cents=5)]), context=anna)

    return append


@pytest.fixture
def anchored(chain, append):
    """Ten events, all in the chain, the tenth anchored."""
    append(10)
    chain.advance()
    chain.anchor()
    return chain


def found(chain):
    return [(finding.defect, finding.position) for finding in chain.verify().findings]


def rewrite_chain(sql):
    """What somebody does who can write in the database and has read our code: compute the whole chain anew."""
    with psycopg.connect(sql.info.dsn, options="-c search_path=cell -c timezone=UTC") as forger:
        for (position,) in forger.execute("SELECT position FROM events ORDER BY position").fetchall():
            forger.execute("UPDATE event_chain SET digest = %s WHERE position = %s", (digest_at(forger, 0, BEGINNING, position), position))


def test_the_chain_follows_the_log_up_to_its_head(chain, append, sql):
    append(10)
    assert [chain.advance(limit=4) for _ in range(4)] == [4, 4, 2, 0]
    append(2)
    assert chain.advance() == 2
    assert [position for (position,) in sql.execute("SELECT position FROM event_chain ORDER BY 1")] == list(range(1, 13))


def test_an_untouched_log_is_intact(anchored):
    report = anchored.verify()
    assert report.intact
    assert (report.events, report.position, report.anchor.position, report.not_anchored) == (10, 10, 10, 0)


def test_an_empty_log_is_intact(chain):
    assert (chain.advance(), chain.anchor()) == (0, None)
    assert chain.verify().intact


def test_positions_of_appends_that_failed_are_not_missed(chain, append, sql, cell):
    append(2)
    with psycopg.connect(cell, options="-c search_path=cell") as failing:
        failing.execute("SELECT append_event(%s, 1, 'till.cash_paid_in', '{}', NULL, 'job', NULL, NULL)", (uuid4(),))
        failing.rollback()
    append(2)
    chain.advance()
    chain.anchor()
    assert [position for (position,) in sql.execute("SELECT position FROM events ORDER BY 1")] == [1, 2, 4, 5]
    assert chain.verify().intact


def test_events_that_are_not_anchored_yet_are_counted(anchored, append):
    append(2)
    anchored.advance()
    append(4)
    report = anchored.verify()
    assert report.intact
    assert (report.events, report.position, report.anchor.position, report.not_anchored) == (16, 12, 10, 6)


def test_nothing_new_is_not_anchored_again(anchored, append, sql):
    assert anchored.anchor() is None
    append(2)
    assert anchored.anchor() is None
    anchored.advance()
    assert anchored.anchor().position == 12
    assert sql.execute("SELECT count(*) FROM event_anchors").fetchone() == (2,)


def test_another_process_goes_on_with_the_same_chain(anchored, open_log, objects, key_file, append):
    append(2)
    other = ChainFollower(open_log().factory, objects, key_file)
    assert other.advance() == 2
    assert other.anchor().position == 12
    assert anchored.verify().intact


def test_only_one_process_at_a_time_works_on_the_chain(chain, append, cell):
    append(2)
    with psycopg.connect(cell, options="-c search_path=cell") as other:
        other.execute("SELECT pg_advisory_xact_lock(3204, 'event_chain'::regclass::oid::int)")
        assert (chain.advance(), chain.anchor()) == (0, None)
    assert chain.advance() == 2


def test_erased_streams_still_verify(anchored, log, sql):
    streams = [stream for (stream,) in sql.execute("SELECT stream FROM events")]
    log.factory.stream_keys().erase(streams)
    assert log.read(0).events[0].event.owner == "gewist"
    assert anchored.verify().intact


@pytest.mark.parametrize(
    "change",
    [
        "state = state || ' '",
        "by = gen_random_uuid()",
        "by = NULL",
        "at = at - interval '1 day'",
        "via = 'office'",
        "name = 'till.opened'",
        "stream = gen_random_uuid()",
        "causation = 'x'",
        "correlation = gen_random_uuid()",
    ],
)
def test_a_changed_event_is_named(anchored, sql, change):
    sql.execute(f"UPDATE events SET {change} WHERE position = 4")  # noqa: S608 - the changes are those above
    assert found(anchored) == [(Defect.CHANGED, 4)]


def test_a_removed_event_is_named(anchored, sql):
    sql.execute("DELETE FROM events WHERE position = 4")
    assert found(anchored) == [(Defect.REMOVED, 4)]


def test_an_event_removed_together_with_its_digest_is_noticed_at_the_next(anchored, sql):
    sql.execute("DELETE FROM events WHERE position = 4")
    sql.execute("DELETE FROM event_chain WHERE position = 4")
    (finding,) = anchored.verify().findings
    assert (finding.defect, finding.position, finding.after) == (Defect.CHANGED, 5, 3)


def test_an_event_put_in_between_is_named(anchored, append, sql):
    append(2)
    sql.execute("UPDATE events SET position = DEFAULT WHERE position = 12")
    append(2)
    anchored.advance()
    sql.execute(
        "INSERT INTO events (position, stream, version, name, at, via, state) OVERRIDING SYSTEM VALUE "
        "VALUES (12, gen_random_uuid(), 1, 'till.opened', now(), 'job', '{}')"
    )
    assert found(anchored) == [(Defect.INSERTED, 12)]


def test_two_events_that_changed_places_are_noticed(anchored, sql):
    sql.execute("CREATE TEMP TABLE two AS SELECT * FROM events WHERE position IN (4, 5)")
    sql.execute("DELETE FROM events WHERE position IN (4, 5)")
    sql.execute("UPDATE two SET position = 9 - position")
    sql.execute("INSERT INTO events OVERRIDING SYSTEM VALUE SELECT * FROM two")
    (finding,) = anchored.verify().findings
    assert (finding.defect, finding.position, finding.count) == (Defect.CHANGED, 4, 2)


def test_a_tail_removed_after_anchoring_is_noticed(anchored, sql):
    sql.execute("DELETE FROM events WHERE position > 7")
    assert found(anchored) == [(Defect.REMOVED, 8)]
    sql.execute("DELETE FROM event_chain WHERE position > 7")
    (finding,) = anchored.verify().findings
    assert (finding.defect, finding.position, finding.after) == (Defect.TRUNCATED, 10, 7)


def test_a_tail_removed_together_with_its_anchors_is_still_noticed(anchored, append, sql):
    append(2)
    anchored.advance()
    anchored.anchor()
    sql.execute("DELETE FROM events WHERE position > 10")
    sql.execute("DELETE FROM event_chain WHERE position > 10")
    sql.execute("DELETE FROM event_anchors WHERE position > 10")
    assert found(anchored) == [(Defect.ANCHOR_REMOVED, 12), (Defect.TRUNCATED, 12)]


def test_a_chain_rewritten_without_the_key_does_not_fit_its_anchor(anchored, sql):
    sql.execute("UPDATE events SET by = gen_random_uuid() WHERE position = 4")
    rewrite_chain(sql)
    (finding,) = anchored.verify().findings
    assert (finding.defect, finding.position, finding.after) == (Defect.REWRITTEN, 10, 0)
    assert anchored.verify().anchor is None


def test_a_rewritten_chain_is_known_to_be_right_up_to_the_anchor_before(anchored, append, sql):
    append(4)
    anchored.advance()
    anchored.anchor()
    sql.execute("UPDATE events SET by = gen_random_uuid() WHERE position = 13")
    rewrite_chain(sql)
    report = anchored.verify()
    assert (report.findings[0].defect, report.findings[0].position, report.findings[0].after) == (Defect.REWRITTEN, 14, 10)
    assert (report.anchor.position, report.not_anchored) == (10, 4)


def test_a_chain_rewritten_with_anchors_of_another_key_is_noticed(anchored, open_log, objects, tmp_path, sql):
    sql.execute("UPDATE events SET by = gen_random_uuid() WHERE position = 4")
    rewrite_chain(sql)
    sql.execute("DELETE FROM event_anchors")
    ChainFollower(open_log().factory, objects, tmp_path / "forger" / "signing.key").anchor()
    assert found(anchored) == [(Defect.FORGED_ANCHOR, 10), (Defect.ANCHOR_REMOVED, 10), (Defect.REWRITTEN, 10)]


def test_a_chain_rewritten_with_all_anchors_removed_is_noticed(anchored, sql):
    sql.execute("UPDATE events SET by = gen_random_uuid() WHERE position = 4")
    rewrite_chain(sql)
    sql.execute("DELETE FROM event_anchors")
    assert found(anchored) == [(Defect.ANCHOR_REMOVED, 10), (Defect.REWRITTEN, 10)]


def test_a_rewritten_chain_is_not_signed(anchored, append, sql):
    append(2)
    anchored.advance()
    sql.execute("UPDATE events SET by = gen_random_uuid() WHERE position = 4")
    rewrite_chain(sql)
    with pytest.raises(ChainBrokenError, match="position 12"):
        anchored.anchor()


def test_a_shortened_chain_is_not_signed(anchored, sql):
    sql.execute("DELETE FROM event_chain WHERE position > 7")
    with pytest.raises(ChainBrokenError):
        anchored.anchor()


def test_an_anchor_that_was_tampered_with_is_named(anchored, sql):
    sql.execute("UPDATE event_anchors SET document = replace(encode(document, 'escape'), '\"position\":10', '\"position\":11')::bytea")
    assert (Defect.FORGED_ANCHOR, 10) in found(anchored)


def test_an_anchor_whose_copy_is_gone_is_named(anchored, objects, sql):
    (copy,) = sql.execute("SELECT object FROM event_anchors").fetchone()
    objects.delete(copy)
    assert found(anchored) == [(Defect.ANCHOR_REMOVED, 10)]


@pytest.mark.usefixtures("anchored")
def test_the_key_is_outside_the_database_and_its_owners_alone(key_file):
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert len(key_file.read_bytes()) == 32
    assert {file.name for file in key_file.parent.iterdir()} == {"signing.key", LAST_ANCHOR}


def test_a_defect_is_told_in_plain_words(anchored, sql):
    sql.execute("DELETE FROM events WHERE position = 4")
    assert report_lines(anchored.verify())[-1] == "Positie 4 ontbreekt: die gebeurtenis is verwijderd."


def test_verifying_sees_one_moment_while_others_go_on_appending(anchored, append, log):
    inside = anchored._keeper.read

    def meanwhile(document):
        append(2)
        anchored.advance()
        return inside(document)

    anchored._keeper.read = meanwhile
    assert anchored.verify().intact
    assert log.read(0).upto > 10
