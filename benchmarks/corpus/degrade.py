"""What a scanner and a telephone make of a page: grey and turned, or seen at an angle under a lamp."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import cv2
import img2pdf
import msgspec
import numpy as np
import pypdfium2 as pdfium
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

_POINTS_PER_INCH = 72
_Picture = Any
"""A picture in grey: a numpy array of bytes, rows first."""


class Scanner(msgspec.Struct, frozen=True, kw_only=True):
    """A scanner's settings and faults: resolution, degrees a page lies turned at most, strength of the grain (0–255), JPEG quality."""

    dpis: tuple[int, ...] = (150, 200, 200, 300)
    tilt: float = 1.5
    grain: float = 9.0
    jpeg: tuple[int, int] = (55, 85)


class Telephone(msgspec.Struct, frozen=True, kw_only=True):
    """A photograph: resolution of the page on it, how far its corners are off (share of the width), the lamp and the shake."""

    dpi: int = 170
    skew: float = 0.03
    shadow: float = 0.45
    contrast: tuple[float, float] = (0.65, 0.9)
    blur: tuple[float, float] = (0.4, 1.1)
    grain: float = 6.0
    jpeg: tuple[int, int] = (50, 80)


SCANNER = Scanner()
TELEPHONE = Telephone()


def scan(pdf: bytes, random: Random, scanner: Scanner = SCANNER) -> bytes:
    """All pages through the feeder of a scanner: a PDF of pictures."""
    dpi = random.choice(scanner.dpis)
    converted: bytes = img2pdf.convert([_scanned(page, dpi, random, scanner) for page in _pages(pdf, dpi)], nodate=True)
    return converted


def photo(pdf: bytes, random: Random, telephone: Telephone = TELEPHONE) -> bytes:
    """The first page, taken with a telephone on a table: a JPEG without a resolution."""
    page = next(_pages(pdf, telephone.dpi))
    seen = _shadowed(_at_an_angle(page, random, telephone.skew), random, telephone)
    seen = cv2.GaussianBlur(seen, (0, 0), random.uniform(*telephone.blur))
    return _jpeg(_grainy(seen, random, telephone.grain), random.randint(*telephone.jpeg), None)


def _pages(pdf: bytes, dpi: int) -> Iterator[_Picture]:
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            yield np.array(page.render(scale=dpi / _POINTS_PER_INCH, grayscale=True).to_pil().convert("L"))


def _scanned(page: _Picture, dpi: int, random: Random, scanner: Scanner) -> bytes:
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), random.uniform(-scanner.tilt, scanner.tilt), 1.0)
    turned = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=250)
    soft = cv2.GaussianBlur(turned, (0, 0), 0.6)
    return _jpeg(_grainy(soft, random, scanner.grain), random.randint(*scanner.jpeg), dpi)


def _at_an_angle(page: _Picture, random: Random, skew: float) -> _Picture:
    """The page on a dark table, its corners not where they should be."""
    height, width = page.shape
    edge = int(width * 0.06)
    canvas = (width + 2 * edge, height + 2 * edge)
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    moved = [(x + edge + random.uniform(-skew, skew) * width, y + edge + random.uniform(-skew, skew) * width) for x, y in corners]
    matrix = cv2.getPerspectiveTransform(np.float32(corners), np.float32(moved))
    return cv2.warpPerspective(page, matrix, canvas, flags=cv2.INTER_CUBIC, borderValue=random.randint(40, 110))


def _shadowed(picture: _Picture, random: Random, telephone: Telephone) -> _Picture:
    """Less contrast, and a shadow that grows towards one side."""
    height, width = picture.shape
    across = np.linspace(random.uniform(-1, 0), random.uniform(0, 1), width)[None, :]
    down = np.linspace(random.uniform(-1, 0), random.uniform(0, 1), height)[:, None]
    light = 1.0 - telephone.shadow * (across + down + 2) / 4
    contrast = random.uniform(*telephone.contrast)
    return np.clip((picture * contrast + 255 * (1 - contrast) * 0.4) * light, 0, 255).astype(np.uint8)


def _grainy(picture: _Picture, random: Random, strength: float) -> _Picture:
    noise = np.random.default_rng(random.getrandbits(64)).normal(0, strength, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def _jpeg(picture: _Picture, quality: int, dpi: int | None) -> bytes:
    buffer = io.BytesIO()
    resolution = {"dpi": (dpi, dpi)} if dpi else {}
    Image.fromarray(picture).save(buffer, "JPEG", quality=quality, **resolution)
    return buffer.getvalue()
