"""What recognition reaches today on whole documents: a change may raise these figures, never lower them."""

from __future__ import annotations

import pytest
from benchmarks.recognition import ABSENT, DATA, INVENTED, RIGHT, WRONG, count, demo_pdfs, real_pdfs, ubl_examples

real = pytest.mark.skipif(not DATA.is_dir(), reason="the real documents beside the repository are not there")


def test_the_demo_invoices_are_read_without_a_mistake():
    counts, _ = count(demo_pdfs(purchases=4, sales=1))

    assert counts["all"][WRONG] + counts["all"][INVENTED] == 0
    assert counts["all"][RIGHT] / counts["all"].total() > 0.99


@real
def test_real_invoices_are_read_as_well_as_before():
    counts, sure = count(real_pdfs())

    assert counts["all"][RIGHT] >= 367
    assert counts["all"][WRONG] <= 1
    assert counts["all"].total() == 380
    assert sure[WRONG] == 0
    assert sure[RIGHT] >= 230


@real
def test_ubl_says_what_its_text_says():
    counts, _ = count(ubl_examples())

    assert counts["all"][WRONG] == counts["all"][ABSENT] == 0
    assert counts["all"][RIGHT] > 100
