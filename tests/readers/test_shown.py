"""Numbers in web pages that style hides, adds or moves: as a screen of 1280 pixels shows them."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ogi.readers.document import Grid
from ogi.readers.html import read
from ogi.readers.looks import PICTURE
from ogi.readers.settings import SETTINGS
from ogi.values import State, parse


@pytest.fixture
def cell(tmp_path: Path):
    """The text of a table's cell, as it is read of a page."""

    def text(inside: str, rules: str = "", attributes: str = "", before: str = "", after: str = "") -> str:
        path = tmp_path / "page.html"
        table = (
            f"<table><tr><td>甲</td><td {attributes}>{inside}</td></tr><tr><td>乙</td><td>5</td></tr></table>"
        )
        page = f"<!DOCTYPE html><head><style>{rules}</style></head>{before}{table}{after}"
        path.write_text(page, encoding="utf-8")
        (grid,) = (block for block in read(path).blocks if isinstance(block, Grid))
        first, second = grid.rows()
        assert [second[0].text, second[-1].text] == ["乙", "5"]
        return first[-1].text

    return text


HIDDEN = [
    "color:#fff",
    "color:white!important",
    "color:rgb(254, 254, 254)",
    "color:rgba(0,0,0,0)",
    "-webkit-text-fill-color:transparent",
    "opacity:0",
    "opacity:.01",
    "font-size:0",
    "font:1px serif",
    "display:none",
    "visibility:hidden",
    "mso-hide:all",
    "position:absolute;left:-9999px",
    "display:inline-block;text-indent:-9999px",
    "position:absolute;width:1px;height:1px;overflow:hidden",
    "color:#036;background:#036",
]
ODD = [
    "position:absolute;left:3em",
    "float:right",
    "transform:scale(0)",
    "clip-path:inset(100%)",
    "color:#ececec",
    "font-size:3px",
    "opacity:.1",
    "unicode-bidi:bidi-override;direction:rtl",
    "position:relative;left:20px",
    "display:inline-block;width:0;overflow:hidden",
]
RAISED = [
    "vertical-align:super",
    "vertical-align:4pt",
    "position:relative;top:-4px",
    "position:relative;bottom:4px",
]
LOWERED = ["vertical-align:sub", "vertical-align:-30%", "position:relative;top:3.0pt"]


@pytest.mark.parametrize("style", HIDDEN)
def test_a_hidden_digit_is_no_part_of_a_number_by_whatever_means(cell, style):
    assert cell(f"<span style='{style}'>9</span>0").strip() == "0"
    assert cell("<span class=n>9</span>0", f".n{{{style}}}").strip() == "0"
    assert (
        cell("<span class=n>9</span>0", f"@media screen and (min-width:600px){{.n{{{style}}}}}").strip()
        == "0"
    )
    assert cell("<span class=n>9</span>0", f"@media print{{.n{{{style}}}}}") == "90"


@pytest.mark.parametrize("style", [s for s in HIDDEN if "display:none" not in s and "mso-hide" not in s])
def test_a_cell_whose_number_does_not_show_is_not_blank(cell, style):
    assert cell(f"<span style='{style}'>9</span>") == PICTURE


@pytest.mark.parametrize(
    "rule",
    [
        "b:not(.m){display:none}",
        "b:not(.m, :first-child){display:none}",
        "td :is(i, b){display:none}",
        ":where(td > .n){display:none}",
        "@layer page{b{display:none}}",
        "@supports (display:grid){b{display:none}}",
    ],
)
def test_a_digit_is_hidden_by_rules_of_every_kind(cell, rule):
    assert cell("1<i></i><b class=n>2</b>", rule) == "1"


def test_rules_that_choose_others_hide_nothing(cell):
    assert cell("1<b class=m>2</b>", "b:not(.m){display:none}") == "12"
    assert cell("1<b>2</b>", "@supports not (display:grid){b{display:none}}") == "12"
    assert cell("1<b>2</b>", "b:not(:hover){display:none} td:not(b + b){color:#fff}") == "12"


@pytest.mark.parametrize("inside", ["1<b popover>2</b>", "1<b style='display:none'>2</b>"])
def test_what_shows_only_when_asked_for_is_not_read(cell, inside):
    assert cell(inside) == "1"


@pytest.mark.parametrize("tag", ["meter", "progress"])
def test_a_drawn_gauge_is_no_digit(cell, tag):
    assert parse(cell(f"1<{tag} value=2>2</{tag}>")).state == State.UNREADABLE


def test_numbers_on_two_lines_are_not_joined_however_the_lines_are_made(cell):
    assert cell("1<span style='display:block'>2</span>") == "1\n2"
    assert cell("<i>1</i><i>2</i>", "i{display:block} u{display:none}") == "1\n2"
    assert cell("<i>1</i><i>2</i>", "i{display:inline-block}") == "12"


@pytest.mark.parametrize("style", ODD)
def test_a_number_whose_look_is_not_understood_is_unreadable(cell, style):
    for inside in (f"<span style='{style}'>9</span>0", f"<span style='{style}'>9</span>"):
        assert parse(cell(inside)).state == State.UNREADABLE


@pytest.mark.parametrize(("styles", "text"), [(RAISED, "12³"), (LOWERED, "12₃")], ids=["raised", "lowered"])
def test_a_raised_or_lowered_number_is_not_joined(cell, styles, text):
    for style in styles:
        assert cell(f"12<span style='{style}'>3</span>") == text
        assert cell("12<b>3</b>", f"td b{{{style}}}") == text
    assert cell("12<sub>3</sub>") == "12₃"
    assert parse("12₃").state == State.UNREADABLE


@pytest.mark.parametrize(
    ("inside", "rules"),
    [
        ("<span style='color:#fff'>12</span>", "tr{background:#036}"),
        ("<span style='color:#fff;background-color:navy'>12</span>", ""),
        ("<font color=white><b style='color:#333'>12</b></font>", ""),
        ("<b style='font-size:0'><i style='font-size:14px'>12</i></b>", ""),
        ("<b style='visibility:hidden'><i style='visibility:visible'>12</i></b>", ""),
        ("<b class=n>12</b>", ".n{color:#fff} td .n{color:#000}"),
        ("<b class=n style='color:#000'>12</b>", ".n{color:#fff}"),
        ("<b style='vertical-align:middle;position:relative;top:1px'>12</b>", ""),
        ("<b style='color:#fff'>12</b>", "table{background:#fff} td{background:rgba(0,0,0,.8)}"),
    ],
)
def test_a_number_that_shows_is_read(cell, inside, rules):
    assert cell(inside, rules) == "12"


def test_white_on_a_ground_that_is_not_known_is_not_sure(cell):
    white = "<span style='color:#fff'>9</span>0"
    assert cell(white, "table{background:url(dark.png)}") == PICTURE + "0"
    assert cell(white, before="<link rel=stylesheet href=site.css>") == PICTURE + "0"
    assert cell("<font color=white>机构</font>", before="<link rel=stylesheet href=site.css>") == "机构"
    assert cell("<font color=fff>9</font>0", attributes="bgcolor=#ffffff").strip() == "0"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("attr(data-v)", "42"),
        ("'1' \"2\"", "12"),
        ("'\\31 2'", "12"),
        ("'1' / '9'", "1"),
        ("counter(n)", PICTURE),
        ("url(12.png)", PICTURE),
        ("''", ""),
        ("none", ""),
    ],
)
def test_css_before(cell, content, text):
    assert cell("<span class=n data-v=42></span>", f".n::before{{content:{content}}}") == text
    assert cell("", f"[data-v]:after{{content:{content}}}", "data-v=42") == text


def test_css_content_is_shown_as_its_own_style_says(cell):
    assert cell("<b>2</b>", "td b::before{content:'1'}") == "12"
    assert cell("<b>2</b>", "td b::before{content:'1';display:none}") == "2"
    assert cell("<b>2</b>", "td b::before{content:'1';color:#fff}").strip() == "2"
    assert cell("<b>2</b>", "td b::after{content:'1';vertical-align:super}") == "2¹"
    assert cell("", "td:empty::before{content:'0'}") == "0"
    assert cell("2", "td:empty::before{content:'0'}") == "2"
    assert cell("2", "@media (max-width:600px){td::before{content:attr(data-label)}}", "data-label=9") == "2"


@pytest.mark.parametrize(
    "inside",
    [
        "<svg><text>12</text></svg>",
        "<canvas></canvas>",
        "<math><mn>12</mn></math>",
        "<i style='background:url(12.png)'></i>",
    ],
)
def test_a_number_that_is_drawn_is_not_blank(cell, inside):
    assert cell(inside) == PICTURE


def test_hidden_class_media(tmp_path):
    """Cells of a class that is shown in print alone are none of the table on a screen."""
    path = tmp_path / "page.html"
    row = "<tr><td>{}</td><td class=h>999</td><td>{}</td><td class=h>999</td></tr>"
    rules = "@media screen{.h{display:none}} @media print{.h{display:table-cell}}"
    path.write_text(f"<style>{rules}</style><table>{row.format('甲', 1)}{row.format('乙', 2)}</table>")
    document = read(path)
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    assert [[cell.text for cell in row] for row in grid.rows()] == [["甲", "1"], ["乙", "2"]]
    assert document.notes == ()


@pytest.mark.parametrize(
    ("media", "holds"),
    [
        ("screen", True),
        ("only screen and (min-width: 1280px)", True),
        ("(min-width:1281px)", False),
        ("(max-width:1280px)", True),
        ("(max-width:79em)", False),
        ("not print", True),
        ("not screen", False),
        ("print, screen", True),
        ("handheld", False),
        ("(hover:none)", False),
    ],
)
def test_a_media_query_is_that_of_a_screen_of_1280_pixels(cell, media, holds):
    assert SETTINGS.screen_width == 1280
    assert cell("1<b>2</b>", f"@media {media}{{b{{display:none}}}}") == ("1" if holds else "12")


def test_at_the_edges_of_the_settings(cell):
    assert parse(cell("1<b style='color:#f6f6f6'>2</b>")).value == 1
    assert parse(cell("1<b style='color:#f0f0f0'>2</b>")).state == State.UNREADABLE
    assert parse(cell("1<b style='color:#d0d0d0'>2</b>")).value == 12
    assert parse(cell("1<b style='font-size:1px'>2</b>")).value == 1
    assert parse(cell("1<b style='font-size:5px'>2</b>")).state == State.UNREADABLE
    assert parse(cell("1<b style='font-size:6px'>2</b>")).value == 12
    assert cell("<b style='position:absolute;left:-999px'>2</b>1") == "1"
    assert parse(cell("<b style='position:absolute;left:-998px'>2</b>1")).state == State.UNREADABLE


STYLES = [*HIDDEN, *ODD, *RAISED, *LOWERED, "color:red", "font-weight:bold", ""]


def test_no_number_is_told_that_a_browser_does_not_paint(browser: Browser, cell) -> None:
    """Pairs of styles, one around the other: what is told has changed the picture of the cell."""
    page = browser.new_page(viewport={"width": 1280, "height": 200})

    def painted(inside: str) -> bytes:
        markup = "<!DOCTYPE html><style>td{width:200px;height:60px;font:30px serif;border:1px solid}</style>"
        page.set_content(f"{markup}<table><tr><td>{inside}</td></tr></table>")
        return page.screenshot()

    plain = painted("")
    for outer, inner in list(product(STYLES, STYLES))[:: max(1, len(STYLES) ** 2 // 120)]:
        told = parse(cell(f"<span style='{outer}'><b style='{inner}'>9</b></span>"))
        if told.state == State.REPORTED:
            assert painted(f"<span style='{outer}'><b style='{inner}'>9</b></span>") != plain, (outer, inner)
        else:
            assert told.state == State.UNREADABLE or "display:none" in outer + inner or "mso" in outer + inner
    page.close()
