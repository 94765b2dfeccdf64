"""The comparison of read models with a rebuild notices what it is there for."""

import pytest

from adapters.demo.peppol import render_ubl
from invoices import bought, check
from projections import generations
from rebuilt import assert_rebuilds_alike


@pytest.fixture
def at_rest(world):
    check(world, 2)
    world.settle()
    return world


def test_models_that_followed_the_log_agree_with_a_rebuild(at_rest):
    assert_rebuilds_alike(at_rest.models, at_rest.bench.log)


def test_a_row_that_was_changed_is_noticed(at_rest):
    with at_rest.cell.database.transaction() as db:
        serving = next(one for one in generations.generations(db, "mailbox") if one.state == "serving")
        generations.enter(db, at_rest.cell.database.schema, "mailbox", serving.generation)
        db.execute("UPDATE mailbox SET size = size + 1")
    with pytest.raises(AssertionError, match="mailbox: rows of mailbox differ"):
        assert_rebuilds_alike(at_rest.models, at_rest.bench.log)


def test_a_model_that_is_behind_is_noticed(at_rest):
    at_rest.deliver(render_ubl(bought(3)[2]), name="later.xml")
    with pytest.raises(AssertionError, match="is behind"):
        assert_rebuilds_alike(at_rest.models, at_rest.bench.log)
