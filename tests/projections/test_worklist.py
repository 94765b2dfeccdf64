from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from paper import BAKERY, GARAGE, drafted, fill, line, received, sent, submitted

from domain import booking_proposal as proposals
from domain import document as documents
from domain.booking_proposal import ProposalCorrected, proposal_of
from domain.booking_removal import BookingRemoved, RemovalRefused, RemovalRequested
from domain.document import Mailbox
from domain.kernel import ERASED
from projections.worklist import Narrowed, Progress, Tab, Worklist
from read_models import moments

NEW = {"counterparty": None, "party_name": "Nieuw BV"}


@pytest.fixture
def worklist(pool):
    return Worklist(pool)


def filled(worklist, *stories, after=()):
    fill(worklist, moments(*(fact for story in stories for fact in story), *after))


def ids(worklist, tab=Tab.PURCHASE, dossier=BAKERY, **wanted):
    rows, _count, _total = worklist.page(dossier, tab, **wanted)
    return [row.id for row in rows]


def numbers(worklist, **wanted):
    rows, _count, _total = worklist.page(BAKERY, Tab.PURCHASE, **wanted)
    return [row.invoice_number for row in rows]


def counted(worklist, tab=Tab.PURCHASE):
    counts = worklist.filter_counts(BAKERY, tab)
    return {name: count for name in counts.__struct_fields__ if (count := getattr(counts, name))}


def test_a_document_is_in_the_worklist_once_it_is_submitted(worklist):
    waiting = uuid4()
    proposal, story = submitted()
    filled(worklist, story, [(waiting, received()), (proposal_of(waiting), drafted(waiting))])
    assert ids(worklist) == [proposal]
    assert ids(worklist, dossier=GARAGE) == ids(worklist, Tab.SALES) == []
    counts = worklist.counts([BAKERY, GARAGE])
    assert (counts[BAKERY].purchase, counts[BAKERY].sales, counts[GARAGE].purchase) == (1, 0, 0)


def test_a_row_shows_the_proposal(worklist):
    proposal, story = submitted(total="121.00", party_name="De Molen", invoice_number="F-7")
    filled(worklist, story)
    row = worklist.find(proposal)
    assert (row.party, row.party_sort, row.invoice_number, row.total, row.line_total) == ("De Molen", "molen", "F-7", 121, 121)
    assert (*row.accounts, *row.vat_codes, row.pages, row.stage, row.state) == ("610000", "21", 1, "open", "ok")


@pytest.mark.parametrize(
    ("own", "state", "missing"),
    [
        ({}, "ok", ()),
        (NEW, "ok_new", ()),
        ({"unread": True, "period": None}, "ocr", ("boekperiode",)),
        ({"unread": True}, "ok", ()),
        ({"period": None}, "nok", ("boekperiode",)),
        ({"lines": (line("1"),)}, "nok", ()),
        ({"lines": (line("121", account=""),)}, "nok", ("rekening",)),
    ],
)
def test_a_proposal_says_how_good_it_is(worklist, own, state, missing):
    proposal, story = submitted(**own)
    filled(worklist, story)
    row = worklist.find(proposal)
    assert (row.state, tuple(row.missing)) == (state, missing)


def test_a_document_on_which_nothing_was_found_is_empty(worklist):
    nothing = {"counterparty": None, "party_name": "", "invoice_number": "", "invoice_date": None, "period": None}
    proposal, story = submitted(total=None, **nothing)
    filled(worklist, story)
    assert worklist.find(proposal).state == "empty"


def test_a_correction_changes_what_it_names_and_opens_a_checked_proposal(worklist):
    proposal, story = submitted(party_name="Oud", invoice_number="1")
    corrected = ProposalCorrected(party_name="Van Nieuw", total=Decimal(50), lines=(line("50", account="613000"),))
    filled(worklist, story, [(proposal, proposals.ProposalChecked()), (proposal, corrected)])
    row = worklist.find(proposal)
    assert (row.party, row.party_sort, row.total, *row.accounts, row.invoice_number) == ("Van Nieuw", "nieuw", 50, "613000", "1")
    assert (row.stage, row.state) == ("open", "ok")


def test_a_correction_leaves_a_held_proposal_held(worklist):
    proposal, story = submitted()
    filled(worklist, story, [(proposal, proposals.ProposalHeld(reason="Later.")), (proposal, ProposalCorrected(invoice_number="2"))])
    row = worklist.find(proposal)
    assert (row.state, row.reason, row.invoice_number) == ("held", "Later.", "2")


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ([proposals.ProposalChecked()], "checked"),
        ([proposals.ProposalChecked(suspense=True)], "checked_suspense"),
        ([proposals.ProposalChecked(), proposals.ProposalUnchecked()], "ok"),
        ([proposals.ProposalHeld()], "held"),
        ([proposals.ProposalHeld(), proposals.ProposalReleased()], "ok"),
    ],
)
def test_what_people_do_shows_in_the_state(worklist, told, state):
    proposal, story = submitted()
    filled(worklist, story, [(proposal, one) for one in told])
    assert worklist.find(proposal).state == state


def test_a_proposal_that_is_sent_leaves_the_worklist_with_its_number(worklist):
    proposal, story = submitted()
    filled(worklist, story, sent(proposal, "26000012"))
    assert ids(worklist) == []
    rows, count, total = worklist.sent(BAKERY)
    assert [(row.id, row.number, row.state) for row in rows] == [(proposal, "26000012", "sent")]
    assert (count, total, worklist.counts([BAKERY])[BAKERY].sent) == (1, 121, 1)


def test_a_refused_booking_is_back_in_the_worklist_with_reason_and_number(worklist):
    proposal, story = submitted()
    filled(worklist, story, sent(proposal), [(proposal, proposals.BookingRefused(reason="Periode gesloten."))])
    row = worklist.find(proposal)
    assert (row.state, row.reason, row.number, row.sent_at) == ("refused", "Periode gesloten.", "26000001", None)
    assert ids(worklist) == [proposal]
    assert worklist.sent(BAKERY)[1:] == (0, 0)


@pytest.mark.parametrize(
    ("told", "quick"),
    [
        ([], "underway"),
        ([proposals.SendingAbandoned()], "underway"),
        ([proposals.HandedOver()], "underway"),
        ([proposals.OutcomeLost(reason="Stil.")], "unknown"),
        ([proposals.OutcomeLost(), proposals.BookingNotFound(), proposals.ResendDecided()], "underway"),
        ([proposals.BookingAccepted(package_id="9")], "booked"),
        ([proposals.BookingConfirmed(package_id="9")], "booked"),
        ([proposals.BookingConfirmed(package_id="9"), RemovalRequested()], "removing"),
        ([proposals.BookingConfirmed(package_id="9"), RemovalRequested(), RemovalRefused(reason="Aangegeven.")], "booked"),
    ],
)
def test_sent_proposals_are_told_apart_by_how_far_they_are(worklist, told, quick):
    proposal, story = submitted()
    filled(worklist, story, sent(proposal), [(proposal, one) for one in told])
    assert {name: count for name, count in worklist.sent_counts(BAKERY).items() if count} == {"": 1, quick: 1}
    assert [row.id for row in worklist.sent(BAKERY, quick=quick)[0]] == [proposal]
    others = {"underway", "unknown", "booked", "removing"} - {quick}
    assert [worklist.sent(BAKERY, quick=other)[1] for other in others] == [0, 0, 0]


def test_what_left_the_books_again_is_back_in_the_list_with_its_number(worklist):
    proposal, story = submitted()
    gone = [proposals.BookingConfirmed(package_id="9"), RemovalRequested(reason="dubbel"), BookingRemoved()]
    filled(worklist, story, sent(proposal), [(proposal, one) for one in gone])
    row = worklist.find(proposal)
    assert (row.number, row.sent_at, row.package_id, row.reason) == ("26000001", None, None, "")
    assert ids(worklist) == [proposal]


def test_a_sending_that_goes_on_tells_how_far_it_is(worklist):
    (booked, one), (refused, two), (underway, three) = submitted(), submitted(), submitted()
    assert worklist.sending(BAKERY) is None
    after = [(booked, proposals.BookingConfirmed(package_id="9")), (refused, proposals.BookingRefused(reason="Nee."))]
    filled(worklist, one, two, three, [*sent(underway), *sent(booked), *sent(refused)], after)
    assert worklist.sending(BAKERY) == Progress(all=3, underway=1, refused=1)
    filled(worklist, [(underway, proposals.BookingAccepted(package_id="10"))])
    assert worklist.sending(BAKERY) is None


def test_a_booking_that_is_not_found_says_so_until_it_is_sent_again(worklist):
    proposal, story = submitted()
    lost = [proposals.OutcomeLost(reason="Stil."), proposals.BookingNotFound()]
    filled(worklist, story, sent(proposal), [(proposal, one) for one in lost])
    assert worklist.find(proposal).not_found
    filled(worklist, story, sent(proposal), [(proposal, one) for one in [*lost, proposals.ResendDecided()]])
    assert not worklist.find(proposal).not_found


def test_miscellaneous_documents_have_a_tab_until_they_are_processed(worklist):
    open_one, done = uuid4(), uuid4()
    told = [(one, event) for one in (open_one, done) for event in (received(mailbox=Mailbox.MISC), documents.DocumentSubmitted())]
    filled(worklist, told, [(done, documents.DocumentProcessed())])
    assert ids(worklist, Tab.MISC) == [proposal_of(open_one)]
    assert counted(worklist, Tab.MISC) == {"all": 1, "unchecked": 1}
    assert worklist.counts([BAKERY])[BAKERY].misc == 1


def test_a_deleted_or_erased_proposal_is_nowhere(worklist):
    (deleted, first), (erased, second) = submitted(party_name="Jan"), submitted(party_name="Piet")
    document = second[0][0]
    filled(worklist, first, second, [(deleted, proposals.ProposalDeleted()), (document, documents.DocumentErased(ground="request"))])
    assert ids(worklist) == ids(worklist, text="piet") == []
    assert counted(worklist) == {}
    row = worklist.find(erased)
    assert (row.file_name, row.party, row.party_sort, row.invoice_number) == (ERASED, ERASED, "", "")


def test_each_quick_filter_holds_what_it_counts(worklist):
    stories = {
        "good": submitted(total="1"),
        "no_party": submitted(counterparty=None, party_name=""),
        "zero": submitted(total="0.00"),
        "unknown total": submitted(total=None),
        "date_after_period": submitted(total="2", period="2026-02"),
        "checked": submitted(total="3"),
    }
    of = {proposal: name for name, (proposal, _) in stories.items()}
    filled(worklist, *(story for _, story in stories.values()), [(stories["checked"][0], proposals.ProposalChecked())])
    expected = {
        "all": set(stories),
        "unchecked": set(stories) - {"checked"},
        "checked": {"checked"},
        "no_party": {"no_party"},
        "zero": {"zero", "unknown total"},
        "double": set(),
        "date_after_period": {"date_after_period"},
    }
    for quick, names in expected.items():
        rows, count, _total = worklist.page(BAKERY, Tab.PURCHASE, quick=quick)
        assert ({of[row.id] for row in rows}, count) == (names, len(names)), quick
    assert counted(worklist) == {quick: len(names) for quick, names in expected.items() if names}


def test_a_filter_a_period_and_a_text_go_together(worklist):
    (wanted, first), (_, second), (_, third) = (
        submitted(party_name="De Molen", period="2026-02"),
        submitted(party_name="De Molen", period="2026-03"),
        submitted(party_name="Ander", period="2026-02"),
    )
    filled(worklist, first, second, third)
    assert ids(worklist, quick="date_after_period", period="2026-02", text="molen") == [wanted]
    rows, count, total = worklist.page(BAKERY, Tab.PURCHASE, period="2026-02")
    assert (len(rows), count, total) == (2, 2, 242)


# two that look the same


def same(number="2026/001", **own):
    return submitted(**({"invoice_number": number, "invoice_date": date(2026, 3, 2)} | own))


def doubles(worklist, *proposals_):
    rows = [worklist.find(one) for one in proposals_]
    listed = set(ids(worklist, quick="double"))
    assert listed == {row.id for row in rows if row.double_of}
    assert len(listed) == worklist.filter_counts(BAKERY, Tab.PURCHASE).double
    return [row.double_of for row in rows]


def test_the_same_number_of_the_same_party_is_a_double(worklist):
    (one, first), (other, second) = same("2026/001", total="10"), same("2026-1", total="20", invoice_date=date(2026, 3, 9))
    filled(worklist, first, second)
    assert doubles(worklist, one, other) == [None, None]
    third, story = same("2026-001", total="30", invoice_date=date(2026, 3, 9))
    filled(worklist, first, second, story)
    assert doubles(worklist, one, other, third) == [third, None, one]


def test_the_same_party_day_and_amount_is_a_double_whatever_the_number(worklist):
    (one, first), (other, second) = same("1", total="10"), same("2", total="10.00")
    filled(worklist, first, second)
    assert doubles(worklist, one, other) == [other, one]


def test_number_day_and_total_of_two_parties_are_a_double(worklist):
    (one, first), (other, second) = same("F 2026/001", total="10"), same("Factuur 2026001", total="10.00", counterparty=UUID(int=8))
    filled(worklist, first, second)
    assert doubles(worklist, one, other) == [other, one]


def test_the_e_invoice_is_the_one_a_double_is_compared_with(worklist):
    (page, first), (_, second), (electronic, third) = same(), same(), same(source="UBL")
    filled(worklist, first, second, third)
    assert (worklist.find(page).double_of, worklist.find(page).double_source) == (electronic, "UBL")
    assert (worklist.find(electronic).double_of, worklist.find(electronic).double_source) == (page, "AIR")


def test_a_sales_invoice_knows_the_number_before_it(worklist):
    stories = [
        submitted(mailbox=Mailbox.SALES, journal="VK", invoice_number=number, invoice_date=date(2026, 3, day), period="2026-03")
        for number, day in (("2026/7", 1), ("2026/5", 2), ("2026/8", 3), ("abc", 4))
    ]
    filled(worklist, *(story for _, story in stories))
    assert [worklist.find(one).sale_before for one, _ in stories] == [("2026/5", "2026-03-02", 5), None, ("2026/7", "2026-03-01", 7), None]


@pytest.mark.parametrize(
    "own",
    [
        {"counterparty": UUID(int=8), "total": "5"},
        {"counterparty": UUID(int=8), "number": "77"},
        {"dossier": GARAGE},
        {"mailbox": Mailbox.SALES},
        {"number": "77", "total": "5"},
        {"number": "77", "credit_note": True},
    ],
)
def test_two_of_counterparty_number_day_and_total_are_no_double(worklist, own):
    (one, first), (_, second) = same(total="10"), same(**({"total": "10"} | own))
    filled(worklist, first, second)
    assert doubles(worklist, one) == [None]


def test_a_double_is_told_by_vat_number_or_name_before_the_party_is_known(worklist):
    by_vat = {"counterparty": None, "party_vat": "BE0403170701", "total": "10"}
    by_name = {"counterparty": None, "total": "20"}
    (one, first), (other, second) = same("1", party_name="A", **by_vat), same("2", **by_vat)
    (third, third_story), (fourth, fourth_story) = same("3", party_name="De Molen", **by_name), same("4", party_name="de molen!", **by_name)
    filled(worklist, first, second, third_story, fourth_story)
    assert doubles(worklist, one, other, third, fourth) == [other, one, fourth, third]


@pytest.mark.parametrize("batches", ["one batch", "a batch an event"])
@pytest.mark.parametrize(
    "cure",
    [
        lambda proposal, _: (proposal, ProposalCorrected(invoice_number="9", total=Decimal(5))),
        lambda proposal, _: (proposal, ProposalCorrected(counterparty=UUID(int=8), invoice_date=date(2026, 3, 3))),
        lambda proposal, _: (proposal, proposals.ProposalDeleted()),
        lambda _, document: (document, documents.DocumentErased(ground="request")),
    ],
)
def test_a_double_disappears_when_the_other_is_corrected_deleted_or_erased(worklist, cure, batches):
    (one, first), (other, second) = same(total="10"), same(total="10")
    events = moments(*first, *second, cure(other, second[0][0]))
    fill(worklist, *([events] if batches == "one batch" else [[event] for event in events]))
    assert doubles(worklist, one) == [None]


def test_a_double_appears_when_a_correction_makes_it_one(worklist):
    (one, first), (other, second) = same("1", total="10"), same("2", total="20")
    events = moments(*first, *second, (other, ProposalCorrected(invoice_number="1")))
    fill(worklist, *([event] for event in events))
    assert doubles(worklist, one, other) == [other, one]


def test_of_three_that_are_the_same_two_are_left_when_one_goes(worklist):
    (one, first), (two, second), (three, third) = same(total="10"), same(total="10"), same(total="10")
    events = moments(*first, *second, *third)
    fill(worklist, events)
    assert doubles(worklist, one, two, three) == [two, one, one]
    fill(worklist, *([event] for event in moments(*first, *second, *third, (one, proposals.ProposalDeleted()))))
    assert doubles(worklist, two, three) == [three, two]


def test_a_new_one_that_was_booked_already_is_a_double(worklist):
    (booked, first), (new, second) = same(total="10"), same(total="10")
    filled(worklist, first, sent(booked), [(booked, proposals.BookingConfirmed(package_id="1"))], second)
    assert worklist.find(new).double_of == booked
    assert ids(worklist, quick="double") == [new]
    assert worklist.filter_counts(BAKERY, Tab.PURCHASE).double == 1


# order, text, pages


def test_counterparties_are_in_order_without_accents_and_particles(worklist):
    names = ["Zoo", "de Smet", "Émile", "Van den Berg", "aalst"]
    filled(worklist, *(submitted(party_name=name)[1] for name in names))
    ordered = ["aalst", "Van den Berg", "Émile", "de Smet", "Zoo"]
    assert [row.party for row in worklist.page(BAKERY, Tab.PURCHASE, sort="party")[0]] == ordered
    assert [row.party for row in worklist.page(BAKERY, Tab.PURCHASE, sort="-party")[0]] == ordered[::-1]


def test_what_has_no_date_comes_last_whichever_way_it_is_sorted(worklist):
    days = [date(2026, 3, 1), None, date(2026, 1, 1), date(2026, 2, 1)]
    filled(worklist, *(submitted(invoice_number=str(number), invoice_date=day)[1] for number, day in enumerate(days)))
    assert numbers(worklist, sort="date") == ["2", "3", "0", "1"]
    assert numbers(worklist) == ["0", "3", "2", "1"]


def test_credit_notes_count_as_negative(worklist):
    (one, first), (other, second) = submitted(total="100"), submitted(total="30", credit_note=True)
    filled(worklist, first, second)
    assert worklist.page(BAKERY, Tab.PURCHASE)[1:] == (2, 70)
    assert ids(worklist, sort="total") == [other, one]


@pytest.mark.parametrize("text", ["2026-00123", "smet", "één bv", "1.234,50", "1234,5", "bijlage.pdf", "26000012"])
def test_a_proposal_is_found_by_what_it_shows(worklist, text):
    proposal, story = submitted(party_name="De Smet & Één BV", invoice_number="F/2026-00123", total="1234.50")
    renamed = (story[0][0], documents.DocumentRenamed(file_name="bijlage.pdf"))
    filled(worklist, story, [renamed], sent(proposal, "26000012"), submitted()[1], sent(submitted()[0]))
    rows, count, total = worklist.sent(BAKERY, text=text)
    assert ([row.id for row in rows], count, total) == ([proposal], 1, Decimal("1234.50"))


SORTS = ["-date", "date", "party", "-party", "-total", "account", "period", "state", "-received", "name", "-processed", "document_number"]


@pytest.mark.parametrize("quick", ["all", "unchecked"])
def test_pages_follow_each_other_without_gap_or_repeat(worklist, quick):
    filled(worklist, *(submitted(invoice_date=date(2026, 3, 1 + number // 2))[1] for number in range(7)))
    for sort in SORTS:
        whole = ids(worklist, sort=sort, quick=quick)
        paged = [one for offset in (0, 3, 6) for one in ids(worklist, sort=sort, quick=quick, limit=3, offset=offset)]
        assert (len(whole), paged) == (7, whole), sort
        assert ids(worklist, sort=sort, quick=quick, limit=3, offset=9) == []


def test_sent_pages_follow_each_other_newest_first(worklist):
    stories = [submitted() for _ in range(5)]
    filled(worklist, *(story for _, story in stories), *(sent(proposal) for proposal, _ in stories))
    pages = [row.id for offset in (0, 2, 4) for row in worklist.sent(BAKERY, limit=2, offset=offset)[0]]
    assert pages == [proposal for proposal, _ in reversed(stories)]


# from row to row


@pytest.fixture
def row_of_five(worklist):
    stories = [submitted(invoice_date=None if number == 4 else date(2026, 3, 9 - number)) for number in range(5)]
    filled(worklist, *(story for _, story in stories))
    return [proposal for proposal, _ in stories]


def test_every_row_knows_its_neighbours_in_the_lists_order(worklist, row_of_five):
    a, b, c, d, e = row_of_five
    assert ids(worklist) == row_of_five
    assert worklist.neighbours(BAKERY, Tab.PURCHASE, a) == (None, b, 1, 5)
    assert worklist.neighbours(BAKERY, Tab.PURCHASE, c) == (b, d, 3, 5)
    assert worklist.neighbours(BAKERY, Tab.PURCHASE, e) == (d, None, 5, 5)
    assert worklist.neighbours(BAKERY, Tab.PURCHASE, uuid4()) == (None, None, 0, 0)


def test_the_next_to_check_is_the_one_below_and_then_from_the_top_again(worklist):
    stories = [submitted(invoice_date=None if number == 4 else date(2026, 3, 9 - number)) for number in range(5)]
    a, b, c, d, e = (proposal for proposal, _ in stories)
    told = [(b, proposals.ProposalChecked()), (d, proposals.ProposalHeld())]
    filled(worklist, *(story for _, story in stories), told)
    following = {one: worklist.next_unchecked(BAKERY, Tab.PURCHASE, one) for one in (a, b, c, d, e)}
    assert following == {a: c, b: c, c: e, d: e, e: a}
    assert worklist.next_unchecked(BAKERY, Tab.PURCHASE) == a
    assert worklist.next_unchecked(BAKERY, Tab.SALES) is None
    assert worklist.next_unchecked(BAKERY, Tab.PURCHASE, uuid4()) == a


def test_the_only_one_left_has_no_next(worklist):
    proposal, story = submitted()
    filled(worklist, story)
    assert worklist.next_unchecked(BAKERY, Tab.PURCHASE, proposal) is None


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        (Narrowed(), ["1", "2", "3"]),
        (Narrowed(state="ok_new"), ["2"]),
        (Narrowed(source="UBL"), ["3"]),
        (Narrowed(since=date(2026, 3, 2), until=date(2026, 3, 2)), ["2"]),
        (Narrowed(least=Decimal(100), most=Decimal(200)), ["1", "3"]),
        (Narrowed(least=Decimal(100), source="UBL", state="ok"), ["3"]),
    ],
)
def test_a_list_is_narrowed_by_state_source_dates_and_amounts_together(worklist, narrowed, found):
    one = submitted(invoice_number="1", invoice_date=date(2026, 3, 1), total="121.00")
    two = submitted(invoice_number="2", invoice_date=date(2026, 3, 2), total="12.10", **NEW)
    three = submitted(invoice_number="3", invoice_date=date(2026, 3, 3), total="121.00", source="UBL")
    filled(worklist, *(story for _proposal, story in (one, two, three)))
    rows, count, total = worklist.page(BAKERY, Tab.PURCHASE, narrowed=narrowed)
    assert sorted(row.invoice_number for row in rows) == found
    assert (count, total) == (len(rows), sum(row.total for row in rows))
    assert worklist.page(BAKERY, Tab.PURCHASE, narrowed=narrowed, text="nietsdaarvan")[1] == 0
