"""Pictures that were handed in, a photo or a scan: opened by Pillow, frame by frame, upright, as large as they are on paper."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import pi_heif  # type: ignore[import-untyped]  # the package has no type information
import pikepdf
from PIL import Image, ImageOps, UnidentifiedImageError

from adapters.unreadable import Unreadable
from application.file_types import MediaType
from application.recognition.reading import A4_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

pi_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = None  # we look at the size ourselves, before a pixel is decoded

FORMS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG", MediaType.HEIC: "HEIF", MediaType.TIFF: "TIFF"}
MAX_PIXELS = 64_000_000
"""A picture may have this many: more than the camera of a telephone takes, and it still fits a worker's memory."""
MAX_FRAMES = 200
"""Pages of a TIFF."""
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
SHOWN_BY_BROWSERS = frozenset({MediaType.JPEG, MediaType.PNG})
SHOWN_SIDE, SHOWN_QUALITY = 3000, 85
"""Pixels of the longest side and JPEG quality of what is shown of a picture that browsers do not show."""


class Frame(NamedTuple):
    """One page of a picture, upright; width and height in points."""

    image: Image.Image
    width: float
    height: float


class TooLarge(Unreadable):
    """The picture has more pixels than we work on."""


def frames(data: bytes, media_type: MediaType, max_pixels: int = MAX_PIXELS) -> Iterator[Frame]:
    """The pages of a picture, one after the other. Raises `Unreadable` for what is damaged or too large."""
    with _opened(data, media_type) as image:
        for number in range(min(_frame_count(image), MAX_FRAMES)):
            image.seek(number)
            _check_size(image, max_pixels)
            yield _frame(image)


def count_frames(data: bytes, media_type: MediaType) -> int:
    """How many pages there are: of a TIFF its frames; another picture is one, whatever it holds beside (a thumbnail, a burst)."""
    with _opened(data, media_type) as image:
        return _frame_count(image)


def as_pdf(pictures: Iterable[Frame]) -> bytes:
    """The same pages in a form that browsers show."""
    with pikepdf.new() as document:
        for frame in pictures:
            _add_page(document, frame)
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
        return out.getvalue()


def _add_page(document: pikepdf.Pdf, frame: Frame) -> None:
    shown = frame.image.copy()
    shown.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    packed = io.BytesIO()
    shown.save(packed, "JPEG", quality=SHOWN_QUALITY)
    picture = document.make_stream(
        packed.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=shown.width,
        Height=shown.height,
        ColorSpace=pikepdf.Name.DeviceGray if shown.mode == "L" else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page = document.add_blank_page(page_size=(frame.width, frame.height))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Picture=picture))
    page.Contents = document.make_stream(f"{frame.width} 0 0 {frame.height} 0 0 cm /Picture Do".encode())


@contextmanager
def _opened(data: bytes, media_type: MediaType) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(data), formats=(FORMS[media_type],)) as image:
            yield image
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError) as error:
        raise Unreadable("Het beeld is beschadigd.") from error


def _frame_count(image: Image.Image) -> int:
    return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


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
