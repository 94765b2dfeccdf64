"""The permission table, cell by cell: each of the nine profiles, and a stranger, tries every action for real."""

import pytest

from application.event_log import NotFoundError, Via
from application.permissions import Action, Actor, Extent, Forbidden

PROFILES = ("dora", "bart", "staf", "anna", "fien", "gust", "hilde", "ivo", "ed")

# Office: admin, employee, support. Client: administrator, full access, processing, processing + archive, feedback, delivery.
# `x` may, `o` may for what he delivered himself, `.` may not.
IN_A_DOSSIER = {
    Action.SEE_MAILBOXES: "x x . x x x x . o",
    Action.DELIVER: "x x . x x x x . x",
    Action.EDIT_DOCUMENTS: "x x . x x x x . .",
    Action.SUBMIT: "x x . x x x x . .",
    Action.SEE_ARCHIVE: "x x . x x . x x .",
    Action.SEE_FEEDBACK: "x x . x x . . x .",
    Action.ANSWER_QUESTIONS: "x x . x x x x . .",
    Action.SEE_HISTORY: "x x x x x x x . .",
    Action.PORTAL_SETTINGS: "x x . x . . . . .",
    Action.SEE_WORKLIST: "x x x . . . . . .",
    Action.EDIT_PROPOSALS: "x x x . . . . . .",
    Action.TRANSFER: "x x . . . . . . .",
    Action.SEND: "x x x . . . . . .",
    Action.SEE_DOSSIER: "x x x . . . . . .",
    Action.DOSSIER_SETTINGS: "x x . . . . . . .",
    Action.SYNCHRONISE: "x x . . . . . . .",
    Action.OPEN_PORTAL: "x x . . . . . . .",
    Action.ERASE: "x . . . . . . . .",
    Action.RETRY_TASKS: "x x . . . . . . .",
    Action.READ_FEED: "x x . x . . . . .",
    Action.OPEN_DOSSIERS: "x . . . . . . . .",
    Action.OFFICE_SETTINGS: "x . . . . . . . .",
    Action.SEE_HEALTH: "x . . . . . . . .",
}
OFFICE_WIDE = {
    Action.OPEN_DOSSIERS: "x . . - - - - - -",
    Action.OFFICE_SETTINGS: "x . . - - - - - -",
    Action.SEE_HEALTH: "x . . - - - - - -",
    Action.RETRY_TASKS: "x x . - - - - - -",
}
"""`-`: the office does not exist for him."""


def test_the_expectation_covers_every_action():
    assert set(IN_A_DOSSIER) == set(Action)


def in_dossier(world, who, action):
    try:
        extent = world.bench.authority.require(world.actor(who), action, world.bakery)
    except Forbidden:
        return "."
    return "x" if extent == Extent.ALL else "o"


def in_office(world, who, action):
    try:
        world.bench.authority.require_office(world.actor(who), action)
    except Forbidden:
        return "."
    except NotFoundError:
        return "-"
    return "x"


def test_every_profile_may_do_in_a_dossier_what_the_table_says(world):
    assert {action: " ".join(in_dossier(world, who, action) for who in PROFILES) for action in Action} == IN_A_DOSSIER


def test_every_profile_may_do_in_the_office_what_the_table_says(world):
    assert {action: " ".join(in_office(world, who, action) for who in PROFILES) for action in OFFICE_WIDE} == OFFICE_WIDE


@pytest.mark.parametrize("action", Action)
def test_for_a_stranger_the_dossier_does_not_exist(world, action):
    with pytest.raises(NotFoundError):
        world.bench.authority.require(world.actor("chris"), action, world.bakery)


def test_an_employee_reaches_no_dossier_that_is_not_his(world):
    with pytest.raises(NotFoundError):
        world.bench.authority.require(world.actor("bart"), Action.SEE_DOSSIER, world.garage)


def test_an_admin_of_the_office_reaches_every_dossier(world):
    assert world.bench.authority.require(world.actor("dora"), Action.SEE_DOSSIER, world.garage) == Extent.ALL


def test_a_token_may_not_do_more_than_its_scopes(world):
    limited = Actor(user=world.user("anna"), via=Via.API, scopes=frozenset({Action.DELIVER}))
    assert world.bench.authority.require(limited, Action.DELIVER, world.bakery) == Extent.ALL
    with pytest.raises(Forbidden):
        world.bench.authority.require(limited, Action.SUBMIT, world.bakery)
