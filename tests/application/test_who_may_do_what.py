"""Every use-case that takes an actor, called by each profile and a stranger: the authority must be asked in the use-case itself."""

import inspect
import pkgutil
from contextlib import suppress
from importlib import import_module
from uuid import UUID

import pytest

import application
from application import (
    article_lists,
    asking,
    dossiers,
    enrichment_settings,
    erasure,
    exchange_rates,
    helping,
    intake,
    line_reading,
    mailboxes,
    misc_documents,
    offices,
    page_cutting,
    people,
    quality_control,
    rereading,
    sending,
    service_level,
    tasks,
    ways_of_booking,
    worklist,
    worklist_views,
)
from application.event_log import Change, NotFoundError
from application.permissions import TABLE, Action, Extent, Forbidden, extent
from domain.article_list import ArticleRule
from domain.booking_proposal import BookingProposal, ProposalCorrected, proposal_of
from domain.document import Channel, Mailbox
from domain.dossier import Dossier, Kind
from domain.kernel import Refused
from domain.profiles import ClientProfile, OfficeProfile
from domain.quality_control import PickedForControl, control_of
from world import CAST, ubl

NOBODY = UUID(int=0)
OFFICE_WIDE = frozenset({Action.OPEN_DOSSIERS, Action.OFFICE_SETTINGS})
ANYBODY = None
"""About himself."""
NAMES = {"first_name": "Anna", "last_name": "Claes", "email": "anna@voorbeeld.be"}


class Case:
    """One world with a document of Anna's at each step, and a task that failed."""

    def __init__(self, world):
        self.bench, self.jobs, self.dossier, self.world = world.bench, world.cell.jobs, world.bakery, world
        self.waiting, self.spare, self.submitted = (world.deliver(ubl(number), name=f"{number}.xml") for number in range(3))
        world.submit(self.submitted)
        world.settle()
        self.proposal = proposal_of(self.submitted)
        self.journal = next(iter(self.bench.log.load(Dossier, self.dossier).state.journals.values()))

    def state(self):
        return self.bench.log.load(BookingProposal, self.proposal).state

    def asked(self):
        """A document that Dora was asked to help with."""
        with suppress(Refused):
            helping.ask_help(self.bench, self.world.actor("dora"), self.submitted, "Hoe?")
        return self.submitted

    def drawn(self):
        """A document that was drawn for control."""
        stream = control_of(self.submitted)
        if not self.bench.log.stream(stream):
            picked = PickedForControl(dossier=self.dossier, document=self.submitted, employee=NOBODY)
            self.bench.log.append(Change(stream=stream, version=0, events=[picked]), context=people.SYSTEM)
        return self.submitted

    def question(self):
        """A document that its client was asked about."""
        with suppress(Refused):
            asking.ask_client(self.bench, self.world.actor("dora"), self.submitted, "Wat?")
        return self.submitted

    def failed_job(self):
        with self.world.cell.database.transaction() as db:
            db.execute(
                "INSERT INTO open_jobs (id, kind, subject, cause, position, state, attempts, next_try, error, finished_at) "
                "VALUES (gen_random_uuid(), 'synchronise', %s, gen_random_uuid()::text, 1, 'failed', 8, now(), 'weg', now())",
                (self.dossier,),
            )
        return self.jobs.failed()[0].id


def delivery(case):
    return intake.Delivery(
        dossier=case.dossier, mailbox=Mailbox.PURCHASE, channel=Channel.UPLOAD, file_name="leeg.pdf", data=b"", key="leeg"
    )


# Use-case → the action it needs, and a call that does no harm: what is refused was allowed.
TABLE_OF_USE_CASES = {
    intake.receive: (Action.DELIVER, lambda c, a: intake.receive(c.bench, a, delivery(c))),
    mailboxes.visible_document: (Action.SEE_MAILBOXES, lambda c, a: mailboxes.visible_document(c.bench, a, c.waiting)),
    mailboxes.seen_document: (
        (Action.SEE_MAILBOXES,),  # the worklist has it only once it is submitted
        lambda c, a: mailboxes.seen_document(c.bench, a, c.waiting),
    ),
    mailboxes.rename: (Action.EDIT_DOCUMENTS, lambda c, a: mailboxes.rename(c.bench, a, c.waiting, "")),
    mailboxes.mark_handled: (Action.EDIT_DOCUMENTS, lambda c, a: mailboxes.mark_handled(c.bench, a, c.waiting, handled=False)),
    mailboxes.move: (Action.EDIT_DOCUMENTS, lambda c, a: mailboxes.move(c.bench, a, c.waiting, Mailbox.PURCHASE)),
    mailboxes.delete: (Action.EDIT_DOCUMENTS, lambda c, a: mailboxes.delete(c.bench, a, c.spare)),
    mailboxes.restore: (Action.EDIT_DOCUMENTS, lambda c, a: mailboxes.restore(c.bench, a, c.spare)),
    mailboxes.submit: (Action.SUBMIT, lambda c, a: mailboxes.submit(c.bench, a, [c.waiting])),
    misc_documents.process: (Action.EDIT_PROPOSALS, lambda c, a: misc_documents.process(c.bench, a, [c.waiting], misc_documents.Filing())),
    misc_documents.undo_processing: (Action.EDIT_PROPOSALS, lambda c, a: misc_documents.undo_processing(c.bench, a, [c.waiting])),
    misc_documents.fetched: (Action.EDIT_PROPOSALS, lambda c, a: misc_documents.fetched(c.bench, a, [c.waiting])),
    offices.set_misc_type: (Action.OFFICE_SETTINGS, lambda c, a: offices.set_misc_type(c.bench, a, "Attesten", permanent=False)),
    offices.drop_misc_type: (Action.OFFICE_SETTINGS, lambda c, a: offices.drop_misc_type(c.bench, a, "Attesten")),
    worklist.visible_proposal: (Action.SEE_WORKLIST, lambda c, a: worklist.visible_proposal(c.bench, a, c.proposal)),
    worklist.correct: (Action.EDIT_PROPOSALS, lambda c, a: worklist.correct(c.bench, a, c.proposal, ProposalCorrected())),
    worklist.correct_and_hold: (
        Action.EDIT_PROPOSALS,
        lambda c, a: worklist.correct_and_hold(c.bench, a, c.proposal, ProposalCorrected(), ""),
    ),
    worklist.hold: (Action.EDIT_PROPOSALS, lambda c, a: worklist.hold(c.bench, a, [c.proposal])),
    worklist.release: (Action.EDIT_PROPOSALS, lambda c, a: worklist.release(c.bench, a, [c.proposal])),
    worklist.check: (Action.EDIT_PROPOSALS, lambda c, a: worklist.check(c.bench, a, c.proposal)),
    worklist.check_all: (Action.EDIT_PROPOSALS, lambda c, a: worklist.check_all(c.bench, a, [c.proposal])),
    worklist.uncheck: (Action.EDIT_PROPOSALS, lambda c, a: worklist.uncheck(c.bench, a, [c.proposal])),
    worklist.part: (Action.EDIT_PROPOSALS, lambda c, a: worklist.part(c.bench, a, c.proposal)),
    worklist.join: (Action.EDIT_PROPOSALS, lambda c, a: worklist.join(c.bench, a, c.proposal)),
    line_reading.read_lines: (Action.EDIT_PROPOSALS, lambda c, a: line_reading.read_lines(c.bench, a, c.proposal, c.state())),
    line_reading.remember: (Action.EDIT_PROPOSALS, lambda c, a: line_reading.remember(c.bench, a, c.proposal, on=True)),
    ways_of_booking.save_template: (
        Action.EDIT_PROPOSALS,
        lambda c, a: ways_of_booking.save_template(c.bench, a, c.proposal, None, ()),
    ),
    ways_of_booking.drop_template: (
        Action.EDIT_PROPOSALS,
        lambda c, a: ways_of_booking.drop_template(c.bench, a, c.proposal, None, ""),
    ),
    service_level.set_office_term: (Action.OFFICE_SETTINGS, lambda c, a: service_level.set_office_term(c.bench, a, 0)),
    service_level.set_dossier_term: (Action.DOSSIER_SETTINGS, lambda c, a: service_level.set_dossier_term(c.bench, a, c.dossier, None)),
    quality_control.set_control_share: (
        Action.OFFICE_SETTINGS,
        lambda c, a: quality_control.set_control_share(c.bench, a, None, 0),
    ),
    quality_control.switch_control_hold: (Action.OFFICE_SETTINGS, lambda c, a: quality_control.switch_control_hold(c.bench, a, on=False)),
    quality_control.accept_control: (Action.EDIT_PROPOSALS, lambda c, a: quality_control.accept_control(c.bench, a, c.drawn())),
    quality_control.remark_on_control: (
        Action.EDIT_PROPOSALS,
        lambda c, a: quality_control.remark_on_control(c.bench, a, c.drawn(), ""),
    ),
    asking.ask_client: (Action.EDIT_PROPOSALS, lambda c, a: asking.ask_client(c.bench, a, c.submitted, "")),
    asking.correct_and_ask_client: (
        Action.EDIT_PROPOSALS,
        lambda c, a: asking.correct_and_ask_client(c.bench, a, c.proposal, ProposalCorrected(), ""),
    ),
    asking.answer_question: (Action.ANSWER_QUESTIONS, lambda c, a: asking.answer_question(c.bench, a, c.question(), 0, "")),
    asking.questions_about: (
        (Action.ANSWER_QUESTIONS, Action.SEE_WORKLIST),
        lambda c, a: asking.questions_about(c.bench, a, c.question()),
    ),
    asking.close_questions: (Action.EDIT_PROPOSALS, lambda c, a: asking.close_questions(c.bench, a, c.question())),
    asking.close_questions_of_all: (Action.EDIT_PROPOSALS, lambda c, a: asking.close_questions_of_all(c.bench, a, [c.question()])),
    helping.ask_help: (Action.EDIT_PROPOSALS, lambda c, a: helping.ask_help(c.bench, a, c.submitted, "")),
    helping.ask_help_with_all: (Action.EDIT_PROPOSALS, lambda c, a: helping.ask_help_with_all(c.bench, a, [c.submitted], "")),
    helping.correct_and_ask_help: (
        Action.EDIT_PROPOSALS,
        lambda c, a: helping.correct_and_ask_help(c.bench, a, c.proposal, ProposalCorrected(), ""),
    ),
    helping.answer_help: (Action.EDIT_PROPOSALS, lambda c, a: helping.answer_help(c.bench, a, c.asked(), "")),
    helping.close_help: (Action.EDIT_PROPOSALS, lambda c, a: helping.close_help(c.bench, a, c.asked())),
    helping.close_help_with_all: (Action.EDIT_PROPOSALS, lambda c, a: helping.close_help_with_all(c.bench, a, [c.asked()])),
    page_cutting.cut: (Action.EDIT_DOCUMENTS, lambda c, a: page_cutting.cut(c.bench, a, [c.spare], [])),
    page_cutting.cuttable: (Action.EDIT_DOCUMENTS, lambda c, a: page_cutting.cuttable(c.bench, a, [c.spare])),
    page_cutting.undo: (Action.EDIT_DOCUMENTS, lambda c, a: page_cutting.undo(c.bench, a, c.spare)),
    page_cutting.change_types: (
        Action.EDIT_PROPOSALS,
        lambda c, a: page_cutting.change_types(c.bench, a, [c.submitted], Mailbox.PURCHASE),
    ),
    page_cutting.begin_again: (
        Action.EDIT_PROPOSALS,
        lambda c, a: page_cutting.begin_again(c.bench, a, c.submitted, mailbox=Mailbox.PURCHASE),
    ),
    page_cutting.transfer_all: (Action.TRANSFER, lambda c, a: page_cutting.transfer_all(c.bench, a, [c.submitted], c.dossier)),
    rereading.recognise_again: (Action.EDIT_PROPOSALS, lambda c, a: rereading.recognise_again(c.bench, a, [c.waiting])),
    sending.send: (Action.SEND, lambda c, a: sending.send(c.bench, a, [c.proposal])),
    sending.resend: (Action.SEND, lambda c, a: sending.resend(c.bench, a, c.proposal)),
    sending.remove: (Action.SEND, lambda c, a: sending.remove(c.bench, a, [c.proposal])),
    worklist.delete: (Action.EDIT_PROPOSALS, lambda c, a: worklist.delete(c.bench, a, c.proposal, "")),
    dossiers.open_dossier: (
        Action.OPEN_DOSSIERS,
        lambda c, a: dossiers.open_dossier(
            c.bench, a, name="X", vat_number="", package="sandbox", package_code="x", first_period="2026-01"
        ),
    ),
    dossiers.open_book_year: (Action.DOSSIER_SETTINGS, lambda c, a: dossiers.open_book_year(c.bench, a, c.dossier, "rubbish")),
    dossiers.set_journal: (Action.DOSSIER_SETTINGS, lambda c, a: dossiers.set_journal(c.bench, a, c.dossier, c.journal)),
    dossiers.switch_period: (
        Action.DOSSIER_SETTINGS,
        lambda c, a: dossiers.switch_period(c.bench, a, c.dossier, "1999-01", is_open=False),
    ),
    dossiers.choose_vat_codes: (Action.DOSSIER_SETTINGS, lambda c, a: dossiers.choose_vat_codes(c.bench, a, c.dossier, [], [])),
    dossiers.request_synchronisation: (Action.SYNCHRONISE, lambda c, a: dossiers.request_synchronisation(c.bench, a, c.dossier)),
    enrichment_settings.choose_fallback: (
        Action.DOSSIER_SETTINGS,
        lambda c, a: enrichment_settings.choose_fallback(c.bench, a, c.dossier, Kind.PURCHASE, None),
    ),
    enrichment_settings.set_payment_days: (
        Action.DOSSIER_SETTINGS,
        lambda c, a: enrichment_settings.set_payment_days(c.bench, a, c.dossier, None),
    ),
    enrichment_settings.set_private_account: (
        Action.DOSSIER_SETTINGS,
        lambda c, a: enrichment_settings.set_private_account(c.bench, a, c.dossier, None),
    ),
    enrichment_settings.switch_payment_preparation: (
        Action.DOSSIER_SETTINGS,
        lambda c, a: enrichment_settings.switch_payment_preparation(c.bench, a, c.dossier, on=False),
    ),
    enrichment_settings.switch_import_licence: (
        Action.DOSSIER_SETTINGS,
        lambda c, a: enrichment_settings.switch_import_licence(c.bench, a, c.dossier, on=False),
    ),
    enrichment_settings.set_deductible: (
        Action.DOSSIER_SETTINGS,
        lambda c, a: enrichment_settings.set_deductible(c.bench, a, c.dossier, "6123", None),
    ),
    article_lists.put_article: (
        Action.DOSSIER_SETTINGS,
        lambda c, a: article_lists.put_article(c.bench, a, c.dossier, None, ArticleRule(supplier_vat="", account="")),
    ),
    article_lists.drop_article: (Action.DOSSIER_SETTINGS, lambda c, a: article_lists.drop_article(c.bench, a, c.dossier, c.dossier)),
    article_lists.restore_article: (Action.DOSSIER_SETTINGS, lambda c, a: article_lists.restore_article(c.bench, a, c.dossier, c.dossier)),
    offices.set_templates: (Action.OFFICE_SETTINGS, lambda c, a: offices.set_templates(c.bench, a, 3)),
    offices.set_deductible: (Action.OFFICE_SETTINGS, lambda c, a: offices.set_deductible(c.bench, a, "6123", None)),
    exchange_rates.import_rates: (Action.OFFICE_SETTINGS, lambda c, a: exchange_rates.import_rates(c.bench, a, b"")),
    worklist_views.views_of: (ANYBODY, lambda c, a: worklist_views.views_of(c.bench, a)),
    worklist_views.save_view: (ANYBODY, lambda c, a: worklist_views.save_view(c.bench, a, c.dossier, "Van mij", "")),
    worklist_views.rename_view: (ANYBODY, lambda c, a: worklist_views.rename_view(c.bench, a, c.dossier, "Anders")),
    worklist_views.drop_view: (ANYBODY, lambda c, a: worklist_views.drop_view(c.bench, a, c.dossier)),
    worklist_views.restore_view: (ANYBODY, lambda c, a: worklist_views.restore_view(c.bench, a, c.dossier)),
    worklist_views.choose_usual_view: (ANYBODY, lambda c, a: worklist_views.choose_usual_view(c.bench, a, None)),
    people.choose_language: (ANYBODY, lambda c, a: people.choose_language(c.bench, a, "nl")),
    people.register_employee: (
        Action.OFFICE_SETTINGS,
        lambda c, a: people.register_employee(c.bench, a, **NAMES, profile=OfficeProfile.EMPLOYEE),
    ),
    people.change_employee_profile: (
        Action.OFFICE_SETTINGS,
        lambda c, a: people.change_employee_profile(c.bench, a, c.world.user("bart"), OfficeProfile.EMPLOYEE),
    ),
    people.deactivate_employee: (
        Action.OFFICE_SETTINGS,
        lambda c, a: people.deactivate_employee(c.bench, a, c.world.user("dora")),
    ),
    people.reactivate_employee: (
        Action.OFFICE_SETTINGS,
        lambda c, a: people.reactivate_employee(c.bench, a, c.world.user("bart")),
    ),
    people.give_client_profile: (
        Action.PORTAL_SETTINGS,
        lambda c, a: people.give_client_profile(c.bench, a, c.dossier, c.world.user("anna"), ClientProfile.ADMINISTRATOR),
    ),
    people.add_client_user: (
        Action.PORTAL_SETTINGS,
        lambda c, a: people.add_client_user(c.bench, a, c.dossier, **NAMES, profile=ClientProfile.ADMINISTRATOR),
    ),
    people.withdraw_client: (Action.PORTAL_SETTINGS, lambda c, a: people.withdraw_client(c.bench, a, c.dossier, NOBODY)),
    people.assign_employee: (Action.DOSSIER_SETTINGS, lambda c, a: people.assign_employee(c.bench, a, c.dossier, c.world.user("bart"))),
    people.unassign_employee: (Action.DOSSIER_SETTINGS, lambda c, a: people.unassign_employee(c.bench, a, c.dossier, NOBODY)),
    tasks.failed_tasks: (Action.RETRY_TASKS, lambda c, a: tasks.failed_tasks(c.bench, c.jobs, a)),
    tasks.retry: (Action.RETRY_TASKS, lambda c, a: tasks.retry(c.bench, c.jobs, a, c.failed_job())),
    erasure.erase: (Action.ERASE, lambda c, a: erasure.erase(c.bench, a, c.spare, erasure.Ground.REQUEST)),
}


def use_cases():
    """Every public function of the application layer that is told who acts."""
    for found in pkgutil.walk_packages(application.__path__, "application."):
        module = import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and "actor" in inspect.signature(function).parameters:
                yield function


def test_every_use_case_has_its_row():
    assert set(use_cases()) == set(TABLE_OF_USE_CASES)


def expected(who, needed, *, office_wide):
    """`x` may, `.` is told he may not, `-` is told it does not exist."""
    profile = CAST[who][2]
    if needed is ANYBODY:
        return "x"
    if who == "chris" or (office_wide and not isinstance(profile, OfficeProfile)):
        return "-"
    if isinstance(needed, tuple):
        return "x" if any(extent(profile, one) == Extent.ALL for one in needed) else "-"
    if extent(profile, needed) is None:
        return "."
    return "x" if extent(profile, needed) == Extent.ALL else "-"


def tried(case, who, call):
    try:
        call(case, case.world.actor(who))
    except Forbidden:
        return "."
    except NotFoundError:
        return "-"
    except Refused:
        return "x"
    return "x"


def test_every_profile_may_do_what_the_permission_table_says_and_nothing_else(world):
    case = Case(world)
    wide = OFFICE_WIDE | {Action.RETRY_TASKS}
    found, wanted = {}, {}
    for function, (needed, call) in TABLE_OF_USE_CASES.items():
        name = f"{function.__module__}.{function.__name__}"
        found[name] = " ".join(tried(case, who, call) for who in CAST)
        wanted[name] = " ".join(expected(who, needed, office_wide=needed in wide) for who in CAST)
    assert found == wanted


def test_a_use_case_that_forgets_to_ask_is_caught(world, monkeypatch):
    monkeypatch.setattr(world.bench.authority, "require", lambda *_: Extent.ALL)
    assert tried(Case(world), "chris", TABLE_OF_USE_CASES[mailboxes.rename][1]) == "x"


@pytest.mark.parametrize("action", sorted(OFFICE_WIDE))
def test_what_concerns_the_whole_office_is_for_employees_only(action):
    assert all(isinstance(profile, OfficeProfile) for profile in TABLE[action])
