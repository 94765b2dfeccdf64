"""What a name looks like in a line of print: where it begins and ends, and what is no name at all."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from application.recognition.found import Found
from application.recognition.text import fold
from application.recognition.vocabulary import Meaning, phrases

if TYPE_CHECKING:
    from application.recognition.layout import Segment

_ENDS = r"(?=$|\s*[,;|·•(–—-])"
LEGAL_FORM = re.compile(
    r"(?<![\w.])(?:B\.?V\.?(?:B\.?A\.?)?|N\.?V\.?|S\.?R\.?L\.?|S\.?P\.?R\.?L\.?(?:U\.?)?|S\.?A\.?(?:S\.?U?\.?)?|S\.?C\.?(?:R\.?L\.?|S\.?|A\.?)?|"
    r"C\.?V\.?(?:B\.?A\.?|O\.?H\.?A\.?)?|V\.?O\.?F\.?|S\.?N\.?C\.?|S\.?Comm\.?|[Cc]omm\.?\s?[Vv]\.?|GCV|V\.?Z\.?W\.?|A\.?S\.?B\.?L\.?|AISBL|IVZW|SARL|"
    r"EURL|S\.à\s?r\.l\.?|PGmbH|GmbH|GMBH|AG|KG|OHG|UG|VoG|e\.?K\.?|a\.?G\.?|Ltd|LTD|Limited|LLC|Inc|INC|Corp|PLC|plc|S\.p\.A\.?|S\.r\.l\.?|S\.L\.?|Lda|Sp\.\s?z\s?o\.o|ApS|A/S|AB|Oy)"
    r"(?![\w])\.?"
    r"|(?<=\w\s)(?:[bn]\.v\.(?:b\.a\.)?|s\.a\.|s\.p\.r\.l\.?u?\.?|s\.r\.l\.|s\.c\.(?:r\.l\.)?|c\.v\.(?:b\.a\.)?|v\.z\.w\.|a\.s\.b\.l\.)(?!\w)"
    rf"|(?<=\w\s)(?:bvba|bv|nv|sprl|srl|sa|scrl|cvba|vzw|asbl|commv|vof|snc|gmbh|sarl){_ENDS}"
)
_END_OF_NAME = re.compile(r"\s+[-–—·|•/]\s*|\s*[·|•]\s*|,\s|\s+(?=\d)|\s*\(|\s*:\s*")
_SIGN = re.compile(r"\s[-–—·|•/]\s")
_BEFORE = re.compile(r"[^\w'‘’\"“«(]+")
"""Signs and little pictures before a name."""
_CONTACT = re.compile(r"www\.|https?:|@|\.(?:be|com|eu|nl|fr|de)\b(?!\s\w)", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Za-zÀ-ÿ]{2}")
_CAPITAL = re.compile(r"[A-ZÀ-Ý0-9&(][^\s]*[^\s.,;:]$|[A-ZÀ-Ý0-9&]$")
_PARTICLES = frozenset("de du des la le les van der den het et en und and of & d' of".split())  # noqa: SIM905 - a list of words
_COUNTRY = re.compile(
    r"(?:belgi(?:e|que|um|en)|nederland|pays-bas|netherlands|france|frankrijk|deutschland|germany|duitsland|luxembourg|luxemburg"
    r"|united \w+|ireland|ierland)\W*"
)
_CODE = re.compile(r"\d{5}|[a-z]*[-_./]?\d[\d./_-]*$|[a-z]{2}[\d. ]{6,}", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.\s?)+[A-ZÀ-Ý][\w-]+")
_PERSON = re.compile(
    r"(?:de heer|mevrouw|mr|mme|mrs|ms|mlle|m\.|dhr|mevr|monsieur|madame|herrn?|frau|hr|fr)\b\.?"
    r"|t\.?\s?a\.?\s?v|ter attentie|attn|a l'attention|z\.\s?hd|c/o|p/a"
)
_HEADINGS = {
    " ".join(words) for words, meaning in phrases().items() if meaning in (Meaning.BUYER, Meaning.SELLER, Meaning.DELIVERY, Meaning.NAME)
}
_LONGEST, _SENTENCE = 60, 55
"""In characters."""
_LETTERSPACED = 0.6
"""Share of the words of a line that are one letter, when its letters are set apart."""
_WORD_GAP = 1.6
"""Times the usual gap between letters that are set apart: between two words."""


def name_in(segment: Segment, confidence: float, start: int = 0) -> Found | None:
    """The name with which the text from `start` on begins, or the company that is named in a sentence."""
    text = segment.text[start:]
    before = _BEFORE.match(text)
    start += before.end() if before else 0
    end = start + len(name_text(segment.text[start:]))
    if not LEGAL_FORM.search(segment.text, start, end):
        long = len(segment.text) - start > _SENTENCE
        start, end = _between_signs(segment.text, start) or (_in_sentence(segment.text, start) if long else None) or (start, end)
    name = _joined(segment, start, end)
    return Found(name, confidence, "letterhead", segment, start, end) if _is_name(segment, name, end) else None


def name_text(text: str) -> str:
    """A line up to where something else than a name begins."""
    name = _END_OF_NAME.split(text.strip(), maxsplit=1)[0].strip(" ,;") if text else ""
    forms = list(LEGAL_FORM.finditer(name))
    rest = name[forms[-1].end() :].strip() if forms else ""
    return name[: forms[-1].end()].strip() if rest[:1].islower() else name


def is_person(name: str) -> bool:
    """Whether it is somebody's name or function, and not a company's: `Mme Renard`, `L. Desmet`."""
    return LEGAL_FORM.search(name) is None and (_PERSON.match(fold(name)) is not None or _INITIALS.fullmatch(name) is not None)


def names_a_side(text: str) -> bool:
    """Whether a text is itself a heading: `Klant` in `Facturé à / Klant`."""
    return fold(text).strip(" :/") in _HEADINGS


def _is_name(segment: Segment, name: str, end: int) -> bool:
    street = segment.text[end:].lstrip()[:1].isdigit() and not LEGAL_FORM.search(name)
    if street or not _LETTERS.search(name.replace(" ", "")) or len(name) > _LONGEST or _CONTACT.search(name) or name[0].isdigit():
        return False
    return not (names_a_side(name) or _CODE.match(name) or _COUNTRY.fullmatch(fold(name)))


def _between_signs(text: str, start: int) -> tuple[int, int] | None:
    """A company that stands by itself further on in a line of the small print: `BTW BE … - Jansen Bouw NV - RPR Turnhout`."""
    begins = start
    for sign in (*_SIGN.finditer(text, start), None):
        ends = sign.start() if sign else len(text)
        part = text[begins:ends].strip()
        form = LEGAL_FORM.search(part)
        if begins > start and form and form.end() == len(part) and form.start() and not any(map(str.isdigit, part)):
            return text.index(part, begins), text.index(part, begins) + len(part)
        begins = sign.end() if sign else ends
    return None


def _in_sentence(text: str, start: int) -> tuple[int, int] | None:
    """Where a company stands in running text: the words with a capital before its legal form."""
    form = LEGAL_FORM.search(text, start)
    if form is None:
        return None
    begins = at = form.start()
    for word in reversed(text[start : form.start()].split()):
        at = text.rindex(word, start, at)
        if _CAPITAL.match(word):
            begins = at
        elif word.lower() not in _PARTICLES:
            break
    return (begins, form.end()) if begins < form.start() else None


def _joined(segment: Segment, start: int, end: int) -> str:
    """The text, its letters together where they are set apart: `H Ô T E L` is a word."""
    text = segment.text[start:end]
    words = [word for word in segment.words if len(word.text) == 1]
    if start or end < len(segment.text) or len(words) < _LETTERSPACED * len(segment.words) or len(segment.words) < 5:  # noqa: PLR2004 - letters
        return text
    gaps = [following.box.left - word.box.right for word, following in pairwise(segment.words)]
    usual = median(gaps)
    parts = [segment.words[0].text]
    for word, gap in zip(segment.words[1:], gaps, strict=True):
        parts.append((" " if gap > _WORD_GAP * usual else "") + word.text)
    return "".join(parts)
