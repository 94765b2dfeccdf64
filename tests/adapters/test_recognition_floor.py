"""What recognition reaches today on whole documents: a change may raise these figures, never lower them."""

from __future__ import annotations

import pytest
from benchmarks._read import read
from benchmarks._scoring import ABSENT, INVENTED, RIGHT, WRONG, count
from benchmarks._sets import DATA, demo, own, real_pdfs, ubl_examples
from benchmarks.corpus.looks import Part
from benchmarks.recognition import cases

from application.recognition.calibration import is_sure

real = pytest.mark.skipif(not DATA.is_dir(), reason="the real documents beside the repository are not there")


def test_the_demo_invoices_are_read_without_a_mistake(tmp_path):
    counts, _ = counted(demo(tmp_path, None, purchases=4, sales=1))

    assert counts["all"][WRONG] + counts["all"][INVENTED] == 0
    assert counts["all"][RIGHT] / counts["all"].total() > 0.99


def test_invoices_of_all_kinds_are_read_and_little_of_them_wrong(tmp_path):
    counts, sure = counted(own(tmp_path, 40, Part.TUNING))

    assert counts["all"][RIGHT] / counts["all"].total() > 0.97
    assert counts["all"][WRONG] + counts["all"][INVENTED] < 0.015 * counts["all"].total()
    assert sure[WRONG] + sure[INVENTED] <= 0.02 * sure.total()


@real
def test_real_invoices_are_read_as_well_as_before(tmp_path):
    counts, sure = counted(real_pdfs(tmp_path, None))

    assert counts["all"][RIGHT] >= 366
    assert counts["all"][WRONG] <= 2
    assert counts["all"].total() == 380
    assert sure[WRONG] <= 1
    assert sure[RIGHT] >= 185  # the dossier is not told: whose VAT number is whose is not sure then


@real
def test_ubl_says_what_its_text_says(tmp_path):
    counts, _ = counted(ubl_examples(tmp_path, None))

    assert counts["all"][WRONG] == counts["all"][ABSENT] == 0
    assert counts["all"][RIGHT] > 100


def counted(samples):
    samples = list(samples)
    return count(cases(samples, [read(one.file, one.own_vat) for one in samples]), is_sure)
