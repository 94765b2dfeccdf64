"""What a client is told of where his document is."""

import pytest

from domain.booking_proposal import BOOKED, ON_ITS_WAY, Stage
from web import badges
from web.portal.states import _SENTENCES, _STAGES


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_of_a_proposal_has_a_badge_and_a_sentence(stage):
    assert _SENTENCES[_STAGES[stage]]


def test_only_what_the_package_booked_is_called_booked():
    assert {stage for stage, badge in _STAGES.items() if badge == badges.BOOKED} == BOOKED
    assert {stage for stage, badge in _STAGES.items() if badge == badges.UNDERWAY} == ON_ITS_WAY - BOOKED
