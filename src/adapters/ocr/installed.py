"""What there is to read with: packages, models and languages, looked up without loading anything."""

from __future__ import annotations

import importlib.util
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from application.marking import _
from application.ocr import OcrState, Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from application.ocr import OcrChoice

RAPID_DETECTOR, RAPID_RECOGNISER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
RAPID_TURNED = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
TESSERACT_LANGUAGES = {"nl": "nld", "fr": "fra", "de": "deu", "en": "eng"}
"""ISO 639-1 → what Tesseract calls it."""
TESSERACT_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/opt/homebrew/share/tessdata",
    "/usr/local/share/tessdata",
)
"""Where Debian, others and Homebrew put the files of the languages."""
EASY_DETECTOR, EASY_LATIN, EASY_ENGLISH = "craft_mlt_25k.pth", "latin_g2.pth", "english_g2.pth"

NOT_INSTALLED = _("{engine} is niet geïnstalleerd: het pakket {package} ontbreekt.")
NO_FILES = _("In {folder} ontbreekt {files}.")
NO_LANGUAGES = _("Geen taalbestanden van Tesseract in {folder}. Installeer tesseract-ocr-nld, -fra, -deu en -eng.")
FEWER_LANGUAGES = _("Zonder taalbestand in {folder}: {languages}.")
NO_ACCENTS = _("Dit model kent geen letters met accenten: é wordt e. Leg {file} in {folder}.")


def state(choice: OcrChoice) -> OcrState:
    """What this choice would read with here; `problem` says why it cannot."""
    package, look = ENGINES[choice.engine]
    try:
        installed = version(package)
    except PackageNotFoundError:
        absent = Remark(NOT_INSTALLED, {"package": package, "engine": choice.engine})
        return OcrState(engine=choice.engine, version=choice.engine, problem=absent)
    return look(choice, f"{choice.engine} {installed}")


def _rapidocr(choice: OcrChoice, name: str) -> OcrState:
    """One model for all languages; its wheel brings it."""
    folder = Path(choice.models) if choice.models else _beside("rapidocr")
    files = (RAPID_DETECTOR, RAPID_RECOGNISER, RAPID_TURNED)
    return OcrState(
        engine=choice.engine,
        version=f"{name} PP-OCRv6 small",
        folder=str(folder),
        models=files,
        languages=choice.languages,
        problem=_missing(folder, files),
    )


def _tesseract(choice: OcrChoice, name: str) -> OcrState:
    """A file for each language; those that are not there are told."""
    codes = {language: TESSERACT_LANGUAGES[language] for language in choice.languages if language in TESSERACT_LANGUAGES}
    folders = [Path(one) for one in ([choice.models] if choice.models else TESSERACT_FOLDERS)]
    folder = next((one for one in folders if any(_data(one, code).is_file() for code in codes.values())), folders[0])
    found = {language: code for language, code in codes.items() if _data(folder, code).is_file()}
    absent = [language for language in choice.languages if language not in found]
    values = {"folder": str(folder), "languages": ", ".join(absent)}
    return OcrState(
        engine=choice.engine,
        version=f"{name} {'+'.join(found.values())}".strip(),
        folder=str(folder),
        models=tuple(_data(folder, code).name for code in found.values()),
        languages=tuple(found),
        warning=Remark(FEWER_LANGUAGES, values) if found and absent else None,
        problem=None if found else Remark(NO_LANGUAGES, values),
    )


def _data(folder: Path, code: str) -> Path:
    return folder / f"{code}.traineddata"


def _easyocr(choice: OcrChoice, name: str) -> OcrState:
    """With the operator's model of Latin script where it is there; the English one knows no accents."""
    folder = Path(choice.models) if choice.models else _beside("easyocr_en_models")
    only_english = choice.languages == ("en",)
    latin = not only_english and (folder / EASY_LATIN).is_file()
    files = (EASY_DETECTOR, EASY_LATIN if latin else EASY_ENGLISH)
    return OcrState(
        engine=choice.engine,
        version=f"{name} {files[1].removesuffix('.pth')}",
        folder=str(folder),
        models=files,
        languages=choice.languages if latin else ("en",),
        warning=None if latin or only_english else Remark(NO_ACCENTS, {"file": EASY_LATIN, "folder": str(folder)}),
        problem=_missing(folder, files),
    )


def _beside(package: str) -> Path:
    """The folder of the models that an installed package brings, found without loading it."""
    found = importlib.util.find_spec(package)
    return (Path(found.origin).parent if found and found.origin else Path(package)) / "models"


def _missing(folder: Path, files: Sequence[str]) -> Remark | None:
    absent = [file for file in files if not (folder / file).is_file()]
    return Remark(NO_FILES, {"folder": str(folder), "files": ", ".join(absent)}) if absent else None


ENGINES: dict[str, tuple[str, Callable[[OcrChoice, str], OcrState]]] = {
    "rapidocr": ("rapidocr", _rapidocr),
    "tesseract": ("tesserocr", _tesseract),
    "easyocr": ("easyocr", _easyocr),
}
"""Engine → its package, and how to look what it has."""
