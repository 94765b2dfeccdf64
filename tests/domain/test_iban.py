import pytest
from hypothesis import given
from hypothesis import strategies as st
from schwifty import IBAN
from stdnum import iban as stdnum_iban

from domain.iban import IBAN_LENGTHS, belgian_iban, format_iban, iban_check_digits, parse_iban

accounts = st.sampled_from(sorted(IBAN_LENGTHS)).flatmap(
    lambda country: st.tuples(
        st.just(country), st.text("0123456789", min_size=IBAN_LENGTHS[country] - 4, max_size=IBAN_LENGTHS[country] - 4)
    )
)


@given(accounts)
def test_check_digits_are_those_of_the_oracle(account):
    country, number = account
    assert iban_check_digits(country, number) == stdnum_iban.calc_check_digits(f"{country}00{number}")


@given(accounts, st.integers(min_value=2, max_value=98))
def test_what_the_oracles_accept_is_accepted(account, check):
    country, number = account
    iban = f"{country}{check:02d}{number}"
    accepted = parse_iban(iban) is not None
    assert accepted or not stdnum_iban.is_valid(iban, check_country=False)
    assert accepted or not IBAN(iban, allow_invalid=True).is_valid


@given(st.text("0123456789", min_size=14, max_size=14))
def test_belgian_numbers_are_judged_as_the_oracle_judges(digits):
    if "02" <= digits[:2] <= "98":
        assert (parse_iban(f"BE{digits}") is not None) == stdnum_iban.is_valid(f"BE{digits}", check_country=False)


@given(st.text("0123456789", min_size=10, max_size=10))
def test_a_belgian_account_makes_a_valid_iban_with_domestic_check_digits(account):
    iban = belgian_iban(account)
    assert parse_iban(iban) == iban
    IBAN(iban, validate_bban=True)


@given(st.text("0123456789", min_size=10, max_size=10), st.integers(min_value=4, max_value=15), st.integers(min_value=1, max_value=9))
def test_one_wrong_digit_is_noticed(account, place, error):
    iban = belgian_iban(account)
    assert parse_iban(iban[:place] + str((int(iban[place]) + error) % 10) + iban[place + 1 :]) is None


@pytest.mark.parametrize(
    "text",
    [
        "BE68 5390 0754 7034",
        "be68539007547034",
        "IBAN BE68 5390 0754 7034",
        "IBAN: BE68-5390-0754-7034",
        "BE68\u00a05390\u00a00754\u00a07034",
    ],
)
def test_an_iban_is_read_however_it_is_written(text):
    assert parse_iban(text) == "BE68539007547034"


@pytest.mark.parametrize("text", ["", "BE17 1243 1242 1212", "BE6853900754703", "XX68539007547034", "BE68", "BE٦٨539007547034"])
def test_what_is_no_iban_gives_none(text):
    assert parse_iban(text) is None


def test_sandbox_accounts_without_domestic_check_digits_are_accepted():
    assert parse_iban("BE11 8587 1802 8652") == "BE11858718028652"


def test_an_iban_is_shown_in_fours():
    assert format_iban("BE68539007547034") == "BE68 5390 0754 7034"
    assert format_iban("NO9386011117947") == "NO93 8601 1117 947"
