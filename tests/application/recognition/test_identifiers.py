from __future__ import annotations

import pytest
from word_pages import labels_of

from application.recognition.identifiers import ibans, payment_references, vat_numbers


def numbers(text: str) -> list[tuple[str, bool]]:
    """Value and whether it is believed."""
    return [(found.value, found.confidence > 0.7) for found in vat_numbers(labels_of(text))]


@pytest.mark.parametrize(
    "written",
    [
        "BE0403019261",
        "BE 0403.019.261",
        "BTW-BE 0403 019 261",
        "BTW: 0403.019.261",
        "Ondernemingsnummer 0403.019.261",
        "TVA BE 403.019.261",
    ],
)
def test_a_belgian_number_is_found_however_it_is_written(written: str):
    assert numbers(written) == [("BE0403019261", True)]


@pytest.mark.parametrize("written", ["VAT NL810433941B01", "TVA FR 604 219 388 61", "USt-IdNr. DE 136695976", "DE136695976"])
def test_other_countries_are_checked_too(written: str):
    assert [believed for _, believed in numbers(written)] == [True]


def test_a_mistyped_number_is_only_kept_where_a_label_announces_it():
    assert numbers("BTW BE 0403.019.262") == [("BE0403019262", False)]
    assert numbers("Ref. 0403019262") == []


def test_a_telephone_number_is_no_enterprise_number():
    assert numbers("Tel. 0403 019 261") == []


def test_an_iban_is_found_and_a_mistyped_one_doubted():
    assert [(found.value, found.confidence > 0.7) for found in ibans(labels_of("IBAN BE68 5390 0754 7034"))] == [("BE68539007547034", True)]
    assert [(found.value, found.confidence > 0.7) for found in ibans(labels_of("IBAN BE68 5390 0754 7035"))] == [
        ("BE68539007547035", False)
    ]
    assert ibans(labels_of("Artikel BE68 5390 0754 7035")) == []


def test_an_iban_ends_before_the_bic():
    assert [found.value for found in ibans(labels_of("BE68 5390 0754 7034 TRIOBEBB"))] == ["BE68539007547034"]


@pytest.mark.parametrize("written", ["+++090/9337/55493+++", "***090/9337/55493***", "090/9337/55493", "Mededeling: 090933755493"])
def test_a_structured_communication_is_found(written: str):
    assert [found.value for found in payment_references(labels_of(written)) if found.source == "checksum"] == ["090933755493"]


def test_a_communication_with_wrong_check_digits_proves_nothing():
    assert [found for found in payment_references(labels_of("+++123/4567/89012+++")) if found.source == "checksum"] == []


def test_a_creditor_reference_is_found():
    assert [found.value for found in payment_references(labels_of("RF18 5390 0754 7034"))] == ["RF18539007547034"]


def accounts(text: str) -> list[tuple[str, bool]]:
    return [(found.value, found.confidence > 0.5) for found in ibans(labels_of(text))]


def test_an_account_is_the_buyers_only_where_its_own_sentence_says_so():
    ours, theirs = "BE68 5390 0754 7034", "BE57 3631 3057 1235"

    assert accounts(f"Domiciliëring van uw rekening {theirs}; mandaat 12. Onze rekening: {ours}.") == [
        ("BE57363130571235", False),
        ("BE68539007547034", True),
    ]
    assert accounts(f"TVA BE 0410.087.294 – {ours} – Compte tiers {theirs}") == [("BE68539007547034", True), ("BE57363130571235", False)]


def test_an_account_goes_on_below_where_the_column_is_narrow():
    assert accounts("Rekening IBAN BE68 5390\n0754 7034") == [("BE68539007547034", True)]


def test_what_begins_like_an_account_hides_no_account():
    assert accounts("BTW BE 0403.019.261 IBAN BE68 5390 0754 7034") == [("BE68539007547034", True)]
    assert accounts("Graag binnen de 14 dagen te storten op BE68 5390 0754 7034 met vermelding") == [("BE68539007547034", True)]
