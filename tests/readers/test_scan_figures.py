"""Two readings and the ink of a figure cell: certain only where all three agree."""

from __future__ import annotations

import pytest

from ogi import values
from ogi.readers.scan.figures import UNREAD, may_be_figure, settled
from ogi.readers.scan.ink import Blob
from ogi.readers.scan.recogniser import Glyph
from ogi.readers.scan.settings import SCAN


def read(text: str, sure: float = 0.99) -> list[Glyph]:
    return [Glyph(character, sure, (i + 0.5) / len(text), sure) for i, character in enumerate(text)]


def ink(text: str) -> list[Blob]:
    """Pieces of ink as those characters have them: digits 10 × 18, points at the foot, dashes half way up."""
    shapes = {".": (4, 14, 18), ",": (4, 14, 21), "-": (8, 8, 10), "—": (18, 8, 10), "+": (10, 4, 14)}
    blobs, x = [], 0
    for character in text:
        width, top, bottom = shapes.get(character, (10, 0, 18))
        blobs.append(Blob((x, top, x + width, bottom)))
        x += width + 4
    return blobs


@pytest.mark.parametrize("text", ["0", "7", "11", "1000", "7730.28", "1,234", "+19", "-8", "12345678"])
def test_agreeing_readings_that_fit_the_ink_are_certain(text):
    assert settled(read(text, 0.97), read(text, 0.95), ink(text), 2.8) == (text, 0.97)


@pytest.mark.parametrize(
    ("first", "second"), [("6", "8"), ("1", "7"), ("11", "1"), ("12", ""), ("1.5", "15"), ("3", "三")]
)
def test_readings_that_disagree_are_never_certain(first, second):
    _, sure = settled(read(first), read(second), ink(first), 2.8)
    assert sure <= SCAN.disputed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("1", "11"),
        ("11", "1"),
        ("111", "1111"),
        ("773028", "7730.28"),
        ("19", "+19"),
        ("1", "10"),
    ],
)
def test_readings_that_agree_against_the_ink_are_never_certain(text, printed):
    assert settled(read(text), read(text), ink(printed), 2.8) == (text, SCAN.disputed)


@pytest.mark.parametrize(
    ("text", "printed"), [("1.764", "1,764"), ("1,764", "1.764"), ("1.234.567", "1,234,567")]
)
def test_a_comma_is_no_point_and_a_point_no_comma(text, printed):
    assert settled(read(text), read(text), ink(printed), 2.8) == (text, SCAN.disputed)
    assert settled(read(printed), read(printed), ink(printed), 2.8) == (printed, 0.99)


def test_the_rest_of_a_comma_is_no_point():
    """Where a seal was taken off, of the comma in 1,764 one pixel was left."""
    one, _, *others = ink("1.764")
    rest = Blob((15, 16, 16, 18))
    assert settled(read("1.764"), read("1.764"), [one, rest, *others], 2.8) == ("1.764", SCAN.disputed)


def test_digits_read_where_there_is_no_ink_are_never_certain():
    assert settled(read("8"), read("8"), [], 2.8) == ("8", SCAN.disputed)


def test_a_sign_that_only_the_ink_shows_is_kept_and_doubtful():
    assert settled(read("8"), read("8"), ink("-8"), 2.8) == ("-8", SCAN.disputed)


def test_two_digits_that_touch_are_two():
    touching = [Blob((0, 0, 24, 18))]
    assert settled(read("88"), read("88"), touching, 2.8) == ("88", 0.99)
    assert settled(read("8"), read("8"), touching, 2.8) == ("8", SCAN.disputed)


@pytest.mark.parametrize(
    ("text", "number"), [("O", "0"), ("l0", "10"), ("〇", "0"), ("I", "1"), ("1o", "10")]
)
def test_letters_become_digits_with_a_mark(text, number):
    assert settled(read(text), read(number), ink(number), 2.8) == (number, SCAN.confused)


def test_ink_that_nothing_is_read_from_is_unreadable_not_blank():
    text, sure = settled([], [], ink("3"), 2.8)
    assert (text, sure) == (UNREAD, 0.0)
    assert values.parse(text).state == values.State.UNREADABLE


def test_dashes_of_any_kind_are_one_mark():
    for text in ("—", "一", "——", "－"):
        printed, _ = settled(read(text), read("—"), ink("—"), 2.8)
        assert values.parse(printed).state == values.State.NOT_APPLICABLE


@pytest.mark.parametrize(
    "text", ["0", "O", "a", "口", "j9", "22（其中修订16件）", "160.5964万元", "/", "—", "１２"]
)
def test_figures_and_marks_are_read_twice(text):
    assert may_be_figure(read(text), wide=False)


@pytest.mark.parametrize("text", ["1.属于国家秘密", "（七）总计", "自然人", "其他"])
def test_labels_are_read_once(text):
    assert not may_be_figure(read(text), wide=False)


def test_a_poor_short_reading_is_read_twice():
    assert may_be_figure(read("乙", 0.3), wide=False)
    assert not may_be_figure(read("乙", 0.3), wide=True)


STROKE = (10, 0, 20, 24)


def test_a_stroke_that_leans_is_a_slash_where_one_reading_says_so():
    slash = [Blob(STROKE, lean=-0.35, top=0.4)]
    assert settled(read("1"), read("/"), slash, 2.8) == ("/", SCAN.confused)
    assert settled(read("/"), read("/"), slash, 2.8) == ("/", 0.99)


@pytest.mark.parametrize(("text", "lean", "top"), [("1", -0.35, 0.4), ("7", -0.35, 0.4), ("/", 0.05, 0.5)])
def test_a_stroke_of_another_shape_is_never_certain(text, lean, top):
    assert settled(read(text), read(text), [Blob(STROKE, lean, top)], 2.8) == (text, SCAN.disputed)


@pytest.mark.parametrize(("text", "lean", "top"), [("1", 0.05, 0.5), ("7", -0.3, 1.0)])
def test_a_digit_of_its_own_shape_is_certain(text, lean, top):
    assert settled(read(text), read(text), [Blob(STROKE, lean, top)], 2.8) == (text, 0.99)
