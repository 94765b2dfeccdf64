"""The office promises to process within so many working days; what is late stands out, without anything being written overnight."""

from datetime import date, timedelta

import pytest

from application import misc_documents, service_level, worklist
from application.event_log import NotFoundError
from application.misc_documents import Filing
from application.permissions import Forbidden
from domain.booking_proposal import proposal_of
from domain.document import Document, DocumentSubmitted, Mailbox
from domain.dossier import Dossier
from domain.kernel import Refused
from domain.office import Office, OfficeOpened
from domain.service_level import DossierTermSet, OfficeTermSet, dossier_term, office_term, promised
from domain.working_days import working_days_after
from projections.worklist import Narrowed, Tab
from scenario import scenario
from world import ubl

OPENED = OfficeOpened(office_name="Lindeman")


def submit(world, number=0, mailbox=Mailbox.PURCHASE):
    document = world.deliver(ubl(number), name=f"{number}.xml", mailbox=mailbox)
    world.submit(document)
    world.settle()
    return document


def due_of(world, document):
    return world.models.worklist.find(proposal_of(document)).sla_due


def today(world):
    return world.bench.now().date()


def test_the_office_sets_its_term_once():
    scenario(Office).given(OPENED).when(lambda office: office_term(office.term, 5)).then(OfficeTermSet(days=5))
    scenario(Office).given(OPENED, OfficeTermSet(days=5)).when(lambda office: office_term(office.term, 5)).then_nothing()


@pytest.mark.parametrize("days", [-1, 61])
def test_a_term_is_a_number_of_days_that_can_be_kept(days):
    with pytest.raises(Refused, match="tussen 0 en 60"):
        office_term(0, days)
    with pytest.raises(Refused, match="tussen 0 en 60"):
        dossier_term(None, days)


@pytest.mark.parametrize(
    ("office", "own", "due"),
    [(0, None, None), (2, None, date(2026, 3, 16)), (2, 1, date(2026, 3, 13)), (2, 0, None), (0, 1, date(2026, 3, 13))],
)
def test_a_dossier_goes_before_the_office(office, own, due):
    assert promised(date(2026, 3, 12), office, own) == due


def test_nothing_is_promised_until_somebody_sets_a_term(world):
    assert due_of(world, submit(world)) is None


def test_what_is_submitted_gets_the_day_of_then_and_keeps_it(world):
    service_level.set_office_term(world.bench, world.actor("dora"), 3)
    first = submit(world)
    service_level.set_dossier_term(world.bench, world.actor("bart"), world.bakery, 10)
    second = submit(world, 1)
    assert [due_of(world, one) for one in (first, second)] == [working_days_after(today(world), count) for count in (3, 10)]
    service_level.set_dossier_term(world.bench, world.actor("bart"), world.bakery, None)
    assert due_of(world, submit(world, 2)) == working_days_after(today(world), 3)


def test_the_event_tells_it(world):
    service_level.set_office_term(world.bench, world.actor("dora"), 1)
    document = submit(world)
    [event] = [moment.event for moment in world.bench.log.stream(document) if isinstance(moment.event, DocumentSubmitted)]
    assert event.process_by == working_days_after(today(world), 1)
    assert world.bench.log.load(Document, document).state.submitted


def test_what_is_late_is_counted_by_tab_and_leaves_the_count_when_it_is_done(world):
    service_level.set_office_term(world.bench, world.actor("dora"), 1)
    invoice, letter = submit(world), submit(world, 1, Mailbox.MISC)
    due = due_of(world, invoice)

    def late(day):
        found = world.models.worklist.late([world.bakery, world.garage], day)
        assert not any(one.rows for one in found[world.garage].values())
        return [found[world.bakery][tab].rows for tab in Tab]

    assert late(due) == [0, 0, 0]
    after = due + timedelta(days=1)
    assert late(after) == [1, 0, 1]
    assert world.models.worklist.late([world.bakery], after)[world.bakery][Tab.PURCHASE].oldest == due
    listed = world.models.worklist.page(world.bakery, Tab.PURCHASE, narrowed=Narrowed(late_on=after))
    assert ([row.document for row in listed[0]], listed[1], listed[2]) == ([invoice], 1, listed[0][0].total_eur)
    assert world.models.worklist.page(world.bakery, Tab.PURCHASE, narrowed=Narrowed(late_on=due))[:2] == ([], 0)
    misc_documents.process(world.bench, world.actor("bart"), [letter], Filing())
    worklist.delete(world.bench, world.actor("bart"), proposal_of(invoice), "dubbel")
    world.settle()
    assert late(after) == [0, 0, 0]


@pytest.mark.parametrize(("who", "error"), [("bart", Forbidden), ("anna", NotFoundError), ("chris", NotFoundError)])
def test_only_an_admin_sets_the_term_of_the_office(world, who, error):
    with pytest.raises(error):
        service_level.set_office_term(world.bench, world.actor(who), 3)


@pytest.mark.parametrize(("who", "error"), [("staf", Forbidden), ("anna", Forbidden), ("chris", NotFoundError)])
def test_only_who_keeps_a_dossier_sets_its_term(world, who, error):
    with pytest.raises(error):
        service_level.set_dossier_term(world.bench, world.actor(who), world.bakery, 3)
    assert world.bench.log.load(Dossier, world.bakery).state.term is None


def test_the_settings_and_the_lists_show_it(world):
    dora, bart = world.browser("dora"), world.browser("bart")
    assert "Inbreuk op SLA" not in bart.get(f"/office/dossiers/{world.bakery}/worklist").text
    assert dora.post("/office/settings/term", data={"term": "1"}, follow_redirects=False).status_code == 303
    assert dora.post("/office/settings/term", data={"term": "99"}, follow_redirects=False).status_code == 409
    bart.post(f"/office/dossiers/{world.bakery}/settings/term", data={"term": "2"}, follow_redirects=False)
    assert world.bench.log.load(Dossier, world.bakery).state.term == 2
    document = submit(world)
    page = bart.get(f"/office/dossiers/{world.bakery}/worklist").text
    assert "Inbreuk op SLA" in page
    assert f"{due_of(world, document):%d/%m/%Y}" in page
    assert "Inbreuk op SLA" in bart.get("/office/clients").text


def test_a_dossier_term_can_be_none_of_its_own():
    assert dossier_term(3, None) == [DossierTermSet(days=None)]
