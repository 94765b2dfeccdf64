"""OCR reads one digit of an amount wrong: base, VAT and total tell which one, and that is less sure."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace
from word_pages import page_of

from application.recognition.amounts import Totals, totals
from application.recognition.labels import Labels
from application.recognition.layout import Layout

PRINTED = """
    Totaal excl. btw   1.234,50
    Btw 21 %             259,25
    Totaal incl. btw   1.493,75
"""


def read(text: str, *, confidence: float) -> Totals:
    page = page_of(text)
    seen = replace(page, words=tuple(replace(word, confidence=confidence) for word in page.words))
    return totals(Labels(Layout((seen,))))


def values(found: Totals) -> list[str | None]:
    return [one.value if one else None for one in (found.net, found.vat, found.total)]


def test_the_total_is_what_base_and_vat_say_where_one_digit_of_it_was_misread():
    found = read(PRINTED.replace("1.493,75", "1.498,75"), confidence=0.97)

    assert values(found) == ["1234.50", "259.25", "1493.75"]
    assert found.total is not None
    assert found.total.confidence <= 0.75
    assert found.total.segment.text == "1.498,75"


def test_print_in_a_file_is_never_misread():
    found = read(PRINTED.replace("1.493,75", "1.498,75"), confidence=1.0)

    assert values(found) == [None, None, "1498.75"]


def test_an_amount_of_which_much_differs_was_not_misread():
    found = read(PRINTED.replace("1.493,75", "1.850,00"), confidence=0.97)

    assert values(found)[2] == "1850.00"


def test_without_vat_the_amount_that_is_printed_most_is_believed():
    found = read(
        """
        Adviesdag             820,93
        Totaal excl. btw      821,93
        Totaal te betalen     820,93
        Btw verlegd
        """,
        confidence=0.97,
    )

    assert values(found) == ["820.93", "0.00", "820.93"]


@given(st.integers(10_000, 9_000_000), st.sampled_from((6, 12, 21)), st.integers(0, 2), st.data())
def test_any_one_digit_may_be_misread_and_where_two_could_be_none_is_set_right(base: int, rate: int, which: int, data: st.DataObject):
    vat = round(base * rate / 100)
    amounts = [f"{cents // 100}.{cents % 100:02}" for cents in (base, vat, base + vat)]
    digits = [place for place, sign in enumerate(amounts[which]) if sign.isdigit()]
    place = data.draw(st.sampled_from(digits))
    seen = data.draw(st.sampled_from("0123456789"))
    assume(seen != amounts[which][place] and (place or seen != "0"))
    printed = list(amounts)
    printed[which] = amounts[which][:place] + seen + amounts[which][place + 1 :]

    found = read(f"Net amount  {printed[0]}\nVAT {rate} %   {printed[1]}\nTotal incl. VAT   {printed[2]}", confidence=0.97)

    assert values(found) == amounts or found.net is found.vat is None
    if place < amounts[which].index("."):  # a few cents change the VAT of the rate by less than it is rounded by
        assert found.net is not None
