"""A sample of what Bart checks is looked at by a colleague; the draw is fair, keyed and recorded."""

from uuid import UUID, uuid4

import pytest

from application import erasure, quality_control, sending, worklist
from application.event_log import NotFoundError
from application.history import history_of
from application.permissions import Forbidden
from domain.booking_proposal import BookingProposal, Stage, proposal_of
from domain.kernel import ERASED, Refused
from domain.office import Office, OfficeOpened
from domain.quality_control import (
    ControlPassed,
    ControlRemarked,
    ControlShareSet,
    PickedForControl,
    QualityControl,
    control_of,
    is_drawn,
    set_share,
)
from projections.worklist_control import Figures
from scenario import scenario
from world import ubl

BART, DORA, DOCUMENT = UUID(int=1), UUID(int=2), UUID(int=9)
PICKED = PickedForControl(dossier=UUID(int=8), document=DOCUMENT, employee=BART)


def test_a_colleague_finds_it_right():
    scenario(QualityControl).given(PICKED).when(QualityControl.accept, DORA).then(ControlPassed(document=DOCUMENT))


def test_a_colleague_makes_a_remark():
    remark = ControlRemarked(document=DOCUMENT, remark="Btw is niet aftrekbaar")
    scenario(QualityControl).given(PICKED).when(QualityControl.remark_on, DORA, " Btw is niet aftrekbaar ").then(remark)
    scenario(QualityControl).given(PICKED, remark).when(QualityControl.accept, DORA).then(ControlPassed(document=DOCUMENT))


def test_a_remark_says_something():
    scenario(QualityControl).given(PICKED).when(QualityControl.remark_on, DORA, " ").then_refused("wat er beter kan")


def test_nobody_controls_himself():
    scenario(QualityControl).given(PICKED).when(QualityControl.accept, BART).then_refused("controleert een collega")
    scenario(QualityControl).given(PICKED).when(QualityControl.remark_on, BART, "goed zo").then_refused("controleert een collega")


def test_an_employee_can_have_a_share_of_his_own_and_lose_it():
    office = scenario(Office).given(
        OfficeOpened(office_name="Lindeman"), ControlShareSet(percent=10), ControlShareSet(employee=BART, percent=50)
    )
    assert (office.state.control_share, office.state.control_shares) == (10, {BART: 50})
    assert office.given(ControlShareSet(employee=BART)).state.control_shares == {}


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_share_is_a_percentage(percent):
    with pytest.raises(Refused, match="tussen 0 en 100"):
        set_share({}, 0, BART, percent)


def test_all_is_drawn_at_a_hundred_and_nothing_at_zero():
    numbers = (0, 1, 2**31, 2**32 - 1)
    assert all(is_drawn(number, 100) for number in numbers)
    assert not any(is_drawn(number, 0) for number in numbers)


@pytest.fixture
def invoices(world):
    documents = [world.deliver(ubl(number), name=f"{number}.xml") for number in range(2)]
    world.submit(*documents)
    world.settle()
    return documents


@pytest.fixture
def drawn(world, invoices):
    """Everything Bart checks is drawn; he checked the first."""
    quality_control.set_control_share(world.bench, world.actor("dora"), world.user("bart"), 100)
    worklist.check(world.bench, world.actor("bart"), proposal_of(invoices[0]))
    world.settle()
    return invoices[0]


def waiting(world, who, profile="employee"):
    user = world.user(who)
    return world.models.worklist.control_count(user, world.models.directory.office_reach(user, profile))


def test_nothing_is_drawn_before_the_office_wants_it(world, invoices):
    worklist.check(world.bench, world.actor("bart"), proposal_of(invoices[0]))
    assert not world.bench.log.stream(control_of(invoices[0]))


@pytest.mark.usefixtures("drawn")
def test_what_was_drawn_is_offered_to_colleagues_and_never_to_himself(world):
    assert (waiting(world, "bart"), waiting(world, "staf"), waiting(world, "dora", "admin")) == (0, 1, 1)
    assert "is in orde" not in world.browser("bart").get("/office/control").text
    assert "is in orde" in world.browser("staf").get("/office/control").text


@pytest.mark.usefixtures("drawn")
def test_only_he_whose_share_it_is_is_drawn(world, invoices):
    worklist.check(world.bench, world.actor("staf"), proposal_of(invoices[1]))
    assert not world.bench.log.stream(control_of(invoices[1]))


def test_checking_again_draws_no_second_time(world, drawn):
    worklist.uncheck(world.bench, world.actor("bart"), [proposal_of(drawn)])
    worklist.check(world.bench, world.actor("bart"), proposal_of(drawn))
    assert len(world.bench.log.stream(control_of(drawn))) == 1


def test_the_same_draw_comes_out_the_same_and_near_its_share(world):
    quality_control.set_control_share(world.bench, world.actor("dora"), None, 20)
    documents, bart = [uuid4() for _ in range(400)], world.user("bart")
    first, second = ([bool(quality_control.draw(world.bench, bart, world.bakery, one)) for one in documents] for _ in range(2))
    assert first == second
    assert 40 <= sum(first) <= 125


def test_a_verdict_reaches_him_and_the_figures(world, drawn):
    quality_control.remark_on_control(world.bench, world.actor("staf"), drawn, "Niet aftrekbaar")
    world.settle()
    bart = world.user("bart")
    [row] = world.models.worklist.controls(bart, [world.bakery], "mine")
    assert (row.control_remark, row.control_by) == ("Niet aftrekbaar", world.user("staf"))
    assert waiting(world, "dora", "admin") == 0
    assert world.models.worklist.control_figures()[bart] == Figures(checked=1, waiting=0, passed=0, remarked=1)
    assert "Niet aftrekbaar" in world.browser("bart").get(f"/office/proposals/{proposal_of(drawn)}").text
    assert "Cijfers per medewerker" in world.browser("dora").get("/office/control").text
    assert "Cijfers per medewerker" not in world.browser("bart").get("/office/control").text


def test_it_does_not_hold_up_sending_unless_the_office_says_so(world, drawn):
    quality_control.switch_control_hold(world.bench, world.actor("dora"), on=True)
    refused = sending.send(world.bench, world.actor("bart"), [proposal_of(drawn)]).refused
    assert "wacht op kwaliteitscontrole" in str(refused[proposal_of(drawn)])
    quality_control.accept_control(world.bench, world.actor("dora"), drawn)
    assert not sending.send(world.bench, world.actor("bart"), [proposal_of(drawn)]).refused


def test_without_that_setting_it_is_sent_at_once(world, drawn):
    assert not sending.send(world.bench, world.actor("bart"), [proposal_of(drawn)]).refused
    assert world.bench.log.load(BookingProposal, proposal_of(drawn)).state.stage == Stage.NUMBERED


@pytest.mark.parametrize(("who", "error"), [("anna", Forbidden), ("chris", NotFoundError), ("ed", Forbidden), ("bart", Refused)])
def test_a_client_gives_no_verdict_nor_does_he_himself(world, drawn, who, error):
    with pytest.raises(error):
        quality_control.accept_control(world.bench, world.actor(who), drawn)


def test_the_client_learns_nothing_of_it(world, drawn):
    quality_control.remark_on_control(world.bench, world.actor("staf"), drawn, "Niet aftrekbaar")
    client = [entry.name for entry in history_of(world.bench.log, drawn, for_client=True)]
    office = [entry.name for entry in history_of(world.bench.log, drawn)]
    assert [name for name in office if name not in client] == ["control.picked", "control.remarked"]


def test_with_an_erased_document_goes_the_remark(world, drawn):
    quality_control.remark_on_control(world.bench, world.actor("staf"), drawn, "Niet aftrekbaar")
    erasure.erase(world.bench, world.actor("dora"), drawn, erasure.Ground.REQUEST)
    world.settle()
    assert world.bench.log.stream(control_of(drawn))[-1].event.remark == ERASED
    assert world.models.worklist.find(proposal_of(drawn)).control_remark == ""


def test_an_admin_sets_the_shares_on_the_settings(world):
    dora, bart = world.browser("dora"), world.user("bart")
    data = {"share": "5", f"share.{bart}": "25", "holds": "1"}
    assert dora.post("/office/settings/control", data=data, follow_redirects=False).status_code == 303
    office = world.bench.log.load(Office, world.bench.claims.stream("office")).state
    assert (office.control_share, office.control_shares, office.control_holds) == (5, {bart: 25}, True)
    assert dora.post("/office/settings/control", data={"share": "500"}, follow_redirects=False).status_code == 409
