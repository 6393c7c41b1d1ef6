"""Each number by which lines, seals and pages of scans are told from other ink, at its edge."""

from __future__ import annotations

import numpy as np
import pytest

from ogi.readers.scan import lines, pages, recogniser, square
from ogi.readers.scan.lines import read_lines
from ogi.readers.scan.pages import ReadPage
from ogi.readers.scan.pictures import PagePicture
from ogi.readers.scan.recogniser import Glyph
from ogi.readers.scan.ruling import _dark, _places, _strays, _walls, find_tables, ruled_parts
from ogi.readers.scan.seals import Unsealed, without_seals
from ogi.readers.scan.square import squared
from ogi.readers.scan.views import View, skew

UNIT = 10.0
"""Pixels to a point, so that tenths of a point are pixels."""
PAPER = 250


def mask(height: int, width: int, *strokes: tuple[int, int, int, int]) -> np.ndarray:
    """White strokes (x0, y0, x1, y1) on black."""
    drawn = np.zeros((height, width), np.uint8)
    for x0, y0, x1, y1 in strokes:
        drawn[y0:y1, x0:x1] = 255
    return drawn


def ruled(xs: list[int], ys: list[int], unit: float = UNIT) -> View:
    """A view with a line at each place, three pixels thick, from the first of the others to their last."""
    gray = np.full((ys[-1] + 60, xs[-1] + 60), PAPER, np.uint8)
    for x in xs:
        gray[ys[0] : ys[-1] + 3, x : x + 3] = 0
    for y in ys:
        gray[y : y + 3, xs[0] : xs[-1] + 3] = 0
    return View(gray, np.eye(3), unit)


# --- which lines make a table -----------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height", "parts"), [(600, 140, 1), (590, 140, 0), (600, 130, 0)])
def test_a_table_has_a_size(width, height, parts):
    """Lines are made two pixels wider on either side before they are measured, and are three thick."""
    box = ruled([40, 40 + width - 7], [40, 40 + height - 7])
    assert len(ruled_parts(box)) == parts


@pytest.mark.parametrize(
    ("width", "height", "found"),
    [(200, 3, "across"), (199, 3, ""), (3, 110, "down"), (3, 109, "")],
    ids=["across", "print across", "down", "print down"],
)
def test_a_line_is_as_long_as_a_column_is_wide_or_a_row_is_high(width, height, found):
    """A stroke of that size begins at the left or the upper line of a table's only field."""
    page = ruled([40, 640], [40, 640])
    x, y = (40, 300) if width > height else (300, 40)
    page.gray[y : y + height, x : x + width] = 0
    (part,) = ruled_parts(page)
    left, top = part.origin
    seen = {"across": part.across[301 - top, 150 - left], "down": part.down[100 - top, 301 - left]}
    assert [name for name, pixel in seen.items() if pixel] == ([found] if found else [])


@pytest.mark.parametrize(("length", "lines_"), [(88, 1), (87, 0)])
def test_pieces_of_a_line_may_be_a_fifth_shorter_than_a_line(length, lines_):
    """The shortest line down is 11 points long."""
    assert len(_places(mask(200, 50, (10, 5, 12, 5 + length)), mask(50, 50), 11.0, UNIT)) == lines_


@pytest.mark.parametrize(("apart", "lines_"), [(40, 1), (41, 2)])
def test_pieces_near_one_another_are_one_line(apart, lines_):
    pieces = mask(400, 100, (10, 0, 12, 150), (10 + apart, 200, 12 + apart, 350))
    assert len(_places(pieces, mask(50, 50), 11.0, UNIT)) == lines_


@pytest.mark.parametrize(("reach", "count", "lines_"), [(81, 3, 3), (80, 3, 2), (81, 2, 2)])
def test_a_side_is_missing_where_so_many_lines_stick_out_so_far(reach, count, lines_):
    down = mask(400, 600, (100, 0, 101, 300), (300, 0, 301, 300))
    across = mask(400, 600, *((100, 50 * n, 300 + reach, 50 * n + 2) for n in range(1, count + 1)))
    assert len(_places(down, across, 11.0, UNIT)) == lines_


@pytest.mark.parametrize(("grey", "dark"), [(199, True), (200, False)])
def test_a_paler_line_is_on_the_back(grey, dark):
    gray = np.full((120, 120), PAPER, np.uint8)
    gray[60:63] = grey
    assert bool(_dark(gray)[61, 60]) is dark


@pytest.mark.parametrize(("paper", "dark"), [(122, True), (121, False)])
def test_a_line_is_so_much_darker_than_what_is_around_it(paper, dark):
    """The mean around a line three pixels thick is a little darker than the paper."""
    gray = np.full((151, 151), paper, np.uint8)
    gray[75:78] = 100
    assert bool(_dark(gray)[76, 75]) is dark


@pytest.mark.parametrize(("height", "aside", "strays"), [(600, 20, True), (599, 20, False), (600, 10, False)])
def test_a_long_line_that_wanders_is_doubtful(height, aside, strays):
    """Its upper half is that many pixels left of its lower half; they overlap by a pixel."""
    line = mask(700, 100, (40, 0, 42, height // 2), (41, height // 2 - 1, 41 + aside, height // 2 + 1))
    line |= mask(700, 100, (39 + aside, height // 2, 41 + aside, height))
    assert _strays(line, UNIT) is strays


# --- walls ------------------------------------------------------------------------------------------


def is_wall(*strokes: tuple[int, int], off: int = 0) -> bool:
    """Does a line of those strokes run beside the middle field, which is 100 high inside and 103 outside?"""
    along, whole = [0, 103, 206, 309], ((0, 103), (206, 309))
    line = mask(310, 200, *((100 + off, 105 + a, 101 + off, 105 + b) for a, b in strokes))
    line |= mask(310, 200, *((100, a, 101, b) for a, b in whole))
    return bool(_walls(line, along, [0, 100, 199], UNIT)[1, 1])


@pytest.mark.parametrize(("covered", "wall"), [(55, True), (54, False)])
def test_a_line_that_covers_so_much_of_a_side_is_a_wall(covered, wall):
    assert is_wall((0, covered - 5), (95, 100)) is wall


@pytest.mark.parametrize(("off", "wall"), [(14, True), (15, False)])
def test_pieces_of_a_line_lie_so_near_its_place(off, wall):
    assert is_wall((0, 100), off=off) is wall


@pytest.mark.parametrize(("end", "wall"), [(86, True), (85, False)])
def test_a_line_that_ends_within_every_field_is_print(end, wall):
    """The ends of a side are its first and last 15 of a hundred pixels."""
    line = mask(104, 200, (100, 2, 101, 2 + end))
    edges = mask(104, 200, (0, 0, 1, 104), (199, 0, 200, 104))
    assert bool(_walls(line | edges, [0, 103], [0, 100, 199], UNIT)[0, 1]) is wall


# --- seals copied in grey -----------------------------------------------------------------------------


def sealed(
    *, side: int = 300, ring: int = 12, grey: int = 110, spread: int = 0, page: int = 2339
) -> Unsealed:
    """A page of that height with a square ring of grey, its lower third paler by `spread`."""
    gray = np.full((2339, 1654), PAPER, np.uint8)
    gray[200 : 200 + side, 200 : 200 + side] = grey
    gray[200 + 2 * side // 3 : 200 + side, 200 : 200 + side] = grey + spread
    gray[200 + ring : 200 + side - ring, 200 + ring : 200 + side - ring] = PAPER
    return without_seals(gray)


@pytest.mark.parametrize(
    ("thing", "stamps"),
    [
        ({}, 1),
        ({"grey": 50}, 0),
        ({"grey": 51}, 1),
        ({"grey": 169}, 1),
        ({"grey": 170}, 0),
        ({"ring": 4}, 0),
        ({"ring": 6}, 1),
        ({"side": 110}, 0),
        ({"side": 140}, 1),
        ({"side": 780}, 1),
        ({"side": 819}, 0),
        ({"ring": 30}, 1),
        ({"ring": 75}, 0),
    ],
    ids=str,
)
def test_a_seal_has_a_grey_a_stroke_and_a_size(thing, stamps):
    assert len(sealed(**thing).stamps) == stamps


@pytest.mark.parametrize(("spread", "whole"), [(21, True), (22, False)])
def test_the_grey_of_a_seal_is_even(spread, whole):
    """A third of it is by so much paler; where that is too much, it is no part of the seal and stays."""
    page = sealed(grey=110, spread=spread)
    assert (int(page.gray[200:500, 200:500].min()) > 200) is whole


# --- running text -------------------------------------------------------------------------------------


def read(monkeypatch, text: str, sure: float, top: int, height: int = 1000) -> list[str]:
    """What is taken of a line that the recogniser reads so, at a place of a page."""
    glyphs = [Glyph(character, sure, 0.5, sure) for character in text]
    monkeypatch.setattr(lines, "read_crops", lambda crops: [glyphs for _ in crops])
    view = View(np.full((height, 700), PAPER, np.uint8), np.eye(3), height / 842)
    return [line.text for line in read_lines(view, [(300, top, 400, top + 20)], [])]


@pytest.mark.parametrize(("sure", "found"), [(0.6, ["总体情况"]), (0.59, [])])
def test_a_line_that_nobody_can_read_is_left_out(monkeypatch, sure, found):
    assert read(monkeypatch, "总体情况", sure, 500) == found


@pytest.mark.parametrize(("top", "found"), [(79, []), (80, ["12"]), (900, ["12"]), (901, [])])
def test_page_numbers_stand_near_the_edges(monkeypatch, top, found):
    assert read(monkeypatch, "12", 0.9, top) == found


def test_so_many_lines_of_a_page_are_read(monkeypatch):
    monkeypatch.setattr(lines, "read_crops", lambda crops: [[Glyph("字", 1, 0.5, 1)] for _ in crops])
    view = View(np.full((20_000, 700), PAPER, np.uint8), np.eye(3), 2.0)
    boxes = [(300, 400 + 30 * n, 400, 420 + 30 * n) for n in range(601)]
    assert len(read_lines(view, boxes, [])) == 600


# --- pages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sure", "tried"), [(0.8, [0]), (0.79, [0, 2])])
def test_other_turns_are_tried_where_lines_are_read_poorly(monkeypatch, sure, tried):
    turned = []
    monkeypatch.setattr(pages, "_boxed", lambda _clean, turns: turned.append(turns) or [])
    monkeypatch.setattr(pages, "_legibility", lambda _found: sure)
    pages._upright(Unsealed(np.zeros((9, 9), np.uint8)))
    assert turned == tried


def test_so_many_lines_tell_which_way_is_up(monkeypatch):
    sampled = []
    monkeypatch.setattr(pages, "read_boxes", lambda _gray, boxes: sampled.extend(boxes) or [])
    view = View(np.zeros((900, 900), np.uint8), np.eye(3), 1.0)
    pages._legibility([(view, [(0, 30 * n, 200, 30 * n + 20) for n in range(9)])])
    assert len(sampled) == 8


@pytest.mark.parametrize(("count", "is_page"), [(5, True), (4, False)])
def test_a_picture_without_a_table_is_a_page_from_so_many_lines_on(monkeypatch, count, is_page):
    page = ReadPage(1, (lines.ScannedLine("字", (0, 0, 9, 9)),) * count, ())
    monkeypatch.setattr(pages, "read_picture", lambda _picture: [page])
    picture = PagePicture(1, np.zeros((9, 9), np.uint8), 1.0)
    assert bool(pages.read_pasted(picture, is_page=True)) is is_page


def test_a_long_page_is_searched_in_tiles_that_overlap(monkeypatch):
    seen = []
    monkeypatch.setattr(recogniser, "_find_lines", lambda page: seen.append(page.shape[0]) or [])
    recogniser.find_lines(np.zeros((2800, 1000), np.uint8))
    assert seen == [1500, 1500], "1.4 widths each, and a tenth of one beyond"


# --- skew and distortion --------------------------------------------------------------------------------


@pytest.mark.parametrize(("degrees", "found"), [(7.8, 7.8), (11, None)])
def test_a_sheet_is_fed_so_far_aslant_at_most(degrees, found):
    gray = np.full((1400, 1400), PAPER, np.uint8)
    xs = np.arange(100, 1300)
    for row in range(300, 1100, 40):
        ys = (row + (xs - 700) * np.tan(np.radians(degrees))).round().astype(int)
        for thick in range(6):
            gray[np.clip(ys + thick, 0, 1399), xs] = 0
    if found is None:
        assert abs(skew(gray)) <= 8.21
    else:
        assert skew(gray) == pytest.approx(found, abs=0.05)


def slanted(shift: float) -> View:
    """A table whose lower end lies that many pixels to the right of its upper one."""
    gray = np.full((1100, 1400), PAPER, np.uint8)
    for y in range(100, 1001):
        for x in (100, 500, 900):
            at = round(x + shift * (y - 100) / 900)
            gray[y, at : at + 4] = 0
        if y % 180 == 100:
            gray[y : y + 4, round(100 + shift * (y - 100) / 900) : round(904 + shift * (y - 100) / 900)] = 0
    return View(gray, np.eye(3), 2.0)


@pytest.mark.parametrize(("shift", "is_squared"), [(0, False), (1.2, False), (6, True), (130, False)])
def test_a_table_is_squared_where_its_sides_stray_a_little(shift, is_squared):
    """From two pixels on, and up to 12 % of its longer side, which is 900 pixels."""
    page = slanted(shift)
    assert (squared(page) is not page) is is_squared


@pytest.mark.parametrize(("rows", "is_measured"), [(40, True), (39, False)])
def test_a_side_is_measured_by_so_many_rows(rows, is_measured):
    side = square._side(mask(100, 100, (50, 0, 52, rows)), from_end=False)
    assert (side is not None) is is_measured


def test_a_page_without_print_has_no_tables():
    assert find_tables(View(np.full((900, 900), PAPER, np.uint8), np.eye(3), UNIT))[0] == []
