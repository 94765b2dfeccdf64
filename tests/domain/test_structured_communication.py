import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649
from stdnum.be import ogm_vcs

from domain.structured_communication import (
    creditor_reference,
    format_payment_reference,
    format_structured_communication,
    is_miswritten,
    parse_creditor_reference,
    parse_structured_communication,
    structured_communication,
)


@given(st.integers(min_value=0, max_value=10**10 - 1))
def test_a_made_communication_is_valid_and_read_back(base):
    digits = structured_communication(base)
    assert ogm_vcs.is_valid(digits)
    assert parse_structured_communication(format_structured_communication(digits)) == digits


@given(st.text("0123456789", min_size=12, max_size=12))
def test_twelve_digits_are_judged_as_the_oracle_judges(digits):
    assert (parse_structured_communication(digits) is not None) == ogm_vcs.is_valid(digits)


def test_a_remainder_of_zero_is_written_as_97():
    assert structured_communication(97) == "000000009797"
    assert structured_communication(0) == "000000000097"


@pytest.mark.parametrize("base", [-1, 10**10])
def test_a_communication_is_made_from_one_to_ten_digits(base):
    with pytest.raises(ValueError, match="at most 10 digits"):
        structured_communication(base)


@pytest.mark.parametrize(
    "text", ["+++026/0041/80029+++", "***026/0041/80029***", "026/0041/80029", "026004180029", " +++ 026 / 0041 / 80029 +++ "]
)
def test_a_communication_is_read_however_it_is_written(text):
    assert parse_structured_communication(text) == "026004180029"


@pytest.mark.parametrize(
    "text", ["", "+++123/4567/89012+++", "+++026/0041/80029***", "02600418002", "0260041800291", "+++02٦/0041/80029+++"]
)
def test_what_is_no_communication_gives_none(text):
    assert parse_structured_communication(text) is None


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=21))
def test_a_creditor_reference_is_the_oracles_and_read_back(own):
    reference = creditor_reference(own)
    assert iso11649.is_valid(reference)
    assert parse_creditor_reference(f" {reference.lower()} ") == reference


@given(st.from_regex(r"RF[0-9]{2}[0-9A-Z]{1,21}", fullmatch=True))
def test_creditor_references_are_judged_as_the_oracle_judges(text):
    if "02" <= text[2:4] <= "98":
        assert (parse_creditor_reference(text) is not None) == iso11649.is_valid(text)


def test_references_are_shown_in_their_own_form():
    assert format_payment_reference("026004180029") == "+++026/0041/80029+++"
    assert format_payment_reference("RF18539007547034") == "RF18 5390 0754 7034"
    assert format_payment_reference("factuur 12") == "factuur 12"


@pytest.mark.parametrize(
    ("reference", "wrong"),
    [
        ("+++123/4567/89012+++", True),
        ("+++123/4567/89002+++", False),
        ("123/4567/89012", True),
        ("123456789012", False),  # may be a number of the supplier's own
        ("RF19539007547034", True),
        ("RF18 5390 0754 7034", False),
        ("factuur 2026/0418", False),
        ("", False),
    ],
)
def test_what_looks_like_a_reference_with_check_digits_is_held_to_them(reference, wrong):
    assert is_miswritten(reference) is wrong
