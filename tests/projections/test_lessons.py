"""What corrections taught, by supplier."""

from uuid import uuid4

import pytest

from domain.anchor import Anchor, Lesson, Way
from domain.document import DocumentErased, DocumentTaught
from projections.lessons import Lessons
from read_models import fill, moments

PRESS, MILL = uuid4(), uuid4()
FIRST, SECOND, THIRD, ELSEWHERE = (uuid4() for _ in range(4))
NUMBER = Anchor(field="invoice_number", way=Way.RIGHT, label="stuk", shape="9999/999", x=12.5, y=-3.0)
DUE = Anchor(field="due_date", way=Way.BELOW, label="inning", nth=-1, page=-1, absent=True)


@pytest.fixture
def model(pool):
    filled = Lessons(pool)
    fill(
        filled,
        moments(
            (FIRST, DocumentTaught(supplier=PRESS, fields=("due_date",), learnt=(DUE,))),
            (SECOND, DocumentTaught(supplier=PRESS, fields=("invoice_number",), learnt=(NUMBER,), refuted=(DUE,))),
            (ELSEWHERE, DocumentTaught(supplier=MILL, learnt=(DUE,))),
            (THIRD, DocumentTaught(supplier=PRESS, learnt=(NUMBER,))),
            (FIRST, DocumentTaught(supplier=PRESS, fields=("invoice_number",), learnt=(NUMBER,))),
            (THIRD, DocumentErased(ground="request")),
        ),
    )
    return filled


def test_lessons_are_given_by_supplier_and_the_latest_of_a_document_comes_in_the_place_of_its_earlier_one(model):
    second = Lesson(document=SECOND, learnt=(NUMBER,), refuted=(DUE,))
    assert model.of(PRESS) == [second, Lesson(document=FIRST, learnt=(NUMBER,))]


def test_a_stranger_has_taught_nothing(model):
    assert model.of(uuid4()) == []


def test_an_erased_document_teaches_no_longer(model):
    assert THIRD not in {one.document for one in model.of(PRESS)}
