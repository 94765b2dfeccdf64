from __future__ import annotations

import pytest
from word_pages import page_of

from application.recognition.reader import read_pages


def due(text: str) -> str | None:
    fields = read_pages((page_of(f"FACTUUR 2026-12\nDatum: 01/06/2026\n\n{text}\n"),)).fields
    return fields["due_date"].value if "due_date" in fields else None


@pytest.mark.parametrize(
    "sentence",
    [
        "Nous vous remercions de verser ce montant avant le 3 juillet 2026 sur notre compte.",
        "Wij danken u om dit bedrag vóór 3 juli 2026 over te schrijven op onze rekening.",
        "Gelieve het saldo te storten ten laatste op vrijdag 3 juli 2026, met vermelding van het nummer.",
        "Uw rekening wordt op 03/07/2026 gedebiteerd.",
        "Le montant sera prélevé le 3 juillet 2026 par domiciliation.",
        "Wir bitten um Überweisung bis zum 3. Juli 2026.",
        "Der Betrag wird am 03.07.2026 von Ihrem Konto abgebucht.",
        "Please transfer the amount due on or before 3 July 2026.",
        "Het bedrag van EUR 132,80 wordt op 03/07/2026 van uw rekening BE68 5390 0754 7034\ngeïncasseerd. Mandaat TP-88120.",
        "Te betalen binnen 30 dagen (03/07/2026) op rekening BE68 5390 0754 7034",
    ],
)
def test_the_day_to_pay_may_be_asked_for_in_a_sentence(sentence: str):
    assert due(sentence) == "2026-07-03"


@pytest.mark.parametrize(
    "sentence",
    [
        "Klachten worden aanvaard tot 3 juli 2026, betaling geldt als aanvaarding.",
        "Deze offerte is geldig tot 3 juli 2026, te betalen bij bestelling.",
        "Bij betaling voor 3 juli 2026 geniet u 2 % korting.",
        "Prestaties geleverd tot en met 3 juli 2026 aan het afgesproken tarief.",
    ],
)
def test_other_days_in_a_sentence_are_not_the_day_to_pay(sentence: str):
    assert due(sentence) is None


def test_the_day_until_which_a_discount_is_given_is_not_the_day_to_pay():
    assert due("Zahlbar bis 11.06.2026 mit 2 % Skonto (1.418,55 EUR), bis 01.07.2026 ohne Abzug.") == "2026-07-01"
    assert due("Vervaldatum: 01/07/2026\nBij betaling uiterlijk op 11/06/2026: 2 % korting") == "2026-07-01"
