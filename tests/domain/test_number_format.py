import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel import Refused
from domain.number_format import DocumentNumber, NumberFormat, parse_number_format

literals = st.text("0123456789ABCFX-./_", max_size=4)
formats = st.builds(
    lambda before, year, between, counter, after, swapped: (
        before + (counter + between + year if swapped else year + between + counter) + after
    ),
    literals,
    st.sampled_from(["", "yy", "yyyy"]),
    literals,
    st.integers(min_value=1, max_value=4).map(lambda width: "#" * width),
    literals,
    st.booleans(),
).filter(lambda text: len(text) <= 20)
years = st.integers(min_value=2000, max_value=2099)
numbers = st.integers(min_value=1, max_value=10**7)


@given(formats, years, numbers)
def test_the_running_number_is_read_back(text, year, number):
    form = parse_number_format(text)
    assert form.read(form.render(year, number)) == DocumentNumber(year if "y" in text else None, number)


@given(formats, years, st.sets(numbers, min_size=2, max_size=20))
def test_different_numbers_of_a_year_never_look_alike(text, year, some):
    form = parse_number_format(text)
    assert len({form.render(year, number) for number in some}) == len(some)


@given(formats, years, numbers)
def test_a_number_is_never_narrower_than_its_format(text, year, number):
    assert len(parse_number_format(text).render(year, number)) == len(text) + max(0, len(str(number)) - text.count("#"))


@pytest.mark.parametrize(
    ("text", "number", "document_number"),
    [
        ("yy000###", 83, "26000083"),
        ("yy000###", 999, "26000999"),
        ("yy000###", 1000, "260001000"),
        ("####yyyy", 1, "00012026"),
        ("####yyyy", 12345, "123452026"),
        ("#", 388, "388"),
        ("AK-yyyy/####", 7, "AK-2026/0007"),
    ],
)
def test_numbers_follow_their_format_and_widen_when_full(text, number, document_number):
    assert parse_number_format(text).render(2026, number) == document_number


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "ontbreekt het volgnummer"),
        ("yy000", "ontbreekt het volgnummer"),
        ("##-##", "meer dan één volgnummer"),
        ("yyy##", "boekjaar één keer"),
        ("yy-yyyy-##", "boekjaar één keer"),
        ("YY000###", "boekjaar één keer"),
        ("yymm###", "“m” kan niet"),
        ("yy ###", "“ ” kan niet"),
        ("é###", "“é” kan niet"),
        ("yyyy" + "0" * 14 + "###", "hoogstens 20 tekens"),
    ],
)
def test_a_wrong_format_is_refused_with_its_rule(text, sentence):
    with pytest.raises(Refused, match=sentence):
        parse_number_format(text)


def test_a_wrong_format_cannot_be_made_at_all():
    with pytest.raises(ValueError, match="volgnummer"):
        NumberFormat("yy000")


@pytest.mark.parametrize(("year", "number"), [(2026, 0), (2026, -3), (1999, 1), (2100, 1)])
def test_no_number_exists_before_one_or_outside_the_century(year, number):
    with pytest.raises(ValueError, match="no document number"):
        NumberFormat("yy###").render(year, number)


@pytest.mark.parametrize("text", ["", "26000", "26000000", "2600012", "27A00083", "2600000083", "26000083x", "26000٠83"])
def test_numbers_of_another_format_are_not_read(text):
    assert NumberFormat("yy000###").read(text) is None
