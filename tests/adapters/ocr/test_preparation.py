"""What is done to a picture before an engine sees it, and that a word is marked where it stands on the page as displayed."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
import pytest

from adapters.ocr.background import even_paper
from adapters.ocr.pages import read_page
from adapters.ocr.perspective import page_corners, seen_from_above
from adapters.ocr.preparation import LONGEST_SIDE, prepare
from adapters.ocr.skew import on_its_side, tilt
from application.recognition.reading import Box, Page, Word

WIDTH, HEIGHT = 827, 1169
"""Pixels of A4 at 100 dpi."""
MARK = (300, 700, 420, 730)
"""Left, top, right and bottom of the only black thing on a page of grey print."""


def printed_page(paper=255):
    """Rows of words as a page has them, and one black mark."""
    page = np.full((HEIGHT, WIDTH), paper, np.uint8)
    chance = Random(7)  # noqa: S311 - the same words each time
    for row in range(60, HEIGHT - 60, 24):
        lengths = [chance.randint(2, 11) for _ in range(chance.randint(3, 9))]
        words = " ".join("".join(chance.choices("aenrtilsdoukm0123456789,", k=length)) for length in lengths)
        cv2.putText(page, words[:54], (70, row), cv2.FONT_HERSHEY_SIMPLEX, 0.6, 90, 1)
    left, top, right, bottom = MARK
    page[top - 8 : bottom + 8, left - 8 : right + 8] = paper
    page[top:bottom, left:right] = 0
    return page


def turned(page, degrees):
    """The page as a crooked feeder draws it in: clockwise."""
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), -degrees, 1.0)
    return cv2.warpAffine(page, turn, (WIDTH, HEIGHT), borderValue=255)


def on_a_table(page, corners):
    """The page on a photo of a dark table."""
    flat = np.array([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)], np.float32)
    away = cv2.getPerspectiveTransform(flat, np.array(corners, np.float32))
    return cv2.warpPerspective(page, away, (1200, 1600), borderValue=40), away


CORNERS = [(200, 180), (950, 230), (1040, 1400), (130, 1350)]


@pytest.mark.parametrize("degrees", [-7.0, -2.3, 0.0, 0.6, 4.0, 11.0])
def test_how_a_page_is_tilted_is_seen_by_its_rows(degrees):
    assert tilt(turned(printed_page(), degrees)) == pytest.approx(degrees, abs=0.2)


def test_a_page_without_print_is_not_tilted():
    assert tilt(np.full((HEIGHT, WIDTH), 255, np.uint8)) == 0


def test_a_page_on_its_side_is_told_from_an_upright_one():
    assert on_its_side(np.rot90(printed_page()))
    assert not on_its_side(printed_page())
    assert not on_its_side(np.full((HEIGHT, WIDTH), 255, np.uint8))


def test_a_shadow_over_a_photo_is_divided_out_and_its_print_stays():
    light = np.linspace(1.0, 0.45, WIDTH)[None, :] * np.linspace(1.0, 0.8, HEIGHT)[:, None]
    shaded = (printed_page() * light).astype(np.uint8)
    even = even_paper(shaded)
    paper = printed_page() == 255
    assert np.percentile(shaded[paper], 5) < 130
    assert np.percentile(even[paper], 5) > 235
    left, top, right, bottom = MARK
    assert even[top:bottom, left:right].max() < 60


def test_yellowed_paper_becomes_white_and_a_clean_scan_stays_as_it_is():
    assert np.percentile(even_paper(printed_page(150)), 50) > 245
    clean = printed_page()
    assert even_paper(clean) is clean


def test_a_dark_bar_with_light_letters_stays_dark():
    page = printed_page(170)
    page[300:420, 60:760] = 25
    assert even_paper(page)[310:410, 70:750].max() < 90


def test_the_corners_of_a_page_on_a_table_are_found():
    photo, _ = on_a_table(printed_page(), CORNERS)
    assert page_corners(photo) == pytest.approx(np.array(CORNERS, np.float32), abs=10)


@pytest.mark.parametrize("picture", [printed_page(), np.full((600, 400), 40, np.uint8), np.zeros((500, 500), np.uint8)])
def test_where_no_page_lies_on_a_table_none_is_seen(picture):
    assert page_corners(picture) is None


def test_a_page_that_runs_out_of_the_photo_is_left_as_it_is():
    photo, _ = on_a_table(printed_page(), [(-300, -200), (1400, -100), (1500, 1800), (-250, 1750)])
    assert page_corners(photo) is None


def test_a_page_looked_at_from_above_is_a_rectangle_again():
    matrix, (width, height) = seen_from_above(np.array(CORNERS, np.float32))
    seen = cv2.perspectiveTransform(np.array([CORNERS], np.float64), matrix)[0]
    assert seen == pytest.approx(np.array([(0, 0), (width, 0), (width, height), (0, height)]), abs=0.01)


def test_a_straight_and_clean_scan_is_given_as_it_is():
    page = printed_page()
    prepared = prepare(page)
    assert np.array_equal(prepared.picture, page)
    assert np.array_equal(prepared.matrix, np.eye(3))


def test_a_huge_picture_is_made_smaller_first():
    assert max(prepare(np.full((9000, 6000), 255, np.uint8)).picture.shape) == LONGEST_SIDE


class MarkFinder:
    """An engine that reads one word: the black mark. On its head it is less sure."""

    version = "marks 1"

    def read(self, image, dpi, _languages=()):
        rows, columns = np.nonzero(image < 50)
        scale = 72 / dpi
        box = Box(*(float(edge) * scale for edge in (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)))
        upright = rows.mean() > image.shape[0] / 2
        return (Word("MARK", box, 0.95 if upright else 0.4),)


def marked(picture, width=595.0):
    height = width * picture.shape[0] / picture.shape[1]
    seen = read_page(picture, Page(number=1, width=width, height=height, words=()), MarkFinder(), ())
    box = seen.shown.words[0].box
    scale = picture.shape[1] / width
    return [edge * scale for edge in (box.left, box.top, box.right, box.bottom)]


def corners_of_mark(matrix):
    left, top, right, bottom = MARK
    there = cv2.perspectiveTransform(np.array([[(left, top), (right, top), (right, bottom), (left, bottom)]], np.float64), matrix)[0]
    return [*there.min(axis=0), *there.max(axis=0)]


def test_a_word_is_marked_where_it_stands_on_a_tilted_page():
    turn = np.vstack([cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), -3.0, 1.0), [0, 0, 1]])
    assert marked(turned(printed_page(), 3.0)) == pytest.approx(corners_of_mark(turn), abs=9)


def test_a_word_is_marked_where_it_stands_on_a_photo():
    photo, away = on_a_table(printed_page(), CORNERS)
    assert marked(photo) == pytest.approx(corners_of_mark(away), abs=9)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_word_is_marked_where_it_stands_on_a_page_that_lies_wrong(quarters):
    lying = np.ascontiguousarray(np.rot90(printed_page(), quarters))
    left, top, right, bottom = MARK
    there = {
        1: (top, WIDTH - right, bottom, WIDTH - left),
        2: (WIDTH - right, HEIGHT - bottom, WIDTH - left, HEIGHT - top),
        3: (HEIGHT - bottom, left, HEIGHT - top, right),
    }[quarters]
    assert marked(lying, 595.0 if quarters == 2 else 842.0) == pytest.approx(there, abs=3)
