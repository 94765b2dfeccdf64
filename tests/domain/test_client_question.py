from uuid import UUID

from domain.client_question import ClientQuestions, QuestionAnswered, QuestionAsked, QuestionsClosed
from scenario import scenario

BART, ANNA = UUID(int=1), UUID(int=2)
DOSSIER, DOCUMENT = UUID(int=8), UUID(int=9)


def asked(number=1, text="Privé of zaak?"):
    return QuestionAsked(dossier=DOSSIER, document=DOCUMENT, number=number, asker=BART, question=text)


def answered(number=1, text="Zaak"):
    return QuestionAnswered(document=DOCUMENT, number=number, answerer=ANNA, answer=text)


CLOSED = QuestionsClosed(document=DOCUMENT)


def test_a_second_question_need_not_wait_for_the_first_answer():
    scenario(ClientQuestions).given(asked()).when(ClientQuestions.ask, BART, " En voor wie? ").then(asked(2, "En voor wie?"))


def test_numbers_go_on_after_closing():
    scenario(ClientQuestions).given(asked(), CLOSED).when(ClientQuestions.ask, BART, "Nog iets").then(asked(2, "Nog iets"))


def test_an_empty_question_asks_nothing():
    scenario(ClientQuestions).given(asked()).when(ClientQuestions.ask, BART, "  ").then_refused("wat je de klant wilt vragen")


def test_questions_do_not_pile_up_without_end():
    scenario(ClientQuestions).given(*(asked(number) for number in range(1, 11))).when(ClientQuestions.ask, BART, "Nog?").then_refused(
        "al 10"
    )


def test_each_question_has_its_own_answer():
    scenario(ClientQuestions).given(asked(), asked(2)).when(ClientQuestions.reply, ANNA, 2, " Zaak ").then(answered(2))


def test_a_question_is_answered_once():
    scenario(ClientQuestions).given(asked(), answered()).when(ClientQuestions.reply, ANNA, 1, "Privé").then_refused("al beantwoord")


def test_what_is_closed_is_not_answered_any_more():
    scenario(ClientQuestions).given(asked(), CLOSED).when(ClientQuestions.reply, ANNA, 1, "Zaak").then_refused("gesloten")


def test_an_answer_says_something():
    scenario(ClientQuestions).given(asked()).when(ClientQuestions.reply, ANNA, 1, " ").then_refused("Schrijf een antwoord")


def test_a_story_is_no_answer():
    scenario(ClientQuestions).given(asked()).when(ClientQuestions.reply, ANNA, 1, "x" * 1001).then_refused("te lang")


def test_closing_what_was_closed_is_nothing():
    scenario(ClientQuestions).given(asked(), CLOSED).when(ClientQuestions.close).then_nothing()
