"""Pictures that were handed in, a photo or a scan: opened by Pillow, upright, as large as they are on paper."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

from adapters.unreadable import Unreadable
from application.file_types import MediaType
from application.recognition.reading import A4_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

Image.MAX_IMAGE_PIXELS = None  # we look at the size ourselves, before a pixel is decoded

FORMS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG"}
MAX_PIXELS = 64_000_000
"""A picture may have this many: more than the camera of a telephone takes, and it still fits a worker's memory."""
A4_HEIGHT = 842.0
ROLL_WIDTH = 227.0
"""Points of 80 mm, the paper of a till."""
ROLL = 2.2
"""A picture this many times higher than wide is a till's receipt."""
NARROWEST, WIDEST = 130.0, 1300.0
"""Points: a resolution that makes a page narrower or wider than this (A3) is a camera's invention."""
LEAST_DPI = 30
OBLONG = 0.02
"""Share by which the two resolutions of a picture must differ before it is stretched."""


class Frame(NamedTuple):
    """A picture, upright; width and height in points."""

    image: Image.Image
    width: float
    height: float


class TooLarge(Unreadable):
    """The picture has more pixels than we work on."""


def opened(data: bytes, media_type: MediaType, max_pixels: int = MAX_PIXELS) -> Frame:
    """The picture. Raises `Unreadable` for what is damaged or too large."""
    with _opened(data, media_type) as image:
        _check_size(image, max_pixels)
        return _frame(image)


@contextmanager
def _opened(data: bytes, media_type: MediaType) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(data), formats=(FORMS[media_type],)) as image:
            yield image
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError) as error:
        raise Unreadable("Het beeld is beschadigd.") from error


def _check_size(image: Image.Image, max_pixels: int) -> None:
    """Refuse a picture before a pixel of it is decoded."""
    if image.width * image.height > max_pixels:
        raise TooLarge(
            "De foto telt {pixels} miljoen beeldpunten, hoogstens {limit} miljoen kan. Verklein ze en voeg ze opnieuw toe.",
            pixels=image.width * image.height // 1_000_000,
            limit=max_pixels // 1_000_000,
        )


def _frame(image: Image.Image) -> Frame:
    across, down = (float(resolution or 0) for resolution in image.info.get("dpi", (0, 0)))
    upright = _on_white(ImageOps.exif_transpose(image))
    if min(across, down) >= LEAST_DPI and abs(across - down) > OBLONG * across:  # a fax: its pixels are no squares
        upright = upright.resize((upright.width, max(1, round(upright.height * across / down))))
    return Frame(upright, *size_on_paper(upright.width, upright.height, across))


def size_on_paper(width: int, height: int, dpi: float) -> tuple[float, float]:
    """Width and height in points; a picture that does not say, or says nonsense, is an A4 page or a receipt, by its shape."""
    points = width * 72 / dpi if dpi >= LEAST_DPI else 0.0
    if not NARROWEST <= points <= WIDEST:
        points = ROLL_WIDTH if height > ROLL * width else A4_HEIGHT if width > height else A4_WIDTH
    return round(points, 2), round(points * height / max(1, width), 2)


def _on_white(image: Image.Image) -> Image.Image:
    """Grey or RGB of 8 bits; what is transparent is paper."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        drawn = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn).convert("RGB")
    return image.convert("L" if image.mode in {"1", "L", "F"} else "RGB")
