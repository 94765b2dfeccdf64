import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel import Refused
from domain.sales_number import sales_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("2026/0012", "26000012"),
        ("20260012", "26000012"),
        ("V26-0012", "26000012"),
        ("26000012", "26000012"),
        ("12", "26000012"),
        ("2026", "260002026"),
    ],
)
def test_a_sales_invoice_keeps_its_own_running_number(written, number):
    assert sales_number("yy000###", 2026, written)[0] == number


@pytest.mark.parametrize("written", ["", "geen", "000"])
def test_a_sales_invoice_without_a_running_number_is_refused(written):
    with pytest.raises(Refused):
        sales_number("yy000###", 2026, written)


@given(st.integers(1, 999_999).filter(lambda running: running != 2026))
def test_different_invoices_get_different_numbers(running):
    assert sales_number("yy000###", 2026, f"2026/{running}")[1] == running
