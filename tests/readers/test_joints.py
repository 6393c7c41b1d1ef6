"""Numbers of web pages whose digits stand in several elements: one number, doubted where they show apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogi.readers.document import Grid
from ogi.readers.html import read
from ogi.readers.settings import SETTINGS

ONE, DOUBTED = 1.0, SETTINGS.doubtful


@pytest.fixture
def cell(tmp_path: Path):
    """The text of a table's cell, and how surely it is read."""

    def of(inside: str, rules: str = "") -> tuple[str, float]:
        path = tmp_path / "page.html"
        table = f"<table><tr><td>甲<td>{inside}<tr><td>乙<td>5</table>"
        path.write_text(f"<!DOCTYPE html><style>{rules}</style>{table}", encoding="utf-8")
        (grid,) = (block for block in read(path).blocks if isinstance(block, Grid))
        found = [cell for row in grid.rows() for cell in row]
        assert [one.confidence for one in (found[0], *found[2:])] == [ONE] * 3
        return found[1].text, found[1].confidence

    return of


@pytest.mark.parametrize(
    "inside",
    [
        "350<small>1</small>",
        "<b>350</b><small>1</small>",
        "<small>1</small>350",
        "350<font size=1>1</font>",
        "350<font size=-2>1</font>",
        "<big>350</big>1",
        "350<b style='font-size:60%'>1</b>",
        "350<b style='font-size:smaller'>1</b>",
        "350<b style='font:9px serif'>1</b>",
        "<b style='font-size:x-large'>350</b>1",
        "350<sup style='vertical-align:baseline'>1</sup>",
        "350\u200b<small>1</small>",
        "350<i></i><i><small>1</small></i>",
    ],
)
def test_a_digit_in_smaller_type_on_the_line_may_be_the_sign_of_a_note(cell, inside):
    text, confidence = cell(inside)
    assert text.replace("\u200b", "") in ("3501", "1350")
    assert confidence == DOUBTED


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("3<b>5</b>1", "351"),
        ("<small>351</small>", "351"),
        ("351<small>件</small>", "351件"),
        ("351<small>（件）</small>", "351（件）"),
        ("35 <small>1</small>", "35 1"),
        ("35<br><small>1</small>", "35\n1"),
        ("<p>35</p><p><small>1</small></p>", "35\n1"),
        ("35<sup>1</sup>", "35¹"),
        ("35<small hidden>9</small>1", "351"),
        ("35<b style='font-size:14px'>1</b>", "351"),
        ("<font size=3>35</font><font>1</font>", "351"),
    ],
)
def test_other_small_type_leaves_a_number_as_sure(cell, inside, text):
    assert cell(inside) == (text, ONE)


@pytest.mark.parametrize(
    "rule",
    [
        "b{margin-left:5px}",
        "b{padding:0 1em}",
        "b{margin:0 0 0 1ch}",
        "b{margin:1px 2px 3px 9px}",
        "i{margin-right:5px}",
        "i{padding:0 5px;}",
        "i{margin-right:calc(1em + 2px)}",
        "b{display:inline-block;width:40px}",
        "b{display:inline-block;min-width:40px}",
        "i{display:inline-block;width:50%}",
        "i{display:table-cell}",
        "b{display:inline-table}",
    ],
)
def test_digits_with_room_between_them_may_be_two_numbers(cell, rule):
    assert cell("<i>3</i><b>1</b>", rule) == ("31", DOUBTED)
    assert cell("<u></u><i>3</i><b>1</b>", "u ~ " + rule) == ("31", DOUBTED)


@pytest.mark.parametrize(
    "rule",
    [
        "b{margin-left:4px}",
        "b{margin:9px auto 9px 0}",
        "i,b{display:inline-block;width:.6em}",
        "i{display:inline-block;padding:0 1px}",
        "u{padding:9px}",
        "td{padding:9px;min-width:99px}",
    ],
)
def test_digits_that_stand_close_are_one_number(cell, rule):
    assert cell("<i>3</i><b>1</b>", rule) == ("31", ONE)


def test_a_sheet_that_only_parts_lines_is_heeded_where_a_number_is_in_pieces(cell):
    assert cell("<i>3</i><b>1</b>", "i{display:block}") == ("3\n1", ONE)
    assert cell("3<b>1</b>", "td{display:flex}")[1] == DOUBTED


@pytest.mark.parametrize("drawn", ["<img src=2.png>", "<svg></svg>", "<canvas></canvas>"])
def test_a_picture_beside_a_digit_may_be_another_digit(cell, drawn):
    assert cell(f"1{drawn}3") == ("13", DOUBTED)
    assert cell(f"1{drawn}") == ("1", DOUBTED)
    assert cell(f"{drawn}3") == ("3", DOUBTED)


def test_a_picture_that_shows_nothing_or_stands_apart_leaves_a_number_as_sure(cell):
    for drawn in ("<img src=blank.gif>", "<img src=2.png width=1>", "<img src=2.png style='display:none'>"):
        assert cell(f"1{drawn}3") == ("13", ONE)
    assert cell("13件<img src=2.png>") == ("13件", ONE)
