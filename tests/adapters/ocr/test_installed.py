"""What an operator is told about the engines, without loading one."""

from __future__ import annotations

import pytest

from adapters.ocr import installed
from adapters.ocr.engines import open_engine
from application.ocr import EngineMissing, OcrChoice


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder of models, on a machine where every engine's package is installed."""
    monkeypatch.setattr(installed, "version", lambda _package: "9.9")
    return tmp_path


def state(engine, folder, *files, **choice):
    for file in files:
        (folder / file).touch()
    return installed.state(OcrChoice(engine=engine, models=str(folder), **choice))


@pytest.mark.parametrize("engine", ["rapidocr", "tesseract", "easyocr"])
def test_without_models_an_engine_says_where_they_are_missing_and_is_not_opened(engine, folder):
    problem = state(engine, folder).problem
    assert str(folder) in problem.sentence.format(**problem.values)
    with pytest.raises(EngineMissing, match=str(folder)):
        open_engine(OcrChoice(engine=engine, models=str(folder)))


def test_easyocr_reads_with_the_latin_model_where_the_operator_put_it(folder):
    found = state("easyocr", folder, "craft_mlt_25k.pth", "english_g2.pth", "latin_g2.pth")
    assert (found.version, found.languages, found.warning, found.problem) == ("easyocr 9.9 latin_g2", ("nl", "fr", "de", "en"), None, None)


def test_easyocr_without_the_latin_model_warns_about_accents(folder):
    found = state("easyocr", folder, "craft_mlt_25k.pth", "english_g2.pth")
    assert (found.version, found.languages, found.problem) == ("easyocr 9.9 english_g2", ("en",), None)
    assert "accenten" in found.warning.sentence


def test_who_only_reads_english_needs_no_accents(folder):
    assert state("easyocr", folder, "craft_mlt_25k.pth", "english_g2.pth", languages=("en",)).warning is None


def test_tesseract_reads_the_languages_that_are_there_and_tells_the_others(folder):
    found = state("tesseract", folder, "nld.traineddata", "eng.traineddata")
    assert (found.version, found.languages) == ("tesseract 9.9 nld+eng", ("nl", "en"))
    assert found.warning.values["languages"] == "fr, de"


def test_a_package_that_is_not_installed_is_named(monkeypatch, tmp_path):
    def missing(package):
        raise installed.PackageNotFoundError(package)

    monkeypatch.setattr(installed, "version", missing)
    assert state("tesseract", tmp_path).problem.values == {"package": "tesserocr", "engine": "tesseract"}


def test_an_engine_that_breaks_down_on_its_models_says_so(folder):
    files = [folder / name for name in ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx", "ch_ppocr_mobile_v2.0_cls_mobile.onnx")]
    for file in files:
        file.write_bytes(b"no model")
    with pytest.raises(EngineMissing, match="PP-OCRv6 small kan niet starten"):
        open_engine(OcrChoice(models=str(folder)))
