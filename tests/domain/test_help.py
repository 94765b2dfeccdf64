from uuid import UUID

from domain.help import HelpAnswered, HelpAsked, HelpClosed, HelpRequest, asked
from scenario import scenario

BART, DORA, STAF = (UUID(int=number) for number in range(1, 4))
DOSSIER, DOCUMENT = UUID(int=8), UUID(int=9)


def question(text="Welke rekening?", asker=BART, colleague=None):
    return HelpAsked(dossier=DOSSIER, document=DOCUMENT, asker=asker, colleague=colleague, question=text)


ANSWERED = HelpAnswered(document=DOCUMENT, answer="613000")
CLOSED = HelpClosed(document=DOCUMENT)


def test_a_question_is_kept_as_it_was_written():
    scenario(HelpRequest).when_new(asked, question("  Welke rekening? ", colleague=DORA)).then(question(colleague=DORA))


def test_an_empty_question_asks_nothing():
    scenario(HelpRequest).when_new(asked, question("  ")).then_refused("waar je hulp bij nodig hebt")


def test_nobody_asks_himself():
    scenario(HelpRequest).when_new(asked, question(colleague=BART)).then_refused("iemand anders")


def test_a_story_is_not_a_question():
    scenario(HelpRequest).when_new(asked, question("x" * 1001)).then_refused("te lang")


def test_a_colleague_answers():
    scenario(HelpRequest).given(question(colleague=DORA)).when(HelpRequest.reply, DORA, " 613000 ").then(ANSWERED)


def test_another_colleague_who_knows_may_answer_too():
    scenario(HelpRequest).given(question(colleague=DORA)).when(HelpRequest.reply, STAF, "613000").then(ANSWERED)


def test_nobody_answers_himself():
    scenario(HelpRequest).given(question()).when(HelpRequest.reply, BART, "613000").then_refused("eigen vraag")


def test_an_answer_says_something():
    scenario(HelpRequest).given(question()).when(HelpRequest.reply, DORA, " ").then_refused("Schrijf een antwoord")


def test_what_was_answered_is_not_answered_again():
    scenario(HelpRequest).given(question(), ANSWERED).when(HelpRequest.reply, DORA, "x").then_refused("al beantwoord")


def test_one_question_at_a_time():
    scenario(HelpRequest).given(question()).when(HelpRequest.ask, question("En de btw?")).then_refused("al hulp gevraagd")


def test_after_an_answer_one_can_ask_on():
    scenario(HelpRequest).given(question(), ANSWERED).when(HelpRequest.ask, question("En de btw?")).then(question("En de btw?"))


def test_a_new_question_has_no_answer_yet():
    state = scenario(HelpRequest).given(question(), ANSWERED, CLOSED, question("En de btw?", asker=DORA)).state
    assert (state.asker, state.question, state.answer, state.stage) == (DORA, "En de btw?", "", "asked")


def test_closing_twice_changes_nothing():
    scenario(HelpRequest).given(question()).when(HelpRequest.close).then(CLOSED)
    scenario(HelpRequest).given(question(), CLOSED).when(HelpRequest.close).then_nothing()
