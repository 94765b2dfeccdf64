from __future__ import annotations

from word_pages import labels_of

from application.recognition.amount_book import AmountBook
from application.recognition.explanations import explanations


def explained(text: str) -> dict[tuple[int, int], list[tuple[str, str, str]]]:
    """Rate, base and VAT of what explains each base and VAT."""
    found = explanations(AmountBook(labels_of(text))).of
    return {sums: [(line.rate, line.base, line.vat) for line in why.rates] for sums, why in found.items()}


def test_pairs_at_printed_rates_explain_the_sums_wherever_they_stand():
    found = explained("""
        Netto 6 %
        530,40
        Btw 6 %
        31,82
        Netto 21 %
        85,00
        Btw 21 %
        17,85
        Totaal netto   615,40
        Te betalen     665,07
    """)

    assert sorted(found[61540, 4967]) == [("21", "85.00", "17.85"), ("6", "530.40", "31.82")]


def test_costs_without_vat_explain_what_base_and_vat_leave_of_the_total():
    found = explained("""
        Sous-total HTVA          1.387,50
        TVA 21 %                   291,38
        Débours (hors champ TVA)   165,00
        Total de l'état          1.843,88
    """)

    assert found[155250, 29138] == [("21", "1387.50", "291.38"), ("0", "165.00", "0.00")]


def test_what_is_still_open_from_before_is_no_cost_without_vat():
    found = explained("""
        Totaal zonder btw   638,50
        Btw 21 %            134,09
        Vorig saldo         386,30
        Te betalen        1.158,89
    """)

    assert (102480, 13409) not in found


def test_an_amount_that_other_rates_explain_is_not_without_vat():
    found = explained("""
        1=21 %  2=6 %
        Plant                6,49
        Te betalen          64,93
        Basis 48,30    Btw 10,14
        Basis  6,12    Btw  0,37
    """)

    assert (5479, 1014) not in found
    assert (5442, 1051) in found


def test_the_pages_tell_whether_vat_is_charged_at_all():
    charged = AmountBook(labels_of("Maatstaf 100,00   Btw 21 % 21,00\nTotaal 121,00"))
    verlegd = AmountBook(labels_of("Totaal excl. btw 100,00\nBtw 0 % 0,00\nTotaal 100,00\nBtw verlegd"))

    assert explanations(charged).charges_vat
    assert not explanations(verlegd).charges_vat
