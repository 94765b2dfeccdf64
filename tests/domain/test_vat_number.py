import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import get_cc_module
from stdnum.be import vat as oracle

from domain.eu_vat_formats import EU_VAT_FORMATS
from domain.vat_number import complete_enterprise_number, enterprise_number, format_enterprise_number, format_vat_number, parse_vat_number

CHECKED = {
    "AT": r"U\d{8}",
    "DE": r"\d{9}",
    "DK": r"\d{8}",
    "EE": r"\d{9}",
    "FI": r"\d{8}",
    "FR": r"\d{11}",
    "HR": r"\d{11}",
    "HU": r"\d{8}",
    "IE": r"\d{7}[A-W][A-I]?",
    "LU": r"\d{8}",
    "MT": r"\d{8}",
    "NL": r"\d{9}B\d{2}",
    "PL": r"\d{10}",
    "PT": r"\d{9}",
}
"""Numbers like those of a country, of which only some have right check digits."""


def says_the_oracle(country: str, number: str) -> bool:
    return get_cc_module({"EL": "gr", "XI": "gb"}.get(country, country.lower()), "vat").is_valid(number)


@given(st.integers(min_value=1, max_value=19_999_999))
def test_a_completed_enterprise_number_is_valid(first_eight):
    number = complete_enterprise_number(first_eight)
    assert oracle.is_valid(number)
    assert enterprise_number(number) == number


@given(st.from_regex(r"[0-2]\d{9}|\d{9}", fullmatch=True))
def test_belgian_numbers_are_judged_as_the_oracle_judges(digits):
    assume(not digits.endswith("00"))  # the rule never gives 00, which the oracle takes for 97
    assert (enterprise_number(digits) is not None) == oracle.is_valid(digits)


@given(st.integers(min_value=1, max_value=19_999_999), st.integers(min_value=0, max_value=9), st.integers(min_value=1, max_value=9))
def test_one_wrong_digit_is_noticed(first_eight, place, error):
    number = complete_enterprise_number(first_eight)
    wrong = number[:place] + str((int(number[place]) + error) % 10) + number[place + 1 :]
    assert enterprise_number(wrong) is None


def test_check_digits_97_exist_and_00_do_not():
    assert enterprise_number("0428759497") == "0428759497"
    assert enterprise_number("0428759400") is None


@pytest.mark.parametrize(
    "text",
    [
        "BE 0999.041.206",
        "be0999041206",
        "0999.041.206",
        "BTW BE 0999 041 206",
        "TVA: BE0999.041.206",
        "999.041.206",
        "BE-0999-041-206",
        "(0)999041206",
    ],
)
def test_a_belgian_number_is_read_however_it_is_written(text):
    assert parse_vat_number(text) == "BE0999041206"


@pytest.mark.parametrize(
    "text", ["", "BE", "BE0840307153", "BE046826918", "BE2999041206", "0000000000", "US123456789", "Claes", "BE٠٩٩٩٠٤١٢٠٦"]
)
def test_what_is_no_vat_number_gives_none(text):
    assert parse_vat_number(text) is None


@pytest.mark.parametrize("country", sorted(CHECKED))
def test_foreign_check_digits_are_judged_as_the_oracle_judges(country):
    @given(st.from_regex(rf"\A(?a:{CHECKED[country]})\Z"))
    def judge(number):
        assume(number.strip("0"))  # zeros alone are no number, whatever their check digits
        assert (parse_vat_number(country + number) is not None) == says_the_oracle(country, number)

    judge()


@pytest.mark.parametrize("country", sorted(EU_VAT_FORMATS.keys() - {"SK"}))
def test_no_number_the_oracle_knows_is_turned_away(country):  # in Slovakia it also takes the numbers of persons, which VAT numbers are not
    @given(st.from_regex(rf"\A(?a:{EU_VAT_FORMATS[country].pattern})\Z"))
    def judge(number):
        assume(number.strip("0"))  # zeros alone are no number, whatever their check digits
        assert EU_VAT_FORMATS[country].accepts(number) or not says_the_oracle(country, number)

    judge()


@pytest.mark.parametrize(
    "text",
    [
        "IE6388047V",
        "NL123456789B13",
        "FR40303265045",
        "DE136695976",
        "LU15027442",
        "IT00743110157",
        "SE556188840401",
        "ESA28015865",
        "SK2022749619",
        "ATU13585627",
    ],
)
def test_numbers_known_to_be_right_are_read(text):
    assert parse_vat_number(text) == text


def test_greece_is_written_el():
    assert parse_vat_number("GR 094259216") == "EL094259216"


def test_numbers_are_shown_in_the_form_of_their_country():
    assert format_vat_number("BE0999041206") == "BE 0999.041.206"
    assert format_vat_number("IE6388047V") == "IE 6388047V"
    assert format_vat_number("onbekend") == "onbekend"
    assert format_enterprise_number("0999041206") == "0999.041.206"
